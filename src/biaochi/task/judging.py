"""The verbs that later stages call: the office checks a claim, those who spoke judge the work.

A unit has no verb here. Each is one move of the table, told in the matter's timeline.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.task.rules import LEAST_AFTER_SENT_BACK, MOVES, State
from biaochi.task.telling import locked, tell_stage
from biaochi.voice.rules import Urgency

WHY_LENGTH = 300


@transaction.atomic
def pass_check(*, task, by, now):
    """The office has looked: the claim is true. Now those who spoke are asked.

    :raises NotYours: anybody but staff
    :raises NotNow: nothing is claimed
    """
    task = locked(task)
    _move(task, State.CHECKED, by, now, verb="pass check")
    task.check_by = None
    task.save(update_fields=["state", "check_by"])
    tell_stage(task, "check passed", by, now)
    return task


@transaction.atomic
def send_back(*, task, why, by, now):
    """The office has looked: it is not as claimed. The unit works on, with the old last day.

    At least five working days are left, so that nobody is late by the check alone.
    """
    task = locked(task)
    if not by.has(Role.STAFF):  # the same move is open to units that take their claim back
        raise NotYours(_("只有办公室工作人员能把核查不符的退回去。"))
    why = _reason(why)
    _move(task, State.ACCEPTED, by, now, verb="send back claim", note=why)
    task.due_on = max(task.due_on, calendar().after(local_day(now), LEAST_AFTER_SENT_BACK))
    task.claimed_at = task.check_by = None
    task.save(update_fields=["state", "due_on", "claimed_at", "check_by"])
    tell_stage(task, "claim sent back", by, now, why=why, due_on=task.due_on.isoformat())
    return task


@transaction.atomic
def confirm(*, task, by, now):
    """Those who spoke say that it is solved."""
    task = locked(task)
    _move(task, State.CONFIRMED, by, now, verb="confirm task")
    task.confirmed_at = now
    task.save(update_fields=["state", "confirmed_at"])
    tell_stage(task, "confirmed", by, now)
    return task


@transaction.atomic
def reopen(*, task, why, by, now):
    """Those who spoke say that it is not solved: the unit has it again, with new days.

    :param why: facts in words, without persons; the unit and everybody read them
    """
    task = locked(task)
    why = _reason(why)
    _move(task, State.ACCEPTED, by, now, verb="reopen task", note=why)
    urgent = task.matter.urgency == Urgency.URGENT
    task.due_on = due_on(now, span("urgent_handled" if urgent else "handled"))
    task.reopened_at, task.reopened_count = now, task.reopened_count + 1
    task.claimed_at = task.check_by = task.confirmed_at = None
    task.save(
        update_fields=[
            "state",
            "due_on",
            "reopened_at",
            "reopened_count",
            "claimed_at",
            "check_by",
            "confirmed_at",
        ]
    )
    tell_stage(task, "reopened", by, now, why=why, due_on=task.due_on.isoformat())
    return task


@transaction.atomic
def not_reached(*, task, by, now):
    """The time for answering is over and too few answered. That is not a yes."""
    task = locked(task)
    _move(task, State.UNREACHED, by, now, verb="reach nobody")
    task.save(update_fields=["state"])
    tell_stage(task, "nobody reached", by, now)
    return task


def _move(task, after, by, now, *, verb, note=""):
    check_move(MOVES, State(task.state), after, by.roles)
    before, task.state = task.state, after
    record(by=by, verb=verb, thing=task, at=now, before=before, after=after, note=note)


def _reason(why):
    why = (why or "").strip()[:WHY_LENGTH]
    if not why:
        raise Incomplete(_("请写一句为什么，单位和提的人会看到。"), "why")
    return why
