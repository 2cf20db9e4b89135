"""Somebody else looks whether a claim is true; new trouble is asked about; revisits by themselves."""

import datetime as dt

import pytest

from biaochi.core.actors import CLOCK, Actor, Role
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome import actions, queries
from biaochi.outcome.models import Check, Revisit, SideEffect
from biaochi.outcome.rules import MONTHS, CheckState, Match, RevisitState
from biaochi.task import actions as tasks
from biaochi.task.rules import State as TaskState
from biaochi.voice.matters import actions as matters


def test_every_claim_gets_one_check_with_its_day_by_itself(scene, check, now):
    assert check.state == CheckState.WAITING
    assert check.due_on == check.claim.task.check_by
    assert actions.open_checks(now=now) == 0
    assert Check.objects.count() == 1


def test_a_true_claim_goes_on_to_those_who_spoke_and_closes_nothing(scene, check):
    done = scene.checked(check)
    scene.task.refresh_from_db()
    assert (done.state, scene.task.state) == (CheckState.TRUE, TaskState.CHECKED)
    assert done.lines.count() == 2
    assert done.by_id == scene.staff.account


def test_a_false_claim_goes_back_with_the_reason_that_everybody_reads(scene, check):
    scene.checked(check, true=False, why="只亮了三盏")
    scene.task.refresh_from_db()
    assert scene.task.state == TaskState.ACCEPTED
    looked = queries.of_matter(scene.matter).checks[0]
    assert (looked.state, looked.why, looked.unit) == ("false", "只亮了三盏", "市城管局")


