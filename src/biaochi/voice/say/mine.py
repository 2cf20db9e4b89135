"""“My matter”: whoever holds the code reads it, adds to it, and decides about it.

After the code was entered once the session remembers the key of the voice, never the code. The
session forgets after an hour without a visit, because many people share a computer. Nobody is let in here while signed in: the office reads
original words at its desk, where every look is written down.
"""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.doors import door
from biaochi.core.profiles import span
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.people import vault
from biaochi.voice import actions
from biaochi.voice import queries as voices
from biaochi.voice.matters import actions as deeds
from biaochi.voice.matters import queries as matters
from biaochi.voice.rules import State
from biaochi.voice.say import forms, story
from biaochi.voice.say.views import hand_out, wrongs

IDLE = 3600
TRIES, SPAN = 20, 600


@door(Role.RESIDENT, posts=TRIES, seconds=SPAN)
def mine(request):
    """Enter a code. It is never part of an address, and the same sentence answers every miss."""
    if request.method == "GET":
        form = forms.Code()
        return render(request, "voice/say/pages/mine.html", code_context(request, form))
    form = forms.Code(request.POST)
    if form.is_valid():
        try:
            voice = actions.find_by_code(code=form.cleaned_data["code"])
        except (Incomplete, NotNow) as miss:
            form.add_error("code", str(miss))
        else:
            remember(request, voice)
            return redirect("mine-matter")
    return render(request, "voice/say/pages/mine.html", code_context(request, form), status=422)


@door(Role.RESIDENT, posts=30, seconds=600)
def contact(request):
    """Change how I can be reached, or be reached no more."""
    voice = held(request)
    if voice is None:
        return redirect("mine")
    form = forms.Contact(request.POST or None, initial={"reply": reply_of(voice)})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = {given["reply"]: given[given["reply"]]} if given["reply"] != "none" else {}
        deeds.change_contact(voice=voice, by=request.actor, now=timezone.now(), **chosen)
        messages.success(
            request, _("改好了，旧的已经删掉。") if chosen else _("联系方式已经删掉了。")
        )
        return redirect("mine-matter")
    context = {
        "here": "mine",
        "form": form,
        "voice": voice,
        "tail": vault.tail(voice.speaker),
        "reply_words": forms.REPLY_WORDS,
        "wrong": wrongs(form),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "voice/say/pages/contact.html", context, status=status)


@door(Role.RESIDENT, posts=30, seconds=600)
def decide(request):
    """Hide, stop contact, take out, withdraw or erase: first said what it means, then done."""
    voice = held(request)
    if voice is None:
        return redirect("mine")
    if request.method == "GET":
        how = request.GET.get("how", "")
        return decide_page(request, voice, how if how in forms.Undo.HOW else "back")
    form = forms.Undo(request.POST)
    if not form.is_valid():
        return decide_page(request, voice, "", wrong=form.errors["how"], status=422)
    how = form.cleaned_data["how"]
    if form.cleaned_data["told"] != how:
        return decide_page(request, voice, how)
    return carry_out(request, voice, how)


@door(Role.RESIDENT, methods=("POST",), posts=30, seconds=600)
def publish(request):
    """Let others read my (redacted) words again."""
    voice = held(request)
    if voice is None:
        return redirect("mine")
    actions.set_public(voice=voice, public=True, by=request.actor, now=timezone.now())
    messages.success(request, _("您的话又公开了，名字和号码照样遮着。"))
    return redirect("mine-matter")


@door(Role.RESIDENT, methods=("POST",), posts=30, seconds=600)
def come_back(request):
    """Think better of a withdrawal."""
    voice = held(request)
    if voice is None:
        return redirect("mine")
    deeds.come_back(voice=voice, by=request.actor, now=timezone.now())
    messages.success(request, _("恢复了，照样算您 1 位。"))
    return redirect("mine-matter")


@door(Role.RESIDENT, methods=("POST",), posts=60, seconds=600)
def leave(request):
    """Let this computer forget which matter was asked about."""
    request.session.pop("mine", None)
    request.session.cycle_key()
    messages.success(request, _("已经退出，这台设备上看不到您的事了。"))
    return redirect("mine")


