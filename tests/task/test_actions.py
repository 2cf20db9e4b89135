"""The verbs on tasks: clocks, doers, refusals, and what everybody can read afterwards."""

import datetime as dt

import pytest

from biaochi.core import profiles
from biaochi.core.actors import Actor, Role
from biaochi.core.models import Entry
from biaochi.core.record import first_break, label
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.task import actions, queries
from biaochi.task.models import Task
from biaochi.task.rules import ReturnReason, State
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Event, Matter
from biaochi.voice.rules import Channel, EventKind, Urgency

DAY = dt.timedelta(days=1)


def last_event(matter):
    return Event.objects.filter(matter=matter).order_by("pk").last()


def test_handing_over_starts_three_clocks_in_working_days(hand, now):
    task = hand()  # on Monday, 2 March 2026
    assert task.accept_by == dt.date(2026, 3, 5)
    assert task.return_by == dt.date(2026, 3, 9)
    assert task.due_on == dt.date(2026, 3, 30)


def test_holidays_do_not_count(hand, now):
    task = hand(now=dt.datetime(2026, 4, 30, 9, tzinfo=now.tzinfo))  # then 1–5 May are free
    assert task.accept_by == dt.date(2026, 5, 8)


def test_an_urgent_matter_runs_on_the_urgent_clock_and_is_not_returned_after_it(
    city, staff, resident, now
):
    heard = voices.hear(
        words=voices.Words("井盖没了，孩子差点掉下去"),
        channel=Channel.WEB,
        urgency=Urgency.URGENT,
        by=resident,
        now=now,
    )
    matter = matters.open_matter(title="井盖没了", voices=[heard.voice], by=staff, now=now)
    task = actions.hand_over(matter=matter, unit=city.roads, what="盖好", by=staff, now=now)
    assert task.due_on == task.return_by == dt.date(2026, 3, 5)


def test_the_clocks_come_from_the_rules_that_the_office_edits(hand, staff, now):
    content = {**profiles.shipped()["everyday"]}
    content["clocks"] = {**content["clocks"], "handled": [10, "d"]}
    profiles.edit(name="everyday", content=content, by=staff, now=now)
    assert hand().due_on == dt.date(2026, 3, 12)


def test_the_office_may_set_another_day_but_not_one_that_is_over(hand, now):
    with pytest.raises(Incomplete) as wrong:
        hand(due=now.date())
    assert wrong.value.field == "due"
    assert hand(due=now.date() + DAY).return_by == now.date() + DAY


def test_handing_over_moves_the_pointer_and_everybody_can_read_it(hand, matter):
    hand(why="职责清单写着路灯归城管")
    matter.refresh_from_db()
    event = last_event(matter)
    assert matter.step == Step.HANDED
    assert event.kind == EventKind.HANDED
    assert event.params == {
        "unit": "市城管局",
        "what": "把后街的路灯修亮",
        "why": "职责清单写着路灯归城管",
        "due_on": "2026-03-30",
    }


@pytest.mark.parametrize("wrong", [{"unit": None}, {"what": "  "}, {"what": "修" * 201}])
def test_handing_over_needs_a_unit_and_a_task(hand, wrong):
    with pytest.raises(Incomplete):
        hand(**wrong)
    assert not Task.objects.exists()


def test_a_unit_that_has_it_does_not_get_it_twice(hand, city):
    hand()
    with pytest.raises(NotNow):
        hand()
    assert hand(unit=city.homes).unit == city.homes


def test_several_matters_are_handed_over_together_or_not_at_all(
    hand, matter, city, staff, resident, now
):
    heard = voices.hear(words=voices.Words("电梯坏了"), channel=Channel.WEB, by=resident, now=now)
    other = matters.open_matter(title="电梯坏了", voices=[heard.voice], by=staff, now=now)
    items = [
        {"matter": matter, "unit": city.roads, "what": "修灯"},
        {"matter": other, "unit": None, "what": "修电梯"},
    ]
    with pytest.raises(Incomplete, match="电梯坏了"):
        actions.hand_over_all(items=items, by=staff, now=now)
    assert not Task.objects.exists()
    items[1]["unit"] = city.homes
    assert len(actions.hand_over_all(items=items, by=staff, now=now)) == 2


