"""The public pages of proposals, and what the pages of all desks share."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from biaochi.core.doors import door
from biaochi.proposal import queries, vague
from biaochi.proposal.rules import LAST_WORDS, OPEN_REFUSALS, QUESTIONS, How, Rater


@door(methods=("GET",))
def proposals(request):
    """What was filed, what was answered, and what was not filed and why."""
    tab = chosen_tab(request, queries.PUBLIC_TABS, "doing")
    query = request.GET.get("q", "").strip()[:60]
    page = queries.public_page(tab, query, request.GET.get("page"))
    rows = list(page.object_list)
    seen = {
        "here": "matters",
        "tab": tab,
        "query": query,
        "counts": queries.public_counts(),
        "page": page,
        "rows": [row_of(one) for one in rows],
        "open_refusals": OPEN_REFUSALS,
    }
    return shown(request, "proposals", seen)


@door(methods=("GET",))
def proposal(request, pk, *, ways=None):
    """One proposal with the reply to each of its recommendations.

    :param ways: a function of the proposal that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = queries.public(pk)
    if found is None:
        raise Http404
    today = timezone.localdate()
    lead, co = queries.units_of(found)
    seen = {
        "here": "matters",
        "proposal": found,
        "words": queries.covered(found),
        "letters": queries.letters_of(found),
        "lead": lead,
        "co": co,
        "matters": open_matters(found),
        "studies": list(found.studies.all()),
        "citations": queries.citations(found),
        "contacts": list(found.contacts.all()),
        "return_words": queries.seen(found.return_words),
        "again_why": queries.seen(found.again_why),
        "key": queries.key_days(found),
        "clock": queries.clock_of(found, today) if found.handed_at else None,
        "ways": ways(found) if ways else "",
        **rating_parts(found, today),
    }
    return shown(request, "proposal", seen)


@door(methods=("GET",))
def vague_words(request):
    """The published list of phrases that promise nothing, and how replies are read."""
    how = {"kinds": list(queries.KINDS.values()), "reasons": list(queries.REASONS.values())}
    return shown(request, "vague_words", vague.published() | how)


def row_of(proposal):
    """A line of a public list: facts, and the covered sentence of a refusal."""
    lead, co = queries.units_of(proposal)
    return {
        "proposal": proposal,
        "lead": lead,
        "co": co,
        "letters": queries.letters_of(proposal),
        "key": queries.key_days(proposal),
        "why": queries.seen(proposal.decided_why),
        "where": queries.seen(proposal.passed_where),
    }


def open_matters(proposal):
    """The matters of a proposal, each where it lives now."""
    found = [one.merged_into or one for one in proposal.matters.select_related("merged_into")]
    return [one for one in dict.fromkeys(found) if one.state != "dissolved"]


def rating_parts(proposal, today):
    """What pages show of the ratings: questions, answers if they are open, who has written.

    Covered, for everybody reads them.
    """
    found = queries.ratings_of(proposal, today)
    found["sides"] = {
        side: {
            "answers": {key: (how, queries.seen(say)) for key, (how, say) in row.answers.items()},
            "words": queries.seen(row.words),
        }
        for side, row in found["sides"].items()
    }
    return {
        "ratings": found,
        "questions": {side: list(asked.items()) for side, asked in QUESTIONS.items()},
        "last_words": LAST_WORDS,
        "hows": How.choices,
        "Rater": Rater,
    }


def chosen_tab(request, tabs, usual):
    tab = request.GET.get("tab", "")
    return tab if tab in tabs else usual


def shown(request, name, seen, error=None):
    """A page with what the deed before it said, and the status of a refusal."""
    seen = {"messages": list(messages.get_messages(request)), "error": error} | seen
    status = error.http_status if error else 200
    return render(request, f"proposal/pages/{name}.html", seen, status=status)
