"""Dates and times as people and programs write them in spreadsheets.

Returned moments are the wall clock of the file (naive) unless the text itself states an offset.
03/04/2019 says nothing about its order; the whole column does, so the order is guessed once per
column by `guess_date_order` and handed to `read_moment`.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from math import isfinite

EXCEL_DAY_ZERO = datetime(1899, 12, 30)
EARLIEST, LATEST = 1900, 2100
MONTH_NAMES = (
    ("jan", "january"), ("feb", "february"), ("mar", "march"), ("apr", "april"), ("may",),
    ("jun", "june"), ("jul", "july"), ("aug", "august"), ("sep", "sept", "september"),
    ("oct", "october"), ("nov", "november"), ("dec", "december"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES, 1) for name in names}
HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
LATE = {"pm", "p", "下午", "晚上", "傍晚"}
EARLY = {"am", "a", "上午", "凌晨", "早上"}

PART = r"(?P<part>上午|下午|中午|凌晨|早上|晚上|傍晚|[ap]\.?m?\.?)"
TIME = re.compile(
    rf"^(?:{PART}\s*)?(?P<h>\d{{1,2}})\s*[:时点]\s*(?:(?P<m>\d{{1,2}})\s*(?:分|(?=[:\s+\-z.ap上下]|$)))?"
    r"(?:\s*:?\s*(?P<s>\d{1,2})(?P<f>\.\d{1,9})?\s*秒?)?"
    rf"\s*(?:{PART.replace('<part>', '<after>')})?\s*(?P<zone>z|utc|[+-]\d{{2}}:?\d{{2}})?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(
    r"(?:星期|周|礼拜)[一二三四五六日天]|\([一二三四五六日]\)|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b,?",
    re.IGNORECASE,
)
MARK = r"\s*[-/.年]\s*"
YEAR_FIRST = re.compile(
    rf"^(\d{{4}}){MARK}(\d{{1,2}}|[a-z]{{3,9}})\.?\s*[-/.月 ]\s*(\d{{1,2}})\s*日?(?=$|[\s,t上下中凌早晚傍])",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([a-z]{3,9})\.?[-/., ]+(\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
NAME_FIRST = re.compile(
    r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)", re.IGNORECASE
)
NUMBERS = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{1,2})(?![\d.])")
DAY_ONLY = re.compile(r"^(\d{4})年(\d{1,2})月(\d{1,2})(?:日|号)?")
PACKED = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:[ t]?(\d{2})(\d{2})(\d{2})?)?$", re.IGNORECASE)
HAN_DATE = re.compile(
    r"^([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)


def read_moment(value, order=None):
    """Return the datetime a cell means, or None when it means none or could mean two.

    `order` (MDY, DMY, YMD or None) decides numbers such as 03/04/2019. Naive unless the value
    states an offset. Plain numbers between 18264 and 73050 are Excel's days since 1899-12-30
    (years 1950 to 2100); ten or thirteen digits are Unix seconds or milliseconds (UTC).
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _from_number(float(value))
    text = _plain(str(value))
    if not text:
        return None
    number = re.fullmatch(r"\d+(?:\.\d+)?", text)
    if number and not PACKED.match(text):
        return _from_number(float(text))
    for read in (_packed, _year_first, _named, _numbers):
        moment = read(text, order)
        if moment:
            return moment
    return None


def _plain(text):
    folded = unicodedata.normalize("NFKC", text).strip().replace("\u200b", "")
    folded = HAN_DATE.sub(_han_date, folded)
    return re.sub(r"\s+", " ", WEEKDAY.sub(" ", folded)).strip()


def _han_date(match):
    year = match[1].translate(HAN_DIGITS)
    return f"{year}年{_han_number(match[2])}月{_han_number(match[3])}日"


def _han_number(text):
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    high = int(tens.translate(HAN_DIGITS) or 1) * 10 if ten else 0
    return high + int(ones.translate(HAN_DIGITS) or 0)


def _from_number(number):
    if 18_264 <= number <= 73_050:
        # Excel keeps fractions of a day; a tenth of a second is all it can hold.
        return EXCEL_DAY_ZERO + timedelta(seconds=round(number * 86_400))
    if not isfinite(number):
        return None
    if number == int(number) and PACKED.match(str(int(number))):
        return _packed(str(int(number)), None)
    if 10**12 <= number < 4 * 10**12:
        number /= 1000
    if 10**9 <= number < 4 * 10**9:
        return datetime.fromtimestamp(number, UTC)
    return None


