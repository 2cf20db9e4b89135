"""A dry run: what would become of each row. Reads the tables, writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from biaochi.core.profiles import number
from biaochi.core.refusals import Incomplete
from biaochi.core.seal import fingerprint
from biaochi.people import queries as people
from biaochi.people.vault import read_phone
from biaochi.voice.analysis import cover
from biaochi.voice.models import Voice
from biaochi.voice.rules import State
from biaochi.voice.sheets import analysis
from biaochi.voice.sheets.rules import CHUNK, OFTEN, is_somebody
from biaochi.voice.sheets.sentences import COVERED

COVER_CHECKED = 5000  # covering identities is slow; beyond this many rows it is not previewed


@dataclass
class Weighing:
    """What a dry run found. ``looks`` are the numbers of the rows worth a look, by reason."""

    read: int = 0
    known: int = 0
    refused: list = field(default_factory=list)
    looks: dict = field(default_factory=lambda: defaultdict(list))
    notes: list = field(default_factory=list)
    people: int = 0
    reachable: int = 0

    @property
    def takes(self):
        return self.read - self.known - len(self.refused)

    @property
    def look_count(self):
        return len(set().union(*self.looks.values()))


def mark_of(row):
    """The keyed hash by which a row is recognised when it comes again."""
    return fingerprint(row.content_hash, "sheet row")


def phone_of(row):
    """The telephone number of a row as digits, or "" when there is none that can be read."""
    try:
        return read_phone(row.contact) if row.contact else ""
    except Incomplete:
        return ""


def known_marks(rows):
    """Those of some rows' marks that were taken before and not taken back as a whole sheet."""
    marks = [mark_of(row) for row in rows]
    return set(_standing().filter(fingerprint__in=marks).values_list("fingerprint", flat=True))


def _standing():
    # An erased voice is known too: what somebody removed does not come in again.
    return Voice.objects.exclude(state=State.RECALLED)


def chunks(rows, size=CHUNK):
    """Cut any number of rows into lists of at most ``size``."""
    rows = iter(rows)
    while chunk := list(islice(rows, size)):
        yield chunk


def weigh(book, *, tried_at):
    """Walk the whole sheet once and say what would become of it: a ``Weighing``."""
    found, seen = Weighing(), _Seen(made_up=is_made_up(book))
    most = number("words_a_voice")
    names = {category.name for category in people.categories()}
    for chunk in chunks(analysis.rows(book, tried_at=tried_at)):
        found.read += len(chunk)
        found.refused += [row for row in chunk if isinstance(row, analysis.Refusal)]
        rows = [row for row in chunk if isinstance(row, analysis.Row)]
        known = known_marks(rows)
        fresh = [row for row in rows if mark_of(row) not in known]
        found.known += len(rows) - len(fresh)
        again = _numbers_known(fresh)
        for row in fresh:
            for code in _look(row, seen, most, names, again):
                found.looks[code].append(row.number)
    for numbers in seen.by_day.values():
        if len(numbers) >= OFTEN:
            found.looks["often"] += numbers
    found.people, found.reachable = len(seen.people) + seen.nobody, len(seen.phones)
    _note_gaps(found, book)
    return found


def is_made_up(book):
    """True if the words are put together from columns, so that many rows must say the same."""
    text = book.fields["text"]
    return len(text) > 1 or text == book.fields.get("title")


def _note_gaps(found, book):
    """What every row lacks is one remark about the sheet, not a look at each row."""
    if not book.fields.get("at"):
        found.looks.pop("no_moment", None)
        found.notes.append(("no_days", {}))
    unknown = found.looks.pop("category_unknown", [])
    if unknown:
        found.notes.append(("categories_unknown", {"count": len(unknown)}))
    if found.takes > COVER_CHECKED:
        found.notes.append(("covers_sampled", {"count": COVER_CHECKED}))


class _Seen:
    """What earlier rows of the same sheet said."""

    def __init__(self, made_up):
        self.made_up = made_up
        self.texts, self.people, self.phones = set(), set(), set()
        self.by_day, self.nobody, self.checked = defaultdict(list), 0, Counter()


def _look(row, seen, most, names, again):
    """The reasons to look at a row, and remember it for the rows to come."""
    codes = list(row.odd)
    phone = phone_of(row)
    _count_person(row, phone, seen)
    if row.contact and not phone:
        codes.append("contact_unread")
    said = hash("".join(row.text.split()))
    if said in seen.texts and not seen.made_up:
        codes.append("same_text")
    seen.texts.add(said)
    if len(row.text) > most:
        codes.append("long")
    if row.category and row.category not in names:
        codes.append("category_unknown")
    if row.external_number and row.external_number in again:
        codes.append("number_again")
    seen.checked["rows"] += 1
    if seen.checked["rows"] <= COVER_CHECKED:
        kinds = cover(row.text).kinds | cover(row.title).kinds
        codes += sorted({COVERED.get(kind, "covered") for kind in kinds})
    return codes


def _count_person(row, phone, seen):
    person = f"phone {phone}" if phone else row.person if is_somebody(row.person) else ""
    if phone:
        seen.phones.add(phone)
    if not person:
        seen.nobody += 1
        return
    seen.people.add(person)
    if row.said_at:
        seen.by_day[person, timezone.localdate(row.said_at)].append(row.number)


def _numbers_known(rows):
    # Short numbers are mostly running ones (1, 2, 3 …) and meet by accident.
    numbers = {row.external_number[:80] for row in rows if len(row.external_number) > 5}
    known = _standing().filter(external_number__in=numbers)
    return set(known.values_list("external_number", flat=True))
