"""The stage's one door to the engine: what was said before, kept as numbers, asked by wording."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from biaochi.engine.earlier import Index, Said

# Of pairs that people put together 99 in 100 are as near as this (petitions: 97), of messages
# taken by chance 6 in 1,000 (docs/methods/earlier.md).
LEAST = 0.06
SAID = {"copy", "name", "phrase"}  # reasons that can be told; without one nothing is shown
FORM = re.compile(
    r"^关于|的?(?:提案|建议|意见|报告|情况)$"
)  # of a title: says nothing of the matter
SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;”’]*")


@dataclass(frozen=True)
class Words:
    """Something that was said, as everybody may read it; (kind, key) names it."""

    kind: str
    key: int
    title: str
    text: str
    on: date | None = None


@dataclass(frozen=True)
class Near:
    """Something that says the like. ``start:end`` is the passage of its text that is nearest."""

    kind: str
    key: int
    similarity: float
    start: int
    end: int
    reasons: list

    @property
    def is_told(self):
        """Whether there is a reason that can be told in words."""
        return any(reason["kind"] in SAID for reason in self.reasons)


class Shelf:
    """What was said, as numbers. Nothing of it changes: ``renewed`` makes another one."""

    def __init__(self, words, beside=None):
        """:param beside: another shelf, from which this one learns how common a wording is"""
        words = list(words)
        other = None if beside is None else beside._index
        self._index = Index.of(map(_said, words), beside=other)
        self.built_with = len(words)
        self.learnt = object()  # the same as long as nothing was learnt anew

    def __len__(self):
        return len(self._index)

    def renewed(self, words, gone=()):
        """A shelf with these words, new or said anew, and without ``gone`` pairs (kind, key)."""
        other = object.__new__(Shelf)
        other.built_with, other.learnt = self.built_with, self.learnt
        gone = [(kind, str(key)) for kind, key in gone]
        other._index = self._index.with_([_said(one) for one in words], gone)
        return other

    def nearest(self, title, text, limit, but=()):
        """Up to ``limit`` ``Near`` values of each kind, best first, without these (kind, key)."""
        but = set(but)
        found = self._index.nearest(text, bare(title), k=limit + len(but), each=True)
        kept, count = [], Counter()
        for near in map(_near, found):
            if near.is_told and near.similarity >= LEAST and (near.kind, near.key) not in but:
                count[near.kind] += 1
                if count[near.kind] <= limit:
                    kept.append(near)
        return kept

    def closest(self, title, text, pieces):
        """The number of the piece nearest to the question, or None."""
        return self._index.closest(text, bare(title), pieces)

    def quoted(self, title, text, words):
        """The sentence of some words that is nearest to the question; "" where none is."""
        pieces = [piece.strip() for piece in SENTENCE.findall(words)]
        place = self.closest(title, text, pieces) if pieces else None
        return "" if place is None else pieces[place]


def bare(title):
    """A title without the form of titles: 关于…的提案."""
    return FORM.sub("", title.strip()) or title


def _said(words):
    return Said(str(words.key), words.kind, words.text, bare(words.title), words.on)


def _near(found):
    reasons = [{"kind": one.kind, "value": one.value} for one in found.why]
    return Near(found.kind, int(found.id), found.similarity, found.start, found.end, reasons)