def _packed(text, _order):
    match = PACKED.match(text)
    if not match:
        return None
    return _made(match[1], match[2], match[3], f"{match[4] or 0}:{match[5] or 0}:{match[6] or 0}")


def _year_first(text, _order):
    match = YEAR_FIRST.match(text) or DAY_ONLY.match(text)
    return _made(match[1], match[2], match[3], text[match.end() :]) if match else None


def _named(text, _order):
    match = NAMED.match(text)
    if match:
        return _made(match[3], match[2], match[1], text[match.end() :])
    match = NAME_FIRST.match(text)
    return _made(match[3], match[1], match[2], text[match.end() :]) if match else None


def _numbers(text, order):
    match = NUMBERS.match(text)
    if not match:
        return None
    first, second, last, rest = match[1], match[3], match[4], text[match.end() :]
    if order == "YMD":
        return _made(first, second, last, rest) if len(last) < 3 else None
    if len(last) == 1:
        return None
    if int(first) == int(second):
        return _made(last, first, second, rest)
    readings = {
        "DMY": _made(last, second, first, rest),
        "MDY": _made(last, first, second, rest),
    }
    if order in readings:
        return readings[order]
    possible = [moment for moment in readings.values() if moment]
    return possible[0] if len(possible) == 1 and len(last) == 4 else None


def _made(year, month, day, clock):
    month = MONTHS.get(month.lower()) if month.isalpha() else int(month)
    year = int(year) + (2000 if len(year) == 2 else 0)
    parts = _clock(clock)
    if month is None or parts is None or not EARLIEST <= year <= LATEST:
        return None
    hour, minute, second, micro, zone = parts
    try:
        moment = datetime(year, month, int(day), hour % 24, minute, second, micro, tzinfo=zone)
    except ValueError:
        return None
    return moment + timedelta(days=hour // 24)


def _clock(text):
    """Return (hour, minute, second, microsecond, zone) of the rest of a text, or None."""
    text = text.strip().lstrip("Tt,").strip()
    if not text:
        return 0, 0, 0, 0, None
    match = TIME.match(text)
    if not match:
        return None
    hour, minute, second = int(match["h"]), int(match["m"] or 0), int(match["s"] or 0)
    part = (match["part"] or match["after"] or "").lower().replace(".", "")
    if (part in LATE and hour < 12) or (part == "中午" and hour < 3):
        hour += 12
    elif part in EARLY and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and minute + second):
        return None
    micro = int(((match["f"] or ".")[1:] + "000000")[:6])
    return hour, minute, second, micro, _zone(match["zone"])


def _zone(text):
    if not text:
        return None
    if text[0] not in "+-":
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(offset if text[0] == "+" else -offset) if offset < timedelta(days=1) else UTC


def guess_date_order(values):
    """Return MDY, DMY or YMD for a column's ambiguous dates, or None when nothing decides.

    A number above 12 is proof. Without any, the reading under which the column spans less time
    is taken if it spans less than half of the other: records are made day by day.
    """
    pairs = []
    for value in values:
        match = NUMBERS.match(_plain(value)) if isinstance(value, str) else None
        if match:
            pairs.append((int(match[1]), int(match[3]), match[4]))
    if not pairs:
        return None
    if _is_year_first(pairs):
        return "YMD"
    firsts = sum(first > 12 for first, _, _ in pairs)
    seconds = sum(second > 12 for _, second, _ in pairs)
    if firsts != seconds:
        return "DMY" if firsts > seconds else "MDY"
    return _narrower(values)


def _is_year_first(pairs):
    """19/2/28: few different first numbers, above 12, and more different last ones, up to 31."""
    firsts = {first for first, _, _ in pairs}
    lasts = {int(last) for *_, last in pairs if len(last) < 3}
    few = len(firsts) <= 3 and min(firsts) > 12 and len(lasts) > len(firsts)
    return few and max(lasts) <= 31 and max(second for _, second, _ in pairs) <= 12


def _narrower(values):
    spans = {}
    for order in ("MDY", "DMY"):
        moments = [m.replace(tzinfo=None) for m in (read_moment(v, order) for v in values) if m]
        if len(set(moments)) < 5:
            return None
        spans[order] = max(moments) - min(moments)
    narrow, wide = sorted(spans, key=spans.get)
    return narrow if spans[narrow] * 2 < spans[wide] else None
