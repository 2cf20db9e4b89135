"""Delimited text: which letters, which separator, which rows.

Offices send CSV files in whatever encoding their Excel or WPS chose. The order of the guesses is:
a byte order mark; UTF-8 that decodes without one error; UTF-16 by its zero bytes; GB18030 if what
comes out is common Chinese; Windows-1252 for western files. A file that fits UTF-8 or GB18030 but
for a few bytes is taken, and the number of broken bytes is told.
"""

import codecs
import csv
import re
from collections import Counter
from io import StringIO

from .sheet_limits import SheetError, note

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",\t;|，"
PROBE = 1 << 18
BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
COMMON_PAIR = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
HIGH = re.compile(rb"[\x80-\xff]+")


def decode(data):
    """Return (text, encoding name, notes). Raises SheetError: unknown_encoding, not_a_sheet."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    try:
        return _checked(data.decode("utf-8")), "utf-8", ()
    except UnicodeDecodeError:
        encoding = _wide_encoding(data[:PROBE]) or _narrow_encoding(data)
    return _decoded(data, encoding)


def _wide_encoding(probe):
    """Name UTF-16 without a mark: its line ends and commas leave zeros on one side."""
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if max(even, odd) < max(2, len(probe) // 200) or min(even, odd) * 4 > max(even, odd):
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _narrow_encoding(data):
    """Name the encoding of bytes that are not clean UTF-8.

    GB18030 accepts almost any bytes, so it must also give common letters (the block of GB 2312).
    """
    probe = data[:PROBE]
    _checked(probe.decode("latin-1"))
    high = sum(map(len, HIGH.findall(probe)))
    common = 2 * len(COMMON_PAIR.findall(probe)) >= 0.6 * high
    if common and _fits(data, "gb18030"):
        return "gb18030"
    if probe.decode("utf-8", errors="replace").count("\ufffd") * 50 < high:
        return "utf-8"
    if common:
        return "gb18030"
    if high * 4 < len(probe):
        return "cp1252"
    return "gb18030" if _fits(data, "gb18030") else "utf-8"


def _fits(data, encoding):
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data, encoding):
    text = data.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken > max(2, len(text) // 200):
        raise SheetError("unknown_encoding")
    notes = (note("letters_lost", count=broken),) if broken else ()
    return _checked(text), encoding.removesuffix("-sig"), notes


def _checked(text):
    """A file of control characters is no text, whatever it decodes to."""
    probe = text[:PROBE]
    if len(BINARY.findall(probe)) > max(8, len(probe) // 100):
        raise SheetError("not_a_sheet", looks_like="binary")
    return text.lstrip("\ufeff")


def sniff_delimiter(text):
    """Return the separator which cuts the first lines into the most equal pieces.

    A first line `sep=;` (an Excel habit) decides at once. One column is a fair answer: then
    the comma is returned and does nothing.
    """
    if text[:4].lower() == "sep=" and len(text) > 4:
        return text[4]
    best, delimiter = 0.0, ","
    for candidate in DELIMITERS:
        widths = _widths(text[:PROBE], candidate)
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = (count / len(widths)) * (1 if candidate == "，" else 2) * min(width - 1, 4)
        if score > best:
            best, delimiter = score, candidate
    return delimiter


def _widths(text, delimiter):
    widths = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if row:
                widths.append(len(row))
            if len(widths) == 60:
                break
    except csv.Error:
        pass
    return widths


def open_rows(text, delimiter):
    """Return a function which starts the rows anew: each call is one pass over the file.

    Quotes are first read strictly. A file with one stray quote is then read as if quotes were
    letters, if that gives rows of equal length. Raises SheetError: quotes_unclosed (row).
    """
    body = text.split("\n", 1)[1] if text[:4].lower() == "sep=" and "\n" in text else text
    row, error = _first_fault(body, delimiter, strict=True)
    if error is None:
        return _reader(body, delimiter)
    _, plain_error = _first_fault(body, delimiter, quoting=csv.QUOTE_NONE, equal=True)
    if plain_error is None:
        return _reader(body, delimiter, quoting=csv.QUOTE_NONE)
    if "unexpected end" in error or "field larger" in error:
        raise SheetError("quotes_unclosed", row=row)
    return _reader(body, delimiter)


def _reader(body, delimiter, **options):
    return lambda: csv.reader(StringIO(body, newline=""), delimiter=delimiter, **options)


def _first_fault(body, delimiter, equal=False, **options):
    """Return (row number, what is wrong) of the first fault, or (rows, None)."""
    number, width = 0, None
    rows = _reader(body, delimiter, **options)()
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return number, None
        except csv.Error as error:
            return number + 1, str(error)
        number += 1
        if equal and row:
            width = width or len(row)
            if len(row) != width:
                return number, "uneven"
