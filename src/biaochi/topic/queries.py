"""The readers of topics. What a person decided is shown to others only once it is settled."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from biaochi.core.actors import Role
from biaochi.core.profiles import number
from biaochi.topic.figures import counted, people_words, told
from biaochi.topic.models import Measure, Opinion, Topic
from biaochi.topic.rules import Criterion, Grade, State, round_of

PAGE = 10
DECIDED = (State.CHOSEN, State.ASIDE)
READERS = (Role.STAFF, Role.OPERATOR, Role.AUDITOR)
MARKS = {Grade.YES: "yes", Grade.PARTLY: "part", Grade.NO: "no", Grade.NONE: "no"}
LAMPS = {Grade.YES: "go", Grade.PARTLY: "slow", Grade.NO: "stop", Grade.NONE: "none"}


@dataclass(frozen=True)
class Criteria:
    """One of the four questions as a page shows it."""

    key: str
    name: str
    grade: str
    mark: str
    lamp: str
    sentence: str
    figures: str


@dataclass(frozen=True)
class Card:
    """One topic as a page shows it: its matters, four criteria, and what was decided."""

    topic: Topic
    matters: tuple
    people: str
    criteria: tuple
    care: bool

    @property
    def areas(self):
        return tuple(dict.fromkeys(area for matter in self.matters for area in matter.areas))


@dataclass(frozen=True)
class OnMatter:
    """What the public page of a matter shows of topics: the latest decision about it."""

    topic: Topic
    criteria: tuple
    chosen: bool


@dataclass(frozen=True)
class Signing:
    """Who has decided on a candidate. What they decided shows only when it is settled."""

    given: tuple  # (name, opinion or None while it is blind, is it mine)
    mine: Opinion | None
    may: bool  # whether this person may decide now


def visible_to(actor):
    """The topics that a doer may read: the office all, members also their own candidates."""
    topics = Topic.objects.select_related("raised_by")
    if actor.has(*READERS):
        return topics
    decided = Q(state__in=DECIDED)
    if actor.has(Role.MEMBER):
        return topics.filter(decided | Q(raised_by=actor.account))
    return topics.filter(decided)


def get(actor, pk):
    """One topic, or None where there is none for this person.

    What was decided once stays readable for everybody, also while it is decided anew.
    """
    found = Topic.objects.select_related("raised_by").filter(pk=pk).first()
    if found is None or visible_to(actor).filter(pk=pk).exists() or reasons(found):
        return found
    return None


def candidates(actor):
    """What waits for a decision, the longest first."""
    return cards(visible_to(actor).filter(state=State.CANDIDATE).order_by("raised_at", "pk"), actor)


def decided(actor, state, page=1):
    """What was chosen or put aside, newest first: ``(cards, how many in all)``."""
    topics = visible_to(actor).filter(state=state).order_by("-decided_at", "-pk")
    first = (max(page, 1) - 1) * PAGE
    return cards(topics[first : first + PAGE], actor), topics.count()


def raised_by(actor):
    """What a member put forward."""
    return cards(visible_to(actor).filter(raised_by=actor.account), actor)


def chosen_for_study():
    """Topics that somebody may go and see: ``[(pk, title)]``, newest decision first."""
    topics = Topic.objects.filter(state=State.CHOSEN).order_by("-decided_at", "-pk")
    return list(topics.values_list("pk", "title"))


def cards(topics, actor):
    """Topics as pages show them; counts under the smallest cell are for the office only."""
    least = floor(actor)
    found = topics.prefetch_related(
        Prefetch("measures", Measure.objects.order_by("pk")),
        Prefetch("opinions", Opinion.objects.select_related("by")),
        "matters",
    )
    return [card(topic, least) for topic in found]


def card_of(topic, actor):
    """One topic as a page shows it to this person."""
    return card(topic, floor(actor))


def card(topic, least):
    matters = tuple(topic.matters.all())
    criteria = tuple(_criteria(measure, least) for measure in topic.measures.all())
    people = max((matter.people_count for matter in matters), default=0)
    if len(matters) > 1:  # people of several matters are counted once
        people = next(iter(topic.measures.all())).figures["people"]
    care = any(matter.needs_care for matter in matters)
    return Card(topic, matters, people_words(people, least), criteria, care)


def floor(actor):
    """The smallest count that this person is told; the office reads every one."""
    return 0 if actor.has(Role.STAFF, Role.AUDITOR) else number("smallest_cell")


def counted_now(matters, actor, now):
    """What would be kept of some matters if they were put forward now: ``{criterion: words}``."""
    figures, least = counted(matters, now=now), floor(actor)
    return {key.value: told(key, figures[key], least) for key in Criterion}


def signing(topic, actor):
    """Who has decided in the present round, blind while it is open.

    Once a topic is decided the opinions of its last round are shown to everybody who may read it.
    """
    number_of_round, given = round_of(list(topic.opinions.all()))
    settled = not given and topic.state in DECIDED
    if settled:
        given = [one for one in topic.opinions.all() if one.round == number_of_round - 1]
    mine = next((one for one in given if one.by_id == actor.account and not settled), None)
    shown = tuple(
        (one.by.shown_name, one if settled or one == mine else None, one.by_id == actor.account)
        for one in given
    )
    own = topic.raised_by_id == actor.account
    may = actor.has(Role.STAFF) and topic.state != State.ASIDE and not (own or mine)
    return Signing(shown, mine, may)


def reasons(topic):
    """Every settled decision of a topic, the latest first: ``[(day, [opinion])]``.

    Without names: the reasons are public, the persons act for the office.
    """
    number_of_round, given = round_of(list(topic.opinions.all()))
    rounds = {}
    for one in topic.opinions.all():
        if not (given and one.round == number_of_round):
            rounds.setdefault(one.round, []).append(one)
    return [
        (opinions[-1].at, opinions) for _round, opinions in sorted(rounds.items(), reverse=True)
    ]


def counts(actor):
    """How many topics are in each state: one query."""
    found = dict(
        visible_to(actor).order_by().values_list("state").annotate(n=Count("pk", distinct=True))
    )
    return {state.value: found.get(state, 0) for state in State}


def of_matter(matter):
    """What the public page of a matter shows of this stage, or None: one query when nothing."""
    measures = Measure.objects.filter(topic__matters=matter, topic__state__in=DECIDED)
    measures = measures.select_related("topic").order_by("-topic__decided_at", "-topic_id", "pk")
    found = list(measures[: len(Criterion)])  # every topic has one of each
    if not found:
        return None
    topic, least = found[0].topic, number("smallest_cell")
    criteria = tuple(_criteria(measure, least) for measure in found)
    return OnMatter(topic, criteria, topic.state == State.CHOSEN)


def waiting(actor, today):
    """Candidates that wait for this person's decision, as lines for the workbench."""
    if not actor.has(Role.STAFF):
        return []
    topics = Topic.objects.filter(state=State.CANDIDATE).exclude(raised_by=actor.account)
    rows = topics.prefetch_related("opinions").order_by("raised_at", "pk")
    found = []
    for topic in rows:
        _number, given = round_of(list(topic.opinions.all()))
        if all(one.by_id != actor.account for one in given):
            line = {"words": topic.title, "href_name": "desk-topic", "href_args": [topic.pk]}
            found.append({**line, "due_on": None, "state": "slow" if given else ""})
    return found


def _criteria(measure, least):
    return Criteria(
        key=measure.criterion,
        name=str(Criterion(measure.criterion).label),
        grade=str(Grade(measure.grade).label),
        mark=MARKS[Grade(measure.grade)],
        lamp=LAMPS[Grade(measure.grade)],
        sentence=measure.sentence,
        figures=told(measure.criterion, measure.figures, least),
    )
