"""What a unit and everybody else never see: who spoke, a draft, the other side's rating."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from biaochi.core.actors import RESIDENT, Role
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.proposal import actions, queries
from biaochi.proposal.rules import Decision, Refusal, Signing
from biaochi.proposal.story import STORY
from biaochi.study import actions as studies
from biaochi.topic import actions as topics
from biaochi.topic.rules import Choice, Criterion, Grade
from biaochi.voice.matters.queries import events
from tests.proposal.conftest import FAILED, MEMBER_RATING, NAME, PHONE, UNIT_RATING

SECRET = f"我叫{NAME}，电话{PHONE}，一直没药。"


@pytest.fixture
def careless(draft, member, now):
    """A member who wrote down who spoke."""
    return actions.write(proposal=draft, situation=SECRET, by=member, now=now)


def test_a_name_and_a_number_in_the_text_are_covered_for_units_and_everybody(
    careless, member, staff, file_it, city, now
):
    now = timezone.now()
    one = file_it(actions.submit(proposal=careless, by=member, now=now), now)
    one = actions.hand_over(proposal=one, by=staff, now=now)
    unit = Client()
    unit.force_login(city.users[Role.UNIT])
    for name in ("unit-proposal", "unit-reply"):
        page = unit.get(reverse(name, args=[one.pk])).content.decode()
        assert PHONE not in page and NAME not in page
    page = unit.get(reverse("unit-proposal", args=[one.pk])).content.decode()
    assert "一直没药" in page
    page = Client().get(reverse("proposal", args=[one.pk])).content.decode()
    assert PHONE not in page and NAME not in page
    office = Client()
    office.force_login(city.users[Role.STAFF])
    page = office.get(reverse("desk-proposal", args=[one.pk])).content.decode()
    assert PHONE not in page


def test_the_writer_is_warned_before_it_is_submitted(careless):
    assert any("人名或联系方式" in title for _lamp, title, _words in queries.readiness(careless))


@pytest.mark.parametrize("changed", ["answer", "proof", "promise", "blocked_by"])
def test_a_number_in_an_answer_is_covered_when_it_is_public(handed, unit, staff, now, changed):
    from tests.proposal.conftest import ANSWERS

    answers = {
        position: {**given, changed: f"找{PHONE}"} if given.get(changed) else given
        for position, given in ANSWERS.items()
    }
    one = actions.reply(proposal=handed, answers=answers, number="", by=unit, now=now)
    actions.publish(proposal=one, by=staff, now=now)
    page = Client().get(reverse("proposal", args=[one.pk])).content.decode()
    assert PHONE not in page


def test_a_draft_is_read_by_its_member_and_who_was_asked_and_nobody_else(
    draft, member, friend, staff, unit, now
):
    assert queries.get(member, draft.pk) == draft
    for actor in (friend, staff, unit, RESIDENT):
        with pytest.raises(NotYours):
            queries.get(actor, draft.pk)
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    assert queries.get(friend, draft.pk) == draft


def test_a_unit_finds_only_what_was_handed_to_it(filed, handed, unit, co_unit, city, staff, now):
    assert list(queries.visible_to(unit)) == [handed]
    assert list(queries.visible_to(co_unit)) == [handed]
    one = actions.give_back(proposal=handed, words="不归我们", by=unit, now=now)
    actions.hand_over(proposal=one, lead=city.homes.pk, co=[], by=staff, now=now)
    assert not queries.visible_to(unit).exists()


def test_before_it_is_handed_over_its_unit_does_not_see_it(filed, unit):
    assert not queries.visible_to(unit).exists()


def test_neither_side_reads_the_other_before_both_wrote(replied, member, unit, now):
    today = now.date()
    actions.rate(proposal=replied, answers=MEMBER_RATING, words="要", by=member, now=now)
    seen = queries.ratings_of(replied, today)
    assert seen["sides"] == {} and seen["written"] == {"member"}
    actions.rate(proposal=replied, answers=UNIT_RATING, words="附清单", by=unit, now=now)
    assert set(queries.ratings_of(replied, today)["sides"]) == {"member", "unit"}


def test_a_silent_unit_cannot_hide_what_the_member_wrote(replied, member, now):
    actions.rate(proposal=replied, answers=MEMBER_RATING, words="要", by=member, now=now)
    after = replied.feedback_by + dt.timedelta(days=1)
    assert set(queries.ratings_of(replied, after)["sides"]) == {"member"}


def test_a_first_review_is_closed_to_the_second_reviewer_until_both_wrote(
    submitted, staff, second, now, city
):
    details = {"category": "其他方面", "lead": city.roads.pk}
    actions.review(
        proposal=submitted,
        looks=dict.fromkeys(("who", "what", "form"), "pass"),
        decision=Decision.FILE,
        why="写得实",
        details=details,
        by=staff,
        now=now,
    )
    assert queries.reviewed(submitted, staff)["open"]
    assert not queries.reviewed(submitted, second)["open"]


@pytest.mark.parametrize(("case", "shown"), [(Refusal.EMPTY, True), (Refusal.ACCUSATION, False)])
def test_the_public_list_names_no_proposal_that_accuses(submitted, staff, second, now, case, shown):
    details = {"case": case, "passed_to": "law", "where": "转有权的机关"}
    for by in (staff, second):
        actions.review(
            proposal=submitted,
            looks=FAILED,
            decision=Decision.NOT_FILE,
            why="写给您的话",
            details=details,
            by=by,
            now=now,
        )
    page = Client().get(reverse("proposals"), {"tab": "not_filed"}).content.decode()
    assert (submitted.title in page) == shown
    assert ("写给您的话" in page) == shown
    assert str(case.label) in page
    found = Client().get(reverse("proposals"), {"tab": "not_filed", "q": "没有这样的字"})
    assert str(case.label) in found.content.decode()


def test_a_matter_shows_facts_of_its_proposals_in_three_queries(
    replied, matter, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):
        (line,) = queries.of_matter(matter)
    assert (line.a, line.b, line.c, line.clauses, line.members) == (1, 1, 1, 3, 1)
    assert line.unit == "市城管局" and not line.late


def test_a_matter_without_a_proposal_costs_one_query(draft, matter, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        assert queries.of_matter(matter) is None


def test_what_waits_is_told_to_whom_it_waits_for(
    draft, member, friend, staff, second, unit, co_unit, file_it, now
):
    def words(actor):
        return [item["words"] for item in queries.waiting(actor, now.date())]

    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    assert words(friend) == [f"请您看联名稿：{draft.title}"]
    assert words(member) == words(staff) == []
    one = actions.submit(proposal=draft, by=member, now=now)
    assert words(friend) == []
    assert words(staff) == [f"审提案：{draft.title}"]
    one = file_it(one, now)
    assert words(staff) == [f"立案了，等交办：{draft.title}"]
    actions.hand_over(proposal=one, by=staff, now=now)
    assert words(unit) == [f"答复提案：{draft.title}", f"和提案的委员见面：{draft.title}"]
    assert words(co_unit) == [f"给会办意见：{draft.title}"]
    late = queries.waiting(unit, dt.date(2026, 7, 1))
    assert [item["state"] for item in late] == ["stop", "stop"]
    for item in late:
        assert reverse(item["href_name"], args=item["href_args"])


def test_signatures_that_were_not_given_do_not_count_as_members(draft, member, friend, now):
    actions.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now)
    (mine,) = queries.of_member(member)
    assert mine.members == 1
    actions.sign(proposal=draft, signing=Signing.SIGNED, version=2, by=friend, now=now)
    (mine,) = queries.of_member(member)
    assert mine.members == 2
    assert [one.pk for one in queries.signed_by(friend)] == [draft.pk]


@pytest.mark.parametrize("field", ["title", "act"])
def test_what_is_public_as_it_stands_holds_no_number_of_a_person(draft, member, now, field):
    words = f"给{PHONE}装灯"
    clause = {"doer": "市城管局", "act": "装灯", "due_on": dt.date(2027, 1, 1), "measure": "亮"}
    if field == "title":
        actions.write(proposal=draft, title=words, by=member, now=now)
    else:
        actions.write(proposal=draft, clauses=[clause | {"act": words}], by=member, now=now)
    with pytest.raises(Incomplete) as wrong:
        actions.submit(proposal=draft, by=member, now=now)
    assert wrong.value.field in ("title", "clause-1-act")


def test_a_reason_that_a_unit_gives_is_covered_in_the_timeline(handed, unit, matter, now):
    actions.give_back(proposal=handed, words=f"找{PHONE}问", by=unit, now=now)
    assert PHONE not in events(matter)[-1].params["why"]


def test_every_event_of_a_proposal_is_told_in_words(replied, matter, staff, now):
    actions.ask_again(proposal=replied, why="第三条没答", by=staff, now=now)
    stage = [event for event in events(matter) if event.kind == "stage"]
    assert len(stage) == 4
    for event in stage:
        title, words = STORY[event.params["what"]](event.params)
        assert title and replied.number in words


def test_a_study_that_is_not_reported_is_linked_by_nobody(
    matter, member, staff, second, third, now
):
    """Its title alone could tell where somebody is about to go unannounced."""
    topic = topics.raise_topic(
        matters=[matter],
        title="卫生站的药",
        question="缺的是哪几种",
        criteria=dict.fromkeys(Criterion, (Grade.YES, "看过台账")),
        by=staff,
        now=now,
    )
    for by in (second, third):
        topic.refresh_from_db()
        topics.decide(topic=topic, choice=Choice.TAKE, why="推得动", by=by, now=now)
    topic.refresh_from_db()
    study = studies.open_study(topic=topic, title="去卫生站看货架", by=member, now=now)
    assert queries.links_of([], [study.pk]) == ([], [])
    assert queries.found_links("货架") == ([], [])
