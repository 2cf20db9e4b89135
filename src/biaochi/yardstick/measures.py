"""The measures behind the lights: each gives rows that say yes or no, with their addresses."""

import datetime as dt
from statistics import median

from biaochi.core.clock import due_on, local_day
from biaochi.core.profiles import span
from biaochi.deliberation.models import Session
from biaochi.deliberation.rules import Stand
from biaochi.deliberation.rules import State as SessionState
from biaochi.outcome.models import SideEffect
from biaochi.proposal.models import Proposal
from biaochi.study.models import Study
from biaochi.study.rules import Side
from biaochi.study.rules import State as StudyState
from biaochi.task.models import Claim
from biaochi.task.rules import State as TaskState
from biaochi.voice.rules import Group
from biaochi.yardstick.models import Achievement
from biaochi.yardstick.rows import DONE_STATES, Row, of_matter

WEAK = {Group.OLD, Group.CHILD, Group.FRAIL}
CLAIMED_STATES = (TaskState.CLAIMED, *DONE_STATES)
KEPT_APART = (Stand.RESERVED, Stand.DISAGREED)


def spread(frame):
    """Achievements that somebody has gone over; good where others can do the same."""
    ledger = Achievement.objects.select_related("matter__category", "area").order_by("pk")
    return [
        Row(
            title=one.title,
            page="achievement",
            key=one.pk,
            part="",
            on=local_day(one.at),
            good="spread" in one.ticks,
            **place_of(one),
        )
        for one in ledger
        if one.ticks
    ]


def place_of(achievement):
    facts = of_matter(achievement.matter) if achievement.matter else {}
    return {**facts, "area": achievement.area.name} if achievement.area else facts


def honest(frame):
    """Studies with a report; good where it has bad news as well."""
    studies = Study.objects.filter(state=StudyState.REPORTED).order_by("pk")
    bad = set(studies.filter(findings__side=Side.BAD).values_list("pk", flat=True))
    return [
        row
        for study in studies.prefetch_related("topic__matters__category")
        for row in of_many(
            study.topic.matters.all(),
            frame,
            title=study.title,
            page="study",
            key=study.pk,
            on=local_day(study.reported_at),
            good=study.pk in bad,
        )
    ]


def of_many(matters, frame, **values):
    """One row for something that belongs to several matters: in the area that is looked at."""
    facts = [of_matter(matter) for matter in matters]
    inside = [one for one in facts if one["area"] == frame.area] or facts[:1] or [{}]
    return [Row(part="", **{**inside[0], **values})]


def few_and_many(frame):
    """Tasks whose day is over; good where claimed in time. Sides: few people spoke, or many."""
    due = [task for task in frame.book.tasks if task.due_on < frame.today or task.claimed_on]
    due = [task for task in due if task.state != TaskState.RETURNED]
    if not due:
        return []
    middle = median(task.people for task in due)
    return [
        Row(
            title=task.what,
            page="matter",
            key=task.matter_id,
            part="",
            on=task.handed_on,
            good=bool(task.claimed_on) and task.claimed_on <= task.due_on,
            side="one" if task.people <= middle else "other",
            **task.facts,
        )
        for task in due
    ]


def judged(frame):
    """Matters about which people were asked to the end."""
    asked = (row for row in frame.book.rows("effect") if row.part in WORDS)
    return [Row(**{**vars(row), "good": row.part == "solved"}) for row in asked]


WORDS = ("solved", "unsolved", "silent")


def weak_and_others(frame):
    return [
        Row(**{**vars(row), "side": "one" if WEAK & set(row.groups) else "other"})
        for row in judged(frame)
    ]


def solved(frame):
    return judged(frame)


def solved_old(frame):
    return [row for row in judged(frame) if Group.OLD in row.groups]


def clean(frame):
    """Tasks checked long enough ago; good where no new trouble came up at the place since."""
    wait, over = span("watched_after"), {}
    for task in frame.book.tasks:
        if day := task.claimed_on:
            over[day] = over[day] if day in over else due_on(day, wait) <= frame.today
    since = {}
    for matter, at in SideEffect.objects.values_list("matter_id", "noticed_at"):
        since[matter] = max(local_day(at), since.get(matter, dt.date.min))
    return [
        Row(
            title=task.what,
            page="matter",
            key=task.matter_id,
            part="",
            on=task.handed_on,
            good=since.get(task.matter_id, dt.date.min) < task.claimed_on,
            **task.facts,
        )
        for task in frame.book.tasks
        if frame.book.part_of(task) == "true" and task.claimed_on and over[task.claimed_on]
    ]


def upkeep(frame):
    """Standing claims; good where they say who pays afterwards."""
    claims = Claim.objects.filter(taken_back_at=None).order_by("pk")
    held = {task.pk: task for task in frame.book.tasks if task.state in CLAIMED_STATES}
    return [
        Row(
            title=held[task].what,
            page="matter",
            key=held[task].matter_id,
            part="",
            on=local_day(at),
            good=bool(paid_by.strip()),
            **held[task].facts,
        )
        for task, at, paid_by in claims.values_list("task_id", "at", "paid_by")
        if task in held
    ]


def public_in_time(frame):
    """Replies, records and plans whose day of publishing is over; good where it was kept."""
    return [*replies_public(frame), *records_public(frame), *plans_public(frame)]


def replies_public(frame):
    proposals = Proposal.objects.filter(publish_by__isnull=False).order_by("pk")
    proposals = proposals.prefetch_related("matters__category")
    days = ((one, one.matters, one.published_at, one.publish_by) for one in proposals)
    return published("proposal", days, frame)


def records_public(frame):
    held = Session.objects.exclude(state__in=(SessionState.PREPARING, SessionState.CALLED_OFF))
    held = held.order_by("pk").prefetch_related("matters__category")
    days = ((one, one.matters, one.recorded_at, one.minutes_by) for one in held)
    return published("session", days, frame)


def plans_public(frame):
    sealed = Study.objects.exclude(state__in=(StudyState.PLANNING, StudyState.DROPPED))
    sealed = sealed.filter(reveal_on__isnull=False).order_by("pk")
    sealed = sealed.prefetch_related("topic__matters__category")
    days = ((one, one.topic.matters, one.revealed_at, one.reveal_on) for one in sealed)
    return published("study", days, frame)


def published(page, days, frame):
    """Rows of what was published, or should have been by now.

    :param days: ``(thing, its matters, when it was published or None, the last day)``
    """
    return [
        row
        for one, matters, at, last in days
        if at or last < frame.today
        for row in of_many(
            matters.all(),
            frame,
            title=one.title,
            page=page,
            key=one.pk,
            on=last,
            good=in_time(at, last),
        )
    ]


def in_time(moment, last):
    return moment is not None and local_day(moment) <= last


def dissent(frame):
    """Sessions with a record; good where a reservation or a no stands in it."""
    ended = Session.objects.filter(state__in=(SessionState.SIGNING, SessionState.SIGNED))
    apart = set(ended.filter(points__said__stand__in=KEPT_APART).values_list("pk", flat=True))
    return [
        row
        for one in ended.order_by("pk").prefetch_related("matters__category")
        for row in of_many(
            one.matters.all(),
            frame,
            title=one.title,
            page="session",
            key=one.pk,
            on=local_day(one.held_at),
            good=one.pk in apart,
        )
    ]
