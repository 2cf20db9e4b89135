"""What waits for somebody in this stage, for the bench, the member's page and the unit's inbox."""

from django.db.models import Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar
from biaochi.task import finding, ledger
from biaochi.task.models import Debt, Task
from biaochi.task.rules import Debt as DebtState
from biaochi.task.rules import State

MOST = 50
SOON = 3  # working days before a last day from which it is marked


def waiting(actor, today):
    """A list of ``{words, href_name, href_args, due_on, state}``, the nearest last day first."""
    found = []
    if actor.has(Role.STAFF):
        found += _for_office(today)
    if actor.has(Role.UNIT):
        found += _for_unit(actor, today)
    if actor.has(Role.MEMBER):
        found += _for_member(actor, today)
    return sorted(found, key=lambda one: (one["due_on"], one["words"]))[:MOST]


def _for_office(today):
    tasks = Task.objects.select_related("matter", "unit")
    found = [
        _one(_("单位退回了：%(title)s"), task.matter.title, "desk-task", task.pk, today, today)
        for task in tasks.filter(state=State.RETURNED)[:MOST]
    ]
    found += [
        _one(
            _("单位申请延期：%(title)s"),
            request.task.matter.title,
            "desk-task",
            request.task_id,
            request.before,
            today,
        )
        for request in finding.requests()[:MOST]
    ]
    said = Debt.objects.filter(state=DebtState.SAID).select_related("clause")
    found += [
        _one(_("核一笔欠账：%(title)s"), d.clause.promise, "desk-debt", d.pk, d.due_on, today)
        for d in said[:MOST]
    ]
    return found


def _for_unit(actor, today):
    sentences = {
        State.HANDED: _("收下或退回：%(title)s"),
        State.ACCEPTED: _("在办：%(title)s"),
    }
    tasks = finding.visible_to(actor).filter(state__in=sentences).order_by("due_on")[:MOST]
    found = []
    for task in tasks:
        day = task.accept_by if task.state == State.HANDED else task.due_on
        words = sentences[State(task.state)]
        if task.state == State.ACCEPTED and task.reopened_count:
            words = _("群众说没解决，重新办：%(title)s")
        found.append(_one(words, task.matter.title, "unit-task", task.pk, day, today))
    for asked in finding.helps(actor).filter(opinion_at=None)[:MOST]:
        title = asked.task.matter.title
        found.append(
            _one(_("写会办意见：%(title)s"), title, "unit-help", asked.pk, asked.due_on, today)
        )
    owed = Q(asked_at__isnull=False) | Q(due_on__lt=today)
    debts = ledger.visible_to(actor).filter(owed, state=DebtState.OWED)
    for debt in debts.order_by("due_on")[:MOST]:
        words = _("答应过的：%(title)s")
        promise = debt.clause.promise
        found.append(_one(words, promise, "unit-debt", debt.pk, debt.due_on, today))
    return found


def _for_member(actor, today):
    debts = ledger.visible_to(actor).filter(state=DebtState.CHECKED)
    return [
        _one(
            _("单位说兑现了，您认不认：%(title)s"),
            debt.clause.promise,
            "member-debt",
            debt.pk,
            today,
            today,
        )
        for debt in debts[:MOST]
    ]


def _one(words, title, name, key, due_on, today):
    left = calendar().between(today, due_on)
    state = "stop" if due_on < today else "slow" if left <= SOON else ""
    return {
        "words": words % {"title": title},
        "href_name": name,
        "href_args": [key],
        "due_on": due_on,
        "state": state,
    }
