"""How far a share may be off: by chance, and by silence. Two doubts that are never added up.

Wilson, E. B. (1927), Journal of the American Statistical Association 22, 209–212; Clopper, C. J.,
and Pearson, E. S. (1934), Biometrika 26, 404–413. The bounds for silence are Manski's (1989): all
who are silent say no, or all say yes.
"""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from scipy.stats import beta


@dataclass(frozen=True)
class Interval:
    """From ``low`` to ``high``, both shares between 0 and 1."""

    low: float
    high: float


def wilson(count, whole, level=0.95):
    """Wilson's score interval (no continuity correction) for ``count`` of ``whole``.

    :raises ValueError: nothing to divide, or more counted than there is
    """
    check(count, whole)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = count / whole
    middle = share + z * z / (2 * whole)
    half = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    below = 1 + z * z / whole
    # At the ends the formula is exact in theory and off by a rounding error in practice.
    low = 0.0 if count == 0 else (middle - half) / below
    high = 1.0 if count == whole else (middle + half) / below
    return Interval(max(low, 0.0), min(high, 1.0))


def exact(count, whole, level=0.95):
    """Clopper and Pearson's interval: never narrower than promised, also for a handful."""
    check(count, whole)
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(beta.ppf(tail, count, whole - count + 1))
    high = 1.0 if count == whole else float(beta.ppf(1 - tail, count + 1, whole - count))
    return Interval(low, high)


def silence(count, unknown, whole):
    """The share if all ``unknown`` were a no, and if all were a yes."""
    check(count + unknown, whole)
    return Interval(count / whole, (count + unknown) / whole)


def check(count, whole):
    if whole <= 0:
        raise ValueError("a share needs something to divide by")
    if not 0 <= count <= whole:
        raise ValueError(f"{count} of {whole} is no share")
