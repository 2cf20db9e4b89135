"""What the verbs on topics do, refuse, keep hidden and tell."""

import datetime as dt

import pytest

from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.topic import actions, queries, story
from biaochi.topic.models import Topic
from biaochi.topic.neglect import gap
from biaochi.topic.rules import Choice, Criterion, GoesTo, State
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Event
from biaochi.voice.rules import Group
from tests.topic.conftest import CRITERIA


def told(matter):
    """What the timeline of a matter says of topics."""
    events = Event.objects.filter(matter=matter, kind="stage").order_by("pk")
    return [story.STORY[event.params["what"]](event.params) for event in events]


def test_the_figures_are_counted_when_it_is_raised_and_stay(put_forward, speak, city, now):
    old = now - dt.timedelta(days=40)
    earlier = speak("老事", 3, area=city.north, groups=(Group.CHILD,), at=old)
    fresh = speak("新事", 6)
    topic = put_forward(matters=[earlier, fresh])
    figures = {one.criterion: one.figures for one in topic.measures.all()}
    strong = figures[Criterion.STRONG]
    assert (strong["people"], strong["recent"], strong["earlier"]) == (9, 6, 3)
    assert figures[Criterion.WHOM]["groups"] == {"old": 6, "child": 3}
    assert figures[Criterion.NARROW]["areas"] == {"城东": 6, "北关": 3}
    assert figures[Criterion.FEASIBLE]["units"] == [city.roads.name]


def test_a_unit_and_a_resident_cannot_raise_one(put_forward, unit, resident):
    for doer in (unit, resident):
        with pytest.raises(NotYours):
            put_forward(by=doer)
    assert not Topic.objects.exists()


def test_a_topic_comes_from_matters_that_stand(put_forward, speak, matter, staff, now):
    with pytest.raises(Incomplete) as wrong:
        put_forward(matters=[])
    assert wrong.value.field == "matter"
    into = speak("另一件", 2)
    matters.merge(into=into, matters=[matter], by=staff, now=now)
    with pytest.raises(NotNow):
        put_forward(matters=[matter])


def test_a_matter_waits_in_one_candidate_at_a_time(topic, put_forward):
    with pytest.raises(NotNow, match="校门口三百米"):
        put_forward()


def test_two_people_who_agree_choose_it_and_the_matter_tells_why(
    topic, take, staff, second, matter
):
    take(staff)
    topic.refresh_from_db()
    assert topic.state == State.CANDIDATE
    take(second, why="看得清，推得动")
    topic.refresh_from_db()
    matter.refresh_from_db()
    assert topic.state == State.CHOSEN
    assert topic.why == "天天有，三天能看完；看得清，推得动"
    assert matter.step == Step.CHOSEN
    ((title, words),) = told(matter)
    assert "调研选题" in title
    assert "天天有，三天能看完；看得清，推得动" in words


def test_what_is_put_aside_says_where_it_goes_and_the_matter_keeps_its_step(
    topic, put_aside, staff, second, matter, now
):
    soon = now.date() + dt.timedelta(days=90)
    put_aside(staff)
    put_aside(second, why="三年才见效", review_on=soon)
    topic.refresh_from_db()
    matter.refresh_from_db()
    assert topic.state == State.ASIDE
    assert topic.review_on == soon  # the sooner of the two
    assert matter.step == Step.SAID
    ((title, words),) = told(matter)
    for part in ("切口太大；三年才见效", "直接交办", "直接交给城管", f"{soon.month}月{soon.day}日"):
        assert part in words
    assert "没有选" in title


def test_a_third_settles_it_when_two_differ(topic, take, put_aside, staff, second, third):
    take(staff)
    put_aside(second)
    topic.refresh_from_db()
    assert topic.state == State.CANDIDATE
    put_aside(third, why="先让单位办")
    topic.refresh_from_db()
    assert topic.state == State.ASIDE
    assert "天天有" not in topic.why  # the reason against stands in its own opinion
    ((_day, opinions),) = queries.reasons(topic)
    assert [one.why for one in opinions] == ["天天有，三天能看完", "切口太大", "先让单位办"]


def test_nobody_decides_on_their_own_candidate_or_twice(put_forward, speak, staff, second, now):
    own = put_forward(matters=[speak("自己提的", 1)], by=staff)
    choice = {"choice": Choice.TAKE, "why": "好", "now": now}
    with pytest.raises(NotYours, match="自己提的"):
        actions.decide(topic=own, by=staff, **choice)
    actions.decide(topic=own, by=second, **choice)
    with pytest.raises(NotNow, match="签过"):
        actions.decide(topic=own, by=second, **choice)


def test_members_and_units_do_not_decide(topic, take, member, unit, resident):
    for doer in (member, unit, resident):
        with pytest.raises(NotYours):
            take(doer)


