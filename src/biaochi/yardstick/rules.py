"""The rules of the yardstick: it measures matters, never people, and an alert is a question."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

OFFICE = frozenset({Role.STAFF})
ANSWERERS = frozenset({Role.STAFF, Role.UNIT})
WRITERS = frozenset({Role.STAFF, Role.MEMBER})  # of the achievement ledger
ANSWER_LENGTH = 2000
SENTENCE_LENGTH = 300
HANDS_AT_MOST = 20
FIRST_YEAR = 1949


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


def check_hands(hands, this_year):
    """The chain of hands with blank lines left out.

    :param hands: ``[(year, who, what they did)]``
    :raises Incomplete: a hand without its year, its name or its work
    """
    found = []
    for place, (year, who, did) in enumerate(hands, 1):
        who, did = (who or "").strip(), (did or "").strip()
        if not year and not who and not did:
            continue
        if not year or not FIRST_YEAR <= year <= this_year:
            raise Incomplete(_("第 %(n)s 棒请写是哪一年。") % {"n": place}, f"year-{place}")
        if not who:
            raise Incomplete(
                _("第 %(n)s 棒请写是哪个单位、哪一班人。") % {"n": place}, f"who-{place}"
            )
        if not did:
            raise Incomplete(_("第 %(n)s 棒请写做了什么。") % {"n": place}, f"did-{place}")
        found.append((year, who[:80], did[:200]))
    return found[:HANDS_AT_MOST]


def check_spending(title, category_name, year, amount, source, this_year):
    """Raise unless a line of spending says what, how much, when and where it was published."""
    if not (title or "").strip():
        raise Incomplete(_("请写钱花在什么上。"), "title")
    if not (category_name or "").strip():
        raise Incomplete(_("请选是哪一类的事。"), "category_name")
    if not year or not FIRST_YEAR <= year <= this_year:
        raise Incomplete(_("请写是哪一年的钱。"), "year")
    if amount is None or amount <= 0:
        raise Incomplete(_("请写花了多少万元，要大于零。"), "amount")
    if not (source or "").strip():
        raise Incomplete(_("请写在哪里公开的，好让人去对。"), "source")


def check_answer(words):
    """The answer to a question, without blanks around it."""
    words = (words or "").strip()
    if not words:
        raise Incomplete(_("请写一句说明，说明是公开的。"), "words")
    if len(words) > ANSWER_LENGTH:
        raise Incomplete(_("最多写 %(n)s 个字。") % {"n": ANSWER_LENGTH}, "words")
    return words


def check_finding(finding, found):
    """What was found, without blanks around it."""
    if finding not in Finding.values:
        raise Incomplete(_("请选：真有问题，还是说得通。"), "finding")
    return _sentence(found, "found", _("请写一句看到了什么，怎么看的。"))


def check_wrong(kind, words):
    """The sentence with which a question is called wrong."""
    if kind not in WrongKind.values:
        raise Incomplete(_("请选哪里不对。"), "kind")
    return _sentence(words, "wrong", _("请写一句哪里不对。"))


def check_why(why):
    return _sentence(why, "why", _("请写一句为什么再问。"))


def _sentence(words, field, missing):
    words = (words or "").strip()
    if not words:
        raise Incomplete(missing, field)
    if len(words) > SENTENCE_LENGTH:
        raise Incomplete(_("最多写 %(n)s 个字。") % {"n": SENTENCE_LENGTH}, field)
    return words
