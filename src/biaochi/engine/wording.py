"""Wording as a vector: how rare the letter pairs of a message are among all messages.

A message is `TITLE * title + text`, both tf–idf vectors of unit length (Salton & Buckley 1988:
1 + ln tf, ln N/df), and the sum is brought to unit length again. The similarity of two messages
is then their dot product, and the average similarity of two groups is the dot product of their
mean vectors, which makes exact average linkage possible without ever listing all pairs.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .letters import BITS, row_pairs, squeeze

__all__ = ["Wording", "learn", "parts", "vectors"]

TITLE = 0.8
WIDTH = 1 << BITS
CHUNK = 20_000


@dataclass(frozen=True)
class Wording:
    """How common each letter pair is: `df` counts messages (int32, length 2**21) out of `count`."""

    df: np.ndarray
    count: int

    def idf(self, codes):
        """Return ln(count/df) for codes; a pair seen once links nothing and weighs nothing."""
        df = self.df[codes]
        safe = np.maximum(df, 1).astype(np.float32)
        return np.where(df > 1, np.log(np.float32(max(self.count, 2)) / safe), 0).clip(0)


def parts(messages):
    """Return (titles, texts), squeezed. A title repeated as text counts once, as the text."""
    titles = [squeeze(m.title) for m in messages]
    texts = [squeeze(m.text) for m in messages]
    return [a if a != b else "" for a, b in zip(titles, texts, strict=True)], texts


def learn(titles, texts):
    """Return the Wording of squeezed titles and texts (two lists of the same length)."""
    df = np.zeros(WIDTH, np.int32)
    for start in range(0, len(texts), CHUNK):
        both = [
            f"{a}\n{b}"
            for a, b in zip(
                titles[start : start + CHUNK], texts[start : start + CHUNK], strict=True
            )
        ]
        df += np.bincount(row_pairs(both)[1], minlength=WIDTH).astype(np.int32)
    return Wording(df, len(texts))


def vectors(wording, titles, texts):
    """Return the unit vectors of messages: CSR float32, shape (len(texts), 2**21)."""
    blocks = []
    for start in range(0, len(texts), CHUNK):
        stop = start + CHUNK
        title = _tfidf(wording, titles[start:stop])
        text = _tfidf(wording, texts[start:stop])
        blocks.append(_unit(TITLE * title + text))
    return sp.vstack(blocks, format="csr") if blocks else sp.csr_matrix((0, WIDTH), dtype="f4")


def _tfidf(wording, texts):
    rows, codes, counts = row_pairs(texts)
    weights = ((1 + np.log(counts)) * wording.idf(codes)).astype(np.float32)
    matrix = sp.csr_matrix((weights, (rows, codes)), shape=(len(texts), WIDTH))
    matrix.eliminate_zeros()
    return _unit(matrix)


def _unit(matrix):
    lengths = (
        np.sqrt(
            np.add.reduceat(np.append(matrix.data.astype(np.float64) ** 2, 0.0), matrix.indptr[:-1])
        )
        if matrix.shape[0]
        else np.zeros(0)
    )
    held = np.diff(matrix.indptr)
    lengths = np.where((held > 0) & (lengths > 0), lengths, 1.0)
    matrix.data = (matrix.data / np.repeat(lengths, held)).astype(np.float32)
    return matrix
