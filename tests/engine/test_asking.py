"""The tests behind the alerts: planted distortions are found, honest data are left alone."""

import numpy as np
import pytest

from biaochi.engine.apart import apart
from biaochi.engine.many import q_values
from biaochi.engine.shares import dissimilarity, shares
from biaochi.engine.surge import surge

RUNS = 400


def alarms(draw, test, runs=RUNS):
    """The share of runs whose chance is at most five percent."""
    dice = np.random.default_rng(7)
    return sum(test(draw(dice)).p <= 0.05 for _ in range(runs)) / runs


def flat(dice):
    return np.maximum(dice.poisson(1.5, 62), np.eye(62, dtype=int)[0])


def lumpy(dice):
    """Honest, but some days bring a pile: days differ more than chance of single claims would."""
    return np.maximum(dice.negative_binomial(0.5, 0.25, 62), np.eye(62, dtype=int)[0])


def planted(times):
    def draw(dice):
        level = np.full(62, 1.5)
        level[-6:] *= times
        return dice.poisson(level)

    return draw


@pytest.mark.parametrize("honest", [flat, lumpy])
def test_honest_days_light_up_no_more_often_than_promised(honest):
    # 5 % promised; 7.2 % is two standard errors of 400 runs above it.
    assert alarms(honest, lambda days: surge([days], [6], 999)) <= 0.072


@pytest.mark.parametrize(("times", "least"), [(2, 0.65), (3, 0.97)])
def test_a_planted_surge_is_found(times, least):
    assert alarms(planted(times), lambda days: surge([days], [6], 999), 200) >= least


def test_work_that_grows_from_month_to_month_is_no_surge():
    def growing(dice):
        return [np.maximum(dice.poisson(level, 21), 1) for level in (0.3, 1, 3)]

    assert alarms(growing, lambda months: surge(months, [4, 4, 4], 999)) <= 0.072


def test_a_small_rush_every_month_shows_over_three_months():
    def rushing(dice):
        level = np.full(21, 1.0)
        level[-4:] *= 2
        return [dice.poisson(level) for _ in range(3)]

    assert alarms(rushing, lambda months: surge(months, [4, 4, 4], 999), 200) >= 0.75


def test_the_same_days_give_the_same_answer_and_the_figures_add_up():
    days = [1] * 14 + [12, 13, 0, 0, 9, 2]
    once, again = surge([days], [6]), surge([days], [6])
    assert once == again
    assert (once.total, once.at_end) == (50, 36)
    assert once.share == pytest.approx(0.72)
    assert once.excess == pytest.approx(0.72 / 0.3)


def test_an_even_period_cannot_be_a_surge():
    assert surge([[3] * 20], [6]).p == 1.0


@pytest.mark.parametrize(
    ("days", "tail"), [([1] * 7, 2), ([0] * 20, 4), ([1] * 20, 11), ([1] * 20, 0), ([-1] * 20, 4)]
)
def test_a_period_that_cannot_be_tested_is_refused(days, tail):
    with pytest.raises(ValueError, match="."):
        surge([days], [tail])


def judged(dice, after):
    later = np.repeat([False, True], 40)
    return later, (dice.random(80) < np.where(later, after, 0.2)).astype(int)


def test_a_gap_that_grows_is_found_and_one_that_stays_is_not():
    assert alarms(lambda dice: judged(dice, 0.2), lambda both: apart(*both, 999)) <= 0.072
    assert alarms(lambda dice: judged(dice, 0.55), lambda both: apart(*both, 999), 200) >= 0.9


def test_a_gap_that_shrinks_is_no_alarm():
    later, gaps = np.repeat([True, False], 20), np.repeat([0, 1], 20)
    assert apart(later, gaps).p == 1.0


def test_too_few_matters_in_a_half_are_refused():
    with pytest.raises(ValueError, match="each half"):
        apart([True] * 5 + [False] * 30, [0] * 35)
    with pytest.raises(ValueError, match="one length"):
        apart([True, False], [0])


def test_the_values_of_benjamini_and_hochberg_are_those_of_their_paper():
    # Section 3.2 of the paper: at q = 0.05 the four smallest of fifteen are rejected.
    paper = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    found = q_values(paper)
    assert sum(q <= 0.05 for q in found) == 4
    assert found[3] == pytest.approx(0.0095 * 15 / 4)
    assert found == sorted(found)
    assert q_values(paper[::-1]) == found[::-1]
    assert q_values([]) == []


def test_something_that_is_no_chance_is_refused():
    with pytest.raises(ValueError, match="chance"):
        q_values([0.2, 1.2])


def test_among_many_honest_tests_the_false_alarms_stay_under_the_promised_share():
    dice = np.random.default_rng(11)
    lost = []
    for _ in range(300):
        chances = np.concatenate([dice.random(40), dice.random(6) * 0.001])
        asked = np.asarray(q_values(list(chances))) <= 0.1
        lost.append(asked[:40].sum() / max(asked.sum(), 1))
    assert np.mean(lost) <= 0.1


def test_dissimilarity_is_the_part_that_would_have_to_move():
    assert dissimilarity([1, 1], [30, 10]) == pytest.approx(0.25)
    assert dissimilarity([2, 2, 4], [10, 10, 20]) == 0
    assert dissimilarity([1, 0], [0, 9]) == 1


def test_money_beside_people_is_asked_about_only_where_chance_does_not_explain_it():
    honest = alarms(
        lambda dice: dice.multinomial(200, [0.65, 0.2, 0.15]),
        lambda people: shares([25, 35, 40], people, 0.4, 999),
    )
    assert honest <= 0.08  # the true index is 0.4, exactly on the line
    far = alarms(
        lambda dice: dice.multinomial(200, [0.8, 0.1, 0.1]),
        lambda people: shares([20, 40, 40], people, 0.4, 999),
        200,
    )
    assert far >= 0.97
    found = shares([20, 40, 40], [160, 20, 20], 0.4)
    assert found.index == pytest.approx(0.6)
    assert found.low < found.index < found.high


def test_nothing_spent_cannot_be_divided():
    with pytest.raises(ValueError, match="neither empty"):
        dissimilarity([0, 0], [1, 2])
