"""A unit's claim: every clause, both sides, photos and costs; it may be taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.task import actions, forms, queries, story
from biaochi.task.rules import State
from biaochi.task.showing import card, check_form, shown


@door(Role.UNIT, posts=60)
def claim(request, pk):
    """Report what was done and what was not. What was typed stays when something is missing."""
    task = queries.get(request.actor, pk)
    items = list(task.items.all())
    if request.method == "GET":
        return claim_page(request, task, items, beforehand(task))
    form = forms.ClaimForm(request.POST, request.FILES, items=items)
    try:
        check_form(form)
        actions.claim(task=task, **form.deed(), by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return claim_page(request, task, items, request.POST, error=wrong)
    messages.success(request, _("交上去了。办公室换一个人来核，核过了再问提的人。"))
    return redirect("unit-claim", pk=pk)


@door(Role.UNIT, methods=("POST",))
def take_back(request, pk):
    task = queries.get(request.actor, pk)
    actions.take_back_claim(task=task, by=request.actor, now=timezone.now())
    messages.success(request, _("撤回来了。写过的都在，改好了再交。"))
    return redirect("unit-claim", pk=pk)


@door(Role.UNIT, methods=("POST",), posts=60)
def add_exhibit(request, pk):
    """One more photo or paper, while the claim waits for the check."""
    task = queries.get(request.actor, pk)
    items = list(task.items.all())
    form = forms.ExhibitForm(request.POST, request.FILES)
    standing = queries.standing_claim(task)
    try:
        check_form(form)
        if standing is None:
            raise Incomplete(_("还没有申报，先把办了什么交上去。"), "when")
        actions.add_exhibit(
            claim=standing, **form.cleaned_data, by=request.actor, now=timezone.now()
        )
    except Incomplete as wrong:
        return claim_page(request, task, items, request.POST, error=wrong)
    messages.success(request, _("放上了。"))
    return redirect("unit-claim", pk=pk)


def claim_page(request, task, items, typed, *, error=None):
    """The form while the unit works on it, what was claimed once it is."""
    today = timezone.localdate()
    seen = {
        "here": "desk",
        "today": today,
        "card": card(task, today, quotes=3),
        "items": items,
        "typed": typed,
        "writing": task.state == State.ACCEPTED,
        "waiting": task.state == State.CLAIMED,
        "claim": queries.standing_claim(task),
        "again": story.why_again(task),
    }
    return shown(request, "claim", seen, error)


def beforehand(task):
    """What the form holds before anybody types: what the unit wrote the last time."""
    last = next(iter(queries.claims(task)), None)
    if last is None:
        return {}
    typed = {
        name: getattr(last, name)
        for name in ("good", "bad", "one_sided_why", "once_cost", "yearly_cost", "paid_by")
    }
    for line in last.lines.all():
        typed |= {f"done-{line.item_id}": line.done, f"words-{line.item_id}": line.words}
    return typed
