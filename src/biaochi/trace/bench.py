"""The office's bench: open matters with the task that presses most, sieved and in order."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from biaochi.core import search
from biaochi.core.clock import calendar, due_on, local_day
from biaochi.core.profiles import span
from biaochi.flow import Step
from biaochi.people.models import Area
from biaochi.task.models import Task
from biaochi.task.rules import LIVE
from biaochi.task.rules import State as TaskState
from biaochi.voice.matters.lists import Wanted, narrowed_by_fields, with_quotes
from biaochi.voice.models import Matter, Voice
from biaochi.voice.rules import MatterState, Urgency

PAGE = 12
WORKED_ON = (*LIVE, TaskState.RETURNED)
DUES = ("overdue", "soon", "week", "unaccepted", "returned", "free")


@dataclass(frozen=True)
class Sieve:
    """What the office wants to see. Empty values let everything through."""

    query: str = ""
    step: int | None = None
    area: int | None = None
    category: int | None = None
    group: str = ""
    due: str = ""

    def is_open(self):
        return self == Sieve()


@dataclass(frozen=True)
class Row:
    """A matter on the bench. ``task`` is the live or returned task that presses most, if any."""

    matter: Matter
    quote: str
    task: Task | None
    left: int | None  # working days until the task is due, negative once over
    state: str  # "stop", "slow" or ""
    others: int = 0  # further units that have it
    days_open: int = 0

    @property
    def is_free(self):
        """No unit has had it yet: what was claimed, or what people judge, is not free."""
        return self.task is None and self.matter.step < Step.HANDED

    @property
    def is_said(self):
        """Nothing has begun: neither a topic nor work."""
        return self.is_free and self.matter.step == Step.SAID


@dataclass(frozen=True)
class Waiting:
    """A voice that nobody has read, and the last day for reading it."""

    voice: Voice
    look_by: dt.date
    left: int
    state: str = field(default="")


def rows(sieve, today, page=1, order="pressing"):
    """One page of the bench and how many matters pass in all.

    :param order: "pressing" (urgent, late, given back, soon due, hot) or "people"
    """
    tasks = _tasks_by_matter()
    keys = _passing(sieve, order)
    if sieve.due:
        passes = _test_of(sieve.due, today)
        keys = [key for key in keys if passes(tasks.get(key, ()))]
    if order == "pressing":
        keys = _pressing_first(keys, tasks, today)
    first = (max(page, 1) - 1) * PAGE
    shown = keys[first : first + PAGE]
    found = Matter.objects.in_bulk(shown)
    whole = {}
    for task in Task.objects.filter(matter__in=shown, state__in=WORKED_ON).select_related("unit"):
        whole.setdefault(task.matter_id, []).append(task)
    matters = with_quotes([found[key] for key in shown if key in found])
    return [_row(matter, whole.get(matter.pk, []), today) for matter in matters], len(keys)


def _passing(sieve, order):
    """The keys of the open matters that pass all but the sieve of days, in order."""
    matters = Matter.objects.filter(state=MatterState.OPEN)
    if sieve.due == "free":  # what a unit claimed, or the people judge, is not free either
        matters = matters.filter(step__lt=Step.HANDED)
    if sieve.query.strip():
        found = search.matching(matters, "matter", sieve.query)
        numbered = matters.filter(number__icontains=sieve.query.strip())
        matters = matters.filter(Q(pk__in=found.values("pk")) | Q(pk__in=numbered.values("pk")))
    if sieve.category:
        kind = Q(category=sieve.category) | Q(category__parent=sieve.category)
        matters = matters.filter(kind)
    area = Area.objects.filter(pk=sieve.area).first() if sieve.area else None
    wanted = Wanted(step=sieve.step, group=sieve.group, area_name=area.name if area else "")
    matters = narrowed_by_fields(matters, wanted, None)
    by = "-people_count" if order == "people" else "-heat_log"
    return list(matters.order_by(by, "pk").values_list("pk", flat=True))


def _urgent():
    """The keys of urgent matters that no unit has yet."""
    matters = Matter.objects.filter(state=MatterState.OPEN, urgency=Urgency.URGENT)
    return set(matters.filter(step__lt=Step.HANDED).values_list("pk", flat=True))


def _tasks_by_matter():
    """What units have or gave back: ``{matter: [(state, due_on, accept_by), …]}``, one query."""
    found = {}
    tasks = Task.objects.filter(state__in=WORKED_ON).order_by()
    for matter, *task in tasks.values_list("matter", "state", "due_on", "accept_by"):
        found.setdefault(matter, []).append(tuple(task))
    return found


def _pressing_first(keys, tasks, today):
    """Urgent matters that nobody has, late ones, those given back, then by the next last day.

    Whatever no unit has keeps its place after them, by heat.
    """
    urgent = _urgent()

    def press(key):
        own = tasks.get(key, ())
        due = min((due_on for state, due_on, _accept in own if state in LIVE), default=dt.date.max)
        if key in urgent:
            return 0, due
        if due < today:
            return 1, due
        return (2 if any(state == TaskState.RETURNED for state, *_days in own) else 3), due

    pressing = [key for key in keys if key in tasks or key in urgent]
    rest = [key for key in keys if key not in tasks and key not in urgent]
    return sorted(pressing, key=press) + rest


def _test_of(due, today):
    """The test whether a matter with some tasks passes the sieve of days."""
    soon, week = (calendar().after(today, days) for days in (3, 7))
    tests = {
        "overdue": lambda state, due_on, accept: state in LIVE and due_on < today,
        "soon": lambda state, due_on, accept: state in LIVE and today <= due_on <= soon,
        "week": lambda state, due_on, accept: state in LIVE and today <= due_on <= week,
        "unaccepted": lambda state, due_on, accept: state == TaskState.HANDED and accept < today,
        "returned": lambda state, due_on, accept: state == TaskState.RETURNED,
    }
    if due == "free":
        return lambda tasks: not tasks
    return lambda tasks: any(tests[due](*task) for task in tasks)


def waiting(voices, today):
    """Voices nobody has read with the day by which somebody should, urgent ones sooner."""
    plain, urgent = span("first_look"), span("urgent_look")
    found = []
    for voice in voices:
        last = due_on(voice.heard_at, urgent if voice.urgency == Urgency.URGENT else plain)
        left = calendar().between(today, last)
        state = "stop" if last < today else "slow" if left <= 1 else ""
        found.append(Waiting(voice, last, left, state))
    return found


def _row(matter, tasks, today):
    # A returned task presses more than a live one: nobody is working on it.
    tasks = sorted(tasks, key=lambda task: (task.state != TaskState.RETURNED, task.due_on))
    task = tasks[0] if tasks else None
    live = task is not None and task.state in LIVE
    left = calendar().between(today, task.due_on) if live else None
    late = live and task.due_on < today
    state = "stop" if late or (task and not live) else "slow" if live and left <= 3 else ""
    opened = (today - local_day(matter.opened_at)).days + 1
    return Row(matter, matter.quote, task, left, state, max(len(tasks) - 1, 0), opened)
