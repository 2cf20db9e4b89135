"""Who may move a task from where to where: every pair of states with every role."""

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.task.rules import MOVES, ReturnReason, State, check_return, check_what

STATES = [None, *State]
ALLOWED = {
    (None, State.HANDED): {Role.STAFF},
    (State.HANDED, State.ACCEPTED): {Role.UNIT},
    (State.HANDED, State.RETURNED): {Role.UNIT},
    (State.HANDED, State.RECALLED): {Role.STAFF},
    (State.ACCEPTED, State.RECALLED): {Role.STAFF},
    (State.RETURNED, State.HANDED): {Role.STAFF},
    (State.RETURNED, State.RECALLED): {Role.STAFF},
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


def test_no_move_lets_a_unit_pass_a_task_on_to_another_unit():
    assert not any(
        after == State.HANDED and Role.UNIT in roles for (_before, after), roles in MOVES.items()
    )


def test_no_state_says_that_a_unit_closed_a_matter():
    assert set(State) == {State.HANDED, State.ACCEPTED, State.RETURNED, State.RECALLED}


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
