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
from .sameness import HOPELESS, similar

__all__ = ["CAP", "alike", "measured"]

BLOCK = 2_000
NEIGHBOURS = 24
SLACK = 0.4
AT_ONCE = 100_000


def alike(crew, store, groups, least, changed, span, cap):
    """Return (i, j, s): every found pair i < j of groups whose similarity s is >= `least`.

    Only pairs with a group that is `changed` (bool array) are looked for: the others were
    measured before. Pairs come sorted by (i, j).
    """
    spans = lay_out(crew, store, groups, span, cap)
    asking = [
        (start, np.flatnonzero(changed[start : start + span]), len(spans), span, least)
        for start in range(0, len(groups), span)
    ]
    met = list(crew.each(meet, store, asking))
    keys = _once(np.concatenate(met)) if met else np.zeros(0, np.int64)
    del met
    for number in range(len(spans)):
        store.drop(f"lists-{number}")
    return measured(crew, store, groups, keys >> 32, keys & 0xFFFF_FFFF, least)


def measured(crew, store, groups, i, j, least, hopeless=HOPELESS):
    """Return (i, j, s) of the pairs i, j of groups whose similarity s is >= `least`, in order."""
    items = (
        _item(groups, i[start : start + AT_ONCE], j[start : start + AT_ONCE], least, hopeless)
        for start in range(0, len(i), AT_ONCE)
    )
    none = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    found = [none, *crew.each(measure, store, items)]
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def _item(groups, i, j, least, hopeless):
    alive, places = np.unique(np.r_[i, j], return_inverse=True)
    return alive, groups.take(alive), places[: len(i)], places[len(i) :], least, hopeless


def measure(store, item):
    """Return (i, j, s) of the similar pairs among i and j, places in `alive` group numbers."""
    alive, groups, i, j, least, hopeless = item
    i, j, s = similar(groups.voices(store), i, j, least, hopeless)
    return alive[i], alive[j], s


def meet(store, item):
    """Return the pairs (smaller << 32 | larger, sorted) of some groups and their NEIGHBOURS."""
    start, asking, spans, span, least = item
    mine = store.get(f"lists-{start // span}")
    found = [np.zeros(0, np.int64)]
    for first in range(0, len(asking), BLOCK):
        some = asking[first : first + BLOCK]
        near = [_near(store, mine, some, start, n * span, n, least) for n in range(spans)]
        i, j, s = (np.concatenate(part) for part in zip(*near, strict=True))
        i, j = _nearest(i, j, s)
        found.append((np.minimum(i, j) << 32) | np.maximum(i, j))
    return _once(np.concatenate(found))


def _once(keys):
    keys.sort()
    return keys[np.r_[True, keys[1:] != keys[:-1]][: len(keys)]]


def _near(store, mine, some, start, other, number, least):
    """Return (i, j, near) of `some` groups with those of span `number`."""
    theirs = store.get(f"lists-{number}")
    asked = _matrix(mine, "own", int(mine["width"]))[some]
    near = (asked @ _matrix(theirs, "list", int(theirs["count"]))).tocoo()
    keep = near.data >= SLACK * least
    i, j = some[near.row[keep]] + start, near.col[keep].astype(np.int64) + other
    different = i != j
    return i[different], j[different], near.data[keep][different]


def _matrix(held, kind, width):
    parts = (held[f"{kind}_{key}"] for key in ("values", "codes", "ends"))
    values, codes, ends = (np.asarray(part) for part in parts)
    return sp.csr_matrix((values, codes, ends), shape=(len(ends) - 1, width), copy=False)


def _nearest(i, j, near):
    """Keep of each row i its NEIGHBOURS nearest: average linkage joins with the nearest anyway."""
    order = np.lexsort((j, -near, i))
    i, j = i[order], j[order]
    first = np.flatnonzero(np.r_[True, i[1:] != i[:-1]]) if len(i) else np.zeros(0, np.int64)
    rank = np.arange(len(i)) - np.repeat(first, np.diff(np.r_[first, len(i)]))
    return i[rank < NEIGHBOURS], j[rank < NEIGHBOURS]
