"""The rules of going to see: a sealed plan, a lot anybody can draw again, good and bad findings."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

TEAM = frozenset({Role.STAFF, Role.MEMBER})


class State(TextChoices):
    PLANNING = "planning", gettext_lazy("在写计划")
    SEALED = "sealed", gettext_lazy("计划封好了，正在看现场")
    REVEALED = "revealed", gettext_lazy("计划拆封了，正在写发现")
    REPORTED = "reported", gettext_lazy("调研报告出来了")
    DROPPED = "dropped", gettext_lazy("没有做下去")


MOVES = {
    (None, State.PLANNING): TEAM,
    (State.PLANNING, State.SEALED): TEAM,
    # A plan may be changed after sealing, but never in secret: the first seal stays, with why.
    (State.SEALED, State.PLANNING): TEAM,
    (State.SEALED, State.REVEALED): TEAM,
    (State.REVEALED, State.REPORTED): TEAM,
    (State.PLANNING, State.DROPPED): TEAM,
    (State.SEALED, State.DROPPED): TEAM,
}


class Announced(TextChoices):
    NO = "no", gettext_lazy("没有打招呼")
    LEAKED = "leaked", gettext_lazy("走漏了")
    YES = "yes", gettext_lazy("通知过")


class Depth(TextChoices):
    DOOR = "door", gettext_lazy("门口")
    LANE = "lane", gettext_lazy("路口、巷子")
    HOME = "home", gettext_lazy("进了家门")


class ChosenBy(TextChoices):
    """Who chose the people that were spoken to."""

    CHANCE = "chance", gettext_lazy("随到随问")
    TEAM = "team", gettext_lazy("我们找的")
    UNIT = "unit", gettext_lazy("单位安排的")


class Sign(TextChoices):
    """Signs of a visit that was prepared for."""

    PAINT = "paint", gettext_lazy("新刷的线、新摆的东西")
    POSTS = "posts", gettext_lazy("临时加的岗")
    SPEAKERS = "speakers", gettext_lazy("有人抢着替别人答话")


class Side(TextChoices):
    GOOD = "good", gettext_lazy("看到的好")
    BAD = "bad", gettext_lazy("看到的不好")


def check_plan(plan, strata, source, source_on, today):
    """Raise unless a plan can be sealed: words, sites to draw from, a public value to come.

    :param strata: ``[(stratum, number of sites, how many to draw)]``
    """
    if not (plan or "").strip():
        raise Incomplete(_("请写计划：去哪儿看、怎么去、谁去、问谁。"), "plan")
    if not strata:
        raise Incomplete(_("请列出可以去的地方，一行一处，才能抽签。"), "sites")
    for name, sites, drawn in strata:
        if not 0 < drawn <= sites:
            raise Incomplete(
                _("“%(name)s”这一层有 %(sites)s 处，要抽 %(drawn)s 处，对不上。")
                % {"name": name, "sites": sites, "drawn": drawn},
                "sites",
            )
    if not (source or "").strip():
        raise Incomplete(_("请写用哪个公开的号码抽签，例如哪天的福彩 3D。"), "source")
    if source_on is None or source_on <= today:
        raise Incomplete(_("抽签的号码要等封好以后才公布，请选今天以后的一天。"), "source_on")


def check_visit(observed, good, bad, one_sided_why, met):
    """Raise unless a visit says what was seen, whom it met, and good and bad (or why one only)."""
    if not (observed or "").strip():
        raise Incomplete(_("请写看到了什么、数到了什么。"), "observed")
    if not met:
        raise Incomplete(_("请记下见了谁、几位、谁挑的；一个人也没见到，也请写明。"), "met")
    check_both_sides(good, bad, one_sided_why)


def check_both_sides(good, bad, one_sided_why):
    """Raise unless there is good and bad, or a reason why one of them is missing."""
    if not good and not bad:
        raise Incomplete(_("好的、不好的都还没写。"), "good")
    if (not good or not bad) and not (one_sided_why or "").strip():
        raise Incomplete(_("只有一栏：请写明另一栏为什么是空的。"), "one_sided_why")
