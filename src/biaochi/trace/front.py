"""The numbers of the front page: only what this version truly knows, each with its rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min, Sum

from biaochi.core.clock import local_day, start_of
from biaochi.core.profiles import number
from biaochi.flow import Step
from biaochi.people.models import Area
from biaochi.task.models import Task
from biaochi.task.queries import office_counts
from biaochi.task.rules import LIVE
from biaochi.task.rules import State as TaskState
from biaochi.trace.cells import hide_small
from biaochi.voice.models import Matter, Voice
from biaochi.voice.rules import MatterState, State

WEEK = dt.timedelta(days=6)


@dataclass(frozen=True)
class Week:
    """The seven days that end today: what was said, into how many matters it went, and where."""

    first: dt.date
    last: dt.date
    said: int
    matters: int
    tiles: tuple  # mappings name, key, count (None: hidden), row, column


@dataclass(frozen=True)
class Numbers:
    """All since the beginning. ``longest`` is in whole days, None if nothing waits."""

    heard: int
    grouped: int
    matters: int
    waiting: int
    longest: int | None
    with_units: int
    accepted: int
    overdue: int
    returned: int


def week(now):
    """The week's counts. Three queries over the voices of seven days."""
    last = local_day(now)
    since = start_of(last - WEEK)
    said = Voice.objects.filter(state=State.HEARD, said_at__gte=since)
    total = said.aggregate(said=Count("pk"), matters=Count("membership__matter", distinct=True))
    placed = dict(said.exclude(area=None).order_by().values_list("area").annotate(n=Count("pk")))
    floor = number("smallest_cell")
    areas = list(Area.objects.all())
    counts = {area.pk: placed.get(area.pk, 0) for area in areas}
    shown = hide_small(counts, floor, rest=total["said"] - sum(counts.values()))
    tiles = tuple(
        {
            "name": area.name,
            "key": area.pk,
            "count": shown[area.pk],
            "row": area.row,
            "column": area.column,
        }
        for area in areas
    )
    return Week(last - WEEK, last, total["said"], total["matters"], tiles)


def chain():
    """How many open matters stand at each step of the ruler: ``{Step: count}``."""
    rows = Matter.objects.filter(state=MatterState.OPEN).order_by()
    found = dict(rows.values_list("step").annotate(n=Count("pk")))
    return {step: found.get(step.value, 0) for step in Step}


def numbers(now):
    """The honest numbers: heard, grouped, waiting, with units, late. Stored or indexed counts."""
    heard = Voice.objects.filter(state=State.HEARD)
    unseen = heard.filter(seen_at=None).aggregate(n=Count("pk"), first=Min("heard_at"))
    grouped = Matter.objects.filter(state=MatterState.OPEN).aggregate(
        voices=Sum("voice_count"), n=Count("pk")
    )
    tasks = office_counts(local_day(now))
    return Numbers(
        heard=heard.count(),
        grouped=grouped["voices"] or 0,
        matters=grouped["n"],
        waiting=unseen["n"],
        longest=(now - unseen["first"]).days if unseen["first"] else None,
        with_units=tasks["waiting"] + tasks["doing"],
        accepted=tasks["doing"],
        overdue=tasks["overdue"],
        returned=tasks["returned"],
    )


def carried(limit=4):
    """Good news: what units took on last, newest first."""
    tasks = Task.objects.filter(state=TaskState.ACCEPTED).select_related("matter", "unit")
    return list(tasks.order_by("-accepted_at")[:limit])


def stuck(now, limit=4):
    """Bad news: what is overdue, not taken on in time, or given back and not sent on."""
    today = local_day(now)
    tasks = Task.objects.select_related("matter", "unit")
    late = list(tasks.filter(state__in=LIVE, due_on__lt=today).order_by("due_on")[:limit])
    back = list(tasks.filter(state=TaskState.RETURNED).order_by("handed_at")[:limit])
    slow = list(
        tasks.filter(state=TaskState.HANDED, accept_by__lt=today, due_on__gte=today).order_by(
            "accept_by"
        )[:limit]
    )
    return (late + back + slow)[:limit]
