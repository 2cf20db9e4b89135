"""The one door from the yardstick to the engine."""

from biaochi.engine.apart import LEAST_A_HALF, Apart, apart
from biaochi.engine.interval import Interval, exact, silence, wilson
from biaochi.engine.many import q_values
from biaochi.engine.shares import Shares, shares
from biaochi.engine.surge import LEAST_DAYS, Surge, surge

__all__ = [
    "LEAST_A_HALF",
    "LEAST_DAYS",
    "Apart",
    "Interval",
    "Shares",
    "Surge",
    "apart",
    "exact",
    "q_values",
    "shares",
    "silence",
    "surge",
    "wilson",
]
