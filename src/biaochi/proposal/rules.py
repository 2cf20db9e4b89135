"""The rules of proposals: one matter, advice that can be checked, a reply clause by clause."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete

MEMBERS = frozenset({Role.MEMBER})
OFFICE = frozenset({Role.STAFF})
UNITS = frozenset({Role.UNIT})


class State(TextChoices):
    DRAFT = "draft", gettext_lazy("在写")
    SUBMITTED = "submitted", gettext_lazy("交了，等审查")
    FILED = "filed", gettext_lazy("立案了")
    NOT_FILED = "not_filed", gettext_lazy("没有立案")
    HANDED = "handed", gettext_lazy("交给单位了")
    RETURNED = "returned", gettext_lazy("单位退回了")
    REPLIED = "replied", gettext_lazy("单位答复了")
    PUBLISHED = "published", gettext_lazy("提案和答复都公开了")
    WITHDRAWN = "withdrawn", gettext_lazy("提案人撤回了")


MOVES = {
    (None, State.DRAFT): MEMBERS,
    (State.DRAFT, State.SUBMITTED): MEMBERS,
    (State.DRAFT, State.WITHDRAWN): MEMBERS,
    (State.SUBMITTED, State.DRAFT): OFFICE,  # asked to mend something
    (State.SUBMITTED, State.FILED): OFFICE,
    (State.SUBMITTED, State.NOT_FILED): OFFICE,
    (State.SUBMITTED, State.WITHDRAWN): MEMBERS,
    (State.FILED, State.HANDED): OFFICE,
    (State.HANDED, State.RETURNED): UNITS,
    (State.RETURNED, State.HANDED): OFFICE,
    (State.HANDED, State.REPLIED): UNITS,
    (State.REPLIED, State.HANDED): OFFICE,  # not to the point: reply again
    (State.REPLIED, State.PUBLISHED): OFFICE,
}


class Report(TextChoices):
    """An information report (社情民意信息), the proposal's faster sibling."""

    DRAFT = "draft", gettext_lazy("在写")
    SUBMITTED = "submitted", gettext_lazy("交了，等编辑")
    EDITED = "edited", gettext_lazy("编好了")
    NOT_USED = "not_used", gettext_lazy("没有采用")
    SENT = "sent", gettext_lazy("报上去了")
    ANSWERED = "answered", gettext_lazy("有了回音")


REPORT_MOVES = {
    (None, Report.DRAFT): MEMBERS | OFFICE,
    (Report.DRAFT, Report.SUBMITTED): MEMBERS | OFFICE,
    (Report.SUBMITTED, Report.EDITED): OFFICE,
    (Report.SUBMITTED, Report.NOT_USED): OFFICE,
    (Report.EDITED, Report.NOT_USED): OFFICE,
    (Report.EDITED, Report.SENT): OFFICE,
    (Report.SENT, Report.ANSWERED): OFFICE,
}


class Signing(TextChoices):
    """A co-signer reads the whole text first."""

    ASKED = "asked", gettext_lazy("在看")
    SIGNED = "signed", gettext_lazy("签了")
    DECLINED = "declined", gettext_lazy("不签")
    RECUSED = "recused", gettext_lazy("有利害，回避")


class Look(TextChoices):
    """The three looks of the filing review."""

    WHO = "who", gettext_lazy("看谁提的")
    WHAT = "what", gettext_lazy("看写什么")
    FORM = "form", gettext_lazy("看样子")


class Passing(TextChoices):
    PASS = "pass", gettext_lazy("过")
    MEND = "mend", gettext_lazy("请补一处")
    FAIL = "fail", gettext_lazy("不过")


class Decision(TextChoices):
    FILE = "file", gettext_lazy("立案")
    NOT_FILE = "not_file", gettext_lazy("不立案")
    MEND = "mend", gettext_lazy("请提案人补一处")


class Refusal(TextChoices):
    """The ten cases in which a proposal is not filed (rules of 2011)."""

    SECRET = "secret", gettext_lazy("涉及党和国家秘密")
    FORBIDDEN = "forbidden", gettext_lazy("国家明令禁止")
    PARTY_STAFF = "party_staff", gettext_lazy("党内组织人事")
    OTHER_PARTY = "other_party", gettext_lazy("民主党派内部问题")
    IN_COURT = "in_court", gettext_lazy("已入诉讼、仲裁")
    ACADEMIC = "academic", gettext_lazy("学术研讨")
    PRIVATE = "private", gettext_lazy("本人或亲属个人问题")
    ADVERTISING = "advertising", gettext_lazy("宣传推介作品、产品")
    ACCUSATION = "accusation", gettext_lazy("指名举报")
    EMPTY = "empty", gettext_lazy("空泛，没有具体建议")


