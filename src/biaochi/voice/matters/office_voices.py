"""The desk of single voices: read them, put them into matters, keep one from the public."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.people import vault
from biaochi.people.queries import areas
from biaochi.voice import actions as verbs
from biaochi.voice import queries as readers
from biaochi.voice.matters import actions, forms, queries
from biaochi.voice.matters.office import not_here
from biaochi.voice.rules import Channel

WHICH = ("unseen", "alone", "hidden", "all")


@door(Role.STAFF, methods=("GET",))
def voices(request):
    """All voices, those that nobody has read first."""
    return voices_page(request, request.GET)


@door(Role.STAFF, methods=("POST",))
def chosen(request):
    """Ticked voices: mark as read, make a matter of them, or add them to one."""
    found = queries.chosen_voices(forms.keys_of(request.POST, "voice"))
    deed, by, now = request.POST.get("deed", ""), request.actor, timezone.now()
    try:
        if not found:
            raise Incomplete(_("请先勾选要动的话。"), "voices")
        if deed == "open":
            title, place = request.POST.get("title", ""), request.POST.get("place", "")
            matter = actions.open_matter(title=title, place=place, voices=found, by=by, now=now)
            verbs.mark_seen(voices=found, by=by, now=now)
            messages.success(request, _("归成了一件新事：%(title)s。") % {"title": matter.title})
            return redirect("desk-matter", pk=matter.pk)
        if deed == "join":
            matter = the_numbered(request)
            done = actions.join(matter=matter, voices=found, by=by, now=now)
            verbs.mark_seen(voices=found, by=by, now=now)
            return redirect(f"{reverse('desk-matter', args=[matter.pk])}?done={done.pk}")
        n = verbs.mark_seen(voices=found, by=by, now=now)
    except (Incomplete, NotNow) as wrong:
        return voices_page(request, request.POST, error=wrong)
    messages.success(
        request,
        ngettext("%(n)s 条看过了，可以公开了。", "%(n)s 条看过了，可以公开了。", n) % {"n": n},
    )
    return redirect(reverse("desk-voices") + address(sieve_of(request.POST), page=1))


@door(Role.STAFF, methods=("GET",))
def voice(request, pk):
    """One voice: its words without identity, where it is, what can be done."""
    return voice_page(request, the_voice(request, pk))


@door(Role.STAFF, methods=("POST",))
def hide(request, pk):
    """Keep a voice from the public with a reason, or show it again."""
    found, by, now = the_voice(request, pk), request.actor, timezone.now()
    try:
        if "off" in request.POST:
            verbs.show_again(voice=found, by=by, now=now)
            messages.success(request, _("又公开了，本人会收到通知。"))
        else:
            verbs.hide(voice=found, reason=request.POST.get("reason", ""), by=by, now=now)
            messages.success(request, _("不公开了，理由已告诉本人。照样算数，照样有人办。"))
    except (Incomplete, NotNow) as wrong:
        return voice_page(request, found, error=wrong)
    return redirect("desk-voice", pk=pk)


@door(Role.STAFF, methods=("POST",), posts=60)
def look(request, pk):
    """Open the original words or the contact. The look and its reason are shown to the speaker."""
    found, by, now = the_voice(request, pk), request.actor, timezone.now()
    why, what = request.POST.get("why", ""), request.POST.get("what", "")
    try:
        if what == "contact":
            if found.speaker is None:
                raise NotNow(_("没有留联系方式，或者已经删掉了。"))
            opened = {
                "contact": vault.look_at_contact(speaker=found.speaker, why=why, by=by, now=now)
            }
        else:
            opened = {"original": verbs.open_original(voice=found, why=why, by=by, now=now)}
    except (Incomplete, NotNow) as wrong:
        return voice_page(request, found, error=wrong)
    return voice_page(request, found, opened=opened)


def voices_page(request, sent, *, error=None):
    sieve = sieve_of(sent)
    found = queries.desk_voices(sieve)
    unseen, alone = queries.voice_counts()
    here = reverse("desk-voices")
    numbers = {"unseen": unseen, "alone": alone, "hidden": "", "all": ""}
    seen = {
        "here": "desk-voices",
        "sieve": sieve,
        "found": found,
        "tabs": [
            (
                label,
                numbers[which],
                here + address(sieve, which=which, page=1),
                sieve.which == which,
            )
            for which, label in which_words().items()
        ],
        "channels": forms.channels(),
        "areas": forms.areas(),
        "ticked": set(forms.keys_of(request.POST, "voice")) if error else set(),
        "typed": request.POST if error else {},
        "error": error,
        "field": getattr(error, "field", "") if error else "",
        "pages": {
            "number": found.number,
            "total": found.total,
            "before": here + address(sieve, page=found.number - 1) if found.number > 1 else "",
            "after": here + address(sieve, page=found.number + 1)
            if found.number < found.total
            else "",
        },
        "messages": list(messages.get_messages(request)),
    }
    status = error.http_status if error else 200
    return render(request, "voice/matters/pages/desk_voices.html", seen, status=status)


def voice_page(request, found, *, error=None, opened=None):
    membership = getattr(found, "membership", None)
    seen = {
        "here": "desk-voices",
        "voice": found,
        "shown": readers.pieces(found.text),
        "channel": Channel(found.channel).label,
        "matter": membership.matter if membership else None,
        "similar": [] if membership else queries.similar(found.text, 4, found.place),
        "looks": readers.looks(found),
        "reachable": vault.can_be_reached(found.speaker),
        "opened": opened or {},
        "typed": request.POST if error else {},
        "error": error,
        "field": getattr(error, "field", "") if error else "",
        "messages": list(messages.get_messages(request)),
    }
    status = error.http_status if error else 200
    return render(request, "voice/matters/pages/desk_voice.html", seen, status=status)


def the_voice(request, pk):
    return readers.get(request.actor, pk) or not_here()


def the_numbered(request):
    """The open matter whose number (or key) was typed.

    :raises Incomplete: there is none
    """
    typed = request.POST.get("into", "").strip()
    found = queries.find_matters(typed, limit=2) if typed else []
    if typed.isdigit() and not found:
        found = [matter for matter in [queries.get(request.actor, int(typed[:18]))] if matter]
    if len(found) != 1:
        raise Incomplete(_("请写那件事的编号，例如 0317，或标题里只有它才有的几个字。"), "into")
    return found[0]


def sieve_of(sent):
    area = next((a.pk for a in areas() if str(a.pk) == sent.get("area", "")), None)
    return queries.Sieve(
        query=sent.get("q", "").strip()[:60],
        which=sent.get("which") if sent.get("which") in WHICH else "unseen",
        channel=sent.get("channel") if sent.get("channel") in Channel.values else "",
        area=area,
        page=forms.page_of(sent),
    )


def address(sieve, **changes):
    kept = {
        "q": sieve.query,
        "which": sieve.which,
        "channel": sieve.channel,
        "area": sieve.area or "",
        "page": sieve.page,
    } | changes
    return "?" + urlencode([(name, value) for name, value in kept.items() if value != ""])


def which_words():
    return {
        "unseen": _("还没有人看"),
        "alone": _("单独一条"),
        "hidden": _("不公开的"),
        "all": _("全部"),
    }
