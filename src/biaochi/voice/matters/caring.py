"""The office's own words on a matter: its title and place, its kind, a mark of care, its step."""

from django.db import transaction

from biaochi.core.record import record
from biaochi.flow import Step
from biaochi.voice.matters.moving import locked_matters, set_fields, write_events
from biaochi.voice.matters.rules import REASON_LENGTH, check_open, check_staff
from biaochi.voice.rules import EventKind, check_reason, check_title


@transaction.atomic
def rename(*, matter, title, place, by, now):
    """Give a matter another title or place; everybody can read what it was called before.

    :raises Incomplete: no title, or one that is too long
    """
    check_title(title)
    matter = _open(matter, by)
    was, title, place = matter.title, title.strip(), place.strip()
    if (title, place) == (matter.title, matter.place):
        return matter
    set_fields(matter, {"title": title, "place": place})
    if was != title:
        write_events({matter.pk: (EventKind.RENAMED, {"before": was, "after": title})}, now=now)
    record(by=by, verb="rename", thing=matter, at=now)
    return matter


@transaction.atomic
def categorise(*, matter, category, by, now):
    """Say what kind of matter it is; the suggestions of a unit learn from it."""
    matter = _open(matter, by)
    set_fields(matter, {"category": category})
    record(by=by, verb="categorise", thing=matter, at=now, note=str(category or ""))
    return matter


@transaction.atomic
def care(*, matter, why, by, now):
    """Mark a matter that few people raised and that cannot wait. The reason is public.

    :raises Incomplete: no reason
    """
    check_reason(why)
    matter = _open(matter, by)
    why = why.strip()[:REASON_LENGTH]
    set_fields(matter, {"needs_care": True, "care_why": why})
    write_events({matter.pk: (EventKind.CARED, {"why": why})}, now=now)
    record(by=by, verb="care", thing=matter, at=now, note=why)
    return matter


@transaction.atomic
def uncare(*, matter, by, now):
    """Take the mark of care away."""
    matter = _open(matter, by)
    if not matter.needs_care:
        return matter
    set_fields(matter, {"needs_care": False, "care_why": ""})
    write_events({matter.pk: (EventKind.UNCARED, {})}, now=now)
    record(by=by, verb="uncare", thing=matter, at=now)
    return matter


@transaction.atomic
def reach(*, matter, by, now, kind, params, step=None, exactly=False):
    """A later stage says how far a matter has come, and what happened, for everybody to read.

    The stage has checked who may do that; here only the matter has to be open.

    :param step: the mark it has reached; it never goes back unless ``exactly``. None: as it was
    """
    (matter,) = locked_matters([matter])
    check_open(matter)
    before = Step(matter.step)
    step = Step(step or before)
    step = step if exactly else max(before, step)
    set_fields(matter, {"step": step})
    write_events({matter.pk: (EventKind(kind), params)}, now=now)
    record(
        by=by,
        verb="reach",
        thing=matter,
        at=now,
        before=before.name.lower(),
        after=step.name.lower(),
        note=str(kind),
    )
    return matter


def _open(matter, by):
    check_staff(by)
    (matter,) = locked_matters([matter])
    check_open(matter)
    return matter
