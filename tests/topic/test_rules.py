"""Who may move a topic from where to where, and what has to be said for it."""

import datetime as dt
from types import SimpleNamespace

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.topic.rules import (
    MOVES,
    Choice,
    Criterion,
    GoesTo,
    Grade,
    State,
    check_candidate,
    check_decision,
    is_decided,
    round_of,
)

STATES = [None, *State]
ALLOWED = {
    (None, State.CANDIDATE): {Role.STAFF, Role.MEMBER},
    (State.CANDIDATE, State.CHOSEN): {Role.STAFF},
    (State.CANDIDATE, State.ASIDE): {Role.STAFF},
    (State.ASIDE, State.CANDIDATE): {Role.STAFF, Role.CLOCK},
    (State.CHOSEN, State.ASIDE): {Role.STAFF},
}
TODAY = dt.date(2026, 3, 2)
WHOLE = dict.fromkeys(Criterion, (Grade.YES, "有依据"))
ASIDE = {
    "choice": Choice.ASIDE,
    "why": "太大",
    "goes_to": GoesTo.LATER,
    "where": "明年再看",
    "review_on": TODAY + dt.timedelta(days=1),
    "today": TODAY,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", State)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(before, after, role):
    allowed = ALLOWED.get((before, after))
    if allowed is None:
        with pytest.raises(NotNow):
            check_move(MOVES, before, after, {role})
    elif role in allowed:
        check_move(MOVES, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(MOVES, before, after, {role})


@pytest.mark.parametrize("criterion", Criterion)
@pytest.mark.parametrize("answer", [("", "有"), ("yes", " "), ("maybe", "有")])
def test_each_of_the_four_questions_needs_a_grade_and_a_sentence(criterion, answer):
    with pytest.raises(Incomplete) as wrong:
        check_candidate("题目", "问题", WHOLE | {criterion: answer})
    assert wrong.value.field == criterion


@pytest.mark.parametrize(
    ("title", "question", "field"), [(" ", "问", "title"), ("题", "", "question")]
)
def test_a_candidate_has_a_title_and_a_question(title, question, field):
    with pytest.raises(Incomplete) as wrong:
        check_candidate(title, question, WHOLE)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"choice": "maybe"}, "choice"),
        ({"why": " "}, "why"),
        ({"goes_to": ""}, "goes_to"),
        ({"where": ""}, "where"),
        ({"review_on": None}, "review_on"),
        ({"review_on": TODAY}, "review_on"),
    ],
)
def test_to_put_aside_one_says_why_where_to_and_when_again(changed, field):
    check_decision(*ASIDE.values())
    with pytest.raises(Incomplete) as wrong:
        check_decision(*{**ASIDE, **changed}.values())
    assert wrong.value.field == field


def test_to_take_one_says_why():
    check_decision(Choice.TAKE, "天天有", "", "", None, TODAY)


@pytest.mark.parametrize(
    ("choices", "result"),
    [
        ([], None),
        (["take"], None),
        (["take", "take"], "take"),
        (["aside", "aside"], "aside"),
        (["take", "aside"], None),
        (["take", "aside", "aside"], "aside"),
        (["aside", "take", "take"], "take"),
    ],
)
def test_two_people_decide_the_same_or_a_third_settles_it(choices, result):
    assert is_decided(choices) == result


def test_a_decided_round_is_followed_by_a_new_one():
    def opinion(number, choice):
        return SimpleNamespace(round=number, choice=choice)

    assert round_of([]) == (1, [])
    first = [opinion(1, "take"), opinion(1, "aside")]
    assert round_of(first) == (1, first)
    assert round_of([*first, opinion(1, "aside")]) == (2, [])
    again = opinion(2, "take")
    assert round_of([*first, opinion(1, "aside"), again]) == (2, [again])
