"""The readers of the library: what stands here, one page to read, what surrounds it.

Nothing is written here: nobody counts who reads what, or how long.
"""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.utils.crypto import constant_time_compare

from biaochi.core.actors import Role
from biaochi.core.seal import fingerprint
from biaochi.library import originals
from biaochi.library.models import Complaint, Document, Page, ReadingItem, ReadingList
from biaochi.library.rules import Gone, State

SHOWN = Q(state=State.OPEN) & (Q(parent=None) | Q(parent__state=State.OPEN))


@dataclass(frozen=True)
class Sieve:
    """What somebody looks for. Empty lets everything through."""

    query: str = ""
    genre: str = ""
    category: int | None = None
    year: int | None = None
    whole: str = ""  # "whole" or "cut"

    def narrow(self, found):
        """The documents that pass; the query itself is the search's affair."""
        if self.genre:
            found = found.filter(genre=self.genre)
        if self.category:
            found = found.filter(Q(category=self.category) | Q(category__parent=self.category))
        if self.year:
            said = Q(happened_on__year=self.year)
            put_together = Q(happened_on=None, compiled_on__startswith=str(self.year))
            brought = Q(happened_on=None, compiled_on="", uploaded_at__year=self.year)
            found = found.filter(said | put_together | brought)
        if self.whole:
            found = found.filter(truncated=self.whole == "cut")
        return found

    @property
    def is_empty(self):
        return self == Sieve()


@dataclass(frozen=True)
class Chapter:
    """A line of the table of contents. ``document`` is None for a text that is absent."""

    number: int
    document: object
    first: int  # page; 0 when there is none to read
    here: bool


@dataclass(frozen=True)
class Leaf:
    """One page with what stands around it.

    ``top`` is the document that was brought in, ``part`` the text of it that this page belongs
    to (the same where there are no parts). ``page`` is None where that text was taken down.
    """

    top: object
    part: object
    page: object
    number: int
    count: int
    chapters: tuple
    last_of_part: bool

    @property
    def paragraphs(self):
        return self.page.text.split("\n") if self.page else []


def documents():
    return Document.objects.select_related("parent", "uploaded_by", "category")


def shown():
    """What everybody may read, parts as documents of their own."""
    return documents().filter(SHOWN)


def visible_to(actor):
    """What a doer may read: the office all, a member also the own drafts, others what is open."""
    if actor.has(Role.STAFF, Role.OPERATOR, Role.AUDITOR):
        return documents()
    if actor.has(Role.MEMBER):
        own = Q(uploaded_by=actor.account, state=State.DRAFT)
        return documents().filter(SHOWN | own)
    return shown()


def get(actor, pk):
    """One document.

    :raises Gone: it stood open and was taken down
    :raises Http404: there is none that this doer may read; which of the two is not said
    """
    document = visible_to(actor).filter(pk=pk).first()
    if document is None:
        why = taken_down(pk)
        if why:
            raise Gone(why)
        raise Http404
    return document


def taken_down(pk):
    """Why a document that stood open is gone: its public reason, or ""."""
    document = documents().filter(pk=pk).first()
    if document is None:
        return ""
    for one in (document, document.parent):
        if one and one.state == State.DOWN and one.published_at:
            return one.down_why
    return ""


def leaf(actor, document, number):
    """One page of a document and all that stands around it.

    :raises Http404: the document has no such page
    """
    top = document.parent or document
    if not 1 <= number <= top.page_count:
        raise Http404
    page = (
        Page.objects.filter(Q(document=top) | Q(document__parent=top), number=number)
        .select_related("document", "document__parent")
        .first()
    )
    if page is None:
        raise Http404
    part = page.document
    readable = visible_to(actor).filter(pk=part.pk).exists()
    last = Page.objects.filter(document=part).order_by("-number").values("number")[:1]
    return Leaf(
        top=top,
        part=part,
        page=page if readable else None,
        number=number,
        count=top.page_count,
        chapters=tuple(chapters(top, part)),
        last_of_part=number == last[0]["number"],
    )


def chapters(top, here=None):
    """The table of contents of a compilation, with the texts that should be there and are not."""
    firsts = _first_pages(top)
    for part in top.parts.order_by("order"):
        at = bool(here and part.pk == here.pk)
        yield Chapter(part.order, part, firsts.get(part.pk, 0), at)
    for note in top.notes:
        if note["code"] == "absent":
            yield Chapter(note["number"], None, 0, False)


def first_page(document):
    """The number of the page on which a text begins, in its own compilation."""
    first = Page.objects.filter(document=document).order_by("number").values("number")[:1]
    return first[0]["number"] if first else 1


def newest(sieve):
    """What was brought in last, whole files: parts stand inside their compilation."""
    tops = sieve.narrow(shown().filter(parent=None))
    return tops.annotate(part_count=Count("parts")).order_by("-uploaded_at", "-pk")


