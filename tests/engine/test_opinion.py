"""Groups of people who vote alike: planted groups are found, chance is not taken for groups."""

import numpy as np
import pytest

from biaochi.engine.opinion import groups, in_tenths


def planted(sizes, statements=20, noise=0.1, missing=0.2, seed=1):
    """Votes of groups with a mind of their own each, some noise and some unseen statements."""
    dice = np.random.default_rng(seed)
    minds = dice.choice([-1.0, 1.0], size=(len(sizes), statements))
    truth = np.repeat(np.arange(len(sizes)), sizes)
    votes = minds[truth]
    votes = np.where(dice.random(votes.shape) < noise, dice.choice([-1, 0, 1], votes.shape), votes)
    votes[dice.random(votes.shape) < missing] = np.nan
    return votes, truth


@pytest.mark.parametrize(
    "sizes", [(40, 30), (48, 31, 17), (30, 25, 20, 15), (200, 60), (12, 9), (25, 25, 25)]
)
def test_planted_groups_are_found(sizes):
    votes, truth = planted(sizes, statements=30)
    opinion = groups(votes)
    assert opinion.clear
    assert [len(group) for group in opinion.groups] == sorted(sizes, reverse=True)
    for group in opinion.groups:
        assert len(set(truth[list(group)])) == 1


@pytest.mark.parametrize("seed", range(6))
def test_votes_by_chance_are_one_group(seed):
    votes = np.random.default_rng(seed).choice([-1.0, 0.0, 1.0], size=(60, 15))
    opinion = groups(votes, seed=3)
    assert not opinion.clear
    assert [len(group) for group in opinion.groups] == [60]


def test_the_order_of_people_changes_nothing():
    votes, _truth = planted((20, 15))
    turned = groups(votes[::-1])
    straight = groups(votes)
    last = len(votes) - 1
    assert {frozenset(g) for g in straight.groups} == {
        frozenset(last - row for row in g) for g in turned.groups
    }
    assert straight.tried == turned.tried


def test_everybody_of_one_mind_is_one_group_without_a_warning():
    opinion = groups(np.ones((30, 6)))
    assert [len(group) for group in opinion.groups] == [30]
    assert not opinion.clear


def test_too_few_people_are_not_divided():
    votes, _truth = planted((4, 4))
    opinion = groups(votes)
    assert [len(group) for group in opinion.groups] == [8]


def test_who_answered_too_little_is_not_placed():
    votes, _truth = planted((20, 15), missing=0)
    votes[0, 1:] = np.nan
    opinion = groups(votes)
    assert opinion.points[0] is None
    assert all(0 not in group for group in opinion.groups)
    assert sum(map(len, opinion.groups)) == 34


@pytest.mark.parametrize("votes", [np.zeros((0, 4)), np.zeros((0, 0)), np.full((3, 2), np.nan)])
def test_nobody_at_all_is_no_group(votes):
    opinion = groups(votes)
    assert opinion.groups == ()
    assert opinion.points == (None,) * len(votes)


def test_one_statement_divides_nobody():
    opinion = groups(np.array([[1.0]] * 12 + [[-1.0]] * 12))
    assert [len(group) for group in opinion.groups] == [24]


def test_other_values_are_refused():
    with pytest.raises(ValueError, match="table"):
        groups([[2, 0]])
    with pytest.raises(ValueError, match="table"):
        groups([1, 0])


@pytest.mark.parametrize(
    ("counts", "tenths"),
    [
        ((5, 1, 1), (7, 2, 1)),
        ((1, 1, 1), (4, 3, 3)),
        ((0, 0, 3), (0, 0, 10)),
        ((9, 1, 0), (9, 1, 0)),
    ],
)
def test_tenths_always_make_ten(counts, tenths):
    assert in_tenths(counts) == tenths
    assert sum(in_tenths(counts)) == 10


def test_nothing_cannot_be_split():
    with pytest.raises(ValueError, match="nothing"):
        in_tenths((0, 0, 0))


def test_thousands_of_people_take_seconds_at_most():
    votes, _truth = planted((3000, 2000), statements=40)
    assert [len(group) for group in groups(votes).groups] == [3000, 2000]
