"""A part of an `earlier` index: passages that were put in together and are asked together."""

from copy import copy
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from .earlier_vectors import vectors
from .earlier_words import WIDTH, folded

__all__ = ["Part", "Passage", "cut", "joined", "part_of", "passages_of"]

PASSAGE = 1_500  # letters
# In a large collection, what stands in a fifth of the texts tells nothing and costs most.
MANY, TOO_COMMON = 20_000, 0.2


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands: `item` is the number of its text."""

    item: int
    start: int
    end: int


class Part:
    """Items without their text, their Passages, and a unit row for each passage.

    Nothing of it changes; `without` makes another one that shares the numbers.
    """

    def __init__(self, items, passages, rows):
        """Take `rows` as CSR with WIDTH columns, one for each passage."""
        self.items, self.passages = items, passages
        self.owner = np.array([p.item for p in passages], np.int64)
        self.alive = np.ones(len(items), bool)
        self._names, self.kinds = np.unique([item.kind for item in items], return_inverse=True)
        # Only the units that occur get a column: products of four million columns are slow.
        self.codes = np.unique(rows.indices)
        self.rows = self.narrow(rows)
        self._users = self.rows.T.tocsr()
        if len(passages) > MANY:
            crowd = np.diff(self._users.indptr) > TOO_COMMON * len(passages)
            self._users = (sp.diags((~crowd).astype(np.float32)) @ self._users).tocsr()
            self._users.eliminate_zeros()

    def __len__(self):
        return int(self.alive.sum())

    @property
    def nbytes(self):
        tables = (self.rows, self._users)
        return sum(t.data.nbytes + t.indices.nbytes + t.indptr.nbytes for t in tables)

    def without(self, away):
        """The same without these (kind, id) pairs."""
        gone = [(item.kind, item.id) in away for item in self.items]
        if not any(gone):
            return self
        part = copy(self)
        part.alive = self.alive & ~np.array(gone, bool)
        return part

    def allowed(self, before, kinds):
        """Which items were said before a day (None: whenever) and are of these kinds (None: any)."""
        found = self.alive.copy()
        if kinds is not None:
            found &= np.isin(self._names, list(kinds))[self.kinds]
        if before is not None:
            found &= np.array([item.on is None or item.on < before for item in self.items], bool)
        return found

    def narrow(self, rows):
        """The columns of rows (CSR of WIDTH) that this part knows; the rest is dropped."""
        at = np.searchsorted(self.codes, rows.indices)
        held = at < len(self.codes)
        held[held] = self.codes[at[held]] == rows.indices[held]
        row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        starts = np.append(0, np.cumsum(np.bincount(row_of[held], minlength=rows.shape[0])))
        shape = (rows.shape[0], len(self.codes))
        return sp.csr_matrix((rows.data[held], at[held], starts), shape=shape)

    def wide(self, numbers):
        """Rows of these passages with WIDTH columns again."""
        rows = self.rows[numbers]
        shape = (len(numbers), WIDTH)
        return sp.csr_matrix((rows.data, self.codes[rows.indices], rows.indptr), shape=shape)

    def scores(self, row):
        """Return the dot product of one row (WIDTH columns) with every passage, float64.

        What is gone has nought.
        """
        found = np.asarray((self.narrow(row) @ self._users).todense(), np.float64).ravel()
        return found * self.alive[self.owner]

    def best(self, scores):
        """Items by their best passage: ``(numbers of items, best first, score of every item)``."""
        best = np.zeros(len(self.items))
        np.maximum.at(best, self.owner, scores)
        found = np.flatnonzero(best)
        return found[np.argsort(-best[found], kind="stable")], best

    def best_passage(self, item, scores):
        own = np.flatnonzero(self.owner == item)
        return int(own[np.argmax(scores[own])])


def part_of(items, passages, heads, texts, rarity):
    """Return the Part of what `passages_of` made of these items."""
    bare = [replace(item, text="", title="") for item in items]
    return Part(bare, passages, vectors(heads, texts, rarity))


def joined(first, second):
    """Two parts as one, without what is gone of them; items by kind and id."""
    kept = sorted(
        (item.kind, item.id, n, number)
        for n, part in enumerate((first, second))
        for number, item in enumerate(part.items)
        if part.alive[number]
    )
    place = {(n, number): new for new, (_, _, n, number) in enumerate(kept)}
    both = (first, second)
    numbers = [
        (place[n, passage.item], n, p)
        for n, part in enumerate(both)
        for p, passage in enumerate(part.passages)
        if part.alive[passage.item]
    ]
    numbers.sort()
    rows = sp.vstack([part.wide(np.arange(len(part.passages))) for part in both], format="csr")
    chosen = [n * len(first.passages) + p for _, n, p in numbers]
    passages = [
        Passage(new, both[n].passages[p].start, both[n].passages[p].end) for new, n, p in numbers
    ]
    return Part([both[n].items[number] for _, _, n, number in kept], passages, rows[chosen])


def passages_of(items):
    """Return ``(passages, heads, texts)`` of items: their Passages, folded titles and words."""
    passages = [
        Passage(n, start, end) for n, item in enumerate(items) for start, end in cut(item.text)
    ]
    titles = [folded(item.title) for item in items]
    texts = [folded(items[p.item].text[p.start : p.end]) for p in passages]
    return passages, [titles[p.item] for p in passages], texts


def cut(text):
    """Return [(start, end)] of a text's passages: up to PASSAGE letters, at a line or sentence end."""
    found, start = [], 0
    while len(text) - start > PASSAGE:
        window = text[start : start + PASSAGE]
        end = max(window.rfind("\n"), *(window.rfind(mark) for mark in "。！？；.!?")) + 1
        end = end if end > PASSAGE // 2 else PASSAGE
        found.append((start, start + end))
        start += end
    return [*found, (start, len(text))]
