"""Which column is what? A guess with its reasons, which a person can change.

Each field gets at most one column (text and title may be put together from several). A guess
rests on the column's name, on what its values look like, or on both; the confidence says how far.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, replace

from .sheet_limits import Note, SheetError, note
from .sheet_profile import profile
from .sheet_words import FIELDS, HINTS, OF_THE_ANSWER, WHOLE, plain_name

LEAST = 0.35
FEW_KINDS, SHORT = 0.35, 40
WORTH_COMPOSING = ("category", "title", "text", "status")


@dataclass(frozen=True)
class Guess:
    """One field's column(s). Confidence 0–1; 1.0 with code `chosen` when a person set it.

    Codes of `why`: name_is (column), name_has (column, part), looks_like (column), composed
    (columns), title_serves (column), chosen (columns).
    """

    field: str
    columns: tuple[str, ...]
    confidence: float
    why: tuple[Note, ...]


@dataclass(frozen=True)
class Mapping:
    """Guesses by field. `mapping.text` is a tuple of column names, empty when there is none."""

    columns: tuple[str, ...]
    guesses: tuple[Guess, ...]
    date_orders: tuple[tuple[str, str | None], ...] = ()

    def __getattr__(self, name):
        if name in FIELDS:
            guess = self.guess(name)
            return guess.columns if guess else ()
        raise AttributeError(name)

    def guess(self, field):
        """Return the Guess of a field, or None."""
        return next((g for g in self.guesses if g.field == field), None)

    @property
    def unused(self):
        """The columns no field takes; they are not imported."""
        taken = {column for guess in self.guesses for column in guess.columns}
        return tuple(column for column in self.columns if column not in taken)

    def with_(self, **fields):
        """Return a Mapping with fields set by hand: a column, several columns, or None for none.

        Raises SheetError: no_such_field, no_such_column.
        """
        guesses = {guess.field: guess for guess in self.guesses}
        for field, chosen in fields.items():
            if field not in FIELDS:
                raise SheetError("no_such_field", field=field, fields=FIELDS)
            columns = (chosen,) if isinstance(chosen, str) else tuple(chosen or ())
            for column in columns:
                if column not in self.columns:
                    raise SheetError("no_such_column", column=column, columns=self.columns)
            guesses.pop(field, None)
            if columns:
                guesses[field] = Guess(field, columns, 1.0, (note("chosen", columns=columns),))
        return replace(self, guesses=_in_order(guesses))


def guess_mapping(columns, sample_rows):
    """Return the Mapping for named columns, judged by some of their rows.

    `sample_rows`: sequences of cells, or dicts by column name; a hundred are plenty.
    """
    columns = tuple(columns)
    rows = [_cells(row, columns) for row in sample_rows]
    profiles = {c: profile([row[i] for row in rows]) for i, c in enumerate(columns)}
    scored = []
    for place, column in enumerate(columns):
        for field in FIELDS:
            confidence, why = _judge(field, column, profiles[column])
            if confidence >= LEAST:
                scored.append((-confidence, place, FIELDS.index(field), field, column, why))
    guesses, taken = {}, set()
    for minus, _, _, field, column, why in sorted(scored, key=lambda s: s[:3]):
        if field not in guesses and column not in taken:
            guesses[field] = Guess(field, (column,), round(-minus, 2), why)
            taken.add(column)
    if "text" not in guesses:
        _compose(guesses, columns, profiles)
    orders = tuple((c, profiles[c].date_order) for c in columns if profiles[c].date_order)
    return Mapping(columns, _in_order(guesses), orders)


def _in_order(guesses):
    return tuple(guesses[field] for field in FIELDS if field in guesses)


def _cells(row, columns):
    if isinstance(row, Table):
        return [row.get(column, "") for column in columns]
    return [row[i] if i < len(row) else "" for i in range(len(columns))]


def _judge(field, column, seen):
    """Return (confidence, reasons) that a column is a field."""
    by_name, why = _by_name(field, column)
    if not seen.count:
        # An empty column keeps its name's word, weakly: later rows may fill it.
        return by_name * 0.5, why
    fits = _by_values(field, seen)
    if fits <= 0:
        return 0.0, ()
    looks = (note("looks_like", column=column),)
    if by_name:
        return min(0.99, by_name * (0.75 + 0.25 * fits)), why + (looks if fits >= 0.5 else ())
    alone = {"text": 0.7, "at": 0.65, "contact": 0.6, "channel": 0.6, "status": 0.45}
    return alone.get(field, 0.0) * (fits if fits >= 0.6 else 0.0), looks


def _by_name(field, column):
    plain = plain_name(column)
    if WHOLE.get(plain) == field:
        return 0.98, (note("name_is", column=column),)
    if plain in WHOLE:
        return 0.0, ()
    parts = [part for part in HINTS[field] if part in plain]
    if not parts:
        return 0.0, ()
    part = max(parts, key=len)
    confidence = 0.5 + 0.35 * len(part) / len(plain)
    if field not in ("reply", "replied_at", "status") and any(w in plain for w in OF_THE_ANSWER):
        confidence *= 0.4
    return confidence, (note("name_has", column=column, part=part),)


def _by_values(field, seen):
    """How well values fit a field: 0 forbids, 0.5 says nothing, 1 speaks for it."""
    few = seen.count >= 20 and seen.distinct < FEW_KINDS
    words = seen.numbers < 0.3 and seen.moments < 0.5 and seen.contacts < 0.5
    if field == "text":
        if not words or (few and seen.length < SHORT) or seen.length < 4:
            return 0.0
        return min(1.0, seen.length / SHORT)
    if field in ("at", "replied_at"):
        return seen.moments if seen.moments >= 0.7 else 0.0
    if field in ("likes", "dislikes"):
        return 1.0 if seen.counts >= 0.95 else 0.0
    if field == "number":
        return 1.0 if seen.distinct >= 0.98 and seen.length < SHORT else 0.3 * (seen.distinct > 0.8)
    if field == "contact":
        return max(0.3, seen.contacts)
    if field == "channel":
        return max(0.4 if few or seen.count < 20 else 0.1, seen.channels)
    if field == "status":
        return max(0.4 if few or seen.count < 20 else 0.1, seen.statuses)
    if field == "place":
        return max(0.4, seen.places) if seen.length < 80 and seen.moments < 0.5 else 0.0
    if field == "category":
        return 0.0 if not words or seen.length > SHORT else (1.0 if few else 0.4)
    if field == "person":
        return 0.6 if seen.length <= SHORT and seen.moments < 0.5 else 0.0
    if field == "title":
        return 0.0 if not words or seen.length > 120 else (0.3 if few else 0.8)
    return 0.6 if words else 0.2


def _compose(guesses, columns, profiles):
    """Make the text of a sheet without free text: from its title, else from type and description.

    The title is then the most telling short column with the place, so that a reader of a list can
    tell one row from another.
    """
    if "title" in guesses:
        title = guesses["title"].columns
        guesses["text"] = Guess("text", title, 0.5, (note("title_serves", column=title[0]),))
        return
    told = [
        (column, field, len(HINTS[field]))
        for column in columns
        for field in WORTH_COMPOSING
        if field != "status" and profiles[column].numbers < 0.3 and _by_name(field, column)[0]
    ]
    parts = tuple(dict.fromkeys(column for column, _, _ in told))
    if not parts:
        return
    guesses["text"] = Guess("text", parts, 0.5, (note("composed", columns=parts),))
    category = guesses["category"].columns if "category" in guesses else ()
    best = next((c for c in parts if c not in category), parts[0])
    place = guesses["place"].columns if "place" in guesses else ()
    heading = (best, *place)
    guesses["title"] = Guess("title", heading, 0.5, (note("composed", columns=heading),))
