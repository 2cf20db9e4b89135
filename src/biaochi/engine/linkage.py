"""Average linkage on a graph of candidates, exact and in whole arrays.

Two groups are joined when each is the other's nearest and their average similarity over all pairs
of members is at least `least` (reciprocal nearest neighbours; average linkage is reducible, so
joining all such pairs at once gives the same tree as joining one at a time: Murtagh 1983). The
average over all pairs is the dot product of mean vectors, so no pair is ever guessed. A group
never grows by a chain of links: one close member is not enough.

An edge below `least` can be dropped for good: the average of a union is never above the larger of
its two parts' averages.
"""

import numpy as np

from .candidates import CAP, alike, measured
from .crew import Alone
from .gathering import Groups, Sums

__all__ = ["SPAN", "join"]

SPAN = 30_000
FEW = 3_000


def join(crew, store, rows, least, labels, apart=(), span=SPAN):
    """Return a group number for every member (int64, numbered from 0 by first member).

    `rows` are the members' rows in the store (see reading.fetch); `labels` starting groups
    (members with equal labels stay together); `apart` pairs of members that must never share one.
    """
    labels = np.unique(labels, return_inverse=True)[1]
    sums = Sums(crew, store)
    rows = sums.of(Groups.of(labels, rows, labels.max(initial=-1) + 1))  # one for each group
    changed = np.ones(len(rows), bool)
    while True:
        edges = alike(crew, store, rows, least, changed, span, CAP)
        step, rows = _rounds(crew, store, sums, rows, edges, least, _forbidden(labels, apart))
        if len(rows) == len(changed):
            return _renumber(labels)
        changed = np.bincount(step) > 1
        labels = step[labels]


def _rounds(crew, store, sums, rows, edges, least, forbidden):
    """Join until no edge is left; return (the new number of every group, the rows of the new)."""
    count, rows = len(rows), rows.copy()
    joined = np.arange(count)
    while True:
        i, j, s = _allowed(*edges, forbidden)
        if not len(i):
            alive, step = np.unique(joined, return_inverse=True)
            return step, rows[alive]
        first, second = _mutual(i, j, s, count)
        rows[first] = sums.of_pairs(rows[first], rows[second])
        target = np.arange(count)
        target[second] = first
        joined = target[joined]
        forbidden = _pairs(target[forbidden[0]], target[forbidden[1]])
        edges = _relabel(crew, store, rows, (target[i], target[j], s), first, least)


def _allowed(i, j, s, forbidden):
    if not len(forbidden[0]):
        return i, j, s
    keep = ~np.isin(_key(i, j), _key(*forbidden))
    return i[keep], j[keep], s[keep]


def _mutual(i, j, s, count):
    """Return pairs (a, b), a < b, each the other's nearest (ties go to the smaller number)."""
    top = np.zeros(count)
    np.maximum.at(top, i, s)
    np.maximum.at(top, j, s)
    best = np.full(count, count)
    for one, other in ((i, j), (j, i)):
        nearest = s == top[one]
        np.minimum.at(best, one[nearest], other[nearest])
    a = np.flatnonzero(best < count)
    a = a[best[best[a]] == a]
    a = a[a < best[a]]
    return a, best[a]


def _relabel(crew, store, rows, edges, touched, least):
    """Measure anew the edges that touch a joined group; the others stay as they are."""
    i, j, s = edges
    new = np.zeros(len(rows), bool)
    new[touched] = True
    fresh = new[i] | new[j]
    keys = np.unique(_key(*_pairs(i[fresh], j[fresh])))
    low, high = keys >> 32, keys & 0xFFFF_FFFF
    low, high = low[low != high], high[low != high]
    crew = crew if len(low) > FEW else Alone()
    again = measured(crew, store, rows, low, high, least, hopeless=0.0)
    old = (i[~fresh], j[~fresh], s[~fresh])
    return tuple(np.concatenate(both) for both in zip(old, again, strict=True))


def _forbidden(labels, apart):
    pairs = np.array(apart, np.int64).reshape(-1, 2)
    return _pairs(labels[pairs[:, 0]], labels[pairs[:, 1]])


def _pairs(a, b):
    return np.minimum(a, b), np.maximum(a, b)


def _key(i, j):
    return (np.asarray(i, np.int64) << 32) | np.asarray(j, np.int64)


def _renumber(labels):
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[inverse]
