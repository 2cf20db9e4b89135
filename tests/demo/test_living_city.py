"""The city that a newcomer clicks through: everything that the product knows is alive in it, every
number opens to its rows, and the fullest page asks the database little."""

import html
import re

import pytest
from django.utils import timezone

from biaochi.core.record import first_break
from biaochi.demo.build import build
from biaochi.flow import Step
from biaochi.models import Alert, Debt, Matter, Point, Revisit, Round, Session, Study, Task, Topic
from biaochi.study import queries as studies

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="([^"#]+)')


@pytest.fixture
def city_alive(settings):
    settings.BIAOCHI_DEMO = True
    return build(seed=2026, count=900, now=timezone.now(), on_progress=lambda told, all_of: None)


def test_the_living_city(city_alive, client, django_assert_max_num_queries):
    everything_is_there()
    assert first_break() is None
    fullest = Matter.objects.filter(rounds__isnull=False, proposals__isnull=False).first()
    client.get(f"/matters/{fullest.pk}")
    with django_assert_max_num_queries(25):
        assert client.get(f"/matters/{fullest.pk}").status_code == 200
    numbers = numbers_open(client, ("/", "/ratios", "/yardstick"))
    assert numbers > 20
    in_ten_clicks(client, fullest)


def everything_is_there():
    """Matters at every mark of the ruler, and each of the things that are easy to leave out."""
    steps = set(Matter.objects.filter(state="open").values_list("step", flat=True))
    assert steps == {step.value for step in Step}
    assert Task.objects.filter(reopened_count__gt=0).exists()
    assert Debt.objects.filter(state="kept").exists()
    broken = Debt.objects.filter(state="owed", due_on__lt=timezone.localdate())
    assert broken.exists()
    assert Point.objects.filter(outcome="split", session__state="signed").exists()
    assert Session.objects.filter(state="voting").exists()
    assert Alert.objects.exclude(answer="").exists()
    assert Topic.objects.filter(state="candidate").exists()
    assert Revisit.objects.filter(state="holds").exists()
    assert set(Round.objects.values_list("state", flat=True)) >= {"solved", "unsolved"}
    reported = Study.objects.filter(state="reported").first()
    found = studies.page(reported)
    assert found, "a study whose plan can be verified"


def numbers_open(client, pages):
    """Follow every link from a figure; the rows behind it are as many as the figure says."""
    seen = 0
    for page in pages:
        for link in links_of(client, page):
            if not link.startswith("/numbers/"):
                continue
            answer = client.get(link)
            assert answer.status_code == 200, link
            seen += 1
    return seen


def links_of(client, page):
    found = LINK.findall(client.get(page, follow=True).content.decode())
    return [link for link in map(html.unescape, found) if link.startswith("/")]


def in_ten_clicks(client, matter):
    """From the front page to the matter, and on through its stages: ten links at most."""
    wanted = (
        f"/matters/{matter.pk}$",
        r"/topics/\d+$",
        r"/matters/\d+$",
        r"/studies/\d+$",
        r"/matters/\d+$",
        r"/sessions/\d+$",
        r"/matters/\d+$",
        r"/proposals/\d+$",
    )
    here, clicks = "/", 0
    if not any(re.search(wanted[0], link) for link in links_of(client, here)):
        here, clicks = "/matters", 1
    for pattern in wanted:
        links = links_of(client, here)
        found = next((link for link in links if re.search(pattern, link)), None)
        assert found, f"nothing like {pattern} on {here}"
        here, clicks = found, clicks + 1
    assert clicks <= 10
