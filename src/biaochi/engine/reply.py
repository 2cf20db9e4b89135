"""What does a reply say? An answer, a hand-over, a postponement, a refusal; several may hold.

    reading = read_reply("已转区城管局处理。", points=("路灯何时修好",))
    reading.kinds            ("handed_over",)
    reading.spans            Spans: kind, start, end, said. reply[start:end] == said
    reading.promises         each promise, with what it leaves open
    reading.points           each point asked: answered, only_mentioned or not_found
    reading.why              Reasons in plain codes, each with the words it rests on

This reads wording only: it never says whether a matter is solved, it gives no score, and a person
judges. The phrases are data (`data/reply_words.txt`), matched clause by clause; nothing is learnt,
so that every finding can be shown in the text. Measured in `docs/methods/replies.md`.

==================  ===============================================================
code of a Reason    it holds when
==================  ===============================================================
only_handed_over    the matter is passed on and nothing else is said
told_to_ask         the person is told to ask somebody else
not_ours            the office says that it is not its business
promise_no_date     something is promised, and no time is named
promise_no_act      something is promised, and not what will be done
promise_no_body     something is promised, and not who will do it
refused             a wish is declined
vague               a phrase nobody can be held to
nothing_said        thanks and greetings only
point_not_found     the words of a point asked are not in the reply: look
point_only_mentioned a point is repeated, and nothing is said to it
point_no_date       it was asked when, and no time is named
==================  ===============================================================
"""

from dataclasses import dataclass

from .reply_clauses import clauses
from .reply_points import PointReading, read_points
from .reply_words import BODY, DATE, SIGNED, phrases, trimmed

__all__ = ["KINDS", "PointReading", "Promise", "Reading", "Reason", "Span", "read_reply"]

KINDS = ("answer", "handed_over", "postponed", "refused")
NAMED = ("act", "date", "body")


@dataclass(frozen=True, slots=True)
class Span:
    """`said` stands at `start:end` of the reply; kind: one of KINDS, act, date, body or vague."""

    kind: str
    start: int
    end: int
    said: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence that puts something off, and which of act, date and body it names."""

    start: int
    end: int
    named: tuple[Span, ...]

    @property
    def missing(self):
        """Return those of act, date, body that the sentence leaves open."""
        have = {span.kind for span in self.named}
        return tuple(kind for kind in NAMED if kind not in have)


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for staff: its code (see the module) and the words it rests on."""

    code: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read; see the module's first lines. `kinds` is empty when nothing is said."""

    kinds: tuple[str, ...]
    spans: tuple[Span, ...]
    promises: tuple[Promise, ...]
    points: tuple[PointReading, ...]
    why: tuple[Reason, ...]


def read_reply(text, points=()):
    """Return the Reading of a reply to the `points` that were asked (strings; see `asked`)."""
    parts = clauses(text)
    spans = _kinds(text, parts) + _named(text, parts)
    spans = tuple(sorted(spans, key=lambda span: (span.start, span.end, span.kind)))
    kinds = tuple(kind for kind in KINDS if any(span.kind == kind for span in spans))
    promises = _promises(parts, spans)
    answers = read_points(text, parts, points)
    why = _why(text, parts, kinds, spans, promises, answers)
    return Reading(kinds, spans, promises, answers, why)


def _kinds(text, parts):
    """Return the Spans of the four kinds, a clause long for answers, a phrase long otherwise."""
    found = []
    for clause in parts:
        said = text[clause.start : clause.end]
        if "answer" in clause.codes:
            found.append(Span("answer", clause.start, clause.end, said))
        for kind in clause.codes.intersection(KINDS) - {"answer"}:
            found += _spans(kind, said, clause.start)
    answered = any(span.kind == "answer" for span in found)
    elsewhere = any("not_ours" in clause.codes for clause in parts)
    for clause in parts:
        if clause.codes & {"sent_on", "not_ours"} and (elsewhere or not answered):
            said = text[clause.start : clause.end]
            found.append(Span("handed_over", clause.start, clause.end, said))
    return found


def _named(text, parts):
    """Return the Spans of acts, dates, bodies and vague phrases, outside greetings."""
    found, signed = [], [match.span() for match in SIGNED.finditer(text)]
    for clause in parts:
        if clause.codes & {"courtesy", "restating", "signature"}:
            continue
        said = text[clause.start : clause.end]
        found += _spans("act", said, clause.start, "acts") + _spans("vague", said, clause.start)
        for match in DATE.finditer(said):
            start, end = match.start() + clause.start, match.end() + clause.start
            if not any(first <= start and end <= last for first, last in signed):
                found.append(Span("date", start, end, match[0]))
        for match in BODY.finditer(said):
            start = match.start() + trimmed(match[0])
            span = Span("body", start + clause.start, match.end() + clause.start, "")
            found.append(Span("body", span.start, span.end, text[span.start : span.end]))
    return found


def _spans(kind, said, offset, section=None):
    return [
        Span(kind, start + offset, end + offset, said[start:end])
        for start, end in phrases(section or kind).find(said)
    ]


def _promises(parts, spans):
    """Return a Promise for every sentence with a postponing phrase."""
    found = []
    put_off = [span for span in spans if span.kind == "postponed"]
    for number in dict.fromkeys(clause.sentence for clause in parts):
        inside = [clause for clause in parts if clause.sentence == number]
        start, end = inside[0].start, inside[-1].end
        if any(start <= span.start < end for span in put_off):
            named = [s for s in spans if s.kind in NAMED and start <= s.start < end]
            found.append(Promise(start, end, tuple(named)))
    return tuple(found)


def _why(text, parts, kinds, spans, promises, answers):
    found = [] if kinds else [Reason("nothing_said", text[:40])]
    if kinds == ("handed_over",):
        found.append(_first("only_handed_over", spans, "handed_over"))
    for code, reason in (("sent_on", "told_to_ask"), ("not_ours", "not_ours")):
        said = [text[c.start : c.end].strip() for c in parts if code in c.codes]
        if said and "handed_over" in kinds:
            found.append(Reason(reason, said[0]))
    if "refused" in kinds:
        found.append(_first("refused", spans, "refused"))
    for kind in NAMED:
        open_ = [promise for promise in promises if kind in promise.missing]
        if open_:
            said = text[open_[0].start : open_[0].end].strip()
            found.append(Reason(f"promise_no_{kind}", said))
    vague = dict.fromkeys(span.said for span in spans if span.kind == "vague")
    found += [Reason("vague", said) for said in vague]
    for point in answers:
        if point.state != "answered":
            found.append(Reason(f"point_{point.state}", point.point))
        elif point.no_date:
            found.append(Reason("point_no_date", point.point))
    return tuple(found)


def _first(code, spans, kind):
    return Reason(code, next(span.said for span in spans if span.kind == kind))
