"""Which matters may a new text belong to? Asked while somebody is still writing, so it is fast.

Every worker process keeps the open matters in memory. What it knows is compared with the record
of deeds: as long as the head of the chain is the same, nothing has changed; when it moved, only
the matters with newer events are read anew. If the head that we knew is not in the record any
more (a restored backup, another database) everything is read anew.
"""

from dataclasses import dataclass, field
from threading import Lock

from django.db.models import Max

from biaochi.core.models import Entry, Head
from biaochi.voice.matters import analysis
from biaochi.voice.matters.reasons import said_reasons
from biaochi.voice.matters.witnesses import witnesses
from biaochi.voice.models import Event, Matter
from biaochi.voice.rules import MatterState

LEAST = 0.35  # what is less likely is not worth a reader's time
OVERLAP = 200  # events read again: two at once may be committed in the other order
GROWN = 1.5  # the rarity of wording is learnt anew when there are so many times more matters …
FEW = 150  # … and always while there are so few that it takes no time
LONG = 600  # a longer text says no more about which matter it is


@dataclass
class Known:
    """What one process knows, and up to which line of the record."""

    head: str = ""
    event: int = 0
    shelf: analysis.Shelf | None = None
    lock: Lock = field(default_factory=Lock)


KNOWN = Known()


def similar(text, limit, place=""):
    """Open matters that may be the same as what somebody is saying.

    :returns: ``[(matter, probability, [sentence, …])]``, the likeliest first
    """
    said = f"{text} {place}".strip()[:LONG]
    if not said:
        return []
    with KNOWN.lock:
        near = fresh_shelf().nearest(said, limit * 2)
    near = {found.matter: found for found in near if found.probability >= LEAST}
    matters = Matter.objects.filter(state=MatterState.OPEN, voice_count__gt=0).in_bulk(list(near))
    return [
        (matters[key], found.probability, said_reasons(found.reasons))
        for key, found in near.items()
        if key in matters
    ][:limit]


def near_matters(rows, limit=3):
    """The same for many voices at once: ``{key of a voice: [analysis.Near, …]}``."""
    with KNOWN.lock:
        shelf = fresh_shelf()
    return {
        row["pk"]: shelf.nearest(f"{row['title']} {row['text']} {row['place']}"[:LONG], limit)
        for row in rows
    }


def fresh_shelf():
    """The shelf as the record has it now. Call it with the lock held."""
    head = Head.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
    if KNOWN.shelf is None or (head != KNOWN.head and not _continues()):
        _build()
    elif head != KNOWN.head:
        _renew()
    KNOWN.head = head
    return KNOWN.shelf


def _continues():
    return Entry.objects.filter(hash=KNOWN.head).exists()


def _newest_event():
    return Event.objects.aggregate(newest=Max("pk"))["newest"] or 0


def _build():
    KNOWN.event = _newest_event()
    KNOWN.shelf = analysis.Shelf(witnesses())


def _renew():
    newest = _newest_event()
    if newest == KNOWN.event:
        return
    changed = Event.objects.filter(pk__gt=KNOWN.event - OVERLAP).order_by()
    keys = set(changed.values_list("matter", flat=True))
    built = KNOWN.shelf.built_with
    if built < FEW or len(KNOWN.shelf) + len(keys) > built * GROWN:
        _build()
        return
    matters = witnesses(keys)
    for key in sorted(keys):
        KNOWN.shelf.renew(key, matters.get(key))
    KNOWN.event = newest
