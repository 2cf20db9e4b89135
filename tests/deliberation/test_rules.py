"""Who may move a session from where to where, and what is agreed, reserved or split."""

import datetime as dt

import pytest

from biaochi.core.actors import Role
from biaochi.core.clock import Calendar, Span
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.deliberation.rules import (
    MOVES,
    WALL_MOVES,
    HeldFor,
    Outcome,
    Side,
    Stand,
    State,
    Wall,
    check_choice,
    check_declared,
    check_held,
    check_options,
    check_stand,
    check_statement,
    check_table,
    check_time,
    day_before,
    outcome_of,
)

OFFICE, CLOCK = {Role.STAFF}, {Role.STAFF, Role.CLOCK}
ALLOWED = {
    (None, State.PREPARING): OFFICE,
    (State.PREPARING, State.NOTICED): OFFICE,
    (State.NOTICED, State.VOTING): OFFICE,
    (State.VOTING, State.RECORDING): CLOCK,
    (State.RECORDING, State.SIGNING): OFFICE,
    (State.SIGNING, State.SIGNED): CLOCK,
    (State.PREPARING, State.CALLED_OFF): OFFICE,
    (State.NOTICED, State.CALLED_OFF): OFFICE,
}
SPEAKERS = {Role.RESIDENT, Role.MEMBER, Role.UNIT, Role.STAFF}
WALL_ALLOWED = {
    (None, Wall.WAITING): SPEAKERS,
    (Wall.WAITING, Wall.UP): OFFICE,
    (Wall.WAITING, Wall.HELD): OFFICE,
    (Wall.HELD, Wall.UP): OFFICE,
}


def holds(moves, allowed, before, after, role):
    roles = allowed.get((before, after))
    if roles is None:
        with pytest.raises(NotNow):
            check_move(moves, before, after, {role})
    elif role in roles:
        check_move(moves, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(moves, before, after, {role})


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("after", State)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(before, after, role):
    holds(MOVES, ALLOWED, before, after, role)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", [None, *Wall])
@pytest.mark.parametrize("after", Wall)
def test_the_wall_has_its_own_table(before, after, role):
    holds(WALL_MOVES, WALL_ALLOWED, before, after, role)


def test_what_stands_on_the_wall_is_never_taken_down():
    assert not any(before == Wall.UP for before, _after in WALL_MOVES)


@pytest.mark.parametrize(
    ("stands", "outcome"),
    [
        ([Stand.AGREED, Stand.AGREED], Outcome.AGREED),
        ([Stand.AGREED, Stand.ABSENT], Outcome.AGREED),
        ([Stand.AGREED, Stand.RESERVED], Outcome.RESERVED),
        ([Stand.RESERVED], Outcome.RESERVED),
        ([Stand.AGREED] * 20 + [Stand.DISAGREED], Outcome.SPLIT),
        ([Stand.ABSENT, Stand.ABSENT], Outcome.SPLIT),
        ([], Outcome.SPLIT),
    ],
)
def test_one_present_seat_that_disagrees_splits_a_point_and_silence_agrees_to_nothing(
    stands, outcome
):
    assert outcome_of(stands) == outcome


def test_without_residents_or_units_nothing_is_agreed():
    assert outcome_of([Stand.AGREED], both_sides=False) == Outcome.SPLIT


@pytest.mark.parametrize("stand", [Stand.RESERVED, Stand.DISAGREED])
def test_a_reservation_keeps_its_words(stand):
    with pytest.raises(Incomplete) as wrong:
        check_stand(stand, " ")
    assert wrong.value.field == "words"
    check_stand(stand, "先修学校门口的")


def test_a_stand_is_one_of_four():
    with pytest.raises(Incomplete):
        check_stand("maybe", "")
    check_stand(Stand.AGREED, "")
    check_stand(Stand.ABSENT, "")


@pytest.mark.parametrize("options", [[], ["一个"], ["一个", " "]])
def test_a_split_point_carries_two_ways_on(options):
    with pytest.raises(Incomplete):
        check_options(Outcome.SPLIT, options)
    check_options(Outcome.AGREED, options)
    check_options(Outcome.SPLIT, ["一个", "两个"])


@pytest.mark.parametrize("sides", [set(), {Side.RESIDENT}, {Side.UNIT, Side.MEMBER}])
def test_residents_and_units_both_sit_at_the_table(sides):
    with pytest.raises(Incomplete):
        check_table(sides)
    with pytest.raises(Incomplete):
        check_declared(sides)


def test_a_full_table_is_enough():
    check_table({Side.RESIDENT, Side.UNIT})
    check_declared({Side.RESIDENT, Side.UNIT})


def test_less_time_needs_a_reason():
    last = dt.date(2026, 3, 2)
    check_time(last, last, "")
    with pytest.raises(Incomplete) as wrong:
        check_time(last + dt.timedelta(days=1), last, " ")
    assert wrong.value.field == "why"
    check_time(last + dt.timedelta(days=1), last, "汛期不等人")


PLAIN = Calendar(frozenset(), frozenset(), frozenset())
HOLIDAY = Calendar(
    frozenset({dt.date(2026, 3, 16)}), frozenset({dt.date(2026, 3, 14)}), frozenset()
)


@pytest.mark.parametrize(
    ("day", "span", "calendar", "last"),
    [
        (dt.date(2026, 3, 18), Span(1, "wd"), PLAIN, dt.date(2026, 3, 17)),
        (dt.date(2026, 3, 16), Span(1, "wd"), PLAIN, dt.date(2026, 3, 13)),
        (dt.date(2026, 3, 18), Span(15, "wd"), PLAIN, dt.date(2026, 2, 25)),
        (dt.date(2026, 3, 17), Span(2, "wd"), HOLIDAY, dt.date(2026, 3, 13)),
        (dt.date(2026, 3, 18), Span(7, "d"), PLAIN, dt.date(2026, 3, 11)),
    ],
)
def test_a_deadline_before_a_meeting_counts_working_days_backwards(day, span, calendar, last):
    assert day_before(day, span, calendar) == last
    if span.unit == "wd":
        assert calendar.between(last, day) == span.amount
        assert calendar.is_working(last)


def test_a_notice_in_hours_is_refused():
    with pytest.raises(ValueError, match="working days"):
        day_before(dt.date(2026, 3, 18), Span(3, "h"), PLAIN)


@pytest.mark.parametrize("text", ["", "  ", None, "长" * 141])
def test_a_statement_is_one_short_sentence(text):
    with pytest.raises(Incomplete) as wrong:
        check_statement(text)
    assert wrong.value.field == "text"


def test_only_abuse_and_private_matters_are_held_back():
    assert set(HeldFor) == {HeldFor.ABUSE, HeldFor.PRIVATE}
    with pytest.raises(Incomplete):
        check_held("opinion", "不好听")
    with pytest.raises(Incomplete):
        check_held(HeldFor.ABUSE, " ")
    check_held(HeldFor.ABUSE, "骂了人")


def test_a_vote_is_one_of_three():
    with pytest.raises(Incomplete):
        check_choice("")
    check_choice("pass")
