"""The readers of tasks. A unit finds its own tasks only, and never who spoke."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, Count, Min, Q, Value, When
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, local_day
from biaochi.core.refusals import NotYours
from biaochi.task.models import Task
from biaochi.task.rules import LIVE, State

PAGE = 20
TABS = ("new", "doing", "returned", "recalled")
STATE_OF = {
    "new": State.HANDED,
    "doing": State.ACCEPTED,
    "returned": State.RETURNED,
    "recalled": State.RECALLED,
}


@dataclass(frozen=True)
class Clock:
    """Where a task stands on its ruler of working days.

    ``day`` counts from the day of handing over (0), ``total`` is the due day on that count,
    ``marks`` are the last days for accepting and for returning; ``left`` is negative once over.
    """

    total: int
    day: int
    left: int
    marks: tuple
    accept_left: int
    return_left: int
    state: str  # "stop" overdue, "slow" three working days or less, "" otherwise


def visible_to(actor):
    """The tasks that a doer may read: a unit its own, the office and the auditor all."""
    tasks = Task.objects.select_related("matter", "unit")
    if actor.has(Role.STAFF, Role.OPERATOR, Role.AUDITOR):
        return tasks
    if actor.has(Role.UNIT) and actor.unit is not None:
        return tasks.filter(unit=actor.unit)
    return tasks.none()


def get(actor, pk):
    """One task.

    :raises NotYours: it is another unit's, or there is none; which of the two is not said
    """
    task = visible_to(actor).filter(pk=pk).first()
    if task is None:
        raise NotYours(_("没有这件，或者不是交给您单位的。"))
    return task


def inbox(actor, tab, page=1):
    """One drawer of a unit's inbox, most pressing first: ``(tasks, how many in all)``."""
    tasks = visible_to(actor).filter(state=STATE_OF[tab]).order_by("due_on", "pk")
    first = (max(page, 1) - 1) * PAGE
    return list(tasks[first : first + PAGE]), tasks.count()


def inbox_counts(actor, today):
    """How many tasks lie in each drawer, and how many are late: one query."""
    return visible_to(actor).aggregate(
        new=Count("pk", filter=Q(state=State.HANDED)),
        doing=Count("pk", filter=Q(state=State.ACCEPTED)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        recalled=Count("pk", filter=Q(state=State.RECALLED)),
        overdue=Count("pk", filter=Q(state__in=LIVE, due_on__lt=today)),
        unaccepted=Count("pk", filter=Q(state=State.HANDED, accept_by__lt=today)),
    )


def coming_days(actor, today, days=14, limit=8):
    """What falls due within the next days: ``[(day, task, what)]``, earliest first.

    ``what`` is ``"accept"``, ``"return"`` or ``"due"``.
    """
    end = today + dt.timedelta(days=days)
    tasks = visible_to(actor).filter(state__in=LIVE)
    found = []
    for task in tasks.filter(Q(due_on__range=(today, end)) | Q(accept_by__range=(today, end))):
        found.append((task.due_on, task, "due"))
        if task.state == State.HANDED:
            found += [(task.accept_by, task, "accept"), (task.return_by, task, "return")]
    inside = [item for item in found if today <= item[0] <= end]
    return sorted(inside, key=lambda item: (item[0], item[1].pk))[:limit]


def clock_of(task, today):
    """Where a task stands today, in working days."""
    days, start = calendar(), local_day(task.handed_at)
    left = days.between(today, task.due_on)
    late = today > task.due_on
    return Clock(
        total=max(days.between(start, task.due_on), 1),
        day=max(days.between(start, today), 0),
        left=left,
        marks=(days.between(start, task.accept_by), days.between(start, task.return_by)),
        accept_left=days.between(today, task.accept_by),
        return_left=days.between(today, task.return_by),
        state="stop" if late else "slow" if left <= 3 else "",
    )


def of_matter(matter):
    """All tasks of a matter, those in hand first: public facts, who has it and until when."""
    return list(
        Task.objects.filter(matter=matter)
        .select_related("unit")
        .order_by(Case(When(state__in=LIVE, then=Value(0)), default=Value(1)), "due_on", "pk")
    )


def returned(limit=20):
    """What units gave back and the office has not sent on yet."""
    return list(Task.objects.filter(state=State.RETURNED).select_related("matter", "unit")[:limit])


def office_counts(today):
    """The office's figures of tasks in one query: late, soon due, not accepted, returned."""
    soon = calendar().after(today, 3)
    return Task.objects.aggregate(
        overdue=Count("pk", filter=Q(state__in=LIVE, due_on__lt=today)),
        soon=Count("pk", filter=Q(state__in=LIVE, due_on__range=(today, soon))),
        unaccepted=Count("pk", filter=Q(state=State.HANDED, accept_by__lt=today)),
        waiting=Count("pk", filter=Q(state=State.HANDED)),
        doing=Count("pk", filter=Q(state=State.ACCEPTED)),
        returned=Count("pk", filter=Q(state=State.RETURNED)),
        earliest=Min("due_on", filter=Q(state__in=LIVE)),
    )
