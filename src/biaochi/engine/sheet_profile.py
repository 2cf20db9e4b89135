"""What the values of a column look like: shares and lengths, never what they say."""

import re
from dataclasses import dataclass
from math import isfinite

from .sheet_moments import guess_date_order, read_moment
from .sheet_words import CHANNEL_VALUES, STATUS_VALUES, plain_name

CONTACT = re.compile(
    r"(?:\+?86[- ]?)?1[3-9][\d*×x]{9}|0\d{2,3}[- ]?[\d*]{7,8}|[\w.+-]+@[\w-]+\.[\w.]+|[\d*]{7,12}"
)
PLACE = re.compile(
    r"[市区县镇乡村街路巷道]|社区|小区|\b(?:ward|street|road|district|ave)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Profile:
    """Shares are of filled cells, between 0 and 1; `length` is the mean number of letters."""

    filled: float
    count: int
    distinct: float
    kinds: int
    length: float
    numbers: float
    counts: float
    moments: float
    contacts: float
    channels: float
    statuses: float
    places: float
    date_order: str | None


def profile(values):
    """Return the Profile of one column's sampled values."""
    cells = [v for v in values if v is not None and str(v).strip()]
    count = len(cells)
    if not count:
        return Profile(0.0, 0, *(0.0,), 0, *(0.0,) * 8, None)
    texts = [str(v).strip() for v in cells]
    order = guess_date_order(cells)

    def share(test, items=texts):
        return sum(map(bool, map(test, items))) / count

    return Profile(
        filled=count / len(values),
        count=count,
        distinct=len(set(texts)) / count,
        kinds=len(set(texts)),
        length=sum(map(len, texts)) / count,
        numbers=share(is_number, cells),
        counts=share(
            lambda v: is_number(v) and float(v) >= 0 and float(v) == int(float(v)),
            cells,
        ),
        moments=share(lambda v: _may_be_moment(v, order), cells),
        contacts=share(CONTACT.fullmatch),
        channels=share(lambda t: plain_name(t) in CHANNEL_VALUES),
        statuses=share(lambda t: plain_name(t) in STATUS_VALUES),
        places=share(PLACE.search),
        date_order=order,
    )


def is_number(value):
    """True for numbers and texts that are nothing but a number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return isfinite(value) and abs(value) < 1e18
    return isinstance(value, str) and bool(re.fullmatch(r"\s*[+-]?\d{1,17}(?:\.\d+)?\s*", value))


def _may_be_moment(value, order):
    """Dates as such or in writing; bare numbers only in Excel's range (counted elsewhere)."""
    if is_number(value) and not 18_264 <= float(value) <= 73_050:
        text = str(value).strip().removesuffix(".0")
        return len(text) in (8, 12, 14) and read_moment(text) is not None
    # Without a decided order, 03/04/2019 is still a date in one way or the other.
    return read_moment(value, order or "DMY") is not None or read_moment(value, "MDY") is not None
