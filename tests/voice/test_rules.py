"""The rules of a single voice: who may move it where, and what a receipt code is."""

import itertools

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.voice import rules
from biaochi.voice.rules import MOVES, State

R, S, M, C = Role.RESIDENT, Role.STAFF, Role.MEMBER, Role.CLOCK
# The whole truth, written out: everything that is not here is refused.
MAY = {
    (None, State.HEARD): {R, S, M},
    (State.HEARD, State.WITHDRAWN): {R},
    (State.WITHDRAWN, State.HEARD): {R},
    (State.HEARD, State.ERASED): {R},
    (State.WITHDRAWN, State.ERASED): {R, C},
    (State.HEARD, State.RECALLED): {S},
    (State.RECALLED, State.HEARD): {S},
    (State.RECALLED, State.ERASED): {C},
}
PAIRS = list(itertools.product([None, *State], State))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_every_pair_of_states_and_every_role(before, after, role):
    allowed = MAY.get((before, after))
    if allowed and role in allowed:
        check_move(MOVES, before, after, {role})
    else:
        with pytest.raises(NotYours if allowed else NotNow):
            check_move(MOVES, before, after, {role})


def test_no_office_withdraws_or_erases_what_a_resident_said():
    for (_before, after), roles in MOVES.items():
        if after in {State.WITHDRAWN, State.ERASED}:
            assert roles <= {Role.RESIDENT, Role.CLOCK}


def test_nothing_comes_back_from_being_erased():
    assert not [pair for pair in MOVES if pair[0] == State.ERASED]


def test_a_unit_moves_no_voice_at_all():
    assert not [pair for pair, roles in MOVES.items() if Role.UNIT in roles]


def test_a_code_is_read_however_it_is_typed():
    code = rules.written_code("QX", "7K4M29A" + rules.check_letter("7K4M29A"))
    bare = code.replace("-", "")
    for typed in (
        code,
        code.lower(),
        bare,
        f"  {code} ",
        code.replace("-", "—"),
        code.replace("-", " "),
        bare.removeprefix("QX"),
    ):
        assert rules.read_code(typed, "QX") == code


def test_one_wrong_letter_or_two_swapped_neighbours_are_noticed():
    for _time in range(5):
        letters = rules.new_code("QX").replace("-", "")[2:]
        for place, other in itertools.product(range(8), rules.CODE_LETTERS):
            wrong = letters[:place] + other + letters[place + 1 :]
            if wrong != letters:
                with pytest.raises(Incomplete):
                    rules.read_code(wrong, "QX")
        for place in range(7):
            a, b = letters[place], letters[place + 1]
            swapped = letters[:place] + b + a + letters[place + 2 :]
            if swapped != letters:
                with pytest.raises(Incomplete):
                    rules.read_code(swapped, "QX")


@pytest.mark.parametrize(
    "typed", ["", None, "QX", "QX-0000-0000", "QX-7K4M-29", "' OR 1=1 --", "七K4M29AB", "A" * 5000]
)
def test_what_cannot_be_a_code_need_not_be_looked_up(typed):
    with pytest.raises(Incomplete) as refusal:
        rules.read_code(typed, "QX")
    assert refusal.value.field == "code"


def test_codes_have_no_letters_that_look_alike():
    assert not set("01OIL") & set(rules.CODE_LETTERS)
    assert len(set(rules.CODE_LETTERS)) == 31


def test_ten_thousand_codes_hardly_ever_meet():
    assert len({rules.new_code("QX") for _n in range(10_000)}) >= 9_998


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u3000", None])
def test_saying_nothing_is_not_saying_something(text):
    with pytest.raises(Incomplete) as refusal:
        rules.check_words(text, 100)
    assert refusal.value.field == "text"


def test_a_text_may_be_as_long_as_allowed_and_no_longer():
    rules.check_words("长" * 100, 100)
    with pytest.raises(Incomplete):
        rules.check_words("长" * 101, 100)
