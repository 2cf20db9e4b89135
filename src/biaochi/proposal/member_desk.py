"""A member's pages: the own proposals, the draft, signing, reading replies."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.profiles import number as number_of
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.proposal import actions, earlier, forms, queries
from biaochi.proposal.rules import ANSWERED, Rater, State
from biaochi.proposal.views import open_matters, rating_parts, shown


@door(Role.MEMBER)
def mine(request):
    """The own proposals, those to sign, and a line to begin a new one."""
    error = None
    if request.method == "POST":
        try:
            title = request.POST.get("title", "")
            begun = actions.begin(title=title, by=request.actor, now=timezone.now())
            return redirect("member-proposal", pk=begun.pk)
        except Incomplete as wrong:
            error = wrong
    rows = queries.of_member(request.actor)
    seen = {
        "here": "member-proposals",
        "drafts": [one for one in rows if one.state == State.DRAFT],
        "on_the_way": [
            card(one) for one in rows if one.state not in (State.DRAFT, State.WITHDRAWN)
        ],
        "withdrawn": [one for one in rows if one.state == State.WITHDRAWN],
        "to_sign": queries.asked_to_sign(request.actor),
        "signed": [card(one) for one in queries.signed_by(request.actor)],
        "typed": request.POST.get("title", ""),
    }
    return shown(request, "mine", seen, error)


@door(Role.MEMBER, methods=("GET",))
def replies(request):
    """The replies to what this member leads or signed."""
    today = timezone.localdate()
    rows = []
    for one in queries.answered_of(request.actor):
        lead, _co = queries.units_of(one)
        rows.append(card(one) | {"lead": lead, "ratings": queries.ratings_of(one, today)})
    return shown(request, "replies", {"here": "member-replies", "rows": rows, "Rater": Rater})


@door(Role.MEMBER, methods=("GET",))
def one(request, pk, *, ways=None):
    """An own draft to write; anything else to read, sign or answer."""
    proposal = queries.get(request.actor, pk)
    if proposal.state == State.DRAFT and proposal.lead_id == request.actor.account:
        return draft_page(request, proposal)
    return reading_page(request, proposal, ways=ways)


@door(Role.MEMBER, methods=("POST",))
def write(request, pk):
    """Save the draft, then do what the button says: add or drop a row, search, ask, submit."""
    proposal = queries.get(request.actor, pk)
    typed, deed = forms.Draft(request.POST), request.POST.get("do", "save")
    if deed.startswith("drop-"):
        typed.without(forms.whole(deed.removeprefix("drop-")))
    now = timezone.now()
    try:
        matters, studies = queries.links_of(typed.matters, typed.studies)
        proposal = actions.write(
            proposal=proposal,
            **typed.deed(),
            matters=matters,
            studies=studies,
            by=request.actor,
            now=now,
        )
        if deed == "submit":
            actions.submit(proposal=proposal, by=request.actor, now=now)
            messages.success(request, _("交上去了。两个人会先后审，结果在这里看。"))
            return redirect("member-proposal", pk=pk)
    except Incomplete as wrong:
        return draft_page(request, proposal, typed=typed, error=wrong)
    here = reverse("member-proposal", args=[pk])
    if deed == "add":
        return redirect(f"{here}?more=1#clause-{proposal.clauses.count() + 1}-doer")
    if deed == "find":
        words = request.POST.get("find", "").strip()[:60]
        return redirect(f"{reverse('member-proposal', args=[pk], query={'find': words})}#links")
    messages.success(request, _("存好了，第 %(n)s 版。") % {"n": proposal.version})
    return redirect(here)


@door(Role.MEMBER, methods=("POST",))
def ask(request, pk):
    proposal = queries.get(request.actor, pk)
    try:
        actions.ask_to_sign(
            proposal=proposal,
            member=forms.whole(request.POST.get("member")),
            by=request.actor,
            now=timezone.now(),
        )
    except (Incomplete, NotNow) as wrong:
        return draft_page(request, proposal, error=wrong)
    messages.success(request, _("请了。他看过全文才能签，也可以不签。"))
    return redirect("member-proposal", pk=pk)


@door(Role.MEMBER, methods=("POST",))
def cite(request, pk):
    """Quote a passage of the library, or take one out again."""
    proposal, now = queries.get(request.actor, pk), timezone.now()
    gone = forms.whole(request.POST.get("drop"))
    try:
        if gone:
            actions.drop_citation(proposal=proposal, citation=gone, by=request.actor, now=now)
        else:
            words = request.POST.get("words", "")
            actions.cite(proposal=proposal, words=words, by=request.actor, now=now)
    except (Incomplete, NotNow) as wrong:
        return draft_page(request, proposal, error=wrong)
    return redirect(f"{reverse('member-proposal', args=[pk])}#cites")


@door(Role.MEMBER, methods=("POST",))
def sign(request, pk):
    proposal = queries.get(request.actor, pk)
    try:
        actions.sign(
            proposal=proposal,
            signing=request.POST.get("signing", ""),
            version=forms.whole(request.POST.get("version")),
            why=request.POST.get("why", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except (Incomplete, NotNow) as wrong:
        return reading_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("记下了。"))
    return redirect("member-proposals")


@door(Role.MEMBER, methods=("POST",))
def take_back(request, pk):
    proposal = queries.get(request.actor, pk)
    actions.take_back(proposal=proposal, by=request.actor, now=timezone.now())
    messages.success(request, _("撤回了。文字都在，可以照着再写一件。"))
    return redirect("member-proposal", pk=pk)


@door(Role.MEMBER, methods=("POST",))
def anew(request, pk):
    """Begin another one with the words of this."""
    old = queries.get(request.actor, pk)
    begun = actions.begin(title=old.title, like=old, by=request.actor, now=timezone.now())
    messages.success(request, _("照着开了一件新的，改好再交。"))
    return redirect("member-proposal", pk=begun.pk)


@door(Role.MEMBER, methods=("POST",))
def classes(request, pk):
    """Take or do not take the class of each answer."""
    proposal = queries.get(request.actor, pk)
    positions = [clause.position for clause in proposal.clauses.all()]
    try:
        actions.judge_classes(
            proposal=proposal,
            takes=forms.takes_of(request.POST, positions),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return reading_page(request, proposal, error=wrong)
    messages.success(request, _("记下了，公开页上写着您认不认。"))
    return redirect("member-proposal", pk=pk)


@door(Role.MEMBER, methods=("POST",))
def rate(request, pk):
    proposal = queries.get(request.actor, pk)
    answers, words = forms.rating_of(request.POST, Rater.MEMBER)
    try:
        actions.rate(
            proposal=proposal, answers=answers, words=words, by=request.actor, now=timezone.now()
        )
    except Incomplete as wrong:
        return reading_page(request, proposal, error=wrong, typed=request.POST)
    messages.success(request, _("写好了。单位那边也写了，或者日子到了，两边一起打开。"))
    return redirect("member-proposal", pk=pk)


@door(Role.MEMBER, methods=("GET",))
def version(request, pk, number):
    """What one version changed, side by side."""
    proposal = queries.get(request.actor, pk)
    changes = queries.compare(proposal, number)
    if changes is None:
        raise Http404
    kept = proposal.versions.get(number=number)
    seen = {
        "here": "member-proposals",
        "proposal": proposal,
        "kept": kept,
        "changes": changes,
        "newest": proposal.version,
    }
    return shown(request, "version", seen)


def draft_page(request, proposal, *, typed=None, error=None):
    """The draft: as it was typed if something is wrong with it, as it is kept otherwise."""
    kept = queries.draft_of(proposal)
    text = typed.texts if typed else kept
    clauses = typed.clauses if typed else kept["clauses"]
    if not clauses or "more" in request.GET:
        clauses = [*clauses, dict.fromkeys(forms.CLAUSE, "")]
    matters, studies = queries.links_of(
        typed.matters if typed else kept["matters"], typed.studies if typed else kept["studies"]
    )
    find = request.GET.get("find", "").strip()[:60]
    found = queries.found_links(find)
    cosigners = list(proposal.cosigners.select_related("member__sector"))
    asked, words = earlier.question_of({**text, "clauses": clauses})
    seen = {
        "here": "member-proposals",
        "proposal": proposal,
        "text": text,
        "clauses": clauses,
        "matters": matters,
        "studies": studies,
        "find": find,
        "found_any": bool(found[0] or found[1]),
        "found_matters": [one for one in found[0] if one not in matters],
        "found_studies": [one for one in found[1] if one not in studies],
        "cosigners": cosigners,
        "citations": queries.citations(proposal),
        "quoted": request.POST.get("words", ""),
        "to_ask": queries.members_to_ask(proposal),
        "versions": version_lines(proposal),
        "checks": queries.readiness(proposal),
        "similar": similar_lines(proposal),
        "earlier": earlier.found(
            title=asked,
            text=words,
            actor=request.actor,
            page="member-proposal",
            proposal=proposal,
            matters=matters,
        ),
        "length": queries.words_of(proposal),
        "length_most": number_of("proposal_words", "proposal"),
        "take_back_words": queries.take_back_words(),
    }
    return shown(request, "draft", seen, error)


def reading_page(request, proposal, *, error=None, typed=None, ways=None):
    """A proposal as a member reads it: the text, the way it went, the reply and what to say."""
    today = timezone.localdate()
    lead, co = queries.units_of(proposal)
    leads = proposal.lead_id == request.actor.account
    mine = queries.signature_of(request.actor, proposal)
    near = leads or mine is not None
    key = queries.key_days(proposal)
    back = key["take_back_until"]
    words = queries.covered(proposal, everything=near or proposal.state in ANSWERED)
    seen = {
        "here": "member-proposals",
        "proposal": proposal,
        "words": words,
        "read": queries.read_reply(proposal, words) if leads else None,
        "plain": proposal if near else None,
        "letters": queries.letters_of(proposal),
        "lead": lead,
        "co": co,
        "leads": leads,
        "mine": mine,
        "cosigners": list(proposal.cosigners.select_related("member")) if near else [],
        "matters": open_matters(proposal),
        "studies": list(proposal.studies.all()),
        "contacts": list(proposal.contacts.select_related("unit")),
        "versions": version_lines(proposal) if near else [],
        "key": key,
        "may_take_back": leads and back is not None and timezone.now() <= back,
        "may_sign": mine is not None and proposal.state == State.DRAFT,
        "ways": ways(proposal) if ways else "",
        "may_judge": leads and proposal.state in ANSWERED,
        "clock": queries.clock_of(proposal, today) if proposal.handed_at else None,
        "typed": typed or {},
        "State": State,
        **rating_parts(proposal, today),
    }
    return shown(request, "read", seen, error)


def card(proposal):
    return {
        "proposal": proposal,
        "letters": queries.letters_of(proposal),
        "key": queries.key_days(proposal),
    }


def version_lines(proposal):
    """The versions, newest first, each with what it changed."""
    return [(row, queries.changed_words(row)) for row in proposal.versions.all()]


def similar_lines(proposal):
    return [card(one) for one in queries.similar(proposal)]
