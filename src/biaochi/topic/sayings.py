"""What everybody may read of matters and library texts: the words that are held against a draft.

Of a matter its title, its place and the beginning of the first words that were made public; of a
library text its pages. Nothing that waits, is hidden or was withdrawn is read here.
"""

from collections import defaultdict

from biaochi.core.actors import RESIDENT
from biaochi.core.clock import local_day
from biaochi.library import queries as library
from biaochi.library.models import Document, Page
from biaochi.topic.analysis import Words
from biaochi.voice.matters import queries as matters
from biaochi.voice.matters.lists import first_public
from biaochi.voice.models import Membership, Regroup, Voice
from biaochi.voice.queries import public_voices
from biaochi.voice.rules import MatterState

MATTER, LIBRARY = "matter", "library"
WITNESSES = 3  # voices of a matter
LONG = 200  # letters of a voice: a longer one says no more about what the matter is
CHUNK = 900


def said(keys=None):
    """Public matters and open library texts as ``Words``.

    :param keys: only these (kind, key) pairs; what may not be read of them is left out
    """
    of = {kind: None if keys is None else _of_kind(keys, kind) for kind in (MATTER, LIBRARY)}
    return [*_matters(of[MATTER]), *_texts(of[LIBRARY])]


def touched(things):
    """Which matters and texts the lines of the record concern: ``{(kind, key)}``.

    :param things: ``{table: {key}}``
    """
    found = set(things["matter"])
    for some in _chunks(things["voice"]):
        found.update(Membership.objects.filter(voice__in=some).values_list("matter", flat=True))
    for some in _chunks(things["regroup"]):
        for moves in Regroup.objects.filter(pk__in=some).values_list("moves", flat=True):
            found.update(key for _voice, *ways in moves for key in ways if key)
    texts = set(things["document"])
    for some in _chunks(things["document"]):
        texts.update(Document.objects.filter(parent__in=some).values_list("pk", flat=True))
    return {(MATTER, key) for key in found} | {(LIBRARY, key) for key in texts}


def public_words(keys=None):
    """The first public voices of matters: ``{matter: [text, …]}``, each cut to LONG letters.

    :param keys: only these matters; None: all open ones, which takes seconds where there are many
    """
    if keys is None:
        return _all_public_words()
    found = {}
    for some in _chunks(keys):
        for matter, voices in first_public(some, WITNESSES).items():
            found[matter] = [voice.text[:LONG] for voice in voices]
    return found


def _all_public_words():
    voices = public_voices().filter(membership__matter__state=MatterState.OPEN)
    chosen = defaultdict(list)
    pairs = voices.order_by("membership__matter", "pk")
    for matter, voice in pairs.values_list("membership__matter", "pk").iterator():
        if len(chosen[matter]) < WITNESSES:
            chosen[matter].append(voice)
    texts = {}
    for some in _chunks(voice for voices in chosen.values() for voice in voices):
        texts.update(Voice.objects.filter(pk__in=some).values_list("pk", "text"))
    return {matter: [texts[voice][:LONG] for voice in voices] for matter, voices in chosen.items()}


def pages_of(keys=None):
    """The pages of library texts: ``{document: [(number, text), …]}`` in their order."""
    pages = Page.objects.filter(document__in=keys) if keys is not None else Page.objects.all()
    found = defaultdict(list)
    rows = pages.order_by("document", "number").values_list("document", "number", "text")
    for document, number, text in rows.iterator():
        found[document].append((number, text))
    return found


def _matters(keys):
    """``keys`` None: all."""
    if keys is not None and not keys:
        return
    rows, words = matters.visible_to(RESIDENT), public_words(keys)
    rows = rows.filter(pk__in=keys) if keys is not None else rows
    for row in rows.order_by("pk").values("pk", "title", "place", "first_at", "opened_at"):
        text = "\n".join([row["place"], *words.get(row["pk"], ())])
        day = local_day(row["first_at"] or row["opened_at"])
        yield Words(MATTER, row["pk"], row["title"], text, day)


def _texts(keys):
    if keys is not None and not keys:
        return
    rows = library.shown() if keys is None else library.shown().filter(pk__in=keys)
    documents = list(rows.order_by("pk").values("pk", "title", "happened_on"))
    pages = pages_of([row["pk"] for row in documents] if keys is not None else None)
    for row in documents:
        text = "\n".join(text for _number, text in pages.get(row["pk"], ()))
        if text:
            yield Words(LIBRARY, row["pk"], row["title"], text, row["happened_on"])


def _of_kind(keys, wanted):
    return sorted(key for kind, key in keys if kind == wanted)


def _chunks(keys):
    keys = sorted(keys)
    return [keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK)]
