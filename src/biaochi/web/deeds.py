"""The record of deeds for auditors: read it, narrow it, check that nobody changed it."""

import datetime as dt
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.trace import deeds

FIELDS = ("verb", "kind", "who", "first", "last")


@door(Role.AUDITOR, Role.OPERATOR, methods=("GET",))
def record(request):
    sieve = sieve_of(request.GET)
    page = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    lines, more = deeds.page(request.actor, sieve, min(page, 100_000))
    count, head = deeds.length(request.actor)
    kept = {name: request.GET[name] for name in FIELDS if request.GET.get(name)}
    everything = ("", _("全部"))
    seen = {
        "here": "desk-record",
        "lines": lines,
        "more": more,
        "page": page,
        "sieve": sieve,
        "count": count,
        "head": head,
        "verbs": [everything, *deeds.verbs()],
        "kinds": [everything, *deeds.kinds()],
        "base": f"{reverse('desk-record')}?{urlencode(kept | {'page': ''})}",
        "messages": list(messages.get_messages(request)),
    }
    return render(request, "web/pages/record.html", seen)


@door(Role.AUDITOR, Role.OPERATOR, methods=("POST",), posts=10, seconds=600)
def check_record(request):
    """Walk the whole chain. It takes about a minute for a million lines."""
    broken = deeds.check_chain(request.actor)
    count, head = deeds.length(request.actor)
    if broken is None:
        told = _("从头到尾核对了 %(n)s 行，一行没少，一字没改。末尾的指纹是 %(hash)s。")
        messages.success(request, told % {"n": f"{count:,}", "hash": head[:16]})
    else:
        told = _("核对到第 %(n)s 行对不上：它或它前面的一行被改过、删过或插过。请马上报告。")
        messages.error(request, told % {"n": broken})
    return redirect("desk-record")


def sieve_of(typed):
    return deeds.Sieve(
        verb=typed.get("verb", ""),
        kind=typed.get("kind", ""),
        who=typed.get("who", "").strip(),
        first=day(typed.get("first")),
        last=day(typed.get("last")),
    )


def day(typed):
    """A day of a date field, or None if it is none."""
    try:
        return dt.date.fromisoformat(typed or "")
    except ValueError:
        return None
