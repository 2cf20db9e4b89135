"""Suggestions as the desk shows them: the words with what they share marked, why, what is unsure."""

from dataclasses import dataclass

from biaochi.core.profiles import number
from biaochi.voice.matters.marking import opening, pieces
from biaochi.voice.matters.reasons import marked_words, said_doubts, said_reasons
from biaochi.voice.models import Suggested, Suggestion
from biaochi.voice.rules import Answer, Channel

SHOWN = 4  # voices of a card that are shown at once; the rest is folded away
MOST = 60  # of a large group no more than these are listed at all


@dataclass(frozen=True)
class Line:
    """One voice on a card."""

    voice: int
    pieces: list
    area: str
    channel: str
    said_at: object
    reasons: list


@dataclass(frozen=True)
class Card:
    """One suggestion, ready to be shown."""

    suggestion: Suggestion
    lines: list
    folded: list
    unlisted: int
    reasons: list
    doubts: list
    sure: bool


def suggestions(limit, *, start=0, answer=Answer.OPEN, matter=None):
    """Cards of suggestions with one answer, the largest groups first."""
    rows = Suggestion.objects.filter(answer=answer).select_related("matter")
    if matter is not None:
        rows = rows.filter(matter=matter)
    rows = list(rows.order_by("-size", "-probability", "pk")[start : start + limit])
    inside = _voices(rows)
    least = number("bulk_min_probability")
    return [_card(row, inside[row.pk], least) for row in rows]


def suggestion(pk):
    return Suggestion.objects.select_related("matter").filter(pk=pk).first()


def chosen_suggestions(keys):
    """Open suggestions by key, for answering many at once."""
    return list(Suggestion.objects.filter(pk__in=keys, answer=Answer.OPEN).order_by("pk"))


def suggestion_counts():
    """How many suggestions wait for an answer, and how many were put aside: ``(open, later)``."""
    rows = Suggestion.objects.order_by()
    return rows.filter(answer=Answer.OPEN).count(), rows.filter(answer=Answer.LATER).count()


def _voices(rows):
    inside = {row.pk: [] for row in rows}
    found = Suggested.objects.filter(suggestion__in=rows).select_related("voice__area")
    found = found.defer("voice__original_sealed", "voice__code_mark")
    for suggested in found.order_by("suggestion", "voice"):
        if len(inside[suggested.suggestion_id]) < MOST:
            inside[suggested.suggestion_id].append(suggested)
    return inside


def _card(row, inside, least):
    shared = marked_words(row.reasons)
    lines = [_line(suggested, shared) for suggested in inside]
    return Card(
        suggestion=row,
        lines=lines[:SHOWN],
        folded=lines[SHOWN:],
        unlisted=max(0, row.size - len(lines)),
        reasons=said_reasons(row.reasons),
        doubts=said_doubts(row.doubts),
        sure=row.probability >= least,
    )


def _line(suggested, shared):
    voice = suggested.voice
    words = shared + marked_words(suggested.reasons)
    return Line(
        voice=voice.pk,
        pieces=pieces(opening(voice.text, 120), words),
        area=voice.area.name if voice.area else "",
        channel=str(Channel(voice.channel).label),
        said_at=voice.said_at,
        reasons=said_reasons(suggested.reasons),
    )
