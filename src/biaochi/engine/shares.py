"""How differently two things are divided: where money goes, and what people speak of.

The index of dissimilarity, half the sum of absolute differences of shares (Duncan, O. D., and
Duncan, B., 1955, American Sociological Review 20, 210–217): the part of the money that would have
to move for both to be divided alike. People are drawn again with replacement (basic bootstrap,
Davison and Hinkley 1997, section 5.2); money is what it is.

Complaints are not all demand, and a bridge is paid in one year for fifty: a question, no verdict.
"""

from dataclasses import dataclass

import numpy as np

from biaochi.engine.surge import seed_of


@dataclass(frozen=True)
class Shares:
    """``index`` is the dissimilarity, ``low`` to ``high`` its 95 % interval by chance of people;
    ``p`` the chance of so much if the true index were at most ``line``."""

    index: float
    low: float
    high: float
    p: float
    draws: int


def dissimilarity(money, people):
    """Half the sum of absolute differences of the shares of two lists in the same order."""
    a, b = np.asarray(money, dtype=float), np.asarray(people, dtype=float)
    if a.shape != b.shape or a.ndim != 1 or min(a.sum(), b.sum()) <= 0:
        raise ValueError("two lists of one length, neither empty")
    return float(np.abs(a / a.sum() - b / b.sum()).sum() / 2)


def shares(money, people, line, draws=4999):
    """Compare how money and people are divided over the same kinds.

    :param people: whole numbers of people by kind
    :param line: the index from which one asks
    """
    index = dissimilarity(money, people)
    counts = np.asarray(people, dtype=np.int64)
    whole = int(counts.sum())
    dice = np.random.default_rng(seed_of([*np.asarray(money, dtype=float), *counts], line))
    again = dice.multinomial(whole, counts / whole, size=draws) / whole
    given = np.asarray(money, dtype=float) / float(np.sum(money))
    drawn = np.abs(given - again).sum(axis=1) / 2
    low, high = 2 * index - np.quantile(drawn, [0.975, 0.025])
    as_far = int((drawn - index >= index - line).sum())
    return Shares(
        index=index,
        low=float(max(low, 0.0)),
        high=float(min(high, 1.0)),
        p=(1 + as_far) / (1 + draws),
        draws=draws,
    )
