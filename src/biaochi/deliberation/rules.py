"""The rules of sitting down together: time to prepare, blind votes, nothing smoothed over."""

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
    (None, Wall.WAITING): frozenset({Role.RESIDENT}) | OFFICE,
    (Wall.WAITING, Wall.UP): OFFICE,
    (Wall.WAITING, Wall.HELD): OFFICE,
    (Wall.HELD, Wall.UP): OFFICE,
}


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


def outcome_of(stands):
    """What a point came to: split as soon as one present seat disagrees, or nobody agreed."""
    stands = list(stands)
    if Stand.DISAGREED in stands or Stand.AGREED not in stands and Stand.RESERVED not in stands:
        return Outcome.SPLIT
    return Outcome.RESERVED if Stand.RESERVED in stands else Outcome.AGREED


def check_stand(stand, words):
    """Raise unless a reservation or a disagreement keeps its own words."""
    if stand not in Stand.values:
        raise Incomplete(_("请选同意、有保留、不同意，还是没到。"), "stand")
    if stand in (Stand.RESERVED, Stand.DISAGREED) and not (words or "").strip():
        raise Incomplete(_("有保留、不同意的，请照原话记下来。"), "words")


def check_options(outcome, options):
    """Raise unless a split point carries two or more ways on."""
    if outcome == Outcome.SPLIT and len([option for option in options if option.strip()]) < 2:
        raise Incomplete(_("没谈拢的，请写两个以上的办法，一起报上去。"), "options")


def check_table(sides):
    """Raise unless residents and units both sit at the table."""
    if Side.RESIDENT not in sides:
        raise Incomplete(_("还没有请居民，会不能开。"), "seats")
    if Side.UNIT not in sides:
        raise Incomplete(_("还没有请办事的单位，会不能开。"), "seats")
