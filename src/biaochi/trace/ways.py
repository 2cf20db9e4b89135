"""Where a thing came from and where it went on: the next page of the chain, and the one before.

A stage knows what it grew from and never what grew out of it, so its page is handed these links
by ``trace.onward``. Only what this reader may open is here, each with the page that is theirs.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from biaochi.core.actors import RESIDENT, Role
from biaochi.deliberation import queries as deliberation
from biaochi.deliberation.models import Session
from biaochi.evaluation import queries as evaluation
from biaochi.outcome import queries as outcome
from biaochi.outcome.models import Revisit
from biaochi.outcome.rules import CheckState, RevisitState
from biaochi.proposal import queries as proposal
from biaochi.proposal.models import Proposal
from biaochi.proposal.rules import OUT
from biaochi.proposal.rules import State as ProposalState
from biaochi.study import queries as study
from biaochi.task.models import Debt, Task
from biaochi.task.rules import State as TaskState
from biaochi.voice.rules import MatterState

SHOWN = 12  # of each kind; the lists of the stages have all of them
OFFICE = (Role.STAFF, Role.AUDITOR)


@dataclass(frozen=True)
class Link:
    """One thing before or after, its kind, its title, and how far it is."""

    kind: str  # a key of ``NAMES``
    title: str
    state: str
    href: str
    who: str = ""  # the unit that has it

    @property
    def name(self):
        return NAMES[self.kind]()


@dataclass(frozen=True)
class Ways:
    """What came before and what came after, each in the order of the chain."""

    before: tuple = ()
    after: tuple = ()


NAMES = {
    "matter": lambda: _("一件事"),
    "topic": lambda: _("选题"),
    "study": lambda: _("调研"),
    "proposal": lambda: _("一件提案"),
    "report": lambda: _("社情民意信息"),
    "session": lambda: _("一次协商"),
    "task": lambda: _("交办的事"),
    "debt": lambda: _("单位答应的"),
    "check": lambda: _("核证据"),
    "round": lambda: _("群众验收"),
    "revisit": lambda: _("回头看"),
}


def of(kind, thing, actor, *, public=False):
    """Where a thing came from and went, as far as this doer may read: at most four queries.

    :param kind: what the thing is, a key of ``NAMES``
    :param public: the page is everybody's and shows what is before by itself
    """
    return READ[kind](thing, actor, public)


def _of_topic(topic, actor, _public):
    later = {"matters__topics": topic}
    cited = Proposal.objects.filter(studies__topic=topic)
    about = Proposal.objects.filter(**later, begun_at__gte=topic.raised_at)
    held = Session.objects.filter(proposal__studies__topic=topic)
    sat = Session.objects.filter(**later, opened_at__gte=topic.raised_at)
    studies = study.visible_to(actor).filter(topic=topic).order_by("opened_at", "pk")
    return Ways(
        after=(
            *(_study(one, actor) for one in studies[:SHOWN]),
            *_proposals(actor, cited, about),
            *_sessions(actor, held, sat),
        )
    )


def _of_study(one, actor, _public):
    later = {"matters__topics": one.topic_id, "opened_at__gte": one.opened_at}
    held = Session.objects.filter(proposal__studies=one)
    topics = ()
    if actor.has(*OFFICE):  # the pages of the others lead to the public one
        name = one.topic.get_state_display()
        topics = (_step("topic", one.topic.title, name, "desk-topic", one.topic_id),)
    return Ways(
        topics,
        (
            *_proposals(actor, Proposal.objects.filter(studies=one)),
            *_sessions(actor, held, Session.objects.filter(**later)),
        ),
    )


def _of_proposal(one, actor, public):
    before = ()
    if not (public or actor.has(Role.UNIT)):  # these pages show the studies, or do not have them
        studies = study.visible_to(actor).filter(proposals=one).order_by("opened_at", "pk")
        before = tuple(_study(found, actor) for found in studies[:SHOWN])
    if one.state == ProposalState.NOT_FILED:
        return Ways(before, _reports(actor, one))
    after = _sessions(actor, Session.objects.filter(proposal=one))
    if one.replied_at:
        after += (*_tasks(actor, clause__proposal=one), *_debts(actor, clause__proposal=one))
    return Ways(before, after)


def _of_report(report, actor, _public):
    return Ways(_proposals(actor, Proposal.objects.filter(passed_report=report)))


def _of_session(one, actor, _public):
    written = Proposal.objects.filter(matters__sessions=one, begun_at__gte=one.held_at)
    written = written.exclude(pk=one.proposal_id) if one.proposal_id else written
    return Ways(after=(*_proposals(actor, written), *_tasks(actor, point__session=one)))


def _of_task(task, actor, _public):
    found = Task.objects.select_related("clause__proposal", "clause__debt__unit", "point__session")
    source = found.get(pk=task.pk)
    before, after = (), ()
    if source.clause:
        before = _source(actor, source.clause.proposal)
        debt = getattr(source.clause, "debt", None)
        after = (_debt(debt, actor),) if debt else ()
    elif source.point:
        before = (_session(source.point.session, actor),)
    return Ways(before, (*filter(None, after), *_judged(task, actor)))


def _of_debt(debt, actor, public):
    asked = debt.clause.proposal
    matters = asked.matters.filter(_standing()).order_by("pk")[:SHOWN]
    about = tuple(_step("matter", one.title, one.number, "matter", one.pk) for one in matters)
    source = () if public else _source(actor, asked)
    return Ways((*about, *source), _tasks(actor, clause=debt.clause_id))


def _of_check(check, actor, _public):
    return Ways(after=_judged(check.claim.task, actor, checks=False))


def _of_revisit(revisit, actor, _public):
    rounds = evaluation.visible_to(actor).filter(revisit=revisit)
    return Ways(
        _tasks(actor, matter=revisit.matter_id), tuple(_round(one) for one in rounds[:SHOWN])
    )


READ = {
    "topic": _of_topic,
    "study": _of_study,
    "proposal": _of_proposal,
    "report": _of_report,
    "session": _of_session,
    "task": _of_task,
    "debt": _of_debt,
    "check": _of_check,
    "revisit": _of_revisit,
}


def _proposals(actor, *sets):
    """The proposals of some sets that this doer may read, each once."""
    found = proposal.visible_to(actor).filter(_in(sets)).order_by("begun_at", "pk")
    return tuple(_proposal(one, actor) for one in found[:SHOWN])


def _sessions(actor, *sets):
    found = deliberation.visible_to(actor).filter(_in(sets)).order_by("held_at", "pk")
    return tuple(_session(one, actor) for one in found[:SHOWN])


def _standing(of=""):
    """The matters that have a page: open ones that somebody spoke of, and those that lead on."""
    spoken = Q(**{f"{of}state": MatterState.OPEN, f"{of}voice_count__gt": 0})
    return spoken | Q(**{f"{of}state": MatterState.MERGED})


def _in(sets):
    test = Q()
    for one in sets:
        test |= Q(pk__in=one.values("pk"))
    return test


def _reports(actor, one):
    found = proposal.reports_to(actor).filter(pk=one.passed_report_id or 0)
    name = "desk-report" if actor.has(*OFFICE) else "member-report"
    return tuple(
        _step("report", report.title, report.get_state_display(), name, report.pk)
        for report in found
    )


def _tasks(actor, **about):
    """Who has it is public; where the page of its matter does not stand, there is none to open."""
    found = Task.objects.filter(**about).select_related("unit").order_by("handed_at", "pk")
    if not actor.has(*OFFICE):
        found = found.filter(_standing("matter__"))
    return tuple(_task(one, actor) for one in found[:SHOWN])


def _debts(actor, **about):
    found = Debt.objects.filter(**about).select_related("unit", "clause__proposal")
    steps = (_debt(one, actor) for one in found.order_by("clause__position")[:SHOWN])
    return tuple(filter(None, steps))


def _source(actor, asked):
    """The proposal that something came of: the reader's own page of it, else everybody's."""
    if actor.has(*OFFICE):
        return (_proposal(asked, actor),)
    found = _proposals(actor, Proposal.objects.filter(pk=asked.pk))
    return found or ((_proposal(asked, RESIDENT),) if asked.state in OUT else ())


def _judged(task, actor, checks=True):
    """What was found of a claim: checks, what the people said, and looking again."""
    if actor.has(Role.UNIT):
        latest = evaluation.latest_of_task(task)
        words = latest.get_state_display() if latest else ""
        return (_step("round", _("提的人怎么说"), words, "unit-people", task.pk),) if latest else ()
    if not actor.has(*OFFICE) or not task.claimed_at:
        return ()
    found = ()
    if checks:
        looked = outcome.visible_to(actor).filter(claim__task=task)
        looked = looked.exclude(state=CheckState.DROPPED).order_by("opened_at", "pk")
        found = tuple(_check(one) for one in looked[:SHOWN])
    rounds = evaluation.visible_to(actor).filter(tasks=task).order_by("opened_at", "pk")
    found += tuple(_round(one) for one in rounds[:SHOWN])
    if task.state == TaskState.CONFIRMED:
        found += _revisits(task)
    return found


def _revisits(task):
    """Those that were asked about, and the next one."""
    again = Revisit.objects.filter(matter=task.matter_id, since__gte=task.handed_at)
    found = list(again.order_by("due_on", "pk"))
    waiting = [one for one in found if one.state == RevisitState.WAITING]
    return tuple(
        _step(
            "revisit",
            _("满 %(n)s 个月") % {"n": one.months},
            one.get_state_display(),
            "desk-revisit",
            one.pk,
        )
        for one in found
        if one not in waiting[1:]
    )


def _study(one, actor):
    name = "desk-study" if actor.has(*OFFICE, Role.MEMBER) else "study"
    return _step("study", one.title, one.get_state_display(), name, one.pk)


def _proposal(one, actor):
    desks = ((OFFICE, "desk-proposal"), ((Role.MEMBER,), "member-proposal"))
    name = next((name for roles, name in desks if actor.has(*roles)), "proposal")
    name = "unit-proposal" if actor.has(Role.UNIT) else name
    return _step("proposal", one.title, one.get_state_display(), name, one.pk)


def _session(one, actor):
    name = "desk-deliberation" if actor.has(*OFFICE) else "session"
    return _step("session", one.title, one.get_state_display(), name, one.pk)


def _task(one, actor):
    """On the public page of its matter, where the reader has no page of the task itself."""
    name, key = "matter", one.matter_id
    if actor.has(*OFFICE):
        name, key = "desk-task", one.pk
    elif actor.has(Role.UNIT) and one.unit_id == actor.unit:
        name, key = "unit-task", one.pk
    return _step("task", one.what, one.get_state_display(), name, key, one.unit.name)


def _debt(one, actor):
    """A promise with the page that this doer may open, or None while there is none."""
    asked, name = one.clause.proposal, ""
    if actor.has(*OFFICE):
        name = "desk-debt"
    elif actor.has(Role.UNIT) and one.unit_id == actor.unit:
        name = "unit-debt"
    elif actor.has(Role.MEMBER) and asked.lead_id == actor.account:
        name = "member-debt"
    elif asked.state == ProposalState.PUBLISHED:
        name = "debt"
    title = one.clause.promise or one.clause.act
    words = one.get_state_display()
    return _step("debt", title, words, name, one.pk, one.unit.name) if name else None


def _check(one):
    unit = one.claim.task.unit.name
    title = _("%(unit)s的申报") % {"unit": unit}
    return _step("check", title, one.get_state_display(), "desk-check", one.pk)


def _round(one):
    return _step("round", one.matter.title, one.get_state_display(), "desk-round", one.pk)


def _step(kind, title, state, name, key, who=""):
    return Link(kind, title, str(state), reverse(name, args=[key]), who)
