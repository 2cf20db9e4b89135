"""What every verb on tasks does beside its deed: lock the row, know the unit, tell the matter."""

from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.refusals import NotYours
from biaochi.task.models import Task
from biaochi.task.standing import step_of
from biaochi.voice.analysis import cover
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter
from biaochi.voice.rules import EventKind, MatterState


def locked(task):
    return (
        Task.objects.select_for_update(of=("self",))
        .select_related("unit", "matter")
        .get(pk=task.pk)
    )


def check_own(task, by):
    """Raise unless the doer acts for the unit that has the task."""
    if not by.has(Role.UNIT) or by.unit is None or task.unit_id != by.unit:
        raise NotYours(_("这件事没有交给您的单位。"))


def public(words, most=1000):
    """Words of a unit as everybody may read them: telephone numbers, names and the like covered."""
    return cover((words or "").strip()).text[:most]


def tell(task, kind, params, by, now):
    """Write the matter's timeline and its step.

    A matter that went into another since, or was taken apart, is not told: its days are over.
    """
    matter = Matter.objects.get(pk=task.matter_id)
    if matter.state == MatterState.OPEN:
        step = step_of(matter)
        matters.reach(
            matter=matter, step=step, exactly=True, by=by, now=now, kind=kind, params=params
        )


def tell_stage(task, what, by, now, **facts):
    """Tell one of the further steps of a task; ``story.STORY`` has the words."""
    params = {"what": what, "task": task.pk, "unit": task.unit.name, **facts}
    tell(task, EventKind.STAGE, params, by, now)
