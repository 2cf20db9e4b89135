"""Looking for words: in the whole library, for a quotation, and for pages that share words.

The index finds pages; what stands on a page is compared here, letter by letter.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from biaochi.core import search
from biaochi.core.refusals import Incomplete
from biaochi.library import analysis, queries
from biaochi.library.models import Page
from biaochi.library.rules import is_shown

PER_PAGE = 10  # documents on a page of results
EXCERPTS = 3  # of a document
DRAFT = 5_000  # letters of a draft that is checked
QUOTATIONS = 30
NEIGHBOURHOODS = 12  # places that are compared for one quotation
COMMON = 2_000  # pages that are looked at for one piece
RELATED = 5
NEAREST = 24  # pages that are compared with a page for shared words
EVERYWHERE = 0.05  # of the documents: words that so many have are a formula, not a kinship
LETTERS_A_PAGE = 600
ORDER = {"exact": 0, "marks": 1, "near": 2}


@dataclass(frozen=True)
class Excerpt:
    """A paragraph that has the words: ``pieces`` are ``(words, asked for)``."""

    page: int
    paragraph: int
    pieces: list


@dataclass(frozen=True)
class Hit:
    """A document that has the words: on how many pages, and where first."""

    document: object
    count: int
    excerpts: list


@dataclass(frozen=True)
class Results:
    hits: list
    document_count: int
    page_count: int
    genres: list  # [(genre, pages)]


@dataclass(frozen=True)
class Checked:
    """A quotation that was looked for.

    ``kind``: exact, marks (only punctuation differs), near, none, long (too long to compare).
    ``places`` are where it stands, the best first; ``apart`` what kinds of things differ.
    """

    words: str
    kind: str
    places: tuple
    changes: int
    apart: tuple


@dataclass(frozen=True)
class Related:
    """A document that shares words with a page: where, the longest run, how many runs."""

    document: object
    number: int
    words: str
    count: int


def find(sieve, number=1):
    """Documents whose pages, or whose title, have all words of the query: ``Results``."""
    allowed = sieve.narrow(queries.shown())
    # The index is asked by itself: joined to the documents it would be asked once for each.
    pages = search.matching(Page.objects.order_by(), "library", sieve.query)
    counts = Counter(pages.values_list("document_id", flat=True))
    titled = _titled(allowed, sieve.query)
    found = [one for one in allowed if one.pk in counts or one.pk in titled]
    inside = {one.parent_id for one in found if one.pk in counts}
    found = [one for one in found if one.pk in counts or one.pk not in inside]
    found.sort(key=lambda one: (one.pk not in titled, -counts.get(one.pk, 0), -one.pk))
    genres = Counter()
    for document in found:
        genres[document.genre] += counts.get(document.pk, 0)
    part = found[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Results(
        hits=_hits(part, pages, counts, sieve.query),
        document_count=len(found),
        page_count=sum(counts.get(one.pk, 0) for one in found),
        genres=[(genre, n) for genre, n in genres.most_common() if n],
    )


def check(draft):
    """Look for every quotation of a draft in the library. The draft is not kept.

    :raises Incomplete: nothing to look for, or more than is looked for at once
    """
    if len(draft) > DRAFT:
        raise Incomplete(
            _("一次最多查 %(most)s 字，请分几次贴。") % {"most": f"{DRAFT:,}"}, "draft"
        )
    found = analysis.quotations(draft)
    if not found:
        raise Incomplete(_("请贴一段话，或者一句引文。"), "draft")
    if len(found) > QUOTATIONS:
        raise Incomplete(
            _("一次最多查 %(most)s 处引文，这里有 %(n)s 处，请分几次贴。")
            % {"most": QUOTATIONS, "n": len(found)},
            "draft",
        )
    return [checked(words) for words in found]


def checked(words):
    """Look for one quotation."""
    if analysis.is_too_long(words):
        return Checked(words, "long", (), 0, ())
    places = []
    for leaves in _neighbourhoods(words):
        found = analysis.locate(words, leaves)
        if found and (found.page.pk, found.paragraph) not in {
            (one.page.pk, one.paragraph) for one in places
        }:
            places.append(found)
    places.sort(key=lambda one: (ORDER[one.kind], one.edits, one.page.pk, one.paragraph))
    if not places:
        return Checked(words, "none", (), 0, ())
    best = places[0]
    apart = tuple(dict.fromkeys(piece.why for piece in best.pieces if not piece.same))
    changes = sum(not piece.same for piece in best.pieces)
    return Checked(words, best.kind, tuple(places), changes, apart)


def marked_paragraphs(leaf, query):
    """The paragraphs of a page with the words of a search marked: ``[[(words, asked for)]]``."""
    return [analysis.marked_pieces(paragraph, query) for paragraph in leaf.paragraphs]


def related(leaf):
    """Documents that share words with a page, the longest run first; formulas are left out."""
    if leaf.page is None:
        return []
    runs = {}
    for other in _sharing(leaf):
        for words in analysis.shared_words(leaf.page.text, other.text):
            runs.setdefault(other.document_id, []).append((len(words), words, other))
    everywhere = max(3, EVERYWHERE * queries.shown_count())
    spread = Counter(words for found in runs.values() for words in {run[1] for run in found})
    kin = []
    for found in runs.values():
        own = [run for run in found if spread[run[1]] <= everywhere]
        if own:
            _letters, words, page = max(own, key=lambda run: run[0])
            kin.append(Related(page.document, page.number, words.replace("\n", ""), len(own)))
    return sorted(kin, key=lambda one: (-len(one.words), one.document.pk))[:RELATED]


def _titled(allowed, query):
    """The keys of whole files whose title has every word of the query."""
    wanted = analysis.runs(query)
    if not wanted:
        return set()
    allowed = allowed.filter(parent=None)
    for run in wanted:
        allowed = allowed.filter(title__icontains=run)
    return set(allowed.values_list("pk", flat=True))


def _hits(documents, pages, counts, query):
    held = {document.pk: [] for document in documents}
    for page in pages.filter(document__in=list(held)).order_by("document", "number"):
        if len(held[page.document_id]) < EXCERPTS:
            held[page.document_id] += _excerpts(page, query)
    return [
        Hit(document, counts.get(document.pk, 0), held[document.pk][:EXCERPTS])
        for document in documents
    ]


def _excerpts(page, query):
    found = []
    for number, paragraph in enumerate(page.text.split("\n"), 1):
        pieces = analysis.excerpt(paragraph, query)
        if pieces:
            found.append(Excerpt(page.number, number, pieces))
    return found


def _neighbourhoods(words):
    """Runs of pages that might hold a quotation, the most promising first.

    A quotation may lie across a break of pages, so each page comes with those beside it.
    """
    votes = Counter()
    for piece in analysis.windows(words):
        found = search.matching(Page.objects.order_by(), "library", piece)
        votes.update(found.order_by("pk").values_list("pk", flat=True)[:COMMON])
    best = [pk for pk, _votes in votes.most_common(NEIGHBOURHOODS)]
    pages = Page.objects.filter(document__in=queries.shown().values("pk"))
    held = pages.select_related("document", "document__parent").in_bulk(best)
    reach = 1 + analysis.letters_of(words) // LETTERS_A_PAGE
    for pk in best:
        if pk in held:
            page = held[pk]
            beside = (page.number - reach, page.number + reach)
            yield list(
                pages.filter(document=page.document_id, number__range=beside)
                .select_related("document", "document__parent")
                .order_by("number")
            )


def _sharing(leaf):
    """Pages of other files that share most pieces with this page, by one question to the index."""
    asked = [
        search.matching(Page.objects.order_by(), "library", piece).values_list("pk", flat=True)
        for piece in analysis.probes(leaf.page.text)
    ]
    if not asked:
        return []
    votes = Counter(asked[0].union(*asked[1:], all=True))
    own = set(
        Page.objects.filter(Q(document=leaf.top) | Q(document__parent=leaf.top)).values_list(
            "pk", flat=True
        )
    )
    best = [pk for pk, _votes in votes.most_common(NEAREST + len(own)) if pk not in own][:NEAREST]
    others = Page.objects.filter(pk__in=best).select_related("document", "document__parent")
    return [page for page in others.order_by("pk") if _is_shown(page.document)]


def _is_shown(document):
    return is_shown(document.state, document.parent.state if document.parent else None)
