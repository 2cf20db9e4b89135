"""From messages to rows of numbers, a chunk at a time: the first steps of `group`.

Each step is a task (see crew): a function of (store, item) that leaves what is large in the store.

    read    count the letter pairs of a chunk; say which wordings it holds
    learn   how common each pair is, over some chunks
    weigh   the rows of a chunk, one for every wording not seen before

`fetch` brings rows back as wording.Voices; `put_sums` leaves sums of rows beside them. A row depends on its own message and on what was learnt
from all, never on the chunk it came in.
"""

from hashlib import blake2b

import numpy as np
import scipy.sparse as sp

from .wording import (
    Voices,
    Wording,
    counted,
    csr,
    holders,
    learnt,
    of_single,
    parts,
    stack,
    weigh,
)

__all__ = ["CHUNK", "fetch", "fetch_whole", "prepare", "put_sums"]

CHUNK = 10_000
SPAN = 8
PARTS = ("title", "text", "head", "named")
FEW = 3  # messages of one person that are learnt from
SUMS, IN_SUMS = 1 << 44, 20  # rows from SUMS on are sums of rows, at most 2**20 under one number


def prepare(crew, store, order, chunk=CHUNK):
    """Read, learn and weigh the messages numbered `order`; return the row of each (int64).

    Messages of one wording have one row. Rows are numbered by the first message, in `order`.
    """
    items = [(n, order[start : start + chunk]) for n, start in _numbered(len(order), chunk)]
    nobody = np.zeros(0, "V16"), np.zeros(0, np.uint64)
    seen = zip(nobody, *crew.each(read, store, items), strict=True)
    digests, people = (np.concatenate(part) for part in seen)
    _, first, inverse = np.unique(digests, return_index=True, return_inverse=True)
    new = np.zeros(len(order), bool)
    new[first] = True
    chunks = [(n, new[start : start + chunk]) for n, start in _numbered(len(order), chunk)]
    taught = _taught(new, people)
    lessons = [(n, taught[start : start + chunk]) for n, start in _numbered(len(order), chunk)]
    spans = [lessons[start : start + SPAN] for start in range(0, len(lessons), SPAN)]
    wording = learnt(*_added(crew.each(learn, store, spans)), int(taught.sum()))
    store.put("wording", df=wording.df, naming=wording.naming, count=np.array(wording.count))
    starts = np.r_[0, np.cumsum([int(part.sum()) for _, part in chunks])]
    store.put("starts", starts=starts)
    for n in crew.each(weigh_chunk, store, chunks):
        store.drop(f"pairs-{n}")
    return (np.cumsum(new) - 1)[first[inverse]]


def _taught(new, people):
    """Which messages are learnt from: of each known person the first FEW new ones.

    So that one person's hundred messages make no wording common, and move nobody else's matter.
    """
    known = np.flatnonzero(new & (people != 0))
    order = known[np.argsort(people[known], kind="stable")]
    first = np.flatnonzero(np.r_[True, np.diff(people[order]) != 0][: len(order)])
    rank = np.arange(len(order)) - np.repeat(first, np.diff(np.r_[first, len(order)]))
    taught = new.copy()
    taught[order[rank >= FEW]] = False
    return taught


def _numbered(count, chunk):
    return enumerate(range(0, count, chunk))


def _added(several):
    total = None
    for held in several:
        total = held if total is None else [a + b for a, b in zip(total, held, strict=True)]
    return holders(*counted([], [])) if total is None else total


def read(store, item):
    """Count the letter pairs of one chunk; return digests of every wording (V16) and person.

    People are uint64, 0 for who is unknown.
    """
    number, which = item
    messages = store.messages(which)
    titles, texts = parts(messages)
    arrays = {}
    for name, part in zip(PARTS, counted(titles, texts), strict=True):
        arrays |= {f"{name}_ends": part.indptr, f"{name}_codes": part.indices}
        arrays |= {f"{name}_counts": part.data}
    store.put(f"pairs-{number}", **arrays)
    said = (f"{a}\n{b}".encode() for a, b in zip(titles, texts, strict=True))
    digests = np.frombuffer(b"".join(blake2b(s, digest_size=16).digest() for s in said), "V16")
    return digests, np.array([_mark(m.person) for m in messages], np.uint64)


