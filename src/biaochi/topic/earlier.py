"""Who said it before? Matters and library texts that say the like, with the words and the place.

It looks something up for somebody who writes. It decides nothing, and nothing is kept of what was
asked. What is shown is read anew for every page, by who may read it: the shelf only holds numbers.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.core.actors import RESIDENT
from biaochi.flow import Step
from biaochi.library import queries as library
from biaochi.topic import sayings
from biaochi.topic.keeping import Kept
from biaochi.topic.sayings import LIBRARY, MATTER
from biaochi.voice.matters import queries as matters
from biaochi.voice.matters.marking import opening, pieces
from biaochi.voice.matters.reasons import marked_words, said_reasons

SHOWN = 3  # of each kind
SAYING = {"name", "phrase"}  # kinds of reasons that are words
LONGEST = 90  # letters of a quotation
KEPT = Kept(sayings.said, sayings.touched)


@dataclass(frozen=True)
class Line:
    """Something said before: what it is, where it opens, the words it shares.

    ``page`` and ``args`` name the address, ``at`` the place on it; ``quote`` are
    ``(words, shared)``; ``facts`` are short and follow the title.
    """

    title: str
    facts: tuple
    on: object
    page: str
    args: tuple
    at: str
    quote: list
    why: str


def found(*, title, text, but=(), shelf=None):
    """What says the like: ``{"matter": [Line, …], "library": [Line, …]}``, the best first.

    :param but: keys of matters to leave out, such as those that the question is about
    :param shelf: the shelf of KEPT, from whoever has asked for it already
    """
    shelf = KEPT.shelf() if shelf is None else shelf
    near = shelf.nearest(title, text, SHOWN, [(MATTER, key) for key in but])
    return {
        MATTER: _matter_lines(shelf, title, text, [one for one in near if one.kind == MATTER]),
        LIBRARY: _text_lines(shelf, title, text, [one for one in near if one.kind == LIBRARY]),
    }


def question_of(chosen):
    """Matters as a question: ``(title, text)`` from what everybody may read of them."""
    words = sayings.public_words([one.pk for one in chosen])
    lines = [line for one in chosen for line in (one.title, one.place, *words.get(one.pk, ()))]
    return (chosen[0].title if chosen else ""), "\n".join(lines)


def why_words(reasons):
    """Why a line is shown, as a sentence: a copy, or the words that both use."""
    words = [one["value"] for one in reasons if one["kind"] in SAYING]
    said = [
        one
        for one in reasons
        if one["kind"] in SAYING and not any(one["value"] in w != one["value"] for w in words)
    ]
    copied = any(one["kind"] == "copy" for one in reasons)
    return _("写得一字不差") if copied else _("；").join(said_reasons(said))


def marked(words, reasons):
    """A quotation cut to what fits, with the shared words marked: ``[(words, shared)]``."""
    said = [one for one in reasons if one["kind"] in SAYING]
    return pieces(opening(words, LONGEST), marked_words(said)) if words else []


def _matter_lines(shelf, title, text, near):
    keys = [one.key for one in near]
    rows = matters.visible_to(RESIDENT).in_bulk(keys) if keys else {}
    words = sayings.public_words(keys) if keys else {}
    return [
        Line(
            title=rows[one.key].title,
            facts=(_("编号 %(n)s") % {"n": rows[one.key].number}, Step(rows[one.key].step).label),
            on=rows[one.key].first_at or rows[one.key].opened_at,
            page="matter",
            args=(one.key,),
            at="",
            quote=marked(shelf.quoted(title, text, "\n".join(words.get(one.key, ()))), one.reasons),
            why=why_words(one.reasons),
        )
        for one in near
        if one.key in rows
    ]


def _text_lines(shelf, title, text, near):
    keys = [one.key for one in near]
    documents = library.shown().in_bulk(keys) if keys else {}
    pages = sayings.pages_of(keys) if keys else {}
    lines = []
    for one in near:
        if one.key in documents and pages.get(one.key):
            document = documents[one.key]
            number, paragraph, words = _place(
                shelf, title, text, one, pages[one.key], document.title
            )
            place = _("第 %(page)s 页第 %(paragraph)s 段")
            lines.append(
                Line(
                    title=document.title,
                    facts=(
                        document.get_genre_display(),
                        place % {"page": number, "paragraph": paragraph},
                    ),
                    on=document.happened_on or document.published_at,
                    page="library-read",
                    args=(document.parent_id or document.pk, number),
                    at=f"?at={paragraph}#p{number}-{paragraph}",
                    quote=marked(shelf.quoted(title, text, words), one.reasons),
                    why=why_words(one.reasons),
                )
            )
    return lines


def _place(shelf, title, text, near, pages, heading):
    """The paragraph nearest to the question, inside the passage that was found.

    The heading, which the line shows already, only stands where nothing else does.

    :returns: ``(number of the page, number of the paragraph, its words)``
    """
    paragraphs, start = [], 0
    for number, page in pages:
        for place, words in enumerate(page.split("\n"), 1):
            if start < near.end and start + len(words) > near.start:
                paragraphs.append((number, place, words))
            start += len(words) + 1
    if not paragraphs:  # the text was mended since it was put on the shelf
        paragraphs = [(pages[0][0], 1, pages[0][1].split("\n")[0])]
    paragraphs = [one for one in paragraphs if one[2].strip() != heading] or paragraphs
    closest = shelf.closest(title, text, [words for _page, _place, words in paragraphs])
    return paragraphs[closest or 0]
