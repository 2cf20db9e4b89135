"""The rules of the yardstick: it measures matters, never people, and an alert is a question."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

OFFICE = frozenset({Role.STAFF})
ANSWERERS = frozenset({Role.STAFF, Role.UNIT})


class State(TextChoices):
    """An alert."""

    ASKED = "asked", gettext_lazy("问出去了，等说明")
    ANSWERED = "answered", gettext_lazy("有了说明")
    SETTLED = "settled", gettext_lazy("看过现场，说清楚了")
    WRONG = "wrong", gettext_lazy("问错了")


MOVES = {
    (None, State.ASKED): frozenset({Role.STAFF, Role.CLOCK}),
    (State.ASKED, State.ANSWERED): ANSWERERS,
    (State.ASKED, State.WRONG): ANSWERERS,
    (State.ANSWERED, State.SETTLED): OFFICE,
    (State.ANSWERED, State.WRONG): ANSWERERS,
    (State.WRONG, State.ASKED): OFFICE,
}


class Question(TextChoices):
    """The alerts that ask. None of them is about a person."""

    SURGE = "surge", gettext_lazy("期末突击")
    APART = "apart", gettext_lazy("自报与群众说的岔开")
    MONEY = "money", gettext_lazy("钱往哪儿去、话从哪儿来")


class WrongKind(TextChoices):
    DATA = "data", gettext_lazy("数取错了")
    REASON = "reason", gettext_lazy("有正当原因，规则没想到")
    TWICE = "twice", gettext_lazy("同一件事提醒了两遍")
    OTHER = "other", gettext_lazy("别的")


class Finding(TextChoices):
    """What was found when somebody went to see."""

    REAL = "real", gettext_lazy("真有问题")
    FINE = "fine", gettext_lazy("说得通")


class Field(TextChoices):
    """The five fields of the new development idea."""

    INNOVATION = "innovation", gettext_lazy("创新")
    BALANCE = "balance", gettext_lazy("协调")
    GREEN = "green", gettext_lazy("绿色")
    OPENNESS = "openness", gettext_lazy("开放")
    SHARING = "sharing", gettext_lazy("共享")


class Light(TextChoices):
    GO = "go", gettext_lazy("绿灯")
    SLOW = "slow", gettext_lazy("黄灯")
    STOP = "stop", gettext_lazy("红灯")
    NONE = "none", gettext_lazy("不涉及")
    DARK = "dark", gettext_lazy("数不够，不亮灯")


class Kind(TextChoices):
    """The eight kinds of achievement that the speeches name."""

    ECONOMY = "economy", gettext_lazy("发展经济")
    LIVELIHOOD = "livelihood", gettext_lazy("保障民生")
    ADVICE = "advice", gettext_lazy("建言资政")
    CONSENSUS = "consensus", gettext_lazy("凝聚共识")
    POLICY = "policy", gettext_lazy("制定政策")
    CARRYING = "carrying", gettext_lazy("推进实施")
    GUIDANCE = "guidance", gettext_lazy("思想引领")
    ANSWERING = "answering", gettext_lazy("解疑释惑")


class Horizon(TextChoices):
    NOW = "now", gettext_lazy("眼下见效")
    YEARS = "years", gettext_lazy("三五年见效")
    LONG = "long", gettext_lazy("十年以后还管用")


# The six signs that something lasts; a review group ticks them, each with a sentence.
LASTING = {
    "upkeep": gettext_lazy("以后谁管、钱从哪来，写清楚了"),
    "rule": gettext_lazy("立了规矩，换了人也照办"),
    "cause": gettext_lazy("动的是根子，不只是面子"),
    "spread": gettext_lazy("别的地方能照着做"),
    "burden": gettext_lazy("没给后来的人添债、添麻烦"),
    "hands": gettext_lazy("接得上前人的活，留得给后人"),
}


def check_achievement(title, for_whom, what, by_what, kind, horizon):
    """Raise unless the three compulsory questions are answered: for whom, what, by what means."""
    needed = (
        ("title", title, _("请写这件事叫什么。")),
        ("for_whom", for_whom, _("请写为谁：谁得了实惠，大约多少人，怎么数的。")),
        ("what", what, _("请写什么样的：现在和从前有什么不同。")),
        ("by_what", by_what, _("请写靠什么：谁的手、什么办法、花了多少。")),
    )
    for field, words, sentence in needed:
        if not (words or "").strip():
            raise Incomplete(sentence, field)
    if kind not in Kind.values:
        raise Incomplete(_("请选是八类里的哪一类。"), "kind")
    if horizon not in Horizon.values:
        raise Incomplete(_("请选什么时候见效。"), "horizon")


def check_ticks(ticks):
    """Raise unless every tick has its sentence. ``ticks``: ``{sign: sentence}``."""
    for sign, sentence in ticks.items():
        if sign not in LASTING:
            raise Incomplete(_("没有这一条。"), "ticks")
        if not (sentence or "").strip():
            raise Incomplete(
                _("打了勾的“%(name)s”，请写一句凭什么。") % {"name": LASTING[sign]}, sign
            )
