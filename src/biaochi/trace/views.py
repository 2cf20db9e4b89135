"""The public page of a matter, the record of its changes, and the list of what is stuck."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from biaochi.core.doors import door
from biaochi.library import views as library
from biaochi.outcome.rules import RevisitState
from biaochi.proposal import queries as proposals
from biaochi.trace import deeds, queries, stages, story
from biaochi.trace.parts import part
from biaochi.voice.matters import queries as matters


@door(methods=("GET",))
def matter(request, pk):
    """One matter on its standing ruler. A merged one leads on to where its words are now."""
    found = the_matter(request, pk)
    now, today = timezone.now(), timezone.localdate()
    goes_on_as = matters.went_to(found)
    if goes_on_as.pk != found.pk:
        return redirect("matter", pk=goes_on_as.pk)
    shown = stages.of_matter(found, today)
    tasks = [one.task for one in shown["task"].tasks] if shown["task"] else []
    about = {
        "matter": found,
        "today": today,
        "hands": queries.hands(found, today, tasks),
        **shown,
    }
    page = matters.page(found, request.actor, now, story.tell)
    page["further"] = ruler(shown, about, request)
    page["aside"] = [part("who", about, request), part("lights", about, request)]
    page["below"] = [part("yardstick/on_matter", about | {"it": shown["yardstick"]}, request)]
    return render(request, "voice/matters/pages/matter.html", page | {"here": "matters"})


def ruler(shown, about, request):
    """The marks of the standing ruler that have something to show, in order."""
    found = [own("topic", shown, about, request), own("study", shown, about, request)]
    if shown["proposal"] or shown["deliberation"]:
        found.append(part("proposed", about, request))
    found += [own(stage, shown, about, request) for stage in ("task", "outcome", "evaluation")]
    revisits = shown["outcome"].revisits if shown["outcome"] else ()
    coming = [one for one in revisits if one.state == RevisitState.WAITING]
    if coming:
        found.append(part("again", about | {"revisits": coming}, request))
    return [mark for mark in found if mark]


def own(stage, shown, about, request):
    """What a stage shows by its own template; nothing where it has nothing."""
    it = shown[stage]
    return part(f"{stage}/on_matter", about | {"it": it}, request) if it else ""


@door(methods=("GET",))
def history(request, pk):
    """Every deed on a matter as the record has it, with the chain of hashes."""
    found = the_matter(request, pk)
    seen = {"here": "matters", "matter": found, "lines": deeds.of_matter(found)}
    return render(request, "trace/pages/history.html", seen)


@door(methods=("GET",))
def late(request):
    """Everything that is overdue, not taken on, or given back: for everybody to see."""
    today = timezone.localdate()
    typed = request.GET.get("page", "")
    page = int(typed) if typed.isdigit() and 0 < int(typed) < 10_000 else 1
    tasks, total = queries.late(today, page)
    seen = {
        "here": "matters",
        "today": today,
        "tasks": tasks,
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
    }
    return render(request, "trace/pages/late.html", seen)


@door(methods=("GET",))
def read(request, pk, number):
    """A page of the library, with the proposals that stand on it."""
    return library.reading(request, pk, number, links_to=used_in)


def used_in(page):
    """``(paragraph, words, address)`` for each public proposal that quotes a page."""
    return [
        (paragraph, title, reverse("proposal", args=[key]))
        for paragraph, title, key in proposals.citing(page)
    ]


def the_matter(request, pk):
    found = matters.get(request.actor, pk)
    if found is None:
        raise Http404
    return found