def by_genre():
    """How many files of each genre everybody may read: ``[(genre, count)]``, the most first."""
    counted = shown().filter(parent=None).values("genre").annotate(n=Count("pk"))
    return [(row["genre"], row["n"]) for row in counted.order_by("-n", "genre")]


def shown_count():
    return shown().filter(parent=None).count()


def years():
    """The years of which there is something, newest first."""
    found = set()
    rows = shown().values_list("happened_on", "compiled_on", "uploaded_at")
    for happened, compiled, uploaded in rows.distinct():
        year = happened.year if happened else compiled[:4]
        found.add(int(year) if str(year).isdigit() else uploaded.year)
    return sorted(found, reverse=True)


def used_in(page, links=()):
    """Where a page is used: ``{paragraph number or 0: [(words, address)]}``, 0 the page as a whole.

    The library stands before every stage and knows of none. Whoever reads across the stages
    hands the links in: ``(paragraph, words, address)`` for each place that cites this page.
    """
    found = {}
    for paragraph, words, address in links:
        found.setdefault(paragraph, []).append((words, address))
    return found


def lists_with(document):
    """The open reading lists that have a document or the compilation it stands in."""
    both = [document.pk, *([document.parent_id] if document.parent_id else [])]
    return list(ReadingList.objects.filter(closed=False, items__document__in=both).distinct())


def reading_lists(*, closed=False):
    """The lists with how many open documents each has, by field."""
    lists = ReadingList.objects.select_related("category")
    if not closed:
        lists = lists.filter(closed=False)
    count = Count("items", filter=Q(items__document__state=State.OPEN))
    return list(lists.annotate(open_count=count).order_by("category__name", "title"))


def reading_list(pk, *, closed=False):
    """One list and its items that may be read: ``(list, items)``.

    :raises Http404: there is none, or it is closed
    """
    found = next((one for one in reading_lists(closed=closed) if one.pk == pk), None)
    if found is None:
        raise Http404
    items = ReadingItem.objects.filter(reading_list=found).select_related(
        "document", "document__parent", "document__category"
    )
    open_ones = {document.pk for document in shown().filter(on_lists__reading_list=found)}
    return found, [item for item in items if closed or item.document_id in open_ones]


def item(pk):
    found = ReadingItem.objects.select_related("reading_list").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def drawer(actor, tab, sieve):
    """One drawer of the desk: drafts, open ones, or those taken down; whole files, newest first.

    A part that was taken down alone lies in the last drawer by itself.
    """
    state = {"draft": State.DRAFT, "open": State.OPEN, "down": State.DOWN}[tab]
    found = visible_to(actor).filter(state=state)
    if state != State.DOWN:
        found = found.filter(parent=None)
    waiting = Complaint.objects.filter(document=OuterRef("pk"), answered_at=None)
    rows = sieve.narrow(found).annotate(part_count=Count("parts"), complained=Exists(waiting))
    return rows.order_by("-uploaded_at", "order", "-pk")


def desk_counts(actor):
    """How many lie in each drawer, and how many complaints wait."""
    visible = visible_to(actor)
    counts = visible.aggregate(
        draft=Count("pk", filter=Q(state=State.DRAFT, parent=None)),
        open=Count("pk", filter=Q(state=State.OPEN, parent=None)),
        down=Count("pk", filter=Q(state=State.DOWN)),
    )
    return counts | {"complaints": complaints(actor).count()}


def complaints(actor, *, answered=False):
    """The complaints, oldest first: for the office and the auditor only."""
    found = Complaint.objects.select_related("document", "document__parent")
    if not actor.has(Role.STAFF, Role.AUDITOR):
        return found.none()
    return found.filter(answered_at__isnull=not answered).order_by("at", "pk")


def complaint(actor, pk):
    both = complaints(actor) | complaints(actor, answered=True)
    found = both.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mark_of(complaint):
    """What stands in the address of a complaint: its key and a hash that nobody can guess."""
    return f"{complaint.pk}-{fingerprint(complaint.pk, 'complaint')[:24]}"


def by_mark(mark):
    """The complaint of an address.

    :raises Http404: there is none, or the hash is not its own
    """
    key = mark.partition("-")[0]
    if key.isascii() and key.isdigit() and len(key) < 16:
        found = Complaint.objects.select_related("document").filter(pk=int(key)).first()
        if found and constant_time_compare(mark_of(found), mark):
            return found
    raise Http404


def original(document):
    """The path of the file as it came in, with its type: ``(path, content type, name)``."""
    path = originals.kept(document)
    return path, originals.content_type(document), document.source_name


def _first_pages(top):
    pages = Page.objects.filter(document__parent=top).order_by("-number")
    return dict(pages.values_list("document_id", "number"))


def samples(document):
    """How each text of a file begins and ends: ``[(part, first words, last words)]``."""
    found = []
    for part in list(document.parts.order_by("order")) or [document]:
        pages = list(part.pages.order_by("number"))
        if pages:
            found.append((part, pages[0].text[:80], pages[-1].text[-80:]))
    return found
