"""What a proposal writes into the timelines of its matters: facts only, for everybody to read."""

from biaochi.flow import Step
from biaochi.voice.analysis import cover
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import EventKind, MatterState


def tell(proposal, what, by, now, **facts):
    """Tell every open matter of a proposal what happened to it. A step never goes back.

    A reason that an official wrote is covered like any other words for everybody.
    """
    if "why" in facts:
        facts["why"] = cover(facts["why"]).text
    params = {"what": what, "proposal": proposal.pk, **facts}
    for matter in proposal.matters.filter(state=MatterState.OPEN).order_by("pk"):
        matters.reach(
            matter=matter,
            step=Step.PROPOSED,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params=params,
        )


def tell_not_filed(proposal, by, now):
    """A refused proposal carries nothing further: the matter stays at its step, and says so."""
    params = {
        "what": "proposal not filed",
        "proposal": proposal.pk,
        "case": proposal.refusal,
        "passed_to": proposal.passed_to,
    }
    for matter in proposal.matters.filter(state=MatterState.OPEN).order_by("pk"):
        matters.reach(
            matter=matter,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params=params,
        )
