"""Lists of matters for everybody and for the desk: filtered, sorted, a page at a time."""

import datetime as dt
import json
from dataclasses import dataclass, field, replace

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from biaochi.core import search
from biaochi.core.actors import Role
from biaochi.flow import Step
from biaochi.voice.matters.marking import opening
from biaochi.voice.models import Matter, Membership, Voice
from biaochi.voice.rules import MatterState, State

PAGE = 20
LAST_PAGE = 500  # nobody reads further, and far pages are slow
SORTS = {"people": "-people_count", "heat": "-heat_log", "new": "-last_at"}
SPANS = ("1w", "4w", "3m", "year", "all")


@dataclass(frozen=True)
class Wanted:
    """What a visitor is looking for. Empty fields do not narrow anything."""

    query: str = ""
    step: int | None = None
    area: int | None = None
    area_name: str = ""
    group: str = ""
    span: str = "all"
    sort: str = "people"
    page: int = 1
    care: bool = False

    def but(self, **changes):
        return replace(self, **changes)


@dataclass(frozen=True)
class Page:
    """A page of a list: its rows, which page it is, and how much there is in all."""

    rows: list
    number: int
    count: int
    size: int = PAGE
    extra: dict = field(default_factory=dict)

    @property
    def total(self):
        return max(1, min(-(-self.count // self.size), LAST_PAGE))

    @property
    def first(self):
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self):
        return self.first + len(self.rows) - 1 if self.rows else 0


def since(span, now):
    """The first moment of a span of time that visitors may choose, or None for all."""
    if span == "1w":  # today and the six days before it
        today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        return today - dt.timedelta(days=6)
    if span == "4w":
        return now - dt.timedelta(days=28)
    if span == "3m":
        return now - dt.timedelta(days=91)
    if span == "year":
        start = timezone.localtime(now)
        return start.replace(month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return None


def visible_to(actor):
    """The matters this actor may read: staff every one, others those that have a voice."""
    if actor.has(Role.STAFF):
        return Matter.objects.all()
    return Matter.objects.filter(state=MatterState.OPEN, voice_count__gt=0)


def get(actor, pk):
    """One matter or None. Others than staff also find a merged one, to be led on from it."""
    matter = Matter.objects.select_related("category__unit", "merged_into").filter(pk=pk).first()
    if matter is None or actor.has(Role.STAFF):
        return matter
    open_or_merged = matter.state in {MatterState.OPEN, MatterState.MERGED}
    return matter if open_or_merged and (matter.voice_count or matter.merged_into_id) else None


def went_to(matter):
    """Where a merged matter's voices are now (a merged matter may have been merged again)."""
    seen = set()
    while matter.state == MatterState.MERGED and matter.pk not in seen:
        seen.add(matter.pk)
        matter = matter.merged_into
    return matter


def narrowed(matters, wanted, now):
    """Narrow a queryset of matters; the words of a query may be in the title or the place."""
    if wanted.query:
        matters = search.matching(matters, "matter", wanted.query)
    return narrowed_by_fields(matters, wanted, now)


def narrowed_by_fields(matters, wanted, now):
    if wanted.step:
        matters = matters.filter(step=wanted.step)
    if wanted.area_name:
        matters = _listed(matters, "areas", wanted.area_name)
    if wanted.group:
        matters = _listed(matters, "groups", wanted.group)
    if wanted.care:
        matters = matters.filter(needs_care=True)
    start = since(wanted.span, now)
    return matters.filter(last_at__gte=start) if start else matters


def _listed(matters, name, value):
    # A list of names lies in one column as text: look for the name in its quotation marks.
    matters = matters.alias(**{f"{name}_text": Cast(name, TextField())})
    written, escaped = f'"{value}"', json.dumps(value)
    return matters.filter(
        Q(**{f"{name}_text__contains": written}) | Q(**{f"{name}_text__contains": escaped})
    )


def listing(wanted, *, actor, now):
    """A page of matters with one quote each."""
    matters = narrowed(visible_to(actor), wanted, now)
    if actor.has(Role.STAFF):
        matters = matters.filter(state=MatterState.OPEN)
    count = matters.count()
    return page_of(matters.order_by(SORTS.get(wanted.sort, "-people_count"), "pk"), wanted, count)


def page_of(matters, wanted, count, size=PAGE):
    last = max(1, min(-(-count // size), LAST_PAGE))
    number = max(1, min(wanted.page, last))
    rows = list(matters[(number - 1) * size : number * size])
    return Page(with_quotes(rows), number, count, size)


def hot(limit, *, step=None, exclude=()):
    """The hottest open matters, each with a quote."""
    matters = Matter.objects.filter(state=MatterState.OPEN, voice_count__gt=0)
    if step:
        matters = matters.filter(step=step)
    return with_quotes(list(matters.exclude(pk__in=exclude).order_by("-heat_log", "pk")[:limit]))


def needing_care(limit, *, wanted=None, now=None):
    """Matters that few people raised and that cannot wait, newest first."""
    matters = Matter.objects.filter(state=MatterState.OPEN, needs_care=True, voice_count__gt=0)
    if wanted:
        matters = narrowed_by_fields(matters, wanted.but(span="all", query=""), now)
    return list(matters.order_by("-last_at", "pk")[:limit])


def with_quotes(matters):
    """Give every matter of a page ``quote``: the beginning of the first words anybody may read."""
    first = first_public([matter.pk for matter in matters], 1)
    for matter in matters:
        matter.quote = opening(first[matter.pk][0].text if first[matter.pk] else "")
    return matters


def first_public(keys, n, look=8):
    """The earliest voices of some matters that anybody may read: ``{matter: [voice, …]}``.

    Only the first ``look`` voices of each are looked at. It goes by keys, in two steps, because
    a database that does not know how rare a matter is would walk through all public voices.
    """
    chosen = {key: [] for key in keys}
    pairs = Membership.objects.filter(matter__in=keys).order_by("matter", "voice")
    for matter, voice in pairs.values_list("matter", "voice"):
        if len(chosen[matter]) < look:
            chosen[matter].append(voice)
    wanted = [voice for voices in chosen.values() for voice in voices]
    rows = Voice.objects.select_related("area").defer("original_sealed", "code_mark")
    found = {key: row for key, row in rows.in_bulk(wanted).items() if is_public(row)}
    return {
        matter: [found[voice] for voice in voices if voice in found][:n]
        for matter, voices in chosen.items()
    }


def is_public(voice):
    """The same as ``voice.queries.PUBLIC`` for a row that was read already; a test holds it."""
    return voice.state == State.HEARD and voice.public and voice.seen_at and not voice.hidden_why


def step_counts():
    """How many open matters stand at each step of the ruler: ``{Step: n}``."""
    rows = Matter.objects.filter(state=MatterState.OPEN, voice_count__gt=0)
    found = dict(rows.order_by().values_list("step").annotate(n=Count("pk")))
    return {step: found.get(step, 0) for step in Step}
