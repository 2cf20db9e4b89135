"""Does a quotation stand in a text as it was quoted? To the letter, nearly, or not at all.

Letters are compared first, marks afterwards: a quotation whose letters all agree but whose commas
do not says so. The near place is the substring with the smallest edit distance (Sellers 1980,
"The theory and computation of evolutionary distances", J. Algorithms 1), accepted up to a fifth
of the quotation's letters.
"""

import re
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from .folding import fold, span_of

MOST_APART = 0.2  # edits per letter of the quotation
SHORTEST_NEAR = 8  # letters; of a shorter quotation only the exact place means anything
LONGEST = 1_000  # letters of one quotation
SPOKEN = re.compile(r"“([^“”]+)”|「([^「」]+)」|(?<![\w=])\"([^\"\n]+)\"")
NUMBERS = set("0123456789〇零一二两三四五六七八九十百千万亿半%")
NOT = set("不没未无非勿莫别否")
DUTY = set("应须必可能得宜准禁")


@dataclass(frozen=True)
class Piece:
    """A stretch of the comparison; ``same`` when quoted and original agree."""

    same: bool
    quoted: str
    original: str
    why: str = ""  # of a difference: number, not, duty, marks, words


@dataclass(frozen=True)
class Place:
    """Where a quotation stands: ``text[start:end]``, and how far it agrees."""

    kind: str  # exact, marks (only punctuation differs), near
    start: int
    end: int
    edits: int  # letters
    pieces: tuple


def quotations(text):
    """The quotations of a draft, in order; of a draft without quotation marks, its lines."""
    found = [next(filter(None, groups)).strip() for groups in SPOKEN.findall(text)]
    return [one for one in found or text.splitlines() if fold(one, marks=False).text]


def letters_of(quotation):
    """How many letters a quotation has, marks and spaces not counted."""
    return len(fold(quotation, marks=False).text)


def locate(quotation, text):
    """The best ``Place`` of a quotation in a text, or None when it is not there.

    :raises ValueError: the quotation is longer than ``LONGEST`` letters, or has none
    """
    wanted, held = fold(quotation, marks=False), fold(text, marks=False)
    n = len(wanted.text)
    if not 0 < n <= LONGEST:
        raise ValueError(f"a quotation has 1 to {LONGEST} letters, this one has {n}")
    whole = [_compared(quotation, text, held, at, at + n, 0) for at in _all(held.text, wanted.text)]
    if whole:
        return next((place for place in whole if place.kind == "exact"), whole[0])
    if n < SHORTEST_NEAR or not held.text:
        return None
    edits, start, end = nearest(wanted.text, held.text)
    if edits > MOST_APART * n or start == end:
        return None
    return _compared(quotation, text, held, start, end, edits)


def nearest(wanted, held):
    """The substring of ``held`` with the smallest edit distance to ``wanted``.

    :returns: ``(edits, start, end)``; of equal ones the first, and the longest beginning
    """
    a, b = _codes(wanted), _codes(held)
    last = _last_row(a, b)
    end = int(last.argmin())
    edits = int(last[end])
    reach = b[max(0, end - len(a) - edits) : end][::-1]
    back = _last_row(a[::-1], reach)
    return edits, end - int(np.flatnonzero(back == back.min())[-1]), end


def differences(quoted, original):
    """Compare two texts letter by letter: a tuple of ``Piece``, marks and all."""
    a, b = fold(quoted), fold(original)
    steps = _steps(a.text, b.text)
    pieces = []
    for same, run in groupby(steps, key=lambda step: step[0]):
        run = list(run)
        left = _words(quoted, a, [place for _same, place, _other in run if place is not None])
        right = _words(original, b, [place for _same, _other, place in run if place is not None])
        pieces.append(Piece(same, left, right, "" if same else _why(left, right)))
    return tuple(pieces)


def _compared(quotation, text, held, start, end, edits):
    first, last = span_of(held, start, end)
    quoted, original = _trimmed(quotation), text[first:last]
    if fold(quoted).text == fold(original).text:
        return Place("exact", first, last, 0, (Piece(True, quoted, original),))
    kind = "near" if edits else "marks"
    return Place(kind, first, last, edits, differences(quoted, original))


def _trimmed(quotation):
    """A quotation from its first letter to its last: what stands around it proves nothing."""
    bare = fold(quotation, marks=False)
    return quotation[bare.places[0] : bare.places[-1] + 1]


def _all(held, wanted):
    found, at = [], held.find(wanted)
    while at >= 0 and len(found) < 50:
        found.append(at)
        at = held.find(wanted, at + 1)
    return found


def _codes(text):
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


def _last_row(a, b):
    """Edit distances of ``a`` to the best substring of ``b`` that ends at each place."""
    steps = np.arange(len(b) + 1)
    row = np.zeros(len(b) + 1, dtype=np.int64)
    for i, letter in enumerate(a, 1):
        row = _next_row(row, b != letter, steps, i)
    return row


def _next_row(row, differs, steps, first):
    below = np.empty_like(row)
    below[0] = first
    below[1:] = np.minimum(row[:-1] + differs, row[1:] + 1)
    # A letter more in ``b`` costs one: the running minimum along the row, in one sweep.
    return np.minimum.accumulate(below - steps) + steps


def _steps(a, b):
    """The way from ``a`` to ``b``: ``[(same, place in a or None, place in b or None)]``."""
    first, second = _codes(a), _codes(b)
    steps = np.arange(len(b) + 1)
    table = np.empty((len(a) + 1, len(b) + 1), dtype=np.int32)
    table[0] = steps
    for i, letter in enumerate(first, 1):
        table[i] = _next_row(table[i - 1].astype(np.int64), second != letter, steps, i)
    i, j, way = len(a), len(b), []
    while i or j:
        if i and j and table[i, j] == table[i - 1, j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            way.append((a[i] == b[j], i, j))
        elif i and table[i, j] == table[i - 1, j] + 1:
            i -= 1
            way.append((False, i, None))
        else:
            j -= 1
            way.append((False, None, j))
    return way[::-1]


def _words(text, folded, places):
    if not places:
        return ""
    first, last = folded.places[places[0]], folded.places[places[-1]] + 1
    return text[first:last]


def _why(left, right):
    """What a difference touches, the weightiest first."""
    letters = set(fold(left + right, marks=False).text)
    if not letters:
        return "marks"
    for code, touched in (("number", NUMBERS), ("not", NOT), ("duty", DUTY)):
        if letters & touched:
            return code
    return "words"
