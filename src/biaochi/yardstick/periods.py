"""From which day to which day something is measured, as it stands in an address.

``2026Q3`` is a quarter, ``12m`` the last twelve whole months and this one, ``all`` everything.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.core.clock import DAY, add_months

QUARTER = re.compile(r"(20\d\d)Q([1-4])")
EARLIEST = 2015
YEAR = "12m"


@dataclass(frozen=True)
class Period:
    """``first`` and ``last`` are inside; both are None where everything counts."""

    key: str
    first: dt.date | None
    last: dt.date | None

    def has(self, day):
        return day is not None and (self.first is None or self.first <= day <= self.last)

    @property
    def label(self):
        found = QUARTER.fullmatch(self.key)
        if found:
            return _("%(year)s年第%(n)s季度") % {
                "year": found[1],
                "n": _("一、二、三、四").split(_("、"))[int(found[2]) - 1],
            }
        return {YEAR: _("近 12 个月"), "all": _("从头到现在")}.get(self.key) or _(
            "%(first)s 到 %(last)s"
        ) % {"first": self.first, "last": self.last}


def quarter(year, number):
    first = dt.date(year, 3 * number - 2, 1)
    return Period(f"{year}Q{number}", first, add_months(first, 3) - DAY)


def quarter_of(day):
    return quarter(day.year, (day.month + 2) // 3)


def quarter_before(period):
    return quarter_of(period.first - DAY)


def year_before(period):
    """The same quarter one year earlier; None for other spans."""
    found = QUARTER.fullmatch(period.key)
    return quarter(int(found[1]) - 1, int(found[2])) if found else None


def month_before(day):
    """The last whole month before a day: ``(first, last)``."""
    last = day.replace(day=1) - DAY
    return last.replace(day=1), last


def period_of(key, today):
    """The period that an address names; one that makes no sense is the last twelve months."""
    found = QUARTER.fullmatch(key or "")
    if found and int(found[1]) >= EARLIEST:
        return quarter(int(found[1]), int(found[2]))
    if key == "all":
        return Period("all", None, None)
    return Period(YEAR, add_months(today, -12).replace(day=1), today)


def between(first, last):
    """A span of free choice."""
    return Period(f"{first.isoformat()}..{last.isoformat()}", first, last)


def choices(today, quarters=6):
    """What a page offers: the year, the last quarters, everything."""
    found, here = [], quarter_of(today)
    for _n in range(quarters):
        found.append(here)
        here = quarter_before(here)
    return [period_of(YEAR, today), *found, Period("all", None, None)]
