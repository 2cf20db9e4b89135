"""From a topic to the task and back by links only, for everybody and for the office."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import RESIDENT
from biaochi.core.clock import DAY
from biaochi.deliberation import actions as sessions
from biaochi.deliberation.models import Session
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.asking import ask_of
from biaochi.evaluation.models import Round
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check, Revisit
from biaochi.outcome.rules import Match
from biaochi.proposal import actions as proposals
from biaochi.proposal.models import Proposal, Report
from biaochi.proposal.rules import Decision
from biaochi.study.models import Study
from biaochi.task import actions as tasks
from biaochi.task import debts
from biaochi.task.models import Debt, Task
from biaochi.task.rules import Source
from biaochi.topic.models import Topic
from biaochi.trace import ways
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter
from tests.browser.scenes_of_advice import *
from tests.browser.scenes_of_work import ITEMS, Hands


@pytest.fixture
def scene(written, city, staff, unit, member, resident, speak, second, friend, co_unit):
    """A chosen topic, its studies, proposals and session, and tasks that came of both."""
    now = timezone.now()
    matter = Matter.objects.get(pk=written["matter"])
    asked = Proposal.objects.get(pk=written["public"])
    debts.book(now=now)
    deed = {"matter": matter, "unit": city.roads, "items": ITEMS, "by": staff}
    clause = asked.clauses.get(position=2)
    whence = {"source": Source.CLAUSE, "clause": clause}
    promised = tasks.hand_over(what="划出接送的位子", now=now - 9 * DAY, **whence, **deed)
    tasks.accept(task=promised, first_act="先量一量", by=unit, now=now - 9 * DAY)
    table = Table(city, staff, matter, now - 29 * DAY, now - 2 * DAY)
    signed = table.finish()
    whence = {"source": Source.POINT, "point": signed.points.get(position=1)}
    agreed = tasks.hand_over(what="十盏都修好", now=now, **whence, **deed)
    about = {"title": "位子怎么管", "question": "谁来管？", "held_at": now + 40 * DAY}
    coming = sessions.open_session(
        **about, place="城东便民中心", proposal=asked, matters=[matter], by=staff, now=now
    )
    return SimpleNamespace(
        **written,
        task=promised.pk,
        agreed=agreed.pk,
        session=signed.pk,
        coming=coming.pk,
        debt=Debt.objects.get(clause=clause).pk,
        hands=Hands(city, staff, unit, resident, speak),
        office=Office(city, staff, second, member, friend, unit, co_unit, now),
    )


def links(client, name, key):
    """Where the links of a page lead."""
    answer = client.get(reverse(name, args=[key]))
    assert answer.status_code == 200
    return set(re.findall(r'href="([^"#?]+)', answer.content.decode()))


def walk(client, *steps):
    """Go along some pages, each of which has to have a link to the next one."""
    for (name, key), (further, other) in pairwise(steps):
        assert reverse(further, args=[other]) in links(client, name, key), (name, further)


def of(city, role):
    client = Client()
    assert client.login(username=role, password=city.password)
    return client


def test_a_visitor_goes_from_the_topic_to_the_task_and_back_by_links(client, scene):
    walk(
        client,
        ("matter", scene.matter),
        ("topic", scene.topic),
        ("study", scene.study),
        ("proposal", scene.public),
        ("debt", scene.debt),
        ("proposal", scene.public),
        ("study", scene.study),
        ("topic", scene.topic),
        ("session", scene.session),
        ("matter", scene.matter),
    )
    page = client.get(reverse("proposal", args=[scene.public])).content.decode()
    onward = page[page.index('id="onward"') :]
    assert "划出接送的位子" in onward
    assert f'href="{reverse("matter", args=[scene.matter])}"' in onward


def test_the_topic_leads_on_to_what_came_of_it_and_nothing_that_is_not_public(client, scene):
    found = links(client, "topic", scene.topic)
    there = [("study", scene.study), ("proposal", scene.public), ("proposal", scene.filed)]
    absent = [("study", scene.planned), ("proposal", scene.draft), ("proposal", scene.not_filed)]
    for name, key in [*there, ("study", scene.sealed), ("session", scene.session)]:
        assert reverse(name, args=[key]) in found
    for name, key in [*absent, ("proposal", scene.submitted), ("session", scene.coming)]:
        assert reverse(name, args=[key]) not in found
        assert client.get(reverse(name, args=[key])).status_code == 404


def test_a_session_that_nobody_was_told_of_is_for_the_office_only(client, city, scene):
    hidden, told = reverse("session", args=[scene.coming]), "位子怎么管"
    assert hidden not in links(client, "proposal", scene.public)
    assert told not in client.get(reverse("proposal", args=[scene.public])).content.decode()
    own = reverse("desk-deliberation", args=[scene.coming])
    assert own in links(of(city, "staff"), "desk-proposal", scene.public)
    for role, name in (("member", "member-proposal"), ("unit", "unit-proposal")):
        page = of(city, role).get(reverse(name, args=[scene.public])).content.decode()
        assert 'id="onward"' in page
        assert told not in page


def test_a_public_page_shows_the_office_what_everybody_sees(client, city, scene):
    everybody, office = (links(one, "topic", scene.topic) for one in (client, of(city, "staff")))
    assert not [one for one in office - everybody if re.search(r"/(studies|proposals)/\d", one)]


def test_the_office_goes_from_the_topic_to_the_task_and_back_by_links(city, scene):
    walk(
        of(city, "staff"),
        ("desk-topic", scene.topic),
        ("desk-study", scene.study),
        ("desk-proposal", scene.public),
        ("desk-task", scene.task),
        ("desk-debt", scene.debt),
        ("desk-task", scene.task),
        ("desk-proposal", scene.public),
        ("desk-study", scene.study),
        ("desk-topic", scene.topic),
        ("desk-deliberation", scene.session),
        ("desk-task", scene.agreed),
        ("desk-deliberation", scene.session),
        ("matter", scene.matter),
    )


def test_a_member_and_a_unit_are_led_to_their_own_pages(city, scene):
    walk(
        of(city, "member"),
        ("desk-study", scene.study),
        ("member-proposal", scene.public),
        ("member-debt", scene.debt),
        ("member-proposal", scene.public),
        ("desk-study", scene.study),
    )
    walk(
        of(city, "unit"),
        ("unit-proposal", scene.public),
        ("unit-task", scene.task),
        ("unit-debt", scene.debt),
        ("unit-proposal", scene.public),
    )
    # an official of another unit reads of the task where everybody does
    other = links(of(city, "homes"), "unit-proposal", scene.public)
    assert reverse("unit-task", args=[scene.task]) not in other
    assert reverse("matter", args=[scene.matter]) in other


def test_a_promise_that_is_not_published_has_no_link_for_everybody(client, city, scene):
    """The reply is given and not open yet."""
    promise = Debt.objects.get(clause__proposal=scene.replied)
    hidden = reverse("debt", args=[promise.pk])
    assert hidden not in links(client, "proposal", scene.replied)
    assert client.get(hidden).status_code == 404
    own = reverse("desk-debt", args=[promise.pk])
    assert own in links(of(city, "staff"), "desk-proposal", scene.replied)
    friend = links(of(city, "friend"), "member-proposal", scene.replied)
    assert not {hidden, reverse("member-debt", args=[promise.pk])} & friend


@pytest.fixture
def confirmed(scene, staff, resident):
    """The task is claimed, checked, and those who spoke say that it is solved."""
    now, task = timezone.now(), Task.objects.get(pk=scene.task)
    other = Task.objects.get(pk=scene.agreed)  # nobody is asked again while it is under way
    tasks.recall(task=other, why="一起办了", by=staff, now=now - 9 * DAY)
    scene.hands.claim(task, now - 8 * DAY)
    check = Check.objects.get(claim__task=task)
    seen = {"how": "site", "before": "没有位子", "after": "有了十七个", "why": "数过了"}
    matches = {item.pk: Match.YES for item in task.items.all()}
    deed = {"matches": matches, "true": True, "by": staff, "now": now - 7 * DAY}
    outcome.check(check=check, **seen, **deed)
    evaluation.open_rounds(now=now - 6 * DAY)
    asked = Round.objects.get(tasks=task)
    for one in asked.matter.memberships.order_by("pk"):
        ask = ask_of(one.voice)
        deed = {"words": "", "words_public": False, "by": resident, "now": now - 5 * DAY}
        evaluation.answer(ask=ask, answer="solved", **deed)
    first = Revisit.objects.filter(matter=scene.matter).order_by("due_on").first()
    return SimpleNamespace(check=check.pk, round=asked.pk, revisit=first.pk, **vars(scene))


def test_a_task_leads_on_to_the_check_to_the_people_and_to_looking_again(city, confirmed):
    walk(
        of(city, "staff"),
        ("desk-task", confirmed.task),
        ("desk-check", confirmed.check),
        ("desk-round", confirmed.round),
    )
    walk(
        of(city, "staff"),
        ("desk-task", confirmed.task),
        ("desk-revisit", confirmed.revisit),
        ("desk-task", confirmed.task),
    )
    people = reverse("unit-people", args=[confirmed.task])
    found = links(of(city, "unit"), "unit-task", confirmed.task)
    assert people in found
    assert not [one for one in found if re.search(r"/desk/(checks|rounds|revisits)/", one)]


KINDS = {
    "topic": (Topic, "topic"),
    "study": (Study, "study"),
    "proposal": (Proposal, "public"),
    "session": (Session, "session"),
    "task": (Task, "task"),
    "debt": (Debt, "debt"),
    "check": (Check, "check"),
    "revisit": (Revisit, "revisit"),
}


def test_no_page_asks_the_database_more_than_four_times_for_its_links(
    city, staff, member, unit, confirmed, django_assert_max_num_queries
):
    for kind, (table, key) in KINDS.items():
        rows = table.objects.all()
        if kind == "study":
            rows = rows.select_related("topic")
        elif kind == "debt":
            rows = rows.select_related("clause__proposal")
        elif kind == "check":
            rows = rows.select_related("claim__task__unit")
        thing = rows.get(pk=getattr(confirmed, key))
        for actor in (RESIDENT, staff, member, unit):
            with django_assert_max_num_queries(4):
                found = ways.of(kind, thing, actor, public=actor == RESIDENT)
            if actor == staff:
                assert found.before or found.after, kind


def test_a_matter_that_was_taken_apart_is_no_address_for_everybody(client, city, scene, staff):
    task = reverse("desk-task", args=[scene.task])
    here = reverse("matter", args=[scene.matter])
    matter = Matter.objects.get(pk=scene.matter)
    voices = [one.voice for one in matter.memberships.all()]
    matters.take_out(matter=matter, voices=voices, by=staff, now=timezone.now())
    assert client.get(here).status_code == 404
    page = client.get(reverse("debt", args=[scene.debt])).content.decode()
    assert f'href="{here}"' not in page
    assert task in links(of(city, "staff"), "desk-proposal", scene.public)


@pytest.fixture
def passed_on(scene, staff, second, member):
    """A proposal that was not filed and goes on as a report."""
    now, matter = timezone.now(), Matter.objects.get(pk=scene.matter)
    office = scene.office
    one = office.sent("菜场的地太滑", matter, [scene.study], now - 3 * DAY)
    where = {"case": "empty", "passed_to": "report", "where": "转信息编辑"}
    for by in (staff, second):
        office.looks(one, by, FAILED, Decision.NOT_FILE, why="没有具体建议", now=now, **where)
    one.refresh_from_db()
    return one


def test_what_was_not_filed_leads_to_the_report_it_became_and_back(city, passed_on, member):
    report, writer = passed_on.passed_report_id, of(city, "member")
    walk(
        writer,
        ("member-proposal", passed_on.pk),
        ("member-report", report),
        ("member-proposal", passed_on.pk),
    )
    page = writer.get(reverse("member-report", args=[report])).content.decode()
    assert "没有立案" in page
    # a draft is its writer's until it is handed in
    own = reverse("desk-report", args=[report])
    assert own not in links(of(city, "staff"), "desk-proposal", passed_on.pk)
    proposals.submit_report(report=Report.objects.get(pk=report), by=member, now=timezone.now())
    walk(
        of(city, "staff"),
        ("desk-proposal", passed_on.pk),
        ("desk-report", report),
        ("desk-proposal", passed_on.pk),
    )
