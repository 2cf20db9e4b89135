"""Where a matter stands across the stages: who has it, until when, what comes next."""

from dataclasses import dataclass

from django.db.models import Q

from biaochi.core.clock import calendar
from biaochi.task.models import Task
from biaochi.task.queries import tasks_of
from biaochi.task.rules import LIVE, State

PAGE = 20


@dataclass(frozen=True)
class Hands:
    """In whose hands a matter is."""

    tasks: tuple
    live: tuple
    next_due: object  # the nearest last day of all live tasks, or None
    left: int | None  # working days until then, negative once over
    returned: tuple  # given back and not sent on


def hands(matter, today, tasks=None):
    """Who has a matter now, who gave it back, and the next last day.

    :param tasks: its tasks, where the caller has read them
    """
    tasks = tuple(tasks_of(matter) if tasks is None else tasks)
    live = tuple(task for task in tasks if task.state in LIVE)
    due = min((task.due_on for task in live), default=None)
    left = calendar().between(today, due) if due else None
    returned = tuple(task for task in tasks if task.state == State.RETURNED)
    return Hands(tasks, live, due, left, returned)


def stuck_tasks(today):
    """All that is overdue, not taken on in time, or given back: the longest first."""
    return (
        Task.objects.filter(
            Q(state__in=LIVE, due_on__lt=today)
            | Q(state=State.HANDED, accept_by__lt=today)
            | Q(state=State.RETURNED)
        )
        .select_related("matter", "unit")
        .order_by("due_on", "pk")
    )


def late(today, page=1):
    """One page of what is stuck, and how much it is in all."""
    tasks, first = stuck_tasks(today), (max(page, 1) - 1) * PAGE
    return list(tasks[first : first + PAGE]), tasks.count()
