"""When people speak: which day of a window, which hour of a day, by the way they speak."""

from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random

# Counter and phone are staffed on working days from 8:30 to 17:30; the lunch hour is thin.
STAFFED = ("phone", "counter")
_OFFICE = (0, 0, 0, 0, 0, 0, 0, 0, 5, 14, 15, 10, 4, 5, 11, 12, 10, 4, 0, 0, 0, 0, 0, 0)
_HOURS = {
    "phone": _OFFICE,
    "counter": _OFFICE,
    "member": (0, 0, 0, 0, 0, 0, 0, 2, 6, 12, 13, 8, 3, 4, 11, 12, 9, 5, 2, 3, 2, 0, 0, 0),
    "web": (3, 1, 1, 0, 0, 1, 3, 6, 7, 7, 7, 8, 12, 10, 6, 6, 6, 7, 9, 12, 14, 14, 10, 6),
    "sheet": (2, 1, 0, 0, 1, 2, 4, 8, 11, 12, 12, 9, 7, 7, 9, 10, 9, 9, 9, 8, 7, 5, 4, 2),
}
_WEEKEND = {"phone": 0.0, "counter": 0.0, "member": 0.3, "web": 0.85, "sheet": 0.6}
_CLOSED = {(1, 1), (5, 1), (5, 2), (5, 3)} | {(10, day) for day in range(1, 8)}
_SHAPES = {
    "steady": lambda part: 1.0,
    "rise": lambda part: 0.25 + 2.0 * part,
    "burst": lambda part: 0.15 + 3.0 * (1.0 - part) ** 3,
}


def is_staffed(day: date) -> bool:
    """Is the counter open on that day (weekends and the fixed holidays are not)?"""
    return day.weekday() < 5 and (day.month, day.day) not in _CLOSED


@lru_cache(maxsize=16384)
def _day_weight(day: date, channel: str, months: tuple[int, ...]) -> float:
    if channel in STAFFED and not is_staffed(day):
        return 0.0
    weight = _WEEKEND[channel] if day.weekday() > 4 else (1.25, 1.1, 1.0, 0.95, 0.95)[day.weekday()]
    if (day.month, day.day) in _CLOSED:
        weight *= 0.5
    if months and day.month not in months:
        weight *= 0.04
    return weight


@lru_cache(maxsize=4096)
def window_weights(
    last_day: date, channel: str, window: tuple[int, int], shape: str, months: tuple[int, ...]
) -> tuple[list[date], list[float]]:
    """Days of a window (first, last: days before `last_day`) with cumulative weights.

    Widens backwards, a day at a time, while the channel is closed on every day of the window.
    """
    first, last = window
    while True:
        days = [last_day - timedelta(days=ago) for ago in range(first, last - 1, -1)]
        size = max(len(days) - 1, 1)
        weights = [
            _SHAPES[shape](i / size) * _day_weight(day, channel, months)
            for i, day in enumerate(days)
        ]
        if sum(weights) > 0:
            return days, list(accumulate(weights))
        first += 1


def clock_time(rng: Random, channel: str, day: date, until: datetime) -> datetime:
    """A moment on that day at an hour people use that channel; never after `until`."""
    hour = rng.choices(range(24), weights=_HOURS[channel])[0]
    minute = rng.randint(0, 59)
    if channel in STAFFED:
        if hour == 8:
            minute = rng.randint(30, 59)
        elif hour == 17:
            minute = rng.randint(0, 29)
    at = datetime(
        day.year, day.month, day.day, hour, minute, rng.randint(0, 59), tzinfo=until.tzinfo
    )
    return at if at <= until else at - timedelta(days=7)
