"""Writing down for somebody: listen and write, read back, give the code. No script needed."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.voice.intake import actions, queries
from biaochi.voice.intake.forms import REPLIES, Confirmed, Heard, ReadyToRead
from biaochi.voice.intake.rules import EMPTY

TAKERS = (Role.STAFF, Role.MEMBER)


@door(*TAKERS, posts=200)
def begin(request):
    """A new call, visit or person at the counter."""
    return _write(request, None, EMPTY)


@door(*TAKERS, posts=200)
def edit(request, place):
    """Go on with one that was put aside, or put right what was read back."""
    content = queries.load(request.actor, place)
    if content is None:
        return redirect("desk-intake")
    return _write(request, place, content)


def _write(request, place, content):
    if request.method == "GET":
        return _listen_page(request, place, Heard(initial=content), content)
    deed = request.POST.get("deed", "read")
    if deed == "drop":
        if place:
            actions.drop(place=place, by=request.actor, now=timezone.now())
        return redirect("desk-intake")
    form = (ReadyToRead if deed == "read" else Heard)(request.POST)
    if not form.is_valid():
        return _listen_page(request, place, form, content, status=422)
    said = {**form.cleaned_data, "join": request.POST.get("join", "")}
    if deed == "look":
        return _listen_page(request, place, form, {**EMPTY, **said})
    place, _kept = actions.keep(place=place, content=said, by=request.actor, now=timezone.now())
    if deed == "keep":
        return redirect("desk-intake")
    return redirect("desk-intake-read", place)


def _listen_page(request, place, form, content, status=200):
    page = {
        "form": form,
        "place": place,
        "similar": queries.similar(content),
        "join": content["join"],
        "may_join": request.actor.has(Role.STAFF),
        "is_member": request.actor.has(Role.MEMBER),
        "open_calls": [call for call in queries.open_calls(request.actor) if call.place != place],
        "here": "desk-intake",
    }
    return render(request, "voice/intake/pages/listen.html", page, status=status)


@door(*TAKERS, posts=200)
def read(request, place):
    """Read back what will be kept; take it in when the person says that it is right."""
    content = queries.load(request.actor, place)
    if content is None:
        return redirect("desk-intake-done", place)
    if request.method == "GET":
        return _read_page(request, place, Confirmed(initial={"public": "yes"}), content)
    deed, now = request.POST.get("deed", "take"), timezone.now()
    if deed == "drop":
        actions.drop(place=place, by=request.actor, now=now)
        return redirect("desk-intake")
    if deed == "keep":
        return redirect("desk-intake")
    words = request.POST.get("words", content["words"])
    if "".join(words.split()) != "".join(content["words"].split()):
        return _put_right(request, place, content, words, asked=deed == "again")
    if deed == "again":
        return redirect("desk-intake-read", place)
    form = Confirmed(request.POST)
    if form.is_valid():
        return _take(request, place, content, form)
    return _read_page(request, place, form, content, status=422)


def _put_right(request, place, content, words, *, asked):
    """Other words than those that were read back: they are read back first."""
    form = ReadyToRead({**content, "words": words})
    if not form.is_valid():
        return _read_page(request, place, Confirmed(request.POST), content, 422, form.errors)
    _place, content = actions.keep(
        place=place, content={"words": words}, by=request.actor, now=timezone.now()
    )
    if asked:
        return redirect("desk-intake-read", place)
    again = {"words": [_("话改过了，请照新的再念一遍，他说对，再收下。")]}
    return _read_page(request, place, Confirmed(initial=request.POST.dict()), content, 422, again)


def _take(request, place, content, form):
    said = form.cleaned_data
    reply = actions.Reply(
        phone=said["phone"] if said["reply"] == "phone" else "",
        relay=said["relay"] if said["reply"] == "relay" else "",
    )
    try:
        actions.take(
            place=place,
            nonce=request.POST.get("nonce", ""),
            reply=reply,
            public=said["public"] == "yes",
            join=_chosen_matter(request),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _read_page(request, place, form, content, status=422)
    return redirect("desk-intake-done", place)


def _chosen_matter(request):
    chosen = request.POST.get("join", "")
    return int(chosen) if chosen.isdecimal() and request.actor.has(Role.STAFF) else None


def _read_page(request, place, form, content, status=200, wrong=None):
    page = {
        "form": form,
        "place": place,
        "content": content,
        "wrong": [(field, " ".join(texts)) for field, texts in (wrong or {}).items()],
        "readback": queries.readback(content),
        "replies": REPLIES,
        "similar": queries.similar(content),
        "join": request.POST.get("join", content["join"]),
        "may_join": request.actor.has(Role.STAFF),
        "here": "desk-intake",
    }
    return render(request, "voice/intake/pages/read.html", page, status=status)


@door(*TAKERS)
def done(request, place):
    """The code, read out twice. When it was written down, it is gone from here."""
    now = timezone.now()
    receipt = queries.receipt(request.actor, place, now)
    if request.method == "POST" and receipt:
        actions.drop(place=place, by=request.actor, now=now)
    if request.method == "POST" or receipt is None:
        return redirect("desk-intake")
    page = {"receipt": receipt, "here": "desk-intake"}
    return render(request, "voice/intake/pages/done.html", page)
