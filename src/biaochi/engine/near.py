"""Which matter does a new voice belong to? The same measure as `group`, one voice at a time.

    index = Index.of_groups([(matter_id, [Message, …]), …])   # existing matters; [] is allowed
    index = Index.of_messages(messages)                        # groups them first
    index.add(matter_id, message)                              # a voice joins, or opens, a matter
    index.remove(matter_id)                                    # merged away, erased
    index.stale                                                # doubled since: build it anew
    for near in index.nearest(text, title="", k=5):            # Near values, best first
        near.matter, near.similarity, near.chance, near.same, near.why

`near.similarity` is the similarity `group` asks to be at least LEAST, averaged over all messages
of the matter; `near.same` says whether it is. Nothing is decided here. The index holds no text
and no person.

How rare a letter pair is was learnt when the index was built; adding a voice does not learn.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .group import group
from .matter import Message, Reason
from .phrases import in_common, shared_phrases
from .sameness import LEAST, chance, nearness
from .segment import merged, segment
from .wording import learn, parts, stack, voices

__all__ = ["Index", "Near"]

SHORTLIST = 50
FRESH = 64
PART = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """One matter a voice may belong to; see the module's first lines."""

    matter: str
    similarity: float
    chance: float
    same: bool
    why: tuple[Reason, ...]


class Index:
    """Matters by wording, growing as voices come in. Build with `of_groups` or `of_messages`.

    Matters lie in segments; a changed matter is written anew into a small segment, and small
    segments are put together as they grow, so that adding costs little however large it all is.
    """

    def __init__(self, wording, ids, rows):
        """Take matter `ids` and their added Voices `rows`, as `of_groups` makes them."""
        self._wording, self._ids = wording, list(ids)
        self._place = {matter: k for k, matter in enumerate(self._ids)}
        self._segments = [segment(range(len(rows)), rows)] if len(rows) else []
        self._where = {k: (self._segments[0], k) for k in range(len(rows))}
        self._fresh = {}
        self._built = len(self._ids)

    @classmethod
    def of_groups(cls, groups):
        """Build from pairs (matter id, messages). Raises ValueError when a matter id repeats."""
        groups = [(matter, list(messages)) for matter, messages in groups]
        ids = [matter for matter, _ in groups]
        if len(set(ids)) != len(ids):
            raise ValueError("a matter id stands twice")
        titles, texts = parts([m for _, messages in groups for m in messages])
        wording = learn(titles, texts)
        ends = np.r_[0, np.cumsum([len(messages) for _, messages in groups], dtype=np.int64)]
        edges = np.unique(
            np.r_[0, np.searchsorted(ends, np.arange(0, ends[-1], PART)), len(groups)]
        )
        rows = [
            _added(wording, titles, texts, ends[first : last + 1])
            for first, last in pairwise(edges.tolist())
        ]
        return cls(wording, ids, stack(rows) if rows else voices(wording, [], []))

    @classmethod
    def of_messages(cls, messages):
        """Group messages, then index the matters (ids as in `group`)."""
        messages = list(messages)
        by_id = {m.id: m for m in messages}
        found = group(messages).matters
        return cls.of_groups((m.id, [by_id[i] for i in m.members]) for m in found)

    def __len__(self):
        return len(self._place)

    @property
    def stale(self):
        """True once as many matters were opened as there were when the index was built."""
        return len(self._ids) >= 2 * max(self._built, FRESH)

    def add(self, matter, message):
        """Let a message join `matter`; an unknown matter id opens a new one."""
        row = voices(self._wording, *parts([message]), also=1, least=2)
        place = self._place.get(matter)
        if place is None:
            place = self._place[matter] = len(self._ids)
            self._ids.append(matter)
        else:
            row = stack([self._row(place), row]).gather(np.zeros(2, np.int64), 1)
        self._fresh[place] = row
        if len(self._fresh) >= FRESH:
            self._put_away()

    def remove(self, matter):
        """Forget a matter. Raises KeyError when it is unknown."""
        place = self._place.pop(matter)
        self._fresh.pop(place, None)
        self._where.pop(place, None)

    def nearest(self, text, k=5, *, title=""):
        """Return up to k Near matters for a voice, most similar first (ties by matter id)."""
        message = Message("", text, title)
        row = voices(self._wording, *parts([message]), also=1)
        found = []
        for places, rows in self._candidates(row):
            scores = nearness(row, rows)
            found += [
                (-score, self._ids[place], rows, n)
                for n, (place, score) in enumerate(zip(places, scores.tolist(), strict=True))
                if score > 0
            ]
        found.sort(key=lambda item: item[:2])
        return tuple(_near(message, row, *item) for item in found[:k])

    def _candidates(self, row):
        """Yield (places, Voices) of the matters worth measuring."""
        for part in self._segments:
            best = part.shortlist(row.whole.indices, row.whole.data, SHORTLIST)
            kept = [n for n in best.tolist() if self._current(part, n)]
            if kept:
                yield part.places[kept].tolist(), part.rows.take(kept)
        if self._fresh:
            yield list(self._fresh), stack(list(self._fresh.values()))

    def _current(self, part, n):
        place = int(part.places[n])
        return place not in self._fresh and self._where.get(place) == (part, n)

    def _row(self, place):
        if place in self._fresh:
            return self._fresh[place]
        part, n = self._where[place]
        return part.rows.take([n])

    def _put_away(self):
        """Write the fresh matters into a segment, and put segments of like size together."""
        places = sorted(self._fresh)
        self._segments.append(segment(places, stack([self._fresh[p] for p in places])))
        self._note(self._segments[-1])
        self._fresh = {}
        while len(self._segments) > 1 and len(self._segments[-2]) <= 2 * len(self._segments[-1]):
            last, before = self._segments.pop(), self._segments.pop()
            self._segments.append(merged(before, last, self._current))
            self._note(self._segments[-1])

    def _note(self, part):
        self._where.update((int(place), (part, n)) for n, place in enumerate(part.places))


def _added(wording, titles, texts, ends):
    """Return the added Voices of some groups; group n has the messages ends[n] to ends[n + 1]."""
    some = slice(int(ends[0]), int(ends[-1]))
    owner = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    return voices(wording, titles[some], texts[some]).gather(owner, len(ends) - 1)


def _near(message, row, minus, matter, rows, n):
    """Return the Near for a voice and the matter in row n of `rows`."""
    codes, own, theirs = in_common(row.whole, 0, rows.whole, n)
    why = shared_phrases(f"{message.title}\n{message.text}", codes, own * theirs)
    score = min(-minus, 1.0)
    why += (Reason("similarity", round(score, 3)),)
    return Near(matter, score, float(chance(score)), score >= LEAST, why)
