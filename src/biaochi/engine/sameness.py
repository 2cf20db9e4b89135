"""What "the same matter" means in numbers.

Two sides are the same matter when they share the names *and* the trouble. Where both name
something, names and rest must agree together (their harmonic mean: one of them alone is a
district full of different troubles, or a theme found all over the city). Where a side names
nothing, as with a rule that holds for the whole city, the wording decides alone. Between two
groups every part is the average over all pairs of their messages.
"""

import numpy as np

__all__ = ["HOPELESS", "LEAST", "chance", "dots", "nearness", "similar", "similarity", "standing"]

LEAST = 0.12
BOTH = 0.75
HOPELESS = 0.5
AT_ONCE = 4_000_000
EVEN, STEEPNESS = 0.16, 32.0


def similarity(left, i, right, j):
    """Return the similarity of rows left[i] and right[j] (wording.Voices), float64, 0 … 1."""
    parts = (
        dots(left.whole, right.whole, i, j),
        dots(left.names, right.names, i, j),
        dots(left.rest, right.rest, i, j),
    )
    named = left.named[i] / left.sizes[i], right.named[j] / right.sizes[j]
    return _together(parts, left.sizes[i] * right.sizes[j], np.minimum(*named))


def similar(rows, i, j, least, hopeless=HOPELESS):
    """Return (i, j, s) of the pairs of rows whose similarity is >= `least`.

    Similarity is hardly ever more than twice the plain likeness of wording; the costly measure
    is spared to pairs whose likeness is under `hopeless` times least, and to those whose names
    agree too little for any rest to help.
    """
    whole = dots(rows.whole, rows.whole, i, j)
    pairs = rows.sizes[i] * rows.sizes[j]
    open_to = np.flatnonzero(whole / pairs >= hopeless * least)
    i, j, whole, pairs = i[open_to], j[open_to], whole[open_to], pairs[open_to]
    names = dots(rows.names, rows.names, i, j)
    named = np.minimum(rows.named[i] / rows.sizes[i], rows.named[j] / rows.sizes[j])
    most = named * BOTH * 2 * names / pairs + (1 - named) * whole / pairs  # whatever the rest is
    open_to = np.flatnonzero(most >= least - 1e-6)
    i, j, named, pairs = i[open_to], j[open_to], named[open_to], pairs[open_to]
    rest = dots(rows.rest, rows.rest, i, j)
    s = _together((whole[open_to], names[open_to], rest), pairs, named)
    return i[s >= least], j[s >= least], s[s >= least]


def nearness(one, rows):
    """Return the similarity of a single message (Voices of one row) to each of `rows`, float64."""
    parts = [
        _against(mine, theirs)
        for mine, theirs in (
            (one.whole, rows.whole),
            (one.names, rows.names),
            (one.rest, rows.rest),
        )
    ]
    return _together(parts, rows.sizes, np.minimum(one.named[0], rows.named / rows.sizes))


def _against(one, rows):
    """Dot products of a single sorted row with each of `rows`."""
    if not one.nnz:
        return np.zeros(rows.shape[0])
    at = np.searchsorted(one.indices, rows.indices).clip(0, one.nnz - 1)
    gains = np.where(one.indices[at] == rows.indices, rows.data * one.data[at], 0.0)
    row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return np.bincount(row_of, weights=gains, minlength=rows.shape[0])


def standing(rows, groups, of):
    """Return each single row's similarity to the others of its group `groups[of]`; 1.0 if alone."""
    every = np.arange(len(rows))
    parts = [
        dots(mine, theirs, every, of) - dots(mine, mine, every, every)
        for mine, theirs in (
            (rows.whole, groups.whole),
            (rows.names, groups.names),
            (rows.rest, groups.rest),
        )
    ]
    others = groups.sizes[of] - 1
    named = (groups.named[of] - rows.named) / np.maximum(others, 1)
    score = _together(parts, np.maximum(others, 1), np.minimum(rows.named, named))
    return np.where(others > 0, score, 1.0).clip(0, 1)


def _together(parts, pairs, named):
    whole, names, rest = (part / pairs for part in parts)
    both = 2 * names * rest / np.maximum(names + rest, 1e-9)
    return named * BOTH * both + (1 - named) * whole


def chance(score):
    """Return the chance that a message belongs to a matter it is this similar to (number or array).

    Logistic (Platt 1999), fitted on hand-made matters and rounded: each message against its own
    matter without it, and against the nearest wrong one of all (docs/methods/grouping.md). Even odds lie above LEAST: at LEAST a suggestion is worth a look, not yet likely.
    """
    return 1.0 / (1.0 + np.exp(-STEEPNESS * (np.asarray(score, float) - EVEN)))


def dots(left, right, i, j):
    """Return the dot products left[i] · right[j], float64; long rows are taken few at a time."""
    out = np.empty(len(i))
    cost = np.cumsum(np.diff(left.indptr)[i].astype(np.int64) + np.diff(right.indptr)[j])
    start = 0
    while start < len(i):
        room = AT_ONCE + (cost[start - 1] if start else 0)
        stop = max(start + 1, int(np.searchsorted(cost, room, side="right")))
        both = left[i[start:stop]].multiply(right[j[start:stop]])
        out[start:stop] = np.asarray(both.sum(axis=1, dtype=np.float64)).ravel()
        start = stop
    return out
