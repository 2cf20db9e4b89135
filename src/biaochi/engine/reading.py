"""From messages to rows of numbers, a chunk at a time: the first steps of `group`.

Each step is a task (see crew): a function of (store, item) that leaves what is large in the store.

    read    count the letter pairs of a chunk; say which wordings it holds
    learn   how common each pair is, over some chunks
    weigh   the rows of a chunk, one for every wording not seen before

`fetch` brings rows back as wording.Voices. A row depends on its own message and on what was learnt
from all, never on the chunk it came in.
"""

from hashlib import blake2b

import numpy as np
import scipy.sparse as sp

from .wording import Voices, Wording, counted, csr, holders, learnt, of_single, parts, weigh

__all__ = ["CHUNK", "fetch", "fetch_whole", "prepare"]

CHUNK = 10_000
SPAN = 8
PARTS = ("title", "text", "head", "named")


def prepare(crew, store, order, chunk=CHUNK):
    """Read, learn and weigh the messages numbered `order`; return the row of each (int64).

    Messages of one wording have one row. Rows are numbered by the first message, in `order`.
    """
    items = [(n, order[start : start + chunk]) for n, start in _numbered(len(order), chunk)]
    seen = list(crew.each(read, store, items))
    digests = np.concatenate(seen) if seen else np.zeros(0, "V16")
    _, first, inverse = np.unique(digests, return_index=True, return_inverse=True)
    new = np.zeros(len(order), bool)
    new[first] = True
    chunks = [(n, new[start : start + chunk]) for n, start in _numbered(len(order), chunk)]
    spans = [chunks[start : start + SPAN] for start in range(0, len(chunks), SPAN)]
    wording = learnt(*_added(crew.each(learn, store, spans)), int(new.sum()))
    store.put("wording", df=wording.df, naming=wording.naming, count=np.array(wording.count))
    starts = np.r_[0, np.cumsum([int(part.sum()) for _, part in chunks])]
    store.put("starts", starts=starts)
    for n in crew.each(weigh_chunk, store, chunks):
        store.drop(f"pairs-{n}")
    return (np.cumsum(new) - 1)[first[inverse]]


def _numbered(count, chunk):
    return enumerate(range(0, count, chunk))


def _added(several):
    total = None
    for held in several:
        total = held if total is None else [a + b for a, b in zip(total, held, strict=True)]
    return holders(*counted([], [])) if total is None else total


def read(store, item):
    """Count the letter pairs of one chunk; return a digest of every wording (V16)."""
    number, which = item
    titles, texts = parts(store.messages(which))
    arrays = {}
    for name, part in zip(PARTS, counted(titles, texts), strict=True):
        arrays |= {f"{name}_ends": part.indptr, f"{name}_codes": part.indices}
        arrays |= {f"{name}_counts": part.data}
    store.put(f"pairs-{number}", **arrays)
    said = (f"{a}\n{b}".encode() for a, b in zip(titles, texts, strict=True))
    return np.frombuffer(b"".join(blake2b(s, digest_size=16).digest() for s in said), "V16")


def learn(store, chunks):
    """Return wording.holders, added up over the new wordings of some chunks (int64)."""
    return _added(holders(*_pairs(store, number, new)) for number, new in chunks)


def weigh_chunk(store, item):
    """Leave the rows of one chunk in the store; return the number of the chunk."""
    number, new = item
    whole, lengths, named = weigh(_wording(store), *_pairs(store, number, new)[:3])
    arrays = {"ends": whole.indptr.astype(np.int64), "codes": whole.indices.astype(np.int32)}
    store.put(f"rows-{number}", **arrays, values=whole.data, lengths=lengths, named=named)
    return number


def _pairs(store, number, new):
    """Return the four matrices of `counted` for the new wordings of a chunk."""
    held = store.get(f"pairs-{number}")
    found = []
    for name in PARTS:
        arrays = (np.asarray(held[f"{name}_{key}"]) for key in ("counts", "codes", "ends"))
        matrix = csr(*arrays)
        found.append(matrix if new.all() else matrix[new])
    return found


def _wording(store):
    held = store.get("wording")
    return Wording(held["df"], held["naming"], int(held["count"]))


def fetch(store, which):
    """Return the Voices of the rows numbered `which` (any order, any repeats)."""
    rows, inverse = np.unique(which, return_inverse=True)
    parts = [
        (_whole(held, at), held["lengths"][:, at], np.asarray(held["named"])[at])
        for held, at in _parts(store, rows)
    ]
    if not parts:
        return _nothing()
    whole, lengths, named = zip(*parts, strict=True)
    lengths, named = np.concatenate(lengths, axis=1), np.concatenate(named)
    voices = of_single(_wording(store), _under(whole), lengths, named)
    return voices if np.array_equal(which, rows) else voices.take(inverse)


def fetch_whole(store, which):
    """Return only `whole` of these Voices."""
    rows, inverse = np.unique(which, return_inverse=True)
    found = [_whole(held, at) for held, at in _parts(store, rows)]
    whole = _under(found) if found else _nothing().whole
    return whole if np.array_equal(which, rows) else whole[inverse]


def _under(several):
    return several[0] if len(several) == 1 else sp.vstack(several, format="csr")


def _parts(store, rows):
    """Yield (arrays of a chunk, places in it) for rows in rising order."""
    starts = store.get("starts")["starts"]
    chunk_of = np.searchsorted(starts, rows, side="right") - 1
    for chunk in np.unique(chunk_of).tolist():
        yield store.get(f"rows-{chunk}"), rows[chunk_of == chunk] - starts[chunk]


def _whole(held, rows):
    ends = np.asarray(held["ends"])
    first, count = ends[rows], (ends[1:] - ends[:-1])[rows]
    indptr = np.r_[0, np.cumsum(count)]
    if len(rows) == rows[-1] - rows[0] + 1:
        at = slice(first[0], first[0] + indptr[-1])
    else:
        at = np.repeat(first - indptr[:-1], count) + np.arange(indptr[-1])
    return csr(np.array(held["values"][at]), np.array(held["codes"][at]), indptr)


def _nothing():
    empty = [csr(np.zeros(0, "f4"), np.zeros(0, "i4"), np.zeros(1, "i4")) for _ in range(3)]
    return Voices(*empty, np.zeros(0), np.zeros(0))
