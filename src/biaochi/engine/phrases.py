"""Wording two sides share, as readable phrases: runs of letter pairs which both sides use."""

from functools import lru_cache
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import rjieba

from .letters import BITS, pair_places, squeeze
from .matter import Reason

__all__ = ["in_common", "phrases_of", "shared_phrases", "shorten"]

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
    return phrases_of([squeeze(text)], codes, gains, np.array([0, len(codes)]), limit)[0]


def phrases_of(texts, codes, gains, ends, limit=3):
    """Return for many squeezed texts what `shared_phrases` says of each.

    Text n has codes[ends[n] : ends[n + 1]] and the same of gains.
    """
    wholes = [float(gains[a:b].sum()) for a, b in pairwise(ends.tolist())]
    found = [[] for _ in texts]
    for row, start, stop, gain in zip(*_runs(texts, codes, gains, ends, wholes), strict=True):
        found[row].append((gain, texts[row][start:stop]))
    return [
        tuple(Reason("phrase", p, round(min(g / whole, 1.0), 3)) for p, g in _chosen(runs, limit))
        for runs, whole in zip(found, wholes, strict=True)
    ]


def _chosen(runs, limit):
    """Return up to `limit` (phrase, gain), the heaviest first, none of them inside another.

    `runs` come heaviest first. Only as many are cut to words as are needed.
    """
    chosen, seen = [], set()
    for gain, several in groupby(runs, key=itemgetter(0)):
        for phrase in sorted({_whole_words(run) for _, run in several} - seen):
            seen.add(phrase)
            if len(phrase) < SHORTEST or any(phrase in p or p in phrase for p, _ in chosen):
                continue
            chosen.append((phrase, gain))
            if len(chosen) == limit:
                return chosen
    return chosen


def shorten(text, length):
    """Return text in one line, cut to `length` letters at a sentence end where there is one."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = max(line.rfind(mark, 0, length) for mark in "。！？；!?;")
    return line[: cut + 1] if cut >= length // 2 else line[: length - 1] + "…"


def _runs(texts, codes, gains, ends, wholes):
    """Return (text, start, stop, gain) of the runs of pairs that each add at least their SHARE.

    The four lists come text by text, the heaviest run first.
    """
    rows, here, places = pair_places(texts)
    owner = np.repeat(np.arange(len(texts)), np.diff(ends))
    keys, asked = (owner << BITS) | codes, (rows << BITS) | here
    at = np.searchsorted(keys, asked).clip(0, max(len(keys) - 1, 0))
    least = np.array([SHARE * w if w > 0 else np.inf for w in wholes], np.float32)
    kept = np.flatnonzero(keys[at] == asked) if len(keys) else at[:0]
    kept = kept[gains[at[kept]] >= least[rows[kept]]]
    rows, places, worth = rows[kept], places[kept], gains[at[kept]]
    broken = np.r_[True, (np.diff(places) != 1) | (np.diff(rows) != 0)][: len(rows)]
    run = np.cumsum(broken) - 1
    inside = np.arange(len(rows)) - np.flatnonzero(broken)[run]
    first = np.flatnonzero(inside % (LONGEST - 1) == 0)
    count = np.diff(np.r_[first, len(rows)])
    gain = np.empty(len(first), np.float32)
    for length in range(1, LONGEST):
        some = count == length
        gain[some] = worth[first[some][:, None] + np.arange(length)].sum(axis=1)
    order = np.lexsort((first, -gain, rows[first]))
    first, count, gain = first[order], count[order], gain[order]
    starts = places[first]
    return rows[first].tolist(), starts.tolist(), (starts + count + 1).tolist(), gain.tolist()


@lru_cache(maxsize=65_536)
def _whole_words(phrase):
    """Drop a single letter at either end which is only the rest of a neighbouring word."""
    words = rjieba.cut(phrase)
    if len(words) > 1 and len(words[0]) == 1 and len(phrase) > SHORTEST + 1:
        words = words[1:]
    if len(words) > 1 and len(words[-1]) == 1 and sum(map(len, words)) > SHORTEST + 1:
        words = words[:-1]
    return "".join(words)
