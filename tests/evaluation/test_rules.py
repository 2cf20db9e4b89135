"""What answers come to: proved for every order and every early closing, not for examples only."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.evaluation.rules import (
    MOVES,
    Answer,
    State,
    Way,
    check_answer,
    check_changeable,
    check_way,
    verdict,
)

ALLOWED = {
    (None, State.ASKING): {Role.STAFF, Role.CLOCK},
    (State.ASKING, State.SOLVED): {Role.RESIDENT},
    (State.ASKING, State.UNSOLVED): {Role.RESIDENT},
    (State.ASKING, State.UNREACHED): {Role.CLOCK},
    (State.UNREACHED, State.SOLVED): {Role.RESIDENT},
    (State.UNREACHED, State.UNSOLVED): {Role.RESIDENT},
}
DECIDED = {State.SOLVED, State.UNSOLVED}
SHARES = st.sampled_from([0.5, 0.55, 0.58, 0.6, 2 / 3, 0.75, 0.9, 1, 1.0])
LEAST = st.integers(1, 8)


@pytest.mark.parametrize(
    ("before", "after", "role"), list(itertools.product([None, *State], State, Role))
)
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


def test_neither_unit_nor_office_nor_clock_ever_says_solved():
    judges = {role for (_from, to), roles in MOVES.items() if to in DECIDED for role in roles}
    assert judges == {Role.RESIDENT}


def run(answers, people, share, least):
    """Let answers come in one by one, then the last day: where does the round end?

    ``answers`` are "solved", "partly" or "unsolved"; whoever is left of ``people`` is silent.
    """
    counts = dict.fromkeys(("solved", "partly", "unsolved"), 0)
    for answer in answers:
        counts[answer] += 1
        silent = people - sum(counts.values())
        state = verdict(**counts, silent=silent, share=share, least=least, over=False)
        if state is not None:
            return state, sum(counts.values())
    silent = people - sum(counts.values())
    return verdict(**counts, silent=silent, share=share, least=least, over=True), None


@st.composite
def rounds(draw):
    answers = draw(st.lists(st.sampled_from(["solved", "partly", "unsolved"]), max_size=14))
    return answers, len(answers) + draw(st.integers(0, 6))


@given(rounds(), SHARES, LEAST, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_change_where_a_round_ends(round_, share, least, random):
    answers, people = round_
    other = list(answers)
    random.shuffle(other)
    assert run(answers, people, share, least)[0] == run(other, people, share, least)[0]


@given(rounds(), SHARES, LEAST)
def test_closing_early_never_contradicts_the_count_of_all_answers(round_, share, least):
    answers, people = round_
    early, _when = run(answers, people, share, least)
    counts = {name: answers.count(name) for name in ("solved", "partly", "unsolved")}
    silent = people - len(answers)
    assert early == verdict(**counts, silent=silent, share=share, least=least, over=True)


@given(rounds(), SHARES, LEAST, st.lists(st.sampled_from(["solved", "partly", "unsolved"])))
def test_whatever_the_silent_would_have_said_an_early_result_stands(round_, share, least, more):
    answers, people = round_
    early, when = run(answers, people, share, least)
    if when is None:
        return
    said = (answers[:when] + more)[:people]
    counts = {name: said.count(name) for name in ("solved", "partly", "unsolved")}
    silent = people - len(said)
    assert early == verdict(**counts, silent=silent, share=share, least=least, over=True)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), SHARES, LEAST)
def test_one_more_silent_person_never_makes_it_solved(
    solved, partly, unsolved, silent, share, least
):
    counts = {"solved": solved, "partly": partly, "unsolved": unsolved}
    for over in (True, False):
        fewer = verdict(**counts, silent=silent, share=share, least=least, over=over)
        more = verdict(**counts, silent=silent + 1, share=share, least=least, over=over)
        assert not (more == State.SOLVED and fewer != State.SOLVED)


@given(st.integers(0, 30), SHARES, LEAST, st.booleans())
def test_silence_alone_is_never_a_judgement(silent, share, least, over):
    state = verdict(0, 0, 0, silent, share, least, over)
    assert state == (State.UNREACHED if over else None)


@given(st.integers(0, 9), st.integers(1, 9), SHARES, LEAST)
def test_partly_is_not_solved(solved, partly, share, least):
    """Somebody who says partly weighs exactly like somebody who says not."""
    for over in (True, False):
        assert verdict(solved, partly, 0, 0, share, least, over) == verdict(
            solved, 0, partly, 0, share, least, over
        )


@given(st.integers(1, 200), st.integers(0, 200), SHARES)
def test_solved_needs_more_than_the_share_and_never_less_than_half(solved, unsolved, share):
    if verdict(solved, 0, unsolved, 0, share, 1, True) == State.SOLVED:
        assert solved > unsolved or unsolved == 0


@pytest.mark.parametrize(
    ("counts", "share", "least", "over", "state"),
    [
        ((15, 5, 2, 1), 0.5, 5, False, State.SOLVED),
        ((15, 5, 2, 1), 0.75, 5, True, State.UNSOLVED),
        ((29, 0, 21, 0), 0.58, 5, True, State.UNSOLVED),  # exactly the share is not more than it
        ((30, 0, 20, 0), 0.58, 5, True, State.SOLVED),
        ((4, 0, 0, 16), 0.5, 5, True, State.UNREACHED),  # too few for twenty who spoke
        ((4, 0, 0, 0), 0.5, 5, True, State.SOLVED),  # all four who were asked
        ((1, 0, 0, 0), 0.5, 5, False, State.SOLVED),
        ((3, 0, 3, 0), 0.5, 5, True, State.UNSOLVED),  # half is not more than half
        ((4, 1, 0, 0), 1, 5, True, State.UNSOLVED),
        ((5, 0, 0, 0), 1, 5, True, State.SOLVED),
        ((0, 0, 0, 0), 0.5, 5, True, State.UNREACHED),
        ((0, 0, 0, 0), 0.5, 5, False, None),
        ((4, 0, 0, 1), 0.5, 5, False, None),  # the fifth could still be needed
    ],
)
def test_some_rounds_by_hand(counts, share, least, over, state):
    assert verdict(*counts, share, least, over) == state


def test_an_answer_is_one_of_four_and_not_an_essay():
    check_answer(Answer.LATER, "")
    for wrong in ("", "yes", None):
        with pytest.raises(Incomplete):
            check_answer(wrong, "")
    with pytest.raises(Incomplete) as long:
        check_answer(Answer.SOLVED, "好" * 501)
    assert long.value.field == "words"


@pytest.mark.parametrize(("way", "role"), list(itertools.product(Way, Role)))
def test_one_answers_by_code_oneself_and_the_office_writes_what_it_was_told(way, role):
    own = way == Way.CODE and role == Role.RESIDENT
    told = way != Way.CODE and role == Role.STAFF
    if own or told:
        check_way(way, {role})
        return
    with pytest.raises(NotYours):
        check_way(way, {role})


def test_an_answer_can_be_changed_until_its_last_day():
    import datetime as dt

    last = dt.date(2026, 4, 1)
    check_changeable(None, last, last + dt.timedelta(days=400))
    check_changeable(1, last, last)
    with pytest.raises(NotNow):
        check_changeable(1, last, last + dt.timedelta(days=1))
