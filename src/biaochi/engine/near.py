"""Which matter does a new voice belong to? The same measure as `group`, one voice at a time.

    index = Index.of_groups([(matter_id, [Message, …]), …])   # existing matters
    index = Index.of_messages(messages)                        # groups them first
    index.add(matter_id, message)                              # a voice joins, or opens, a matter
    index.remove(matter_id)                                    # merged away, erased
    for near in index.nearest(text, title="", k=5):            # Near values, best first
        near.matter, near.similarity, near.chance, near.same, near.why

`near.similarity` is the average similarity to the matter's messages, exactly what `group` asks to
be at least LEAST; `near.same` says whether it is. Nothing is decided here.

Letter pairs keep the rarity learnt when the index was built; pairs that were unknown then weigh
nothing until `Index.of_groups` is called again (build anew when it has doubled).
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .candidates import dots
from .group import group
from .matter import Message, Reason
from .phrases import shared_phrases
from .sameness import LEAST, chance
from .wording import WIDTH, Wording, learn, parts, vectors

__all__ = ["Index", "Near"]

BUDGET = 200_000
SHORTLIST = 50
FOLD = 500


@dataclass(frozen=True, slots=True)
class Near:
    """One matter a voice may belong to; see the module's first lines."""

    matter: str
    similarity: float
    chance: float
    same: bool
    why: tuple[Reason, ...]


class Index:
    """Matters by wording, growing as voices come in. Build with `of_groups` or `of_messages`."""

    def __init__(self, wording, ids, sums, sizes):
        """Take matters: `sums` CSR of added unit vectors, one row a matter; `sizes` their counts."""
        self.wording = wording
        self._ids = list(ids)
        self._place = {matter: k for k, matter in enumerate(self._ids)}
        self._sums, self._sizes = sums, list(sizes)
        self._fresh = {}
        self._gone = set()
        self._turn()

    @classmethod
    def of_groups(cls, groups):
        """Build from pairs (matter id, messages). Raises ValueError when a matter id repeats."""
        groups = [(matter, list(messages)) for matter, messages in groups]
        ids = [matter for matter, _ in groups]
        if len(set(ids)) != len(ids):
            raise ValueError("a matter id stands twice")
        titles, texts = parts([m for _, messages in groups for m in messages])
        wording = learn(titles, texts) if texts else Wording(np.zeros(WIDTH, np.int32), 0)
        rows = vectors(wording, titles, texts)
        owner = np.repeat(np.arange(len(groups)), [len(messages) for _, messages in groups])
        shape = (len(groups), len(texts))
        ones = np.ones(len(texts), np.float32)
        sums = (sp.csr_matrix((ones, (owner, np.arange(len(texts)))), shape=shape) @ rows).tocsr()
        return cls(wording, ids, sums, [len(messages) for _, messages in groups])

    @classmethod
    def of_messages(cls, messages):
        """Group messages, then index the matters (ids as in `group`)."""
        messages = list(messages)
        by_id = {m.id: m for m in messages}
        found = group(messages).matters
        return cls.of_groups((m.id, [by_id[i] for i in m.members]) for m in found)

    def __len__(self):
        return len(self._place)

    def add(self, matter, message):
        """Let a message join `matter`; an unknown matter id opens a new one."""
        row = vectors(self.wording, *parts([message]))
        place = self._place.get(matter)
        if place is None:
            place = self._place[matter] = len(self._ids)
            self._ids.append(matter)
            self._sizes.append(1)
            self._fresh[place] = row
        else:
            self._sizes[place] += 1
            self._fresh[place] = self._row(place) + row
        if len(self._fresh) > max(FOLD, len(self._ids) // 20):
            self._fold()

    def remove(self, matter):
        """Forget a matter. Raises KeyError when it is unknown."""
        place = self._place.pop(matter)
        self._fresh.pop(place, None)
        self._gone.add(place)

    def nearest(self, text, k=5, *, title=""):
        """Return up to k Near matters for a voice, most similar first (ties by matter id)."""
        message = Message("", text, title)
        row = vectors(self.wording, *parts([message]))
        places = self._shortlist(row)
        if not len(places):
            return ()
        rows = sp.vstack([self._row(p) for p in places], format="csr")
        sizes = np.array([self._sizes[p] for p in places], float)
        zeros = np.zeros(len(places), np.int64)
        scores = (dots(row, rows, zeros, np.arange(len(places))) / sizes).clip(0, 1)
        ranked = sorted(range(len(places)), key=lambda n: (-scores[n], self._ids[places[n]]))
        found = [n for n in ranked if scores[n] > 0][:k]
        return tuple(self._near(message, row, places[n], rows[n], scores[n]) for n in found)

    def _near(self, message, row, place, sums, score):
        other = dict(zip(sums.indices.tolist(), sums.data.tolist(), strict=True))
        own = zip(row.indices.tolist(), row.data.tolist(), strict=True)
        shared = {code: weight * other.get(code, 0.0) for code, weight in own}
        why = shared_phrases(f"{message.title}\n{message.text}", shared)
        why += (Reason("similarity", round(float(score), 3)),)
        return Near(self._ids[place], float(score), float(chance(score)), bool(score >= LEAST), why)

    def _row(self, place):
        fresh = self._fresh.get(place)
        return self._sums[place] if fresh is None else fresh

    def _shortlist(self, row):
        """Return places of the matters that share most with a voice, the folded and the fresh."""
        starts, stops = self._turned.indptr[row.indices], self._turned.indptr[row.indices + 1]
        order = np.lexsort((row.indices, -row.data * (stops > starts)))
        within = order[np.cumsum((stops - starts)[order]) <= BUDGET]
        spans = [slice(starts[n], stops[n]) for n in within]
        scores = np.zeros(self._turned.shape[0])
        for n, span in zip(within, spans, strict=True):
            scores[self._turned.indices[span]] += row.data[n] * self._turned.data[span]
        count = min(SHORTLIST, len(scores))
        best = np.argpartition(-scores, count - 1)[:count] if count else np.zeros(0, np.int64)
        stale = self._gone | self._fresh.keys()
        kept = [p for p in sorted(best.tolist()) if scores[p] > 0 and p not in stale]
        return np.array(kept + sorted(self._fresh), np.int64)

    def _fold(self):
        """Take the fresh rows into the folded ones."""
        keep = np.arange(self._sums.shape[0])
        spare = len(self._ids) - len(keep)
        blank = sp.csr_matrix((spare, WIDTH), dtype=np.float32)
        sums = sp.vstack([self._sums, blank], format="csr")
        stale = np.ones(len(self._ids), np.float32)
        stale[list(self._fresh)] = 0
        fresh = sp.vstack([self._fresh[p] for p in sorted(self._fresh)], format="csr")
        places = np.array(sorted(self._fresh))
        lift = sp.csr_matrix(
            (np.ones(len(places), np.float32), (places, np.arange(len(places)))),
            shape=(len(self._ids), len(places)),
        )
        self._sums = (sp.diags(stale) @ sums + lift @ fresh).tocsr()
        self._fresh = {}
        self._turn()

    def _turn(self):
        sizes = np.maximum(np.array(self._sizes[: self._sums.shape[0]], np.float32), 1)
        means = (sp.diags(1 / sizes).astype(np.float32) @ self._sums).tocsr()
        self._turned = means.T.tocsr()