def _mark(person):
    name = person.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "little") if person else 0


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
    found = [_single(store, list(_parts(store, rows[rows < SUMS])))]
    found += [_sums(held, at) for held, at in _sum_parts(store, rows[rows >= SUMS])]
    found = [some for some in found if len(some)] or found[:1]
    voices = found[0] if len(found) == 1 else stack(found)
    return voices if np.array_equal(which, rows) else voices.take(inverse)


def fetch_whole(store, which):
    """Return only (whole, sizes) of these Voices."""
    rows, inverse = np.unique(which, return_inverse=True)
    singles, sums = rows[rows < SUMS], list(_sum_parts(store, rows[rows >= SUMS]))
    found = [_whole(held, at) for held, at in _parts(store, singles)]
    found += [_some(held, "whole", at) for held, at in sums]
    sizes = [np.ones(len(singles)), *(np.asarray(held["sizes"])[at] for held, at in sums)]
    whole, sizes = (_under(found) if found else _nothing().whole), np.concatenate(sizes)
    return (whole, sizes) if np.array_equal(which, rows) else (whole[inverse], sizes[inverse])


def put_sums(store, number, voices):
    """Leave added Voices in the store as rows of their own; return what they are called.

    `number` is the caller's, a new one each time; later numbers give higher rows.
    """
    arrays = {"named": voices.named, "sizes": voices.sizes}
    for key in ("whole", "names", "rest"):
        part = getattr(voices, key)
        arrays |= {f"{key}_ends": part.indptr.astype(np.int64), f"{key}_codes": part.indices}
        arrays |= {f"{key}_values": part.data}
    store.put(f"sums-{number}", **arrays)
    return SUMS + (number << IN_SUMS) + np.arange(len(voices))


def _single(store, held):
    """Return the Voices of single messages: pairs (arrays of a chunk, places in it)."""
    if not held:
        return _nothing()
    whole = _under([_whole(part, at) for part, at in held])
    lengths = np.concatenate([part["lengths"][:, at] for part, at in held], axis=1)
    named = np.concatenate([np.asarray(part["named"])[at] for part, at in held])
    return of_single(_wording(store), whole, lengths, named)


def _sums(held, at):
    parts = (_some(held, key, at) for key in ("whole", "names", "rest"))
    return Voices(*parts, np.asarray(held["named"])[at], np.asarray(held["sizes"])[at])


def _sum_parts(store, rows):
    """Yield (arrays, places in them) of sums in rising order."""
    number = (rows - SUMS) >> IN_SUMS
    for n in np.unique(number).tolist():
        yield store.get(f"sums-{n}"), rows[number == n] - SUMS - (n << IN_SUMS)


def _under(several):
    return several[0] if len(several) == 1 else sp.vstack(several, format="csr")


def _parts(store, rows):
    """Yield (arrays of a chunk, places in it) for rows in rising order."""
    starts = store.get("starts")["starts"]
    chunk_of = np.searchsorted(starts, rows, side="right") - 1
    for chunk in np.unique(chunk_of).tolist():
        yield store.get(f"rows-{chunk}"), rows[chunk_of == chunk] - starts[chunk]


def _whole(held, rows):
    return _entries(held["ends"], held["codes"], held["values"], rows)


def _some(held, key, rows):
    return _entries(*(held[f"{key}_{part}"] for part in ("ends", "codes", "values")), rows)


def _entries(ends, codes, values, rows):
    """Return some rows, in rising order, of a matrix that may lie on the disk."""
    ends = np.asarray(ends)
    first, count = ends[rows], (ends[1:] - ends[:-1])[rows]
    indptr = np.r_[0, np.cumsum(count)]
    if len(rows) == rows[-1] - rows[0] + 1:
        at = slice(first[0], first[0] + indptr[-1])
    else:
        at = np.repeat(first - indptr[:-1], count) + np.arange(indptr[-1])
    return csr(np.array(values[at]), np.array(codes[at]), indptr)


def _nothing():
    empty = [csr(np.zeros(0, "f4"), np.zeros(0, "i4"), np.zeros(1, "i4")) for _ in range(3)]
    return Voices(*empty, np.zeros(0), np.zeros(0))
