"""Which row holds the names of the columns, and clean names for all of them."""

from collections import Counter
from statistics import median

from .sheet_words import HINTS, OTHER_NAMES, WHOLE, plain_name

LOOK_AT = 15
LONGEST_NAME = 40


def is_blank(cells):
    """True for a row in which no cell holds anything."""
    return not any(cell is not None and cell != "" and str(cell).strip() for cell in cells)


def filled_width(cells):
    """The place, counted from 1, of the last filled cell of a row."""
    places = (i for i, cell in enumerate(cells, 1) if cell is not None and str(cell).strip())
    return max(places, default=0)


def guess_header(rows):
    """Return the number (from 1) of the row with the names, or 0 when no row looks like one.

    `rows` are the first rows of the sheet. Titles above the names fill one cell where the others
    fill many; names are short, are not numbers, and do not repeat; the best evidence is a word
    that columns are known to be called by. Without such a word a row counts as names only if the
    rows below it are of another kind: numbers, dates or long text.
    """
    filled = [filled_width(row) for row in rows]
    usual = median([width for width in filled if width] or [1])
    best, header = 0.0, 0
    for number, row in enumerate(rows[:LOOK_AT], 1):
        texts = [str(cell).strip() for cell in row if cell is not None and str(cell).strip()]
        if len(texts) < max(1, 0.5 * usual) or not _could_be_names(row, texts):
            continue
        known = sum(_is_known(text) for text in texts)
        below = rows[number : number + 50]
        score = 2.0 * known / len(texts) + (0.5 if _differs(row, below) else 0.0)
        if score > best + 1e-9 and (known or number == 1 or len(texts) >= usual):
            best, header = score, number
    return header


def _could_be_names(row, texts):
    if any(not isinstance(cell, str) for cell in row if cell is not None and cell != ""):
        return False
    if any(len(text) > LONGEST_NAME or _is_number(text) for text in texts):
        return False
    return len(set(texts)) >= 0.7 * len(texts)


def _is_known(text):
    plain = plain_name(text)
    if plain in WHOLE or plain in OTHER_NAMES:
        return True
    return len(plain) <= 12 and any(part in plain for parts in HINTS.values() for part in parts)


def _is_number(text):
    digits = sum(letter.isdigit() for letter in text)
    return digits * 2 > len(text)


def _differs(row, below):
    """True if some column's cells below are numbers, dates or far longer than its name."""
    for i, name in enumerate(row):
        cells = [r[i] for r in below if len(r) > i and r[i] not in (None, "")]
        if not name or not cells:
            continue
        odd = sum(not isinstance(c, str) or _is_number(c) or len(c) > 40 for c in cells)
        if odd > 0.6 * len(cells):
            return True
    return False


def name_columns(header, width):
    """Return (names, names we made): every column gets one name of its own.

    A blank name becomes 第3列; a repeated one gets a number: 电话, 电话（2）.
    """
    names, made, seen = [], [], Counter()
    for place in range(max(width, filled_width(header))):
        cell = header[place] if place < len(header) else ""
        name = " ".join(str("" if cell is None else cell).replace("\u200b", "").split())
        plain = name or f"第{place + 1}列"
        seen[plain] += 1
        final = plain
        while final in names:
            final = f"{plain}（{seen[plain]}）"
            seen[plain] += final in names
        if final != name:
            made.append(final)
        names.append(final)
    return tuple(names), tuple(made)
