"""The rules of looking whether a claim is true, and of looking again for years."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete, NotYours

OFFICE = frozenset({Role.STAFF})
MONTHS = (1, 3, 6, 12, 36, 60)  # a promise of the product: solved matters are asked about again


class CheckState(TextChoices):
    WAITING = "waiting", gettext_lazy("等核查")
    TRUE = "true", gettext_lazy("属实")
    FALSE = "false", gettext_lazy("对不上")
    DROPPED = "dropped", gettext_lazy("单位撤回了申报")


CHECK_MOVES = {
    (None, CheckState.WAITING): OFFICE | {Role.CLOCK},
    (CheckState.WAITING, CheckState.TRUE): OFFICE,
    (CheckState.WAITING, CheckState.FALSE): OFFICE,
    (CheckState.WAITING, CheckState.DROPPED): OFFICE | {Role.CLOCK},
}


class RevisitState(TextChoices):
    WAITING = "waiting", gettext_lazy("到时候再看")
    ASKING = "asking", gettext_lazy("正在问")
    HOLDS = "holds", gettext_lazy("还是好的")
    BROKEN = "broken", gettext_lazy("又坏了")
    UNREACHED = "unreached", gettext_lazy("没有问到人")


REVISIT_MOVES = {
    (None, RevisitState.WAITING): frozenset({Role.CLOCK}),
    (RevisitState.WAITING, RevisitState.ASKING): OFFICE | {Role.CLOCK},
    (RevisitState.ASKING, RevisitState.HOLDS): frozenset({Role.RESIDENT, Role.CLOCK}),
    (RevisitState.ASKING, RevisitState.BROKEN): frozenset({Role.RESIDENT}),
    (RevisitState.ASKING, RevisitState.UNREACHED): frozenset({Role.CLOCK}),
    # Whoever answers late still counts.
    (RevisitState.UNREACHED, RevisitState.HOLDS): frozenset({Role.RESIDENT}),
    (RevisitState.UNREACHED, RevisitState.BROKEN): frozenset({Role.RESIDENT}),
}
MOVES = CHECK_MOVES


class How(TextChoices):
    PAPERS = "papers", gettext_lazy("看了材料")
    SITE = "site", gettext_lazy("去了现场")
    QUIET = "quiet", gettext_lazy("没打招呼去了现场")
    CALLS = "calls", gettext_lazy("打电话问了")


class Match(TextChoices):
    YES = "yes", gettext_lazy("对得上")
    NO = "no", gettext_lazy("对不上")
    UNCLEAR = "unclear", gettext_lazy("看不出")


def check_other_hand(claimed_by, checked_by, unit):
    """Raise if the checker made the claim or belongs to the unit that made it."""
    if checked_by.account is not None and checked_by.account == claimed_by:
        raise NotYours(_("申报的人不能自己核查，请换一个人。"))
    if checked_by.unit is not None and checked_by.unit == unit:
        raise NotYours(_("承办单位不能核查自己报的事。"))


def check_evidence(before, after, how, why, matches, items):
    """Raise unless a check says what was before, what is now, how one looked, item by item.

    :param matches: ``{item key: Match}``
    """
    if not (before or "").strip():
        raise Incomplete(_("请写之前是什么样，凭什么知道。"), "before")
    if not (after or "").strip():
        raise Incomplete(_("请写现在是什么样，谁看见的。"), "after")
    if how not in How.values:
        raise Incomplete(_("请选是怎么看的：看材料、去现场，还是打电话。"), "how")
    for position, key in enumerate(items, 1):
        if matches.get(key) not in Match.values:
            raise Incomplete(_("第 %(n)s 条还没核。") % {"n": position}, f"match-{key}")
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么这么定，单位和提的人都看得到。"), "why")


def check_conclusion(true, matches):
    """Raise if the conclusion contradicts what was found clause by clause."""
    if true is None:
        raise Incomplete(_("请选您的结论：属实，还是退回。"), "true")
    if true and Match.YES not in matches.values():
        raise Incomplete(_("没有一条对得上，不能定为属实。"), "true")
    if not true and set(matches.values()) == {Match.YES}:
        raise Incomplete(_("条条都对得上，就不能退回。哪一条有问题，请在那一条上标出来。"), "true")


def is_question(before, after, least):
    """Whether new voices at the same place are worth a question to the office."""
    return after > before and after >= least
