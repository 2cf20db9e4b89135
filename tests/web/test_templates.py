"""What holds for every template of the package."""

import re

import pytest
from django.conf import settings
from django.template import engines

PACKAGE = settings.PACKAGE
TEMPLATES = sorted(str(file.relative_to(PACKAGE)) for file in PACKAGE.glob("**/pages/*.html"))
SENTENCE = re.compile(r"""_\(\s*(["'])(.*?)\1""", re.DOTALL)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_can_be_read(name):
    assert engines["jinja2"].get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_percent_sign_in_a_sentence_is_written_twice(name):
    """gettext puts values in with %, so a lone one would break the page."""
    source = (PACKAGE / name).read_text(encoding="utf-8")
    lone = [
        text
        for _mark, text in SENTENCE.findall(source)
        if re.search(r"%(?![(%])", text.replace("%%", ""))
    ]
    assert not lone


def test_what_a_visitor_typed_is_escaped():
    page = engines["jinja2"].from_string(
        "{% import 'web/pages/ui.html' as ui %}{{ ui.tag(typed) }}{{ ui.tab('', [''], [[typed]]) }}"
        "{{ ui.crumbs([(typed, '')]) }}{{ lamp('go') }}{{ tiny_bars([1], typed) }}"
        "{{ typed|phrases }}"
    )
    html = page.render({"typed": "<b>“，”&"})
    assert "<b>" not in html
    assert html.count("&lt;b&gt;") == 5


def test_a_name_that_nobody_set_is_an_error():
    with pytest.raises(Exception, match="'nobody' is undefined"):
        engines["jinja2"].from_string("{{ nobody }}").render({})