class PassedTo(TextChoices):
    """Where a proposal goes on that is not filed: it never just comes back."""

    REPORT = "report", gettext_lazy("社情民意信息")
    LETTER = "letter", gettext_lazy("来信转办")
    TASK = "task", gettext_lazy("直接交办")
    WRITER = "writer", gettext_lazy("退回，改好再交")
    LAW = "law", gettext_lazy("告知走法定的路")


class Part(TextChoices):
    LEAD = "lead", gettext_lazy("主办")
    CO = "co", gettext_lazy("会办")


class ReplyClass(TextChoices):
    A = "A", gettext_lazy("已经解决")
    B = "B", gettext_lazy("列入计划")
    C = "C", gettext_lazy("眼下办不了")


class Rater(TextChoices):
    MEMBER = "member", gettext_lazy("提的人评办理")
    UNIT = "unit", gettext_lazy("承办单位评提案")


TITLE_LENGTH = 120
LOOKING_AGAIN = 2  # so many different people review


def check_text(title, situation, analysis, gains, pays, loses):
    """Raise unless a proposal says what is, why, who gains, who pays and who may lose."""
    needed = (
        ("title", title, _("请写题目：看题目就知道要什么。")),
        ("situation", situation, _("请写情况：看到的、数到的。")),
        ("analysis", analysis, _("请写分析：为什么会这样。")),
        ("gains", gains, _("请写谁得实惠，大约多少人。")),
        ("pays", pays, _("请写钱从哪来；不花钱也请写明。")),
        ("loses", loses, _("请写谁可能吃亏、会添什么麻烦；写“没有”也要说明。")),
    )
    for field, words, sentence in needed:
        if not (words or "").strip():
            raise Incomplete(sentence, field)


def check_clause(doer, act, due_on, measure, position):
    """Raise unless one recommendation names doer, act, date and measure."""
    for field, value in (("doer", doer), ("act", act), ("due_on", due_on), ("measure", measure)):
        if not value:
            raise Incomplete(
                _("第 %(n)s 条建议要写清谁来做、做什么、什么时候、怎样算成。") % {"n": position},
                f"clause-{position}-{field}",
            )


def check_links(linked, none_why):
    """Raise unless a proposal links to what people said, or says why it links to nothing."""
    if not linked and not (none_why or "").strip():
        raise Incomplete(_("请连上一件事或一次调研；没有的，写明为什么。"), "no_link_why")


def check_refusal(case, why, passed_to, where):
    """Raise unless “not filed” names one of the ten cases, a reason and where it goes on."""
    if case not in Refusal.values:
        raise Incomplete(_("不立案要说是十种情形里的哪一种。"), "case")
    if not (why or "").strip():
        raise Incomplete(_("请写给提案人的话：为什么不立案。"), "why")
    if passed_to not in PassedTo.values or not (where or "").strip():
        raise Incomplete(_("不能退了就完：请写转到哪儿、谁接着管。"), "passed_to")


def check_answer(letter, words, proof, promised_on, promise, blocked_by, can_do, today, position):
    """Raise unless one clause is answered as its class demands."""
    n = {"n": position}
    if letter not in ReplyClass.values:
        raise Incomplete(_("第 %(n)s 条还没有归 A、B、C 哪一类。") % n, f"class-{position}")
    if not (words or "").strip():
        raise Incomplete(_("第 %(n)s 条还没有答。") % n, f"words-{position}")
    if letter == ReplyClass.A and not (proof or "").strip():
        raise Incomplete(_("第 %(n)s 条写了已经解决，请写拿什么证明。") % n, f"proof-{position}")
    if letter == ReplyClass.B:
        if promised_on is None or promised_on <= today:
            raise Incomplete(
                _("第 %(n)s 条列入计划，请写答应到哪一天，要在今天以后。") % n,
                f"promised_on-{position}",
            )
        if not (promise or "").strip():
            raise Incomplete(_("第 %(n)s 条请写到时候拿什么算数。") % n, f"promise-{position}")
    if letter == ReplyClass.C and not ((blocked_by or "").strip() and (can_do or "").strip()):
        raise Incomplete(
            _("第 %(n)s 条眼下办不了：请写卡在哪、谁能定，以及您能先做什么。") % n,
            f"blocked_by-{position}",
        )


