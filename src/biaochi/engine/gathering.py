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
        single = fetch(store, self.rows)
        if len(self.rows) == len(self):
            return single
        return single.gather(np.repeat(np.arange(len(self)), self.sizes), len(self))

    def whole(self, store):
        """Return only `whole` of these Voices."""
        single = fetch_whole(store, self.rows)
        if len(self.rows) == len(self):
            return single
        return added(single, np.repeat(np.arange(len(self)), self.sizes), len(self))