@door(Role.RESIDENT, Role.STAFF, methods=("GET",))
def photo(request, pk):
    """A photo or recording of my voice; staff may see it too, nobody else."""
    if request.actor.has(Role.STAFF):
        return hand_out(voices.attachment(pk=pk))
    voice = held(request)
    return hand_out(voices.attachment(pk=pk, voice=voice) if voice else None)


def carry_out(request, voice, how):
    by, now = request.actor, timezone.now()
    if how == "all":
        deeds.erase(voice=voice, by=by, now=now)
        request.session.pop("mine", None)
        request.session.cycle_key()
        return render(request, "voice/say/pages/erased.html", {"here": "mine"})
    if how == "hide":
        actions.set_public(voice=voice, public=False, by=by, now=now)
        told = _("网页上不再显示您的话了，照样有人办。")
    elif how == "contact":
        deeds.change_contact(voice=voice, by=by, now=now)
        told = _("联系方式已经删掉了。")
    elif how == "apart":
        inside = matter_of(voice)
        if inside is None:
            raise NotNow(_("您的话没有归在哪件事里，不用拆。"))
        deeds.take_out(matter=inside, voices=[voice], by=by, now=now)
        told = _("拆出来了，您的话单独算一件。")
    else:
        deeds.withdraw(voice=voice, by=by, now=now)
        told = _("撤回了。反悔的话，在这一页可以恢复。")
    messages.success(request, told)
    return redirect("mine-matter")


def remember(request, voice):
    request.session.cycle_key()
    request.session["mine"] = {"voice": voice.pk, "at": timezone.now().timestamp()}


def held(request):
    """The voice whose code this visitor entered, or None (also after an hour without a visit)."""
    kept = request.session.get("mine")
    now = timezone.now().timestamp()
    if not kept or now - kept["at"] > IDLE:
        request.session.pop("mine", None)
        return None
    voice = voices.own(kept["voice"])
    if voice is None or voice.state == State.RECALLED:
        request.session.pop("mine", None)
        return None
    if now - kept["at"] > 60:
        request.session["mine"] = {**kept, "at": now}
    return voice


def matter_of(voice):
    membership = getattr(voice, "membership", None)
    return membership.matter if membership else None


def reply_of(voice):
    speaker = voice.speaker
    return speaker.kind if vault.can_be_reached(speaker) else "none"


def code_context(request, form):
    told = list(messages.get_messages(request))
    return {"here": "mine", "form": form, "wrong": wrongs(form), "told": told, "tries": TRIES}


def matter_seen(request, voice, *, form=None, tell=None):
    """What “my matter” shows. The page itself belongs to ``trace``, which sees all stages.

    :param tell: how the events of the matter are told (see :func:`story.way`)
    """
    now = timezone.now()
    inside = matter_of(voice)
    events = matters.events(inside) if inside else []
    return {
        "here": "mine",
        "voice": voice,
        "matter": inside,
        "original": voices.original_of(voice),
        "shown": voices.pieces(voice.text),
        "hidden": [forms.KIND_WORDS[kind] for kind in voice.redacted_kinds],
        "kind_words": forms.KIND_WORDS,
        "files": list(voice.attachments.all()),
        "way": story.way(voice, voice.notices.all(), events, today=local_day(now), tell=tell),
        "now_words": story.state_words(voice, inside, today=local_day(now)),
        "days": story.days_since(voice, now),
        "looks": voices.looks(voice),
        "reply": reply_of(voice),
        "tail": vault.tail(voice.speaker),
        "withdrawn": voice.state == State.WITHDRAWN,
        "regret_until": regret_until(voice),
        "form": form or forms.More(),
        "wrong": wrongs(form) if form else [],
        "told": list(messages.get_messages(request)),
        "further": [],
    }


def decide_page(request, voice, how, *, wrong=(), status=200):
    inside = matter_of(voice)
    context = {
        "here": "mine",
        "voice": voice,
        "matter": inside,
        "how": how,
        "others": inside.people_count - 1 if inside else 0,
        "reachable": vault.can_be_reached(voice.speaker),
        "withdrawn": voice.state == State.WITHDRAWN,
        "days": span("regret_withdrawal").amount,
        "wrong": [("id_how_0", error) for error in wrong],
    }
    return render(request, "voice/say/pages/decide.html", context, status=status)


def regret_until(voice):
    if voice.state != State.WITHDRAWN:
        return None
    return due_on(voice.withdrawn_at, span("regret_withdrawal"))
