"""What two texts can have in common: pairs of Chinese letters, and words of other scripts.

Both are numbers below WIDTH: letter pairs as `letters` codes them, words (endings cut off, so that
"plants" and "planting" meet) above them. Neither needs a dictionary.
"""

import re
import unicodedata
from functools import lru_cache
from zlib import crc32

import numpy as np

from .letters import BITS, row_pairs

__all__ = ["HALF", "WIDTH", "chinese", "folded", "units", "words"]

HALF = 1 << BITS
WIDTH = 2 * HALF
OTHER = re.compile(r"[0-9a-z\u00c0-\u024f]{2,}")
ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ment", "ers", "ed", "es", "er", "ly", "s")
STEM = 4  # letters that an ending leaves at least


def folded(text):
    """Return text in one width and case, its spaces kept: where words of other scripts stand."""
    return unicodedata.normalize("NFKC", text).lower()


def chinese(text):
    """Return what is left of a folded text without other scripts' words and white space."""
    return "".join(OTHER.sub("·", text).split())


def words(text):
    """Return [(code, start, end)] of a folded text's words of other scripts, in order."""
    return [(_code(found[0]), found.start(), found.end()) for found in OTHER.finditer(text)]


def units(texts):
    """Return (rows int64, codes int64, counts float32) of folded texts, sorted by row and code."""
    pairs = row_pairs([chinese(text) for text in texts])
    keys = [row * WIDTH + code for row, text in enumerate(texts) for code, _, _ in words(text)]
    found, times = np.unique(np.array(keys, np.int64), return_counts=True)
    others = found // WIDTH, found % WIDTH, times.astype(np.float32)
    rows, codes, counts = (np.concatenate(pair) for pair in zip(pairs, others, strict=True))
    order = np.argsort(rows * WIDTH + codes, kind="stable")
    return rows[order], codes[order], counts[order]


@lru_cache(maxsize=65_536)
def _code(word):
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            word = word[: -len(ending)]
            break
    return HALF + crc32(word.encode()) % HALF
