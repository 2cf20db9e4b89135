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

from .candidates import alike
from .sameness import similarity

__all__ = ["join"]


def join(rows, least, labels, apart=()):
    """Return a group number for every row (int64, numbered from 0 by first member).

    `rows` wording.Voices; `labels` starting groups (rows with equal labels stay together);
    `apart` pairs of row numbers that must never share a group.
    """
    labels = np.unique(labels, return_inverse=True)[1]
    changed = np.ones(labels.max(initial=-1) + 1, bool)
    while True:
        count = labels.max(initial=-1) + 1
        groups = rows.gather(labels, count)
        i, j, s = alike(groups, least, changed)
        step = _rounds(groups, i, j, s, least, _forbidden(labels, apart))
        if step.max(initial=-1) + 1 == count:
            return _renumber(labels)
        changed = np.bincount(step) > 1
        labels = step[labels]


def _rounds(groups, i, j, s, least, forbidden):
    """Join until no edge is left; return the new group number of every group."""
    joined = np.arange(len(groups))
    name = np.arange(len(groups))
    while True:
        keep = ~np.isin(_key(i, j), _key(*forbidden)) & (s >= least)
        i, j, s = i[keep], j[keep], s[keep]
        if not len(i):
            return np.unique(joined, return_inverse=True)[1]
        alive = np.unique(np.r_[i, j])
        groups, name = groups.take(alive), name[alive]
        i, j = np.searchsorted(alive, i), np.searchsorted(alive, j)
        forbidden = _still(forbidden, alive)
        first, second = _mutual(i, j, s, len(alive))
        target = np.arange(len(alive))
        target[second] = first
        moved = np.arange(len(joined))
        moved[name[second]] = name[first]
        joined = moved[joined]
        groups = groups.gather(target, len(alive))
        i, j, s = _relabel(i, j, s, target, first, groups)
        forbidden = _pairs(target[forbidden[0]], target[forbidden[1]])


def _still(forbidden, alive):
    """Forbidden pairs among the groups still alive, in their new numbers."""
    keep = np.isin(forbidden[0], alive) & np.isin(forbidden[1], alive)
    return tuple(np.searchsorted(alive, side[keep]) for side in forbidden)


def _mutual(i, j, s, count):
    """Return pairs (a, b), a < b, each the other's nearest (ties go to the smaller number)."""
    left, right, near = np.r_[i, j], np.r_[j, i], np.r_[s, s]
    order = np.lexsort((right, -near, left))
    left, right = left[order], right[order]
    first = np.r_[True, left[1:] != left[:-1]]
    best = np.full(count, -1)
    best[left[first]] = right[first]
    a = np.flatnonzero(best >= 0)
    a = a[best[best[a]] == a]
    a = a[a < best[a]]
    return a, best[a]


def _relabel(i, j, s, target, touched, groups):
    """Move edges to the joined groups and measure anew those that touch one."""
    i, j = target[i], target[j]
    keep = i != j
    low, high, s = np.minimum(i, j)[keep], np.maximum(i, j)[keep], s[keep]
    where = np.unique(_key(low, high), return_index=True)[1]
    low, high, s = low[where], high[where], s[where]
    fresh = np.isin(low, touched) | np.isin(high, touched)
    s[fresh] = similarity(groups, low[fresh], groups, high[fresh])
    return low, high, s


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
