"""A part of the index: matters with lists that say which of them use a letter pair."""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .wording import WIDTH, Voices, stack

__all__ = ["Segment", "merged", "segment"]

BUDGET = 200_000


@dataclass(frozen=True, eq=False)
class Segment:
    """Matters `places` (int64) with their added Voices `rows`.

    `codes` (sorted) are the letter pairs they use; row n of `lists` (CSR) says who uses codes[n].
    """

    places: np.ndarray
    rows: Voices
    codes: np.ndarray
    lists: sp.csr_matrix

    def __len__(self):
        return len(self.places)

    def shortlist(self, codes, weights, count):
        """Return up to `count` row numbers that share most with a voice, in order.

        The rarest pairs are looked up first, until BUDGET entries have been read: what everybody
        says is left out where there is much of it.
        """
        at = np.searchsorted(self.codes, codes).clip(0, max(len(self.codes) - 1, 0))
        held = np.flatnonzero(self.codes[at] == codes) if len(self.codes) else at[:0]
        starts, stops = self.lists.indptr[at], self.lists.indptr[at + 1]
        order = held[np.argsort(-weights[held], kind="stable")]
        order = order[np.cumsum((stops - starts)[order]) <= BUDGET]
        if not len(order):
            return np.zeros(0, np.int64)
        spans = [slice(starts[n], stops[n]) for n in order]
        found = np.concatenate([self.lists.indices[span] for span in spans])
        gains = np.concatenate(
            [weights[n] * self.lists.data[span] for n, span in zip(order, spans, strict=True)]
        )
        scores = np.bincount(found, weights=gains, minlength=len(self))
        some = np.flatnonzero(scores)
        few = min(count, len(some))
        return np.sort(some[np.argpartition(-scores[some], few - 1)[:few]])


def segment(places, rows):
    """Return the Segment of matters `places` whose added Voices are `rows`."""
    held = np.diff(rows.whole.indptr)
    means = rows.whole.data * np.repeat((1 / rows.sizes).astype(np.float32), held)
    used = np.zeros(WIDTH, bool)
    used[rows.whole.indices] = True
    codes, column = np.flatnonzero(used), np.cumsum(used, dtype=np.int32) - 1
    shape = (len(rows), len(codes))
    users = sp.csr_matrix((means, column[rows.whole.indices], rows.whole.indptr), shape=shape)
    return Segment(np.asarray(places, np.int64), rows, codes, users.T.tocsr())


def merged(first, second, current):
    """Return one Segment of two, without the rows that are not `current` (places → True)."""
    both = []
    for part in (first, second):
        kept = np.flatnonzero([current(part, n) for n in range(len(part))])
        both.append((part.places[kept], part.rows.take(kept)))
    places = np.concatenate([places for places, _ in both])
    return segment(places, stack([rows for _, rows in both]))
