"""Is the end of a month fuller than chance would make it? A permutation test over days.

The days of a month are taken as exchangeable: what was claimed on one day could as well have been
claimed on another. Whole days are shuffled, not single claims, so that a day on which an office
enters a pile of papers is one chance event and not many. The seed comes from the data: the same
counts give the same answer anywhere.

What it cannot tell: a holiday, a closing of accounts, works that end together. It asks.
"""

import hashlib
from dataclasses import dataclass

import numpy as np

LEAST_DAYS = 8


@dataclass(frozen=True)
class Surge:
    """What was found at the ends of the months.

    ``excess`` is how many times the end has what an even spread would give; ``p`` is the chance of
    an end at least as full when days are shuffled.
    """

    total: int
    at_end: int
    share: float
    even: float
    excess: float
    p: float
    shuffles: int


def surge(months, tails, shuffles=9999):
    """Test the last days of one or more months.

    Days are shuffled inside their month only, so that growing work, a holiday month or a site
    that opened half way does not look like a rush.

    :param months: for each month how many a day, in order, for every day on which something can
        happen (working days), at least eight
    :param tails: for each month, how many of its last days are its end
    :raises ValueError: too few days, nothing at all, or a tail that is no end
    """
    spans = [np.asarray(days, dtype=np.int64) for days in months]
    if not spans or any(days.size < LEAST_DAYS or (days < 0).any() for days in spans):
        raise ValueError(f"lists of at least {LEAST_DAYS} counts, none negative")
    if any(not 0 < tail <= days.size // 2 for days, tail in zip(spans, tails, strict=True)):
        raise ValueError("the end of a month is at most half of it")
    total = int(sum(days.sum() for days in spans))
    if total == 0:
        raise ValueError("nothing happened in this time")
    dice = np.random.default_rng(seed_of(np.concatenate(spans), *tails))
    at_end, drawn, even = 0, np.zeros(shuffles, dtype=np.int64), 0.0
    for days, tail in zip(spans, tails, strict=True):
        # Which days fall to the end: the first places of a random order of all days.
        orders = np.argsort(dice.random((shuffles, days.size)), axis=1)[:, :tail]
        drawn += days[orders].sum(axis=1)
        at_end += int(days[-tail:].sum())
        even += float(days.sum()) / total * tail / days.size
    return Surge(
        total=total,
        at_end=at_end,
        share=at_end / total,
        even=even,
        excess=at_end / (total * even),
        p=(1 + int((drawn >= at_end).sum())) / (1 + shuffles),
        shuffles=shuffles,
    )


def seed_of(values, *more):
    """A seed that belongs to the data: whoever has the same numbers throws the same dice."""
    text = ",".join(str(value) for value in (*np.asarray(values).ravel().tolist(), *more))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
