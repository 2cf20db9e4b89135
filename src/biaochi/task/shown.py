"""What the public page of a matter shows of tasks and promises."""

from dataclasses import dataclass

from django.db.models import Case, Value, When

from biaochi.flow import Step
from biaochi.task import ledger
from biaochi.task.models import ClaimLine, Task
from biaochi.task.rules import LIVE, UNDER_WAY, State


@dataclass(frozen=True)
class OnMatter:
    """What the public page of a matter shows of tasks: who has it, what is claimed, what is owed."""

    tasks: tuple  # of TaskOnMatter, those in hand first
    debts: tuple  # of ledger.Row
    working: int  # units that have a task in hand, each once


@dataclass(frozen=True)
class TaskOnMatter:
    task: Task
    lines: tuple  # of ClaimLine, of the claim that stands
    late: bool
    lamp: str


def tasks_of(matter):
    """All tasks of a matter, those in hand first: public facts, who has it and until when."""
    return list(
        Task.objects.filter(matter=matter)
        .select_related("unit")
        .order_by(Case(When(state__in=LIVE, then=Value(0)), default=Value(1)), "due_on", "pk")
    )


def of_matter(matter, today=None):
    """What the public page of a matter shows of this stage, or None. No personal data.

    :param today: without it nothing is marked late, and promises are left out
    """
    tasks = tasks_of(matter)
    owed = today is not None and matter.step >= Step.PROPOSED
    debts = ledger.of_matter(matter, today) if owed else ()
    if not tasks and not debts:
        return None
    lines = _lines_of([task for task in tasks if task.claimed_at])
    shown = [_on_matter(task, lines.get(task.pk, ()), today) for task in tasks]
    working = len({task.unit_id for task in tasks if task.state in UNDER_WAY})
    return OnMatter(tuple(shown), debts, working)


def _lines_of(tasks):
    """The lines of the latest standing claim of each task: ``{task: [line]}``, one query."""
    if not tasks:
        return {}
    standing = ClaimLine.objects.filter(claim__task__in=tasks, claim__taken_back_at=None)
    latest, found = {}, {}
    for line in standing.select_related("claim", "item").order_by("-claim__pk", "item__position"):
        key = line.claim.task_id
        if latest.setdefault(key, line.claim_id) == line.claim_id:
            found.setdefault(key, []).append(line)
    return found


def _on_matter(task, lines, today):
    late = today is not None and task.state in LIVE and task.due_on < today
    lamps = {State.ACCEPTED: "go", State.CONFIRMED: "go", State.RETURNED: "stop"}
    lamp = "stop" if late else lamps.get(task.state, "none")
    return TaskOnMatter(task, tuple(lines), late, lamp)
