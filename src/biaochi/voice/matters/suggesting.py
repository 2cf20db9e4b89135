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
from biaochi.voice.matters.routing import learn
from biaochi.voice.matters.witnesses import voice_rows, witnesses
from biaochi.voice.models import (
    Event,
    Matter,
    Suggested,
    Suggestion,
    Verdict,
    Voice,
)
from biaochi.voice.rules import ANSWER_MOVES, Answer, MatterState, State

__all__ = ["answer", "answer_all", "suggest", "take_back"]

WINDOW = 15_000  # how many waiting voices are held against each other at once
NEWEST = 4_000  # how many after a first full round, as long as it has not grown by a quarter
THING = "suggestions"  # under this name the sweep stands in the record


def suggest(*, now, limit=None):
    """Suggest what belongs together; return how many new suggestions there are.

    The same suggestion is never made twice, answered or not. Open ones that no longer fit
    (a voice went elsewhere, the matter was merged) are closed as stale. When a hundred thousand
    voices wait, they are taken in windows, those of one area together; later sweeps look at the
    newest only, until the number has grown by a quarter.

    It also lets ``routing`` learn from what the office decided.

    :param limit: look at no more than this many waiting voices, the newest
    """
    close_stale(now=now)
    mark, (last, full) = state_of_things(), last_round()
    if limit is None and mark == last:
        return 0
    count = _waiting().count()
    whole = limit is None and (count <= WINDOW or count > full * 1.25)
    made = sum(
        write(found, now=now) for window in _windows(whole, limit) for found in _think(window)
    )
    full = count if whole else full
    learn()
    if limit is None:
        record(by=CLOCK, verb="suggest", thing=THING, at=now, before=full, after=mark, note=made)
    return made


def _windows(whole, limit):
    if whole:
        keys = list(_waiting().order_by("area", "-said_at", "-pk").values_list("pk", flat=True))
    else:
        newest = _waiting().order_by("-said_at", "-pk").values_list("pk", flat=True)
        keys = list(newest[: limit or NEWEST])
    return [keys[start : start + WINDOW] for start in range(0, len(keys), WINDOW)]


def state_of_things():
    """What the answer of a sweep depends on, in short: unchanged means nothing new to find."""
    waiting = _waiting().aggregate(newest=Max("pk"))["newest"] or 0
    event = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"voices≤{waiting} events≤{event}"


def last_round():
    """The state in which the last sweep left things, and how many voices its full round saw."""
    entries = Entry.objects.filter(thing=THING, verb="suggest").order_by("-pk")
    state, full = entries.values_list("after", "before").first() or ("", "")
    return state, int(full or 0)


def _waiting():
    parked = Suggested.objects.filter(suggestion__answer=Answer.LATER).values("voice")
    return Voice.objects.filter(state=State.HEARD, membership=None).exclude(pk__in=parked)


def _think(keys):
    pairs = {}
    for start in range(0, len(keys), 900):
        part = keys[start : start + 900]
        rows = Verdict.objects.filter(Q(one__in=part) | Q(other__in=part))
        pairs |= {
            (one, other): same for one, other, same in rows.values_list("one", "other", "same")
        }
    decided = [(one, other, same) for (one, other), same in sorted(pairs.items())]
    return analysis.belonging(voice_rows(keys), witnesses(), decided)


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
