"""Which messages may belong together: pairs found through shared rare wording, never all pairs.

Every pair of letters has a list of the rows that use it. Wordings that everybody uses are left
out, and of each row only its heaviest letter pairs are looked up; a list longer than `cap` is cut
into pieces of at most `cap` rows (rows with similar wording fall into the same piece), so the
work grows with the number of rows, not with its square. What the cutting keeps apart meets again
when the groups found so far are compared (see linkage).
"""

import numpy as np
import scipy.sparse as sp

from .sameness import likeness, similarity

__all__ = ["CAP", "alike"]

CAP = 1_000
COMMON = 0.1
BLOCK = 2_000
HEAVIEST = 64
NEIGHBOURS = 24
SLACK, HOPELESS = 0.4, 0.5


def alike(groups, least, changed, cap=CAP):
    """Return (i, j, s): every found pair i < j of rows whose similarity s is >= `least`.

    `groups` is wording.Voices (messages, or sums of them). Only pairs with a row that is `changed`
    (bool array) are looked for: the others were measured before. Pairs come sorted by (i, j).
    """
    rows = (sp.diags((1 / groups.sizes).astype(np.float32)) @ groups.whole).tocsr()
    index = _index(rows, cap)
    turned = index.T.tocsr()
    asking = np.flatnonzero(changed)
    found = [_none()]
    for start in range(0, len(asking), BLOCK):
        some = asking[start : start + BLOCK]
        near = (index[some] @ turned).tocoo()
        i, j = some[near.row], near.col.astype(np.int64)
        keep = (near.data >= SLACK * least) & (i != j)
        i, j = _nearest(i[keep], j[keep], near.data[keep])
        found.append(_measured(groups, np.minimum(i, j), np.maximum(i, j), least))
    i, j, s = (np.concatenate(part) for part in zip(*found, strict=True))
    where = np.unique((i << 32) | j, return_index=True)[1]
    return i[where], j[where], s[where]


def _nearest(i, j, near):
    """Keep of each row i its NEIGHBOURS nearest: average linkage joins with the nearest anyway."""
    order = np.lexsort((j, -near, i))
    i, j = i[order], j[order]
    first = np.flatnonzero(np.r_[True, i[1:] != i[:-1]]) if len(i) else np.zeros(0, np.int64)
    rank = np.arange(len(i)) - np.repeat(first, np.diff(np.r_[first, len(i)]))
    return i[rank < NEIGHBOURS], j[rank < NEIGHBOURS]


def _measured(groups, i, j, least):
    """Keep the pairs that are similar enough; the costly measure is spared to hopeless ones."""
    keep = likeness(groups, i, groups, j) >= HOPELESS * least
    i, j = i[keep], j[keep]
    exact = similarity(groups, i, groups, j)
    keep = exact >= least
    return i[keep], j[keep], exact[keep]


def _none():
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def _index(rows, cap):
    """Return rows with their HEAVIEST entries only, long lists cut into pieces of `cap` rows.

    What two messages about one thing share is rare and therefore heavy; the light rest is
    counted when a found pair is measured exactly.
    """
    count, width = rows.shape
    held = np.diff(rows.indptr)
    row_of = np.repeat(np.arange(count), held)
    order = np.lexsort((rows.indices, -rows.data, row_of))
    rank = np.arange(len(order)) - np.repeat(rows.indptr[:-1], held)
    users = np.bincount(rows.indices, minlength=width)
    common = users > max(COMMON * count, 50)
    kept = order[(rank < HEAVIEST) & ~common[rows.indices[order]]]
    row_of, column, data = row_of[kept], rows.indices[kept].astype(np.int64), rows.data[kept]
    topic = np.full(count, -1, np.int64)
    topic[row_of[::-1]] = column[::-1]
    order = np.lexsort((row_of, topic[row_of], column))
    place = np.arange(len(order)) - np.searchsorted(column[order], column[order])
    piece = np.zeros(len(order), np.int64)
    piece[order] = place // cap
    names, column = np.unique(column * (count // cap + 1) + piece, return_inverse=True)
    return sp.csr_matrix((data, (row_of, column)), shape=(count, len(names)))
