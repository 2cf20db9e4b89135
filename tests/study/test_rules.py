"""Who may move a study from where to where, and what a plan, a visit and a report must say."""

import datetime as dt

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.study.rules import (
    MOVES,
    ChosenBy,
    State,
    check_both_sides,
    check_causes,
    check_list,
    check_met,
    check_plan,
    check_reveal_day,
    check_times,
    check_visit,
)

STATES = [None, *State]
TEAM = {Role.STAFF, Role.MEMBER}
ALLOWED = {
    (None, State.PLANNING),
    (State.PLANNING, State.SEALED),
    (State.SEALED, State.PLANNING),
    (State.SEALED, State.REVEALED),
    (State.REVEALED, State.REPORTED),
    (State.PLANNING, State.DROPPED),
    (State.SEALED, State.DROPPED),
}
TODAY = dt.date(2026, 3, 2)
TOMORROW = dt.date(2026, 3, 3)
AT = dt.datetime(2026, 3, 5, 7, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
MET = [("家长", 3, ChosenBy.CHANCE, False)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", State)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(before, after, role):
    if (before, after) not in ALLOWED:
        with pytest.raises(NotNow):
            check_move(MOVES, before, after, {role})
    elif role in TEAM:
        check_move(MOVES, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(MOVES, before, after, {role})


def test_what_was_opened_can_never_be_sealed_again():
    assert not any(
        before in {State.REVEALED, State.REPORTED} and after in {State.SEALED, State.PLANNING}
        for before, after in MOVES
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"plan": " "}, "plan"),
        ({"strata": []}, "sites"),
        ({"strata": [("a", 2, 3)]}, "sites"),
        ({"strata": [("a", 2, 0)]}, "sites"),
        ({"source": ""}, "source"),
        ({"source_on": TODAY}, "source_on"),
        ({"source_on": None}, "source_on"),
    ],
)
def test_a_plan_is_sealed_only_when_it_can_be_checked_later(changed, field):
    whole = {
        "plan": "去看",
        "strata": [("a", 3, 2)],
        "source": "福彩",
        "source_on": TOMORROW,
        "today": TODAY,
    }
    check_plan(**whole)
    with pytest.raises(Incomplete) as wrong:
        check_plan(**{**whole, **changed})
    assert wrong.value.field == field


@pytest.mark.parametrize("day", [None, TODAY, TOMORROW])
def test_the_plan_is_opened_after_the_lot(day):
    with pytest.raises(Incomplete):
        check_reveal_day(day, TOMORROW)


@pytest.mark.parametrize(
    ("strata", "sites"),
    [
        ({"a": 1}, {}),
        ({"a": 1}, {"a": ["x", "x"]}),
        ({"a": 1}, {"a": ["x|y"]}),
        ({"a|b": 1}, {"a|b": ["x"]}),
        ({"": 1}, {"": ["x"]}),
        ({"a": 1}, {"a": ["长" * 81]}),
    ],
)
def test_a_list_needs_names_that_a_fingerprint_can_hold(strata, sites):
    with pytest.raises(Incomplete):
        check_list(strata, sites)


@pytest.mark.parametrize(
    ("arrived", "left", "field"),
    [
        (None, AT, "arrived_at"),
        (AT, AT, "arrived_at"),
        (AT - 9 * HOUR, AT, "arrived_at"),
        (AT, AT + 3 * HOUR, "left_at"),
    ],
)
def test_a_visit_lies_between_the_lot_and_now(arrived, left, field):
    check_times(AT, AT + HOUR, AT - HOUR, AT + 2 * HOUR)
    with pytest.raises(Incomplete) as wrong:
        check_times(arrived, left, AT - HOUR, AT + 2 * HOUR)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"observed": " "}, "observed"),
        ({"met": []}, "met"),
        ({"good": "", "bad": ""}, "good"),
        ({"good": ""}, "one_sided_why"),
        ({"bad": ""}, "one_sided_why"),
    ],
)
def test_a_visit_says_what_was_seen_whom_one_met_and_good_and_bad(changed, field):
    whole = {"observed": "数了", "good": "好", "bad": "坏", "one_sided_why": "", "met": MET}
    check_visit(**whole)
    with pytest.raises(Incomplete) as wrong:
        check_visit(**{**whole, **changed})
    assert wrong.value.field == field


def test_one_side_alone_is_enough_with_a_reason():
    check_both_sides("好", "", "只去了一处，没有看到不好的")


@pytest.mark.parametrize(
    "group",
    [
        ("", 3, ChosenBy.CHANCE, False),
        ("家长", -1, ChosenBy.CHANCE, False),
        ("家长", None, ChosenBy.CHANCE, False),
        ("家长", 3, "", False),
    ],
)
def test_a_group_that_was_met_has_words_a_number_and_who_chose_it(group):
    check_met([("谁也没见到", 0, ChosenBy.CHANCE, False)])
    with pytest.raises(Incomplete):
        check_met([group])


@pytest.mark.parametrize("missing", range(4))
def test_a_cause_stands_between_a_problem_a_remedy_and_a_measure(missing):
    parts = ["问题", "原因", "办法", "量"]
    check_causes([parts])
    parts[missing] = " "
    with pytest.raises(Incomplete):
        check_causes([parts])
