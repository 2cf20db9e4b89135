"""Those who spoke say whether it is solved; silence stays silence; nobody answers for them."""

import datetime as dt

import pytest

from biaochi.core.actors import CLOCK, Role
from biaochi.core.models import Entry
from biaochi.core.refusals import NotNow, NotYours
from biaochi.evaluation import actions, queries
from biaochi.evaluation.asking import ask_of, tally
from biaochi.evaluation.models import Ask, Round
from biaochi.evaluation.rules import State, Way
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Revisit
from biaochi.outcome.rules import RevisitState
from biaochi.people import vault
from biaochi.task import actions as tasks
from biaochi.task.rules import State as TaskState
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Event
from biaochi.voice.rules import Channel


def state_of(thing):
    thing.refresh_from_db()
    return thing.state


def over(scene):
    scene.later(days=31)
    return actions.close_due(now=scene.now)


# Opening.


def test_everybody_who_spoke_is_asked_once(scene, round_):
    assert round_.asks.count() == 5
    assert round_.closes_on == dt.date(2026, 4, 1)
    assert round_.rule == {"share": 0.5, "least": 5}
    assert actions.open_rounds(now=scene.now) == 0


def test_one_person_with_two_voices_is_one_question_which_both_codes_open(scene):
    scene.speak(1, first=7)
    scene.speak(1, first=7)
    round_ = scene.to_the_people(1, first=8)
    assert round_.asks.count() == 2
    first, second, _other = (one.voice for one in scene.told)
    assert ask_of(first) == ask_of(second)


def test_the_same_person_in_two_matters_is_asked_about_each_by_its_own_code(scene):
    scene.to_the_people(2)
    mine = scene.told[0].voice
    scene.told = []
    other = scene.to_the_people(2)
    theirs = scene.told[0].voice
    assert ask_of(mine).round != ask_of(theirs).round
    assert ask_of(theirs).round == other


def test_withdrawn_voices_are_not_asked(scene):
    scene.open(5)
    matters.withdraw(voice=scene.told[0].voice, by=scene.resident, now=scene.now)
    scene.hand()
    scene.checked(scene.claims())
    assert scene.ask().asks.count() == 4


def test_people_of_a_matter_that_was_merged_into_this_one_are_asked_too(scene):
    other = scene.open(2)
    scene.told = []
    matter = scene.open(3, first=20)
    matters.merge(into=matter, matters=[other], by=scene.staff, now=scene.now)
    scene.hand()
    scene.checked(scene.claims())
    assert scene.ask().asks.count() == 5


def test_what_is_checked_once_somebody_has_answered_waits_for_the_next_round(scene, round_, city):
    scene.says(0, "solved")
    second = tasks.hand_over(
        matter=scene.matter,
        unit=city.roads,
        what="再贴一张报修电话",
        by=scene.staff,
        now=scene.now,
    )
    tasks.accept(task=second, first_act="贴", by=scene.unit, now=scene.now)
    scene.checked(scene.claims(second))
    assert actions.open_rounds(now=scene.now) == 0
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    assert not Revisit.objects.exists()
    scene.later(hours=1)
    assert actions.open_rounds(now=scene.now) == 1
    assert list(scene.ask().tasks.all()) == [second]


# Deciding.


def test_solved_confirms_the_tasks_and_plans_the_revisits(scene, round_):
    scene.all_say("solved", "solved", "solved", "unsolved", "partly")
    assert state_of(round_) == State.SOLVED
    assert state_of(scene.task) == TaskState.CONFIRMED
    assert Revisit.objects.filter(matter=scene.matter).count() == 6
    assert queries.standing(scene.matter).closed


def test_unsolved_gives_the_work_back_with_figures_and_without_words(scene, round_):
    scene.says(0, "unsolved", words="还有三盏不亮，我是13800000000")
    scene.says(1, "partly")
    scene.says(2, "unsolved")
    assert state_of(round_) == State.ASKING  # a fifth of them could still change it
    scene.says(3, "unsolved")
    scene.says(4, "solved")
    assert state_of(round_) == State.UNSOLVED
    assert state_of(scene.task) == TaskState.ACCEPTED
    assert scene.task.reopened_count == 1
    told = Event.objects.filter(matter=scene.matter).last().params
    assert told["why"] == "5 位回了话：1 位说解决了，1 位说解决了一部分，3 位说没解决。"
    assert "三盏" not in str([event.params for event in Event.objects.all()])
    assert not queries.standing(scene.matter).closed


