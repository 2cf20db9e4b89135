"""The verbs that hand a matter over: hand over, accept, give back, take back, hand over again.

A task is a matter in the hands of one unit. Every verb tells the matter's own timeline, so that
those who spoke and everybody else read who has it, until when, and why it came back.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.people.models import Unit
from biaochi.task.models import Helper, Item, Task
from biaochi.task.rules import (
    AT_WORK,
    MOVES,
    Source,
    State,
    check_items,
    check_return,
    check_what,
)
from biaochi.task.sources import check_source
from biaochi.task.telling import check_own, locked, public, tell
from biaochi.voice.models import Matter
from biaochi.voice.rules import EventKind, MatterState, Urgency


@transaction.atomic
def hand_over(
    *,
    matter,
    unit,
    what,
    by,
    now,
    why="",
    due=None,
    items=None,
    helpers=(),
    source=Source.MATTER,
    clause=None,
    point=None,
):
    """Hand a matter to a unit. Its clocks come from the everyday profile, in working days.

    :param due: the last day (a date), if the office sets another one than the profile's
    :param items: ``[(act, measure)]``, the clauses; without any, ``what`` is the one clause
    :param helpers: co-units, which give their opinion to this one
    :param clause: the clause of a reply, or ``point`` of a session, that the task comes from
    :raises NotYours: anybody but staff
    :raises NotNow: the matter is merged or dissolved, or this unit already has it
    :raises Incomplete: no unit, nothing said about what is to be done, or a day that is over
    """
    check_move(MOVES, None, State.HANDED, by.roles)
    matter = _locked_matter(matter)
    unit = _open_unit(unit)
    task = Task(matter=matter, handed_at=now, source=source, clause=clause, point=point)
    check_source(task)
    _check_once(task, unit)
    _fill(task, unit=unit, what=what, why=why, due=due, now=now)
    task.save()
    _write_items(task, items)
    _ask_helpers(task, helpers, now)
    record(by=by, verb="hand over", thing=task, at=now, after=State.HANDED, note=why)
    _tell_handed(task, by, now)
    return task


@transaction.atomic
def hand_over_all(*, items, by, now):
    """Hand over several matters in one deed, all or none.

    :param items: a list of the keyword arguments of :func:`hand_over`
    """
    if not items:
        raise Incomplete(_("请先勾选要交办的事。"), "matter")
    return [_hand_over_named(item, by, now) for item in items]


@transaction.atomic
def accept(*, task, first_act, by, now):
    """A unit takes a task on and says what it does first.

    :raises NotYours: another unit, or nobody of a unit
    :raises Incomplete: no first step
    """
    task = locked(task)
    check_own(task, by)
    check_move(MOVES, State(task.state), State.ACCEPTED, by.roles)
    if not (first_act or "").strip():
        raise Incomplete(_("请写一句先做哪一步，提的人会看到。"), "first_act")
    before, task.state = task.state, State.ACCEPTED
    task.accepted_at, task.first_act = now, public(first_act, 200)
    task.save(update_fields=["state", "accepted_at", "first_act"])
    record(by=by, verb="accept task", thing=task, at=now, before=before, after=task.state)
    params = {
        "unit": task.unit.name,
        "first_act": task.first_act,
        "due_on": task.due_on.isoformat(),
    }
    tell(task, EventKind.ACCEPTED, params, by, now)
    return task


@transaction.atomic
def give_back(*, task, reason, words, by, now, suggested_unit=""):
    """A unit returns a task to the office, with a listed reason and a sentence that is public.

    :raises NotNow: it was accepted already, or the last day for returning is over
    """
    task = locked(task)
    check_own(task, by)
    check_move(MOVES, State(task.state), State.RETURNED, by.roles)
    check_return(reason, words)
    if local_day(now) > task.return_by:
        raise NotNow(
            _("退回的最后一天是%(month)s月%(day)s日，已经过了。请收下，办不动的写明难处。")
            % {"month": task.return_by.month, "day": task.return_by.day}
        )
    before, task.state = task.state, State.RETURNED
    task.return_reason, task.return_words = reason, public(words)
    task.suggested_unit = public(suggested_unit, 60)
    task.save(update_fields=["state", "return_reason", "return_words", "suggested_unit"])
    record(by=by, verb="return task", thing=task, at=now, before=before, after=task.state)
    params = {
        "unit": task.unit.name,
        "reason": reason,
        "why": task.return_words,
        "suggested": task.suggested_unit,
    }
    tell(task, EventKind.RETURNED, params, by, now)
    return task


@transaction.atomic
def recall(*, task, why, by, now):
    """The office takes a task back, with a reason that is public.

    :raises NotYours: anybody but staff
    """
    task = locked(task)
    check_move(MOVES, State(task.state), State.RECALLED, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么收回，单位和提的人会看到。"), "why")
    before, task.state = task.state, State.RECALLED
    task.save(update_fields=["state"])
    record(by=by, verb="recall task", thing=task, at=now, before=before, after=task.state, note=why)
    tell(task, EventKind.RECALLED, {"unit": task.unit.name, "why": why.strip()[:300]}, by, now)
    return task


@transaction.atomic
def hand_over_again(*, task, unit, what, by, now, why="", due=None, items=None, helpers=()):
    """Send a returned task on, to the same or to another unit. All its clocks begin anew.

    What the first unit wrote stays in the matter's timeline.
    """
    task = locked(task)
    check_move(MOVES, State(task.state), State.HANDED, by.roles)
    unit = _open_unit(unit)
    _check_once(task, unit)
    _locked_matter(task.matter)
    before, task.state = task.state, State.HANDED
    task.handed_at, task.accepted_at, task.first_act = now, None, ""
    task.return_reason = task.return_words = task.suggested_unit = ""
    _fill(task, unit=unit, what=what, why=why, due=due, now=now)
    task.save()
    if items or task.items.count() < 2:
        _write_items(task, items)
    task.helpers.filter(unit=unit).delete()
    _ask_helpers(task, helpers, now)
    record(
        by=by,
        verb="hand over again",
        thing=task,
        at=now,
        before=before,
        after=task.state,
        note=why,
    )
    _tell_handed(task, by, now)
    return task


def clocks_of(matter, *, now, due=None):
    """The days of a task handed over now: ``(accept_by, return_by, due_on)``.

    An urgent matter runs on the urgent clock. Nothing may be returned after it is due.
    """
    name = "urgent_handled" if matter.urgency == Urgency.URGENT else "handled"
    last = due or due_on(now, span(name))
    accept_by, return_by = (due_on(now, span(key)) for key in ("unit_accepts", "unit_returns"))
    return min(accept_by, last), min(return_by, last), last


def _hand_over_named(item, by, now):
    """Hand one of several over; a refusal says which one it was."""
    title = item["matter"].title
    try:
        return hand_over(**item, by=by, now=now)
    except Incomplete as wrong:
        raise Incomplete(_("“%(title)s”：%(why)s") % {"title": title, "why": wrong}) from None
    except NotNow as wrong:
        raise NotNow(_("“%(title)s”：%(why)s") % {"title": title, "why": wrong}) from None


def _fill(task, *, unit, what, why, due, now):
    check_what(what)
    if due is not None and due <= local_day(now):
        raise Incomplete(_("期限要在今天以后。"), "due")
    task.unit, task.what, task.why = unit, what.strip(), (why or "").strip()[:300]
    task.accept_by, task.return_by, task.due_on = clocks_of(task.matter, now=now, due=due)


def _check_once(task, unit):
    """Raise if a unit would get the same matter, clause or point twice."""
    others = Task.objects.filter(state__in=AT_WORK).exclude(pk=task.pk)
    if task.clause_id is not None:
        others = others.filter(clause=task.clause_id)
    elif task.point_id is not None:
        others = others.filter(point=task.point_id)
    else:
        others = others.filter(matter=task.matter_id, clause=None, point=None)
    if others.filter(unit=unit).exists():
        raise NotNow(_("这件事已经在%(unit)s手上了。") % {"unit": unit.name})


def _write_items(task, items):
    items = list(items or [(task.what, "")])
    check_items(items)
    task.items.all().delete()
    Item.objects.bulk_create(
        Item(task=task, position=position, act=act.strip(), measure=(measure or "").strip())
        for position, (act, measure) in enumerate(items, 1)
    )


def _ask_helpers(task, helpers, now):
    last = min(due_on(now, span("co_unit_opinion")), task.due_on)
    for unit in helpers:
        if unit.pk == task.unit_id:
            raise Incomplete(_("主办单位不能再当会办单位。"), "helpers")
        helper, new = Helper.objects.get_or_create(
            task=task, unit=_open_unit(unit), defaults={"asked_at": now, "due_on": last}
        )
        if not new and helper.opinion_at is None:
            helper.asked_at, helper.due_on = now, last
            helper.save(update_fields=["asked_at", "due_on"])


def _locked_matter(matter):
    matter = Matter.objects.select_for_update().get(pk=matter.pk)
    if matter.state != MatterState.OPEN:
        raise NotNow(_("这件事已经并到别的事里，或者拆散了，不能交办。"))
    return matter


def _open_unit(unit):
    found = Unit.objects.filter(pk=unit.pk, active=True).first() if unit else None
    if found is None:
        raise Incomplete(_("请选一个承办单位。"), "unit")
    return found


def _tell_handed(task, by, now):
    params = {
        "unit": task.unit.name,
        "what": task.what,
        "why": task.why,
        "due_on": task.due_on.isoformat(),
    }
    helpers = list(task.helpers.values_list("unit__name", flat=True))
    if helpers:
        params["helpers"] = helpers
    if task.items.count() > 1:
        params["items"] = task.items.count()
    tell(task, EventKind.HANDED, params, by, now)
