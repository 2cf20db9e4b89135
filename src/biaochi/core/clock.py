"""Days that count: the working-day calendar with holidays and make-up days as data.

China moves working days: some weekdays are off, some weekend days are worked. The lists come
from the yearly notice and lie in ``data/holidays.json`` (or in the file that the setting
``HOLIDAYS`` names). For a year without a list only weekends are free; ``is_known`` says so,
and ``biaochi doctor`` reminds the office to add it.
"""

import datetime as dt
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A length of time as rules write it: ``amount`` of ``unit`` (wd, d, m or h)."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Calendar:
    off: frozenset
    worked: frozenset
    years: frozenset

    def is_known(self, year):
        return year in self.years

    def is_working(self, day):
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def after(self, day, count):
        """The ``count``-th working day after ``day`` (the day itself is not counted).

        With ``count`` 0 it is the day itself, or the next working day if that is free.
        """
        left = count
        while left > 0 or (count == 0 and not self.is_working(day)):
            day += DAY
            left -= self.is_working(day)
        return day

    def between(self, start, end):
        """How many working days lie in (start, end]; negative if ``end`` is earlier."""
        if end < start:
            return -self.between(end, start)
        days = (start + DAY * n for n in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)


def read_calendar(path):
    """Read a calendar from a JSON file: ``{"years": {"2026": {"off": […], "worked": […]}}}``."""
    years = json.loads(Path(path).read_text(encoding="utf-8"))["years"]
    off = frozenset(day for year in years.values() for day in _days(year["off"]))
    worked = frozenset(day for year in years.values() for day in _days(year["worked"]))
    return Calendar(off, worked, frozenset(int(year) for year in years))


def _days(spans):
    for span in spans:
        first, _, last = span.partition("/")
        day, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last or first)
        while day <= end:
            yield day
            day += DAY


@lru_cache(maxsize=4)
def _calendar(path):
    return read_calendar(path)


def calendar():
    """The calendar of this installation."""
    return _calendar(str(settings.HOLIDAYS))


def due_on(start, span):
    """The last day of a span that begins at ``start`` (a moment or a day).

    Months keep the day of the month where the month has it (31 January + 1 month is the
    28th or 29th of February). Hours are rounded up to the day on which they end.
    """
    day = local_day(start)
    if span.unit == "wd":
        return calendar().after(day, span.amount)
    if span.unit == "d":
        return day + DAY * span.amount
    if span.unit == "h":
        moment = start if isinstance(start, dt.datetime) else start_of(start)
        return local_day(moment + dt.timedelta(hours=span.amount))
    if span.unit == "m":
        return add_months(day, span.amount)
    raise ValueError(f"unknown unit of time {span.unit!r}: use wd, d, m or h")


def add_months(day, count):
    """The same day ``count`` months later, or the last day of a shorter month."""
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return min(dt.date(year, month, 1) + DAY * (day.day - 1), following - DAY)


def local_day(moment):
    """The day, here, on which a moment falls; a day stays what it is."""
    return timezone.localdate(moment) if isinstance(moment, dt.datetime) else moment


def start_of(day):
    """The first moment of a day, here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
