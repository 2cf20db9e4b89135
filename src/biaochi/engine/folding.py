"""Texts as they are compared: the same letter in the same shape, without spaces.

Full-width and half-width, capital and small letters and the many quotation marks and dashes
fold into one; each folded letter remembers its place in the text, so that whatever is found can
be shown as it stands there.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

ALIKE = str.maketrans("“”„‟″「」『』‘’‛′＇＂〝〞—–―−﹣·•‧", '"""""""""\'\'\'\'\'"""-----···')


@dataclass(frozen=True)
class Folded:
    """``text[i]`` stood at ``places[i]`` of the original."""

    text: str
    places: tuple


def fold(text, *, marks=True):
    """Fold a text; with ``marks=False`` only letters, digits and characters are left."""
    letters, places = [], []
    for place, letter in enumerate(text):
        shape = _shape(letter)
        for one in shape:
            if not one.isspace() and (marks or one.isalnum()):
                letters.append(one)
                places.append(place)
    return Folded("".join(letters), tuple(places))


def span_of(folded, start, end):
    """The place in the original of ``folded.text[start:end]``: ``(first, after the last)``."""
    return folded.places[start], folded.places[end - 1] + 1


def marked(text, query):
    """Cut a text at what a search asked for: ``[(words, whether they were asked for)]``.

    Every run of letters of the query is looked for by itself, as the search does.
    """
    folded = fold(text, marks=False)
    inside = [False] * len(text)
    for run in runs(query):
        at = folded.text.find(run)
        while at >= 0:
            first, last = span_of(folded, at, at + len(run))
            if runs(text[first:last]) == [run]:  # not across a mark, as the index
                inside[first:last] = [True] * (last - first)
            at = folded.text.find(run, at + 1)
    return _pieces(text, inside)


def runs(text):
    """The unbroken runs of letters of a text, folded, each once."""
    folded = fold(re.sub(r"\s", "，", text))
    found, run = [], ""
    for letter in folded.text + "，":
        if letter.isalnum():
            run += letter
        elif run:
            found.append(run)
            run = ""
    return list(dict.fromkeys(found))


@lru_cache(maxsize=16_384)
def _shape(letter):
    return unicodedata.normalize("NFKC", letter.translate(ALIKE)).lower().translate(ALIKE)


def _pieces(text, inside):
    pieces, start = [], 0
    for place in range(1, len(text) + 1):
        if place == len(text) or inside[place] != inside[start]:
            pieces.append((text[start:place], inside[start]))
            start = place
    return pieces
