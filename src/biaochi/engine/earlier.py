"""Who said this before? Earlier proposals, matters and library texts, best first, with reasons.

    index = Index.of([Said(id, kind, text, title, on), …])
    for one in index.nearest(text, title="", k=10, before=None, kinds=None):
        one.id, one.kind, one.similarity, one.start, one.end, one.why
    index = index.with_([Said(…), …], gone=[(kind, id), …])   # a few more, a few gone

Texts are tf–idf vectors (Salton & Buckley 1988) of letter pairs and words, title and text counting
alike; long texts are cut into passages, and the best passage speaks for its text. The question is
first widened by what its own nearest texts say (Rocchio 1971): people say one thing in many words.
But nothing is shown that does not share a wording with the question itself.

This orders; it decides nothing. The index keeps no text, only numbers. The same items in another
order give the same answers.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from .earlier_part import joined, part_of, passages_of
from .earlier_vectors import learnt, unit, vectors
from .earlier_words import HALF, chinese, folded, units, words
from .letters import pair_codes
from .matter import Reason
from .names import names
from .phrases import in_common, shared_phrases

__all__ = ["Earlier", "Index", "Said"]

NEAREST, SHARE = 5, 0.15  # what widens a question: of so many texts, each with so much weight
HEAD = 40
PHRASES, NAMES = 3, 3


@dataclass(frozen=True, slots=True)
class Said:
    """Something said before. `kind` is the caller's own (proposal, matter, library …).

    (`kind`, `id`) must be unique; `on` is the day it was said, None if unknown.
    """

    id: str
    kind: str
    text: str
    title: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Earlier:
    """One text found. `similarity` (0 … 1) orders, and means nothing by itself.

    `start:end` is the passage of its text that is nearest. `why`: Reasons of kind copy, name,
    phrase and similarity (see `matter`).
    """

    id: str
    kind: str
    similarity: float
    start: int
    end: int
    why: tuple[Reason, ...]


class Index:
    """What was said, by wording. Build with `of`; `with_` makes another one with a few texts more.

    It lies in parts: a large one and small ones of what came later, put together as they grow.
    """

    def __init__(self, rarity, parts):
        """Take what `of` makes: a Rarity, and Parts whose rows were weighed by it."""
        self._rarity, self._parts = rarity, tuple(parts)

    @classmethod
    def of(cls, items, *, beside=None):
        """Build from Said values. Raises ValueError when a kind and id stand twice.

        `beside`: another Index; how rare a wording is there counts as well, so that a small
        collection learns from a large one.
        """
        items = _in_order(items)
        passages, heads, texts = passages_of(items)
        rarity = learnt(heads, texts)
        if beside is not None:
            rarity = rarity.joined(beside._rarity)
        return cls(rarity, [part_of(items, passages, heads, texts, rarity)])

    def __len__(self):
        return sum(len(part) for part in self._parts)

    @property
    def nbytes(self):
        """How many bytes the numbers take."""
        return sum(part.nbytes for part in self._parts)

    def with_(self, items, gone=()):
        """The same with these Said values, new or said anew, and without `gone` (kind, id) pairs.

        This one stays as it is. How rare a wording is was learnt when `of` built it: build anew
        when much is new. Raises ValueError when a kind and id stand twice.
        """
        items = _in_order(items)
        away = {(item.kind, item.id) for item in items} | set(gone)
        parts = [part.without(away) for part in self._parts] if away else list(self._parts)
        if items:
            parts.append(part_of(items, *passages_of(items), self._rarity))
        while len(parts) > 1 and len(parts[-2]) <= 2 * len(parts[-1]):
            last, before = parts.pop(), parts.pop()
            parts.append(joined(before, last))
        return Index(self._rarity, parts)

    def nearest(self, text, title="", *, k=10, each=False, before=None, kinds=None):
        """Return up to k Earlier, best first (ties by kind and id); with `each`, k of each kind.

        `before`: only what was said before that day, or on a day nobody knows; `kinds`: only
        these kinds.
        """
        own = vectors([folded(title)], [folded(text)], self._rarity)
        direct = [part.scores(own) for part in self._parts]
        # Whatever was said widens the question; only what is asked for is shown.
        wide = self._widened(own, direct)
        found = []
        for part, scores in zip(self._parts, direct, strict=True):
            shown = (scores > 0) & part.allowed(before, kinds)[part.owner]
            if shown.any():
                widened = np.where(shown, part.scores(wide), 0)
                items, best = part.best(widened)
                for n in _first(items, part.kinds, k, each):
                    passage = part.best_passage(n, widened)
                    item = part.items[n]
                    found.append((-best[n], item.kind, item.id, part, passage, scores[passage]))
        found.sort(key=lambda one: one[:3])
        places = np.arange(len(found))
        kinds_of = np.unique([one[1] for one in found], return_inverse=True)[1]
        chosen = sorted(_first(places, kinds_of, k, each))
        return tuple(_earlier(text, title, own, *found[n][3:]) for n in chosen)

    def closest(self, text, title, pieces):
        """The number of the piece that has most of the question's wording; None where none has any.

        Equal ones: the first. `pieces` are texts, such as the sentences of a passage.
        """
        own = vectors([folded(title)], [folded(text)], self._rarity)
        rows, codes, _counts = units([folded(piece) for piece in pieces])
        at = np.searchsorted(own.indices, codes).clip(0, max(own.nnz - 1, 0))
        held = own.indices[at] == codes if own.nnz else np.zeros(len(codes), bool)
        gains = np.bincount(rows[held], own.data[at[held]], len(pieces))
        return int(np.argmax(gains)) if gains.any() else None

    def _widened(self, row, direct):
        """The question and a share of its nearest passages, weighed by how near they are."""
        near = [
            (-scores[n], part.items[part.passages[n].item].kind, n, part)
            for part, scores in zip(self._parts, direct, strict=True)
            for n in np.argsort(-scores, kind="stable")[:NEAREST]
            if scores[n] > 0
        ]
        near.sort(key=lambda one: one[:3])
        for minus, _kind, n, part in near[:NEAREST]:
            row = row + part.wide([n]) * np.float32(-SHARE * minus)
        return unit(row)


def _in_order(items):
    items = sorted(items, key=lambda item: (item.kind, item.id))
    if len({(item.kind, item.id) for item in items}) != len(items):
        raise ValueError("a kind and id stand twice")
    return items


def _first(numbers, kinds, k, each):
    """The first k of some numbers (ordered), or with `each` the first k of each kind."""
    if not each:
        return numbers[:k].tolist()
    own = kinds[numbers]
    return [n for kind in np.unique(own) for n in numbers[own == kind][:k].tolist()]


def _earlier(text, title, own, part, n, similarity):
    passage, item = part.passages[n], part.items[part.passages[n].item]
    score = round(min(float(similarity), 1.0), 3)
    columns, mine, theirs = in_common(part.narrow(own), 0, part.rows, n)
    why = _reasons(f"{title}\n{text}", part.codes[columns], mine * theirs)
    if score >= 0.999:
        why = (Reason("copy", item.id), *why)
    why = (*why, Reason("similarity", score))
    return Earlier(item.id, item.kind, score, passage.start, passage.end, why)


def _reasons(text, codes, gains):
    """Return name and phrase Reasons: units of the question which a passage also has.

    `codes` (sorted) are these units, `gains` what each adds to their similarity.
    """
    text = folded(text)
    plain = chinese(text)
    pairs = codes < HALF
    whole = max(float(gains.sum()), 1e-9)
    share = float(gains[pairs].sum()) / whole
    phrases = [
        Reason("phrase", reason.value, round(reason.weight * share, 3))
        for reason in shared_phrases(plain, codes[pairs], gains[pairs])
    ]
    phrases += _shared_words(text, dict(zip(codes.tolist(), (gains / whole).tolist(), strict=True)))
    phrases.sort(key=lambda reason: (-reason.weight, reason.value))
    held = _held_names(text, set(codes[pairs].tolist()))
    said = [r for r in phrases if not any(r.value in name for name in held)]
    return (*(Reason("name", name) for name in held), *said[:PHRASES])


def _held_names(text, codes):
    """The proper names at the head of the question all of whose letter pairs the passage has."""
    head = text.strip().split("\n")[0][: 2 * HEAD]
    found = []
    for name in names(head):
        pairs, _ = pair_codes(chinese(name))
        if len(pairs) and codes.issuperset(pairs.tolist()):
            found.append(name)
    return found[:NAMES]


def _shared_words(text, gains):
    """Return phrase Reasons of runs of other scripts' words that both use.

    A bare number is no reason: that two texts both say 30 tells a reader nothing.
    """
    found, run = {}, []
    for code, start, end in [*words(text), (-1, 0, 0)]:
        shared = gains.get(code, 0) > 0.02
        if run and not (shared and text[run[-1][2] : start].isspace()):
            said = " ".join(text[run[0][1] : run[-1][2]].split())
            if not said.isdigit():
                found[said] = max(found.get(said, 0), sum(gain for gain, _, _ in run))
            run = []
        if shared:
            run.append((gains[code], start, end))
    return [Reason("phrase", said, round(min(gain, 1.0), 3)) for said, gain in found.items()]
