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

from .letters import BITS, row_pairs, squeezed
from .names import KINDS, names

__all__ = [
    "WIDTH",
    "Voices",
    "Wording",
    "added",
    "counted",
    "csr",
    "holders",
    "learn",
    "learnt",
    "of_single",
    "parts",
    "stack",
    "voices",
    "weigh",
]

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

    def plus(self, other):
        """Return these rows with those of another Voices of the same length added."""
        return Voices(
            self.whole + other.whole,
            self.names + other.names,
            self.rest + other.rest,
            self.named + other.named,
            self.sizes + other.sizes,
        )

    def gather(self, groups, count):
        """Return `count` rows, each the sum of the rows whose group number it is."""
        return Voices(
            added(self.whole, groups, count),
            added(self.names, groups, count),
            added(self.rest, groups, count),
            np.bincount(groups, weights=self.named, minlength=count),
            np.bincount(groups, weights=self.sizes, minlength=count),
        )


def added(matrix, groups, count):
    """Return `count` rows, each the sum of the rows whose group number it is, in their order."""
    ones, shape = np.ones(len(groups), np.float32), (count, len(groups))
    return _in_order(sp.csr_matrix((ones, (groups, np.arange(len(groups)))), shape=shape) @ matrix)


def parts(messages):
    """Return (titles, texts), squeezed. A title repeated as text counts once, as the text."""
    titles = squeezed(m.title for m in messages)
    texts = squeezed(m.text for m in messages)
    return [a if a != b else "" for a, b in zip(titles, texts, strict=True)], texts


def pairs_of(texts):
    """Return the letter pairs of squeezed texts as a CSR matrix of their counts."""
    rows, codes, counts = row_pairs(texts)
    indptr = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.bincount(rows, minlength=len(texts)), out=indptr[1:])
    return csr(counts, codes.astype(np.int32), indptr)


def csr(data, columns, indptr):
    """Return a CSR matrix of WIDTH columns, which come sorted in every row."""
    indptr = indptr.astype(np.int32 if len(columns) < 2**31 else np.int64)
    matrix = sp.csr_matrix((data, columns, indptr), shape=(len(indptr) - 1, WIDTH), copy=False)
    matrix.has_sorted_indices = matrix.has_canonical_format = True
    return matrix


def counted(titles, texts):
    """Return the four matrices of pairs from which everything is learnt and weighed.

    They are: title, text, head (the title, or the beginning of the text), names in the head.
    """
    heads = [title or text[:HEAD] for title, text in zip(titles, texts, strict=True)]
    named = ["\n".join(names(head)) for head in heads]
    return tuple(pairs_of(part) for part in (titles, texts, heads, named))


def holders(title, text, head, named):
    """Return (df, everywhere, inside): in how many messages, heads and names a pair stands."""
    both = title.multiply(text).tocsr()
    df = sum(np.bincount(part.indices, minlength=WIDTH) for part in (title, text))
    df -= np.bincount(both.indices, minlength=WIDTH)
    heads = (np.bincount(part.indices, minlength=WIDTH) for part in (head, named))
    return df, *heads


def learnt(df, everywhere, inside, count):
    """Return the Wording of `count` messages whose `holders` were added up."""
    naming = (inside + NAMING_PRIOR * NAMING_WEIGHT) / (everywhere + NAMING_WEIGHT)
    naming[row_pairs(sorted(KINDS))[1]] = 0  # "garden estate" tells no place from another
    return Wording(df.astype(np.int32), naming.astype(np.float32).clip(0, 1), count)


def learn(titles, texts):
    """Return the Wording of squeezed titles and texts (two lists of the same length).

    Copies are learnt from once: a text sent a hundred times makes its words no commoner.
    """
    said = list(dict.fromkeys(zip(titles, texts, strict=True)))
    held = [np.zeros(WIDTH, np.int64) for _ in range(3)]
    for start in range(0, len(said), CHUNK):
        some = said[start : start + CHUNK]
        for total, part in zip(held, holders(*counted(*zip(*some, strict=True))), strict=True):
            total += part
    return learnt(*held, len(said))


def voices(wording, titles, texts, also=0, least=0):
    """Return the Voices of messages given as squeezed titles and texts.

    `also` and `least` (see Wording.idf) are for messages which were not among those learnt from.
    """
    found = []
    for start in range(0, len(texts), CHUNK) or (0,):
        stop = start + CHUNK
        heads = [a or b[:HEAD] for a, b in zip(titles[start:stop], texts[start:stop], strict=True)]
        counts = (pairs_of(part) for part in (titles[start:stop], texts[start:stop], heads))
        found.append(of_single(wording, *weigh(wording, *counts, also, least)))
    return found[0] if len(found) == 1 else stack(found)


def weigh(wording, title, text, head, also=0, least=0):
    """Return (whole, lengths, named) of messages by their counted pairs.

    `lengths` (2 × messages, float64) are those of the part of `whole` that names, and of the rest.
    """
    title, text = (_tfidf(wording, part, also, least) for part in (title, text))
    whole = _unit(_in_order(TITLE * title + text))[0]
    head = _tfidf(wording, head, also, least)
    length = lengths_of(head, head.data * wording.naming[head.indices])
    share = wording.naming[whole.indices]
    lengths = (lengths_of(whole, whole.data * part) for part in (share, 1 - share))
    ramp = ((length - FEW_NAMES) / (MANY_NAMES - FEW_NAMES)).clip(0, 1)
    return whole, np.stack([*lengths]), ramp


def of_single(wording, whole, lengths, named):
    """Return the Voices of single messages as `weigh` gave them: names and rest are shares."""
    share = wording.naming[whole.indices]
    held = np.diff(whole.indptr)
    parts = []
    for factors, length in zip((share, 1 - share), lengths, strict=True):
        data = whole.data * factors / np.repeat(np.where(length > 0, length, 1), held)
        parts.append(csr(data.astype(np.float32), whole.indices, whole.indptr))
    return Voices(whole, *parts, named, np.ones(len(named)))


def stack(several):
    """Return one Voices of many, row under row."""
    return Voices(
        sp.vstack([v.whole for v in several], format="csr"),
        sp.vstack([v.names for v in several], format="csr"),
        sp.vstack([v.rest for v in several], format="csr"),
        np.concatenate([v.named for v in several]),
        np.concatenate([v.sizes for v in several]),
    )


def _in_order(matrix):
    """Sort the columns of each row: products of rows out of order are ten times slower."""
    matrix.sort_indices()
    return matrix


def _tfidf(wording, counts, also, least):
    weights = (1 + np.log(counts.data)) * wording.idf(counts.indices, also, least)
    matrix = csr(weights.astype(np.float32), counts.indices.copy(), counts.indptr.copy())
    matrix.eliminate_zeros()
    return _unit(matrix)[0]


def _unit(matrix):
    """Return the matrix with rows of length 1 (empty rows stay), and the lengths they had."""
    lengths = lengths_of(matrix, matrix.data)
    held = np.diff(matrix.indptr)
    matrix.data = (matrix.data / np.repeat(np.where(lengths > 0, lengths, 1), held)).astype("f4")
    return matrix, lengths


def lengths_of(matrix, data):
    """Return the length of every row (float64), had the matrix these data."""
    row_of = np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
    return np.sqrt(np.bincount(row_of, data.astype(np.float64) ** 2, matrix.shape[0]))
