"""The numbers of the front page: only what this version truly knows, each with its rows."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from biaochi.core.cells import hide_small
from biaochi.core.clock import local_day, start_of
from biaochi.core.profiles import number
from biaochi.evaluation.models import Round
from biaochi.evaluation.queries import judged
from biaochi.evaluation.rules import State as RoundState
from biaochi.people.models import Area
from biaochi.task.rules import AT_WORK
from biaochi.trace.queries import stuck_tasks
from biaochi.voice.matters.lists import with_quotes
from biaochi.voice.models import Matter, Voice
from biaochi.voice.rules import MatterState, State

WEEK = dt.timedelta(days=6)
HEARD = Q(state=State.HEARD)
NEWEST = ("-decided_at", "-pk")
SPARE = 20  # rows beyond those shown, in case some of the matters are not open


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
    stuck: int  # overdue, not taken on in time, or given back and not sent on


@dataclass(frozen=True)
class Judgement:
    """A matter that people have judged."""

    matter: Matter
    judged: object  # evaluation.queries.Judged
    days: int  # from the first voice to the judgement


def week(now):
    """The week's counts, from the voices of seven days only.

    The state is looked at while counting, not in the condition: so the index by day is taken
    whatever the database believes about states.
    """
    last = local_day(now)
    said = Voice.objects.filter(said_at__gte=start_of(last - WEEK)).order_by()
    total = said.aggregate(
        said=Count("pk", filter=HEARD),
        matters=Count("membership__matter", filter=HEARD, distinct=True),
    )
    placed = dict(said.values_list("area").annotate(n=Count("pk", filter=HEARD)))
    placed.pop(None, None)
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


def numbers(now):
    """The honest numbers: heard, grouped, waiting, with units, late. Stored or indexed counts."""
    heard = Voice.objects.filter(state=State.HEARD)
    unseen = heard.filter(seen_at=None).aggregate(n=Count("pk"), first=Min("heard_at"))
    grouped = Matter.objects.filter(state=MatterState.OPEN).aggregate(
        voices=Sum("voice_count"), n=Count("pk")
    )
    return Numbers(
        heard=heard.count(),
        grouped=grouped["voices"] or 0,
        matters=grouped["n"],
        waiting=unseen["n"],
        longest=(now - unseen["first"]).days if unseen["first"] else None,
        stuck=stuck_tasks(local_day(now)).count(),
    )


def most_said(now, limit=5):
    """The open matters that most different people spoke of in the last weeks, with a quote each.

    Each matter gets ``recent``: how many people in that time, None under the smallest cell.
    """
    days, floor = number("hot_window_days"), number("smallest_cell")
    person = Coalesce(F("speaker_id"), -F("pk"))
    said = Voice.objects.filter(said_at__gte=now - dt.timedelta(days=days))
    counted = said.order_by().values_list("membership__matter")
    counted = counted.annotate(n=Count(person, filter=HEARD, distinct=True))
    found = dict(counted.order_by("-n", "membership__matter")[: limit + SPARE])
    found.pop(None, None)  # what is in no matter yet
    rows = Matter.objects.filter(state=MatterState.OPEN).in_bulk(found)
    matters = with_quotes([rows[key] for key in found if key in rows and found[key]][:limit])
    for matter in matters:
        matter.recent = found[matter.pk] if found[matter.pk] >= floor else None
    return matters


def solved(limit=3):
    """Good news: what those who spoke called solved last, newest first, with what they answered."""
    return [_judgement(one) for one in _last_rounds(RoundState.SOLVED).order_by(*NEWEST)[:limit]]


def unsolved(now, limit=3):
    """Bad news of the same length: what people refused and what is stuck, the longest first."""
    refused = _last_rounds(RoundState.UNSOLVED).filter(tasks__state__in=AT_WORK).distinct()
    found = [_judgement(one) for one in refused.order_by(*NEWEST)[: (limit + 1) // 2]]
    others = stuck_tasks(local_day(now)).exclude(matter__in=[one.matter for one in found])
    return found, list(others[: limit - len(found)])


def _last_rounds(state):
    """The rounds in a state that no later round of the matter has overtaken; no revisits.

    A revisit overtakes one only when people say that it broke again.
    """
    later = Round.objects.filter(matter=OuterRef("matter"), opened_at__gt=OuterRef("opened_at"))
    later = later.filter(Q(revisit=None) | Q(state=RoundState.UNSOLVED))
    rounds = Round.objects.filter(~Exists(later), state=state, revisit=None)
    return rounds.filter(matter__state=MatterState.OPEN).select_related("matter", "revisit")


def _judgement(round_):
    """A round with its matter, its sums and how many days it took from the first voice."""
    first = round_.matter.first_at or round_.matter.opened_at
    return Judgement(round_.matter, judged(round_, words=False), (round_.decided_at - first).days)
