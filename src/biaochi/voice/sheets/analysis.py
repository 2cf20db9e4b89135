"""This room's one door to the engine: a file becomes columns, a guess, and rows of words."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from biaochi.core.refusals import Incomplete
from biaochi.engine import sheet as engine
from biaochi.engine import sheet_categories
from biaochi.engine.sheet_mapping import Guess, Mapping, guess_mapping
from biaochi.engine.sheet_rows import Refused, rows_to_messages
from biaochi.voice.sheets import sentences
from biaochi.voice.sheets.rules import (
    FIELDS,
    OLDEST_YEAR,
    is_garbled,
    is_total,
    why_left_alone,
)

HIDDEN_FIELDS = frozenset({"status", "channel", "reply", "replied_at"})
# A run of digits that is no part of a number with letters before it, such as QX2026-00187.
DIGITS = re.compile(r"(?<![A-Za-z\d\-])\d[\d\s\-—*×x]{5,}\d|\d{11,}")
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
DAYLIKE = re.compile(r"(?!.*\d{9})[\d年月日号时分秒点上下中午周星期一二三四五六:：/.,\-TZ+ ]{1,24}")
SAMPLE_LENGTH = 20
TEXT_LIMIT = 20_000
SHORTEST_WORDS = 8  # characters of a column that may hold what people said, on average
WORDY = re.compile(r"[\u4e00-\u9fff]{2}|[A-Za-z]{2,} [A-Za-z]{2,}")


@dataclass(frozen=True)
class Book:
    """A spreadsheet that was opened, with what its columns are taken for.

    ``fields`` is ``{field: [columns]}``; ``why`` is ``{column: (code, params, sure)}``;
    ``samples`` two values a column, masked where they look like contact data.
    """

    sheet: engine.Sheet
    mapping: Mapping
    why: dict
    samples: dict
    notes: tuple

    @property
    def columns(self):
        return self.sheet.columns

    @property
    def fields(self):
        return {
            guess.field: list(guess.columns)
            for guess in self.mapping.guesses
            if guess.field in FIELDS
        }


@dataclass(frozen=True)
class Row:
    """One message of the sheet, ready to be weighed. ``odd`` are codes worth a look."""

    number: int  # as the spreadsheet shows it
    person: str
    contact: str
    title: str
    text: str
    place: str
    category: str
    said_at: datetime | None
    likes: int
    dislikes: int
    external_number: str
    content_hash: str
    odd: tuple


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken: why, as a code with its parameters."""

    number: int
    code: str
    params: dict


def open_book(data, file_name, *, fields=None, why="chosen"):
    """Open a spreadsheet (bytes) and say what its columns are.

    :param fields: what the columns are, when somebody has said so: ``{field: [columns]}``
    :raises Incomplete: it cannot be read, with the sentence why
    """
    try:
        sheet = engine.read(data, file_name)
        guess = with_words(guess_mapping(sheet.columns, sheet.sample), sheet)
        mapping = guess if fields is None else chosen(guess, fields)
    except engine.SheetError as error:
        raise Incomplete(sentences.of_file(error.code, error.params), "file") from None
    notes = [(note.code, dict(note.params)) for note in sheet.notes]
    if data.startswith(b"PK") and b"vbaProject.bin" in data:
        notes.append(("has_macros", {}))
    reasons = reasons_of(guess, mapping, "" if fields is None else why)
    return Book(sheet, mapping, reasons, samples_of(sheet), tuple(notes))


def with_words(guess, sheet):
    """The guess, with the longest column taken for the words when nothing else speaks for one."""
    if guess.text:
        return guess
    lengths = {}
    for place, column in enumerate(sheet.columns):
        values = [str(row[place]).strip() for row in sheet.sample if row[place] is not None]
        wordy = [len(value) for value in values if WORDY.search(value)]
        if column in guess.unused and wordy:
            lengths[column] = sum(wordy) / len(values)
    longest = max(lengths, key=lengths.get, default="")
    if lengths.get(longest, 0) < SHORTEST_WORDS:
        return guess
    why = (engine.Note("longest"),)
    return replace(guess, guesses=(*guess.guesses, Guess("text", (longest,), 0.4, why)))


def chosen(guess, fields):
    """The mapping with exactly these fields."""
    every = {guess.field: None for guess in guess.guesses} | dict.fromkeys(FIELDS)
    return guess.with_(**(every | {name: tuple(columns) for name, columns in fields.items()}))