def test_the_first_opinion_is_blind_for_colleagues_the_raiser_and_the_record(
    topic, take, staff, second, member
):
    take(staff, why="这句话还不能给别人看")
    assert queries.signing(topic, second).given[0][1] is None
    assert queries.signing(topic, staff).mine.why == "这句话还不能给别人看"
    assert not queries.reasons(topic)
    for entry in Entry.objects.filter(thing=f"topic:{topic.pk}"):
        assert "还不能给别人看" not in entry.note
        assert entry.after != State.CHOSEN
    take(second)
    shown = queries.signing(Topic.objects.get(), member).given
    assert next(opinion.why for _name, opinion, _own in shown) == "这句话还不能给别人看"


def test_what_is_decided_is_not_decided_again_without_being_brought_back(
    topic, put_aside, take, staff, second, third, now
):
    put_aside(staff)
    put_aside(second)
    with pytest.raises(NotNow):
        take(third)
    with pytest.raises(Incomplete):
        actions.bring_back(topic=topic, why=" ", by=staff, now=now)
    actions.bring_back(topic=topic, why="又有人摔了", by=staff, now=now)
    take(third)
    take(staff)
    topic.refresh_from_db()
    assert topic.state == State.CHOSEN
    assert len(queries.reasons(topic)) == 2


def test_what_was_chosen_is_put_aside_only_by_two(topic, take, put_aside, staff, second, third):
    take(staff)
    take(second)
    with pytest.raises(NotNow):
        take(third)
    put_aside(third)
    topic.refresh_from_db()
    assert topic.state == State.CHOSEN
    take(staff, why="还是要去看")
    topic.refresh_from_db()
    assert topic.state == State.CHOSEN
    put_aside(second)
    topic.refresh_from_db()
    assert topic.state == State.ASIDE


def test_the_clock_brings_back_what_is_due_once(topic, put_aside, staff, second, matter, now):
    put_aside(staff)
    put_aside(second)
    day = dt.timedelta(days=1)
    assert actions.bring_back_due(now=now + 179 * day) == []
    (back,) = actions.bring_back_due(now=now + 180 * day)
    assert back.state == State.CANDIDATE
    assert back.review_on is None
    assert actions.bring_back_due(now=now + 181 * day) == []
    assert "到了说好再看的日子" in told(matter)[-1][1]


def test_it_comes_back_sooner_when_many_more_people_speak(
    topic, put_aside, staff, second, matter, speak, now
):
    put_aside(staff)
    put_aside(second)
    more = speak("同一件的新话", 5)
    matters.merge(into=matter, matters=[more], by=staff, now=now)
    assert actions.bring_back_due(now=now) == []  # eleven is not twice six
    more = speak("同一件的更多话", 1)
    matters.merge(into=matter, matters=[more], by=staff, now=now)
    assert [one.pk for one in actions.bring_back_due(now=now)] == [topic.pk]
    strong = topic.measures.get(criterion=Criterion.STRONG)
    assert strong.figures["people"] == 12


def test_a_matter_that_was_merged_meanwhile_is_not_told(
    topic, take, staff, second, matter, speak, now
):
    take(staff)
    matters.merge(into=speak("另一件", 2), matters=[matter], by=staff, now=now)
    take(second)
    topic.refresh_from_db()
    assert topic.state == State.CHOSEN
    assert told(matter) == []


def test_the_gap_compares_shares_and_hides_small_kinds(
    topic, take, speak, staff, second, city, now
):
    take(staff)
    take(second)
    speak("电梯", 14, category=city.lifts)
    found = gap(now=now)
    assert [(row.name, row.people, len(row.topics)) for row in found.rows] == [
        ("电梯", 14, 0),
        ("路灯", 6, 1),
    ]
    assert found.rows[0].said == pytest.approx(70)
    assert found.rows[1].taken == pytest.approx(100)
    later = gap(now=now + dt.timedelta(days=400))
    assert (later.rows, later.people, later.topics) == ((), 0, 0)


def test_a_kind_with_few_people_is_not_told(speak, city, now):
    speak("电梯", 4, category=city.lifts)
    speak("路灯", 9)
    found = gap(now=now)
    assert [row.name for row in found.rows] == []  # 13 − 9 would tell the four
    assert found.hidden == 2


def test_waiting_names_what_this_person_can_decide(topic, take, staff, second, member, now):
    assert queries.waiting(member, now.date()) == []
    (line,) = queries.waiting(staff, now.date())
    assert (line["href_name"], line["href_args"]) == ("desk-topic", [topic.pk])
    take(staff)
    assert queries.waiting(staff, now.date()) == []
    assert queries.waiting(second, now.date())[0]["state"] == "slow"


def test_the_part_for_the_matters_page_takes_few_queries(
    matter, topic, take, staff, second, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None
    take(staff)
    take(second)
    with django_assert_max_num_queries(3):
        shown = queries.of_matter(matter)
    assert shown.chosen
    assert [one.sentence for one in shown.criteria] == [CRITERIA[key][1] for key in Criterion]


def test_goes_to_is_kept_only_for_what_is_put_aside(topic, take, staff, second):
    take(staff, goes_to=GoesTo.TASK, goes_where="哪儿")
    take(second)
    topic.refresh_from_db()
    assert (topic.goes_to, topic.goes_where, topic.review_on) == ("", "", None)
