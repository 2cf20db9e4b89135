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


# While a plan is sealed, only those who made it know where to go.
CLOSED = (State.PLANNING, State.SEALED)
OPENED = (State.REVEALED, State.REPORTED)
TITLE_LENGTH = 120
WORDS_LENGTH = 300
PLAN_LENGTH = 20_000
STRATUM_LENGTH, SITE_LENGTH, SOURCE_LENGTH, VALUE_LENGTH = 60, 80, 200, 120
BAR = "|"  # stands between the parts of what is hashed, so no part may hold it


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


def check_list(strata, sites):
    """Raise unless every place and layer has a name of its own that a fingerprint can hold.

    :param strata: ``{stratum: how many}``
    :param sites: ``{stratum: [names]}``
    """
    if set(strata) != set(sites):
        raise Incomplete(_("每一层都要写有哪些地方、抽几处。"), "sites")
    for stratum, names in sites.items():
        if len(set(names)) < len(names):
            raise Incomplete(_("“%(name)s”这一层里有地方写了两遍。") % {"name": stratum}, "sites")
        for name, most in [(stratum, STRATUM_LENGTH), *((one, SITE_LENGTH) for one in names)]:
            if not name.strip() or BAR in name:
                raise Incomplete(_("层和地方的名字不能空着，里面也不能有竖线。"), "sites")
            if len(name) > most:
                raise Incomplete(_("“%(name)s”太长了，请写短些。") % {"name": name[:20]}, "sites")


def check_reveal_day(reveal_on, source_on):
    """Raise unless the plan will be opened on a day after the lot."""
    if reveal_on is None or reveal_on <= source_on:
        raise Incomplete(_("请写哪天拆封，要在抽签以后。"), "reveal_on")


def check_times(arrived_at, left_at, drawn_at, now):
    """Raise unless somebody came before they left, after the lot, and not in the future."""
    if arrived_at is None or left_at is None or left_at <= arrived_at:
        raise Incomplete(_("请写几点到、几点走，走要比到晚。"), "arrived_at")
    if left_at > now:
        raise Incomplete(_("走的时间还没到，请看完再记。"), "left_at")
    if arrived_at < drawn_at:
        raise Incomplete(_("到的时间在抽签以前：抽到以后去的才算。"), "arrived_at")


def check_met(met):
    """Raise unless every group of people met has its words, a number and who chose them."""
    for whom, count, chosen_by, _present in met:
        if not (whom or "").strip():
            raise Incomplete(_("见了谁，请写是什么人（不写姓名）。"), "met")
        if not isinstance(count, int) or not 0 <= count <= 1000:
            raise Incomplete(_("“%(whom)s”有几位，请写一个数。") % {"whom": whom}, "met")
        if chosen_by not in ChosenBy.values:
            raise Incomplete(_("“%(whom)s”是谁挑的，请选一个。") % {"whom": whom}, "met")


def check_causes(causes):
    """Raise unless every problem has a cause, a remedy and something to measure."""
    for position, parts in enumerate(causes, 1):
        if not all((part or "").strip() for part in parts):
            raise Incomplete(
                _("第 %(n)s 条：问题、原因、办法、量什么，四样都要写。") % {"n": position}, "causes"
            )


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
