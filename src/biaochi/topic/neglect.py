"""The neglect gap: what people speak about, against what was chosen to be studied.

For each kind of matter (the trunk of the catalogue): its share of the people who spoke in the
last twelve months, and its share of the topics chosen in that time. People are counted once a
kind. A gap is a question, not a verdict.
"""

from collections import defaultdict
from dataclasses import dataclass

from biaochi.core.cells import hide_small
from biaochi.core.clock import add_months, local_day, start_of
from biaochi.core.profiles import number
from biaochi.people.models import Category
from biaochi.topic.models import Topic
from biaochi.topic.rules import State
from biaochi.voice.matters.counting import PERSON
from biaochi.voice.models import Membership
from biaochi.voice.rules import MatterState
from biaochi.voice.rules import State as VoiceState

MONTHS = 12


@dataclass(frozen=True)
class Row:
    """One kind: how many people, which topics, and both as shares in percent."""

    name: str
    people: int
    topics: tuple
    said: float
    taken: float


@dataclass(frozen=True)
class Gap:
    """All kinds whose number of people may be told, the most neglected first."""

    rows: tuple
    people: int  # people counted once a kind, over all kinds
    topics: int  # topics counted once a kind
    hidden: int  # kinds with too few people
    since: object
    most: int  # the end of the ruler, in percent


def gap(*, now):
    """Compare the two shares over the last twelve months."""
    since = add_months(local_day(now), -MONTHS)
    trunks = _trunks()
    spoke, chosen = _people(trunks, since), _topics(trunks, since)
    counts = {name: len(spoke.get(name, ())) for name in {*spoke, *chosen}}
    people = sum(counts.values())
    topics = sum(len(titles) for titles in chosen.values())
    shown = hide_small(counts, number("smallest_cell"))
    rows = [
        Row(
            name,
            n,
            tuple(chosen.get(name, ())),
            100 * n / people,
            100 * len(chosen.get(name, ())) / topics if topics else 0.0,
        )
        for name, n in shown.items()
        if n is not None
    ]
    rows.sort(key=lambda row: (row.taken - row.said, row.name))
    top = max([0, *(max(row.said, row.taken) for row in rows)])
    most = min(-(-int(top + 1) // 10) * 10, 100)
    hidden = sum(n is None for n in shown.values())
    return Gap(tuple(rows), people, topics, hidden, since, max(most, 10))


def _trunks():
    """The trunk of every line of the catalogue: ``{category: name of the trunk}``."""
    lines = {line.pk: line for line in Category.objects.all()}
    found = {}
    for line in lines.values():
        top = line
        while top.parent_id:
            top = lines[top.parent_id]
        found[line.pk] = top.name
    return found


def _people(trunks, since):
    heard = Membership.objects.filter(
        voice__state=VoiceState.HEARD,
        voice__said_at__gte=start_of(since),
        matter__state=MatterState.OPEN,
        matter__category__isnull=False,
    )
    rows = heard.annotate(person=PERSON).order_by().values_list("matter__category", "person")
    found = defaultdict(set)
    for category, person in rows.distinct():
        found[trunks[category]].add(person)
    return found


def _topics(trunks, since):
    rows = Topic.objects.filter(state=State.CHOSEN, decided_at__gte=start_of(since))
    found = defaultdict(dict)
    for topic in rows.prefetch_related("matters"):
        for matter in topic.matters.all():
            if matter.category_id:
                found[trunks[matter.category_id]][topic.pk] = topic.title
    return {name: tuple(topics.items()) for name, topics in found.items()}
