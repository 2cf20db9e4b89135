"""The public pages: what everybody said, and the list of matters."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.flow import Step
from biaochi.voice.matters import forms, queries
from biaochi.voice.rules import GROUP_TAGS, Group

SPAN = "4w"  # what the page of voices shows when nobody chose a span of time
TRIES = ("电梯", "停车", "路灯", "买药", "异味", "托管")


@door(methods=("GET",))
def voices(request):
    """Search what was said: matters first, then original words, and what is not shown here."""
    wanted = forms.wanted_of(request.GET, span=SPAN)
    now, few = timezone.now(), queries.smallest_cell()
    found = queries.search_page(wanted, now=now)
    seen = {
        "here": "voices",
        "wanted": wanted,
        "found": found,
        "items": [hot_item(matter, few) for matter in found.matters],
        "chips": chips(wanted, "voices", span=SPAN),
        "choices": choices(),
        "pages": pages(found.voices, wanted, "voices", span=SPAN),
        "more": reverse("matters") + forms.address_of(wanted, page=1),
        "table": reverse("voices-table") + forms.address_of(wanted, usual=SPAN, page=1),
        "tries": TRIES,
        "few": few,
    }
    if not found.matter_count and not found.said_count:
        seen["instead"] = instead(wanted, now)
        return render(request, "voice/matters/pages/voices_empty.html", seen)
    return render(request, "voice/matters/pages/voices.html", seen)


@door(methods=("GET",))
def voices_table(request):
    """What was found as a table: matters, or with ``what=words`` the words themselves."""
    wanted = forms.wanted_of(request.GET, span=SPAN)
    words = request.GET.get("what") == "words"
    lines = (queries.words_table if words else queries.matters_table)(wanted, now=timezone.now())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = "voices.csv" if words else "matters.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@door(methods=("GET",))
def matters(request):
    """The list of matters: where does what stand?"""
    wanted = forms.wanted_of(request.GET)
    now, few = timezone.now(), queries.smallest_cell()
    found = queries.listing(wanted, actor=request.actor, now=now)
    half_life = queries.half_life()
    seen = {
        "here": "matters",
        "wanted": wanted,
        "found": found,
        "rows": [row(matter, now, few, half_life) for matter in found.rows],
        "chips": chips(wanted, "matters"),
        "choices": choices(),
        "sorts": sorts(wanted),
        "pages": pages(found, wanted, "matters"),
        "chain": chain(wanted),
        "few": few,
    }
    return render(request, "voice/matters/pages/matters.html", seen)


def hot_item(matter, few):
    """A matter as ``ui.hot`` takes it. Under ``few`` people no number is told."""
    return {
        "title": matter.title,
        "href": reverse("matter", args=[matter.pk]),
        "quote": matter.quote,
        "people": None if matter.people_count < few else matter.people_count,
        "where": where(matter),
        "step": matter.step,
        "step_name": str(Step(matter.step).label),
        "state": "go",
        "tags": [(str(GROUP_TAGS[Group(name)]), "brand") for name in matter.groups[:1]],
    }


def row(matter, now, few, half_life):
    """A matter in the list, with messages, likes and heat beside the people."""
    return hot_item(matter, few) | {
        "number": matter.number,
        "few": matter.people_count < few,
        "voices": matter.voice_count,
        "likes": matter.like_count,
        "heat": queries.heat_now(matter, now, half_life).value,
        "last_at": matter.last_at,
        "care": matter.care_why if matter.needs_care else "",
    }


def where(matter):
    if len(matter.areas) > 2:
        return _("%(n)s 个街道、乡镇") % {"n": len(matter.areas)}
    return _("、").join(matter.areas) or matter.place


def choices():
    return {
        "steps": forms.steps(),
        "areas": forms.areas(),
        "groups": forms.groups(),
        "spans": forms.spans(),
    }


def chips(wanted, name, span="all"):
    """The conditions in force, each with the address without it: ``[(label, href)]``."""
    words = forms.span_words()
    chosen = [
        (wanted.query and _("“%(word)s”") % {"word": wanted.query}, {"query": ""}),
        (wanted.step and str(Step(wanted.step).label), {"step": None}),
        (wanted.area_name, {"area": None, "area_name": ""}),
        (wanted.group and str(Group(wanted.group).label), {"group": ""}),
        (wanted.span != "all" and words[wanted.span], {"span": "all"}),
    ]
    here = reverse(name)
    return [
        (label, here + forms.address_of(wanted, usual=span, page=1, **without))
        for label, without in chosen
        if label
    ]


def pages(page, wanted, name, span="all"):
    """What the pager needs: the addresses before and after, and where one is."""
    here = reverse(name)

    def at(number):
        return here + forms.address_of(wanted, usual=span, page=number)

    return {
        "number": page.number,
        "total": page.total,
        "before": at(page.number - 1) if page.number > 1 else "",
        "after": at(page.number + 1) if page.number < page.total else "",
    }


def sorts(wanted):
    labels = {"people": _("人数"), "heat": _("热度"), "new": _("最近说的")}
    here = reverse("matters")
    return [
        (label, "", here + forms.address_of(wanted, sort=sort, page=1), wanted.sort == sort)
        for sort, label in labels.items()
    ]


def chain(wanted):
    """The six steps with their counts, each a link to the matters that stand there."""
    here = reverse("matters")
    return [
        (n, str(step.label), "", here + forms.address_of(wanted, step=int(step), page=1))
        for step, n in queries.step_counts().items()
    ]


def instead(wanted, now):
    """What to try when nothing was found: ``[(label, href, how many)]``."""
    words = forms.span_words()
    labels = {
        "area": _("去掉“%(what)s”再找") % {"what": wanted.area_name},
        "group": _("去掉“%(what)s”再找")
        % {"what": Group(wanted.group).label if wanted.group else ""},
        "step": _("去掉“%(what)s”再找") % {"what": Step(wanted.step).label if wanted.step else ""},
        "span": _("去掉“%(what)s”再找") % {"what": words[wanted.span]},
    }
    here = reverse("voices")
    return [
        (
            labels.get(what) or _("只找“%(word)s”") % {"word": other.query},
            here + forms.address_of(other, usual=SPAN),
            n,
        )
        for what, other, n in queries.try_without(wanted, now=now)
    ]
