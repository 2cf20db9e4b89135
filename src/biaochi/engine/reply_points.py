"""Is each point that was asked addressed? By the words a point shares with the reply.

A point is `answered` where a clause of substance (an answer, a refusal, a promise) shares enough
of its telling words, or follows within the same paragraph the clause that repeats it;
`only_mentioned` where its words occur in nothing but a repetition or a hand-over; otherwise
`not_found`, which only says that somebody has to look. Words a reply uses for every matter, and numbers, tell nothing.
"""

import re
from dataclasses import dataclass

import rjieba

from .reply_clauses import NUMBERED, SENTENCE
from .reply_words import ALIKE, COMMON, DATE, phrases

__all__ = ["PointReading", "asked", "read_points"]

ENOUGH = 0.34  # share of a point's telling letters
PLENTY = 7  # letters; a long point need not be repeated by a third
FEWEST = 4  # letters of a point
ASKS = re.compile(
    r"请问|咨询|能否|可否|是否|能不能|可不可以|有没有|什么时候|何时|几时|为什么|为何|怎么|如何|多少|吗[?？]|希望|请求|要求|建议|恳请|盼"
)
# Said in anger or for effect: no answer is expected.
RHETORIC = re.compile(r"难道|到底|究竟|何谈|岂|凭什么|怎么能|批评指正|百忙")
ASKS_WHEN = re.compile(r"什么时候|何时|几时|多久|哪一?天|哪一?年|时间")
SUBSTANCE = frozenset(("answer", "refused", "postponed"))
TELLING = re.compile(r"[A-Za-z\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class PointReading:
    """A point, its state, the places that rest on (start, end), and the words that were shared.

    state: answered, only_mentioned, not_found. `no_date`: it was asked when, and no time
    stands where it is answered.
    """

    point: str
    state: str
    places: tuple[tuple[int, int], ...]
    shared: tuple[str, ...]
    no_date: bool = False


def asked(text, most=8):
    """Return the points of what a resident wrote: numbered lines, questions, wishes; in order.

    A text without any is one point, its beginning. Staff may write them better by hand.
    """
    found = []
    for match in SENTENCE.finditer(text):
        said = match[0].strip()
        if RHETORIC.search(said) or not words(said):
            continue
        if NUMBERED.match(said) or ASKS.search(said):
            found.append(NUMBERED.sub("", said).strip("。；;\n "))
    found = [point for point in dict.fromkeys(found) if len(point) >= FEWEST]
    return tuple(found[:most]) or ((text.strip()[:80],) if words(text) else ())


def words(text):
    """Return the telling words of a text, each once, in order."""
    cut = dict.fromkeys(word for word in rjieba.cut(text) if len(word) > 1)
    return tuple(w for w in cut if w not in COMMON and len(TELLING.findall(w)) > 1)


def read_points(text, parts, points):
    """Return a PointReading for each point, given a reply and its Clauses."""
    return tuple(_read(text, parts, point) for point in points)


def _read(text, parts, point):
    telling = words(point)
    touched = [(clause, _shared(text, clause, telling)) for clause in parts]
    places, shared = [], {}
    for number, (clause, own) in enumerate(touched):
        if not own or "courtesy" in clause.codes:
            continue
        carried = clause if _says(text, clause) else _carried(text, parts, number)
        if carried is not None:
            places.append((carried.start, carried.end))
            shared.update(dict.fromkeys(own))
    mentioned = {word for _, own in touched for word in own}
    state = "not_found"
    if _enough(shared, telling):
        state = "answered"
    elif _enough(mentioned, telling):
        state = "only_mentioned"
    places = tuple(dict.fromkeys(places)) if state == "answered" else ()
    no_date = bool(places and ASKS_WHEN.search(point)) and not _dated(text, parts, places)
    return PointReading(point, state, places, tuple(w for w in telling if w in mentioned), no_date)


def _shared(text, clause, telling):
    said = text[clause.start : clause.end]
    return [w for w in telling if w in said or any(a in said for a in ALIKE.get(w, ()))]


def _enough(shared, telling):
    """Whether the shared words make up enough of the telling letters, longer words more."""
    whole = sum(map(len, telling))
    return bool(whole) and sum(map(len, shared)) >= min(ENOUGH * whole, PLENTY)


def _carried(text, parts, number):
    """The clause of substance that goes on from a repetition, before the next heading."""
    if "restating" not in parts[number].codes and "checked" not in parts[number].codes:
        return None
    for clause in parts[number + 1 : number + 6]:
        if "restating" in clause.codes or NUMBERED.match(text[clause.start : clause.end]):
            return None
        if _says(text, clause):
            return clause
    return None


def _says(text, clause):
    """Whether a clause is of substance: a promise that names no act and is vague is none."""
    said = text[clause.start : clause.end]
    if clause.codes & SUBSTANCE == {"postponed"} and said in phrases("vague"):
        return said in phrases("acts")
    return bool(clause.codes & SUBSTANCE)


def _dated(text, parts, places):
    """Whether a time is named in the sentences of these places."""
    sentences = {clause.sentence for clause in parts if (clause.start, clause.end) in places}
    return any(
        DATE.search(text[clause.start : clause.end])
        for clause in parts
        if clause.sentence in sentences
    )
