"""The desk of matters: suggestions to answer, and one matter to put in order. Staff only."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.flow import Step
from biaochi.voice.matters import actions, forms, queries
from biaochi.voice.matters.views import pages, sorts
from biaochi.voice.rules import Answer, EventKind, MatterState

CARDS = 8


@door(Role.STAFF, methods=("GET",))
def suggestions(request):
    """What may be the same, the largest groups first; yes, no, later."""
    later = request.GET.get("tab") == "later"
    number = forms.page_of(request.GET)
    answer_ = Answer.LATER if later else Answer.OPEN
    counts = queries.suggestion_counts()
    count = counts[1] if later else counts[0]
    total = max(1, -(-count // CARDS))
    number = min(number, total)
    here = reverse("desk-suggestions") + ("?tab=later&page=" if later else "?page=")
    seen = {
        "here": "desk-matters",
        "later": later,
        "counts": counts,
        "cards": queries.suggestions(CARDS, start=(number - 1) * CARDS, answer=answer_),
        "pages": {
            "number": number,
            "total": total,
            "before": f"{here}{number - 1}" if number > 1 else "",
            "after": f"{here}{number + 1}" if number < total else "",
        },
        **just_done(request),
    }
    return render(request, "voice/matters/pages/suggestions.html", seen)


@door(Role.STAFF, methods=("POST",), posts=600)
def answer(request, pk):
    """Answer one suggestion; what was refused is told on the page one came from."""
    suggestion = queries.suggestion(pk) or not_here()
    said = request.POST.get("answer", "")
    if said not in {"yes", "no", "later"}:
        raise Incomplete(_("请选一个：是、不是，或以后再看。"), "answer")
    inside, kept = forms.keys_of(request.POST, "inside"), forms.keys_of(request.POST, "voice")
    try:
        regroup = actions.answer(
            suggestion=suggestion,
            answer=said,
            by=request.actor,
            now=timezone.now(),
            without=set(inside) - set(kept),
            title=request.POST.get("title", ""),
        )
    except (Incomplete, NotNow) as wrong:
        messages.error(request, str(wrong))
        return redirect(back_to(request))
    if regroup:
        return redirect(f"{back_to(request)}?done={regroup.pk}")
    return redirect(f"{back_to(request)}?{said}={pk}")


@door(Role.STAFF, methods=("POST",))
def answer_many(request):
    """Say yes to all ticked suggestions, where the rule allows it."""
    chosen = queries.chosen_suggestions(forms.keys_of(request.POST, "suggestion"))
    if not chosen:
        messages.error(request, _("请先勾选要一起定的建议。"))
        return redirect("desk-suggestions")
    try:
        done = actions.answer_all(suggestions=chosen, by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        messages.error(request, str(wrong))
    else:
        n = len(done)
        messages.success(request, ngettext("定了 %(n)s 组。", "定了 %(n)s 组。", n) % {"n": n})
    return redirect("desk-suggestions")


@door(Role.STAFF, methods=("POST",))
def take_back(request, pk):
    """Take back a "not the same"."""
    suggestion = queries.suggestion(pk) or not_here()
    actions.take_back(suggestion=suggestion, by=request.actor, now=timezone.now())
    messages.success(request, _("收回了，这条建议又在清单里。"))
    return redirect("desk-suggestions")


@door(Role.STAFF, methods=("GET",))
def matters(request):
    """All open matters, for the office."""
    wanted = forms.wanted_of(request.GET)
    found = queries.listing(wanted, actor=request.actor, now=timezone.now())
    seen = {
        "here": "desk-matters",
        "wanted": wanted,
        "found": found,
        "rows": [(matter, Step(matter.step).label) for matter in found.rows],
        "step_choices": forms.steps(),
        "areas": forms.areas(),
        "sorts": [
            (label, n, href.replace(reverse("matters"), reverse("desk-matters")), on)
            for label, n, href, on in sorts(wanted)
        ],
        "pages": pages(found, wanted, "desk-matters"),
        "counts": queries.suggestion_counts(),
    }
    return render(request, "voice/matters/pages/desk_matters.html", seen)


@door(Role.STAFF, methods=("GET",))
def matter(request, pk):
    """One matter with everything the office can do to it."""
    found = the_matter(request, pk)
    if found.state == MatterState.MERGED:
        return redirect("desk-matter", pk=queries.went_to(found).pk)
    return matter_page(request, found)


@door(Role.STAFF, methods=("POST",))
def rename(request, pk):
    found = the_matter(request, pk)
    title, place = request.POST.get("title", ""), request.POST.get("place", "")
    return do(
        request,
        found,
        lambda by, now: actions.rename(matter=found, title=title, place=place, by=by, now=now),
        _("改好了。原来的标题记在经过里。"),
    )


@door(Role.STAFF, methods=("POST",))
def categorise(request, pk):
    found, category = the_matter(request, pk), forms.category_of(request.POST)
    return do(
        request,
        found,
        lambda by, now: actions.categorise(matter=found, category=category, by=by, now=now),
        _("记下了。以后说法相近的事，会照着建议。"),
    )


@door(Role.STAFF, methods=("POST",))
def care(request, pk):
    found, why = the_matter(request, pk), request.POST.get("reason", "")
    if "off" in request.POST:
        return do(
            request,
            found,
            lambda by, now: actions.uncare(matter=found, by=by, now=now),
            _("不再单独标出。"),
        )
    return do(
        request,
        found,
        lambda by, now: actions.care(matter=found, why=why, by=by, now=now),
        _("标出来了：人少，也等不得。"),
    )


@door(Role.STAFF, methods=("POST",))
def regroup(request, pk):
    """Ticked voices: make a matter of their own, move them to another, or take them out."""
    found = the_matter(request, pk)
    voices = queries.chosen_voices(forms.keys_of(request.POST, "voice"))
    deed, title = request.POST.get("deed", ""), request.POST.get("title", "")

    def change(by, now):
        if deed == "split":
            return actions.split(matter=found, voices=voices, title=title, by=by, now=now)
        if deed == "move":
            into = the_other(request)
            return actions.join(matter=into, voices=voices, by=by, now=now)
        return actions.take_out(matter=found, voices=voices, by=by, now=now)

    return do(request, found, change)


@door(Role.STAFF, methods=("POST",))
def merge(request, pk):
    """Merge this matter into another one."""
    found = the_matter(request, pk)
    return do(
        request,
        found,
        lambda by, now: actions.merge(into=the_other(request), matters=[found], by=by, now=now),
    )


@door(Role.STAFF, methods=("POST",), posts=600)
def undo(request, pk):
    """Undo one deed of bringing together or taking apart."""
    deed = queries.regroup(pk) or not_here()
    try:
        actions.undo(regroup=deed, by=request.actor, now=timezone.now())
    except NotNow as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("撤销了，和原来一模一样。提的人会收到通知。"))
    return redirect(back_to(request))


def do(request, found, change, told=""):
    """Do a deed on a matter; what was typed stays on the page when something is missing."""
    try:
        done = change(request.actor, timezone.now())
    except (Incomplete, NotNow) as wrong:
        return matter_page(request, found, error=wrong)
    here = reverse("desk-matter", args=[found.pk])
    if told:
        messages.success(request, told)
        return redirect(here)
    into = next((after for _voice, _before, after in done.moves if after), found.pk)
    if done.kind == EventKind.MERGED:
        here = reverse("desk-matter", args=[into])
    return redirect(f"{here}?done={done.pk}")


def matter_page(request, found, *, error=None):
    """The desk page of a matter; with an error, everything that was typed is still there."""
    number, now = forms.page_of(request.GET), timezone.now()
    typed = request.POST if error else {}
    recent, earlier = queries.recent_people(found, now)
    ticked = set(forms.keys_of(request.POST, "voice")) if error else set()
    members = queries.desk_members(found, number)
    here = reverse("desk-matter", args=[found.pk])
    query = (request.POST if error else request.GET).get("find", "")[:60]
    seen = {
        "here": "desk-matters",
        "matter": found,
        "is_open": found.state == MatterState.OPEN,
        "tags": queries.tags_of(found),
        "step": Step(found.step),
        "recent": recent,
        "earlier": earlier,
        "members": members,
        "ticked": ticked,
        "pages": {
            "number": number,
            "total": members.total,
            "before": f"{here}?page={members.number - 1}" if members.number > 1 else "",
            "after": f"{here}?page={members.number + 1}" if members.number < members.total else "",
        },
        "cards": queries.suggestions(4, matter=found),
        "deeds": queries.deeds_on(found),
        "route": queries.route(found),
        "categories": forms.categories(),
        "find": query,
        "others": queries.find_matters(query, but=found) if query else queries.neighbours(found, 5),
        "typed": typed,
        "error": error,
        "field": getattr(error, "field", "") if error else "",
        **just_done(request),
    }
    status = error.http_status if error else 200
    return render(request, "voice/matters/pages/desk_matter.html", seen, status=status)


def just_done(request):
    """What was done just before, with its undo: from the address, so that it needs no memory."""
    done = request.GET.get("done", "")
    no = request.GET.get("no", "")
    deed = queries.regroup(int(done)) if done.isdigit() and len(done) < 19 else None
    refused = queries.suggestion(int(no)) if no.isdigit() and len(no) < 19 else None
    return {
        "done": deed if deed and queries.can_be_undone(deed) else None,
        "refused": refused if refused and refused.answer == Answer.NO else None,
        "put_aside": "later" in request.GET,
        "messages": list(messages.get_messages(request)),
    }


def back_to(request):
    """The page of ours the form stood on."""
    matter_key = request.POST.get("matter", "")
    if matter_key.isdigit() and len(matter_key) < 19:
        return reverse("desk-matter", args=[int(matter_key)])
    return reverse("desk") if request.POST.get("from") == "desk" else reverse("desk-suggestions")


def the_matter(request, pk):
    return queries.get(request.actor, pk) or not_here()


def the_other(request):
    """The matter that was chosen to go into.

    :raises Incomplete: none was chosen
    """
    chosen = request.POST.get("into", "")
    found = queries.get(request.actor, int(chosen)) if chosen.isdigit() else None
    if found is None:
        raise Incomplete(_("请先选一件事：找一找，再点要去的那件。"), "into")
    return found


def not_here():
    raise Http404