def test_a_unit_accepts_with_its_first_step_and_the_public_reads_it(hand, unit, matter, now):
    task = actions.accept(task=hand(), first_act="先查线路", by=unit, now=now)
    event = last_event(matter)
    assert (task.state, task.accepted_at) == (State.ACCEPTED, now)
    assert event.kind == EventKind.ACCEPTED
    assert event.params == {"unit": "市城管局", "first_act": "先查线路", "due_on": "2026-03-30"}


def test_accepting_needs_a_first_step_and_happens_once(hand, unit, now):
    task = hand()
    with pytest.raises(Incomplete):
        actions.accept(task=task, first_act=" ", by=unit, now=now)
    actions.accept(task=task, first_act="先查线路", by=unit, now=now)
    with pytest.raises(NotNow):
        actions.accept(task=task, first_act="再查一遍", by=unit, now=now)


def test_a_unit_gives_a_task_back_with_reason_and_the_public_reads_it(hand, unit, matter, now):
    task = actions.give_back(
        task=hand(),
        reason=ReturnReason.NOT_OURS,
        words="后街是小区里面，归物业",
        suggested_unit="市住建局",
        by=unit,
        now=now,
    )
    matter.refresh_from_db()
    assert task.state == State.RETURNED
    assert matter.step == Step.SAID, "nobody has it, so it is not handed over"
    assert last_event(matter).params == {
        "unit": "市城管局",
        "reason": "not_ours",
        "why": "后街是小区里面，归物业",
        "suggested": "市住建局",
    }


def test_the_last_day_for_returning_counts_and_the_day_after_is_too_late(hand, unit, now):
    task = hand()
    late = dt.datetime(2026, 3, 10, 0, 1, tzinfo=now.tzinfo)
    deed = {"task": task, "reason": ReturnReason.UNCLEAR, "words": "哪条街？", "by": unit}
    with pytest.raises(NotNow, match="3月9日"):
        actions.give_back(**deed, now=late)
    assert actions.give_back(**deed, now=late - dt.timedelta(minutes=2)).state == State.RETURNED


def test_an_accepted_task_cannot_be_given_back(hand, unit, now):
    task = actions.accept(task=hand(), first_act="先查线路", by=unit, now=now)
    with pytest.raises(NotNow):
        actions.give_back(task=task, reason="unclear", words="不想办", by=unit, now=now)


def test_while_another_unit_has_it_a_return_does_not_move_the_pointer(
    hand, unit, city, matter, now
):
    task = hand()
    hand(unit=city.homes)
    actions.give_back(task=task, reason="unclear", words="哪条街？", by=unit, now=now)
    matter.refresh_from_db()
    assert matter.step == Step.HANDED


def test_the_office_takes_a_task_back_and_says_why(hand, staff, matter, now):
    task = hand()
    with pytest.raises(Incomplete):
        actions.recall(task=task, why="", by=staff, now=now)
    task = actions.recall(task=task, why="交错了单位", by=staff, now=now)
    matter.refresh_from_db()
    assert (task.state, matter.step) == (State.RECALLED, Step.SAID)
    assert last_event(matter).params == {"unit": "市城管局", "why": "交错了单位"}


def test_the_office_keeps_a_returned_task_even_if_its_matter_went_into_another(
    hand, unit, staff, city, matter, resident, now
):
    task = actions.give_back(task=hand(), reason="twice", words="重了", by=unit, now=now)
    heard = voices.hear(words=voices.Words("路灯不亮"), channel=Channel.WEB, by=resident, now=now)
    into = matters.open_matter(title="路灯不亮", voices=[heard.voice], by=staff, now=now)
    matters.merge(into=into, matters=[Matter.objects.get(pk=matter.pk)], by=staff, now=now)
    with pytest.raises(NotNow):
        actions.hand_over_again(task=task, unit=city.roads, what="修灯", by=staff, now=now)
    assert actions.recall(task=task, why="并了", by=staff, now=now).state == State.RECALLED


