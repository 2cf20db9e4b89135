"""What "the same matter" means in numbers.

Two sides are the same matter when they share the names *and* the trouble. Where both name
something, names and rest must agree together (their harmonic mean: one of them alone is a
district full of different troubles, or a theme found all over the city). Where a side names
nothing, as with a rule that holds for the whole city, the wording decides alone. Between two
groups every part is the average over all pairs of their messages.
"""

import numpy as np

__all__ = ["LEAST", "chance", "dots", "likeness", "nearness", "similarity", "standing"]

LEAST = 0.12
BOTH = 0.75
EVEN, STEEPNESS = 0.15, 40.0


def likeness(left, i, right, j):
    """Return the plain likeness of wording; `similarity` is hardly ever twice as much."""
    return dots(left.whole, right.whole, i, j) / (left.sizes[i] * right.sizes[j])


def similarity(left, i, right, j):
    """Return the similarity of rows left[i] and right[j] (wording.Voices), float64, 0 … 1."""
    parts = (
        dots(left.whole, right.whole, i, j),
        dots(left.names, right.names, i, j),
        dots(left.rest, right.rest, i, j),
    )
    named = left.named[i] / left.sizes[i], right.named[j] / right.sizes[j]
    return _together(parts, left.sizes[i] * right.sizes[j], np.minimum(*named))


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

    Logistic, fitted on hand-made matters: each message against its own matter without it and
    against the nearest wrong one (rounded; the same within sampling error on a second set).
    Even odds lie above LEAST: at LEAST a suggestion is worth a look, not yet likely.
    """
    return 1.0 / (1.0 + np.exp(-STEEPNESS * (np.asarray(score, float) - EVEN)))


def dots(left, right, i, j, chunk=50_000):
    """Return the dot products left[i] · right[j], float64."""
    out = np.empty(len(i))
    for start in range(0, len(i), chunk):
        a, b = left[i[start : start + chunk]], right[j[start : start + chunk]]
        out[start : start + chunk] = np.asarray(a.multiply(b).sum(axis=1, dtype=np.float64)).ravel()
    return out
