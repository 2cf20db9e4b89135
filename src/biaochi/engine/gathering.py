"""Groups of rows, and their sums: what the steps after reading see."""

from dataclasses import dataclass

import numpy as np

from .reading import fetch, put_sums

__all__ = ["Groups", "Sums"]

AT_ONCE = 20_000


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


class Sums:
    """Adds groups up, once each: from then on a group of any size is one row in the store."""

    def __init__(self, crew, store):
        """Begin with nothing added up."""
        self._crew, self._store, self._count = crew, store, 0

    def of(self, groups):
        """Return one row for each of `groups`; a group of one row keeps it."""
        rows = groups.rows[groups.ends[:-1]]
        many = np.flatnonzero(groups.sizes > 1)
        cuts = np.cumsum(groups.sizes[many]) // AT_ONCE
        some = np.split(many, np.flatnonzero(np.diff(cuts)) + 1) if len(many) else ()
        rows[many] = self._added_up(add_up, [(groups.take(which),) for which in some])
        return rows

    def of_pairs(self, first, second):
        """Return one row for each two rows first[n], second[n]."""
        cuts = [slice(start, start + AT_ONCE) for start in range(0, len(first), AT_ONCE)]
        return self._added_up(add_pairs, [(first[cut], second[cut]) for cut in cuts])

    def _added_up(self, task, items):
        items = [(self._count + n, *item) for n, item in enumerate(items)]
        self._count += len(items)
        found = [np.zeros(0, np.int64), *self._crew.each(task, self._store, items)]
        return np.concatenate(found)


def add_up(store, item):
    """Leave the sums of some groups in the store (a task, see crew); return their rows."""
    number, groups = item
    return put_sums(store, number, groups.voices(store))


def add_pairs(store, item):
    """Leave the sums of pairs of rows in the store; return their rows."""
    number, first, second = item
    return put_sums(store, number, fetch(store, first).plus(fetch(store, second)))
