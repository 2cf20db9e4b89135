"""The sweep that suggests what belongs together. It never moves a voice: people answer.

Waiting voices (heard, in no matter) are held against the open matters and against each other.
The reading and thinking happens outside of any transaction, because it may take a minute when a
big spreadsheet has come in; what is found is written in short transactions that look again
whether the voices still wait.
"""

import hashlib

from django.db import transaction
from django.db.models import Max, Q

from biaochi.core.actors import CLOCK
from biaochi.core.models import Entry
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.voice.matters import analysis
from biaochi.voice.matters.answering import answer, answer_all, take_back
from biaochi.voice.models import (
    Event,
    Matter,
    Membership,
    Suggested,
    Suggestion,
    Verdict,
    Voice,
)
from biaochi.voice.rules import ANSWER_MOVES, Answer, MatterState, State

__all__ = ["answer", "answer_all", "suggest", "take_back"]

WINDOW = 25_000  # how many voices are held against each other at once
THING = "suggestions"  # under this name the sweep stands in the record
WITNESSES = 4  # voices that stand for a matter when it is compared


def suggest(*, now, limit=None):
    """Suggest what belongs together; return how many new suggestions there are.

    The same suggestion is never made twice, answered or not. Open ones that no longer fit
    (a voice went elsewhere, the matter was merged) are closed as stale.

    :param limit: look at no more than this many waiting voices, the newest
    """
    close_stale(now=now)
    mark = state_of_things()
    if limit is None and mark == last_mark():
        return 0
    keys = list(_waiting().order_by("-said_at", "-pk").values_list("pk", flat=True)[:limit])
    made = 0
    matters = witnesses()
    for start in range(0, len(keys), WINDOW):
        window = keys[start : start + WINDOW]
        for found in _think(window, matters):
            made += write(found, now=now)
    if limit is None:
        record(by=CLOCK, verb="suggest", thing=THING, at=now, after=mark, note=f"{made}")
    return made


def state_of_things():
    """What the answer of a sweep depends on, in short: unchanged means nothing new to find."""
    waiting = _waiting().aggregate(newest=Max("pk"))["newest"] or 0
    event = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    verdict = Verdict.objects.aggregate(newest=Max("at"))["newest"]
    return f"{waiting}.{event}.{int(verdict.timestamp()) if verdict else 0}"


def last_mark():
    entries = Entry.objects.filter(thing=THING, verb="suggest").order_by("-pk")
    return entries.values_list("after", flat=True).first()


def _waiting():
    parked = Suggested.objects.filter(suggestion__answer=Answer.LATER).values("voice")
    return Voice.objects.filter(state=State.HEARD, membership=None).exclude(pk__in=parked)


def _think(keys, matters):
    rows = _rows(keys)
    pairs = list(
        Verdict.objects.filter(one__in=keys)
        .values_list("one", "other", "same")
        .union(Verdict.objects.filter(other__in=keys).values_list("one", "other", "same"))
    )
    return analysis.belonging(rows, matters, pairs)


def _rows(keys):
    fields = ("pk", "title", "text", "place", "said_at", "speaker_id", "area__name", "likes")
    rows = []
    for start in range(0, len(keys), 900):
        rows += (
            Voice.objects.filter(pk__in=keys[start : start + 900]).order_by("pk").values(*fields)
        )
    return rows


def witnesses():
    """For every open matter a few of its voices, by which waiting ones are held against it.

    :returns: ``{key of a matter: {title, place, voices: [row, …]}}``
    """
    open_matters = Matter.objects.filter(state=MatterState.OPEN).order_by("pk")
    found = {
        row["pk"]: {**row, "voices": []} for row in open_matters.values("pk", "title", "place")
    }
    chosen = {}
    rows = Membership.objects.filter(matter__in=open_matters.values("pk"))
    rows = rows.filter(voice__state=State.HEARD).order_by("matter", "voice")
    for matter, voice in rows.values_list("matter", "voice").iterator():
        keys = chosen.setdefault(matter, [])
        if len(keys) < WITNESSES:
            keys.append(voice)
    texts = {row["pk"]: row for row in _rows([key for keys in chosen.values() for key in keys])}
    for matter, keys in chosen.items():
        found[matter]["voices"] = [texts[key] for key in keys if key in texts]
    return found


@transaction.atomic
def write(found, *, now):
    """Write one suggestion, unless it was made before or does not fit any more.

    :returns: 1 if it is new, otherwise 0
    """
    keys = sorted(found.scores)
    mark = mark_of(found.matter, keys)
    if Suggestion.objects.filter(mark=mark).exists():
        return 0
    waiting = Voice.objects.filter(pk__in=keys, state=State.HEARD, membership=None).count()
    matter = Matter.objects.filter(pk=found.matter, state=MatterState.OPEN).first()
    if waiting != len(keys) or (found.matter and matter is None):
        return 0
    check_move(ANSWER_MOVES, None, Answer.OPEN, CLOCK.roles)
    _close(Suggestion.objects.filter(answer=Answer.OPEN, voices__voice__in=keys), now)
    suggestion = Suggestion.objects.create(
        matter=matter,
        title=found.title,
        place=found.place,
        probability=found.probability,
        size=len(keys),
        reasons=found.reasons,
        doubts=found.doubts,
        mark=mark,
        made_at=now,
    )
    Suggested.objects.bulk_create(
        Suggested(
            suggestion=suggestion,
            voice_id=key,
            score=found.scores[key],
            reasons=found.voice_reasons.get(key, []),
        )
        for key in keys
    )
    return 1


def mark_of(matter, keys):
    """What a suggestion is recognised by: the matter to join, if any, and the voices."""
    said = f"{matter or 0}:" + ",".join(str(key) for key in sorted(keys))
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def close_stale(*, now):
    """Close the open suggestions that can no longer be followed."""
    standing = Suggestion.objects.filter(answer__in=(Answer.OPEN, Answer.LATER))
    gone = Q(voices__voice__membership__isnull=False) | ~Q(voices__voice__state=State.HEARD)
    _close(
        standing.filter(gone | (Q(matter__isnull=False) & ~Q(matter__state=MatterState.OPEN))), now
    )


def _close(suggestions, now):
    keys = set(suggestions.order_by().values_list("pk", flat=True))
    for suggestion in Suggestion.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        check_move(ANSWER_MOVES, Answer(suggestion.answer), Answer.STALE, CLOCK.roles)
        suggestion.answer, suggestion.answered_at = Answer.STALE, now
        suggestion.save(update_fields=["answer", "answered_at"])
