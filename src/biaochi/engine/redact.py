"""Hide what leads to a person before a text is shown to the public. Recall comes first.

Personal numbers, accounts, self-given names and doors are replaced by a marker that says what
was there. Years, amounts, dates, bus lines and short public numbers such as 12345 stay. The
original is never changed here; who may see it is decided elsewhere.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from .redact_codes import find_codes
from .redact_names import find_names
from .redact_numbers import find_numbers

MARKERS = {
    "identity": "［身份证号已隐去］",
    "mobile": "［手机号已隐去］",
    "landline": "［电话已隐去］",
    "card": "［银行卡号已隐去］",
    "plate": "［车牌号已隐去］",
    "email": "［邮箱已隐去］",
    "account": "［QQ或微信号已隐去］",
    "name": "［姓名已隐去］",
    "door": "［门牌号已隐去］",
    "passport": "［护照或通行证号已隐去］",
    "officer": "［军人证件号已隐去］",
}
KINDS = {marker: kind for kind, marker in MARKERS.items()}
MARKER = re.compile("|".join(map(re.escape, KINDS)))
# When two finds overlap, the earlier kind in this order is kept; the rest is looked at again.
ORDER = {kind: place for place, kind in enumerate((
    "email", "identity", "mobile", "card", "account", "landline", "plate", "passport", "officer",
    "door", "name",
))}  # fmt: skip
HOLE = "\ue000"
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B),
         *range(0xFF41, 0xFF5B), *map(ord, "＠．－＋＃＿／（）"))}  # fmt: skip
_WIDE |= {0x3000: 0x20, 0xA0: 0x20, 0xFF0A: 0x2A, ord(HOLE): 0xFFFD}
WIDE = re.compile("[" + "".join(map(chr, _WIDE)) + "]")


@dataclass(frozen=True)
class Span:
    """One hidden stretch of the original text: text[start:end] was of `kind`, found by `rule`.

    Rules: structure, check_digit, said (a word before it says so); for names i_am_called, label,
    label_close, role, myself, surname, title, signature.
    """

    start: int
    end: int
    kind: str
    rule: str


@dataclass(frozen=True)
class Redacted:
    """The text with markers, and the spans of the original they stand for, in order."""

    text: str
    spans: tuple[Span, ...]


def redact(text):
    """Return the Redacted form of a text.

    Redacting twice changes nothing more: markers in the text count as holes, and the search is
    repeated until nothing new is found around the holes it made.
    """
    flat = WIDE.sub(lambda m: chr(_WIDE[ord(m[0])]), text) if WIDE.search(text) else text
    holes = [(m.start(), m.end()) for m in MARKER.finditer(text)]
    spans = []
    while True:
        found = _find(flat, sorted(holes))
        if not found:
            break
        spans += found
        holes += [(span.start, span.end) for span in found]
    spans.sort(key=lambda span: span.start)
    return Redacted(_marked(text, spans), tuple(spans))


def parts(text):
    """Split a redacted text into (words, None) and (marker, kind), so that a page can translate."""
    pieces, done = [], 0
    for match in MARKER.finditer(text):
        if match.start() > done:
            pieces.append((text[done : match.start()], None))
        pieces.append((match[0], KINDS[match[0]]))
        done = match.end()
    if done < len(text):
        pieces.append((text[done:], None))
    return tuple(pieces)


def _find(flat, holes):
    """Return the Spans found in the text outside its holes; each hole reads as one letter."""
    if holes:
        pieces, starts, done = [], [], 0
        for start, end in holes:
            pieces += [flat[done:start], HOLE]
            starts += [done, start]
            done = end
        pieces.append(flat[done:])
        starts.append(done)
        firsts = [0, *accumulate(map(len, pieces))][:-1]
        view = "".join(pieces)
    else:
        view, starts, firsts = flat, [0], [0]

    def place(index):
        piece = bisect_right(firsts, index) - 1
        return starts[piece] + index - firsts[piece]

    return [
        Span(place(start), place(end - 1) + 1, kind, rule)
        for start, end, kind, rule in _without_overlap(view)
    ]


def _without_overlap(view):
    found = [*find_numbers(view), *find_codes(view), *find_names(view)]
    found = [f for f in found if HOLE not in view[f[0] : f[1]] and f[0] < f[1]]
    kept = []
    for find in sorted(found, key=lambda f: (ORDER[f[2]], f[0], -f[1])):
        if all(find[1] <= start or end <= find[0] for start, end, _, _ in kept):
            kept.append(find)
    return kept


def _marked(text, spans):
    pieces, done = [], 0
    for span in spans:
        pieces += [text[done : span.start], MARKERS[span.kind]]
        done = span.end
    return "".join([*pieces, text[done:]])
