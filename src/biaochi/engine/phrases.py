"""Wording two sides share, as readable phrases: runs of letter pairs which both sides use."""

import numpy as np
import rjieba

from .letters import pair_codes, squeeze
from .matter import Reason

__all__ = ["in_common", "shared_phrases", "shorten"]

SHORTEST, LONGEST = 2, 10
SHARE = 0.02


def in_common(left, i, right, j):
    """Return (codes, left values, right values) of the columns rows left[i], right[j] share.

    Both are CSR with sorted columns; `codes` comes sorted.
    """
    mine = slice(left.indptr[i], left.indptr[i + 1])
    theirs = slice(right.indptr[j], right.indptr[j + 1])
    columns = right.indices[theirs]
    if not len(columns):
        return columns, left.data[:0], right.data[:0]
    at = np.searchsorted(columns, left.indices[mine]).clip(0, len(columns) - 1)
    held = columns[at] == left.indices[mine]
    return left.indices[mine][held], left.data[mine][held], right.data[theirs][at[held]]


def shared_phrases(text, codes, gains, limit=3):
    """Return up to `limit` Reasons of kind phrase, the heaviest first.

    `codes` (sorted) are letter pairs both sides use, `gains` what each adds to their similarity. A
    run of pairs in `text` which all add something is a phrase; it is cut to whole words and to
    LONGEST letters. The weight of a Reason is the share of the whole its pairs bring.
    """
    whole = float(gains.sum())
    if whole <= 0:
        return ()
    text = squeeze(text)
    found = {}
    for start, stop, gain in _runs(text, codes, gains, SHARE * whole):
        phrase = _whole_words(text[start:stop])
        if len(phrase) >= SHORTEST:
            found[phrase] = max(found.get(phrase, 0.0), gain)
    chosen = []
    for phrase, gain in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if not any(phrase in other or other in phrase for other, _ in chosen):
            chosen.append((phrase, gain))
    return tuple(Reason("phrase", p, round(min(g / whole, 1.0), 3)) for p, g in chosen[:limit])


def shorten(text, length):
    """Return text in one line, cut to `length` letters at a sentence end where there is one."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = max(line.rfind(mark, 0, length) for mark in "。！？；!?;")
    return line[: cut + 1] if cut >= length // 2 else line[: length - 1] + "…"


def _runs(text, codes, gains, least):
    """Return (start, stop, gain) of runs of neighbouring pairs each adding at least `least`."""
    here, places = pair_codes(text)
    if not len(here) or not len(codes):
        return []
    at = np.searchsorted(codes, here).clip(0, len(codes) - 1)
    worth = np.where(codes[at] == here, gains[at], 0.0)
    kept = np.flatnonzero(worth >= least)
    if not len(kept):
        return []
    breaks = np.flatnonzero(np.diff(places[kept]) != 1) + 1
    return [
        (int(places[run[0]]), int(places[run[-1]]) + 2, float(worth[run].sum()))
        for whole in np.split(kept, breaks)
        for run in np.split(whole, range(LONGEST - 1, len(whole), LONGEST - 1))
    ]


def _whole_words(phrase):
    """Drop a single letter at either end which is only the rest of a neighbouring word."""
    words = rjieba.cut(phrase)
    if len(words) > 1 and len(words[0]) == 1 and len(phrase) > SHORTEST + 1:
        words = words[1:]
    if len(words) > 1 and len(words[-1]) == 1 and sum(map(len, words)) > SHORTEST + 1:
        words = words[:-1]
    return "".join(words)
