"""The readers of tasks. A unit finds its own tasks only, and never who spoke."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, local_day
from biaochi.task.analysis import read_claim, read_progress, read_request, read_return
from biaochi.task.finding import (
    claims,
    exhibit_of,
    get,
    help_of,
    helps,
    open_request,
    request_of,
    requests,
    standing_claim,
    visible_to,
)
from biaochi.task.models import Task
from biaochi.task.rules import LIVE, State
from biaochi.task.shown import OnMatter, TaskOnMatter, of_matter, tasks_of
from biaochi.task.waits import waiting

__all__ = [
    "OnMatter",
    "TaskOnMatter",
    "claims",
    "clock_of",
    "coming_days",
    "exhibit_of",
    "get",
    "help_of",
    "helps",
    "inbox",
    "inbox_counts",
    "of_matter",
    "office_counts",
    "open_request",
    "read_claim",
    "read_progress",
    "read_request",
    "read_return",
    "request_of",
    "requests",
    "returned",
    "standing_claim",
    "tasks_of",
    "visible_to",
    "waiting",
]
PAGE = 20
SOON = 5  # working days before the last day from which a task waits to be claimed
TABS = (
    "new",
    "doing",
    "reopened",
    "claim",
    "help",
    "people",
    "confirmed",
    "returned",
    "recalled",
)
OFFICE_TABS = tuple(tab for tab in TABS if tab != "help")
AT_OTHERS = (State.CLAIMED, State.CHECKED, State.UNREACHED)


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


def inbox(actor, tab, today, page=1):
    """One drawer of a unit's inbox, most pressing first: ``(tasks, how many in all)``."""
    tasks = visible_to(actor).filter(_drawers(today)[tab])
    tasks = tasks.order_by("due_on", "-reopened_count", "pk")
    first = (max(page, 1) - 1) * PAGE
    shown = tasks.prefetch_related("items", "helpers__unit")[first : first + PAGE]
    return list(shown), tasks.count()


def inbox_counts(actor, today):
    """How many tasks lie in each drawer, and how many are late: two queries at most."""
    counts = visible_to(actor).aggregate(
        **{tab: Count("pk", filter=test) for tab, test in _drawers(today).items()},
        overdue=Count("pk", filter=Q(state__in=LIVE, due_on__lt=today)),
        unaccepted=Count("pk", filter=Q(state=State.HANDED, accept_by__lt=today)),
        claimed=Count("pk", filter=Q(state=State.CLAIMED)),
    )
    return counts | {"help": helps(actor).count() if actor.has(Role.UNIT) else 0}


def _drawers(today):
    """What lies in each drawer. A task that is worked on may lie in three of them."""
    doing = Q(state=State.ACCEPTED)
    return {
        "new": Q(state=State.HANDED),
        "doing": doing,
        "reopened": doing & Q(reopened_count__gt=0),
        "claim": doing & Q(due_on__lte=calendar().after(today, SOON)),
        "people": Q(state__in=AT_OTHERS),
        "confirmed": Q(state=State.CONFIRMED),
        "returned": Q(state=State.RETURNED),
        "recalled": Q(state=State.RECALLED),
    }


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
    days, start = calendar(), local_day(task.reopened_at or task.handed_at)
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
