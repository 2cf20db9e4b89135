"""Intervals for shares, against published values."""

import pytest

from biaochi.engine.interval import Interval, exact, silence, wilson

# Newcombe, R. G. (1998), Statistics in Medicine 17, 857–872, table I: methods 3 and 5.
NEWCOMBE = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0, 0.1611), (0.0, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("count", "whole", "score", "tail"), NEWCOMBE)
def test_the_intervals_are_those_that_newcombe_printed(count, whole, score, tail):
    found = wilson(count, whole)
    assert (round(found.low, 4), round(found.high, 4)) == score
    found = exact(count, whole)
    assert (round(found.low, 4), round(found.high, 4)) == tail


def test_all_and_none_stay_inside_nought_and_one():
    assert wilson(20, 20).high == exact(20, 20).high == 1.0
    assert wilson(0, 20).low == exact(0, 20).low == 0.0
    assert round(wilson(20, 20).low, 4) == round(1 - 0.1611, 4)


@pytest.mark.parametrize("count", range(11))
def test_the_share_lies_inside_and_the_exact_one_is_never_narrower_in_width(count):
    inner, outer = wilson(count, 10), exact(count, 10)
    assert inner.low <= count / 10 <= inner.high
    assert outer.high - outer.low >= inner.high - inner.low


def test_silence_pulls_to_both_sides():
    assert silence(913, 77, 1304) == Interval(913 / 1304, 990 / 1304)
    assert silence(5, 0, 10) == Interval(0.5, 0.5)


@pytest.mark.parametrize(("count", "whole"), [(1, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(count, whole):
    for ask in (wilson, exact):
        with pytest.raises(ValueError, match="share"):
            ask(count, whole)


def test_silence_cannot_be_more_than_there_is():
    with pytest.raises(ValueError, match="no share"):
        silence(6, 5, 10)