def test_a_returned_task_goes_to_another_unit_with_new_clocks(
    hand, unit, other_unit, city, staff, matter, now
):
    task = actions.give_back(task=hand(), reason="not_ours", words="归物业", by=unit, now=now)
    later = now + 7 * DAY
    task = actions.hand_over_again(
        task=task, unit=city.homes, what="督促物业修灯", by=staff, now=later
    )
    matter.refresh_from_db()
    assert (task.unit, task.state, matter.step) == (city.homes, State.HANDED, Step.HANDED)
    assert task.accept_by == dt.date(2026, 3, 12)
    assert (task.return_reason, task.return_words) == ("", "")
    kinds = list(Event.objects.filter(matter=matter).order_by("pk").values_list("kind", flat=True))
    assert kinds[-3:] == [EventKind.HANDED, EventKind.RETURNED, EventKind.HANDED]
    with pytest.raises(NotYours):
        queries.get(unit, task.pk)
    assert queries.get(other_unit, task.pk) == task


def test_only_the_unit_that_has_a_task_answers_it(hand, other_unit, staff, now):
    task = hand()
    for deed in (
        lambda by: actions.accept(task=task, first_act="我们来", by=by, now=now),
        lambda by: actions.give_back(task=task, reason="not_ours", words="不是", by=by, now=now),
    ):
        for by in (other_unit, staff, Actor("nobody", frozenset({Role.UNIT}))):
            with pytest.raises(NotYours):
                deed(by)
    task.refresh_from_db()
    assert task.state == State.HANDED


@pytest.mark.parametrize("role", [r for r in Role if r != Role.STAFF])
def test_nobody_but_the_office_hands_over_or_takes_back(hand, role, city, matter, now):
    task = hand()
    by = Actor("x", frozenset({role}), city.roads.pk)
    with pytest.raises(NotYours):
        hand(unit=city.homes, by=by)
    with pytest.raises(NotYours):
        actions.recall(task=task, why="我要收回", by=by, now=now)


def test_every_deed_is_in_the_record_and_the_chain_holds(hand, unit, staff, city, now):
    task = hand()
    actions.give_back(task=task, reason="unclear", words="哪条街？", by=unit, now=now)
    actions.hand_over_again(task=task, unit=city.roads, what="修后街的灯", by=staff, now=now)
    actions.accept(task=task, first_act="先查线路", by=unit, now=now)
    actions.recall(task=task, why="改由物业修", by=staff, now=now)
    lines = Entry.objects.filter(thing=label(task)).order_by("pk")
    assert [(line.verb, line.before, line.after) for line in lines] == [
        ("hand over", "", "handed"),
        ("return task", "handed", "returned"),
        ("hand over again", "returned", "handed"),
        ("accept task", "handed", "accepted"),
        ("recall task", "accepted", "recalled"),
    ]
    assert first_break() is None


def test_the_ruler_of_days_counts_working_days(hand):
    task = hand()
    monday = queries.clock_of(task, dt.date(2026, 3, 9))
    assert (monday.total, monday.day, monday.left) == (20, 5, 15)
    assert monday.marks == (3, 5)
    assert (monday.accept_left, monday.return_left, monday.state) == (-2, 0, "")
    assert queries.clock_of(task, dt.date(2026, 3, 26)).state == "slow"
    late = queries.clock_of(task, dt.date(2026, 4, 1))
    assert (late.left, late.state) == (-2, "stop")


def test_a_task_due_on_friday_is_late_on_saturday(hand):
    task = hand(due=dt.date(2026, 3, 6))
    assert queries.clock_of(task, dt.date(2026, 3, 7)).state == "stop"


def test_the_figures_of_a_unit_count_its_own_tasks_only(hand, unit, other_unit, city):
    hand()
    hand(unit=city.homes)
    today = dt.date(2026, 3, 31)
    assert queries.inbox_counts(unit, today)["new"] == 1
    assert queries.inbox_counts(unit, today)["overdue"] == 1
    assert queries.office_counts(today)["overdue"] == 2
