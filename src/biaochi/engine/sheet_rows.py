"""From the rows of a mapped sheet to messages: each is taken, or refused with its reason."""

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from math import isfinite, isnan

from .sheet_limits import LIMITS, Note, SheetError, note
from .sheet_moments import read_moment
from .sheet_profile import is_number
from .sheet_words import FIELDS

WORDS = ("person", "place", "category", "status", "channel", "contact")
NOTHING = frozenset(("", "-", "--", "/", "\\", "无", "null", "none", "nan", "n/a", "#n/a"))


@dataclass(frozen=True)
class Row:
    """One message. Texts are clean; what is not in the sheet is "" or None.

    `row_number` is the row the spreadsheet shows. `fingerprint` (32 hex letters) depends only on
    what the row says: the same row in another place, file format or encoding has the same one.
    `notes`: moment_unread (value), count_unread (field, value).
    """

    row_number: int
    number: str
    person: str
    title: str
    text: str
    at: datetime | None
    likes: int | None
    dislikes: int | None
    place: str
    category: str
    status: str
    channel: str
    contact: str
    reply: str
    replied_at: datetime | None
    fingerprint: str
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A row that was not taken.

    Codes: no_text, text_too_long (length, limit), too_many_cells (count, expected),
    header_again, same_row_again (first_row).
    """

    row_number: int
    code: str
    params: tuple[tuple[str, object], ...] = ()


def rows_to_messages(sheet, mapping, *, after=0, limits=LIMITS):
    """Yield a Row or a Refused for every filled row of a sheet, in order, without holding them.

    A row whose text is blank but whose title speaks is taken with the title as its text.

    With `after`, rows up to that number are read (repetitions are counted from the top) but not
    yielded: a stopped import goes on where it was. Raises SheetError: no_text_column.
    """
    if not mapping.text:
        raise SheetError("no_text_column", columns=sheet.columns)
    places = {f: [sheet.columns.index(c) for c in getattr(mapping, f)] for f in FIELDS}
    orders = dict(mapping.date_orders)
    orders = {f: orders.get(next(iter(getattr(mapping, f)), None)) for f in ("at", "replied_at")}
    first_seen, times = {}, Counter()
    for row_number, cells in sheet.numbered():
        row = _row(row_number, cells, places, orders, sheet.columns, limits)
        if isinstance(row, Row):
            row = _told_apart(row, first_seen, times)
        if row_number > after:
            yield row


def _row(row_number, cells, places, orders, columns, limits):
    extra = [cell for cell in cells[len(columns) :] if cell is not None and str(cell).strip()]
    if extra:
        count = len(columns) + len(extra)
        return _refused(row_number, "too_many_cells", count=count, expected=len(columns))
    if all(str(cell or "").strip() == name for cell, name in zip(cells, columns, strict=False)):
        return _refused(row_number, "header_again")
    taken = {field: [cells[i] for i in where] for field, where in places.items()}
    text, title = _joined(taken["text"]), _joined(taken["title"]).replace("\n", " ")
    text = text if _says_something(text) else title
    if not _says_something(text):
        return _refused(row_number, "no_text")
    if len(text) > limits.text_length:
        return _refused(row_number, "text_too_long", length=len(text), limit=limits.text_length)
    return _message(row_number, taken, title, text, orders)


def _refused(row_number, code, **params):
    return Refused(row_number, code, tuple(sorted(params.items())))


def _message(row_number, taken, title, text, orders):
    notes = []
    moments = {f: _moment(f, taken[f], orders[f], notes) for f in ("at", "replied_at")}
    counts = {f: _count(f, taken[f], notes) for f in ("likes", "dislikes")}
    words = {field: _word(_joined(taken[field])) for field in WORDS}
    number = _word(_joined(taken["number"]))
    return Row(
        row_number=row_number,
        number=number,
        title=title,
        text=text,
        reply=_joined(taken["reply"]),
        fingerprint=_fingerprint(number, words, moments["at"], title, text),
        notes=tuple(notes),
        **words,
        **moments,
        **counts,
    )


def _told_apart(row, first_seen, times):
    """Refuse a numbered row that says the same twice; count unnumbered ones that look alike.

    Two requests of the same kind in the same second are two requests. Without a number of their
    own the second gets a fingerprint of its own, the same in every reading of the file.
    """
    if row.fingerprint in first_seen and row.number:
        first_row = first_seen[row.fingerprint]
        return _refused(row.row_number, "same_row_again", first_row=first_row)
    first_seen.setdefault(row.fingerprint, row.row_number)
    times[row.fingerprint] += 1
    if times[row.fingerprint] == 1:
        return row
    again = _digest((row.fingerprint, str(times[row.fingerprint])))
    return Row(**{**vars(row), "fingerprint": again})


def _fingerprint(number, words, at, title, text):
    moment = at.isoformat(timespec="seconds") if at else ""
    said = "".join(f"{title}\n{text}".split())
    return _digest((number, words["person"], words["place"], moment, said))


def _digest(parts):
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=16).hexdigest()


def _joined(cells):
    if len(cells) < 2:
        return clean_text(cells[0]) if cells else ""
    texts = [clean_text(cell) for cell in cells]
    return "；".join(dict.fromkeys(text for text in texts if text))


def _says_something(text):
    return text.lower() not in NOTHING and bool(_SAYS.search(text))


def _word(text):
    return "" if text.lower() in NOTHING else text


def _moment(field, cells, order, notes):
    filled = [cell for cell in cells if cell is not None and str(cell).strip()]
    if not filled or str(filled[0]).strip().lower() in NOTHING:
        return None
    moment = read_moment(filled[0], order)
    if moment is None:
        notes.append(note("moment_unread", field=field, value=str(filled[0])[:40]))
    return moment


def _count(field, cells, notes):
    text = clean_text(cells[0]) if cells else ""
    if not text or text.lower() in NOTHING:
        return None
    if is_number(text) and 0 <= float(text) < 2**31:
        return int(float(text))
    notes.append(note("count_unread", field=field, value=text[:40]))
    return None


# Letters that a keyboard's width or a copied page changed, and nothing else: full punctuation,
# ①, ½ and ㎡ stay as written.
_SAFE = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for first, last in (
        (0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A), (0x2F00, 0x2FD5),
        (0xF900, 0xFAD9), (0xFB00, 0xFB06),
    )
    for code in range(first, last + 1)
}  # fmt: skip
# Control, invisible and direction-changing characters, and halves of broken ones.
_ODD = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\u2f00-\u2fd5\uf900-\ufad9\ufb00-\ufb06]"
)
_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BREAKS = re.compile(r"\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
_UNCLEAN = re.compile(rf"_x|[^\S ]|  |{_ODD.pattern}")  # what one of the above would change
_SAYS = re.compile(r"[^\W_]")


def clean_text(value):
    """Return a cell as clean text: one line end between lines, one space between words.

    Control and invisible characters go; full-width letters and digits become plain ones; whole
    numbers lose the ".0" a spreadsheet gives them. The words themselves are never touched.
    """
    if value is None or value is True or value is False:
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, float):
        whole = isfinite(value) and abs(value) < 2**53 and value == int(value)
        return str(int(value)) if whole else ("" if isnan(value) else str(value))
    text = str(value)
    if text.isascii() and text.isprintable() and "_x" not in text:
        return " ".join(text.split())
    if not _UNCLEAN.search(text):
        text = text.strip()
        return (
            text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
        )
    if "_x" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
    text = _LINES.sub("\n", text)
    text = _ODD.sub(lambda m: _SAFE.get(m[0], ""), text)
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text)).strip()
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
