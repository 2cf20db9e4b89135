"""Single things that somebody may read: a task, a request, a claim. Never who spoke."""

from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.refusals import NotYours
from biaochi.task.models import Claim, Exhibit, Extension, Helper, Task
from biaochi.task.rules import LIVE, UNDER_WAY, More


def visible_to(actor):
    """The tasks that a doer may read: a unit its own, the office and the auditor all."""
    tasks = Task.objects.select_related("matter", "unit")
    if actor.has(Role.STAFF, Role.OPERATOR, Role.AUDITOR):
        return tasks
    if actor.has(Role.UNIT) and actor.unit is not None:
        return tasks.filter(unit=actor.unit)
    return tasks.none()


def get(actor, pk):
    """One task.

    :raises NotYours: it is another unit's, or there is none; which of the two is not said
    """
    task = visible_to(actor).filter(pk=pk).first()
    if task is None:
        raise NotYours(_("没有这件，或者不是交给您单位的。"))
    return task


def helps(actor):
    """The tasks under way in which a unit is asked for its opinion, the next day first."""
    if not actor.has(Role.UNIT) or actor.unit is None:
        return Helper.objects.none()
    return (
        Helper.objects.filter(unit=actor.unit, task__state__in=UNDER_WAY)
        .select_related("task__matter", "task__unit", "unit")
        .order_by("opinion_at", "due_on", "pk")
    )


def help_of(actor, pk):
    """One request for an opinion to the actor's unit.

    :raises NotYours: another unit was asked, or nobody; which of the two is not said
    """
    found = None
    if actor.has(Role.UNIT) and actor.unit is not None:
        asked = Helper.objects.filter(unit=actor.unit, pk=pk)
        found = asked.select_related("task__matter", "task__unit", "unit").first()
    if found is None:
        raise NotYours(_("没有这件，或者没有请您单位会办。"))
    return found


def standing_claim(task):
    """The latest claim of a task that was not taken back, with its lines and exhibits, or None."""
    claims = task.claims.filter(taken_back_at=None).prefetch_related("lines__item", "exhibits")
    return claims.order_by("-at", "-pk").first()


def claims(task):
    """Every claim of a task, the latest first."""
    return list(
        Claim.objects.filter(task=task).prefetch_related("lines__item", "exhibits").order_by("-pk")
    )


def exhibit_of(actor, pk):
    """An exhibit that has a file: for the office and the unit that put it there; else None."""
    exhibits = Exhibit.objects.exclude(stored_as=None).select_related("claim")
    found = exhibits.filter(pk=pk).first()
    mine = found and visible_to(actor).filter(pk=found.claim.task_id).exists()
    return found if mine else None


def open_request(task):
    """The request for more time that waits for the office, or None."""
    return task.extensions.filter(state=More.ASKED).first()


def requests():
    """All requests for more time that wait for the office, the oldest first."""
    waiting = Extension.objects.filter(state=More.ASKED, task__state__in=LIVE)
    return list(waiting.select_related("task__matter", "task__unit").order_by("asked_at", "pk"))


def request_of(pk):
    """One request for more time, or None."""
    return Extension.objects.select_related("task__matter", "task__unit").filter(pk=pk).first()
