"""The sweep that suggests what belongs together. It never moves a voice: people answer.

Waiting voices (heard, in no matter) are held against the open matters and against each other.
The reading and thinking happens outside of any transaction, because it may take a minute when a
big spreadsheet has come in; what is found is written in short transactions that look again
whether the voices still wait.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from biaochi.core.actors import CLOCK
from biaochi.core.models import Entry
from biaochi.core.moves import check_move
from biaochi.core.profiles import number
from biaochi.core.record import record
from biaochi.voice.matters import analysis
from biaochi.voice.matters.answering import answer, answer_all, take_back
from biaochi.voice.matters.routing import learn
from biaochi.voice.matters.similar import near_matters
from biaochi.voice.matters.witnesses import voice_rows
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

WINDOW = 5_000  # how many waiting voices are held against each other at once
NEWEST = 1_500  # how many between full rounds
FEW = 400  # so few are always looked at in full
FULL_ROUND = dt.timedelta(hours=1)  # how often all are looked at again, when something changed
THING = "suggestions"  # under this name the sweep stands in the record


@dataclass(frozen=True)
class Round:
    """The last sweep, as the record has it: the state it left, its newest voice, the full round."""

    state: str = ""
    newest: int = 0
    full_at: dt.datetime | None = None


def suggest(*, now, limit=None):
    """Suggest what belongs together; return how many new suggestions there are.

    The same suggestion is never made twice, answered or not. Open ones that no longer fit
    (a voice went elsewhere, the matter was merged) are closed as stale. The work is bounded:
    when a hundred thousand voices wait, a full round takes them in windows, those of one area
    together, and writes what it finds window by window; between full rounds only new voices are
    held against the matters, and the newest against each other. It also lets ``routing`` learn
    from what the office decided.

    :param limit: look at no more than this many waiting voices, the newest
    """
    close_stale(now=now)
    last, state = last_round(), state_of_things()
    if limit is None and state == last.state:
        return 0
    full = limit is None and _is_due(last, now)
    made = 0
    for keys in _windows(full, limit):
        fresh = keys if full or limit else [key for key in keys if key > last.newest]
        made += sum(write(found, now=now) for found in _think(keys, set(fresh)))
    if limit is None:
        learn()
        kind = "full" if full else "new"
        record(by=CLOCK, verb=f"suggest {kind}", thing=THING, at=now, after=state, note=f"{made}")
    return made


def _is_due(last, now):
    few = _waiting().count() <= FEW
    return few or last.full_at is None or not now - last.full_at < FULL_ROUND


def _windows(full, limit):
    if full:
        keys = list(_waiting().order_by("area", "-said_at", "-pk").values_list("pk", flat=True))
    else:  # by key: what came in last, whenever it was said
        keys = list(_waiting().order_by("-pk").values_list("pk", flat=True)[: limit or NEWEST])
    return [keys[start : start + WINDOW] for start in range(0, len(keys), WINDOW)]


def state_of_things():
    """What the answer of a sweep depends on, in short: unchanged means nothing new to find."""
    waiting = _waiting().aggregate(newest=Max("pk"))["newest"] or 0
    event = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return f"{waiting} {event}"


def last_round():
    """What the record says about the last sweep, and when all voices were looked at."""
    entries = Entry.objects.filter(thing=THING).order_by("-pk")
    state = entries.values_list("after", flat=True).first() or ""
    full = entries.filter(verb="suggest full").values_list("at", flat=True).first()
    return Round(state, int(state.split()[0]) if state else 0, full)


def _waiting():
    parked = Suggested.objects.filter(suggestion__answer=Answer.LATER).values("voice")
    return Voice.objects.filter(state=State.HEARD, membership=None).exclude(pk__in=parked)


def _think(keys, fresh):
    """What belongs together in a window; ``fresh`` ones are also held against the matters."""
    rows, pairs = voice_rows(keys), _decided(keys)
    asked = [row for row in rows if row["pk"] in fresh]
    near = _not_kept_apart(near_matters(asked), pairs)
    titles = dict(Matter.objects.filter(state=MatterState.OPEN).values_list("pk", "title"))
    found = _likely(analysis.joining(asked, near, titles))
    placed = {key for one in found for key in one.scores}
    standing = Suggested.objects.filter(
        suggestion__answer=Answer.OPEN, suggestion__matter__isnull=False
    )
    placed |= set(standing.values_list("voice", flat=True))
    rest = [row for row in rows if row["pk"] not in placed]
    return found + _likely(analysis.belonging(rest, pairs))


def _likely(found):
    """Only what is likelier than the profile asks for: a guess costs people's time."""
    least = number("suggest_min_probability")
    return [one for one in found if one.probability >= least]


def _decided(keys):
    pairs = {}
    for start in range(0, len(keys), 900):
        part = keys[start : start + 900]
        rows = Verdict.objects.filter(Q(one__in=part) | Q(other__in=part))
        for one, other, same in rows.values_list("one", "other", "same"):
            pairs[one, other] = same
    return [(one, other, same) for (one, other), same in sorted(pairs.items())]


def _not_kept_apart(near, pairs):
    """Leave out the matters in which a voice stands that people told apart from this one."""
    apart = {(one, other) for one, other, same in pairs if not same}
    apart |= {(other, one) for one, other in apart}
    homes = dict(
        Membership.objects.filter(voice__in={other for _one, other in apart}).values_list(
            "voice", "matter"
        )
    )
    barred = {(one, homes[other]) for one, other in apart if other in homes}
    return {
        key: [one for one in found if (key, one.matter) not in barred]
        for key, found in near.items()
    }


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
