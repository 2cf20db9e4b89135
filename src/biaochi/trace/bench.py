"""The office's bench: open matters with the task that presses most, sieved and in order."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)

from biaochi.core import search
from biaochi.core.clock import calendar, due_on, local_day
from biaochi.core.profiles import span
from biaochi.flow import Step
from biaochi.task.models import Task
from biaochi.task.rules import LIVE
from biaochi.task.rules import State as TaskState
from biaochi.voice.models import Matter, Membership, Voice
from biaochi.voice.queries import PUBLIC
from biaochi.voice.rules import MatterState, State, Urgency

PAGE = 12
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


@dataclass(frozen=True)
class Waiting:
    """A voice that nobody has read, and the last day for reading it."""

    voice: Voice
    look_by: dt.date
    left: int
    state: str = field(default="")


def sieved(sieve, today):
    """The open matters that pass."""
    matters = Matter.objects.filter(state=MatterState.OPEN)
    if sieve.query.strip():
        found = search.matching(matters, "matter", sieve.query)
        numbered = matters.filter(number__icontains=sieve.query.strip())
        matters = matters.filter(Q(pk__in=found.values("pk")) | Q(pk__in=numbered.values("pk")))
    if sieve.step:
        matters = matters.filter(step=sieve.step)
    if sieve.category:
        kind = Q(category=sieve.category) | Q(category__parent=sieve.category)
        matters = matters.filter(kind)
    if sieve.group:
        matters = matters.filter(groups__icontains=f'"{sieve.group}"')
    if sieve.area:
        spoken = Membership.objects.filter(voice__area=sieve.area, voice__state=State.HEARD)
        matters = matters.filter(pk__in=spoken.values("matter"))
    if sieve.due:
        matters = matters.filter(_due(sieve.due, today))
    return matters


def rows(sieve, today, page=1, order="pressing"):
    """One page of the bench and how many matters pass in all.

    :param order: "pressing" (urgent, late, given back, soon due, hot) or "people"
    """
    passing = sieved(sieve, today)
    if order == "people":
        matters = passing.order_by("-people_count", "pk")
    else:
        matters = _in_order(passing, today)
    first = (max(page, 1) - 1) * PAGE
    shown = list(matters.annotate(quote=_quote())[first : first + PAGE])
    tasks = {}
    wanted = Task.objects.filter(matter__in=shown, state__in=(*LIVE, TaskState.RETURNED))
    for task in wanted.select_related("unit").order_by("due_on", "pk"):
        tasks.setdefault(task.matter_id, []).append(task)
    total = len(shown) + first if len(shown) < PAGE else passing.count()
    return [_row(matter, tasks.get(matter.pk, []), today) for matter in shown], total


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
    tasks = sorted(tasks, key=lambda task: task.state != TaskState.RETURNED)
    task = tasks[0] if tasks else None
    live = task is not None and task.state in LIVE
    left = calendar().between(today, task.due_on) if live else None
    late = live and task.due_on < today
    state = "stop" if late or (task and not live) else "slow" if live and left <= 3 else ""
    opened = (today - local_day(matter.opened_at)).days + 1
    return Row(matter, matter.quote or "", task, left, state, max(len(tasks) - 1, 0), opened)


def _quote():
    spoken = Voice.objects.filter(PUBLIC, membership__matter=OuterRef("pk"))
    return Subquery(spoken.order_by("-said_at", "-pk").values("text")[:1])


def _tasks(**narrow):
    return Task.objects.filter(matter=OuterRef("pk"), **narrow)


def _due(due, today):
    days = calendar()
    return {
        "overdue": Exists(_tasks(state__in=LIVE, due_on__lt=today)),
        "soon": Exists(_tasks(state__in=LIVE, due_on__range=(today, days.after(today, 3)))),
        "week": Exists(_tasks(state__in=LIVE, due_on__range=(today, days.after(today, 7)))),
        "unaccepted": Exists(_tasks(state=TaskState.HANDED, accept_by__lt=today)),
        "returned": Exists(_tasks(state=TaskState.RETURNED)),
        "free": ~Exists(_tasks(state__in=(*LIVE, TaskState.RETURNED))),
    }[due]


def _in_order(matters, today):
    next_due = _tasks(state__in=LIVE).order_by("due_on").values("due_on")[:1]
    returned = Exists(_tasks(state=TaskState.RETURNED))
    return matters.annotate(
        next_due=Subquery(next_due, output_field=DateField()),
        sent_back=Case(When(returned, then=Value(True)), default=Value(False)),
        pressing=Case(
            When(urgency=Urgency.URGENT, step__lt=Step.HANDED, then=Value(0)),
            When(next_due__lt=today, then=Value(1)),
            When(sent_back=True, then=Value(2)),
            default=Value(3),
            output_field=IntegerField(),
        ),
        nobody=Case(
            When(next_due__isnull=True, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
    ).order_by("pressing", "nobody", F("next_due").asc(), "-heat_log", "pk")
