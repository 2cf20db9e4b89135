"""Who said this before? Earlier proposals, matters and library texts, best first, with reasons.

    index = Index.of([Said(id, kind, text, title, on), …])
    for one in index.nearest(text, title="", k=10, before=None, kinds=None):
        one.id, one.kind, one.similarity, one.start, one.end, one.why

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
import scipy.sparse as sp

from .earlier_words import HALF, WIDTH, chinese, folded, units, words
from .letters import pair_codes
from .matter import Reason
from .names import names
from .phrases import in_common, shared_phrases

__all__ = ["Earlier", "Index", "Said"]

PASSAGE = 1_500  # letters
NEAREST, SHARE = 5, 0.15  # what widens a question: of so many texts, each with so much weight
# In a large collection, what stands in a fifth of the texts tells nothing and costs most.
MANY, TOO_COMMON = 20_000, 0.2
HEAD = 40
PHRASES, NAMES = 3, 3
CHUNK = 5_000


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


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands: `item` is the number of its text."""

    item: int
    start: int
    end: int


class Index:
    """What was said, by wording. Build with `of`; it does not grow: build it anew."""

    def __init__(self, items, passages, idf, rows):
        """Take what `of` makes: items without text, Passages, idf (WIDTH,), unit rows (CSR)."""
        self._items, self._passages, self._idf = items, passages, idf
        self._owner = np.array([p.item for p in passages], np.int64)
        # Only the units that occur get a column: products of four million columns are slow.
        self._codes = np.unique(rows.indices)
        self._rows = self._narrow(rows)
        self._users = self._rows.T.tocsr()
        if len(passages) > MANY:
            crowd = np.diff(self._users.indptr) > TOO_COMMON * len(passages)
            self._users = (sp.diags((~crowd).astype(np.float32)) @ self._users).tocsr()
            self._users.eliminate_zeros()

    @classmethod
    def of(cls, items):
        """Build from Said values. Raises ValueError when a kind and id stand twice."""
        items = sorted(items, key=lambda item: (item.kind, item.id))
        if len({(item.kind, item.id) for item in items}) != len(items):
            raise ValueError("a kind and id stand twice")
        passages = [
            Passage(n, start, end) for n, item in enumerate(items) for start, end in cut(item.text)
        ]
        titles = [folded(item.title) for item in items]
        texts = [folded(items[p.item].text[p.start : p.end]) for p in passages]
        heads = [titles[p.item] for p in passages]
        idf = _rarity(heads, texts)
        parts = [
            _vectors(heads[first : first + CHUNK], texts[first : first + CHUNK], idf)
            for first in range(0, len(texts), CHUNK)
        ]
        rows = sp.vstack(parts, format="csr") if parts else sp.csr_matrix((0, WIDTH), dtype="f4")
        bare = [Said(item.id, item.kind, "", "", item.on) for item in items]
        return cls(bare, passages, idf, rows)

    def __len__(self):
        return len(self._items)

    def nearest(self, text, title="", *, k=10, before=None, kinds=None):
        """Return up to k Earlier, best first (ties by kind and id).

        `before`: only what was said before that day, or on a day nobody knows; `kinds`: only
        these kinds.
        """
        own = self._narrow(_vectors([folded(title)], [folded(text)], self._idf))
        direct = self._scores(own)
        allowed = np.array([self._may(item, before, kinds) for item in self._items], bool)
        shown = (direct > 0) & allowed[self._owner]
        if not shown.any():
            return ()
        # Whatever was said widens the question; only what is asked for is shown.
        scores = np.where(shown, self._scores(self._widened(own, direct)), 0)
        best = np.zeros(len(self._items))
        np.maximum.at(best, self._owner, scores)
        found = np.flatnonzero(best)
        found = found[np.argsort(-best[found], kind="stable")][:k]
        passages = [self._best_passage(item, scores) for item in found]
        return tuple(self._earlier(text, title, own, n, direct[n]) for n in passages)

    def _narrow(self, rows):
        """The columns of rows (CSR of WIDTH) that the index knows; the rest is dropped."""
        at = np.searchsorted(self._codes, rows.indices)
        held = at < len(self._codes)
        held[held] = self._codes[at[held]] == rows.indices[held]
        row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        starts = np.append(0, np.cumsum(np.bincount(row_of[held], minlength=rows.shape[0])))
        shape = (rows.shape[0], len(self._codes))
        return sp.csr_matrix((rows.data[held], at[held], starts), shape=shape)

    def _scores(self, row):
        """Return the dot product of one row with every passage, float64."""
        return np.asarray((row @ self._users).todense(), np.float64).ravel()

    def _widened(self, row, scores):
        """The question and a share of its nearest passages, weighed by how near they are."""
        near = np.argsort(-scores, kind="stable")[:NEAREST]
        near = near[scores[near] > 0]
        weights = sp.csr_matrix(SHARE * scores[near].astype(np.float32))
        return _unit((row + weights @ self._rows[near]).tocsr())

    def _best_passage(self, item, scores):
        own = np.flatnonzero(self._owner == item)
        return int(own[np.argmax(scores[own])])

    @staticmethod
    def _may(item, before, kinds):
        when = before is None or item.on is None or item.on < before
        return when and (kinds is None or item.kind in kinds)

    def _earlier(self, text, title, own, n, similarity):
        passage, item = self._passages[n], self._items[self._passages[n].item]
        score = round(min(float(similarity), 1.0), 3)
        columns, mine, theirs = in_common(own, 0, self._rows, n)
        why = _reasons(f"{title}\n{text}", self._codes[columns], mine * theirs)
        if score >= 0.999:
            why = (Reason("copy", item.id), *why)
        why = (*why, Reason("similarity", score))
        return Earlier(item.id, item.kind, score, passage.start, passage.end, why)


