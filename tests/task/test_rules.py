"""Who may move a task from where to where: every pair of states with every role."""

import datetime as dt
from itertools import pairwise

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.task.rules import (
    DEBT_MOVES,
    MORE_MOVES,
    MOVES,
    Debt,
    Done,
    More,
    ReturnReason,
    State,
    When,
    check_claim,
    check_exhibit,
    check_items,
    check_more_time,
    check_return,
    check_what,
)

KEEPING = [Debt.OWED, Debt.SAID, Debt.CHECKED, Debt.KEPT]
ALLOWED = {
    (None, State.HANDED): {Role.STAFF},
    (State.HANDED, State.ACCEPTED): {Role.UNIT},
    (State.HANDED, State.RETURNED): {Role.UNIT},
    (State.HANDED, State.RECALLED): {Role.STAFF},
    (State.ACCEPTED, State.RECALLED): {Role.STAFF},
    (State.RETURNED, State.HANDED): {Role.STAFF},
    (State.RETURNED, State.RECALLED): {Role.STAFF},
    (State.ACCEPTED, State.CLAIMED): {Role.UNIT},
    (State.CLAIMED, State.ACCEPTED): {Role.STAFF, Role.UNIT},
    (State.CLAIMED, State.CHECKED): {Role.STAFF},
    (State.CHECKED, State.CONFIRMED): {Role.RESIDENT},
    (State.CHECKED, State.ACCEPTED): {Role.RESIDENT},
    (State.CHECKED, State.UNREACHED): {Role.CLOCK},
    (State.UNREACHED, State.CONFIRMED): {Role.RESIDENT},
    (State.UNREACHED, State.ACCEPTED): {Role.RESIDENT},
    (State.CONFIRMED, State.ACCEPTED): {Role.RESIDENT},
}
DEBTS = {
    (None, Debt.OWED): {Role.CLOCK},
    (Debt.OWED, Debt.SAID): {Role.UNIT},
    (Debt.SAID, Debt.OWED): {Role.STAFF},
    (Debt.SAID, Debt.CHECKED): {Role.STAFF},
    (Debt.CHECKED, Debt.KEPT): {Role.MEMBER},
    (Debt.CHECKED, Debt.OWED): {Role.MEMBER},
}
MORE = {
    (None, More.ASKED): {Role.UNIT},
    (More.ASKED, More.GRANTED): {Role.STAFF},
    (More.ASKED, More.REFUSED): {Role.STAFF},
}
TABLES = [(MOVES, State, ALLOWED), (DEBT_MOVES, Debt, DEBTS), (MORE_MOVES, More, MORE)]
WALKS = [
    (moves, before, after, allowed.get((before, after)))
    for moves, states, allowed in TABLES
    for before in [None, *states]
    for after in states
]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("moves", "before", "after", "allowed"), WALKS)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(moves, before, after, allowed, role):
    if allowed is None:
        with pytest.raises(NotNow):
            check_move(moves, before, after, {role})
    elif role in allowed:
        check_move(moves, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(moves, before, after, {role})


def test_no_move_lets_a_unit_pass_a_task_on_to_another_unit():
    assert not any(
        after == State.HANDED and Role.UNIT in roles for (_before, after), roles in MOVES.items()
    )


def test_no_move_lets_a_unit_or_the_office_confirm_the_work():
    for (before, after), roles in MOVES.items():
        if after == State.CONFIRMED or (after == State.ACCEPTED and before != State.HANDED):
            assert Role.UNIT not in roles or before == State.CLAIMED
        if after == State.CONFIRMED:
            assert roles == {Role.RESIDENT}
        if after == State.CHECKED:
            assert roles == {Role.STAFF}


def test_no_single_hand_keeps_a_debt():
    hands = [DEBT_MOVES[step] for step in pairwise(KEEPING)]
    assert [set(hand) for hand in hands] == [{Role.UNIT}, {Role.STAFF}, {Role.MEMBER}]
    into_kept = [before for (before, after) in DEBT_MOVES if after == Debt.KEPT]
    assert into_kept == [Debt.CHECKED]


def test_the_clock_may_only_find_that_nobody_was_reached():
    assert [step for step, roles in MOVES.items() if Role.CLOCK in roles] == [
        (State.CHECKED, State.UNREACHED)
    ]


LINES = {1: (Done.YES, "换了灯"), 2: (Done.NO, "线还没接")}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"lines": {1: LINES[1]}}, "done-2"),
        ({"lines": {**LINES, 2: ("perhaps", "x")}}, "done-2"),
        ({"lines": {**LINES, 1: (Done.YES, "  ")}}, "words-1"),
        ({"good": "", "bad": " "}, "good"),
        ({"bad": ""}, "one_sided_why"),
        ({"good": ""}, "one_sided_why"),
    ],
)
def test_a_claim_reports_every_clause_and_both_sides(changes, field):
    whole = {"lines": LINES, "items": [1, 2], "good": "亮了", "bad": "一段没亮"}
    check_claim(**whole, one_sided_why="")
    with pytest.raises(Incomplete) as wrong:
        check_claim(**{**whole, **changes}, one_sided_why="")
    assert wrong.value.field == field