def reasons_of(guess, mapping, chosen_code):
    """How each column came to be what it is: ``{column: (code, params, sure)}``."""
    reasons = {}
    guessed = {column: item for item in guess.guesses for column in item.columns}
    for column in mapping.columns:
        before = guessed.get(column)
        now = next((item for item in mapping.guesses if column in item.columns), None)
        if now and chosen_code and (before is None or before.field != now.field):
            reasons[column] = (chosen_code, {}, True)
        elif now and now.field in FIELDS and before:
            reasons[column] = _reason(before)
        elif before and before.field in HIDDEN_FIELDS:
            reasons[column] = (before.field, {}, True)
        else:
            left = why_left_alone(column)
            reasons[column] = (chosen_code if before and chosen_code else left, {}, True)
    return reasons


def _reason(guess):
    why = guess.why[0]
    return why.code, dict(why.params) | {"columns": ""}, guess.confidence >= 0.8


def samples_of(sheet):
    """The first two different values of each column, short, without contact data."""
    samples = {}
    for place, column in enumerate(sheet.columns):
        values = dict.fromkeys(
            " ".join(str(row[place]).split())
            for row in sheet.sample[:40]
            if row[place] is not None and str(row[place]).strip()
        )
        samples[column] = [masked(value) for value in list(values)[:2]]
    return samples


def masked(value):
    """A sample value as a page may show it: no number and no address by which to reach anybody."""
    plain = ADDRESS.sub(lambda m: m[0][0] + "***@***", str(value))
    if not re.match(r"\d{4}[-/.年]\d{1,2}", plain):
        plain = DIGITS.sub(lambda m: m[0][:3] + "****" + m[0][-2:], plain)
    return plain if len(plain) <= SAMPLE_LENGTH else plain[: SAMPLE_LENGTH - 1] + "…"


def rows(book, *, tried_at, after=0):
    """Yield a ``Row`` or a ``Refusal`` for each filled row below ``after``, in order.

    What is refused depends only on the file, the mapping and ``tried_at`` (a day that lies after
    it has not come yet), so that a stopped import goes on exactly as it began.
    """
    limits = replace(engine.LIMITS, text_length=TEXT_LIMIT)
    totals = {number for number, cells in book.sheet.numbered() if is_total(cells)}
    for row in rows_to_messages(book.sheet, book.mapping, after=after, limits=limits):
        if row.row_number in totals:
            yield Refusal(row.row_number, "total_row", {})
        elif isinstance(row, Refused):
            yield Refusal(row.row_number, row.code, dict(row.params))
        else:
            yield _weighed(row, tried_at)


def _weighed(row, tried_at):
    if is_garbled(row.text):
        return Refusal(row.row_number, "garbled", {})
    unread = next((_params(n) for n in row.notes if _is_unread_day(n)), None)
    if unread:
        return Refusal(row.row_number, "moment_unread", {"value": shown_day(unread["value"])})
    said_at = _aware(row.at)
    if said_at and said_at.date() > tried_at.date() and said_at > tried_at:
        return Refusal(row.row_number, "moment_ahead", {"value": f"{row.at:%Y-%m-%d}"})
    if said_at and said_at.year < OLDEST_YEAR:
        return Refusal(row.row_number, "moment_too_old", {"value": f"{row.at:%Y-%m-%d}"})
    return Row(
        number=row.row_number,
        person=row.person,
        contact=row.contact,
        title=row.title,
        text=row.text,
        place=row.place,
        category=row.category,
        said_at=said_at,
        likes=row.likes or 0,
        dislikes=row.dislikes or 0,
        external_number=row.number,
        content_hash=row.fingerprint,
        odd=_odd(row),
    )


def shown_day(value):
    """A day that could not be read, as it may be kept: only if it looks like a day at all."""
    return value.strip() if DAYLIKE.fullmatch(value) else "…"


def _odd(row):
    odd = [] if row.at else ["no_moment"]
    if any(note.code == "count_unread" for note in row.notes):
        odd.append("count_unread")
    return tuple(odd)


def _is_unread_day(note):
    return note.code == "moment_unread" and _params(note).get("field") == "at"


def _params(note):
    return dict(note.params)


def _aware(moment):
    if moment is None or timezone.is_aware(moment):
        return moment
    return timezone.make_aware(moment)


def cells_of(book, numbers):
    """The cells of some rows by their number, as text, to hand them back to be put right."""
    wanted, width = set(numbers), len(book.columns)
    return {
        number: ["" if cell is None else str(cell) for cell in cells[:width]]
        for number, cells in book.sheet.numbered()
        if number in wanted
    }


def read_category_tree(data, file_name):
    """Every name of an office's category table, parents first: ``[(path, words)]``.

    :raises Incomplete: it cannot be read, with the sentence why
    """
    try:
        found = sheet_categories.read_categories(data, file_name)
    except engine.SheetError as error:
        raise Incomplete(sentences.of_file(error.code, error.params), "file") from None
    return [(category.path, category.keywords) for category in found]
