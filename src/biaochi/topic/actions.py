"""The verbs on topics: raise, decide (two people, blind to each other), bring back.

What two people decide is told in the timeline of every matter of the topic, with the reason and,
for what is put aside, where it goes instead and when it is looked at again.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK
from biaochi.core.clock import local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import number
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.topic.figures import counted
from biaochi.topic.models import Measure, Opinion, Topic
from biaochi.topic.rules import (
    MOVES,
    TITLE_LENGTH,
    WORDS_LENGTH,
    Choice,
    Criterion,
    State,
    check_candidate,
    check_decision,
    is_decided,
    round_of,
)
from biaochi.voice.matters.actions import reach
from biaochi.voice.models import Matter
from biaochi.voice.rules import EventKind, MatterState

BECOMES = {Choice.TAKE: State.CHOSEN, Choice.ASIDE: State.ASIDE}


@transaction.atomic
def raise_topic(*, matters, title, question, criteria, by, now):
    """Put some matters forward as a question worth studying. The figures are counted now.

    :param criteria: ``{Criterion: (Grade, sentence)}``, all four
    :raises NotYours: neither staff nor a member
    :raises NotNow: a matter is merged or dissolved, or waits for a decision already
    """
    check_move(MOVES, None, State.CANDIDATE, by.roles)
    check_candidate(title, question, criteria)
    chosen = _open_matters(matters)
    topic = Topic.objects.create(
        title=title.strip()[:TITLE_LENGTH],
        question=question.strip()[:WORDS_LENGTH],
        raised_by_id=by.account,
        raised_at=now,
    )
    topic.matters.set(chosen)
    figures = counted(chosen, now=now)
    Measure.objects.bulk_create(
        Measure(
            topic=topic,
            criterion=criterion,
            grade=criteria[criterion][0],
            sentence=criteria[criterion][1].strip()[:WORDS_LENGTH],
            figures=figures[criterion],
        )
        for criterion in Criterion
    )
    record(by=by, verb="raise topic", thing=topic, at=now, after=State.CANDIDATE)
    return topic


@transaction.atomic
def decide(*, topic, choice, why, by, now, goes_to="", goes_where="", review_on=None):
    """One person decides. The second who decides the same settles it; if they differ, the third.

    Nobody sees what the others decided before it is settled, not even in the record. A topic that
    was chosen can be put aside in the same way.

    :raises NotYours: not of the office, or it is their own candidate
    :raises NotNow: decided already, or this person has decided already
    """
    topic = _locked(topic)
    number_of_round, given = round_of(list(topic.opinions.all()))
    _check_turn(topic, choice, given, by)
    check_decision(choice, why, goes_to, goes_where, review_on, local_day(now))
    aside = choice == Choice.ASIDE
    opinion = Opinion.objects.create(
        topic=topic,
        round=number_of_round,
        by_id=by.account,
        choice=choice,
        why=why.strip()[:WORDS_LENGTH],
        goes_to=goes_to if aside else "",
        goes_where=goes_where.strip()[:WORDS_LENGTH] if aside else "",
        review_on=review_on if aside else None,
        at=now,
    )
    record(by=by, verb="decide on topic", thing=topic, at=now)
    given = [*given, opinion]
    result = is_decided([one.choice for one in given])
    if result:
        _settle(topic, Choice(result), [one for one in given if one.choice == result], by, now)
    return topic


@transaction.atomic
def bring_back(*, topic, why, by, now):
    """What was put aside is decided anew: its review day has come, or more people speak.

    Its figures are counted again. The earlier decision stays readable in its opinions.

    :raises Incomplete: no reason
    """
    topic = _locked(topic)
    check_move(MOVES, topic.state, State.CANDIDATE, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写一句为什么再拿回来商量。"), "why")
    why = why.strip()[:WORDS_LENGTH]
    before, topic.state = topic.state, State.CANDIDATE
    topic.decided_at = topic.review_on = None
    topic.why = topic.goes_to = topic.goes_where = ""
    topic.save()
    _count_again(topic, now)
    record(by=by, verb="bring topic back", thing=topic, at=now, before=before, after=topic.state)
    _tell(topic, {"what": "topic back", "why": why}, Step.SAID, by, now)
    return topic


def bring_back_due(*, now):
    """Bring back what was put aside and is due, or what many more people speak of since then."""
    today, growth = local_day(now), number("topic_back_growth")
    smallest, back = number("smallest_cell"), []
    for topic in Topic.objects.filter(state=State.ASIDE).prefetch_related("measures", "matters"):
        if topic.review_on and topic.review_on <= today:
            back.append(bring_back(topic=topic, why=_("到了说好再看的日子。"), by=CLOCK, now=now))
        elif _has_grown(topic, growth, smallest):
            back.append(bring_back(topic=topic, why=_("说这件事的人多了很多。"), by=CLOCK, now=now))
    return back


def _check_turn(topic, choice, given, by):
    """Raise unless this person may decide on this topic now."""
    goes = BECOMES.get(choice, State.ASIDE)
    if topic.state == State.CHOSEN and given:  # somebody wants to put it aside; one may say no
        goes = State.ASIDE
    check_move(MOVES, topic.state, goes, by.roles)
    if by.account is None or topic.raised_by_id == by.account:
        raise NotYours(_("这是您自己提的，要由另外两个人来定。"))
    if any(one.by_id == by.account for one in given):
        raise NotNow(_("您已经签过意见了，等另一位来定。"))


def _settle(topic, result, agreed, by, now):
    """Write down what was decided, with the reasons of those who decided so."""
    before, topic.state = topic.state, BECOMES[result]
    if before == topic.state:  # chosen before, and it stays so
        record(by=by, verb="keep topic", thing=topic, at=now, note=agreed[-1].why)
        return
    topic.decided_at, topic.why = now, _joined(one.why for one in agreed)
    topic.goes_to = agreed[-1].goes_to
    topic.goes_where = _joined(one.goes_where for one in agreed)
    topic.review_on = min((one.review_on for one in agreed if one.review_on), default=None)
    topic.save()
    verb = "choose topic" if result == Choice.TAKE else "put topic aside"
    record(by=by, verb=verb, thing=topic, at=now, before=before, after=topic.state, note=topic.why)
    if result == Choice.TAKE:
        _tell(topic, {"what": "topic chosen", "why": topic.why}, Step.CHOSEN, by, now)
        return
    params = {
        "what": "topic aside",
        "why": topic.why,
        "goes_to": topic.goes_to,
        "where": topic.goes_where,
        "review_on": topic.review_on.isoformat(),
    }
    _tell(topic, params, Step.SAID, by, now)


def _joined(sentences):
    """Sentences of several people as one; the last alone when they would be too long."""
    kept = list(dict.fromkeys(sentence.rstrip("。；") for sentence in sentences if sentence))
    if not kept:
        return ""
    whole = _("；").join(kept)
    return whole if len(whole) <= WORDS_LENGTH else kept[-1]


def _tell(topic, params, step, by, now):
    """Write the timeline of every matter of the topic that is still open."""
    params = {"topic": topic.pk, "title": topic.title, **params}
    for matter in topic.matters.filter(state=MatterState.OPEN):
        reach(
            matter=matter,
            step=step,
            exactly=matter.step == Step.CHOSEN,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params=params,
        )


def _count_again(topic, now):
    chosen = list(topic.matters.select_related("category__unit"))
    figures = counted(chosen, now=now)
    measures = list(topic.measures.all())
    for measure in measures:
        measure.figures = figures[Criterion(measure.criterion)]
    Measure.objects.bulk_update(measures, ["figures"])


def _has_grown(topic, growth, smallest):
    measured = {one.criterion: one.figures for one in topic.measures.all()}
    before = measured[Criterion.STRONG]["people"]
    people = max((matter.people_count for matter in topic.matters.all()), default=0)
    return people >= before * growth and people - before >= smallest


def _locked(topic):
    return Topic.objects.select_for_update().get(pk=topic.pk)


def _open_matters(matters):
    keys = {matter.pk for matter in matters}
    if not keys:
        raise Incomplete(_("请先选一件事，选题要从大家说的事里来。"), "matter")
    found = list(Matter.objects.select_for_update().filter(pk__in=keys))
    if len(found) < len(keys) or any(one.state != MatterState.OPEN for one in found):
        raise NotNow(_("里面有的事已经并到别的事里，或者拆散了，请重新选。"))
    waiting = Topic.objects.filter(state=State.CANDIDATE, matters__in=found).first()
    if waiting:
        raise NotNow(_("这件事已经在候选“%(title)s”里了。") % {"title": waiting.title})
    return list(Matter.objects.filter(pk__in=keys).select_related("category__unit"))
