"""A solved matter is looked at again after months and years. The days are a promise.

When one comes, those who spoke are asked again (the next stage opens that round), and the office
may note what it saw on the spot.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, Role
from biaochi.core.clock import add_months, local_day
from biaochi.core.moves import check_move
from biaochi.core.record import record, record_all
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome.models import Revisit
from biaochi.outcome.rules import MONTHS, REVISIT_MOVES, RevisitState
from biaochi.task.models import Task
from biaochi.task.rules import UNDER_WAY
from biaochi.task.rules import State as TaskState
from biaochi.voice.analysis import cover
from biaochi.voice.rules import MatterState


@transaction.atomic
def plan_revisits(*, matter, since, now):
    """Write down the six days on which a solved matter is looked at again.

    Those still waiting from an earlier solution are replaced: the distances count anew.
    """
    check_move(REVISIT_MOVES, None, RevisitState.WAITING, CLOCK.roles)
    earlier = Revisit.objects.filter(matter=matter, state=RevisitState.WAITING)
    earlier = list(earlier.exclude(since=since))
    Revisit.objects.filter(pk__in=[one.pk for one in earlier]).delete()
    record_all(
        by=CLOCK,
        verb="replace revisit",
        at=now,
        lines=[(f"revisit:{one.pk}", RevisitState.WAITING, "", "") for one in earlier],
    )
    known = set(Revisit.objects.filter(matter=matter, since=since).values_list("months", flat=True))
    planned = [
        Revisit.objects.create(
            matter=matter, since=since, months=months, due_on=add_months(local_day(since), months)
        )
        for months in MONTHS
        if months not in known
    ]
    lines = [(one, "", RevisitState.WAITING, str(one.months)) for one in planned]
    record_all(by=CLOCK, verb="plan revisit", at=now, lines=lines)
    return planned


@transaction.atomic
def start_revisits(*, now):
    """Begin to ask again where a day has come; returns how many began.

    A matter on which a unit works again waits: it is asked about when that work is done.
    """
    of_it = Task.objects.filter(matter=OuterRef("matter"))
    asking = Revisit.objects.filter(matter=OuterRef("matter"), state=RevisitState.ASKING)
    due = Revisit.objects.filter(
        Exists(of_it.filter(state=TaskState.CONFIRMED)),
        ~Exists(of_it.filter(state__in=UNDER_WAY)),
        ~Exists(asking),
        state=RevisitState.WAITING,
        due_on__lte=local_day(now),
        matter__state=MatterState.OPEN,
    )
    started = set()
    for revisit in due.select_for_update(of=("self",)).order_by("due_on", "pk"):
        if revisit.matter_id not in started:  # one at a time
            _move(revisit, RevisitState.ASKING, CLOCK, now, "start revisit", asked_at=now)
            started.add(revisit.matter_id)
    return len(started)


@transaction.atomic
def finish_revisit(*, revisit, state, by, now):
    """What those who were asked again say: it holds, it is broken, or nobody was reached.

    :raises NotNow: it is not being asked
    :raises NotYours: an answer by anybody but those who spoke
    """
    revisit = Revisit.objects.select_for_update().get(pk=revisit.pk)
    _move(revisit, RevisitState(state), by, now, "finish revisit", at=now)
    return revisit


@transaction.atomic
def note_seen(*, revisit, seen, by, now):
    """The office writes what it saw on the spot. It decides nothing; everybody can read it.

    :raises NotYours: anybody but staff
    :raises NotNow: its day has not come yet
    :raises Incomplete: no words
    """
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能记现场看到的。"))
    revisit = Revisit.objects.select_for_update().get(pk=revisit.pk)
    if revisit.state == RevisitState.WAITING:
        raise NotNow(_("还没到回头看的日子。"))
    if not (seen or "").strip():
        raise Incomplete(_("请写在现场看到了什么。"), "seen")
    revisit.seen = cover(seen.strip()).text
    revisit.save(update_fields=["seen"])
    record(by=by, verb="note seen", thing=revisit, at=now)
    return revisit


def _move(revisit, after, by, now, verb, **fields):
    check_move(REVISIT_MOVES, RevisitState(revisit.state), after, by.roles)
    before, revisit.state = revisit.state, after
    for name, value in fields.items():
        setattr(revisit, name, value)
    revisit.save(update_fields=["state", *fields])
    record(by=by, verb=verb, thing=revisit, at=now, before=before, after=after)
