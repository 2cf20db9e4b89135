"""Letters and words of texts as numbers: every pair of letters, every word and pair of words.

Texts are laid side by side in blocks, and a block costs a few vector operations. A stretch is
known by a polynomial hash of 48 bits taken from running sums, the same wherever it stands. Words
come from rjieba; being stretches of the same text they share the hash. The vocabulary keeps the
stretches seen in several texts. Weights are tf–idf with logarithmic tf (Salton & Buckley 1988),
unit length in each space.
"""

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import rjieba
import scipy.sparse as sp

NAMES = ("letters", "words")
PAIR = 2
LONGEST = 2_000
# What begins within the first letters counts once more: subjects stand in front.
LEAD = 24
MOST = 60_000
# A stretch in two texts of a few hundred says something; in two of thousands it is an accident.
MANY, LEAST_OF_FEW, LEAST_OF_MANY = 1_000, 2, 3
BLOCK_LETTERS, BLOCK_TEXTS = 1 << 15, 1 << 10
SLOTS = 1 << 20
NONE = np.zeros(0, np.int64)
DIGITS = re.compile(r"[0-9０-９]+")
SPACES = re.compile(r"\s+")
MARKS = "，。、；：？！,.;:?!（）()“”\"'《》【】[]—-…·#"

# White space never stands in a plain text: one kind parts texts, another parts words.
_GAP, _SEAM = "\n", "\x1f"
_BASE, _SPREAD, _WORD = 0x9E3779B97F4A7C15, np.uint64(0xBF58476D1CE4E5B9), 2**64
_BITS = np.uint64(48)
_ROOM = BLOCK_LETTERS + 2 * LONGEST + BLOCK_TEXTS


def _powers_of(base):
    powers = np.full(_ROOM, np.uint64(base))
    powers[0] = 1
    return np.cumprod(powers)  # wraps around 2**64, as it should


_POWERS = _powers_of(_BASE)
_INVERSES = _powers_of(pow(_BASE, -1, _WORD))
_IS_MARK = np.zeros(0x10000, bool)
_IS_MARK[[ord(mark) for mark in MARKS + _GAP]] = True


@dataclass(frozen=True)
class Space:
    """One kind of stretch: sorted hashes (uint64) and their idf (float32), equally long."""

    name: str
    codes: np.ndarray
    idf: np.ndarray

    @cached_property
    def slots(self):
        """Where each hash lies: an open-addressed table of columns (int32), -1 where empty."""
        table, left, step = np.full(SLOTS, -1, np.int32), np.arange(len(self.codes)), 0
        while len(left):
            slot = self._slot(self.codes[left], step)
            free = table[slot] < 0
            table[slot[free][::-1]] = left[free][::-1]
            left, step = left[table[slot] != left], step + 1
        return table

    def find(self, codes):
        """Return (places in `codes` of hashes the space knows, their columns)."""
        left, step = np.arange(len(codes)), 0
        found = np.full(len(codes), -1, np.int32)
        while len(left) and len(self.codes):
            here = self.slots[self._slot(codes[left], step)]
            left, here = left[here >= 0], here[here >= 0]
            hit = self.codes[here] == codes[left]
            found[left[hit]] = here[hit]
            left, step = left[~hit], step + 1
        places = np.flatnonzero(found >= 0)
        return places, found[places]

    @staticmethod
    def _slot(codes, step):
        return ((codes + np.uint64(step)) & np.uint64(SLOTS - 1)).astype(np.int64)


def plain(text):
    """Return a text, or (title, text), as features see it.

    No spaces, digits as one sign (they carry dates and sums, not subjects), at most LONGEST letters.
    """
    joined = text if isinstance(text, str) else "。".join(part for part in text if part)
    return DIGITS.sub("0", SPACES.sub("", joined.lower()))[:LONGEST]


@dataclass(frozen=True)
class Stretches:
    """The stretches of one kind in a block: hashes, rows, starts, ends; `single` of them are words.

    `lead`: does it begin near the beginning of its text?
    """

    codes: np.ndarray
    rows: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    lead: np.ndarray
    single: int = 0

    def keys(self):
        """Row and hash in one number, once for every occurrence (uint64)."""
        return self.rows.astype(np.uint64) << _BITS | self.codes


