"""Days, moments and numbers in words, in the language of the reader.

Chinese: 11月6日 inside the year and 2025年11月6日 outside it, 24 h time, 1.2万 from ten thousand on.
English: 6 Nov 2026. Django's own Chinese formats (05月8日) are not used anywhere.
"""

import datetime as dt
import re

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TEN_THOUSAND = 10_000


def _chinese():
    return (get_language() or "zh").startswith("zh")


def _date(value):
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def day(value, *, today=None):
    """11月6日, with the year when it is not the present one; 6 Nov 2026."""
    value = _date(value)
    if not _chinese():
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    year = "" if value.year == (today or timezone.localdate()).year else f"{value.year}年"
    return f"{year}{value.month}月{value.day}日"


def full_day(value):
    """2026年11月6日, always with the year; 6 Nov 2026."""
    return day(value, today=dt.date.min)


def weekday(value):
    """周五; Fri."""
    value = _date(value)
    return f"周{WEEKDAYS[value.weekday()]}" if _chinese() else value.strftime("%a")


def moment(value):
    """11月6日 15:08; 6 Nov 2026, 15:08. An aware moment is told in local time."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    joint = " " if _chinese() else ", "
    return f"{day(local)}{joint}{local.hour}:{local.minute:02d}"


def period(first, last, *, today=None):
    """11月9日至15日, repeating only what changes; 9–15 Nov 2026."""
    first, last = _date(first), _date(last)
    if first == last:
        return day(first, today=today)
    if _chinese():
        if first.year != last.year:
            return f"{full_day(first)}至{full_day(last)}"
        end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
        return f"{day(first, today=today)}至{end}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def count(value):
    """9,876 as it is; from ten thousand on 1.2万 in Chinese. Tables show the exact figure."""
    if value < TEN_THOUSAND or not _chinese():
        return f"{value:,}"
    short = f"{value / TEN_THOUSAND:.1f}".removesuffix(".0")
    return f"{short}万"


def percent(value):
    """A share 0–1 as 71.0%; nothing to divide is a dash."""
    return "—" if value is None else f"{value * 100:.1f}%"


def phrases(text):
    """Keep each phrase of a heading together at the end of a line."""
    parts = [part for part in re.split(r"(?<=[，：；？。、！])(?!”)", str(text)) if part]
    if len(parts) < 2:
        return escape(text)
    return Markup("").join(Markup('<span class="bc-u">{}</span>').format(part) for part in parts)


def tenths(value):
    """A share 0–1 of a group in tenths, so that a small group shows nobody."""
    n = round(value * 10)
    if n == 0:
        return _("不到半成")
    return _("九成半以上") if n == 10 else _("%(n)d 成") % {"n": n}


def vote_words(agree, disagree):
    """What a group said, in tenths. Both are shares 0–1."""
    a, d = round(agree * 10), round(disagree * 10)
    if a >= 10:
        return _("几乎都同意")
    if a <= 0:
        return _("几乎没人同意，不同意 %(d)d 成") % {"d": d}
    if d <= 0:
        return _("同意 %(a)d 成，其余说不准") % {"a": a}
    return _("同意 %(a)d 成，不同意 %(d)d 成") % {"a": a, "d": d}


FILTERS = {
    function.__name__: function
    for function in (day, full_day, weekday, moment, count, percent, phrases, tenths)
}
