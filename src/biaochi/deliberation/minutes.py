"""The text of a signed record, always written the same way, so that anybody can check it.

It is not translated and knows no wording of pages: keys, days and the words that were said. Its
SHA-256 is the fingerprint on the public page; words that a seat did not want public are left out.
"""

import hashlib
import json
from datetime import UTC

FORM = "biaochi-session-1"


def text_of(session):
    """The canonical text of a session's record: JSON, sorted keys, one space of indent, UTF-8."""
    seats = list(session.seats.order_by("position", "pk"))
    return json.dumps(
        {
            "form": FORM,
            "title": session.title,
            "question": session.question,
            "held_at": session.held_at.astimezone(UTC).isoformat(),
            "place": session.place,
            "minutes": session.minutes,
            "seats": [_seat(seat) for seat in seats],
            "points": [_point(point) for point in _points(session)],
        },
        ensure_ascii=False,
        sort_keys=True,
        indent=1,
    )


def digest_of(session):
    """SHA-256 of the canonical text, as hex: what ``sha256sum`` says of the downloaded file."""
    return hashlib.sha256(text_of(session).encode()).hexdigest()


def _points(session):
    return session.points.order_by("position").prefetch_related("said__seat")


def _seat(seat):
    return {
        "position": seat.position,
        "who": seat.who,
        "side": seat.side,
        "how": seat.how,
        "interest": seat.interest,
        "recused": seat.recused,
        "came": seat.came,
        "signed_at": seat.signed_at.astimezone(UTC).isoformat() if seat.signed_at else None,
    }


def _point(point):
    said = sorted(point.said.all(), key=lambda one: (one.seat.position, one.pk))
    return {
        "position": point.position,
        "text": point.text,
        "doer": point.doer,
        "due_on": point.due_on.isoformat() if point.due_on else None,
        "measure": point.measure,
        "options": point.options,
        "outcome": point.outcome,
        "said": [
            {
                "seat": one.seat.position,
                "stand": one.stand,
                "words": one.words if one.words_public else None,
            }
            for one in said
        ],
    }
