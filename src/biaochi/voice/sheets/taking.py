"""One chunk of rows becomes voices, in one transaction with the mark of how far it came."""

from django.db import transaction

from biaochi.core.profiles import number
from biaochi.people import queries as people
from biaochi.people import vault
from biaochi.voice import actions as voices
from biaochi.voice.actions import Words
from biaochi.voice.models import Batch, Voice
from biaochi.voice.rules import BatchState, Channel, State
from biaochi.voice.sheets.analysis import Row
from biaochi.voice.sheets.rules import is_somebody, split_words
from biaochi.voice.sheets.weighing import known_marks, mark_of, phone_of

TITLE_MOST, PLACE_MOST, NUMBER_MOST = 200, 120, 80


@transaction.atomic
def take_chunk(*, batch, rows, by, now):
    """Take in what of these rows is new, and move ``next_row`` behind the last of them.

    :returns: the batch as it now stands, or None when it is no longer where these rows begin
        (another program went on with it) or no longer on its way in
    """
    taking = Batch.objects.select_for_update().filter(state=BatchState.TAKING).order_by("pk")
    standing = {other.pk: other for other in taking}.get(batch.pk)
    if standing is None or standing.next_row != batch.next_row:
        return None
    said = [row for row in rows if isinstance(row, Row)]
    known = known_marks(said)
    fresh = [row for row in said if mark_of(row) not in known]
    _give_up_marks(fresh)
    _hear(fresh, standing, by, now)
    standing.taken_count += len(fresh)
    standing.known_count += len(said) - len(fresh)
    standing.next_row = rows[-1].number
    standing.save(update_fields=["taken_count", "known_count", "next_row"])
    return standing


def _give_up_marks(rows):
    """Rows of a sheet that was taken back may come in again: the old ones lose their mark.

    A sheet whose rows came in again can no longer be done again, or they would stand twice.
    """
    marks = [mark_of(row) for row in rows]
    Voice.objects.filter(fingerprint__in=marks, state=State.RECALLED).update(fingerprint=None)


def came_in_again(batch):
    """True if rows of a sheet that was taken back stand in another sheet now."""
    return Voice.objects.filter(batch=batch, state=State.RECALLED, fingerprint=None).exists()


def _hear(rows, batch, by, now):
    most = number("words_a_voice")
    areas = people.areas()
    categories = _categories()
    pieces = [split_words(row.text, most) for row in rows]
    items = [
        {
            "words": Words(said[0], _title(row), row.place[:PLACE_MOST]),
            "channel": Channel.SHEET,
            "area": _area(row.place, areas),
            "category": categories.get(row.category),
            "speaker": _speaker(row),
            "said_at": row.said_at,
            "likes": row.likes,
            "dislikes": row.dislikes,
            "external_number": row.external_number[:NUMBER_MOST],
            "fingerprint": mark_of(row),
            "seen": batch.mapping.get("seen", False),
        }
        for row, said in zip(rows, pieces, strict=True)
    ]
    heard = voices.hear_many(items=items, batch=batch, by=by, now=now)
    for voice, said in zip(heard, pieces, strict=True):
        for more in said[1:]:
            voices.add_words(voice=voice, text=more, by=by, now=now)


def _title(row):
    # A sheet without free text has its title for a text; then once is enough.
    return "" if row.title == row.text else row.title[:TITLE_MOST]


def _area(place, areas):
    return next((area for area in areas if place and area.name in place), None)


def _categories():
    """Names of the catalogue that stand for one line only: a name in two branches decides nothing."""
    found, twice = {}, set()
    for category in people.categories():
        if category.name in found:
            twice.add(category.name)
        found[category.name] = category
    return {name: category for name, category in found.items() if name not in twice}


def _speaker(row):
    phone = phone_of(row)
    if phone:
        return vault.speaker_for(phone=phone)
    return vault.speaker_for(sheet_person=row.person if is_somebody(row.person) else "")
