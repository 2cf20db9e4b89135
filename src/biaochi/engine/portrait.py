"""What a group of messages looks like: title, place, quotations, names, and why each belongs."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from .heat import days_since_1970, heat_of
from .letters import squeeze, squeezed
from .matter import Matter, Member, Reason
from .names import districts, names
from .phrases import phrases_of, shorten
from .reading import fetch
from .sameness import chance, standing

__all__ = ["Portrait", "describe"]

QUOTES, QUOTE_LENGTH = 3, 60
NAMES, TITLE_LENGTH = 3, 40


@dataclass(frozen=True)
class Portrait:
    """A matter with its members in order; `heat` is heat.Heat.log for ordering."""

    matter: Matter
    heat: float
    members: tuple[Member, ...]

    @property
    def rank(self):
        """Matters are put in order by this: most people first, then hottest."""
        return -self.matter.people, -self.heat, self.matter.id


def describe(store, item):
    """Return the Portraits of some groups (a task, see crew).

    `item` is (groups, which, decided, reasons): gathering.Groups, the numbers of their messages
    in the store, whether somebody tied the message to another one (both in the order of
    groups.rows), and whether each member shall say why it belongs.
    """
    groups, which, decided, reasons = item
    messages = store.messages(which)
    rows = fetch(store, groups.rows)
    of = np.repeat(np.arange(len(groups)), groups.sizes)
    sums = rows.gather(of, len(groups))
    scores = standing(rows, sums, of)
    order = np.lexsort((np.arange(len(of)), -scores, of))
    inside = np.split(order, groups.ends[1:-1])
    matters = [_matter([messages[m] for m in some], scores[some]) for some in inside]
    why = [()] * len(messages)
    if reasons:
        shared = _gains(rows.whole, sums.whole, of)
        why = _reasons(messages, rows.whole, shared, matters, inside, scores)
    said = (Reason("said", "", 1.0),)
    found = []
    for matter, some in zip(matters, inside, strict=True):
        members = tuple(
            _member(messages[m], matter, float(scores[m]), (said if decided[m] else ()) + why[m])
            for m in some.tolist()
        )
        heat = heat_of((messages[m].who, messages[m].at) for m in some.tolist()).log
        found.append(Portrait(matter, heat, members))
    return found


def _member(message, matter, score, why):
    return Member(message.id, matter.id, score, float(chance(score)), why)


def _gains(whole, sums, of):
    """Return what each entry of a row adds to its likeness with the rest of its group."""
    width = np.int64(whole.shape[1])
    group = np.repeat(np.arange(sums.shape[0]) * width, np.diff(sums.indptr))
    asked = np.repeat(of * width, np.diff(whole.indptr)) + whole.indices
    theirs = sums.data[np.searchsorted(group + sums.indices, asked)]
    return whole.data * (theirs - whole.data)


def _reasons(messages, whole, gains, matters, inside, scores):
    """Return for every message why it is in its matter, the strongest reason first."""
    heads = squeezed(f"{m.title}\n{m.text}" for m in messages)
    why, open_to = [()] * len(messages), []
    for matter, some in zip(matters, inside, strict=True):
        if len(some) == 1:
            why[int(some[0])] = (Reason("alone", ""),)
            continue
        first = {}
        for m in some.tolist():
            if heads[m] in first:
                why[m] = (Reason("copy", first[heads[m]], 1.0),)
            else:
                first[heads[m]] = messages[m].id
                open_to.append((m, matter))
    which = np.array([m for m, _ in open_to], np.int64)
    at, ends = _entries(whole, which)
    texts = [heads[m] for m in which.tolist()]
    phrases = phrases_of(texts, whole.indices[at], gains[at], ends)
    middles = {
        matter.id: (_middle([messages[m] for m in some]), [squeeze(name) for name in matter.names])
        for matter, some in zip(matters, inside, strict=True)
        if len(some) > 1
    }
    for (m, matter), shared in zip(open_to, phrases, strict=True):
        near = Reason("similarity", round(float(scores[m]), 3))
        why[m] = _why(messages[m], heads[m], matter, middles[matter.id], (*shared, near))
    return why


def _entries(matrix, which):
    """Return the places of the entries of some rows, and where each row ends."""
    count = np.diff(matrix.indptr)[which]
    ends = np.r_[0, np.cumsum(count)]
    return np.repeat(matrix.indptr[which] - ends[:-1], count) + np.arange(ends[-1]), ends


def _why(message, head, matter, known, shared):
    middle, folded = known
    named = zip(matter.names, folded, strict=True)
    why = (*(Reason("name", name) for name, shape in named if shape in head), *shared)
    if middle is None or message.at is None:
        return why
    return (*why, Reason("days", round(abs(days_since_1970(message.at) - middle))))


def _matter(group, scores):
    """Return the Matter of messages ordered from the most typical to the least."""
    typical = group[0]
    times = [m.at for m in group if m.at is not None]
    common = _common_names(group)
    people = {m.who for m in group}
    return Matter(
        id=typical.id,
        title=shorten(typical.title or typical.text, TITLE_LENGTH),
        place=_place(group, common),
        members=tuple(m.id for m in group),
        people=len(people),
        likes=sum(m.likes for m in group),
        first=min(times, key=days_since_1970, default=None),
        last=max(times, key=days_since_1970, default=None),
        quotes=_quotes(group),
        names=common,
        cohesion=float(scores.mean()),
    )


def _common_names(group):
    """Return names which at least two messages (or the only one) use, the most used first."""
    counts = Counter(name for m in group for name in names(shorten(m.title or m.text, 60)))
    least = 2 if len(group) > 1 else 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0]))
    return tuple(name for name, count in ranked if count >= least)[:NAMES]


def _place(group, common):
    given = Counter(m.place for m in group if m.place)
    if given:
        return min(given, key=lambda place: (-given[place], place))
    heads = Counter(d for m in group for d in districts(m.title or m.text[:60])[-1:])
    district = min(heads, key=lambda d: (-heads[d], -len(d), d)) if heads else ""
    return district + (common[0] if common else "")


def _quotes(group):
    """Return the beginnings of up to QUOTES messages of different people and wording."""
    if len(group) == 1:
        return (shorten(group[0].text or group[0].title, QUOTE_LENGTH),)
    found, people = {}, set()
    for m in group:
        line = shorten(m.text or m.title, QUOTE_LENGTH)
        if m.who not in people and squeeze(line) not in found:
            found[squeeze(line)] = line
            people.add(m.who)
        if len(found) == QUOTES:
            break
    return tuple(found.values())


def _middle(group):
    days = sorted(days_since_1970(m.at) for m in group if m.at is not None)
    return days[len(days) // 2] if days else None
