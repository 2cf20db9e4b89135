"""Texts as rows of numbers, for `earlier`: tf–idf over the units of `earlier_words`, length 1."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from .earlier_words import WIDTH, units

__all__ = ["CHUNK", "Rarity", "learnt", "unit", "vectors"]

CHUNK = 5_000  # texts taken at once
# A handful of texts does not tell what is common: what two of three say is still worth something.
FEWEST = 100


@dataclass(frozen=True)
class Rarity:
    """How many of `count` texts have each unit: `codes` (sorted) and, beside them, `texts`."""

    codes: np.ndarray
    texts: np.ndarray
    count: int

    @cached_property
    def weights(self):
        """ln(count/df) of each unit of `codes`, float32."""
        return np.log(self._all / self.texts).astype(np.float32).clip(0)

    @property
    def _all(self):
        return 1 + max(self.count, FEWEST)

    def of(self, codes):
        """Return ln(count/df) of these units, float32.

        A unit nobody used is as rare as one used once: it may link two questions, not two texts.
        """
        found = np.full(len(codes), np.log(self._all), np.float32)
        if len(self.codes):
            at = np.searchsorted(self.codes, codes).clip(0, len(self.codes) - 1)
            held = self.codes[at] == codes
            found[held] = self.weights[at[held]]
        return found

    def joined(self, other):
        """What both learnt together; nobody asks whether they learnt from the same texts."""
        codes, at = np.unique(np.concatenate([self.codes, other.codes]), return_inverse=True)
        texts = np.bincount(at, np.concatenate([self.texts, other.texts]), len(codes))
        return Rarity(codes, texts.astype(np.int64), self.count + other.count)


def learnt(heads, texts):
    """Return the Rarity of folded texts with their heads; copies are learnt from once."""
    said = list(dict.fromkeys(f"{head}\n{text}" for head, text in zip(heads, texts, strict=True)))
    df = np.zeros(WIDTH, np.int64)
    for first in range(0, len(said), CHUNK):
        df += np.bincount(units(said[first : first + CHUNK])[1], minlength=WIDTH)
    codes = np.flatnonzero(df)
    return Rarity(codes, df[codes], len(said))


def vectors(heads, texts, rarity):
    """Return unit rows (CSR float32, WIDTH columns, sorted): head and text count alike."""
    parts = [
        unit(
            _tfidf(heads[first : first + CHUNK], rarity)
            + _tfidf(texts[first : first + CHUNK], rarity)
        )
        for first in range(0, len(texts), CHUNK)
    ]
    return sp.vstack(parts, format="csr") if parts else sp.csr_matrix((0, WIDTH), dtype="f4")


def unit(matrix):
    """Return a CSR matrix with sorted columns and rows of length 1 (empty rows stay)."""
    matrix = matrix.tocsr()
    matrix.eliminate_zeros()
    matrix.sort_indices()
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    squares = matrix.data.astype(np.float64) ** 2
    lengths = np.sqrt(np.bincount(row_of, squares, matrix.shape[0]))
    matrix.data = (matrix.data / np.maximum(lengths[row_of], 1e-9)).astype(np.float32)
    return matrix


def _tfidf(texts, rarity):
    rows, codes, counts = units(texts)
    weights = ((1 + np.log(counts)) * rarity.of(codes)).astype(np.float32)
    return unit(sp.csr_matrix((weights, (rows, codes)), shape=(len(texts), WIDTH)))