def overall(letters):
    """The class of a whole reply: A only if every clause is A, C only if every clause is C."""
    found = set(letters)
    if found == {ReplyClass.A}:
        return ReplyClass.A
    return ReplyClass.C if found == {ReplyClass.C} else ReplyClass.B


OUT = (State.FILED, State.HANDED, State.RETURNED, State.REPLIED, State.PUBLISHED)
ANSWERED = (State.REPLIED, State.PUBLISHED)
WITH_UNIT = (State.HANDED, State.RETURNED, State.REPLIED, State.PUBLISHED)
# Only these cases say nothing of a secret, a person or a quarrel: their title may be shown.
OPEN_REFUSALS = (Refusal.EMPTY, Refusal.ACADEMIC, Refusal.ADVERTISING)

# What one side is asked about the other, each yes, partly or no with a sentence. No points.
QUESTIONS = {
    Rater.MEMBER: {
        "met": gettext_lazy("见了面"),
        "to_the_point": gettext_lazy("答得对题"),
        "result": gettext_lazy("结果"),
    },
    Rater.UNIT: {
        "accurate": gettext_lazy("情况准"),
        "doable": gettext_lazy("办得了"),
        "detailed": gettext_lazy("够细"),
    },
}
LAST_WORDS = {
    Rater.MEMBER: gettext_lazy("要不要重办"),
    Rater.UNIT: gettext_lazy("下回希望"),
}


class How(TextChoices):
    YES = "yes", gettext_lazy("是")
    PART = "part", gettext_lazy("一半")
    NO = "no", gettext_lazy("不是")


def check_review(looks, decision, why):
    """Raise unless all three looks were taken and fit the decision."""
    for look in Look:
        if looks.get(look) not in Passing.values:
            raise Incomplete(
                _("“%(look)s”还没有勾：过、请补一处，还是不过。") % {"look": look.label},
                f"look-{look}",
            )
    if decision not in Decision.values:
        raise Incomplete(_("请定：立案、不立案，还是请提案人补一处。"), "decision")
    found = {looks[look] for look in Look}
    if decision == Decision.FILE and found != {Passing.PASS}:
        raise Incomplete(_("三看都过了才能立案。"), "decision")
    if decision == Decision.MEND and Passing.MEND not in found:
        raise Incomplete(_("请在三看里勾出哪一处要补。"), "decision")
    if decision == Decision.NOT_FILE and Passing.FAIL not in found:
        raise Incomplete(_("不立案，要在三看里勾出哪一看不过。"), "decision")
    if decision == Decision.MEND and not (why or "").strip():
        raise Incomplete(_("请写清要提案人补什么。"), "why")


def settled(decisions):
    """The decision that two different reviewers share, or None while they differ."""
    return next((one for one in decisions if decisions.count(one) >= LOOKING_AGAIN), None)


def check_rating(side, answers, words):
    """Raise unless every question has an answer and a sentence."""
    for key, label in QUESTIONS[side].items():
        how, sentence = answers.get(key, ("", ""))
        if how not in How.values:
            raise Incomplete(_("“%(what)s”还没有勾。") % {"what": label}, f"how-{key}")
        if not (sentence or "").strip():
            raise Incomplete(_("“%(what)s”请写一句，说具体的。") % {"what": label}, f"say-{key}")
    if not (words or "").strip():
        raise Incomplete(_("“%(what)s”请写一句。") % {"what": LAST_WORDS[side]}, "words")


def is_open(sides, feedback_by, today):
    """Whether ratings are open to read: both sides wrote, or the days for writing are over."""
    return {Rater.MEMBER, Rater.UNIT} <= set(sides) or today > feedback_by


def check_report(title, text):
    """Raise unless an information report has a title and words."""
    if not (title or "").strip():
        raise Incomplete(_("请写题目。"), "title")
    if not (text or "").strip():
        raise Incomplete(_("请写内容：什么情况、为什么、建议怎么办。"), "text")