def test_few_answers_are_told_without_figures(scene):
    scene.to_the_people(2)
    scene.all_say("unsolved", "solved")
    assert state_of(scene.task) == TaskState.ACCEPTED
    told = Event.objects.filter(matter=scene.matter).last().params
    assert told["why"] == "提的人说没有解决。"


def test_a_round_closes_early_when_the_silent_cannot_change_it(scene):
    round_ = scene.to_the_people(9)
    scene.all_say("solved", "solved", "solved", "solved")
    assert state_of(round_) == State.ASKING
    scene.says(4, "solved")
    assert state_of(round_) == State.SOLVED


def test_later_is_silence(scene, round_):
    scene.all_say("later", "later", "later", "later", "later")
    assert state_of(round_) == State.ASKING
    over(scene)
    assert state_of(round_) == State.UNREACHED
    assert state_of(scene.task) == TaskState.UNREACHED


def test_nobody_reached_is_a_state_of_its_own_and_never_content(scene, round_):
    scene.all_say("solved", "solved")
    assert actions.close_due(now=scene.later(days=30)) == 0
    assert actions.close_due(now=scene.later(days=1)) == 1
    assert state_of(round_) == State.UNREACHED
    assert not Revisit.objects.exists()
    assert not queries.standing(scene.matter).closed
    assert Entry.objects.filter(verb="decide round").get().actor == CLOCK.name


def test_the_last_day_decides_by_those_who_answered_and_in_their_name(scene):
    round_ = scene.to_the_people(12)
    scene.all_say("solved", "solved", "solved", "unsolved", "partly")
    assert state_of(round_) == State.ASKING
    over(scene)
    assert state_of(round_) == State.SOLVED
    assert Entry.objects.filter(verb="decide round").get().actor == Role.RESIDENT.value


def test_a_late_answer_moves_a_round_that_had_reached_nobody(scene, round_):
    scene.all_say("solved", "solved", "solved", "solved")
    over(scene)
    assert state_of(round_) == State.UNREACHED
    scene.says(4, "solved")
    assert state_of(round_) == State.SOLVED
    assert state_of(scene.task) == TaskState.CONFIRMED


def test_an_answer_changed_after_the_round_was_decided_is_kept_and_flips_nothing(scene, round_):
    scene.all_say("solved", "solved", "solved", "unsolved", "unsolved")
    scene.says(0, "unsolved")
    assert state_of(round_) == State.SOLVED
    assert tally(round_).unsolved == 3
    assert state_of(scene.task) == TaskState.CONFIRMED


def test_an_answer_can_be_changed_for_thirty_days(scene, round_):
    ask = scene.says(0, "solved")
    assert actions.changeable_until(ask) == dt.date(2026, 4, 1)
    scene.later(days=30)
    scene.says(0, "unsolved")
    scene.later(days=1)
    with pytest.raises(NotNow):
        scene.says(0, "solved")


def test_saying_later_does_not_use_up_the_days_for_changing(scene, round_):
    scene.says(0, "later")
    scene.later(days=40)
    assert scene.says(0, "solved").answer == "solved"


def test_after_a_new_round_the_old_one_takes_no_answers(scene, round_):
    old = ask_of(scene.told[0].voice)
    scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "unsolved")
    scene.later(days=1)
    again = scene.again()
    assert again != round_
    with pytest.raises(NotNow):
        actions.answer(ask=old, answer="solved", by=scene.resident, now=scene.now)
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    assert queries.standing(scene.matter).closed


# Who counts.


def test_who_withdraws_leaves_the_count_and_who_comes_back_is_in_it_again(scene, round_):
    scene.says(0, "unsolved")
    matters.withdraw(voice=scene.told[0].voice, by=scene.resident, now=scene.now)
    assert (tally(round_).asked, tally(round_).unsolved) == (4, 0)
    with pytest.raises(NotNow):
        scene.says(0, "solved")
    matters.come_back(voice=scene.told[0].voice, by=scene.resident, now=scene.now)
    assert tally(round_).unsolved == 1


def test_erasing_takes_the_answer_and_its_words_away(scene, round_):
    scene.says(0, "unsolved", words="还是黑的", words_public=True)
    matters.erase(voice=scene.told[0].voice, by=scene.resident, now=scene.now)
    assert queries.of_matter(scene.matter).said == ()
    assert actions.forget_erased(now=scene.now) == 1
    assert actions.forget_erased(now=scene.now) == 0
    assert not Ask.objects.exclude(words="").exists()
    assert tally(round_).asked == 4


def test_the_office_cannot_move_the_discontented_out_of_the_count(scene, round_):
    scene.says(0, "unsolved")
    matters.take_out(
        matter=scene.matter, voices=[scene.told[0].voice], by=scene.staff, now=scene.now
    )
    assert tally(round_).unsolved == 1
    assert scene.says(0, "partly").answer == "partly"


