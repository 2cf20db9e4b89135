"""A message as vectors: what it says, which names it names, what the trouble is.

Letter pairs are weighed by rarity: a message is `TITLE * title + text`, both tf–idf vectors of
unit length (Salton & Buckley 1988: 1 + ln tf, ln N/df). How far a pair of letters is part of
proper names is learnt from the titles themselves (`naming`: how often it stands inside a name),
which splits every vector in two: *names* (where, who) and *rest* (what is wrong).
Averages over groups are dot products of mean vectors, so average linkage needs no list of pairs.
"""

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from .letters import BITS, row_pairs, squeeze
from .names import KINDS, names

__all__ = ["WIDTH", "Voices", "Wording", "learn", "parts", "stack", "voices"]

TITLE = 0.8
WIDTH = 1 << BITS
CHUNK = 20_000
HEAD = 40
NAMING_PRIOR, NAMING_WEIGHT = 0.15, 1.0
FEW_NAMES, MANY_NAMES = 0.1, 0.3


@dataclass(frozen=True)
class Wording:
    """What was learnt: `df` messages (of `count`) with each letter pair (int32, length 2**21).

    `naming` (float32, same length) is the share of a pair's places in titles that lie in names.
    """

    df: np.ndarray
    naming: np.ndarray
    count: int

    def idf(self, codes, also=0, least=0):
        """Return ln(count/df) for codes; a pair seen once links nothing and weighs nothing.

        `also` messages with these codes are counted on top; df is taken as at least `least`.
        """
        df = np.maximum(self.df[codes] + also, least)
        safe = np.maximum(df, 1).astype(np.float32)
        return np.where(df > 1, np.log(np.float32(max(self.count + also, 2)) / safe), 0).clip(0)


@dataclass(frozen=True)
class Voices:
    """Messages, or groups of them added up: one row each.

    `whole`, `names`, `rest`: CSR float32 of 2**21 columns; of a single message all have length 1
    (or 0 when there is nothing). `named` (float64) is 0 where no name is given, 1 where names make
    up a good part of the message. `sizes` (float64) counts the messages in each row.
    """

    whole: sp.csr_matrix
    names: sp.csr_matrix
    rest: sp.csr_matrix
    named: np.ndarray
    sizes: np.ndarray

    def __len__(self):
        return self.whole.shape[0]

    def take(self, places):
        """Return the rows at `places`."""
        return Voices(
            self.whole[places],
            self.names[places],
            self.rest[places],
            self.named[places],
            self.sizes[places],
        )

    def gather(self, groups, count):
        """Return `count` rows, each the sum of the rows whose group number it is."""
        ones = np.ones(len(groups), np.float32)
        shape = (count, len(groups))
        add = sp.csr_matrix((ones, (groups, np.arange(len(groups)))), shape=shape)
        return Voices(
            _in_order(add @ self.whole),
            _in_order(add @ self.names),
            _in_order(add @ self.rest),
            np.bincount(groups, weights=self.named, minlength=count),
            np.bincount(groups, weights=self.sizes, minlength=count),
        )


def parts(messages):
    """Return (titles, texts), squeezed. A title repeated as text counts once, as the text."""
    titles = [squeeze(m.title) for m in messages]
    texts = [squeeze(m.text) for m in messages]
    return [a if a != b else "" for a, b in zip(titles, texts, strict=True)], texts


def learn(titles, texts):
    """Return the Wording of squeezed titles and texts (two lists of the same length).

    Copies are learnt from once: a text sent a hundred times makes its words no commoner.
    """
    said = list(dict.fromkeys(zip(titles, texts, strict=True)))
    df, inside, everywhere = (np.zeros(WIDTH, np.int64) for _ in range(3))
    for start in range(0, len(said), CHUNK):
        some = said[start : start + CHUNK]
        df += _holders([f"{title}\n{text}" for title, text in some])
        heads = [title or text[:HEAD] for title, text in some]
        everywhere += _holders(heads)
        inside += _holders(["\n".join(names(head)) for head in heads])
    naming = (inside + NAMING_PRIOR * NAMING_WEIGHT) / (everywhere + NAMING_WEIGHT)
    naming[row_pairs(sorted(KINDS))[1]] = 0  # "garden estate" tells no place from another
    return Wording(df.astype(np.int32), naming.astype(np.float32).clip(0, 1), len(said))


def voices(wording, titles, texts, also=0, least=0):
    """Return the Voices of messages given as squeezed titles and texts.

    `also` and `least` (see Wording.idf) are for messages which were not among those learnt from.
    """
    blocks, headings = [], []
    for start in range(0, len(texts), CHUNK):
        some = list(zip(titles[start : start + CHUNK], texts[start : start + CHUNK], strict=True))
        title = _tfidf(wording, [title for title, _ in some], also, least)
        text = _tfidf(wording, [text for _, text in some], also, least)
        blocks.append(_unit(_in_order(TITLE * title + text))[0])
        head = _tfidf(wording, [title or text[:HEAD] for title, text in some], also, least)
        headings.append(_unit(_weighed(head, wording.naming[head.indices]))[1])
    whole = sp.vstack(blocks, format="csr") if blocks else sp.csr_matrix((0, WIDTH), dtype="f4")
    share = wording.naming[whole.indices]
    named, _ = _unit(_weighed(whole, share))
    rest, _ = _unit(_weighed(whole, 1 - share))
    length = np.concatenate(headings) if headings else np.zeros(0)
    ramp = ((length - FEW_NAMES) / (MANY_NAMES - FEW_NAMES)).clip(0, 1)
    return Voices(whole, named, rest, ramp, np.ones(len(texts)))


def stack(several):
    """Return one Voices of many, row under row."""
    return Voices(
        sp.vstack([v.whole for v in several], format="csr"),
        sp.vstack([v.names for v in several], format="csr"),
        sp.vstack([v.rest for v in several], format="csr"),
        np.concatenate([v.named for v in several]),
        np.concatenate([v.sizes for v in several]),
    )


def _holders(texts):
    return np.bincount(row_pairs(texts)[1], minlength=WIDTH)


def _in_order(matrix):
    """Sort the columns of each row: products of rows out of order are ten times slower."""
    matrix.sort_indices()
    return matrix


def _weighed(matrix, factors):
    return sp.csr_matrix((matrix.data * factors, matrix.indices, matrix.indptr), shape=matrix.shape)


def _tfidf(wording, texts, also, least):
    rows, codes, counts = row_pairs(texts)
    weights = ((1 + np.log(counts)) * wording.idf(codes, also, least)).astype(np.float32)
    matrix = sp.csr_matrix((weights, (rows, codes)), shape=(len(texts), WIDTH))
    matrix.eliminate_zeros()
    return _unit(_in_order(matrix))[0]


def _unit(matrix):
    """Return the matrix with rows of length 1 (empty rows stay), and the lengths they had."""
    held = np.diff(matrix.indptr)
    row_of = np.repeat(np.arange(matrix.shape[0]), held)
    squares = matrix.data.astype(np.float64) ** 2
    lengths = np.sqrt(np.bincount(row_of, weights=squares, minlength=matrix.shape[0]))
    matrix.data = (matrix.data / np.where(lengths > 0, lengths, 1)[row_of]).astype(np.float32)
    return matrix, lengths
