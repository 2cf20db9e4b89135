"""Which messages may belong together: pairs found through shared rare wording, never all pairs.

Every pair of letters has a list of the rows that use it. Wordings that everybody uses are left
out; a list longer than `cap` is cut into pieces of at most `cap` rows (rows with similar wording
fall into the same piece), so the work grows with the number of rows, not with its square. What
the cutting keeps apart meets again when the groups found so far are compared (see linkage).
"""

import numpy as np
import scipy.sparse as sp

from .sameness import similarity

__all__ = ["CAP", "alike"]

CAP = 3_000
COMMON = 0.1
BLOCK = 2_000
SLACK = 0.6


def alike(groups, least, cap=CAP):
    """Return (i, j, s): every found pair i < j of rows whose similarity s is >= `least`.

    `groups` is wording.Voices (messages, or sums of them). Pairs come sorted by (i, j).
    """
    rows = (sp.diags((1 / groups.sizes).astype(np.float32)) @ groups.whole).tocsr()
    index = _index(rows, cap)
    turned = index.T.tocsr()
    found = []
    for start in range(0, rows.shape[0], BLOCK):
        near = (index[start : start + BLOCK] @ turned).tocoo()
        i, j = near.row.astype(np.int64) + start, near.col.astype(np.int64)
        keep = (i < j) & (near.data >= SLACK * least)
        i, j = i[keep], j[keep]
        exact = similarity(groups, i, groups, j)
        keep = exact >= least
        found.append((i[keep], j[keep], exact[keep]))
    i, j, s = (np.concatenate(part) for part in zip(*found, strict=True)) if found else _none()
    order = np.lexsort((j, i))
    return i[order], j[order], s[order]


def _none():
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def _index(rows, cap):
    """Return rows without common wording, long lists cut into pieces of at most `cap` rows."""
    count, width = rows.shape
    held = np.bincount(rows.indices, minlength=width)
    ceiling = max(COMMON * count, 50)
    keep = (held[rows.indices] >= 2) & (held[rows.indices] <= ceiling)
    row_of = np.repeat(np.arange(count), np.diff(rows.indptr))[keep]
    column, data = rows.indices[keep].astype(np.int64), rows.data[keep]
    order = np.lexsort((row_of, _strongest(rows)[row_of], column))
    place = np.arange(len(order)) - np.searchsorted(column[order], column[order])
    piece = np.zeros(len(order), np.int64)
    piece[order] = place // cap
    names, column = np.unique(column * (count // cap + 1) + piece, return_inverse=True)
    return sp.csr_matrix((data, (row_of, column)), shape=(count, len(names)))


def _strongest(rows):
    """The column of each row's heaviest entry: rows about the same thing tend to share it."""
    held = np.diff(rows.indptr)
    row_of = np.repeat(np.arange(rows.shape[0]), held)
    order = np.lexsort((rows.indices, -rows.data, row_of))
    first = np.full(rows.shape[0], -1, np.int64)
    filled = held > 0
    first[filled] = rows.indices[order][rows.indptr[:-1][filled]]
    return first
