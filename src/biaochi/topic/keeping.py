"""What one process keeps of what was said before, renewed when the record moves.

As long as the head of the record is the same, nothing has changed. When it moved, the newer lines
say which things were touched, and only those are read anew. If the head that we knew is not in
the record any more (a restored backup, another database) everything is.
"""

from collections import defaultdict
from threading import Lock

from django.db.models import Max

from biaochi.core.models import Entry, Head
from biaochi.topic.analysis import Shelf

GROWN = 0.5  # when so large a share was read anew, how common a wording is is learnt anew …
FEW = 150  # … and always while there is so little that it takes no time


class Kept:
    """A shelf in memory, and up to which line of the record it knows."""

    def __init__(self, said, touched):
        """Take the readers of what is kept.

        :param said: ``said(keys)`` gives ``Words``: of these (kind, key) pairs, or None for all
        :param touched: ``touched({table: {key}})`` tells which (kind, key) pairs that concerns
        """
        self._said, self._touched = said, touched
        self._lock = Lock()
        self.forget()

    def forget(self):
        """Know nothing, as at the start."""
        self._head, self._line, self._shelf, self._anew, self._beside = "", 0, None, 0, None

    def shelf(self, beside=None):
        """The shelf as the record has it now.

        :param beside: another shelf to learn from; when that learnt anew, so does this one
        """
        with self._lock:
            head = Head.objects.filter(pk=1).values_list("hash", flat=True).first() or ""
            learnt = None if beside is None else beside.learnt
            if self._shelf is None or learnt is not self._beside or self._is_lost(head):
                self._build(beside, learnt)
            elif head != self._head:
                self._renew(beside, learnt)
            self._head = head
            return self._shelf

    def _is_lost(self, head):
        known = self._head
        return head != known and bool(known) and not Entry.objects.filter(hash=known).exists()

    def _build(self, beside, learnt):
        self._line = Entry.objects.aggregate(last=Max("pk"))["last"] or 0  # before the reading
        self._shelf = Shelf(self._said(None), beside)
        self._anew, self._beside = 0, learnt

    def _renew(self, beside, learnt):
        line, things = _newer(self._line)
        keys = self._touched(things)
        self._anew += len(keys)
        built_with = self._shelf.built_with
        if keys and (built_with < FEW or self._anew > built_with * GROWN):
            self._build(beside, learnt)
            return
        if keys:
            words = self._said(keys)
            gone = keys - {(one.kind, one.key) for one in words}
            self._shelf = self._shelf.renewed(words, gone)
        self._line = line


def _newer(line):
    """The things that newer lines of the record name: ``(last line, {table: {key}})``."""
    things = defaultdict(set)
    newer = Entry.objects.filter(pk__gt=line).order_by("pk").values_list("pk", "thing")
    for pk, thing in newer.iterator():
        line = pk
        table, _colon, key = thing.partition(":")
        if key.isdigit():
            things[table].add(int(key))
    return line, things
