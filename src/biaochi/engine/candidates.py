"""Which groups may belong together: pairs found through shared rare wording, never all pairs.

Every pair of letters has a list of the groups that use it. Wordings that everybody uses are left
out, and of each group only its heaviest letter pairs are looked up; a list longer than CAP is cut
into pieces of at most CAP (groups with similar wording fall into the same piece), so the work
grows with the number of groups, not with its square. What the cutting keeps apart meets again
when the groups found so far are compared (see linkage).

The steps are tasks over spans of groups; a pair of groups is always added up in one place and in
one order, so that neither the size of a span nor who did the work can be seen in the result.
"""

import numpy as np
import scipy.sparse as sp

from .lists import CAP, lay_out
from .reading import fetch
from .sameness import HOPELESS, similar

__all__ = ["CAP", "alike", "measured"]

BLOCK = 2_000
NEIGHBOURS = 12
SLACK = 0.4
AT_ONCE, STEPS = 20_000, 3


def alike(crew, store, rows, least, changed, span, cap):
    """Return (i, j, s): every found pair i < j of groups whose similarity s is >= `least`.

    Group n is rows[n] in the store (see reading.fetch).

    Only pairs with a group that is `changed` (bool array) are looked for: the others were
    measured before.
    """
    spans = lay_out(crew, store, rows, span, cap)
    asking = [
        (start, np.flatnonzero(changed[start : start + span]), len(spans), span, least)
        for start in range(0, len(rows), span)
    ]
    met = list(crew.each(meet, store, asking))
    keys = _once(np.concatenate(met)) if met else np.zeros(0, np.int64)
    del met
    for number in range(len(spans)):
        store.drop(f"lists-{number}")
    return measured(crew, store, rows, keys >> 32, keys & 0xFFFF_FFFF, least)


def measured(crew, store, rows, i, j, least, hopeless=HOPELESS):
    """Return (i, j, s) of the pairs i, j of groups whose similarity s is >= `least`."""
    order = _in_company(i, j, len(rows))
    i, j = i[order], j[order]
    items = (
        _item(rows, i[start : start + AT_ONCE], j[start : start + AT_ONCE], least, hopeless)
        for start in range(0, len(i), AT_ONCE)
    )
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    found = [none, *crew.each(measure, store, items)]
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _in_company(i, j, count):
    """Return an order of pairs in which those that lead to one another stand together.

    A group is then read for few items, and not for every pair anew.
    """
    leader = np.arange(count)
    for _ in range(STEPS):
        least = np.minimum(leader[i], leader[j])
        np.minimum.at(leader, i, least)
        np.minimum.at(leader, j, least)
    return np.argsort(leader[i], kind="stable")


def _item(rows, i, j, least, hopeless):
    alive, places = np.unique(np.r_[i, j], return_inverse=True)
    return alive, rows[alive], places[: len(i)], places[len(i) :], least, hopeless


def measure(store, item):
    """Return (i, j, s) of the similar pairs among i and j, places in `alive` group numbers."""
    alive, rows, i, j, least, hopeless = item
    i, j, s = similar(fetch(store, rows), i, j, least, hopeless)
    return alive[i], alive[j], s


def meet(store, item):
    """Return the pairs (smaller << 32 | larger, sorted) of some groups and their NEIGHBOURS."""
    start, asking, spans, span, least = item
    mine = _matrix(store.get(f"lists-{start // span}"), "own")
    blocks = [asking[first : first + BLOCK] for first in range(0, len(asking), BLOCK)]
    near = [[] for _ in blocks]
    for number in range(spans):
        theirs = _matrix(store.get(f"lists-{number}"), "list")
        for block, some in enumerate(blocks):
            near[block].append(_near(mine, some, start, theirs, number * span, least))
    found = [np.zeros(0, np.int64)]
    for some, parts in zip(blocks, near, strict=True):
        row, j, _ = _nearest(*(np.concatenate(part) for part in zip(*parts, strict=True)))
        i = some[row] + start
        found.append(np.minimum(i, j) << 32 | np.maximum(i, j))
    return _once(np.concatenate(found))


def _once(keys):
    keys.sort()
    return keys[np.r_[True, keys[1:] != keys[:-1]][: len(keys)]]


def _near(mine, some, start, theirs, first, least):
    """Return (row, j, near): what is nearest to `some` rows in a span that begins at `first`."""
    near = mine[some] @ theirs
    at = np.flatnonzero(near.data >= SLACK * least)
    row = np.searchsorted(near.indptr, at, side="right") - 1
    j = near.indices[at].astype(np.int64) + first
    other = some[row] + start != j
    return _nearest(row[other], j[other], near.data[at][other])


def _matrix(held, kind):
    parts = (held[f"{kind}_{key}"] for key in ("values", "codes", "ends"))
    values, codes, ends = (np.asarray(part) for part in parts)
    shape = (len(ends) - 1, int(held[f"{kind}_width"]))
    return sp.csr_matrix((values, codes, ends), shape=shape, copy=False)


def _nearest(row, j, near):
    """Keep of each row (under BLOCK) its NEIGHBOURS nearest (ties: the smaller j), in order.

    Average linkage joins with the nearest anyway. One whole number holds row, nearness and j
    where that fits; the bits of a positive float rise with its value.
    """
    if len(j) and j.max() < 1 << 21:
        inverse = np.int64(0x7FFF_FFFF) - near.view(np.int32)
        order = np.argsort((row << 52) | (inverse << 21) | j)
    else:
        order = np.lexsort((j, -near, row))
    ranked = row[order]
    first = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]][: len(ranked)])
    rank = np.arange(len(ranked)) - np.repeat(first, np.diff(np.r_[first, len(ranked)]))
    kept = order[rank < NEIGHBOURS]
    return row[kept], j[kept], near[kept]
