"""Before the plan is opened nobody outside learns where one goes; afterwards nobody learns who spoke."""

import pytest
from django.urls import reverse

from biaochi.core.models import Entry
from biaochi.study import actions
from biaochi.study.rules import ChosenBy, Side
from biaochi.voice.models import Event
from tests.study.conftest import DAY, NAMES, PLAN

PUBLIC = ("study", "studies", "topics")
DESK = ("desk-study", "desk-studies", "member-studies")


def bodies(client, study):
    """Every page about a study, with what it answers."""
    for name in (*PUBLIC, *DESK):
        args = [study.pk] if name in {"study", "desk-study"} else None
        yield name, client.get(reverse(name, args=args), follow=True).content.decode()
    for seal in study.seals.all():
        for name in ("study-plan-text", "study-list-text"):
            answer = client.get(reverse(name, args=[study.pk, seal.pk]))
            yield name, answer.content.decode()
    yield "study-lot", client.get(reverse("study-lot", args=[study.pk])).content.decode()
    for name in ("desk-study-plan", "desk-study-report"):
        yield name, client.get(reverse(name, args=[study.pk])).content.decode()
    for site in study.sites.all():
        answer = client.get(reverse("desk-study-visit", args=[study.pk, site.pk]))
        yield "visit", answer.content.decode()


def tells(body):
    return [name for name in (*NAMES, "坐公交去", "白露") if name in body]


@pytest.mark.parametrize("who", [None, "unit", "auditor", "operator", "other", "staff"])
def test_nobody_but_the_makers_learns_where_one_goes(client, enter, drawn, go, other_member, who):
    go()
    visitor = enter(who) if who else client
    for name, body in bodies(visitor, drawn):
        assert not tells(body), (who, name)


def test_the_makers_do(enter, drawn):
    body = enter("member").get(reverse("desk-study", args=[drawn.pk])).content.decode()
    assert "坐公交去" in body
    assert tells(body)


def test_the_office_does_after_a_look_that_is_counted_in_public(client, enter, drawn, go, request):
    office = enter("staff")
    office.post(reverse("desk-study-look", args=[drawn.pk]))
    assert tells(office.get(reverse("desk-study", args=[drawn.pk])).content.decode())
    request.getfixturevalue("revealed")
    html = client.get(reverse("study", args=[drawn.pk])).content.decode()
    assert "要求看的有 1 人" in html


def test_neither_the_record_nor_the_timeline_says_where(drawn, go):
    go()
    for entry in Entry.objects.all():
        assert not tells(entry.note), entry.verb
    for event in Event.objects.all():
        assert not tells(str(event.params))


def test_what_residents_say_is_shown_without_who_they_are(client, drawn, member, go, request):
    sites = list(drawn.sites.filter(drawn=True))
    for site in sites:
        go(site, observed="张三丰说：打我电话13812345678。", met=[("家长", 3, ChosenBy.UNIT, True)])
    study = request.getfixturevalue("open_and_report")()
    html = client.get(reverse("study", args=[study.pk])).content.decode()
    assert "13812345678" not in html
    assert "单位安排的 9 位" in html  # all of them together; three at one place is never told
    assert "3 位" not in html
    assert PLAN.splitlines()[0] in html


@pytest.fixture
def open_and_report(drawn, member, now):
    def run():
        study = actions.reveal(study=drawn, by=member, now=now + 5 * DAY)
        visits = list(study.visits.all())
        return actions.report(
            study=study,
            findings=[(Side.BAD, "坏", "", visits)],
            causes=[],
            staging="",
            one_sided_why="好的没有看到",
            by=member,
            now=now + 5 * DAY,
        )

    return run
