"""Undo one deed of bringing together or taking apart: back to exactly how it was before."""

import datetime as dt

from django.db import transaction

from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.voice.matters.counting import recount
from biaochi.voice.matters.moving import (
    locked_matters,
    parts,
    set_fields,
    tell_speakers,
    write_events,
)
from biaochi.voice.matters.rules import (
    check_not_undone,
    check_staff,
    check_untouched,
    is_handed,
)
from biaochi.voice.models import Matter, Membership, Regroup, Suggestion, Verdict, Voice
from biaochi.voice.rules import ANSWER_MOVES, MATTER_MOVES, Answer, EventKind, MatterState


@transaction.atomic
def undo(*, regroup, by, now):
    """Put every voice and every matter back as they were before a deed.

    Counts are made anew, so a voice withdrawn in between stays withdrawn. Everybody concerned
    is told. A matter that the deed had opened is dissolved; its number is never used again.

    :raises NotYours: only staff
    :raises NotNow: undone already, or later deeds touched the same voices or matters
    """
    check_staff(by)
    regroup = Regroup.objects.select_for_update().get(pk=regroup.pk)
    check_not_undone(regroup)
    touched = sorted(_touched(regroup))
    matters = {matter.pk: matter for matter in locked_matters(touched)}
    check_untouched(_is_last(regroup) and _stands(regroup, matters))
    _put_back_matters(regroup, matters, by)
    _put_back_voices(regroup)
    _put_back_verdicts(regroup)
    check_untouched(_fits(regroup, matters))
    Regroup.objects.filter(pk=regroup.pk).update(undone_at=now)
    regroup.undone_at = now
    _open_suggestion_again(regroup, by)
    recount(matters=touched)
    write_events({key: (EventKind.UNDONE, {"kind": regroup.kind}) for key in touched}, now=now)
    back = [[voice, after, before] for voice, before, after in regroup.moves]
    tell_speakers(back, split=False, why="undone", now=now)
    record(by=by, verb="undo regroup", thing=regroup, at=now)
    return regroup


def can_be_undone(regroup):
    """Whether ``undo`` would find everything as the deed left it (a reader; it locks nothing)."""
    if regroup.undone_at:
        return False
    matters = Matter.objects.in_bulk(_touched(regroup))
    return _is_last(regroup) and _stands(regroup, matters)


def seems_undoable(regroup):
    """The same without looking through all later deeds: for lists. ``undo`` itself looks."""
    return not regroup.undone_at and _stands(regroup, Matter.objects.in_bulk(_touched(regroup)))


def _touched(regroup):
    ends = {key for _voice, *pair in regroup.moves for key in pair if key}
    return ends | {int(key) for key in regroup.matters.get("after", {})}


def _is_last(regroup):
    """No later deed that still stands moved one of these voices."""
    voices = {voice for voice, _before, _after in regroup.moves}
    later = Regroup.objects.filter(pk__gt=regroup.pk, undone_at=None)
    return not any(
        voice in voices
        for moves in later.values_list("moves", flat=True).iterator()
        for voice, _before, _after in moves
    )


def _stands(regroup, matters):
    """Voices and matters still are as the deed left them."""
    left = {voice: after for voice, _before, after in regroup.moves}
    for part in parts(sorted(left)):
        are = dict(Membership.objects.filter(voice__in=part).values_list("voice", "matter"))
        if any(are.get(voice) != left[voice] for voice in part):
            return False
    return all(
        getattr(matters[int(key)], name) == value
        for key, values in regroup.matters.get("after", {}).items()
        for name, value in values.items()
    )


def _put_back_matters(regroup, matters, by):
    for key, values in regroup.matters.get("before", {}).items():
        matter = matters[int(key)]
        values = dict(values)
        if "state" in values:
            # A matter that did not exist before cannot vanish: its number may have been told.
            values["state"] = MatterState(values["state"] or MatterState.DISSOLVED)
            check_move(MATTER_MOVES, MatterState(matter.state), values["state"], by.roles)
        set_fields(matter, values)


def _put_back_voices(regroup):
    kept = regroup.matters.get("kept", {})
    before = {voice: before for voice, before, _after in regroup.moves}
    for part in parts(sorted(before)):
        Membership.objects.filter(voice__in=part).delete()
        standing = Voice.objects.filter(pk__in=part).values_list("pk", flat=True)
        rows = []
        for voice in standing:
            if before[voice]:
                at, how, score, reasons = kept[str(voice)]
                rows.append(
                    Membership(
                        voice_id=voice,
                        matter_id=before[voice],
                        at=dt.datetime.fromisoformat(at),
                        how=how,
                        score=score,
                        reasons=reasons,
                    )
                )
        Membership.objects.bulk_create(rows)


def _put_back_verdicts(regroup):
    for one, other, was in reversed(regroup.matters.get("verdicts", [])):
        pair = Verdict.objects.filter(one=one, other=other)
        if was is None:
            pair.delete()
        else:
            same, at = was
            pair.update(same=same, at=dt.datetime.fromisoformat(at))


def _fits(regroup, matters):
    """What closed again is empty and in nobody's hands; what took voices back is open."""
    closed = [key for key, matter in matters.items() if matter.state != MatterState.OPEN]
    if any(is_handed(matters[key]) for key in closed):
        return False
    took = {before for _voice, before, _after in regroup.moves if before}
    return not (took & set(closed)) and not Membership.objects.filter(matter__in=closed).exists()


def _open_suggestion_again(regroup, by):
    for suggestion in Suggestion.objects.select_for_update().filter(regroup=regroup):
        check_move(ANSWER_MOVES, Answer(suggestion.answer), Answer.OPEN, by.roles)
        suggestion.answer, suggestion.answered_at = Answer.OPEN, None
        suggestion.regroup = None
        suggestion.save(update_fields=["answer", "answered_at", "regroup"])
