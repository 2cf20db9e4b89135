"""De-slicing: a document-sharing site shows a text as numbered pieces; here it is one text again.

Such a site writes a sentence of its own above the text, cuts the text every few hundred letters
wherever that falls, and puts "1、", "2、" … before each piece. The labels look like the text's own
numbering, so they are taken off only where three things hold together: the numbers run without
a gap, all pieces but the last are equally long, and most cuts fall inside a sentence.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

LABEL = re.compile(r"\s*(\d{1,4})、")
FEWEST = 3  # pieces
SHORTEST = 100  # letters of a piece
AROUND = 4  # letters shown on each side of a mended seam
ENDS = "。！？!?…”』」）)"
NAME = re.compile(
    r"《(?P<name>[^《》]+?)(?:\.(?P<kind>docx?|pdf|txt|wps))?》由(?P<by>[^,，。]{1,12})分享"
)
ANNOUNCED = re.compile(r"[（(](\d{1,3})\s*篇[）)]")
COMPILED = re.compile(r"(\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)整理")
PAGES = re.compile(r"[（(](\d{1,5})页[^（()）]{0,8}[）)]")
SITE = re.compile(r"请在([^,，。]{1,20}?)(?:网)?上?搜索")


@dataclass(frozen=True)
class Seam:
    """A seam at which the label stood before a mark of the text itself."""

    number: int  # of the piece after it
    before: str  # as the site shows it
    after: str  # as it reads now


@dataclass(frozen=True)
class Joined:
    """One text again. ``lead`` and ``tail`` are the site's own lines above and below it."""

    text: str
    slices: int
    length: int  # letters of every piece but the last
    seams: tuple
    lead: str
    tail: str


@dataclass(frozen=True)
class Wrapper:
    """What the site's own sentence says about a text. Zero and "" mean that it does not say."""

    title: str
    announced: int  # texts that should be in it
    compiled_on: str
    pages: int
    kind: str  # of the file: docx, pdf …
    site: str


def join_slices(text):
    """Return the text without the site's labels as ``Joined``, or None if it was not sliced."""
    lines = text.splitlines()
    start = next((i for i, line in enumerate(lines) if _label(line) == 1), None)
    if start is None:
        return None
    pieces = []
    for line in lines[start:]:
        if _label(line) != len(pieces) + 1:
            break
        pieces.append(line[LABEL.match(line).end() :])
    if not _is_cut(pieces):
        return None
    rest = "\n".join(lines[start + len(pieces) :]).strip()
    if any(_label(line) for line in rest.splitlines()):
        return None  # a number is missing: these are not the labels of a site
    return Joined(
        text="".join(pieces),
        slices=len(pieces),
        length=len(pieces[0]),
        seams=tuple(_seams(pieces)),
        lead="\n".join(lines[:start]).strip(),
        tail=rest,
    )


def read_wrapper(lead):
    """Read the sentence that a site puts above a text, or return None."""
    named = NAME.search(lead)
    if named is None:
        return None
    name = named["name"]
    announced, compiled = ANNOUNCED.search(name), COMPILED.search(name)
    pages, site = PAGES.search(lead), SITE.search(lead)
    title = COMPILED.sub("", ANNOUNCED.sub("", name))
    return Wrapper(
        title=title.strip(),
        announced=int(announced[1]) if announced else 0,
        compiled_on=compiled[1] if compiled else "",
        pages=int(pages[1]) if pages else 0,
        kind=named["kind"] or "",
        site=site[1] if site else "",
    )


def _label(line):
    found = LABEL.match(line)
    return int(found[1]) if found else 0


def _is_cut(pieces):
    if len(pieces) < FEWEST or len(pieces[0]) < SHORTEST:
        return False
    whole = pieces[:-1]
    inside = sum(piece[-1] not in ENDS for piece in whole)
    return len({len(piece) for piece in whole}) == 1 and inside * 2 >= len(whole)


def _seams(pieces):
    """The seams where the piece begins with a mark, so that the label could be misread."""
    pairs = pairwise(pieces)
    for number, (left, right) in enumerate(pairs, 2):
        if right and not right[0].isalnum() and right[0] not in "“‘《「（(":
            a, b = left[-AROUND:], right[: AROUND - 1]
            yield Seam(number, f"{a}{number}、{b}", f"{a}{b}")
