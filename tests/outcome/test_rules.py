"""Who may move a check and a revisit, and what a check has to say."""

import itertools

import pytest

from biaochi.core.actors import Actor, Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome.rules import (
    CHECK_MOVES,
    MONTHS,
    REVISIT_MOVES,
    CheckState,
    Match,
    RevisitState,
    check_conclusion,
    check_evidence,
    check_other_hand,
    is_question,
)

C, R = CheckState, RevisitState
CHECKS = {
    (None, C.WAITING): {Role.STAFF, Role.CLOCK},
    (C.WAITING, C.TRUE): {Role.STAFF},
    (C.WAITING, C.FALSE): {Role.STAFF},
    (C.WAITING, C.DROPPED): {Role.STAFF, Role.CLOCK},
}
REVISITS = {
    (None, R.WAITING): {Role.CLOCK},
    (R.WAITING, R.ASKING): {Role.STAFF, Role.CLOCK},
    (R.ASKING, R.HOLDS): {Role.RESIDENT, Role.CLOCK},
    (R.ASKING, R.BROKEN): {Role.RESIDENT},
    (R.ASKING, R.UNREACHED): {Role.CLOCK},
    (R.UNREACHED, R.HOLDS): {Role.RESIDENT},
    (R.UNREACHED, R.BROKEN): {Role.RESIDENT},
}
ALL = [
    *itertools.product([(CHECK_MOVES, CHECKS)], [None, *C], C, Role),
    *itertools.product([(REVISIT_MOVES, REVISITS)], [None, *R], R, Role),
]


@pytest.mark.parametrize(("tables", "before", "after", "role"), ALL)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(tables, before, after, role):
    moves, expected = tables
    allowed = expected.get((before, after))
    if allowed is None:
        with pytest.raises(NotNow):
            check_move(moves, before, after, {role})
    elif role in allowed:
        check_move(moves, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(moves, before, after, {role})


def test_no_move_lets_a_unit_check_its_own_claim():
    assert not any(Role.UNIT in roles for roles in CHECK_MOVES.values())


def test_no_office_says_that_a_solution_holds():
    deciding = {R.HOLDS, R.BROKEN}
    assert not any(
        Role.STAFF in roles for (_from, to), roles in REVISIT_MOVES.items() if to in deciding
    )


def test_the_distances_are_the_promise():
    assert MONTHS == (1, 3, 6, 12, 36, 60)


@pytest.mark.parametrize(
    ("claimer", "checker", "refused"),
    [
        (7, Actor("li", frozenset({Role.STAFF}), None, 8), False),
        (7, Actor("li", frozenset({Role.STAFF}), None, 7), True),
        (7, Actor("wu", frozenset({Role.STAFF}), 3, 9), True),
        (7, Actor("wu", frozenset({Role.STAFF}), 4, 9), False),
    ],
)
def test_somebody_else_and_of_another_house_checks(claimer, checker, refused):
    if not refused:
        check_other_hand(claimer, checker, 3)
        return
    with pytest.raises(NotYours):
        check_other_hand(claimer, checker, 3)


GOOD = {
    "before": "夜里全黑",
    "after": "亮了，今晚看过",
    "how": "site",
    "why": "三盏都亮",
    "matches": {1: Match.YES, 2: Match.NO},
    "items": [1, 2],
}


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"before": " "}, "before"),
        ({"after": None}, "after"),
        ({"how": "guessed"}, "how"),
        ({"why": ""}, "why"),
        ({"matches": {1: Match.YES}}, "match-2"),
        ({"matches": {1: "perhaps", 2: Match.NO}}, "match-1"),
    ],
)
def test_a_check_says_before_now_how_why_and_every_clause(missing, field):
    with pytest.raises(Incomplete) as wrong:
        check_evidence(**GOOD | missing)
    assert wrong.value.field == field


def test_a_whole_check_passes():
    check_evidence(**GOOD)


def test_the_conclusion_follows_from_what_was_found_clause_by_clause():
    with pytest.raises(Incomplete):
        check_conclusion(True, {1: Match.NO, 2: Match.UNCLEAR})
    with pytest.raises(Incomplete):
        check_conclusion(None, {1: Match.YES})
    with pytest.raises(Incomplete):
        check_conclusion(False, {1: Match.YES, 2: Match.YES})
    check_conclusion(False, {1: Match.NO})
    check_conclusion(False, {1: Match.YES, 2: Match.UNCLEAR})
    check_conclusion(True, {1: Match.NO, 2: Match.YES})


@pytest.mark.parametrize(
    ("before", "after", "asks"), [(0, 2, False), (0, 3, True), (3, 3, False), (4, 5, True)]
)
def test_a_question_needs_more_people_than_before_and_not_only_one_or_two(before, after, asks):
    assert is_question(before, after, 3) is asks
