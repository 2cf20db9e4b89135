"""Group messages into concrete matters.

    grouping = group(messages, same=(), different=())       # messages: iterable of matter.Message
    grouping.matters      Matter values, most people first, then hottest
    grouping.members      {message id: Member}: its matter, score, probability, reasons

    grouping = group(messages, same=[("1", "2")], different=[("1", "9")])   # people's corrections

A matter is one concrete problem at one place, project, company or crowd. The result is the same
for any order of the messages, bit for bit; there is no seed and no clock. Similar ways to the
same thing: `near.Index` answers "which matter is this?" by the same measure, `heat.heat_of`
orders matters, `flood.floods` explains them, `group_table.group_file` makes the two tables.
"""

import numpy as np

from .linkage import join
from .portrait import describe
from .sameness import LEAST
from .wording import learn, parts, voices

__all__ = ["group"]


def group(messages, *, same=(), different=(), least=LEAST, reasons=True):
    """Return the Grouping of messages (see matter.Message).

        `same` and `different` are pairs of message ids which a person decided; they are always
        obeyed. `least` is the average similarity a matter must hold. Without `reasons` the members'
    `why` stays empty, which is faster for millions. Raises ValueError when two
        messages share an id, a pair names an unknown id, or the pairs contradict one another.
    """
    messages = sorted(messages, key=lambda m: m.id)
    places = {m.id: k for k, m in enumerate(messages)}
    if len(places) != len(messages):
        raise ValueError("two messages share an id")
    said = _said(places, same)
    apart = _apart(places, different, said)
    titles, texts = parts(messages)
    nodes, node_of = _nodes(
        titles, texts, {k for pair in (*same, *different) for k in pair}, places
    )
    rows = voices(learn(titles, texts), titles, texts)
    groups = join(
        rows.take(nodes), least, said[nodes], [(node_of[a], node_of[b]) for a, b in apart]
    )
    decided = frozenset(places[k] for pair in same for k in pair)
    return describe(messages, rows, groups[node_of], decided, reasons)


def _nodes(titles, texts, decided, places):
    """Return (places of one message per wording, node of every message).

    Copies are one node, so that a text sent a hundred times pulls no more than once. A message
    somebody decided about stays its own node: its copies were not spoken of.
    """
    decided = {places[message_id] for message_id in decided}
    seen, nodes, node_of = {}, [], np.empty(len(texts), np.int64)
    for k, wording in enumerate(zip(titles, texts, strict=True)):
        node = seen.get(wording) if k not in decided else None
        if node is None:
            node = len(nodes)
            nodes.append(k)
            if k not in decided:
                seen[wording] = node
        node_of[k] = node
    return np.array(nodes, np.int64), node_of


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
