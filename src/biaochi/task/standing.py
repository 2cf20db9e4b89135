"""How far a matter has come, read from the tables: what it falls back to when no unit has it."""

from django.db.models import Exists, OuterRef

from biaochi.deliberation.models import Session
from biaochi.deliberation.rules import State as SessionState
from biaochi.flow import Step
from biaochi.proposal.models import Proposal
from biaochi.proposal.rules import State as ProposalState
from biaochi.study.models import Study
from biaochi.study.rules import State as StudyState
from biaochi.task.models import Task
from biaochi.task.rules import AT_THE_PEOPLE, AT_WORK
from biaochi.topic.models import Topic
from biaochi.topic.rules import State as TopicState
from biaochi.voice.models import Matter

PUT_FORWARD = (
    ProposalState.FILED,
    ProposalState.HANDED,
    ProposalState.RETURNED,
    ProposalState.REPLIED,
    ProposalState.PUBLISHED,
)


def step_of(matter):
    """The mark of the ruler at which a matter stands now: two queries at most."""
    states = set(Task.objects.filter(matter=matter).values_list("state", flat=True))
    if states & set(AT_WORK):
        return Step.HANDED
    if states & set(AT_THE_PEOPLE):
        return Step.JUDGED
    return reached_before(matter)


def reached_before(matter):
    """How far topics, studies, proposals and sessions have brought a matter: one query."""
    of_it = {"matters": OuterRef("pk")}
    topics = Topic.objects.filter(**of_it)
    studies = Study.objects.filter(topic__matters=OuterRef("pk"))
    held = Session.objects.filter(**of_it).exclude(
        state__in=(SessionState.PREPARING, SessionState.CALLED_OFF)
    )
    found = (
        Matter.objects.filter(pk=matter.pk)
        .annotate(
            chosen=Exists(topics.filter(state=TopicState.CHOSEN)),
            studied=Exists(studies.exclude(state__in=(StudyState.PLANNING, StudyState.DROPPED))),
            proposed=Exists(Proposal.objects.filter(state__in=PUT_FORWARD, **of_it)),
            discussed=Exists(held),
        )
        .values_list("chosen", "studied", "proposed", "discussed")
        .get()
    )
    chosen, studied, proposed, discussed = found
    if proposed or discussed:
        return Step.PROPOSED
    if studied:
        return Step.STUDIED
    return Step.CHOSEN if chosen else Step.SAID
