"""Groups of rows, as the steps after reading see them: who is in which, and their added Voices."""

from dataclasses import dataclass

import numpy as np

from .reading import fetch, fetch_whole
from .wording import added

__all__ = ["Groups"]


@dataclass(frozen=True)
class Groups:
    """Group n has the rows `rows[ends[n] : ends[n + 1]]`, in the order they are added up."""

    ends: np.ndarray
    rows: np.ndarray

    @classmethod
    def of(cls, labels, rows, count):
        """Take a group number and a row number for each of many members."""
        order = np.argsort(labels, kind="stable")
        ends = np.r_[0, np.cumsum(np.bincount(labels, minlength=count))]
        return cls(ends, rows[order])

    def __len__(self):
        return len(self.ends) - 1

    @property
    def sizes(self):
        """How many rows each group has."""
        return np.diff(self.ends)

    def take(self, which):
        """Return the groups numbered `which`."""
        sizes = self.sizes[which]
        ends = np.r_[0, np.cumsum(sizes)]
        at = np.repeat(self.ends[:-1][which] - ends[:-1], sizes) + np.arange(ends[-1])
        return Groups(ends, self.rows[at])

    def voices(self, store):
        """Return one row of Voices for every group: the sum of its members."""
        rows, labels = self._in_order()
        single = fetch(store, rows)
        return single if labels is None else single.gather(labels, len(self))

    def whole(self, store):
        """Return only `whole` of these Voices."""
        rows, labels = self._in_order()
        single = fetch_whole(store, rows)
        return single if labels is None else added(single, labels, len(self))

    def _in_order(self):
        """Return (rows, group of each or None when every row is a group).

        Rows that occur once are put in order, which is cheaper to read; inside a group they stand
        in order already, so that its sum is the same.
        """
        if len(self.rows) == len(self):
            return self.rows, None
        labels, order = np.repeat(np.arange(len(self)), self.sizes), np.argsort(self.rows)
        rows = self.rows[order]
        rising = np.all((np.diff(self.rows) > 0) | (np.diff(labels) > 0))
        if not rising or np.any(rows[1:] == rows[:-1]):
            return self.rows, labels
        return rows, labels[order]
