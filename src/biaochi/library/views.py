"""The library for everybody: what is here, reading, searching, quotations, complaints.

Nobody is counted or followed here: no view writes down who has read what.
"""

from functools import wraps
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.library import complaints, forms, queries, searching, sentences
from biaochi.library.rules import Genre, Gone, State

NEW = 10


def or_why_gone(view):
    """Where a document was taken down, the page says why, and what one can do."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Gone as gone:
            return shown(request, "down", {"why": str(gone)}, 410)

    return answered


@door(methods=("GET",))
def library(request):
    """What came in last, by genre, and the lists to read."""
    sieve = forms.sieve_of(request.GET)
    page = Paginator(queries.newest(sieve), NEW).get_page(request.GET.get("page"))
    seen = {
        "sieve": sieve,
        "choices": forms.choices(),
        "page": page,
        "base": f"{reverse('library')}?{typed(request.GET)}page=",
        "count": queries.shown_count(),
        "genres": named(queries.by_genre()),
        "lists": queries.reading_lists(),
    }
    return shown(request, "library", seen)


@door(methods=("GET",))
def find(request):
    """Pages that have the words, document by document, with the words marked."""
    sieve = forms.sieve_of(request.GET)
    if not sieve.query:
        return redirect(f"{reverse('library')}?{typed(request.GET)}")
    number = min(forms.number(request.GET.get("page")) or 1, 10_000)
    results = searching.find(sieve, number)
    pages = Paginator(range(results.document_count), searching.PER_PAGE)
    seen = {
        "sieve": sieve,
        "choices": forms.choices(),
        "results": results,
        "genres": named(results.genres),
        "page": pages.get_page(number),
        "base": f"{reverse('library-search')}?{typed(request.GET)}page=",
        "kept": typed(request.GET, without=("genre",)),
    }
    return shown(request, "search", seen)


@door(methods=("GET",))
@or_why_gone
def document(request, pk):
    """A document by its own address: the page on which it begins, or the one asked for."""
    found = queries.get(request.actor, pk)
    number = forms.number(request.GET.get("p")) or queries.first_page(found)
    top = found.parent or found
    return redirect("library-read", pk=top.pk, number=min(max(number, 1), max(top.page_count, 1)))


@or_why_gone
def reading(request, pk, number, *, links_to=None):
    """A page to read, with where it is used.

    :param links_to: a function of a page that returns ``(paragraph, words, address)`` for each
        place that cites it; whoever reads across the stages hands it in
    """
    found = queries.get(request.actor, pk)
    if found.parent_id:
        return redirect("library-read", pk=found.parent_id, number=number)
    leaf = queries.leaf(request.actor, found, number)
    at = forms.number(request.GET.get("at")) or 0
    seen = {
        "leaf": leaf,
        "at": at if at <= len(leaf.paragraphs) else 0,
        "paragraphs": searching.marked_paragraphs(leaf, request.GET.get("q", "")[:60]),
        "used_in": queries.used_in(
            leaf.page, links_to(leaf.page) if links_to and leaf.page else ()
        ),
        "pages": Paginator(range(leaf.count), 1).get_page(number),
        "base": reverse("library-document", args=[leaf.top.pk]) + "/",
        "address": request.build_absolute_uri(request.path),
        "notes": [sentences.of_note(note) for note in (*leaf.top.notes, *own_notes(leaf))],
        "absent": [chapter.number for chapter in leaf.chapters if chapter.document is None],
        "related": searching.related(leaf),
        "lists": queries.lists_with(leaf.part),
        "State": State,
    }
    return shown(request, "read", seen)


@door(methods=("GET",))
@or_why_gone
def original(request, pk):
    """The file as it came in, where the rights allow to hand it out."""
    found = queries.get(request.actor, pk)
    if found.parent_id or not found.may_download:
        raise NotNow(sentences.read_only())
    return handed(found)


@door()
def quote(request):
    """Are the quotations of a draft right? The draft is looked at and forgotten."""
    form = forms.Draft(request.POST or None)
    checked = None
    if request.method == "POST":
        try:
            checked = searching.check(form.check()["draft"])
        except Incomplete as refusal:
            form.refuse(refusal)
    counts = {
        kind: sum(one.kind == kind for one in checked or ())
        for kind in ("exact", "marks", "near", "none", "long")
    }
    seen = {
        "form": form,
        "checked": checked,
        "counts": counts,
        "apart": counts["marks"] + counts["near"],
        "document_count": queries.shown_count(),
    }
    return shown(request, "quote", seen, 422 if form.errors else 200)


@door(posts=10, seconds=3600)
@or_why_gone
def complain(request, pk):
    """Somebody says that a text should not stand here. No name is asked for."""
    found = queries.get(request.actor, pk)
    form = forms.Complain(request.POST or None, initial={"reason": request.GET.get("reason", "")})
    if request.method == "POST":
        try:
            kept = complaints.complain(
                document=found, **form.check(), by=request.actor, now=timezone.now()
            )
            return redirect("library-complaint", mark=queries.mark_of(kept))
        except Incomplete as refusal:
            form.refuse(refusal)
    return shown(
        request, "complain", {"document": found, "form": form}, 422 if form.errors else 200
    )


@door(methods=("GET",))
def complaint(request, mark):
    """What somebody complained about, and the answer: for whoever has the address."""
    found = queries.by_mark(mark)
    seen = {"complaint": found, "address": request.build_absolute_uri(request.path)}
    return shown(request, "complaint", seen)


@door(methods=("GET",))
def reading_list(request, pk):
    """Documents to read together, and what for."""
    found, items = queries.reading_list(pk)
    return shown(request, "list", {"list": found, "items": items})


def handed(document):
    """An original on its way out: under its own name, never shown inside a page of ours."""
    path, kind, name = queries.original(document)
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=kind)


def own_notes(leaf):
    """What was mended in the part itself; a file without parts has told it already."""
    return leaf.part.notes if leaf.part.pk != leaf.top.pk else ()


def named(genres):
    """``[(genre, its words, count)]``."""
    return [(genre, Genre(genre).label, count) for genre, count in genres]


def typed(sent, without=()):
    """The filters in force, as the beginning of an address: "q=…&" or ""."""
    names = ("q", "genre", "category", "year", "whole")
    kept = {name: sent[name] for name in names if sent.get(name) and name not in without}
    return urlencode(kept) + "&" if kept else ""


def shown(request, name, seen, status=200):
    return render(request, f"library/pages/{name}.html", {"here": "library", **seen}, status=status)
