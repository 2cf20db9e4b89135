"""Lists of who uses which pair of letters, span by span of groups: what `candidates` looks up.

    heads    the HEAVIEST pairs of every group of a span, heaviest first
    topics   the heaviest of them that is not common; what stands in lists that are too long
    pieces   into which piece of a too long list each group falls
    lay      the lists of a span, and the entries of its groups

A list too long is put in order of the groups' topics and cut into pieces of CAP. Entries of long
lists are sorted by ranges of pairs, so that no step holds them all.
"""

from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from .reading import fetch_whole
from .wording import WIDTH

__all__ = ["CAP", "HEAVIEST", "lay_out"]

CAP = 64
COMMON = 0.1
HEAVIEST = 64
RANGE = 4_000_000


def lay_out(crew, store, rows, span, cap):
    """Leave the lists of every span of groups in the store; return the span numbers."""
    starts = range(0, len(rows), span)
    items = [(n, rows[start : start + span]) for n, start in enumerate(starts)]
    users, held = np.zeros(WIDTH, np.int64), np.zeros(WIDTH, np.int64)
    for using, heavy in crew.each(heads, store, items):
        users += using
        held += heavy
    common = users > max(COMMON * len(rows), 50)
    held[common] = 0
    first = np.r_[0, np.cumsum(-(-held // cap))]
    store.put("lists", common=common, long=held > cap, first=first)
    spans = [(n, start) for n, start in enumerate(starts)]
    list(crew.each(topics, store, spans))
    ranges = [(n, len(spans), *bounds, cap) for n, bounds in enumerate(_ranges(held, cap))]
    list(crew.each(pieces, store, ranges))
    for number in crew.each(lay, store, [(n, len(ranges)) for n, _ in spans]):
        store.drop(f"heads-{number}")
        store.drop(f"long-{number}")
    for number, *_ in ranges:
        store.drop(f"pieces-{number}")
    store.drop("lists")
    return [n for n, _ in spans]


def _ranges(held, cap):
    """Cut the long lists into ranges of pairs with about RANGE entries each."""
    filled = np.cumsum(np.where(held > cap, held, 0))
    cuts = np.searchsorted(filled, np.arange(RANGE, filled[-1], RANGE))
    edges = [0, *(int(cut) + 1 for cut in np.unique(cuts)), WIDTH]
    return list(pairwise(edges)) if filled[-1] else []


def heads(store, item):
    """Leave each group's HEAVIEST pairs; return (groups that use a pair, lists it stands in)."""
    number, which = item
    rows, sizes = fetch_whole(store, which)
    held = np.diff(rows.indptr)
    rows.data = rows.data * np.repeat((1 / sizes).astype(np.float32), held)
    at, ends = _heaviest(rows)
    codes = rows.indices[at]
    store.put(f"heads-{number}", codes=codes, values=rows.data[at], ends=ends)
    counts = (np.bincount(part, minlength=WIDTH).astype(np.int32) for part in (rows.indices, codes))
    return tuple(counts)


def _heaviest(rows):
    """Return places of each row's heaviest entries, and where each row ends.

    One whole number holds row, weight and place, so that one plain sort puts all in order; the
    bits of a positive float rise with its value.
    """
    held = np.diff(rows.indptr).astype(np.int64)
    for_place = int(max(held.max(initial=1), 1)).bit_length()
    step = 1 << max(63 - 31 - for_place, 0)
    ends = np.r_[0, np.cumsum(np.minimum(held, HEAVIEST))]
    weight = np.int64(0x7FFF_FFFF) - rows.data.view(np.int32)
    found = [np.zeros(0, np.int64)]
    for start in range(0, len(held), step):
        some = held[start : start + step]
        first, last = rows.indptr[start], rows.indptr[start] + some.sum()
        row = np.repeat(np.arange(len(some)), some)
        begin = np.repeat(np.cumsum(some) - some, some)
        place = np.arange(len(row)) - begin
        keys = np.sort((((row << 31) | weight[first:last]) << for_place) | place)
        keys = keys[place < HEAVIEST]
        found.append(first + begin[place < HEAVIEST] + (keys & ((1 << for_place) - 1)))
    return np.concatenate(found), ends


def topics(store, item):
    """Leave what a span has in long lists, sorted by pair: (code, topic, group, entry)."""
    number, start = item
    shared, (codes, _, row) = store.get("lists"), _kept(store, number)
    topic = np.full(int(row.max(initial=-1)) + 1, -1, np.int64)
    topic[row[::-1]] = codes[::-1]
    entry = np.flatnonzero(shared["long"][codes])
    entry = entry[np.argsort(codes[entry], kind="stable")]
    long = {"codes": codes[entry], "topics": topic[row[entry]].astype(np.int32)}
    store.put(f"long-{number}", **long, groups=row[entry] + start, entries=entry)


def _kept(store, number):
    """Return (codes, values, row) of a span's heads without the common pairs."""
    held, common = store.get(f"heads-{number}"), store.get("lists")["common"]
    codes = np.asarray(held["codes"])
    keep = ~common[codes]
    row = np.repeat(np.arange(len(held["ends"]) - 1), np.diff(held["ends"]))
    return codes[keep], held["values"][keep], row[keep]


def pieces(store, item):
    """Leave the piece of every entry of the long lists in a range of pairs, span by span."""
    number, spans, low, high, cap = item
    found = []
    for span in range(spans):
        long = store.get(f"long-{span}")
        at = slice(*np.searchsorted(long["codes"], (low, high)))
        found.append([np.asarray(long[key][at]) for key in ("codes", "topics", "groups")])
    codes, topic, groups = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.lexsort((groups, topic, codes))
    first = np.searchsorted(codes[order], codes[order])
    piece = np.empty(len(order), np.int32)
    piece[order] = (np.arange(len(order)) - first) // cap
    ends = np.r_[0, np.cumsum([len(part[0]) for part in found])]
    store.put(f"pieces-{number}", piece=piece, ends=ends)


def lay(store, item):
    """Leave the entries (`own_…`) and the lists (`list_…`) of a span; return its number."""
    number, ranges = item
    codes, values, row = _kept(store, number)
    name = np.asarray(store.get("lists")["first"])[codes]
    if ranges:
        several = (store.get(f"pieces-{n}") for n in range(ranges))
        mine = [part["piece"][slice(*part["ends"][number : number + 2])] for part in several]
        name[store.get(f"long-{number}")["entries"]] += np.concatenate(mine)
    count = len(store.get(f"heads-{number}")["ends"]) - 1
    width = int(store.get("lists")["first"][-1])
    own = sp.csr_matrix((values, (row, name)), shape=(count, width))
    turned = own.T.tocsr()
    arrays = {"own_width": np.array(width), "list_width": np.array(count)}
    for kind, matrix in (("own", own), ("list", turned)):
        arrays |= {f"{kind}_values": matrix.data, f"{kind}_codes": matrix.indices}
        arrays |= {f"{kind}_ends": matrix.indptr}
    store.put(f"lists-{number}", **arrays)
    return number
