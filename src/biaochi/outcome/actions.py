"""The verbs on checks: somebody else than the claimer looks whether a claim is true.

Nothing here closes a matter. A claim that is true goes on to those who spoke; one that is not
goes back to the unit, with a reason that everybody reads. The verbs on what comes later (new
trouble at the same place, revisits over years) lie in ``watching`` and ``revisiting``.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK
from biaochi.core.clock import due_on
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import NotNow
from biaochi.outcome.models import Check, CheckLine
from biaochi.outcome.revisiting import finish_revisit, note_seen, plan_revisits, start_revisits
from biaochi.outcome.rules import (
    CHECK_MOVES,
    CheckState,
    check_conclusion,
    check_evidence,
    check_other_hand,
)
from biaochi.outcome.watching import answer_side_effect, watch
from biaochi.task import actions as tasks
from biaochi.task.models import Claim, Task
from biaochi.task.rules import State as TaskState
from biaochi.voice.analysis import cover

__all__ = [
    "answer_side_effect",
    "check",
    "drop_checks",
    "finish_revisit",
    "note_seen",
    "open_checks",
    "plan_revisits",
    "start_revisits",
    "watch",
]
WHY_LENGTH, SEEN_LENGTH = 300, 300


@transaction.atomic
def open_checks(*, now):
    """Open a check for every standing claim that has none, and drop those taken back.

    Due, by the profile, so many working days after the claim. Returns how many were opened.
    """
    drop_checks(now=now)
    bare = Claim.objects.filter(task__state=TaskState.CLAIMED, taken_back_at=None, check_of=None)
    keys = set(bare.values_list("task_id", flat=True))
    opened = 0
    for task in Task.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        claim = task.claims.filter(taken_back_at=None).order_by("-at", "-pk").first()
        if task.state == TaskState.CLAIMED and claim and not _has_check(claim):
            _open(claim, now)
            opened += 1
    return opened


@transaction.atomic
def drop_checks(*, now):
    """Drop the checks of claims that the unit took back before anybody had decided."""
    gone = Check.objects.select_for_update(of=("self",)).filter(
        state=CheckState.WAITING, claim__taken_back_at__isnull=False
    )
    checks = list(gone)
    for one in checks:
        check_move(CHECK_MOVES, CheckState(one.state), CheckState.DROPPED, CLOCK.roles)
        one.state = CheckState.DROPPED
        one.save(update_fields=["state"])
        record(
            by=CLOCK,
            verb="drop check",
            thing=one,
            at=now,
            before=CheckState.WAITING,
            after=one.state,
        )
    return len(checks)


@transaction.atomic
def check(*, check, how, before, after, matches, why, true, by, now, seen=None):
    """Say whether a claim is true: what was before, what is now, how one looked, why.

    :param matches: ``{key of an item: Match}`` for every item of the task
    :param seen: ``{key of an item: words}``, what the evidence shows of it; each may be missing
    :param true: True sends it on to those who spoke, False back to the unit
    :raises NotYours: anybody but staff, the claimer, or somebody of the same unit
    :raises NotNow: it is decided already, or the unit has taken the claim back
    :raises Incomplete: an item without an answer, or one of the sentences is missing
    """
    one = _locked(check)
    going = CheckState.TRUE if true else CheckState.FALSE
    check_move(CHECK_MOVES, CheckState(one.state), going, by.roles)
    claim = one.claim
    check_other_hand(claim.by_id, by, claim.task.unit_id)
    if claim.taken_back_at is not None:
        raise NotNow(_("单位把这次申报撤回了，不用核了。"))
    items = list(claim.task.items.all())
    check_evidence(before, after, how, why, matches, [item.pk for item in items])
    check_conclusion(true, matches)
    was, one.state, one.at, one.by_id, one.how = one.state, going, now, by.account, how
    one.before, one.after = public(before), public(after)
    one.why = public(why)[:WHY_LENGTH]
    one.save()
    _keep_lines(one, items, matches, seen or {})
    record(by=by, verb="check claim", thing=one, at=now, before=was, after=going, note=one.why)
    if true:
        tasks.pass_check(task=claim.task, by=by, now=now)
    else:
        tasks.send_back(task=claim.task, why=one.why, by=by, now=now)
    return one


def public(words):
    """Words of the office as others read them: a name or a number that slipped in is covered."""
    return cover((words or "").strip()).text


def _has_check(claim):
    return Check.objects.filter(claim=claim).exists()


def _open(claim, now):
    check_move(CHECK_MOVES, None, CheckState.WAITING, CLOCK.roles)
    last = due_on(claim.at, span("checked"))
    made = Check.objects.create(claim=claim, opened_at=now, due_on=last)
    record(by=CLOCK, verb="open check", thing=made, at=now, after=made.state)
    return made


def _locked(check):
    """The check with its task locked first, in the order in which a unit takes a claim back."""
    claim = Claim.objects.get(check_of=check.pk)
    Task.objects.select_for_update().get(pk=claim.task_id)
    locked = Check.objects.select_for_update(of=("self",))
    return locked.select_related("claim__task").get(pk=check.pk)


def _keep_lines(check, items, matches, seen):
    CheckLine.objects.bulk_create(
        CheckLine(
            check_of=check,
            item=item,
            match=matches[item.pk],
            words=public(seen.get(item.pk))[:SEEN_LENGTH],
        )
        for item in items
    )
