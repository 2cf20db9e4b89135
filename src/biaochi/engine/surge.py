"""Is the end of a period fuller than chance would make it? A permutation test over days.

The days of a period are taken as exchangeable: what was claimed on one day could as well have been
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
    """What was found at the end of a period.

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


def surge(counts, tail, shuffles=9999):
    """Test the last ``tail`` days of a period.

    :param counts: how many a day, in order, for every day on which something can happen (working
        days), at least eight
    :raises ValueError: too few days, nothing at all, or a tail that is no end
    """
    days = np.asarray(counts, dtype=np.int64)
    if days.ndim != 1 or days.size < LEAST_DAYS or (days < 0).any():
        raise ValueError(f"a list of at least {LEAST_DAYS} counts, none negative")
    if not 0 < tail <= days.size // 2:
        raise ValueError("the end of a period is at most half of it")
    total, at_end = int(days.sum()), int(days[-tail:].sum())
    if total == 0:
        raise ValueError("nothing happened in this period")
    dice = np.random.default_rng(seed_of(days, tail))
    # Which days fall to the end: the first `tail` places of a random order of all days.
    orders = np.argsort(dice.random((shuffles, days.size)), axis=1)[:, :tail]
    as_full = int((days[orders].sum(axis=1) >= at_end).sum())
    even = tail / days.size
    return Surge(
        total=total,
        at_end=at_end,
        share=at_end / total,
        even=even,
        excess=at_end / (total * even),
        p=(1 + as_full) / (1 + shuffles),
        shuffles=shuffles,
    )


def seed_of(values, *more):
    """A seed that belongs to the data: whoever has the same numbers throws the same dice."""
    text = ",".join(str(value) for value in (*np.asarray(values).ravel().tolist(), *more))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
