"""What a visitor may take away as a table (CSV): words and matters, no person, no small cell."""

import csv
import io

from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.profiles import number
from biaochi.flow import Step
from biaochi.voice.matters.searching import matching_matters, public_words
from biaochi.voice.rules import Channel

MOST = 20_000
BYTE_ORDER_MARK = "\ufeff"  # so that office programs read Chinese
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def matters_table(wanted, *, now):
    """Lines of a table of the matters that fit; numbers of people under five are not told."""
    smallest = number("smallest_cell")
    heading = [
        _("编号"), _("什么事"), _("在哪里"), _("走到哪一步"), _("几人说过"), _("几条话"),
        _("最早"), _("最近"),
    ]  # fmt: skip
    rows = matching_matters(wanted, now=now).order_by("-people_count", "pk")[:MOST]
    yield from _lines(heading, (_matter(row, smallest) for row in rows.iterator()))


def words_table(wanted, *, now):
    """Lines of a table of the words that everybody may read."""
    heading = [_("哪天说的"), _("在哪里"), _("怎么说的"), _("说的什么"), _("归进的事"), _("编号")]
    rows = public_words(wanted, now=now).select_related("area", "membership__matter")
    rows = rows.defer("original_sealed", "code_mark")[:MOST]
    yield from _lines(heading, (_words(row) for row in rows.iterator()))


def _matter(matter, smallest):
    small = matter.people_count < smallest
    less = _("不足 %(n)s") % {"n": smallest}
    return [
        matter.number,
        matter.title,
        _("、").join(matter.areas),
        Step(matter.step).label,
        less if small else matter.people_count,
        less if small else matter.voice_count,
        "" if small else _day(matter.first_at),
        "" if small else _day(matter.last_at),
    ]


def _words(voice):
    membership = getattr(voice, "membership", None)
    matter = membership.matter if membership else None
    return [
        _day(voice.said_at),
        voice.area.name if voice.area else "",
        Channel(voice.channel).label,
        voice.text,
        matter.title if matter else "",
        matter.number if matter else "",
    ]


def _day(moment):
    return timezone.localdate(moment).isoformat()


def _lines(heading, rows):
    yield BYTE_ORDER_MARK + _line(heading)
    for row in rows:
        yield _line(row)


def _line(cells):
    # A cell that begins like a formula would be run by an office program: a quote stops that.
    kept = io.StringIO()
    texts = [str(cell) for cell in cells]
    csv.writer(kept).writerow(["'" + text if text.startswith(FORMULA) else text for text in texts])
    return kept.getvalue()
