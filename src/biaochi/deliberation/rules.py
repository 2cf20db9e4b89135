"""The rules of sitting down together: time to prepare, blind votes, nothing smoothed over."""

import datetime as dt

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

OFFICE = frozenset({Role.STAFF})


class State(TextChoices):
    PREPARING = "preparing", gettext_lazy("在准备")
    NOTICED = "noticed", gettext_lazy("发了通知")
    VOTING = "voting", gettext_lazy("大家在表态，互相看不到")
    RECORDING = "recording", gettext_lazy("表态结束，正在写纪要")
    SIGNING = "signing", gettext_lazy("纪要出来了，等各位签字")
    SIGNED = "signed", gettext_lazy("签过字了")
    CALLED_OFF = "called_off", gettext_lazy("没有开成")


MOVES = {
    (None, State.PREPARING): OFFICE,
    (State.PREPARING, State.NOTICED): OFFICE,
    (State.NOTICED, State.VOTING): OFFICE,
    (State.VOTING, State.RECORDING): OFFICE | {Role.CLOCK},
    (State.RECORDING, State.SIGNING): OFFICE,
    (State.SIGNING, State.SIGNED): OFFICE | {Role.CLOCK},
    (State.PREPARING, State.CALLED_OFF): OFFICE,
    (State.NOTICED, State.CALLED_OFF): OFFICE,
}


class Side(TextChoices):
    """On which side of the table somebody sits."""

    RESIDENT = "resident", gettext_lazy("居民")
    MEMBER = "member", gettext_lazy("委员")
    UNIT = "unit", gettext_lazy("承办单位")
    EXPERT = "expert", gettext_lazy("专家")
    OTHER = "other", gettext_lazy("别的方面")


class Choice(TextChoices):
    AGREE = "agree", gettext_lazy("同意")
    DISAGREE = "disagree", gettext_lazy("不同意")
    PASS = "pass", gettext_lazy("说不准")


class Wall(TextChoices):
    """Whether a statement stands on the wall. Only abuse and private matters are held back."""

    WAITING = "waiting", gettext_lazy("等看")
    UP = "up", gettext_lazy("上墙了")
    HELD = "held", gettext_lazy("没上墙")


WALL_MOVES = {
    (None, Wall.WAITING): frozenset({Role.RESIDENT, Role.MEMBER, Role.UNIT}) | OFFICE,
    (Wall.WAITING, Wall.UP): OFFICE,
    (Wall.WAITING, Wall.HELD): OFFICE,
    (Wall.HELD, Wall.UP): OFFICE,
}


class HeldFor(TextChoices):
    """The only two reasons for which a statement stays off the wall. An opinion is none."""

    ABUSE = "abuse", gettext_lazy("骂人")
    PRIVATE = "private", gettext_lazy("露了别人的隐私")


class Stand(TextChoices):
    """What a seat says to one point of the record. Silence is never agreement."""

    AGREED = "agreed", gettext_lazy("同意")
    RESERVED = "reserved", gettext_lazy("有保留")
    DISAGREED = "disagreed", gettext_lazy("不同意")
    ABSENT = "absent", gettext_lazy("没到、没说")


class Outcome(TextChoices):
    """What a point came to, computed from the stands."""

    AGREED = "agreed", gettext_lazy("谈拢了")
    RESERVED = "reserved", gettext_lazy("谈拢了，有保留")
    SPLIT = "split", gettext_lazy("没谈拢")


STATEMENT_LENGTH = 140
VOTING = frozenset({State.NOTICED, State.VOTING})  # when statements may be added and put up
BEFORE = frozenset({State.PREPARING, State.NOTICED})
OPEN_RECORD = frozenset({State.RECORDING, State.SIGNING})
CLOSED_VOTES = frozenset({State.RECORDING, State.SIGNING, State.SIGNED})

# What every group of opinion shares, and where groups lie apart, in tenths of those who answered.
SHARED_TENTHS = 8
APART_TENTHS = 4


def day_before(day, span, calendar):
    """The last day that still lies a whole span before a day: so many working days (or days).

    :param calendar: the working-day calendar, ``core.clock.calendar()``
    """
    if span.unit == "d":
        return day - dt.timedelta(days=span.amount)
    if span.unit != "wd":
        raise ValueError(f"a notice runs in working days or days, not in {span.unit!r}")
    found = day
    while calendar.between(found, day) < span.amount or not calendar.is_working(found):
        found -= dt.timedelta(days=1)
    return found


def outcome_of(stands, both_sides=True):
    """What a point came to: split as soon as one present seat disagrees, or nobody agreed.

    Where residents or units did not come at all there is nobody to agree with: split.
    """
    stands = list(stands)
    nobody = Stand.AGREED not in stands and Stand.RESERVED not in stands
    if not both_sides or nobody or Stand.DISAGREED in stands:
        return Outcome.SPLIT
    return Outcome.RESERVED if Stand.RESERVED in stands else Outcome.AGREED


def check_stand(stand, words):
    """Raise unless a reservation or a disagreement keeps its own words."""
    if stand not in Stand.values:
        raise Incomplete(_("请选同意、有保留、不同意，还是没到。"), "stand")
    if stand in (Stand.RESERVED, Stand.DISAGREED) and not (words or "").strip():
        raise Incomplete(_("有保留、不同意的，请照原话记下来。"), "words")


def has_options(options):
    """Whether two ways on, or more, are written down."""
    return len([option for option in options if option.strip()]) >= 2


def check_options(outcome, options):
    """Raise unless a split point carries two or more ways on."""
    if outcome == Outcome.SPLIT and not has_options(options):
        raise Incomplete(_("没谈拢的，请写两个以上的办法，一起报上去。"), "options")


def check_table(sides):
    """Raise unless residents and units both sit at the table."""
    if Side.RESIDENT not in sides:
        raise Incomplete(_("还没有请居民，会不能开。"), "seats")
    if Side.UNIT not in sides:
        raise Incomplete(_("还没有请办事的单位，会不能开。"), "seats")


def check_declared(sides):
    """Raise unless both sides said what they gain or lose, before anybody votes."""
    if not {Side.RESIDENT, Side.UNIT} <= set(sides):
        raise Incomplete(_("先请居民和单位都说清利害，再开始表态。"), "interest")


def check_time(today, last_day, why):
    """Raise unless there is time enough to prepare, or a public reason why there is less."""
    if today > last_day and not (why or "").strip():
        raise Incomplete(
            _("按规定最晚%(month)s月%(day)s日，已经过了。要照样开，请写为什么，大家都看得到。")
            % {"month": last_day.month, "day": last_day.day},
            "why",
        )


def check_statement(text):
    """Raise unless a statement is one short sentence."""
    if not (text or "").strip():
        raise Incomplete(_("请写一句话。"), "text")
    if len(text.strip()) > STATEMENT_LENGTH:
        raise Incomplete(
            _("写得太长了，最多 %(most)s 个字，现在有 %(n)s 个字。请分成几句。")
            % {"most": STATEMENT_LENGTH, "n": len(text.strip())},
            "text",
        )


def check_held(reason, why):
    """Raise unless a statement is held back for one of the two reasons, in words."""
    if reason not in HeldFor.values:
        raise Incomplete(_("只有骂人和露隐私的才能不放上墙，请选是哪一种。"), "reason")
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么没放上墙，大家都看得到。"), "why")


def check_choice(choice):
    if choice not in Choice.values:
        raise Incomplete(_("请点同意、不同意，或者说不准。"), "choice")