def cut(text):
    """Return [(start, end)] of a text's passages: up to PASSAGE letters, at a line or sentence end."""
    found, start = [], 0
    while len(text) - start > PASSAGE:
        window = text[start : start + PASSAGE]
        end = max(window.rfind("\n"), *(window.rfind(mark) for mark in "。！？；.!?")) + 1
        end = end if end > PASSAGE // 2 else PASSAGE
        found.append((start, start + end))
        start += end
    return [*found, (start, len(text))]


def _rarity(heads, texts):
    """Return ln(count/df) of every unit (float32, WIDTH); copies are learnt from once."""
    said = list(dict.fromkeys(f"{head}\n{text}" for head, text in zip(heads, texts, strict=True)))
    df = np.zeros(WIDTH, np.int64)
    for first in range(0, len(said), CHUNK):
        df += np.bincount(units(said[first : first + CHUNK])[1], minlength=WIDTH)
    # A unit nobody used is as rare as one used once: it may link two questions, not two texts.
    return np.log((1 + len(said)) / np.maximum(df, 1)).astype(np.float32).clip(0)


def _vectors(titles, texts, idf):
    """Return unit rows (CSR float32, sorted columns): title and text count alike."""
    total = _tfidf(titles, idf) + _tfidf(texts, idf)
    return _unit(total.tocsr())


def _tfidf(texts, idf):
    rows, codes, counts = units(texts)
    weights = ((1 + np.log(counts)) * idf[codes]).astype(np.float32)
    return _unit(sp.csr_matrix((weights, (rows, codes)), shape=(len(texts), WIDTH)))


def _unit(matrix):
    """Return the matrix with sorted columns and rows of length 1 (empty rows stay)."""
    matrix.eliminate_zeros()
    matrix.sort_indices()
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    squares = matrix.data.astype(np.float64) ** 2
    lengths = np.sqrt(np.bincount(row_of, squares, matrix.shape[0]))
    matrix.data = (matrix.data / np.maximum(lengths[row_of], 1e-9)).astype(np.float32)
    return matrix


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
    """Return phrase Reasons of runs of other scripts' words that both use."""
    found, run = {}, []
    for code, start, end in [*words(text), (-1, 0, 0)]:
        if gains.get(code, 0) > 0.02:
            run.append((gains[code], start, end))
            continue
        if run:
            said = " ".join(text[run[0][1] : run[-1][2]].split())
            found[said] = max(found.get(said, 0), sum(gain for gain, _, _ in run))
        run = []
    return [Reason("phrase", said, round(min(gain, 1.0), 3)) for said, gain in found.items()]
