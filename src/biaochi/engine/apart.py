"""Do what is reported and what people say drift apart? A permutation test over matters.

Each matter has the month in which it was judged and a gap: 1 where it was reported done and people
say it is not solved, 0 where both agree, −1 the other way round. The matters are taken as
exchangeable over the months; the statistic is how much larger the gap is in the later half. A gap
that is large and stays so does not light up: it stands in the open table anyway.
"""

from dataclasses import dataclass

import numpy as np

from biaochi.engine.surge import seed_of

LEAST_A_HALF = 6


@dataclass(frozen=True)
class Apart:
    """The mean gap in the earlier and in the later half, and the chance of so much more."""

    before: float
    after: float
    before_count: int
    after_count: int
    p: float
    shuffles: int


def apart(later, gaps, shuffles=9999):
    """Test whether the later half has the larger gap.

    :param later: for every matter, whether it was judged in the later half
    :param gaps: for every matter, a number from −1 to 1
    :raises ValueError: lists of different length, or fewer than six matters in a half
    """
    late = np.asarray(later, dtype=bool)
    gap = np.asarray(gaps, dtype=float)
    if late.shape != gap.shape or late.ndim != 1:
        raise ValueError("two lists of one length")
    after_count = int(late.sum())
    before_count = late.size - after_count
    if min(after_count, before_count) < LEAST_A_HALF:
        raise ValueError(f"at least {LEAST_A_HALF} matters in each half")
    after = float(gap[late].sum())
    dice = np.random.default_rng(seed_of(np.concatenate([late.astype(float), gap])))
    orders = np.argsort(dice.random((shuffles, gap.size)), axis=1)[:, :after_count]
    # A hair below, so that sums that are equal but for rounding count as equal.
    as_much = int((gap[orders].sum(axis=1) >= after - 1e-9).sum())
    return Apart(
        before=float(gap[~late].mean()),
        after=after / after_count,
        before_count=before_count,
        after_count=after_count,
        p=(1 + as_much) / (1 + shuffles),
        shuffles=shuffles,
    )
