"""The pages of checks, of new trouble at a place, and of revisits: all of them for the office."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.profiles import number, span
from biaochi.core.refusals import Incomplete
from biaochi.outcome import actions, forms, queries
from biaochi.outcome.rules import MONTHS, CheckState, How, Match

REVISIT_TABS = ("due", "coming", "done")


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def checks(request):
    """All claims that somebody has to look at, by their day. New ones open by themselves."""
    actions.open_checks(now=timezone.now())
    today, tab = timezone.localdate(), chosen(request, queries.TABS)
    page = page_number(request)
    found, total = queries.listing(request.actor, tab, page)
    counts = queries.counts(request.actor, today)
    seen = {
        "today": today,
        "tab": tab,
        "counts": counts,
        "checks": found,
        "asked": queries.side_effects(request.actor, answered=False),
        **paged(total, page),
    }
    return shown(request, "checks", seen)


@door(Role.STAFF, Role.AUDITOR)
def check(request, pk, *, ways=None):
    """One claim beside its evidence, clause by clause, and what the office finds.

    :param ways: a function of the check that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = queries.get(request.actor, pk)
    if request.method == "GET":
        return check_page(request, found, ways=ways)
    clauses = queries.claimed(found)
    form = forms.CheckForm(request.POST, items=[item.pk for item, _said, _seen in clauses])
    try:
        check_form(form)
        done = actions.check(check=found, **form.deed(), by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return check_page(request, found, error=wrong, typed=request.POST, ways=ways)
    if done.state == CheckState.TRUE:
        messages.success(request, _("核过了，属实。现在去问提的人：解决了没有。"))
        return redirect("desk-rounds")  # which opens the round
    messages.success(request, _("退回了。单位和大家都看得到为什么。"))
    return redirect("desk-checks")


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def side_effects(request):
    """Where new people spoke at a place after a check: questions to the office."""
    seen = {
        "open": queries.side_effects(request.actor, answered=False),
        "answered": queries.side_effects(request.actor, answered=True),
        "days": span("watched_after").amount,
        "least": number("watch_least"),
    }
    return shown(request, "side_effects", seen)


@door(Role.STAFF, Role.AUDITOR)
def side_effect(request, pk):
    """One question with the voices that it counted, and the office's sentence."""
    found = queries.side_effect(request.actor, pk)
    if request.method == "GET":
        return side_effect_page(request, found)
    form = forms.AnswerForm(request.POST)
    try:
        check_form(form)
        words = form.cleaned_data.get("answer", "")
        actions.answer_side_effect(effect=found, answer=words, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return side_effect_page(request, found, error=wrong, typed=request.POST)
    messages.success(request, _("记下了。"))
    return redirect("desk-side-effects")


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def revisits(request):
    """What is looked at again: now, later, and what came of it."""
    tab, page = chosen(request, REVISIT_TABS), page_number(request)
    found, total = queries.revisits(request.actor, tab, page)
    seen = {
        "tab": tab,
        "revisits": found,
        "months": MONTHS,
        "today": timezone.localdate(),
        **paged(total, page),
    }
    return shown(request, "revisits", seen)


@door(Role.STAFF, Role.AUDITOR)
def revisit(request, pk, *, ways=None):
    """One revisit: the days before and after it, and what the office saw on the spot.

    :param ways: a function of the revisit that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = queries.revisit(request.actor, pk)
    if request.method == "GET":
        return revisit_page(request, found, ways=ways)
    form = forms.SeenForm(request.POST)
    try:
        check_form(form)
        words = form.cleaned_data.get("seen", "")
        actions.note_seen(revisit=found, seen=words, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return revisit_page(request, found, error=wrong, typed=request.POST, ways=ways)
    messages.success(request, _("记下了，大家在这件事的公开页上看得到。"))
    return redirect("desk-revisit", pk=pk)


def check_page(request, check, *, error=None, typed=None, ways=None):
    today = timezone.localdate()
    seen = {
        "check": check,
        "claim": check.claim,
        "task": check.claim.task,
        "matter": check.claim.task.matter,
        "clauses": queries.claimed(check),
        "exhibits": queries.exhibits(check),
        "nth": queries.nth_claim(check),
        "others": queries.others_waiting(request.actor, check),
        "counts": queries.counts(request.actor, today),
        "hows": How.choices,
        "matches": [
            (value, label, kind)
            for (value, label), kind in zip(Match.choices, ("go", "stop", ""), strict=True)
        ],
        "match_words": dict(Match.choices),
        "may_check": request.actor.has(Role.STAFF) and check.state == CheckState.WAITING,
        "days": span("checked").amount,
        "today": today,
        "ways": ways(check) if ways else "",
        "typed": typed or {},
        "error": error,
    }
    return shown(request, "check", seen, error)


def side_effect_page(request, effect, *, error=None, typed=None):
    seen = {
        "effect": effect,
        "rows": queries.rows_of(request.actor, effect),
        "days": span("watched_after").amount,
        "least": number("watch_least"),
        "may_answer": request.actor.has(Role.STAFF),
        "typed": typed or {},
        "error": error,
    }
    return shown(request, "side_effect", seen, error)


def revisit_page(request, revisit, *, error=None, typed=None, ways=None):
    seen = {
        "ways": ways(revisit) if ways else "",
        "revisit": revisit,
        "all": queries.revisits_of(revisit.matter),
        "today": timezone.localdate(),
        "may_write": request.actor.has(Role.STAFF),
        "typed": typed or {},
        "error": error,
    }
    return shown(request, "revisit", seen, error)


def shown(request, name, seen, error=None):
    seen |= {"here": "desk-checks", "messages": list(messages.get_messages(request))}
    if name.startswith("revisit"):
        seen["here"] = "desk-revisits"
    status = error.http_status if error else 200
    return render(request, f"outcome/pages/{name}.html", seen, status=status)


def check_form(form):
    """Raise the form's first error as the refusal that pages and programs share."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Incomplete(errors[0], field)


def chosen(request, tabs):
    tab = request.GET.get("tab", "")
    return tab if tab in tabs else tabs[0]


def paged(total, page):
    return {"total": total, "page": page, "pages": -(-total // queries.PAGE)}


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 100_000 else 1
