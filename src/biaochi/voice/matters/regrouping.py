"""Bringing voices together and taking them apart. Every deed can be undone exactly."""

from django.db import transaction

from biaochi.core import search
from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.voice.matters.moving import (
    Deed,
    change,
    first_voice,
    judge,
    keep,
    locked_matters,
    locked_voices,
    members,
    put,
    words_of,
)
from biaochi.voice.matters.numbering import create_numbered
from biaochi.voice.matters.rules import (
    check_any,
    check_inside,
    check_joiner,
    check_leaves_some,
    check_merge,
    check_open,
    check_some,
    check_staff,
)
from biaochi.voice.models import Membership
from biaochi.voice.rules import MATTER_MOVES, EventKind, MatterState, check_title


@transaction.atomic
def open_matter(
    *,
    title,
    voices,
    by,
    now,
    place="",
    category=None,
    how="staff",
    scores=None,
    reasons=None,
    same=False,
    apart=(),
):
    """Make one matter of some voices; those that were in another matter leave it.

    :param scores: ``{key of a voice: probability}``, reasons likewise, when it was suggested
    :param same: keep it as a decision of people that these voices mean the same
    :param apart: keys of voices of which people decided that they mean something else
    :raises NotYours: only staff
    :raises Incomplete: no title, or no voice
    """
    return open_and_keep(
        title=title,
        voices=voices,
        by=by,
        now=now,
        place=place,
        category=category,
        how=how,
        scores=scores,
        reasons=reasons,
        same=same,
        apart=apart,
    )[0]


def open_and_keep(
    *,
    title,
    voices,
    by,
    now,
    place="",
    category=None,
    how="staff",
    scores=None,
    reasons=None,
    same=False,
    apart=(),
):
    """Like ``open_matter``; returns the matter and the deed as it was written down."""
    check_staff(by)
    check_title(title)
    voices = locked_voices(voices)
    check_some(voices)
    deed = Deed(EventKind.OPENED, by, now)
    matter = _new_matter(deed, title=title.strip(), place=place.strip(), category=category)
    put(deed, voices, matter, how=how, scores=scores, reasons=reasons)
    if same:
        judge(deed, [(voices[0].pk, voice.pk) for voice in voices[1:]], same=True)
    judge(deed, [(voices[0].pk, key) for key in apart], same=False)
    event = {matter.pk: (EventKind.OPENED, {"voices": len(voices)})}
    regroup = keep(deed, why=how, events=event)
    matter.refresh_from_db()
    return matter, regroup


@transaction.atomic
def join(*, matter, voices, by, now, how="staff", scores=None, reasons=None, same=False, apart=()):
    """Put voices into a matter. Staff may; a resident may for one voice of their own.

    :raises NotYours: somebody else, or a resident with other people's voices
    :raises NotNow: the matter was merged or dissolved, or a voice is gone
    """
    voices = locked_voices(voices)
    check_joiner(by, voices, how)
    check_some(voices)
    (matter,) = locked_matters([matter])
    check_open(matter)
    inside = members(matter)
    voices = [voice for voice in voices if voice.pk not in inside]
    check_some(voices)
    deed = Deed(EventKind.JOINED, by, now)
    first = first_voice(matter)
    if first:
        judge(deed, [(first, voice.pk) for voice in voices] if same else [], same=True)
        judge(deed, [(first, key) for key in apart], same=False)
    put(deed, voices, matter, how=how, scores=scores, reasons=reasons)
    event = {matter.pk: (EventKind.JOINED, {"voices": len(voices)})}
    return keep(deed, why=how, events=event)


@transaction.atomic
def merge(*, into, matters, by, now):
    """Bring all voices of some matters into one. Their pages lead there from now on.

    :raises NotNow: one of them is not open, or is being worked on by a unit
    """
    check_staff(by)
    into, *matters = _both_sides(into, matters)
    check_merge(into, matters)
    deed = Deed(EventKind.MERGED, by, now)
    keys = [matter.pk for matter in matters]
    moved = Membership.objects.filter(matter__in=keys).values_list("voice", flat=True)
    put(deed, list(moved), into, how="staff")
    for matter in matters:
        change(deed, matter, state=MatterState.MERGED, merged_into_id=into.pk)
    others = [{"matter": matter.pk, "title": matter.title} for matter in matters]
    events = {into.pk: (EventKind.MERGED, {"matters": others})}
    there = {"into": into.pk, "title": into.title}
    events |= {matter.pk: (EventKind.MERGED, there) for matter in matters}
    return keep(deed, why="merged", events=events)


@transaction.atomic
def split(*, matter, voices, by, now, title):
    """Make a matter of its own out of some voices of a matter.

    :raises NotNow: a voice is not (or no longer) in that matter
    :raises Incomplete: no voice, all of them, or no title
    """
    check_staff(by)
    check_title(title)
    matter, voices = _some_of(matter, voices)
    check_leaves_some(voices, members(matter))
    deed = Deed(EventKind.SPLIT, by, now)
    new = _new_matter(deed, title=title.strip(), place=matter.place, category=matter.category)
    put(deed, voices, new, how="staff")
    _judge_apart(deed, matter, voices)
    events = {
        matter.pk: (EventKind.SPLIT, {"into": new.pk, "title": new.title}),
        new.pk: (EventKind.OPENED, {"voices": len(voices), "from": matter.pk}),
    }
    return keep(deed, why="split", events=events)


@transaction.atomic
def take_out(*, matter, voices, by, now):
    """Take voices out of a matter; they stand alone again.

    Staff may, and a resident for one voice of their own ("this is not what I meant").

    :raises NotNow: a voice is not (or no longer) in that matter
    """
    how = "self" if by.has(Role.RESIDENT) else "staff"
    check_joiner(by, voices, how)
    matter, voices = _some_of(matter, voices)
    deed = Deed(EventKind.SPLIT, by, now)
    put(deed, voices, None)
    _judge_apart(deed, matter, voices)
    event = {matter.pk: (EventKind.SPLIT, {"voices": len(voices)})}
    return keep(deed, why=f"taken out {how}", events=event)


def _both_sides(into, matters):
    """Lock in one go, in the order of keys, so that two merges cannot wait for each other."""
    asked = [getattr(matter, "pk", matter) for matter in [into, *matters]]
    return locked_matters(list(dict.fromkeys(asked)) if asked[0] not in asked[1:] else asked)


def _some_of(matter, voices):
    (matter,) = locked_matters([matter])
    check_open(matter)
    voices = locked_voices(voices)
    inside = members(matter)
    check_any(voices)
    check_inside(voices, inside)
    return matter, voices


def _judge_apart(deed, matter, voices):
    """What was taken out differs from what stays; the first voice stands for the matter."""
    first = first_voice(matter)
    if first:
        judge(deed, [(first, voice.pk) for voice in voices], same=False)


def _new_matter(deed, *, title, place, category):
    check_move(MATTER_MOVES, None, MatterState.OPEN, deed.by.roles)
    matter = create_numbered(now=deed.now, title=title, place=place, category=category)
    search.add("matter", matter.pk, words_of(matter))
    deed.before[str(matter.pk)] = {"state": ""}
    deed.after[str(matter.pk)] = {"state": MatterState.OPEN}
    return matter
