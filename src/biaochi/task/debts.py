"""The debt book: every promise of class B is a debt that comes back on its day.

Three hands strike a debt out: the unit says that the promise is kept, the office looks, and the
member who asked agrees. The day that was promised first stays, however often it is put off.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.flow import Step
from biaochi.proposal.models import Clause, Handling
from biaochi.proposal.rules import Part, ReplyClass
from biaochi.proposal.rules import State as ProposalState
from biaochi.task.models import Debt, Postponement
from biaochi.task.rules import DEBT_MOVES, check_put_off, check_said
from biaochi.task.rules import Debt as State
from biaochi.task.telling import public
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import EventKind, MatterState

REPLIED = (ProposalState.REPLIED, ProposalState.PUBLISHED)
WORDS = 300


def book(*, now):
    """Write down every promise of a reply that is not in the book yet; returns how many.

    When the unit replied again with a later day, the debt is put off, and the first day stays.
    """
    promised = Clause.objects.filter(
        letter=ReplyClass.B, proposal__state__in=REPLIED, promised_on__isnull=False
    ).select_related("proposal")
    new = [_booked(clause, now) for clause in promised.filter(debt=None)]
    for debt in Debt.objects.filter(clause__in=promised, state=State.OWED).select_related("clause"):
        if debt.clause.answered_at and debt.clause.answered_at > debt.booked_at:
            _follow_new_reply(debt, now)
    return len([debt for debt in new if debt])


@transaction.atomic
def say_kept(*, debt, words, by, now):
    """The unit says that the promise is kept, and what shows it.

    :raises NotYours: another unit, or nobody of a unit
    """
    debt = _locked(debt)
    _check_own(debt, by)
    before = _moves(debt, State.SAID, by)
    check_said(words)
    debt.said_at, debt.said_words, debt.answer_words = now, public(words, WORDS), ""
    debt.save(update_fields=["state", "said_at", "said_words", "answer_words"])
    record(by=by, verb="say debt kept", thing=debt, at=now, before=before, after=debt.state)
    return debt


@transaction.atomic
def check_kept(*, debt, words, by, now):
    """The office has looked: the promise is kept. Now the member who asked is asked."""
    debt = _locked(debt)
    before = _moves(debt, State.CHECKED, by)
    check_said(words)
    debt.checked_at, debt.answer_words = now, words.strip()[:WORDS]
    debt.save(update_fields=["state", "checked_at", "answer_words"])
    record(
        by=by,
        verb="check debt",
        thing=debt,
        at=now,
        before=before,
        after=debt.state,
        note=debt.answer_words,
    )
    return debt


@transaction.atomic
def refuse_kept(*, debt, why, by, now):
    """The office has looked: it is not kept. The debt stands as before, with why."""
    debt = _locked(debt)
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能核查欠账。"))
    return _stands_again(debt, why, by, now, verb="refuse debt")


@transaction.atomic
def acknowledge(*, debt, by, now, words=""):
    """The member who asked agrees: the promise is kept, and the debt is struck out."""
    debt = _locked(debt)
    _check_asker(debt, by)
    before = _moves(debt, State.KEPT, by)
    debt.kept_at = now
    if (words or "").strip():
        debt.answer_words = words.strip()[:WORDS]
    debt.save(update_fields=["state", "kept_at", "answer_words"])
    record(by=by, verb="acknowledge debt", thing=debt, at=now, before=before, after=debt.state)
    _tell(debt, "debt kept", by, now, late=debt.is_late())
    return debt


@transaction.atomic
def not_kept(*, debt, why, by, now):
    """The member who asked does not agree. The debt stands as before, with why."""
    debt = _locked(debt)
    _check_asker(debt, by)
    return _stands_again(debt, why, by, now, verb="contest debt")


@transaction.atomic
def put_off(*, debt, until, why, by, now):
    """The unit names another day, with a reason that is public. The first day stays.

    Putting off hides nothing: what is past its first day counts as late.

    :raises NotNow: the unit has already said that it is kept
    """
    debt = _locked(debt)
    _check_own(debt, by)
    if debt.state != State.OWED:
        raise NotNow(_("这一笔不是欠着的，不用改日子。"))
    check_put_off(until, why, max(debt.due_on, local_day(now)))
    _postpone(debt, until, public(why, WORDS), by, now)
    return debt


def ask_due(*, now):
    """Ask for every debt whose day comes near, and again and again once it is over.

    Only ``asked_at`` is noted; whoever owes reads it in their inbox. Returns how many.
    """
    near = due_on(now, span("debt_asked_before"))
    today, again = local_day(now), span("debt_asked_again")
    asked = 0
    for debt in Debt.objects.filter(state=State.OWED, due_on__lte=near):
        over = debt.due_on < today
        if debt.asked_at is None or (over and due_on(debt.asked_at, again) <= today):
            asked += _ask(debt, now)
    return asked


@transaction.atomic
def _ask(debt, now):
    debt = _locked(debt)
    if debt.state != State.OWED:
        return 0
    debt.asked_at = now
    debt.save(update_fields=["asked_at"])
    record(by=CLOCK, verb="ask debt", thing=debt, at=now)
    return 1


@transaction.atomic
def _booked(clause, now):
    """One new debt, owed by the unit in the lead; None while a proposal has no lead."""
    lead = Handling.objects.filter(proposal=clause.proposal, part=Part.LEAD).first()
    check_move(DEBT_MOVES, None, State.OWED, CLOCK.roles)
    if lead is None or Debt.objects.filter(clause=clause).exists():
        return None
    debt = Debt.objects.create(
        clause=clause,
        unit=lead.unit,
        booked_at=now,
        first_due_on=clause.promised_on,
        due_on=clause.promised_on,
    )
    record(by=CLOCK, verb="book debt", thing=debt, at=now, after=debt.state)
    _tell(debt, "debt booked", CLOCK, now)
    return debt


@transaction.atomic
def _follow_new_reply(debt, now):
    debt = _locked(debt)
    promised = debt.clause.promised_on
    if debt.state == State.OWED and promised > debt.due_on:
        _postpone(debt, promised, _("单位重新答复时改了日子。"), CLOCK, now)


def _postpone(debt, until, why, by, now):
    Postponement.objects.create(debt=debt, at=now, before=debt.due_on, until=until, why=why)
    before, debt.due_on, debt.asked_at = debt.due_on, until, None
    debt.save(update_fields=["due_on", "asked_at"])
    record(
        by=by,
        verb="put off debt",
        thing=debt,
        at=now,
        before=before.isoformat(),
        after=until.isoformat(),
        note=why,
    )
    _tell(debt, "debt put off", by, now, before=before.isoformat(), why=why)


def _stands_again(debt, why, by, now, *, verb):
    before = _moves(debt, State.OWED, by)
    check_said(why, "why")
    debt.answer_words = why.strip()[:WORDS]
    debt.said_at = debt.checked_at = None
    debt.save(update_fields=["state", "said_at", "checked_at", "answer_words"])
    record(by=by, verb=verb, thing=debt, at=now, before=before, after=debt.state)
    return debt


def _moves(debt, after, by):
    """Check the move and make it; returns the state before."""
    check_move(DEBT_MOVES, State(debt.state), after, by.roles)
    before, debt.state = debt.state, after
    return before


def _locked(debt):
    debts = Debt.objects.select_for_update(of=("self",))
    return debts.select_related("unit", "clause__proposal").get(pk=debt.pk)


def _check_own(debt, by):
    if not by.has(Role.UNIT) or by.unit is None or debt.unit_id != by.unit:
        raise NotYours(_("这一笔不是您单位答应的。"))


def _check_asker(debt, by):
    if not by.has(Role.MEMBER) or by.account is None or debt.clause.proposal.lead_id != by.account:
        raise NotYours(_("这一笔要由提这件提案的委员来认。"))


def _tell(debt, what, by, now, **facts):
    """Write the timeline of every open matter of the proposal."""
    params = {
        "what": what,
        "debt": debt.pk,
        "unit": debt.unit.name,
        "promise": debt.clause.promise,
        "due_on": debt.due_on.isoformat(),
        **facts,
    }
    for matter in debt.clause.proposal.matters.filter(state=MatterState.OPEN):
        matters.reach(
            matter=matter,
            step=Step.PROPOSED,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params=params,
        )
