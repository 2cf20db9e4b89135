"""The library's one door to the engine: a file becomes pages; a quotation becomes a place."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from biaochi.core.refusals import Incomplete
from biaochi.engine import overlap, quotation
from biaochi.engine.compilation import breaks_off, split
from biaochi.engine.document import read as read_lines
from biaochi.engine.document_limits import DocumentError
from biaochi.engine.folding import marked
from biaochi.engine.folding import runs as runs_of
from biaochi.engine.paging import pages, paragraphs
from biaochi.engine.slices import join_slices, read_wrapper
from biaochi.library import sentences
from biaochi.library.rules import Genre

TITLE = 200  # letters
GENRES = (  # the word of a title that tells the genre, the surest first
    ("研讨发言", Genre.TALK),
    ("交流发言", Genre.TALK),
    ("答复", Genre.REPLY),
    ("复函", Genre.REPLY),
    ("纪要", Genre.MINUTES),
    ("提案", Genre.PROPOSAL),
    ("报告", Genre.REPORT),
    ("讲话", Genre.SPEECH),
    ("发言", Genre.TALK),
)
RULE = re.compile(r"(条例|办法|规定|规则|细则|章程|意见|法)(?:（[^）]*）|\([^)]*\))?$")


@dataclass(frozen=True)
class Text:
    """One text that was found: pages of paragraphs, and what was mended in it."""

    title: str
    genre: str
    pages: tuple
    truncated: bool
    notes: tuple


@dataclass(frozen=True)
class Reading:
    """A file that was read. Without ``parts`` it is one text; with them ``whole`` is what stands
    before the first. ``absent`` are the numbers of announced texts that are not there."""

    kind: str  # docx, txt
    whole: Text
    parts: tuple
    compiled_on: str
    absent: tuple


@dataclass(frozen=True)
class Found:
    """Where a quotation stands: paragraph ``paragraph`` (from 1) of ``page``."""

    kind: str  # exact, marks, near
    page: object
    paragraph: int
    original: str
    edits: int
    pieces: tuple


def read(data, name, *, as_one=False):
    """Read a file (bytes): words, parts, pages.

    :param as_one: do not split it, whatever it looks like
    :raises Incomplete: it cannot be read, with the sentence why
    """
    try:
        lines = read_lines(data)
    except DocumentError as error:
        raise Incomplete(sentences.of_refusal(error.code, error.params), "file") from None
    text, notes = "\n".join(lines.lines), [_note(code, **params) for code, params in lines.notes]
    joined = join_slices(text)
    wrapper = read_wrapper(joined.lead if joined else text[:2_000])
    if joined:
        text = joined.text
        notes += _of_slices(joined, wrapper)
    title = _title(wrapper, lines, name)
    found = split(
        text,
        title=wrapper.title if wrapper else "",
        announced=wrapper.announced if wrapper else 0,
        headings=lines.headings,
    )
    if as_one or not found.parts:
        return _one(lines.kind, title, text, notes, wrapper, joined)
    return _several(lines.kind, title, found, notes, wrapper, joined)


def locate(words, leaves):
    """Where a quotation stands in pages that follow each other, as ``Found`` or None."""
    text, starts = "", []
    for page in leaves:
        for number, paragraph in enumerate(page.text.split("\n"), 1):
            starts.append((len(text), page, number))
            text += paragraph + "\n"
    place = quotation.locate(words, text)
    if place is None:
        return None
    _start, page, number = next(one for one in reversed(starts) if one[0] <= place.start)
    original = text[place.start : place.end].replace("\n", "")
    return Found(place.kind, page, number, original, place.edits, place.pieces)


def quotations(draft):
    """The quotations in a pasted text, in order."""
    return quotation.quotations(draft)


def letters_of(words):
    return quotation.letters_of(words)


def is_too_long(words):
    """Whether a quotation has more letters than are compared at once."""
    return letters_of(words) > quotation.LONGEST


def runs(query):
    """The words of a query, as the index sees them."""
    return runs_of(query)


def windows(words):
    """Short pieces of a quotation by which the index finds pages that might hold it."""
    return overlap.windows(words)


def probes(text):
    """Pieces of a page by which the index finds pages that share a run of words with it."""
    return overlap.probes(text)


def shared_words(first, second):
    """The runs of words that two pages share, longest first, as the second has them."""
    return [second[one.there : one.there_end] for one in overlap.overlaps(first, second)]


def marked_pieces(text, query):
    """A text cut at the words that a search asked for: ``[(words, asked for)]``."""
    return marked(text, query) if query else [(text, False)]


def excerpt(text, query, around=48):
    """A paragraph cut to what surrounds the words asked for: ``[(words, asked for)]`` or None."""
    pieces = marked(text, query)
    asked = [i for i, (_words, is_asked) in enumerate(pieces) if is_asked]
    if not asked:
        return None
    first, last = asked[0], asked[-1]
    before = "".join(words for words, _asked in pieces[:first])
    after = "".join(words for words, _asked in pieces[last + 1 :])
    inside = pieces[first : last + 1]
    if len(before) > around:
        before = "……" + before[-around:]
    if len(after) > around:
        after = after[:around] + "……"
    return [*_plain(before), *inside, *_plain(after)]


def _plain(words):
    return [(words, False)] if words else []


def _one(kind, title, text, notes, wrapper, joined):
    if wrapper and wrapper.announced > 1:
        notes.append(_note("unsplit", count=wrapper.announced))
    whole = _text(title, text, restore=joined is not None)
    notes = (*notes, *whole.notes)
    whole = Text(title, genre_of(title), whole.pages, whole.truncated, notes)
    return Reading(kind, whole, (), wrapper.compiled_on if wrapper else "", ())


def _several(kind, title, found, notes, wrapper, joined):
    parts = tuple(_text(part.title, part.text, restore=joined is not None) for part in found.parts)
    if wrapper and wrapper.announced:
        notes.append(_note("announced", count=wrapper.announced, found=len(parts)))
    notes += [_note("absent", number=number) for number in found.absent]
    front = _text(title, found.lead)
    truncated = bool(found.absent) or any(part.truncated for part in parts)
    whole = Text(title, Genre.COMPILATION, front.pages, truncated, (*notes, *front.notes))
    return Reading(kind, whole, parts, wrapper.compiled_on if wrapper else "", found.absent)


def _text(title, text, *, restore=False):
    lines, made = paragraphs(text, restore=restore)
    notes = [_note("paragraphs_made", count=made)] if made else []
    cut = breaks_off(text)
    if cut:
        notes.append(_note("breaks_off", words=text.rstrip()[-12:]))
    return Text(title[:TITLE], genre_of(title), pages(lines), cut, tuple(notes))


def _of_slices(joined, wrapper):
    notes = []
    if wrapper and wrapper.site:
        notes.append(_note("site", site=wrapper.site))
    if wrapper and wrapper.pages:
        notes.append(_note("site_pages", pages=wrapper.pages))
    cut = {"count": joined.slices, "length": joined.length, "letters": len(joined.text)}
    notes.append(_note("slices", **cut))
    notes += [
        _note("seam", number=seam.number, before=seam.before, after=seam.after)
        for seam in joined.seams
    ]
    if joined.tail:
        notes.append(_note("tail", words=joined.tail[:60]))
    return notes


def _title(wrapper, lines, name):
    first = next((line.strip() for line in lines.lines if line.strip()), "")
    heading = first if len(first) <= 40 and not first.endswith(("。", "！", "？", "；")) else ""
    stem = PurePath(name.replace("\\", "/")).stem
    return ((wrapper.title if wrapper else "") or lines.title or heading or stem)[:TITLE]


def genre_of(title):
    """The genre that a title tells, or “other”."""
    if RULE.search(title.strip("《》 ")):
        return Genre.RULE
    return next((genre for word, genre in GENRES if word in title), Genre.OTHER)


def _note(code, **params):
    return {"code": code, **params}
