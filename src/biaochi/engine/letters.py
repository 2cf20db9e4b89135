"""Chinese letters as numbers: text is cleaned, cut into pairs of neighbouring letters, and counted.

Pairs of letters need no dictionary, so a name nobody has heard of (a new estate, a new company)
weighs as much as a known word. Everything is done on whole arrays of code points.
"""

import unicodedata

import numpy as np

__all__ = ["BITS", "clean", "pair_codes", "row_pairs", "squeeze"]

BITS = 21
_BREAK = "\n"
_LETTERS = np.array([chr(code).isalnum() for code in range(0x10000)])
_MIX = np.uint64(0x9E3779B97F4A7C15)


def squeeze(text):
    """Return text in one width and case, without white space: what two copies have in common."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def clean(text):
    """Return `squeeze(text)` with everything but letters and figures turned into breaks."""
    return "".join(c if c.isalnum() else _BREAK for c in squeeze(text))


def pair_codes(text):
    """Return (codes, starts): a code for every pair of letters in a squeezed text, and its place."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    where = _pairs_at(points)
    return _codes(points, where), where


def row_pairs(texts):
    """Return (rows, codes, counts) of the letter pairs of many squeezed texts, sorted.

    `rows` (int64) are positions in `texts`, `codes` lie in [0, 2**BITS), `counts` (float32) say
    how often the pair stands in that text. One entry for each different pair of a text.
    """
    points = np.frombuffer(_BREAK.join(texts).encode("utf-32-le"), dtype=np.uint32)
    lengths = np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts))
    where = _pairs_at(points)
    rows = np.searchsorted(np.cumsum(lengths), where, side="right")
    keys = (rows << BITS) | _codes(points, where)
    keys, counts = np.unique(keys, return_counts=True)
    return keys >> BITS, keys & ((1 << BITS) - 1), counts.astype(np.float32)


def _pairs_at(points):
    """Positions where two letters stand side by side (letters beyond the basic plane count)."""
    known = points < 0x10000
    letters = np.where(known, _LETTERS[np.where(known, points, 0)], True)
    return np.flatnonzero(letters[:-1] & letters[1:])


def _codes(points, where):
    pair = (points[where].astype(np.uint64) << np.uint64(21)) | points[where + 1]
    return ((pair * _MIX) >> np.uint64(64 - BITS)).astype(np.int64)
