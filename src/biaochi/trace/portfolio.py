"""What a member had a hand in, and what became of it: results, never how many pieces."""

from dataclasses import dataclass

from django.db.models import Q

from biaochi.proposal.models import Proposal
from biaochi.proposal.rules import ReplyClass, Signing
from biaochi.proposal.rules import State as ProposalState
from biaochi.study.models import Study
from biaochi.topic.models import Topic

SHOWN = 12
GONE = (ProposalState.WITHDRAWN,)


@dataclass(frozen=True)
class Carried:
    """One thing a member raised, led or signed. ``letters`` are the classes of the reply."""

    kind: str  # topic, study or proposal
    title: str
    href_name: str
    pk: int
    state: str
    label: str
    at: object
    letters: tuple = ()


def carried(actor):
    """The newest of what this member raised, led or signed; read by nobody else."""
    found = [*_proposals(actor), *_studies(actor), *_topics(actor)]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def _proposals(actor):
    signed = Q(cosigners__member=actor.account, cosigners__signing=Signing.SIGNED)
    rows = Proposal.objects.filter(Q(lead=actor.account) | signed).exclude(state__in=GONE)
    rows = rows.distinct().prefetch_related("clauses").order_by("-begun_at")[:SHOWN]
    for one in rows:
        given = [clause.letter for clause in one.clauses.all() if clause.letter]
        letters = tuple((letter.value, given.count(letter)) for letter in ReplyClass)
        yield Carried(
            "proposal",
            one.title,
            "member-proposal",
            one.pk,
            one.state,
            one.get_state_display(),
            one.replied_at or one.submitted_at or one.begun_at,
            letters if given else (),
        )


def _studies(actor):
    for one in Study.objects.filter(led_by=actor.account).order_by("-opened_at")[:SHOWN]:
        label = one.get_state_display()
        at = one.reported_at or one.opened_at
        yield Carried("study", one.title, "desk-study", one.pk, one.state, label, at)


def _topics(actor):
    for one in Topic.objects.filter(raised_by=actor.account).order_by("-raised_at")[:SHOWN]:
        label = one.get_state_display()
        name = "topic" if one.decided_at else "member-topics"
        at = one.decided_at or one.raised_at
        yield Carried("topic", one.title, name, one.pk, one.state, label, at)
