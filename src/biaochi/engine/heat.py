"""Heat: how many different people speak about a matter, the long ago counting less and less.

    heat = heat_of(events, half_life_days=30.0)    # one matter: (person, at) pairs
    heat.people            distinct people
    heat.log               log2 Σ 2^(t/h), t in days since 1970-01-01 UTC: holds no "now"
    heat.at(moment)        Σ 2^((t − moment)/h): "so many fresh voices"
    join_logs([a, b])      the log of two matters merged (of different people)
    voice_log(at)          one voice's own log, to add a new person to a stored number

Because every matter cools at the same rate, the order by `log` is the order by heat at any moment:
a database can sort by one stored number that never goes stale. (Forward decay, Cormode, Shkapenyuk,
Srivastava & Xu 2009.)

Each person counts once per matter, with the latest voice. A hundred messages of one person, a
text sent again and likes change nothing; flood.py says when they are many.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp2, inf, log2

__all__ = ["HALF_LIFE_DAYS", "Heat", "days_since_1970", "heat_of", "join_logs", "voice_log"]

HALF_LIFE_DAYS = 30.0
_START = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat of one matter. `log` is −inf when no voice has a time."""

    people: int
    undated: int
    log: float
    half_life_days: float

    def at(self, moment):
        """Return the heat at a moment: 1.0 is one voice spoken just then (inf when ages before)."""
        return self.at_day(days_since_1970(moment))

    def at_day(self, day):
        """Return the same for a moment given in days since 1970-01-01 UTC."""
        height = self.log - day / self.half_life_days
        return exp2(height) if height < 1024 else inf


def heat_of(events, half_life_days=HALF_LIFE_DAYS):
    """Return the Heat of one matter's `events`, pairs (person, at).

    `person` is a stable token; a person of "" or None is nobody we can tell from others and each
    such event counts as one person. `at` is a datetime (naive times are read as UTC) or None: such
    people are counted in `people` and `undated` and bring no warmth. The order of events changes
    nothing, to the last bit. Raises ValueError unless half_life_days > 0.
    """
    if not half_life_days > 0:
        raise ValueError("half_life_days must be above zero")
    latest = {}
    for number, (person, at) in enumerate(events):
        key = person or ("nameless", number)
        day = -inf if at is None else days_since_1970(at)
        latest[key] = max(latest.get(key, -inf), day)
    dated = sorted(day / half_life_days for day in latest.values() if day > -inf)
    return Heat(len(latest), len(latest) - len(dated), join_logs(dated), half_life_days)


def voice_log(at, half_life_days=HALF_LIFE_DAYS):
    """Return the log of a single voice: its age, turned round, in half-lives."""
    return days_since_1970(at) / half_life_days


def join_logs(logs):
    """Return log2 Σ 2^x of logs (−inf for none), without overflow and the same in every order."""
    known = sorted(x for x in logs if x > -inf)
    if not known:
        return -inf
    top = known[-1]
    return top + log2(sum(exp2(x - top) for x in known))


def days_since_1970(at):
    """Return days as a float; a naive datetime is read as UTC."""
    return (at - (_START if at.tzinfo else _PLAIN)).total_seconds() / 86_400
