"""The door to the engine: what an answer says by its wording, for pages to point at.

Wording only: nothing here says that a matter is solved, and nothing is kept; an answer is read
when its page is drawn. What is pointed at, and what is not, stands in ``docs/methods/replies.md``.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.engine import reply as engine
from biaochi.engine.reply_clauses import SENTENCE, clauses
from biaochi.engine.reply_points import words
from biaochi.proposal.rules import ANSWERED, ReplyClass

AROUND = 60  # letters of a long sentence that stay on each side of what is marked
FURTHER = ("proof", "promise", "blocked_by", "can_do")
KINDS = {
    "answer": gettext_lazy("回答"),
    "handed_over": gettext_lazy("转给别人"),
    "postponed": gettext_lazy("以后再办"),
    "refused": gettext_lazy("不予办理"),
}
# Every reason a page may name, in the order in which it names them.
REASONS = {
    "nothing_said": gettext_lazy("只有客套话，没说到事"),
    "only_handed_over": gettext_lazy("只说转给了别人"),
    "told_to_ask": gettext_lazy("叫人另找别处"),
    "not_ours": gettext_lazy("说不归本单位管"),
    "refused": gettext_lazy("说不予办理"),
    "said_done": gettext_lazy("报的是办好了，话里只有以后再办"),
    "promise_no_date": gettext_lazy("没写哪天"),
    "promise_no_act": gettext_lazy("没写做什么"),
    "promise_no_body": gettext_lazy("没写谁来做"),
    "vague": gettext_lazy("话说得含糊"),
    "point_not_found": gettext_lazy("没找到对这一条的回答"),
    "point_only_mentioned": gettext_lazy("提到了这一条，没说怎么办"),
    "point_no_date": gettext_lazy("问的是什么时候，没写日子"),
}
# What the form of a class says by itself need not stand in the words once more.
BY_CLASS: dict[str, tuple] = {
    ReplyClass.B: ("promise_no_date", "point_no_date"),
    ReplyClass.C: ("refused",),
}

# The lists of acts and bodies are short: that one of them is not found says little by itself.
SAYS_LITTLE = frozenset({"promise_no_act", "promise_no_body"})


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what it is about, the codes of ``REASONS``, and the words it rests on.

    ``said`` holds ``(words, marked)`` in their order; joined they stand in the text as they are,
    a long sentence cut by ….
    """

    about: str
    codes: tuple
    said: tuple

    @property
    def why(self):
        """The reasons as words, in the order of ``REASONS``."""
        return [REASONS[code] for code in self.codes]


@dataclass(frozen=True)
class Reading:
    """What was read: ``(kind, texts of that kind)`` in the order of ``KINDS``, and the findings."""

    kinds: tuple
    findings: tuple

    @property
    def kind_words(self):
        """``[(kind as words, how many texts)]``"""
        return [(KINDS[kind], count) for kind, count in self.kinds]


def read(text, *, about="", points=(), beside="", settled=(), is_done=False):
    """Read one text.

    :param about: what a page calls this text, such as “第 2 条”
    :param points: what was asked, said in one or several ways; one of them found is enough
    :param beside: further words in which what was asked may be found
    :param settled: codes that are not pointed at, for the form says so itself
    :param is_done: it was reported as done
    """
    text = (text or "").strip()
    points = tuple(point for point in points if point)
    found = engine.read_reply(text, points)
    marks = [mark for mark in _marks(text, found, is_done) if mark[0] not in settled]
    findings = _by_sentence(text, marks, about)
    if "nothing_said" not in settled and _is_courtesy(text, found):
        findings.insert(0, Finding(about, ("nothing_said",), _quoted(text, 0, len(text), [])))
    findings += _about_points(text, found, points, beside, settled, about)
    return Reading(tuple((kind, 1) for kind in found.kinds), tuple(findings))


def together(readings):
    """Several readings as one, or None where there is nothing to look at."""
    readings = list(readings)
    findings = tuple(finding for one in readings for finding in one.findings)
    counted = Counter(kind for one in readings for kind, _count in one.kinds)
    kinds = tuple((kind, counted[kind]) for kind in KINDS if counted[kind])
    return Reading(kinds, findings) if findings else None


def read_reply(proposal, words):
    """What was read in the reply that stands, in the words that others see.

    :param words: the covered words of the proposal
    :return: a Reading; None where there is no reply, or nothing to look at
    """
    if proposal.state not in ANSWERED:
        return None
    return _read_answers([vars(one) for one in words["clauses"]])