@pytest.mark.parametrize("role", [Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
def test_nobody_but_the_office_checks(scene, check, role):
    with pytest.raises(NotYours):
        scene.checked(check, by=scene.city.actor(role))
    assert Check.objects.get().state == CheckState.WAITING


def test_the_claimer_does_not_check_even_with_an_account_of_the_office(scene, check):
    turncoat = Actor("li", frozenset({Role.STAFF}), None, check.claim.by_id)
    with pytest.raises(NotYours):
        scene.checked(check, by=turncoat)


def test_a_check_without_one_clause_changes_nothing(scene, check):
    first = check.claim.task.items.first()
    with pytest.raises(Incomplete):
        scene.checked(check, matches={first.pk: Match.YES})
    scene.task.refresh_from_db()
    assert scene.task.state == TaskState.CLAIMED
    assert not check.lines.exists()


def test_a_check_is_decided_once(scene, check):
    scene.checked(check)
    with pytest.raises(NotNow):
        scene.checked(check, true=False)


def test_a_claim_taken_back_drops_its_check(scene, check):
    tasks.take_back_claim(task=scene.task, by=scene.unit, now=scene.now)
    with pytest.raises(NotNow):
        scene.checked(check)
    actions.open_checks(now=scene.now)
    check.refresh_from_db()
    assert check.state == CheckState.DROPPED
    again = scene.claims()
    assert again.pk != check.pk


def test_names_that_slip_into_a_check_are_covered(scene, check):
    done = scene.checked(check, after="我叫张三丰，电话13812345678，灯亮了", why="打了13812345678")
    assert "13812345678" not in done.after + done.why


def test_the_record_says_who_checked_and_why(scene, check):
    scene.checked(check)
    line = Entry.objects.get(verb="check claim")
    assert (line.actor, line.before, line.after) == ("staff", "waiting", "true")
    assert line.note == "和报的一样"


# New trouble at the same place.


@pytest.fixture
def watched(scene, check):
    """Checked and true; the days of watching are over."""
    scene.checked(check)
    return scene.matter


def over(scene):
    return scene.later(days=62)


def test_more_people_at_the_same_place_become_a_question_with_its_rows(scene, watched):
    scene.later(days=3)
    new = scene.speak(3, first=40, place="后街菜场")
    assert actions.watch(now=over(scene)) == 1
    effect = SideEffect.objects.get()
    assert (effect.before_count, effect.after_count) == (0, 3)
    assert {row.pk for row in queries.rows_of(scene.staff, effect)} == {one.voice.pk for one in new}
    assert actions.watch(now=scene.now) == 0


def test_two_people_are_no_question_and_the_watch_is_still_counted(scene, watched):
    scene.speak(2, first=40, place="后街菜场")
    assert actions.watch(now=over(scene)) == 0
    assert SideEffect.objects.count() == 1
    assert queries.side_effects(scene.staff, answered=False) == []


def test_who_speaks_of_the_matter_itself_is_not_new_trouble(scene, watched):
    scene.later(days=1)
    more = scene.speak(4, first=50, place="后街")
    matters.join(matter=watched, voices=[one.voice for one in more], by=scene.staff, now=scene.now)
    assert actions.watch(now=over(scene)) == 0
    assert SideEffect.objects.get().after_count == 0


def test_the_same_kind_in_the_same_area_counts_too(scene, watched):
    scene.later(days=1)
    scene.speak(3, first=60, category=scene.city.lamps)
    assert actions.watch(now=over(scene)) == 1


def test_before_the_days_are_over_nothing_is_looked_at(scene, watched):
    scene.speak(5, first=40, place="后街")
    assert actions.watch(now=scene.later(days=59)) == 0
    assert not SideEffect.objects.exists()


def test_a_question_is_answered_with_a_sentence_by_the_office_only(scene, watched):
    scene.later(days=3)
    scene.speak(3, first=40, place="后街菜场")
    actions.watch(now=over(scene))
    effect = SideEffect.objects.get()
    with pytest.raises(NotYours):
        actions.answer_side_effect(effect=effect, answer="无关", by=scene.unit, now=scene.now)
    with pytest.raises(Incomplete):
        actions.answer_side_effect(effect=effect, answer=" ", by=scene.staff, now=scene.now)
    actions.answer_side_effect(
        effect=effect, answer="说的是菜场，另交城管。", by=scene.staff, now=scene.now
    )
    assert queries.side_effects(scene.staff, answered=False) == []
    assert len(queries.side_effects(scene.staff, answered=True)) == 1


# Revisits.


def test_six_revisits_are_planned_at_the_promised_distances(scene):
    matter = scene.open()
    actions.plan_revisits(matter=matter, since=scene.now, now=scene.now)
    days = [one.due_on for one in queries.revisits_of(matter)]
    assert days == [dt.date(2026, 4, 2), dt.date(2026, 6, 2), dt.date(2026, 9, 2)] + [
        dt.date(2027, 3, 2),
        dt.date(2029, 3, 2),
        dt.date(2031, 3, 2),
    ]
    assert actions.plan_revisits(matter=matter, since=scene.now, now=scene.now) == []


def test_a_new_solution_counts_its_distances_anew(scene):
    matter = scene.open()
    actions.plan_revisits(matter=matter, since=scene.now, now=scene.now)
    later = scene.later(days=40)
    actions.plan_revisits(matter=matter, since=later, now=later)
    assert Revisit.objects.filter(matter=matter).count() == len(MONTHS)
    assert {one.since for one in Revisit.objects.all()} == {later}


def test_no_revisit_starts_while_a_unit_works_on_it(scene, check):
    scene.checked(check)
    actions.plan_revisits(matter=scene.matter, since=scene.now, now=scene.now)
    assert actions.start_revisits(now=scene.later(days=40)) == 0


def test_what_was_seen_is_noted_once_its_day_has_come(scene):
    matter = scene.open()
    first = actions.plan_revisits(matter=matter, since=scene.now, now=scene.now)[0]
    with pytest.raises(NotNow):
        actions.note_seen(revisit=first, seen="亮着", by=scene.staff, now=scene.now)
    Revisit.objects.filter(pk=first.pk).update(state=RevisitState.ASKING)
    with pytest.raises(NotYours):
        actions.note_seen(revisit=first, seen="亮着", by=scene.unit, now=scene.now)
    with pytest.raises(Incomplete):
        actions.note_seen(revisit=first, seen="", by=scene.staff, now=scene.now)
    noted = actions.note_seen(
        revisit=first, seen="亮着，问了13812345678", by=scene.staff, now=scene.now
    )
    assert noted.seen.startswith("亮着") and "13812345678" not in noted.seen


def test_the_office_cannot_say_that_it_holds(scene):
    matter = scene.open()
    first = actions.plan_revisits(matter=matter, since=scene.now, now=scene.now)[0]
    Revisit.objects.filter(pk=first.pk).update(state=RevisitState.ASKING)
    for by in (scene.staff, scene.unit):
        with pytest.raises(NotYours):
            actions.finish_revisit(revisit=first, state=RevisitState.HOLDS, by=by, now=scene.now)
    with pytest.raises(NotYours):
        actions.finish_revisit(revisit=first, state=RevisitState.BROKEN, by=CLOCK, now=scene.now)


# What is read.


def test_a_unit_reads_no_check_at_all(scene, check):
    assert not queries.visible_to(scene.unit).exists()
    with pytest.raises(NotYours):
        queries.get(scene.unit, check.pk)
    assert queries.waiting(scene.unit, scene.now.date()) == []


def test_what_waits_for_the_office_carries_its_day(scene, check):
    (one,) = queries.waiting(scene.staff, scene.now.date())
    assert (one["href_name"], one["due_on"], one["state"]) == ("desk-check", check.due_on, "")
    late = queries.waiting(scene.staff, check.due_on + dt.timedelta(days=3))
    assert late[0]["state"] == "stop"


def test_the_public_part_asks_little_of_the_database(scene, check, django_assert_num_queries):
    bare = scene.matter
    scene.checked(check)
    with django_assert_num_queries(3):
        found = queries.of_matter(bare)
    assert found.checks[0].lines[0][2] == "对得上"


def test_a_matter_without_checks_shows_nothing(scene, django_assert_num_queries):
    matter = scene.open()
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None
