"""The three ratios: numerator, denominator, parts that add up, and how far off they may be."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.core.cells import hide_small
from biaochi.core.models import Entry
from biaochi.core.profiles import number
from biaochi.voice.rules import GROUP_TAGS
from biaochi.yardstick.analysis import Interval, silence, wilson
from biaochi.yardstick.parts import RULES, THREE
from biaochi.yardstick.rows import rows_of


@dataclass(frozen=True)
class Counted:
    """One ratio of one frame. ``share`` and both intervals are None when there is nothing.

    ``chance`` is what another batch of like things could have given; ``silence`` what those could
    change who have not been looked at or have not answered. They are two doubts, never added.
    """

    rule: object
    count: int
    whole: int
    parts: tuple  # (Part, how many), in order, adding up to ``whole``
    share: float | None
    chance: Interval | None
    silence: Interval | None

    def of(self, key):
        return next(count for part, count in self.parts if part.key == key)

    def of_kind(self, kind):
        return sum(count for part, count in self.parts if part.kind == kind)


def counted(key, rows):
    """Count the rows of one ratio."""
    rule, by_part = RULES[key], Counter(row.part for row in rows)
    parts = tuple((part, by_part[part.key]) for part in rule.parts)
    done = sum(count for part, count in parts if part.kind == "done")
    silent = sum(count for part, count in parts if part.kind == "silent")
    whole = len(rows)
    if not whole:
        return Counted(rule, 0, 0, parts, None, None, None)
    return Counted(
        rule,
        done,
        whole,
        parts,
        done / whole,
        wilson(done, whole),
        silence(done, silent, whole),
    )


def ratio(key, frame):
    return counted(key, rows_of(key, frame))


def ratios(frame, keys=THREE):
    """The three completion ratios of a frame, in order."""
    return [ratio(key, frame) for key in keys]


def other_ways(found):
    """The same rows divided in other ways: ``[(words, share, points apart or None, note)]``.

    Whoever may choose the way of counting can choose the number; so all of them are shown.
    """
    if not found.whole:
        return []
    ours, coming = found.share, found.of_kind("coming")
    silent, opened = found.of_kind("silent"), found.of_kind("open")
    ways = [(_("我们用的：没到期的、没回音的都算没有"), found.count, found.whole)]
    if coming:
        ways.append((_("没到期的先不算"), found.count, found.whole - coming))
    if silent:
        ways.append((_("没核的、没回音的不算"), found.count, found.whole - silent))
    if coming or silent:
        ways.append((_("只算已经有结果的"), found.count, found.count + opened))
    if silent:
        ways.append((_("没核的、没回音的都当成好的"), found.count + silent, found.whole))
    return [
        (words, count, whole, count / whole, (count / whole - ours) * 100)
        for words, count, whole in ways
        if whole
    ]


def broken_down(key, rows, by):
    """A ratio cut by ``category``, ``area`` or ``groups``; small cells hidden, also against sums.

    :return: ``[(name, count, whole, Interval) or (name, None, None, None)]``, largest first
    """
    done = {part.key for part in RULES[key].parts if part.kind == "done"}
    whole, good = Counter(), Counter()
    for row in rows:
        for name in names_of(row, by):
            whole[name] += 1
            good[name] += row.part in done
    shown = hide_small(dict(whole), number("smallest_cell"))
    return [
        (name, good[name], whole[name], wilson(good[name], whole[name]))
        if shown[name] is not None
        else (name, None, None, None)
        for name in sorted(whole, key=lambda name: (-(shown[name] or 0), name))
    ]


def names_of(row, by):
    if by == "groups":
        return [str(GROUP_TAGS[group]) for group in row.groups if group in GROUP_TAGS]
    return [getattr(row, by) or _("没有分")]


def said_and_judged(rows, claimed):
    """What units report beside what people say, by category: ``[(name, reported, said, whole)]``.

    Only matters about which people were asked to the end. A category with too few is left out, and
    if one subtraction would give it away, the next one too.

    :param claimed: the matters whose latest claims say that all was done
    """
    cells = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        if row.part in ("solved", "unsolved", "silent"):
            cell = cells[row.category or _("没有分类")]
            cell[0] += row.matter in claimed
            cell[1] += row.part == "solved"
            cell[2] += 1
    shown = hide_small({name: cell[2] for name, cell in cells.items()}, number("smallest_cell"))
    return [
        (name, *cells[name])
        for name in sorted(cells, key=lambda name: (-cells[name][2], name))
        if shown[name] is not None
    ]


@dataclass(frozen=True)
class Lines:
    """The two thresholds of the lights, and when the office last changed its book of rules."""

    green_from: float
    red_under: float
    changed_at: object  # None: as delivered


def lines():
    changed = Entry.objects.filter(verb="edit profile", thing="profile:everyday")
    return Lines(
        number("green_from"),
        number("red_under"),
        changed.order_by("-at").values_list("at", flat=True).first(),
    )