def test_a_person_who_said_it_twice_still_counts_after_withdrawing_one(scene):
    scene.speak(2, first=0)
    scene.speak(1, first=0)
    round_ = scene.to_the_people(2, first=5)
    matters.withdraw(voice=scene.told[0].voice, by=scene.resident, now=scene.now)
    assert tally(round_).asked == 4
    assert scene.says(2, "solved").answer == "solved"


# The telephone and the counter.


def test_the_office_writes_what_it_heard_after_it_looked_at_the_number(scene, round_):
    ask = ask_of(scene.told[0].voice)
    told = {"ask": ask, "answer": "partly", "way": Way.PHONE, "by": scene.staff, "now": scene.now}
    with pytest.raises(NotNow):
        actions.answer(**told)
    number = actions.look_at_contact(ask=ask, why="问解决了没有", by=scene.staff, now=scene.now)
    assert number == "13800000000"
    assert actions.answer(**told, words="灯是亮了，还闪").way == Way.PHONE
    assert vault.looks_of(scene.told[0].voice.speaker)[0].why == "问解决了没有"


def test_the_office_never_writes_over_an_answer_by_code(scene, round_):
    ask = scene.says(0, "unsolved")
    with pytest.raises(NotNow):
        actions.answer(ask=ask, answer="solved", way=Way.COUNTER, by=scene.staff, now=scene.now)
    with pytest.raises(NotNow):
        actions.look_at_contact(ask=ask, why="再问问", by=scene.staff, now=scene.now)


@pytest.mark.parametrize("role", [Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
def test_nobody_else_answers_calls_or_notes(scene, round_, role):
    other, ask = scene.city.actor(role), ask_of(scene.told[0].voice)
    for way in Way:
        with pytest.raises(NotYours):
            actions.answer(ask=ask, answer="solved", way=way, by=other, now=scene.now)
    with pytest.raises(NotYours):
        actions.note_try(ask=ask, by=other, now=scene.now)
    with pytest.raises(NotYours):
        actions.look_at_contact(ask=ask, why="看看", by=other, now=scene.now)


def test_the_office_does_not_answer_by_code_in_the_place_of_somebody(scene, round_):
    with pytest.raises(NotYours):
        actions.answer(
            ask=ask_of(scene.told[0].voice),
            answer="solved",
            way=Way.CODE,
            by=scene.staff,
            now=scene.now,
        )


def test_a_call_that_reached_nobody_counts_as_a_try_and_as_nothing_else(scene, round_):
    ask = ask_of(scene.told[0].voice)
    actions.note_try(ask=ask, by=scene.staff, now=scene.now)
    assert queries.next_call(round_).pk != ask.pk
    found = queries.progress(round_)
    assert (found.asked, found.answered, found.callable, found.tried) == (5, 0, 5, 1)
    assert tally(round_).silent == 5


def test_sheet_voices_without_contact_are_counted_as_such(scene, resident):
    scene.to_the_people(2, reachable=False)
    found = queries.progress(Round.objects.get())
    assert (found.callable, found.code_only, found.none) == (0, 2, 0)
    assert queries.next_call(Round.objects.get()) is None


def test_no_line_of_the_record_joins_a_person_to_an_answer(scene, round_):
    scene.says(0, "unsolved", words="没亮")
    line = Entry.objects.get(verb="answer round")
    assert (line.actor, line.thing, line.after) == ("resident", f"round:{round_.pk}", "")
    assert "没亮" not in line.note


# Words.


def test_words_are_covered_also_by_the_names_of_the_voice(scene, round_):
    ask = scene.says(0, "partly", words="张三丰还在摔跤，打13900001111找我")
    assert "张三丰" not in ask.words
    assert "13900001111" not in ask.words


def test_the_public_reads_only_words_that_were_given_to_all(scene, round_):
    scene.says(0, "unsolved", words="只给办事的人看")
    scene.says(1, "partly", words="给大家看", words_public=True)
    said = queries.of_matter(scene.matter).said
    assert [(one.text, one.answer, one.area) for one in said] == [("给大家看", "", "")]
    assert queries.words_for_unit(round_) == ["只给办事的人看", "给大家看"]


def test_parts_are_shown_from_five_answers_on(scene):
    scene.to_the_people(6)
    scene.all_say("solved", "solved", "partly", "unsolved")
    assert queries.of_matter(scene.matter).tally is None
    scene.says(4, "solved")
    shown = queries.of_matter(scene.matter).tally
    assert (shown.solved, shown.partly, shown.unsolved, shown.silent) == (3, 1, 1, 1)


# Revisits.


@pytest.fixture
def solved(scene, round_):
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    return round_


def revisited(scene):
    scene.later(days=32)
    assert outcome.start_revisits(now=scene.now) == 1
    assert actions.open_rounds(now=scene.now) == 1
    return Round.objects.get(revisit__isnull=False)


def test_after_a_month_the_same_people_are_asked_again_by_themselves(scene, solved):
    again = revisited(scene)
    assert again.asks.count() == 5
    assert again.revisit.months == 1
    assert queries.standing(scene.matter).closed  # until somebody says otherwise
    assert outcome.start_revisits(now=scene.now) == 0
    assert actions.open_rounds(now=scene.now) == 0


def test_it_holds(scene, solved):
    again = revisited(scene)
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    assert state_of(again.revisit) == RevisitState.HOLDS
    assert state_of(scene.task) == TaskState.CONFIRMED
    assert queries.standing(scene.matter).closed
    assert Revisit.objects.filter(state=RevisitState.WAITING).count() == 5


def test_broken_again_opens_the_work_again(scene, solved):
    again = revisited(scene)
    scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "unsolved")
    assert state_of(again.revisit) == RevisitState.BROKEN
    assert state_of(scene.task) == TaskState.ACCEPTED
    assert not queries.standing(scene.matter).closed
    assert outcome.start_revisits(now=scene.later(days=90)) == 0  # it is being worked on


def test_nobody_reached_after_a_month_opens_nothing_and_is_not_called_good(scene, solved):
    again = revisited(scene)
    over(scene)
    assert state_of(again.revisit) == RevisitState.UNREACHED
    assert state_of(scene.task) == TaskState.CONFIRMED
    scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "unsolved")
    assert state_of(again.revisit) == RevisitState.BROKEN
    assert state_of(scene.task) == TaskState.ACCEPTED