def test_one_side_may_be_empty_with_a_reason():
    check_claim(LINES, [1, 2], "亮了", "", "没有新麻烦")


@pytest.mark.parametrize(
    ("until", "why", "meanwhile", "field"),
    [
        (None, "x", "y", "until"),
        (dt.date(2026, 3, 30), "x", "y", "until"),
        (dt.date(2026, 10, 1), "x", "y", "until"),
        (dt.date(2026, 4, 30), " ", "y", "why"),
        (dt.date(2026, 4, 30), "x", "", "meanwhile"),
    ],
)
def test_more_time_needs_a_later_day_a_reason_and_what_is_done_until_then(
    until, why, meanwhile, field
):
    due, latest = dt.date(2026, 3, 30), dt.date(2026, 9, 2)
    with pytest.raises(Incomplete) as wrong:
        check_more_time(until, why, meanwhile, due, latest)
    assert wrong.value.field == field
    check_more_time(latest, "灯要定做", "先装临时灯", due, latest)


@pytest.mark.parametrize(
    ("items", "field"),
    [
        ([("修灯", ""), (" ", "亮了")], "act-2"),
        ([("修" * 201, "")], "act-1"),
        ([("修灯", "亮" * 201)], "measure-1"),
        ([("修灯", "")] * 21, "items"),
    ],
)
def test_every_clause_says_what_is_to_be_done(items, field):
    with pytest.raises(Incomplete) as wrong:
        check_items(items)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("when", "caption", "has_file", "field"),
    [
        ("someday", "x", True, "when"),
        (When.AFTER, " ", True, "caption"),
        (When.BEFORE, "x", False, "file"),
    ],
)
def test_an_exhibit_says_what_it_shows(when, caption, has_file, field):
    with pytest.raises(Incomplete) as wrong:
        check_exhibit(when, caption, has_file)
    assert wrong.value.field == field
    check_exhibit(When.PAPER, "验收单", has_file=False)


@pytest.mark.parametrize("words", ["", "   ", None])
def test_a_unit_has_to_say_in_words_why_it_returns_a_task(words):
    with pytest.raises(Incomplete) as wrong:
        check_return(ReturnReason.NOT_OURS, words)
    assert wrong.value.field == "words"


def test_a_reason_for_returning_has_to_be_one_of_the_list():
    with pytest.raises(Incomplete) as wrong:
        check_return("we are busy", "忙")
    assert wrong.value.field == "reason"


def test_the_office_has_to_say_what_is_to_be_done():
    with pytest.raises(Incomplete):
        check_what(" ")
    with pytest.raises(Incomplete):
        check_what("修" * 201)
    check_what("修好路灯")
