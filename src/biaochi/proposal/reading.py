"""What the pages of one proposal show: its days, its checks, its ratings, what changed."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.clock import calendar, local_day
from biaochi.core.profiles import number, profile, span
from biaochi.proposal.drafting import CLAUSE_TEXTS, PROFILE, TEXTS, last_moment, text_of
from biaochi.proposal.filing import reviews_of
from biaochi.proposal.models import Handling, Proposal
from biaochi.proposal.rules import ANSWERED, OUT, Part, Rater, State, is_open
from biaochi.proposal.vague import phrases_in
from biaochi.study.models import Study
from biaochi.study.rules import State as StudyState
from biaochi.voice.analysis import cover
from biaochi.voice.matters.queries import find_matters
from biaochi.voice.models import Matter
from biaochi.voice.rules import MatterState

HANDLINGS = Prefetch("handlings", Handling.objects.select_related("unit"))
SOON = 5  # working days that make a clock yellow
PARTS = {
    "title": gettext_lazy("题目"),
    "situation": gettext_lazy("情况"),
    "analysis": gettext_lazy("分析"),
    "gains": gettext_lazy("谁得实惠"),
    "gains_when": gettext_lazy("什么时候能感到"),
    "pays": gettext_lazy("钱从哪来"),
    "loses": gettext_lazy("谁可能吃亏"),
    "no_link_why": gettext_lazy("没有连上谁的话，为什么"),
    "clauses": gettext_lazy("建议"),
    "matters": gettext_lazy("从谁的话来"),
    "studies": gettext_lazy("从哪次调研来"),
}


@dataclass(frozen=True)
class Clock:
    """Where a proposal stands on its ruler of working days, from handing over to the reply."""

    total: int
    day: int
    left: int
    marks: tuple
    return_left: int
    state: str  # "stop" late, "slow" soon, "" otherwise


@dataclass(frozen=True)
class Answer:
    """One recommendation with its reply, as everybody may read it."""

    position: int
    doer: str
    act: str
    due_on: object
    measure: str
    letter: str
    answer: str
    proof: str
    promised_on: object
    promise: str
    blocked_by: str
    can_do: str
    accepted: object
    pk: int


def clock_of(proposal, today):
    """The ruler of a proposal that was handed over. It stops at the day of the reply."""
    days, start = calendar(), local_day(proposal.handed_at)
    today = local_day(proposal.replied_at) if proposal.replied_at else today
    left = days.between(today, proposal.reply_by)
    return Clock(
        total=max(days.between(start, proposal.reply_by), 1),
        day=max(days.between(start, today), 0),
        left=left,
        marks=(
            days.between(start, proposal.return_by),
            days.between(start, proposal.contact_by),
        ),
        return_left=days.between(today, proposal.return_by),
        state="stop" if today > proposal.reply_by else "slow" if left <= SOON else "",
    )


def working_days_left(today, day):
    """Working days until a day; negative once it is over."""
    return calendar().between(today, day)


def key_days(proposal):
    """Whether the reply came late, and until when the writer may take the text back."""
    replied = proposal.replied_at and local_day(proposal.replied_at)
    back = None
    if proposal.state == State.SUBMITTED:
        back = last_moment(proposal.submitted_at, span("take_back", PROFILE))
    return {"late": bool(replied and replied > proposal.reply_by), "take_back_until": back}


def letters_of(proposal):
    """How many clauses were answered in which class; all zero before there is a reply."""
    letters = [one.letter for one in proposal.clauses.all() if proposal.state in ANSWERED]
    return {letter: letters.count(letter) for letter in ("A", "B", "C")}


def covered(proposal, *, everything=False):
    """The words of a proposal for everybody: what leads to a person is covered.

    :param everything: also situation, analysis and the words of the answers
    """
    open_now = everything or proposal.state == State.PUBLISHED
    answered = everything or proposal.state in ANSWERED
    return {
        "open": open_now,
        **{
            name: seen(getattr(proposal, name)) for name in ("gains", "gains_when", "pays", "loses")
        },
        "situation": seen(proposal.situation) if open_now else "",
        "analysis": seen(proposal.analysis) if open_now else "",
        "no_link_why": seen(proposal.no_link_why),
        "clauses": [_answer(clause, open_now, answered) for clause in proposal.clauses.all()],
    }


def seen(text):
    """A text as others see it."""
    return cover(text).text


def take_back_words():
    """Until when a submission may be taken back, as words."""
    length = span("take_back", PROFILE)
    words = {
        "h": _("递交后 %(n)s 小时内可以撤回"),
        "d": _("递交后 %(n)s 天内可以撤回"),
        "wd": _("递交后 %(n)s 个工作日内可以撤回"),
        "m": _("递交后 %(n)s 个月内可以撤回"),
    }
    return words[length.unit] % {"n": length.amount}


def readiness(proposal):
    """What to look at before submitting: ``[(lamp, title, words)]``. It only reminds."""
    found = []
    lacking = [one.position for one in proposal.clauses.all() if not _is_whole(one)]
    if not proposal.clauses.all():
        found.append(("slow", _("还没有建议"), _("至少写一条")))
    elif lacking:
        where = _("、").join(str(position) for position in lacking)
        found.append(
            ("slow", _("第 %(n)s 条还缺") % {"n": where}, _("谁来做、做什么、什么时候、怎样算成"))
        )
    else:
        found.append(("go", _("每条都有人、有事、有日子"), ""))
    linked = proposal.matters.exists() or proposal.studies.exists()
    if linked:
        found.append(("go", _("连着大家说的事或调研"), ""))
    else:
        found.append(("slow", _("还没连上谁的话"), _("连上一件，或写明为什么没有")))
    if proposal.gains and proposal.pays and proposal.loses:
        found.append(("go", _("实惠账写了"), ""))
    else:
        found.append(("slow", _("实惠账没写全"), _("谁得、谁出钱、谁可能吃亏")))
    return [*found, *_about_words(proposal)]


def words_of(proposal):
    """How long the text is, in characters."""
    text = text_of(proposal)
    clauses = sum(len(clause[name]) for clause in text["clauses"] for name in CLAUSE_TEXTS)
    return sum(len(text[name]) for name in TEXTS) + clauses


def similar(proposal):
    """Other proposals on the same matters, with what became of them."""
    matters = proposal.matters.all()
    found = Proposal.objects.filter(state__in=OUT, matters__in=matters).exclude(pk=proposal.pk)
    return list(found.distinct().prefetch_related("clauses").order_by("-decided_at")[:8])


def found_links(words):
    """Matters and reported studies to link to, by number or words of the title."""
    words = (words or "").strip()[:60]
    if not words:
        return [], []
    studies = Study.objects.filter(state=StudyState.REPORTED, title__icontains=words)
    return find_matters(words), list(studies[:8])


def links_of(matters, studies):
    """The open matters and reported studies of these keys; keys of others lead nowhere."""
    return (
        list(Matter.objects.filter(pk__in=matters).exclude(state=MatterState.DISSOLVED)),
        list(Study.objects.filter(pk__in=studies, state=StudyState.REPORTED)),
    )


def ratings_of(proposal, today):
    """The ratings of the reply that stands: what may be read, who has written, until when."""
    reply = proposal.replies.last()
    if reply is None or proposal.feedback_by is None:
        return {"open": False, "sides": {}, "written": set(), "until": None}
    rows = {row.side: row for row in reply.ratings.all()}
    opened = is_open(rows, proposal.feedback_by, today)
    return {
        "open": opened,
        "sides": rows if opened else {},
        "written": set(rows),
        "until": proposal.feedback_by,
        "may_write": today <= proposal.feedback_by,
        "all_sides": list(Rater),
    }


def reviewed(proposal, actor):
    """The reviews of the text that stands. A first review stays closed to who reviews next."""
    rows = list(reviews_of(proposal).select_related("by"))
    mine = any(row.by_id == actor.account for row in rows)
    undecided = proposal.state == State.SUBMITTED
    differ = len({row.decision for row in rows}) > 1
    return {
        "rows": rows,
        "mine": mine,
        "differ": differ,
        "open": differ or mine or not undecided,
    }


def compare(proposal, number_):
    """What one version changed: ``[(part, before, after)]``, or None if there is no such version."""
    kept = {version.number: version for version in proposal.versions.all()}
    if number_ not in kept:
        return None
    now, then = kept[number_].text, kept[number_ - 1].text if number_ - 1 in kept else {}
    return [
        (str(label), _as_words(name, then.get(name)), _as_words(name, now.get(name)))
        for name, label in PARTS.items()
        if now.get(name) != then.get(name) and (now.get(name) or then.get(name))
    ]


def changed_words(version):
    """What a version changed, as words: 情况、建议."""
    return _("、").join(str(PARTS[name]) for name in version.note.split(",") if name in PARTS)


def units_of(proposal):
    """Lead and co-units: ``(lead or None, [co])``, each a handling with its unit."""
    prefetch_related_objects([proposal], HANDLINGS)
    rows = list(proposal.handlings.all())
    lead = next((row for row in rows if row.part == Part.LEAD), None)
    return lead, [row for row in rows if row.part == Part.CO]


def draft_of(proposal):
    """The text of a draft as a form shows it."""
    return text_of(proposal)


def classes_of(name):
    """A list of classes of the profile, such as the categories."""
    return profile(PROFILE)["classes"][name]


def _answer(clause, open_now, answered):
    given = {
        name: getattr(clause, name)
        for name in ("position", "doer", "act", "due_on", "measure", "pk")
    }
    texts = ("proof", "promise", "blocked_by", "can_do")
    return Answer(
        **given,
        letter=clause.letter if answered else "",
        answer=seen(clause.answer) if open_now else "",
        promised_on=clause.promised_on if answered else None,
        accepted=clause.accepted if answered else None,
        **{name: seen(getattr(clause, name)) if answered else "" for name in texts},
    )


def _is_whole(clause):
    return all((clause.doer, clause.act, clause.due_on, clause.measure))


def _about_words(proposal):
    long, most = words_of(proposal), number("proposal_words", PROFILE)
    if long > most:
        yield "slow", _("%(n)s 字，有点长") % {"n": long}, _("建议不超过 %(n)s 字") % {"n": most}
    text = f"{proposal.situation}\n{proposal.analysis}"
    if cover(text).kinds:
        yield "slow", _("文字里像是有人名或联系方式"), _("公开时会盖住；最好先改掉")
    hollow = phrases_in("\n".join([text, *(one.act for one in proposal.clauses.all())]))
    if hollow:
        yield "slow", _("“%(words)s”看不出要做什么") % {"words": hollow[0]}, _("写人、写日子、写数")


def _as_words(name, value):
    if not value:
        return _("（空）")
    if name == "clauses":
        return "\n".join(
            f"{n}. {one['doer']}：{one['act']}（{one['due_on']}，{one['measure']}）"
            for n, one in enumerate(value, 1)
        )
    if name == "matters":
        return "\n".join(Matter.objects.filter(pk__in=value).values_list("title", flat=True))
    if name == "studies":
        return "\n".join(Study.objects.filter(pk__in=value).values_list("title", flat=True))
    return value