class Block:
    """Plain texts side by side; `text` is all of them, `rows[i]` whose its letter i is."""

    def __init__(self, texts):
        self.text = _GAP.join(texts) + _GAP
        self.size = len(texts)
        lengths = np.array([len(text) + 1 for text in texts], np.int64)
        self.rows = np.repeat(np.arange(len(texts)), lengths)
        self._firsts = np.cumsum(lengths) - lengths
        self._points = _points(self.text)
        self._sums = np.zeros(len(self._points) + 1, np.uint64)
        letters = self._points.astype(np.uint64) + np.uint64(1)
        np.cumsum(letters * _SPREAD * _POWERS[: len(letters)], out=self._sums[1:])

    def stretches(self, name):
        """Return all Stretches of one kind: letters or words."""
        return self._kept(*_words(self.text)) if name == "words" else self.runs(PAIR)

    def runs(self, size):
        """Return the Stretches of `size` letters."""
        gaps = np.append(0, np.cumsum(self._points == ord(_GAP)))
        starts = np.flatnonzero(gaps[size:] == gaps[: max(0, len(gaps) - size)])
        return self._kept(starts, starts + size, 0)

    def whole(self):
        """Return the Stretches that are the texts themselves, none of them empty."""
        ends = np.flatnonzero(self._points == ord(_GAP))
        return self._kept(self._firsts, ends, 0)

    def _kept(self, starts, ends, single):
        codes = (self._sums[ends] - self._sums[starts]) * _INVERSES[starts]
        codes = (codes + (ends - starts).astype(np.uint64)) >> (np.uint64(64) - _BITS)
        rows = self.rows[starts]
        return Stretches(codes, rows, starts, ends, starts - self._firsts[rows] < LEAD, single)


def blocks(texts):
    """Yield (number of the first text, Block) for plain texts, in order."""
    first, letters, some = 0, 0, []
    for text in texts:
        some.append(text)
        letters += len(text)
        if letters >= BLOCK_LETTERS or len(some) >= BLOCK_TEXTS:
            yield first, Block(some)
            first, letters, some = first + len(some), 0, []
    if some:
        yield first, Block(some)


def _words(text):
    """Return (starts, ends, how many are words) of a block's words and pairs of words.

    Words of two letters or more come first, then pairs of neighbours with no mark between.
    """
    # One join and one search for the seams is far faster than walking the list of words.
    letters = _points(_SEAM.join(rjieba.cut(text)))
    seams = np.flatnonzero(letters == ord(_SEAM))
    ends = np.append(seams, len(letters)) - np.arange(len(seams) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    first = letters[starts + np.arange(len(starts))]
    real = ~_IS_MARK[np.minimum(first, 0xFFFF)]
    long, both = real & (ends - starts > 1), real[:-1] & real[1:]
    return (
        np.concatenate([starts[long], starts[:-1][both]]),
        np.concatenate([ends[long], ends[1:][both]]),
        int(long.sum()),
    )


def _points(text):
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def counted(found):
    """Return (sorted keys, weights) of a block's Stretches: how often each stands in each text."""
    keys = found.keys()
    keys = np.sort(np.concatenate([keys, keys[found.lead]]))
    firsts = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else NONE
    return keys[firsts], np.diff(np.append(firsts, len(keys)))


def count(texts, name):
    """Return (rows, hashes, weights): how often each stretch stands in each plain text."""
    parts = [(NONE, np.zeros(0, np.uint64), NONE)]
    for first, block in blocks(texts):
        keys, weights = counted(block.stretches(name))
        rows, codes = parted(keys)
        parts.append((rows + first, codes, weights))
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))


def parted(keys):
    """Return (rows int64, hashes) of keys."""
    return (keys >> _BITS).astype(np.int64), keys & ((np.uint64(1) << _BITS) - np.uint64(1))


def learn(seen, size, name, least=None):
    """Return the Space of what was counted in `size` texts; the rarest go first if too many."""
    found, df = np.unique(seen[1], return_counts=True)
    least = least or (LEAST_OF_FEW if size < MANY else LEAST_OF_MANY)
    keep = df >= least
    if keep.sum() > MOST:
        keep = df > np.sort(df)[-MOST]
    idf = np.log((1 + size) / (1 + df[keep])) + 1
    return Space(name, found[keep], idf.astype(np.float32))


def vectors(seen, size, space):
    """Return the unit vectors of counted texts in a Space: CSR float32, size × len(codes).

    A row depends on its text alone, never on the company it is counted in.
    """
    rows, found, weights = seen
    known, column = space.find(found)
    rows, data = rows[known], (1 + np.log(weights[known])) * space.idf[column]
    lengths = np.sqrt(np.bincount(rows, data**2, size))
    data /= np.maximum(lengths, 1e-9)[rows]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=size))])
    shape = (size, len(space.codes))
    return sp.csr_matrix((data.astype(np.float32), column, starts), shape)
