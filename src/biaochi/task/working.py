"""The verbs while a unit works: what has moved, more time, and what a co-unit thinks of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.task.models import Extension, Helper, Progress
from biaochi.task.rules import (
    LIVE,
    MORE_MOVES,
    UNDER_WAY,
    More,
    State,
    check_more_time,
    check_opinion,
)
from biaochi.task.telling import check_own, locked, public, tell_stage


@transaction.atomic
def note_progress(*, task, words, by, now):
    """A unit says what has moved. Nobody asks for it; days without it stay empty."""
    task = locked(task)
    check_own(task, by)
    if task.state != State.ACCEPTED:
        raise NotNow(_("在办的时候才能记进度。"))
    words = public(words, 300)
    if not words:
        raise Incomplete(_("请写一句有什么进展，大家会看到。"), "words")
    made = Progress.objects.create(task=task, at=now, words=words)
    record(by=by, verb="note progress", thing=task, at=now)
    tell_stage(task, "progress", by, now, words=words)
    return made


@transaction.atomic
def ask_more_time(*, task, until, why, meanwhile, by, now):
    """A unit asks for a later last day. The reason and what is done until then are public.

    :param until: a date, later than the last day now, at most the profile's span after the start
    :raises NotNow: it is not in the unit's hands, or a request already waits
    """
    task = locked(task)
    check_own(task, by)
    check_move(MORE_MOVES, None, More.ASKED, by.roles)
    if task.state not in LIVE:
        raise NotNow(_("这件事现在不在您单位手上办，不用延期。"))
    if task.extensions.filter(state=More.ASKED).exists():
        raise NotNow(_("已经申请过延期，办公室还没回话。"))
    after = max(task.due_on, local_day(now))
    check_more_time(until, why, meanwhile, after, latest_for(task))
    made = Extension.objects.create(
        task=task,
        asked_at=now,
        before=task.due_on,
        until=until,
        why=public(why, 300),
        meanwhile=public(meanwhile, 300),
    )
    record(by=by, verb="ask more time", thing=task, at=now, note=until.isoformat())
    facts = {"until": until.isoformat(), "why": made.why, "meanwhile": made.meanwhile}
    tell_stage(task, "more time asked", by, now, **facts)
    return made


@transaction.atomic
def answer_more_time(*, extension, granted, why, by, now):
    """The office answers a request for more time, with a reason for everybody.

    :raises NotNow: it was answered already, or the unit has the task no longer
    """
    task = locked(extension.task)
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    after = More.GRANTED if granted else More.REFUSED
    check_move(MORE_MOVES, More(extension.state), after, by.roles)
    if task.state not in LIVE:
        raise NotNow(_("这件事已经不在单位手上办了，不用再回延期。"))
    if not (why or "").strip():
        raise Incomplete(_("批还是不批，都请写一句为什么。"), "why")
    extension.state, extension.answered_at = after, now
    extension.answer_why = why.strip()[:300]
    extension.save(update_fields=["state", "answered_at", "answer_why"])
    if granted:
        task.due_on = max(task.due_on, extension.until)
        task.save(update_fields=["due_on"])
    verb = "grant more time" if granted else "refuse more time"
    record(by=by, verb=verb, thing=task, at=now, note=extension.answer_why)
    facts = {
        "before": extension.before.isoformat(),
        "due_on": task.due_on.isoformat(),
        "why": extension.answer_why,
    }
    tell_stage(task, f"more time {after.value}", by, now, **facts)
    return extension


@transaction.atomic
def give_opinion(*, helper, opinion, by, now):
    """A co-unit writes its opinion to the unit in the lead; it may write again until the claim.

    Everybody reads that it was given and when; the words are for the lead and the office.
    """
    helper = Helper.objects.select_for_update().get(pk=helper.pk)
    if not by.has(Role.UNIT) or by.unit is None or helper.unit_id != by.unit:
        raise NotYours(_("这件事没有请您的单位会办。"))
    task = locked(helper.task)
    if task.state not in UNDER_WAY:
        raise NotNow(_("这件事已经不在办了，不用再写会办意见。"))
    check_opinion(opinion)
    again = helper.opinion_at is not None
    helper.opinion, helper.opinion_at = opinion.strip(), now
    helper.save(update_fields=["opinion", "opinion_at"])
    record(by=by, verb="give co-unit opinion", thing=task, at=now)
    if not again:
        tell_stage(task, "opinion given", by, now, helper=helper.unit.name)
    return helper


def latest_for(task):
    """The last day to which a task may be put off at most."""
    return due_on(task.reopened_at or task.handed_at, span("extended_at_most"))
