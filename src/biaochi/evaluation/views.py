"""The office's pages of rounds, the unit's page of what people said, and entry by telephone."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.profiles import span
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.evaluation import actions, forms, queries
from biaochi.evaluation.rules import Way
from biaochi.task import queries as tasks


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def rounds(request):
    """All rounds of asking, in drawers. What was just checked is asked about from here on."""
    actions.open_rounds(now=timezone.now())
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "asking"
    page = page_number(request)
    found, total = queries.listing(request.actor, tab, page)
    seen = {
        "tab": tab,
        "counts": queries.counts(request.actor),
        "rounds": found,
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "today": timezone.localdate(),
        "days": span("answered_by_people").amount,
    }
    return shown(request, "rounds", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def round_page(request, pk):
    """How far one round is, in numbers; whom to call is not listed here."""
    found = queries.get(request.actor, pk)
    seen = {
        "round": found,
        "progress": queries.progress(found),
        "judged": queries.judged(found),
        "claims": queries.claims_of(found),
        "may_call": request.actor.has(Role.STAFF) and found.state in ("asking", "unreached"),
        "today": timezone.localdate(),
    }
    return shown(request, "round", seen)


@door(Role.STAFF, posts=200)
def call(request, pk):
    """One person after the other: look at the number, call, write down what was said."""
    found = queries.get(request.actor, pk)
    if request.method == "GET":
        return call_page(request, found, queries.next_call(found, after(request.GET)))
    ask = queries.ask_to_call(found, after(request.POST) or 0)
    if ask is None:
        messages.error(request, _("这一位不用再打了，换下一位。"))
        return redirect("desk-round-call", pk=pk)
    deeds = {"look": look, "missed": missed, "told": told}
    return deeds.get(request.POST.get("deed"), look)(request, found, ask)


def look(request, round_, ask):
    form, now = forms.WhyForm(request.POST), timezone.now()
    form.is_valid()
    why = form.cleaned_data.get("why", "")
    try:
        number = actions.look_at_contact(ask=ask, why=why, by=request.actor, now=now)
    except Incomplete as wrong:
        return call_page(request, round_, ask, error=wrong)
    return call_page(request, round_, ask, number=number)


def missed(request, round_, ask):
    actions.note_try(ask=ask, by=request.actor, now=timezone.now())
    messages.success(request, _("记下了：没有打通。没打通不算回话。"))
    return redirect(f"{request.path}?ask={ask.pk}")


def told(request, round_, ask):
    form = forms.ToldForm(request.POST)
    try:
        check_form(form)
        deed = {"ask": ask, "way": Way.PHONE, "by": request.actor, "now": timezone.now()}
        actions.answer(**deed, **form.deed())
    except (Incomplete, NotNow) as wrong:
        return call_page(request, round_, ask, error=wrong)
    messages.success(request, _("照他说的记下了。"))
    return redirect("desk-round-call", pk=round_.pk)


@door(Role.STAFF, posts=60)
def counter(request, pk):
    """Somebody came in person with their code: write down what they say."""
    found = queries.get(request.actor, pk)
    if request.method == "GET":
        return counter_page(request, found)
    form = forms.CodeForm(request.POST)
    try:
        check_form(form)
        ask = queries.ask_by_code(found, form.cleaned_data["code"])
        if ask is None:
            raise Incomplete(_("这个查询码不是这件事的，或者这一轮没有问到他。"), "code")
        deed = {"ask": ask, "way": Way.COUNTER, "by": request.actor, "now": timezone.now()}
        actions.answer(**deed, **form.deed())
    except (Incomplete, NotNow) as wrong:
        return counter_page(request, found, error=wrong)
    messages.success(request, _("照他说的记下了。"))
    return redirect("desk-round", pk=pk)


@door(Role.UNIT, methods=("GET",))
def people(request, pk):
    """What people said of a unit's work: sums from five answers on, words without persons."""
    task = tasks.get(request.actor, pk)
    latest = queries.latest_of_task(task)
    seen = {
        "task": task,
        "judged": queries.judged(latest, words=False) if latest else None,
        "words": queries.words_for_unit(latest) if latest else [],
    }
    return shown(request, "unit_people", seen)


def call_page(request, round_, ask, *, number="", error=None):
    seen = {
        "round": round_,
        "ask": ask,
        "number": number,
        "looked": bool(number) or (ask is not None and queries.looked_at(ask, request.actor)),
        "progress": queries.progress(round_),
        "claims": queries.claims_of(round_),
        "tiles": forms.tiles(again=round_.revisit_id is not None),
        "typed": request.POST if error else {},
        "error": error,
    }
    return shown(request, "call", seen, error)


def counter_page(request, round_, *, error=None):
    seen = {
        "round": round_,
        "claims": queries.claims_of(round_),
        "tiles": forms.tiles(again=round_.revisit_id is not None),
        "typed": request.POST if error else {},
        "error": error,
    }
    return shown(request, "counter", seen, error)


def shown(request, name, seen, error=None):
    """A page with what was said by the deed before it, and the status of a refusal."""
    here = "desk" if name == "unit_people" else "desk-rounds"
    seen |= {"here": here, "messages": list(messages.get_messages(request))}
    status = error.http_status if error else 200
    return render(request, f"evaluation/pages/{name}.html", seen, status=status)


def check_form(form):
    """Raise the form's first error as the refusal that pages and programs share."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Incomplete(errors[0], field)


def after(sent):
    typed = sent.get("ask", "")
    return int(typed) if typed.isdigit() and len(typed) < 18 else None


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 100_000 else 1
