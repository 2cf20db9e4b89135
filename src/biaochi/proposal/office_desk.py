"""The office's pages: the drawers, the review, handing over, asking again, publishing."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.proposal import actions, forms, queries
from biaochi.proposal.member_desk import similar_lines, version_lines
from biaochi.proposal.rules import (
    ANSWERED,
    Decision,
    Look,
    PassedTo,
    Passing,
    Refusal,
    Signing,
    State,
)
from biaochi.proposal.views import chosen_tab, open_matters, rating_parts, row_of, shown


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def proposals(request):
    """All that was submitted, in drawers by what is to be done next."""
    tab = chosen_tab(request, queries.TABS, "review")
    query = request.GET.get("q", "").strip()[:60]
    page = queries.office_page(request.actor, tab, query, request.GET.get("page"))
    seen = {
        "here": "desk-proposals",
        "tab": tab,
        "query": query,
        "counts": queries.office_counts(request.actor),
        "page": page,
        "rows": [row_of(one) for one in page.object_list],
        "today": timezone.localdate(),
        "days": queries.working_days_left,
    }
    return shown(request, "office_list", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def one(request, pk, *, ways=None):
    return office_page(request, queries.get(request.actor, pk), ways=ways)


@door(Role.STAFF, methods=("POST",))
def review(request, pk):
    """One person's review. What was typed stays when something is missing."""
    proposal = queries.get(request.actor, pk)
    form = forms.ReviewForm(request.POST)
    try:
        done = actions.review(
            proposal=proposal, **form.deed(), by=request.actor, now=timezone.now()
        )
    except Incomplete as wrong:
        return office_page(request, proposal, error=wrong, form=form)
    said = {
        State.FILED: _("立案了，编号%(number)s。接下来交办。"),
        State.NOT_FILED: _("没有立案，已经告诉提案人，也写明了转到哪里。"),
        State.DRAFT: _("请提案人补一处，补好再交。"),
    }
    words = said.get(done.state, _("您的意见记下了，还要换一个人审。"))
    messages.success(request, words % {"number": done.number or ""})
    return redirect("desk-proposal", pk=pk)


@door(Role.STAFF, methods=("POST",))
def hand_over(request, pk):
    """Hand it to its units; for a returned one other units may be chosen."""
    proposal = queries.get(request.actor, pk)
    units = forms.Units(request.POST)
    try:
        actions.hand_over(
            proposal=proposal,
            lead=units.lead or None,
            co=units.co,
            by=request.actor,
            now=timezone.now(),
        )
    except (Incomplete, NotNow) as wrong:
        return office_page(request, proposal, error=wrong, units=units)
    messages.success(request, _("交给单位了，几个日子都从今天算起。"))
    return redirect("desk-proposal", pk=pk)


@door(Role.STAFF, methods=("POST",))
def ask_again(request, pk):
    proposal = queries.get(request.actor, pk)
    try:
        actions.ask_again(
            proposal=proposal,
            why=request.POST.get("again_why", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return office_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("请单位重新答复了。原来的答复留着，答应过的还算数。"))
    return redirect("desk-proposal", pk=pk)


@door(Role.STAFF, methods=("POST",))
def publish(request, pk):
    proposal = queries.get(request.actor, pk)
    actions.publish(proposal=proposal, by=request.actor, now=timezone.now())
    messages.success(request, _("公开了。电话、姓名这些已经盖住。"))
    return redirect("desk-proposal", pk=pk)


def office_page(request, proposal, *, error=None, form=None, units=None, typed=None, ways=None):
    """One proposal for the office: the text, the review, the units, the reply."""
    today = timezone.localdate()
    lead, co = queries.units_of(proposal)
    state = proposal.state
    may_write = request.actor.has(Role.STAFF)
    reviews = queries.reviewed(proposal, request.actor)
    choices = forms.unit_choices()
    words = queries.covered(proposal, everything=True)
    seen = {
        "here": "desk-proposals",
        "proposal": proposal,
        "words": words,
        "read": queries.read_reply(proposal, words),
        "letters": queries.letters_of(proposal),
        "length": queries.words_of(proposal),
        "lead": lead,
        "co": co,
        "cosigners": list(proposal.cosigners.select_related("member__sector")),
        "matters": open_matters(proposal),
        "studies": list(proposal.studies.all()),
        "contacts": list(proposal.contacts.select_related("unit")),
        "versions": version_lines(proposal),
        "similar": similar_lines(proposal),
        "checks": queries.readiness(proposal),
        "reviews": reviews,
        "form": form or beforehand(proposal, choices),
        "units": units or Standing(lead, co),
        "unit_choices": choices,
        "unit_names": dict(choices),
        "categories": [(name, name) for name in queries.classes_of("category")],
        "looks": Look.choices,
        "passings": Passing.choices,
        "decisions": dict(Decision.choices),
        "refusals": Refusal.choices,
        "passed_to": PassedTo.choices,
        "may_review": may_write and state == State.SUBMITTED and not reviews["mine"],
        "may_write": may_write,
        "may_hand": may_write and state in (State.FILED, State.RETURNED),
        "may_publish": may_write and state == State.REPLIED,
        "answered": state in ANSWERED,
        "clock": queries.clock_of(proposal, today) if proposal.handed_at else None,
        "key": queries.key_days(proposal),
        "ways": ways(proposal) if ways else "",
        "replies": list(proposal.replies.select_related("unit")),
        "typed": typed or {},
        "Signing": Signing,
        "State": State,
        **rating_parts(proposal, today),
    }
    return shown(request, "office", seen, error)


class Standing:
    """The units that handle it now, as the form of choosing them wants it."""

    def __init__(self, lead, co):
        self.lead = lead.unit_id if lead else 0
        self.co = [one.unit_id for one in co]


def beforehand(proposal, choices):
    """An empty review; the units are those which the proposal itself names."""
    form = forms.ReviewForm(EMPTY)
    keys = {name: key for key, name in choices}
    named = [keys[one.doer] for one in proposal.clauses.all() if one.doer in keys]
    if named:
        form.units.lead = named[0]
        form.units.co = [key for key in dict.fromkeys(named) if key != named[0]]
    return form


class _Empty(dict):
    def getlist(self, name):
        return []


EMPTY = _Empty()
