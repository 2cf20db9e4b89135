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
import scipy.sparse as sp

from .candidates import alike, dots

__all__ = ["join"]


def join(rows, least, labels, apart=()):
    """Return a group number for every row (int64, numbered from 0 by first member).

    `rows` CSR unit vectors; `labels` starting groups (rows with equal labels stay together);
    `apart` pairs of row numbers that must never share a group.
    """
    labels = np.unique(labels, return_inverse=True)[1]
    while True:
        sums = _sums(rows, labels)
        sizes = np.bincount(labels).astype(np.float64)
        means = sp.diags((1 / sizes).astype(np.float32)) @ sums
        i, j, s = alike(means.tocsr(), least)
        forbidden = _forbidden(labels, apart)
        step = _rounds(sums, sizes, i, j, s, least, forbidden)
        if step.max(initial=-1) + 1 == len(sizes):
            return _renumber(labels)
        labels = step[labels]


def _rounds(sums, sizes, i, j, s, least, forbidden):
    """Join until no edge is left; return the group of every starting group."""
    group = np.arange(len(sizes))
    active = np.arange(len(sizes))
    while True:
        keep = ~np.isin(_key(i, j), _key(*forbidden)) & (s >= least)
        i, j, s = i[keep], j[keep], s[keep]
        if not len(i):
            return np.unique(group, return_inverse=True)[1]
        first, second = _mutual(i, j, s, len(sizes))
        target = np.arange(len(sizes))
        target[second] = first
        group = target[group]
        sums, sizes, active = _absorb(sums, sizes, active, first, second)
        i, j, s = _relabel(i, j, s, target, first, sums, sizes)
        forbidden = _pairs(target[forbidden[0]], target[forbidden[1]])


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


def _absorb(sums, sizes, active, first, second):
    """Add the rows `second` to the rows `first`; numbers stay, emptied rows are blank."""
    count = len(sizes)
    moved = np.arange(count)
    moved[second] = first
    ones = np.ones(count, np.float32)
    matrix = sp.csr_matrix((ones, (moved, np.arange(count))), shape=(count, count))
    sizes = np.bincount(moved, weights=sizes, minlength=count)
    return (matrix @ sums).tocsr(), sizes, active


def _relabel(i, j, s, target, touched, sums, sizes):
    """Move edges to the joined groups and measure anew those that touch one."""
    i, j = target[i], target[j]
    keep = i != j
    low, high, s = np.minimum(i, j)[keep], np.maximum(i, j)[keep], s[keep]
    where = np.unique(_key(low, high), return_index=True)[1]
    low, high, s = low[where], high[where], s[where]
    fresh = np.isin(low, touched) | np.isin(high, touched)
    s[fresh] = dots(sums, sums, low[fresh], high[fresh]) / (sizes[low[fresh]] * sizes[high[fresh]])
    return low, high, s


def _sums(rows, labels):
    count = labels.max(initial=-1) + 1
    ones = np.ones(len(labels), np.float32)
    return (
        sp.csr_matrix((ones, (labels, np.arange(len(labels)))), shape=(count, len(labels))) @ rows
    ).tocsr()


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
