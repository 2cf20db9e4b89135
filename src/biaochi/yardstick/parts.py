"""What the ratios count, as data: their parts, which of them are done, who has the say.

The parts of a ratio always add up to its denominator. A part that is silent (nobody looked yet,
nobody answered) is never done; how much it could change the ratio is told beside it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Part:
    """``css`` is the colour of the bar; ``kind`` is done, silent, coming (not yet due) or open."""

    key: str
    label: Words
    css: str
    kind: str


@dataclass(frozen=True)
class Rule:
    """One ratio in words: what is divided by what, who says so, what it leaves out."""

    key: str
    title: Words
    question: Words
    unit: Words
    counts: Words
    judge: Words
    how: Words
    source: Words
    divided_by: Words
    left_out: Words
    parts: tuple

    def part(self, key):
        return next((part for part in self.parts if part.key == key), None)


CLAUSE = Rule(
    "clause",
    _("条条落实"),
    _("答应的每一条，做了没有？"),
    _("条"),
    _("提案建议和交办清单里的每一条"),
    _("提案的由提案人认；交办的由办公室一条条对"),
    _(
        "提案里的一条建议：答复说“已经解决”而且提案人认了，或者答应的事兑现了，算做了。交办清单里的一条：核查时对得上，算做了。"
    ),
    _("提案答复、欠账本、核查记录。单位自己报的不算数，要别人核过。"),
    _("期间里交给单位的提案的每一条建议，加上交办的每一条。超期的、没到期的、没答复的都在里面。"),
    _("由提案答复转成的交办不再数一遍；办公室收回的不算。"),
    (
        Part("done", _("做了"), "f-go", "done"),
        Part("waiting", _("报了，等人核"), "f-brand-m", "silent"),
        Part("coming", _("没到期"), "f-slow", "coming"),
        Part("late", _("超期"), "f-stop", "open"),
        Part("not", _("没做成，或眼下办不了"), "f-ink-3", "open"),
    ),
)
LANDED = Rule(
    "landed",
    _("件件落地"),
    _("交办的每一件，现场有没有？"),
    _("件"),
    _("交办的每一件"),
    _("政协办公室，看材料、去现场，报的人不能自己核"),
    _("单位最近一次申报，核查属实，而且没有因为群众说没解决又退回重办，算落地。"),
    _("核查记录：之前什么样、现在什么样、怎么看的。"),
    _("期间里交给单位的每一件。没去看的、超期的、退回的都在里面。"),
    _("办公室收回的不算。"),
    (
        Part("true", _("核查属实"), "f-go", "done"),
        Part("waiting", _("报了，还没去看"), "f-none", "silent"),
        Part("doing", _("在办，没到期"), "f-slow", "coming"),
        Part("late", _("超期"), "f-stop", "open"),
        Part("false", _("报了，对不上"), "f-stop", "open"),
        Part("again", _("群众说没解决，重办"), "f-ink-3", "open"),
        Part("returned", _("单位退回了"), "f-brand-m", "open"),
    ),
)
EFFECT = Rule(
    "effect",
    _("事事见效"),
    _("提的人说，解决了没有？"),
    _("件"),
    _("大家提的、交给单位的每一件事"),
    _("提这件事的人"),
    _(
        "最近一轮验收，回话的人里多数说“解决了”，算见效。“解决了一部分”不算。回访时提的人说又坏了，就不再算。"
    ),
    _("凭查询码、电话、窗口的回话，由政协收。承办单位不经手，也看不到是谁答的。"),
    _("期间里头一回交给单位的每一件事。没问到人的、超期的、还在办的都在里面。"),
    _("并到别的事里的，在那一件里数。"),
    (
        Part("solved", _("解决了"), "f-go", "done"),
        Part("unsolved", _("没解决"), "f-stop", "open"),
        Part("silent", _("没有问到人"), "f-none", "silent"),
        Part("asking", _("正在问"), "f-brand-m", "silent"),
        Part("late", _("超期，没办完"), "f-ink-3", "open"),
        Part("doing", _("在办"), "f-slow", "coming"),
    ),
)
LASTING = Rule(
    "lasting",
    _("过后还管用"),
    _("解决了的事，过些日子再问，还好着吗？"),
    _("次"),
    _("到了日子的每一次回访"),
    _("提这件事的人；没人说坏，也要去问过"),
    _("解决以后 1、3、6、12、36、60 个月各回头问一次。提的人没说又坏了，算还管用。"),
    _("回访的回话。"),
    _("期间里到了日子的每一次回访。没问到人的也在里面。"),
    _("还没到日子的不算。"),
    (
        Part("holds", _("还是好的"), "f-go", "done"),
        Part("broken", _("又坏了"), "f-stop", "open"),
        Part("unreached", _("没有问到人"), "f-none", "silent"),
        Part("asking", _("正在问"), "f-brand-m", "silent"),
    ),
)
RULES = {rule.key: rule for rule in (CLAUSE, LANDED, EFFECT, LASTING)}
THREE = ("clause", "landed", "effect")  # the three completion ratios


def part_of_task(state, due_on, checked, today, *, states, checks):
    """In which part of “landed” a task is.

    :param checked: the state of the check of its latest claim, or None
    :param states: the states of tasks, :param checks: the states of checks
    """
    if state in (states.CHECKED, states.CONFIRMED, states.UNREACHED):
        return "true"
    if state == states.CLAIMED:
        return "waiting"
    if state == states.RETURNED:
        return "returned"
    if due_on < today:
        return "late"
    if checked == checks.FALSE:
        return "false"
    return "again" if checked == checks.TRUE else "doing"


def part_of_item(task_part, match):
    """In which part of “clauses” an item of a task is: ``match`` of the latest look, or None."""
    if task_part == "true":
        return "done" if match == "yes" else "not"
    return {"waiting": "waiting", "late": "late"}.get(task_part, "coming")


def part_of_clause(clause, debt, reply_by, today):
    """In which part a clause of a proposal is. ``debt`` is ``(state, due_on)`` or None."""
    if clause.letter == "C" or (clause.letter == "A" and clause.accepted is False):
        return "not"
    if clause.letter == "A":
        return "done" if clause.accepted else "waiting"
    if clause.letter == "B":
        state, due_on = debt or ("owed", clause.promised_on)
        if state == "kept":
            return "done"
        if state in ("said", "checked"):
            return "waiting"
        return "late" if due_on and due_on < today else "coming"
    return "late" if reply_by and reply_by < today else "coming"


def part_of_matter(verdict, overdue):
    """In which part of “effect” a matter is. ``verdict`` is the state of its latest round or ""."""
    found = {"solved": "solved", "unsolved": "unsolved", "unreached": "silent", "asking": "asking"}
    return found.get(verdict) or ("late" if overdue else "doing")
