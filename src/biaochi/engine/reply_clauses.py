"""A reply cut into sentences and clauses, each with its place and what kind of thing it says."""

import re
from dataclasses import dataclass

from .reply_words import BODY, SIGNED, phrases

__all__ = ["Clause", "clauses"]

SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;\n]*")
CLAUSE = re.compile(r"[^，,：:。！？；!?;\n]+")
CONDITION = re.compile(r"^\s*(?:如果|如|若|今后如|要是|倘若)(?:您|你|果|有|还|对|仍|您还|方便)")
NUMBERED = re.compile(
    r"^[\s（(]*(?:[一二三四五六七八九十]{1,2}|\d{1,2}|第[一二三四五六七八九十]{1,2})[、.．)）](?!\d)"
)
LETTERS = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
# A clause of fewer letters adds a word to its neighbour; it says nothing by itself.
SUBSTANCE = 6
KINDS = ("handed_over", "refused", "postponed")
EMPTY = ("courtesy", "restating", "checked")


@dataclass(frozen=True)
class Clause:
    """`text[start:end]` of the reply, its sentence's number, and the codes that hold for it.

    Codes: handed_over, refused, postponed, not_ours, sent_on, courtesy, restating, checked,
    signature; `answer` where none of them explains it and it is long enough to say something.
    """

    start: int
    end: int
    sentence: int
    codes: frozenset[str]


def clauses(text):
    """Return the Clauses of a reply, in order."""
    found = []
    signed = [match.span() for match in SIGNED.finditer(text)]
    for number, sentence in enumerate(SENTENCE.finditer(text)):
        whole = sentence[0]
        polite = bool(CONDITION.search(whole)) and "courtesy" in _codes(whole)
        for match in CLAUSE.finditer(whole):
            start, end = match.start() + sentence.start(), match.end() + sentence.start()
            said = _unsigned(text, start, end, signed)
            codes = {"courtesy"} if polite else _codes(said)
            found.append(Clause(start, end, number, frozenset(codes or _rest(said))))
    return tuple(found)


def _unsigned(text, start, end, signed):
    """The words of a clause without the day a reply was written."""
    for first, last in signed:
        if start <= first and last <= end:
            return text[start:first] + text[last:end]
    return text[start:end]


def _codes(said):
    names = (*KINDS, "not_ours", "sent_on", *EMPTY)
    return {name for name in names if said.strip() in phrases(name)}


def _rest(said):
    letters = len(LETTERS.findall(NUMBERED.sub("", said)))
    if letters < SUBSTANCE:
        return {"short"}
    if BODY.fullmatch(said.strip()) or not letters:
        return {"signature"}
    return {"answer"}
