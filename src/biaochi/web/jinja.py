"""What every template may use: the language, addresses, icons, charts, days and numbers."""

from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined

from biaochi.web.charts import DRAWINGS
from biaochi.web.icons import icon, logo
from biaochi.web.words import FILTERS, period, vote_words


def url(name, *args, **kwargs):
    """The address of a page in the reader's language."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def url_if(name, *args, **kwargs):
    """The address of a page, or "" while no page of that name stands."""
    try:
        return url(name, *args, **kwargs)
    except NoReverseMatch:
        return ""


def environment(**options):
    """The Jinja2 environment. A name that nobody set is an error, not an empty text."""
    options["undefined"] = StrictUndefined
    env = Environment(  # noqa: S701 (Django's backend passes autoescape=True; a test holds it)
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.i18n"], **options
    )
    env.install_gettext_callables(
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.filters |= FILTERS | {"exact": "{:,}".format}
    env.globals |= DRAWINGS | {
        "url": url,
        "url_if": url_if,
        "static": static,
        "icon": icon,
        "logo": logo,
        "period": period,
        "vote_words": vote_words,
    }
    return env