def read_typed(lines):
    """What was read in a reply that is being written. Its hollow words are shown beside it.

    :param lines: ``[(clause, its answer as it was typed)]``
    """
    asked = ("position", "act", "measure")
    answers = [given | {name: getattr(clause, name) for name in asked} for clause, given in lines]
    return _read_answers(answers, settled=("vague",))


def read_report(report):
    """What was read in what came back to an information report; None if nothing did."""
    return together([read(report.answer)])


def _read_answers(answers, settled=()):
    """Read a reply recommendation by recommendation; those without words are passed over."""
    return together(
        read(
            one["answer"],
            about=_("第 %(n)s 条") % {"n": one["position"]},
            points=(one["act"], one["measure"]),
            beside="\n".join(one[name] or "" for name in FURTHER),
            settled=(*settled, *BY_CLASS.get(one["letter"], ())),
            is_done=one["letter"] == ReplyClass.A,
        )
        for one in answers
        if one["answer"].strip()
    )


def _marks(text, found, is_done):
    """What the text itself is pointed at for: ``(code, start, end)`` of the words to mark."""
    marks = [(span.kind, span.start, span.end) for span in found.spans if span.kind == "vague"]
    put_off = [span for span in found.spans if span.kind == "postponed"]
    for reason in found.why:
        if reason.code in ("only_handed_over", "told_to_ask", "not_ours"):
            start = text.find(reason.said)
            marks.append((reason.code, start, start + len(reason.said)))
    marks += [("refused", span.start, span.end) for span in found.spans if span.kind == "refused"]
    if is_done and put_off and "answer" not in found.kinds:
        marks += [("said_done", span.start, span.end) for span in put_off]
    for promise in found.promises:
        inside = [span for span in put_off if promise.start <= span.start < promise.end]
        codes = [f"promise_no_{name}" for name in promise.missing]
        marks += [(code, span.start, span.end) for code in codes for span in inside]
    return marks


def _by_sentence(text, marks, about):
    """One Finding for every sentence in which more is open than ``SAYS_LITTLE``."""
    findings = []
    for sentence in SENTENCE.finditer(text):
        start, end = sentence.span()
        inside = [mark for mark in marks if start <= mark[1] < end]
        codes = {code for code, _start, _end in inside}
        if codes - SAYS_LITTLE:
            ordered = tuple(code for code in REASONS if code in codes)
            places = [(first, last) for _code, first, last in inside]
            findings.append(Finding(about, ordered, _quoted(text, start, end, places)))
    return findings


def _about_points(text, found, points, beside, settled, about):
    """A Finding where what was asked is not found in an answer long enough to hold it."""
    answered = [point for point in found.points if point.state == "answered"]
    if not text or not points:
        return []
    if answered:
        undated = all(point.no_date for point in answered) and "point_no_date" not in settled
        said = ((answered[0].point, False),)
        return [Finding(about, ("point_no_date",), said)] if undated else []
    if _telling(text) < _telling(points[0]):
        return []  # a short answer stands below what was asked and need not repeat it
    wider = engine.read_reply(f"{text}\n{beside}", points).points
    if any(point.state == "answered" for point in wider):
        return []
    nearest = next((p for p in found.points if p.state == "only_mentioned"), found.points[0])
    code = f"point_{nearest.state}"
    if code in settled:
        return []
    places = [
        (at, at + len(word)) for word in nearest.shared if (at := nearest.point.find(word)) >= 0
    ]
    said = _quoted(nearest.point, 0, len(nearest.point), places)
    return [Finding(about, (code,), said)]


def _is_courtesy(text, found):
    """Whether a text of whole clauses says nothing; a short one may say something tersely."""
    parts = clauses(text)
    return bool(parts) and not found.kinds and not any("short" in part.codes for part in parts)


def _telling(text):
    """How many letters the telling words of a text have."""
    return sum(map(len, words(text)))


def _quoted(text, start, end, places):
    """The words of ``text[start:end]`` as ``(words, marked)``, near the marked places."""
    places = sorted(places) or [(start, start)]
    first = max(start, places[0][0] - AROUND)
    last = min(end, max(stop for _begin, stop in places) + AROUND)
    marked = {at for begin, stop in places for at in range(begin, stop)}
    runs = groupby(range(first, last), key=marked.__contains__)
    pieces = [("".join(text[at] for at in run), is_marked) for is_marked, run in runs]
    before, after = "…" if first > start else "", "…" if last < end else ""
    return tuple(piece for piece in ((before, False), *pieces, (after, False)) if piece[0])
