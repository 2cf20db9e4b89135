"""Where tasks come from besides matters: clauses of replies, and points that were agreed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.core.refusals import NotNow
from biaochi.deliberation.models import Point, Session
from biaochi.deliberation.rules import Outcome
from biaochi.deliberation.rules import State as SessionState
from biaochi.proposal.models import Clause, Handling, Proposal
from biaochi.proposal.rules import Part, ReplyClass
from biaochi.proposal.rules import State as ProposalState
from biaochi.task.models import Task
from biaochi.task.rules import WHAT_LENGTH
from biaochi.voice.models import Matter
from biaochi.voice.rules import MatterState

REPLIED = (ProposalState.REPLIED, ProposalState.PUBLISHED)
TO_DO = (ReplyClass.A, ReplyClass.B)
AGREED = (Outcome.AGREED, Outcome.RESERVED)


@dataclass(frozen=True)
class Line:
    """A clause or a point that can become a task, with what the form holds beforehand."""

    key: int
    title: str
    words: str
    act: str
    measure: str
    due_on: object  # a date or None
    unit: int | None
    tasks: tuple


def proposal_of(pk):
    """A proposal that was replied to, or None."""
    return Proposal.objects.filter(pk=pk, state__in=REPLIED).first()


def session_of(pk):
    """A session whose record was signed, or None."""
    return Session.objects.filter(pk=pk, state=SessionState.SIGNED).first()


def matters_of(source):
    """The open matters of a proposal or a session, for which a task can be handed over."""
    found = list(source.matters.filter(state=MatterState.OPEN))
    if isinstance(source, Session) and source.proposal_id:
        more = source.proposal.matters.filter(state=MatterState.OPEN)
        found += [matter for matter in more if matter not in found]
    return found


def clause_lines(proposal):
    """The clauses of a reply that say that something is or will be done."""
    lead = Handling.objects.filter(proposal=proposal, part=Part.LEAD).first()
    had = _tasks(Task.objects.filter(clause__proposal=proposal), "clause_id")
    return [
        Line(
            key=clause.pk,
            title=clause.act,
            words=clause.answer,
            act=clause.act[:WHAT_LENGTH],
            measure=(clause.promise or clause.measure)[:WHAT_LENGTH],
            due_on=clause.promised_on,
            unit=lead.unit_id if lead else None,
            tasks=tuple(had.get(clause.pk, ())),
        )
        for clause in proposal.clauses.filter(letter__in=TO_DO)
    ]


def point_lines(session):
    """The points of a session that were agreed, with reservations or without."""
    had = _tasks(Task.objects.filter(point__session=session), "point_id")
    return [
        Line(
            key=point.pk,
            title=point.text,
            words=point.doer,
            act=point.text[:WHAT_LENGTH],
            measure=point.measure,
            due_on=point.due_on,
            unit=None,
            tasks=tuple(had.get(point.pk, ())),
        )
        for point in session.points.filter(outcome__in=AGREED)
    ]


def clause(pk):
    return Clause.objects.filter(pk=pk).first()


def point(pk):
    return Point.objects.filter(pk=pk).first()


def check_source(task):
    """Raise unless the clause or the point of a task is settled and belongs to its matter."""
    if task.clause is not None:
        source = task.clause.proposal
        if source.state not in REPLIED or task.clause.letter not in TO_DO:
            raise NotNow(_("这一条还没有答复，或者答复说办不了，不能交办。"))
    elif task.point is not None:
        source = task.point.session
        if source.state != SessionState.SIGNED or task.point.outcome not in AGREED:
            raise NotNow(_("这一条还没有谈拢、签字，不能交办。"))
    else:
        return
    if Matter(pk=task.matter_id) not in matters_of(source):
        raise NotNow(_("这件事和它没有连在一起，请先连上。"))


def _tasks(tasks, key):
    found = {}
    for task in tasks.select_related("unit"):
        found.setdefault(getattr(task, key), []).append(task)
    return found
