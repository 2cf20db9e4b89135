"""Group messages into concrete matters.

    grouping = group(messages, same=(), different=())       # messages: iterable of matter.Message
    grouping.matters      Matter values, most people first, then hottest
    grouping.members      {message id: Member}: its matter, score, probability, reasons

    grouping = group(messages, same=[("1", "2")], different=[("1", "9")])   # people's corrections

    with Several(2) as crew:                                # two processes, bounded memory
        for portrait in portraits(messages, crew, Folder(path)): …

A matter is one concrete problem at one place, project, company or crowd. The result is the same
for any order of the messages and for any crew (see crew, cluster), bit for bit; there is no seed
and no clock. Similar ways to the same thing: `near.Index` answers "which matter is this?" by the
same measure, `heat.heat_of` orders matters, `flood.floods` explains them,
`group_table.group_file` makes the two tables.
"""

from itertools import pairwise

import numpy as np

from .crew import Alone
from .gathering import Groups
from .linkage import SPAN, join
from .matter import Grouping
from .portrait import describe
from .reading import CHUNK, prepare
from .sameness import LEAST
from .store import Memory

__all__ = ["group", "portraits"]


def group(messages, *, crew=None, store=None, **choices):
    """Return the Grouping of messages (see matter.Message). `choices` are those of `portraits`.

    `same` and `different` are pairs of message ids which a person decided; they are always
    obeyed. `least` is the average similarity a matter must hold. Without `reasons` the members'
    `why` stays empty, which is faster for millions. Raises ValueError when two
    messages share an id, a pair names an unknown id, or the pairs contradict one another.

    A `crew` (see crew.Several) works in a `store` (store.Folder); without them all is done here.
    """
    crew, store = crew or Alone(), store or Memory()
    found = [p for some in portraits(messages, crew, store, **choices) for p in some]
    found.sort(key=lambda portrait: portrait.rank)
    members = {member.id: member for portrait in found for member in portrait.members}
    return Grouping(tuple(portrait.matter for portrait in found), members)


def portraits(
    messages,
    crew,
    store,
    *,
    same=(),
    different=(),
    least=LEAST,
    reasons=True,
    chunk=CHUNK,
    span=SPAN,
    task=describe,
):
    """Yield what `task` makes of the matters, some at a time: lists of portrait.Portrait.

    They come in no telling order: sort them by `Portrait.rank`. `chunk` messages and `span`
    groups are held at a time by each worker; neither changes the result.
    """
    ids = store.fill(messages)
    order = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    places = {ids[k]: n for n, k in enumerate(order.tolist())}
    if len(places) != len(ids):
        raise ValueError("two messages share an id")
    said = _said(places, same)
    apart = _apart(places, different, said)
    decided = np.zeros(len(ids), bool)
    decided[[places[k] for pair in same for k in pair]] = True
    alone = [places[k] for pair in (*same, *different) for k in pair]
    del ids, places
    rows = prepare(crew, store, order, chunk)
    nodes, node_of = _nodes(rows, alone)
    ties = [(node_of[a], node_of[b]) for a, b in apart]
    labels = join(crew, store, rows[nodes], least, said[nodes], ties, span)[node_of]
    groups = Groups.of(labels, rows, labels.max(initial=-1) + 1)
    inside = np.argsort(labels, kind="stable")
    items = (
        (groups.take(np.arange(a, b)), order[some], decided[some], reasons)
        for a, b in _spans(groups.ends, chunk)
        for some in (inside[groups.ends[a] : groups.ends[b]],)
    )
    yield from crew.each(task, store, items)


def _spans(ends, chunk):
    """Cut the groups into spans of about `chunk` messages."""
    cuts = np.searchsorted(ends, np.arange(0, ends[-1], chunk))
    edges = np.unique(np.r_[cuts, len(ends) - 1]).tolist()
    return pairwise(edges)


def _nodes(rows, alone):
    """Return (the first message of every node, node of every message).

    Copies are one node, so that a text sent a hundred times pulls no more than once. A message
    somebody decided about (`alone`) stays its own node: its copies were not spoken of.
    """
    key = rows.copy()
    key[alone] = rows.max(initial=-1) + 1 + np.array(alone, np.int64)
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return first[order], number[inverse]


def _said(places, same):
    """Return for every message the smallest place it is tied to by `same` (union–find)."""
    root = list(range(len(places)))

    def find(k):
        while root[k] != k:
            root[k] = root[root[k]]
            k = root[k]
        return k

    for a, b in same:
        a, b = find(_place(places, a)), find(_place(places, b))
        root[max(a, b)] = min(a, b)
    return np.array([find(k) for k in range(len(root))], np.int64)


def _apart(places, different, said):
    pairs = [(_place(places, a), _place(places, b)) for a, b in different]
    for (a, b), ids in zip(pairs, different, strict=True):
        if said[a] == said[b]:
            raise ValueError(f"said to be the same and to be different: {ids[0]}, {ids[1]}")
    return pairs


def _place(places, message_id):
    if message_id not in places:
        raise ValueError(f"no message has the id {message_id}")
    return places[message_id]
