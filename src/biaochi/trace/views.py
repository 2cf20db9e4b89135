"""The public page of a matter, the record of its changes, and the list of what is stuck."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from biaochi.core.doors import door
from biaochi.task.rules import LIVE
from biaochi.trace import deeds, queries, story
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
    hands = queries.hands(found, today)
    about = {"matter": found, "hands": hands, "today": today, "LIVE": LIVE}
    page = matters.page(found, request.actor, now, story.tell)
    page["further"] = [part("handed", about, request)]
    page["aside"] = [part("who", about, request)]
    return render(request, "voice/matters/pages/matter.html", page | {"here": "matters"})


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


def the_matter(request, pk):
    found = matters.get(request.actor, pk)
    if found is None:
        raise Http404
    return found
