"""What became of the most important matters."""

from datetime import date, timedelta

import pytest

from biaochi.demo.city import qingxi
from biaochi.demo.stories import TODAY, stories
from biaochi.demo.story import CHOICES, DEBT_STATES, POINT_STATES, STAGES, TASK_STATES
from biaochi.demo.voices import voices

TOLD = stories()


@pytest.fixture(scope="module")
def spoken():
    return {voice.truth for voice in voices(7)}


def test_about_twenty_five_stories_are_told_and_each_begins_with_voices(spoken):
    assert 24 <= len(TOLD) <= 30
    assert {story.key for story in TOLD} <= spoken


@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.key)
def test_a_story_names_only_units_and_members_of_the_city(story):
    units = {unit.name for unit in qingxi().units}
    members = {member.name for member in qingxi().members}
    assert {story.lead, *story.co} <= units
    doers = [a.doer for a in story.proposal.advice] if story.proposal else []
    doers += [work.unit for work in story.tasks] + [debt.unit for debt in story.debts]
    for doer in doers:
        assert set(doer.split("、")) <= units
    if story.study:
        assert set(story.study.team) <= members
    if story.proposal:
        assert {story.proposal.lead, *story.proposal.co} <= members


@pytest.mark.parametrize("story", TOLD, ids=lambda story: story.key)
def test_a_story_uses_only_known_states(story):
    assert story.stage in STAGES
    assert story.choice is None or story.choice.outcome in CHOICES
    assert all(work.state in TASK_STATES for work in story.tasks)
    assert all(debt.state in DEBT_STATES for debt in story.debts)
    points = story.session.points if story.session else ()
    assert all(point.state in POINT_STATES for point in points)
    assert all(len(point.options) >= 2 for point in points if point.state == "split")


@pytest.mark.parametrize("story", [s for s in TOLD if s.study], ids=lambda story: story.key)
def test_a_study_found_good_and_bad(story):
    assert story.study.good
    assert story.study.bad
    assert story.study.begins_on <= story.study.ends_on


@pytest.mark.parametrize("story", [s for s in TOLD if s.verdict], ids=lambda story: story.key)
def test_answers_of_a_verdict_add_up(story):
    verdict = story.verdict
    parts = verdict.solved + verdict.partly + verdict.unsolved + verdict.silent
    assert parts == verdict.asked


@pytest.mark.parametrize("story", [s for s in TOLD if s.proposal], ids=lambda story: story.key)
def test_every_advice_has_doer_act_date_and_measure(story):
    for advice in story.proposal.advice:
        assert advice.doer
        assert advice.act
        assert advice.measure
        assert advice.answer in ("", "A", "B", "C")
        assert not (advice.answer == "A" and advice.kept_on is None)


def test_what_was_put_aside_went_somewhere():
    aside = [s.choice for s in TOLD if s.choice and s.choice.outcome == "put_aside"]
    assert len(aside) >= 4
    assert all(choice.where_to for choice in aside)


def test_not_done_and_overdue_are_told_as_plainly_as_done():
    works = [work for story in TOLD for work in story.tasks]
    assert {work.state for work in works} == set(TASK_STATES)
    assert sum(bool(work.undone) for work in works) > len(works) / 2
    unhappy = [s for s in TOLD if s.verdict and s.verdict.unsolved > s.verdict.solved]
    assert unhappy


def test_dates_move_with_today():
    later = {story.key: story for story in stories(TODAY + timedelta(days=100))}
    for story in TOLD:
        assert later[story.key].opened_on - story.opened_on == timedelta(days=100)
    assert later["elevator"].tasks[3].due_on == date(2026, 11, 10) + timedelta(days=100)
