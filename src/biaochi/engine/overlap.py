"""Which words do two texts share? The longest common runs of letters, marks and spaces ignored."""

import re
import unicodedata
from dataclasses import dataclass

from .folding import fold, span_of

SEED = 6  # letters; runs are grown from equal pieces of this length
LEAST = 10  # letters of a run that is worth showing
PROBE = 6  # letters of a piece that is looked for in the index
CLAUSE = 5  # a shorter clause tells nothing by itself
HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebef]+")
WORD = re.compile("[0-9a-z]{2,}")


@dataclass(frozen=True)
class Overlap:
    """``first[start:end]`` and ``second[there:there_end]`` are the same words."""

    start: int
    end: int
    there: int
    there_end: int
    letters: int


def overlaps(first, second, *, least=LEAST):
    """All longest common runs of at least ``least`` letters, the longest first."""
    a, b = fold(first, marks=False), fold(second, marks=False)
    seeds = {}
    for place in range(len(b.text) - SEED + 1):
        seeds.setdefault(b.text[place : place + SEED], []).append(place)
    found, covered = [], {}
    for i in range(len(a.text) - SEED + 1):
        for j in seeds.get(a.text[i : i + SEED], ())[:50]:
            if covered.get(i - j, 0) > i:
                continue  # inside a run that was already grown on this diagonal
            end = _grown(a.text, b.text, i, j)
            covered[i - j] = i + end
            if end >= least:
                found.append(_overlap(a, b, i, j, end))
    return tuple(sorted(found, key=lambda one: (-one.letters, one.start, one.there)))


def probes(text, *, letters=PROBE, most=120):
    """Pieces of a text by which an index finds texts that share a run with it.

    They lie inside unbroken runs of characters, so that an index of phrases can hold them; every
    clause is covered from its beginning, a clause of five letters as it is.
    """
    found = []
    for run in HAN.findall(fold(text).text):
        last = max(1, len(run) - letters + 1)
        found += [run[i : i + letters] for i in range(0, last, letters) if len(run) >= CLAUSE]
    found = list(dict.fromkeys(found))
    stride = max(1, -(-len(found) // most))
    return tuple(found[::stride])


def _grown(a, b, i, j):
    """How far the equal run that begins at ``a[i]`` and ``b[j]`` goes."""
    length = SEED
    while i + length < len(a) and j + length < len(b) and a[i + length] == b[j + length]:
        length += 1
    return length


def _overlap(a, b, i, j, letters):
    start, end = span_of(a, i, i + letters)
    there, there_end = span_of(b, j, j + letters)
    return Overlap(start, end, there, there_end, letters)


def windows(text, *, letters=3, most=40):
    """Short overlapping pieces of a text's runs of characters, evenly spread if there are many.

    A text that differs from another in less than a fifth of its letters shares at least one of
    them with it from eight letters on: one changed letter spoils three pieces at most. A text
    without characters is cut into its words.
    """
    found = []
    for run in HAN.findall(fold(text).text):
        last = max(1, len(run) - letters + 1)
        found += [run[i : i + letters] for i in range(last) if len(run) > 1]
    found = list(dict.fromkeys(found or WORD.findall(unicodedata.normalize("NFKC", text).lower())))
    stride = max(1, -(-len(found) // most))
    return tuple(found[::stride])
