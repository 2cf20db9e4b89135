"""Letters and words of a text as numbers: every 1–3 letters, every word and pair of words.

A stretch of text is known by a 64-bit polynomial hash taken from running sums, so that all
stretches of a text cost a few vector operations. Words come from rjieba; being stretches of the
same text they share the hash. The vocabulary keeps the stretches seen in at least two texts.
Weights are tf–idf with logarithmic tf (Salton & Buckley 1988), unit length in each space.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import rjieba
import scipy.sparse as sp

NAMES = ("letters", "words")
LETTERS = (1, 2, 3)
LONGEST = 2_000
# What begins within the first letters counts once more: subjects stand in front.
LEAD = 24
MOST = 60_000
SIEVE = 1 << 23
NONE = np.zeros(0, np.int64)
DIGITS = re.compile(r"[0-9０-９]+")
SPACES = re.compile(r"\s+")
MARKS = "，。、；：？！,.;:?!（）()“”\"'《》【】[]—-…·#"

_BASE, _SPREAD, _WORD = 0x9E3779B97F4A7C15, np.uint64(0xBF58476D1CE4E5B9), 2**64


def _powers_of(base):
    powers = [1]
    for _ in range(LONGEST):
        powers.append(powers[-1] * base % _WORD)
    return np.array(powers, np.uint64)


_POWERS = _powers_of(_BASE)
_INVERSES = _powers_of(pow(_BASE, -1, _WORD))
_ORDER = np.arange(LONGEST + 1)
_IS_MARK = np.zeros(0x10000, bool)
_IS_MARK[[ord(mark) for mark in MARKS]] = True


@dataclass(frozen=True)
class Space:
    """One kind of stretch: sorted hashes (uint64) and their idf (float32), equally long."""

    name: str
    codes: np.ndarray
    idf: np.ndarray

    @cached_property
    def maybe(self):
        """For every value of a hash's lowest bits: may it be among ours? Most are sent away here."""
        seen = np.zeros(SIEVE, bool)
        seen[self.codes & np.uint64(SIEVE - 1)] = True
        return seen


def plain(text):
    """Return a text, or (title, text), as features see it.

    No spaces, digits as one sign (they carry dates and sums, not subjects), at most LONGEST letters.
    """
    joined = text if isinstance(text, str) else "。".join(part for part in text if part)
    return DIGITS.sub("0", SPACES.sub("", joined.lower()))[:LONGEST]


def words(text):
    """Return (starts, ends, how many are words) of a plain text's words and pairs of words.

    Words of two letters or more come first, then pairs of neighbours with no mark between.
    """
    # One join and one search for the seams is far faster than walking the list of words.
    joined = "\n".join(rjieba.cut(text))
    if not joined:
        return NONE, NONE, 0
    letters = _points(joined)
    seams = np.flatnonzero(letters == 10)
    ends = np.append(seams, len(letters)) - np.arange(len(seams) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    first = letters[starts + np.arange(len(starts))]
    real = (ends - starts > 1) | ~_IS_MARK[np.minimum(first, 0xFFFF)]
    long, both = real & (ends - starts > 1), real[:-1] & real[1:]
    return (
        np.concatenate([starts[long], starts[:-1][both]]),
        np.concatenate([ends[long], ends[1:][both]]),
        int(long.sum()),
    )


def _points(text):
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def running(text):
    """Return the running hash sums of a plain text, uint64 (len + 1,); they wrap around 2**64."""
    sums = np.zeros(len(text) + 1, np.uint64)
    letters = _points(text).astype(np.uint64)
    np.cumsum((letters + np.uint64(1)) * _SPREAD * _POWERS[: len(letters)], out=sums[1:])
    return sums


def runs(sums, size):
    """Return the hashes of all stretches of `size` letters, by their starts."""
    count = max(0, len(sums) - size)
    return (sums[size:] - sums[:count]) * _INVERSES[:count] + np.uint64(size)


@dataclass(frozen=True)
class Stretches:
    """The stretches of one text and kind: hashes, starts, ends; `single` of them are words."""

    codes: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    single: int = 0

    def weights(self):
        """What each occurrence counts: 1, or 2 near the beginning."""
        return 1.0 + (self.starts < LEAD)


def stretches(text, name):
    """Return all Stretches of a plain text of one kind: letters or words."""
    sums = running(text)
    if name == "words":
        starts, ends, single = words(text)
        sizes = (ends - starts).astype(np.uint64)
        return Stretches(
            (sums[ends] - sums[starts]) * _INVERSES[starts] + sizes, starts, ends, single
        )
    sizes = [size for size in LETTERS if size <= len(text)]
    if not sizes:
        return Stretches(np.zeros(0, np.uint64), NONE, NONE)
    starts = [_ORDER[: len(text) - size + 1] for size in sizes]
    return Stretches(
        np.concatenate([runs(sums, size) for size in sizes]),
        np.concatenate(starts),
        np.concatenate([start + size for start, size in zip(starts, sizes, strict=True)]),
    )


def count(texts, name):
    """Return (row, code, weight) arrays: how often each stretch stands in each plain text."""
    rows, found, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.uint64)], [np.zeros(0)]
    for row, text in enumerate(texts):
        here = stretches(text, name)
        different, place = np.unique(here.codes, return_inverse=True)
        rows.append(np.full(len(different), row, np.int32))
        found.append(different)
        weights.append(np.bincount(place, here.weights(), len(different)))
    return np.concatenate(rows), np.concatenate(found), np.concatenate(weights)


def learn(counted, size, name, least=2):
    """Return the Space of what was counted in `size` texts; the rarest go first if too many."""
    found, df = np.unique(counted[1], return_counts=True)
    keep = df >= least
    if keep.sum() > MOST:
        keep = df > np.sort(df)[-MOST]
    idf = np.log((1 + size) / (1 + df[keep])) + 1
    return Space(name, found[keep], idf.astype(np.float32))


def find(space, found):
    """Return (places in `found` of hashes the space knows, their columns).

    Sorted hashes are found several times faster than shuffled ones.
    """
    likely = np.flatnonzero(space.maybe[found & np.uint64(SIEVE - 1)])
    if not len(likely):
        return NONE, NONE
    column = np.searchsorted(space.codes, found[likely])
    column[column == len(space.codes)] = 0
    known = space.codes[column] == found[likely]
    return likely[known], column[known]


def vectors(counted, size, space):
    """Return the unit vectors of counted texts in a Space: CSR float32, size × len(codes)."""
    rows, found, weights = counted
    known, place = find(space, found)
    shape = (size, len(space.codes))
    table = sp.csr_matrix((weights[known].astype(np.float32), (rows[known], place)), shape)
    table.data = (1 + np.log(table.data)) * space.idf[table.indices]
    owner = np.repeat(np.arange(size), np.diff(table.indptr))
    length = np.sqrt(np.bincount(owner, table.data**2, size))
    table.data /= np.maximum(length[owner], 1e-9).astype(np.float32)
    return table
