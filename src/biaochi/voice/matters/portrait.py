"""One matter as everybody may read it: its words, numbers, where and when, and what happened."""

from collections import defaultdict
from dataclasses import dataclass

from biaochi.core.profiles import number
from biaochi.flow import Step
from biaochi.voice.matters.cells import shown_cells
from biaochi.voice.matters.counting import PERSON
from biaochi.voice.matters.lists import first_public, went_to
from biaochi.voice.matters.searching import said
from biaochi.voice.matters.telling import lines_of
from biaochi.voice.models import Event, Matter, Membership
from biaochi.voice.rules import GROUP_TAGS, Group, State

QUOTES = 2
MORE_QUOTES = 20
LOOKED_AT = 120  # of a large matter, so many of its first voices are looked at for quotes


@dataclass(frozen=True)
class Heat:
    """How hot a matter is now: worth so many fresh voices of different people."""

    value: float
    half_life: float


def quotes(matter, n):
    """Up to ``n`` pieces of what was said that everybody may read, from different places first."""
    rows = first_public([matter.pk], LOOKED_AT, LOOKED_AT)[matter.pk]
    rows.sort(key=lambda row: (row.said_at, row.pk))
    chosen, areas = [], set()
    for row in rows:
        if row.area_id not in areas and len(row.text) >= 8:
            areas.add(row.area_id)
            chosen.append(row)
    chosen += [row for row in rows if row not in chosen]
    chosen = sorted(chosen[:n], key=lambda row: (row.said_at, row.pk))
    return [said(row, with_matter=False) for row in chosen]


def events(matter):
    """What happened to a matter, oldest first."""
    return list(Event.objects.filter(matter=matter).order_by("at", "pk"))


def heat_now(matter, now, half_life=None):
    """The heat at this moment; it halves in every half-life (see ``engine.heat``)."""
    half_life = half_life or number("half_life_days")
    return Heat(2.0 ** (matter.heat_log - now.timestamp() / 86400 / half_life), half_life)


def breakdown(matter):
    """How many people, by area and by whom it touches, with small cells hidden."""
    smallest = number("smallest_cell")
    heard = Membership.objects.filter(matter=matter, voice__state=State.HEARD)
    rows = heard.annotate(person=PERSON).values_list("person", "voice__area__name", "voice__groups")
    where, touched = defaultdict(set), defaultdict(set)
    for person, area, names in rows.order_by():
        where[area].add(person)
        for name in names:
            touched[str(Group(name).label)].add(person)
    areas = {area: len(people) for area, people in where.items() if area}
    groups = {name: len(people) for name, people in touched.items()}
    return {
        "areas": shown_cells(areas, smallest),
        "groups": shown_cells(groups, smallest),
        "smallest": smallest,
    }


def page(matter, actor, now, tell=None):
    """Everything the template ``voice/matters/pages/matter.html`` needs.

    A later stage hands in how it tells its events (see ``telling.lines_of``), and adds ``further`` (rendered sections of the standing ruler, in order) and
    ``aside`` (rendered cards) before it renders the template.
    """
    matter = went_to(matter)
    smallest = number("smallest_cell")
    found = quotes(matter, QUOTES + MORE_QUOTES)
    return {
        "matter": matter,
        "few": matter.people_count < smallest,
        "smallest": smallest,
        "tags": tags(matter),
        "step": Step(matter.step),
        "days": (now - matter.first_at).days + 1 if matter.first_at else 0,
        "quotes": found[:QUOTES],
        "more_quotes": found[QUOTES:],
        "breakdown": breakdown(matter),
        "heat": heat_now(matter, now),
        "lines": lines_of(events(matter), smallest, tell),
        "neighbours": neighbours(matter, 4),
        "further": [],
        "aside": [],
    }


def tags(matter):
    """Labels for a matter's head: whom it touches."""
    return [(str(GROUP_TAGS[Group(name)]), "brand") for name in matter.groups[:2]]


def neighbours(matter, limit):
    """Other open matters of the same kind, the hottest first."""
    if not matter.category_id:
        return []
    others = Matter.objects.filter(
        state="open", category=matter.category_id, voice_count__gt=0
    ).exclude(pk=matter.pk)
    return list(others.order_by("-heat_log", "pk")[:limit])