def test_a_task_that_the_office_took_back_meanwhile_is_left_alone(scene, round_):
    scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "unsolved")
    tasks.recall(task=scene.task, why="改由住建局办", by=scene.staff, now=scene.now)
    assert state_of(scene.task) == TaskState.RECALLED
    scene.says(0, "solved")
    assert state_of(scene.task) == TaskState.RECALLED


def test_what_was_solved_beside_work_that_is_taken_back_later_is_looked_at_again(scene, round_):
    second = tasks.hand_over(
        matter=scene.matter, unit=scene.city.homes, what="查线", by=scene.staff, now=scene.now
    )
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    assert actions.plan_late(now=scene.now) == 0
    assert not queries.standing(scene.matter).closed
    tasks.recall(task=second, why="不用查了", by=scene.staff, now=scene.later(days=5))
    assert queries.standing(scene.matter).closed
    assert actions.plan_late(now=scene.now) == 6
    assert actions.plan_late(now=scene.now) == 0
    assert Revisit.objects.first().since == Round.objects.get().decided_at


# What is read.


def test_what_waits_for_the_office_is_whom_it_can_call(scene, round_):
    (one,) = queries.waiting(scene.staff, scene.now.date())
    assert (one["href_name"], one["due_on"]) == ("desk-round", round_.closes_on)
    assert queries.waiting(scene.unit, scene.now.date()) == []


def test_the_public_part_asks_little_of_the_database(scene, round_, django_assert_num_queries):
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    with django_assert_num_queries(4):  # one of them reads the profile
        queries.of_matter(scene.matter)


def test_a_matter_that_nobody_was_asked_about_shows_nothing(scene, django_assert_num_queries):
    matter = scene.open()
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None


def test_channels_do_not_matter(scene, city):
    """Somebody who spoke on the telephone is asked like everybody else."""
    scene.speak(1, first=90, channel=Channel.PHONE, by=scene.staff)
    assert scene.to_the_people(1).asks.count() == 2
    assert voices.find_by_code(code=scene.told[0].code) == scene.told[0].voice


def test_work_checked_before_anybody_answers_joins_the_round(scene, round_):
    """Two claims checked on one day are one question; after an answer it would be another."""
    later = tasks.hand_over(
        matter=scene.matter, unit=scene.city.roads, what="再查一遍", by=scene.staff, now=scene.now
    )
    tasks.accept(task=later, first_act="查", by=scene.unit, now=scene.now)
    scene.checked(scene.claims(later))
    assert scene.ask() == round_
    assert set(round_.tasks.all()) == {scene.task, later}
    scene.all_say(*["solved"] * 5)
    assert {state_of(task) for task in (scene.task, later)} == {TaskState.CONFIRMED}
