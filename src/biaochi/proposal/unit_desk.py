"""A unit's pages: what was handed to it, its opinion, its talks, its reply clause by clause."""

from collections import Counter

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.proposal import actions, forms, queries, vague
from biaochi.proposal.rules import Part, Rater, ReplyClass, State, overall
from biaochi.proposal.views import chosen_tab, open_matters, rating_parts, shown


@door(Role.UNIT, methods=("GET",))
def proposals(request):
    """The proposals of a unit, the nearest day first."""
    today = timezone.localdate()
    tab = chosen_tab(request, queries.UNIT_TABS, "doing")
    page = queries.unit_page(request.actor, tab, request.GET.get("page"))
    rows = [
        {
            "proposal": one,
            "part": queries.part_of(request.actor, one),
            "clock": queries.clock_of(one, today),
            "letters": queries.letters_of(one),
            "key": queries.key_days(one),
        }
        for one in page.object_list
    ]
    counts = queries.unit_counts(request.actor)
    seen = {
        "here": "unit-proposals",
        "tab": tab,
        "counts": counts,
        "page": page,
        "rows": rows,
        "Part": Part,
        "rail_counts": {"unit-proposals": counts["doing"]},
    }
    return shown(request, "unit_list", seen)


@door(Role.UNIT, methods=("GET",))
def one(request, pk, *, ways=None):
    return unit_page(request, queries.get(request.actor, pk), ways=ways)


@door(Role.UNIT)
def reply(request, pk):
    """Write the reply, keep it for later, or send it."""
    proposal = queries.get(request.actor, pk)
    if queries.part_of(request.actor, proposal).part != Part.LEAD:
        raise NotYours(_("只有主办单位能做这一步。"))
    if request.method == "GET":
        if proposal.state != State.HANDED:
            return redirect("unit-proposal", pk=pk)
        return reply_page(request, proposal)
    positions = [clause.position for clause in proposal.clauses.all()]
    form = forms.ReplyForm(request.POST, positions)
    deed = actions.reply if request.POST.get("do") == "send" else actions.keep_reply
    try:
        deed(
            proposal=proposal,
            answers=form.answers(),
            number=form.number,
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return reply_page(request, proposal, form=form, error=wrong)
    if deed is actions.keep_reply:
        messages.success(request, _("存好了，只有您单位看得到。"))
        return redirect("unit-reply", pk=pk)
    messages.success(request, _("答复送出去了。列入计划的，到日子会自己回来问。"))
    return redirect("unit-proposal", pk=pk)


@door(Role.UNIT, methods=("POST",))
def give_back(request, pk):
    proposal = queries.get(request.actor, pk)
    try:
        actions.give_back(
            proposal=proposal,
            words=request.POST.get("words", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return unit_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("退回了。办公室会看您写的理由，再定转给谁。"))
    return redirect("unit-proposals")


@door(Role.UNIT, methods=("POST",))
def opinion(request, pk):
    proposal = queries.get(request.actor, pk)
    try:
        actions.give_opinion(
            proposal=proposal,
            opinion=request.POST.get("opinion", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return unit_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("意见给主办单位了。"))
    return redirect("unit-proposal", pk=pk)


@door(Role.UNIT, methods=("POST",))
def contact(request, pk):
    proposal = queries.get(request.actor, pk)
    form = forms.ContactForm(request.POST)
    try:
        if not form.is_valid():
            field, errors = next(iter(form.errors.items()))
            raise Incomplete(errors[0], field)
        told = form.cleaned_data
        actions.note_contact(
            proposal=proposal,
            on=told["on"],
            how=told["how"],
            words=told["talked"],
            by=request.actor,
            now=timezone.now(),
        )
    except (Incomplete, NotNow) as wrong:
        return unit_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("记下了。"))
    return redirect("unit-proposal", pk=pk)


@door(Role.UNIT, methods=("POST",))
def rate(request, pk):
    proposal = queries.get(request.actor, pk)
    answers, words = forms.rating_of(request.POST, Rater.UNIT)
    try:
        actions.rate(
            proposal=proposal, answers=answers, words=words, by=request.actor, now=timezone.now()
        )
    except Incomplete as wrong:
        return unit_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("写好了。提案人那边也写了，或者日子到了，两边一起打开。"))
    return redirect("unit-proposal", pk=pk)


def unit_page(request, proposal, *, error=None, typed=None, ways=None):
    """A proposal as a unit reads it: covered words, its days, and what it can do."""
    today = timezone.localdate()
    mine = queries.part_of(request.actor, proposal)
    lead, co = queries.units_of(proposal)
    seen = {
        **common(request, proposal, today),
        "mine": mine,
        "leads": mine.part == Part.LEAD,
        "lead": lead,
        "co": co,
        "ways": ways(proposal) if ways else "",
        "typed": typed or {},
        "modes": [(mode, mode) for mode in queries.classes_of("contact_mode")],
        "may_return": mine.part == Part.LEAD
        and proposal.state == State.HANDED
        and not proposal.again_why
        and today <= proposal.return_by,
        **rating_parts(proposal, today),
    }
    return shown(request, "unit", seen, error)


def reply_page(request, proposal, *, form=None, error=None):
    """The reply being written, with its letter below and what is hollow in it beside."""
    today = timezone.localdate()
    lead, co = queries.units_of(proposal)
    clauses = list(proposal.clauses.all())
    kept = proposal.reply_draft.get("answers", {})
    before = {
        clause.position: earlier(clause) | kept.get(str(clause.position), {}) for clause in clauses
    }
    typed = form.typed if form else before
    lines = [(clause, typed[clause.position]) for clause in clauses]
    letters = [given.get("letter") for given in typed.values()]
    whole = all(letter in ReplyClass.values for letter in letters)
    hollow = [
        (position, phrase)
        for position, given in typed.items()
        for phrase in vague.phrases_in(given.get("answer", ""))
    ]
    seen = {
        **common(request, proposal, today),
        "lead": lead,
        "co": co,
        "lines": lines,
        "read": queries.read_typed(lines),
        "promised": {clause.position: promised(typed[clause.position]) for clause in clauses},
        "number": form.number if form else proposal.reply_draft.get("number", ""),
        "counted": Counter(letters),
        "overall": ReplyClass(overall(letters)) if whole else None,
        "hollow": hollow,
        "classes": ReplyClass.choices,
        "labels": dict(ReplyClass.choices),
    }
    return shown(request, "reply", seen, error)


def common(request, proposal, today):
    counts = queries.unit_counts(request.actor)
    return {
        "here": "unit-proposals",
        "proposal": proposal,
        "today": today,
        "words": queries.covered(proposal, everything=True),
        "letters": queries.letters_of(proposal),
        "matters": open_matters(proposal),
        "contacts": list(proposal.contacts.select_related("unit")),
        "clock": queries.clock_of(proposal, today),
        "key": queries.key_days(proposal),
        "State": State,
        "rail_counts": {"unit-proposals": counts["doing"]},
    }


def promised(given):
    """The day that a class-B answer promises, or None while it cannot be read."""
    try:
        return forms.day_of(given["promised_on"], "")
    except Incomplete:
        return None


def earlier(clause):
    """What was answered before, when a reply is asked for again; empty the first time."""
    given = {name: getattr(clause, name) or "" for name in forms.ANSWER}
    if clause.promised_on:
        given["promised_on"] = clause.promised_on.isoformat()
    return given
