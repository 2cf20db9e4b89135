"""The readers of checks, of new trouble at a place, and of revisits."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar
from biaochi.core.profiles import number
from biaochi.core.refusals import NotYours
from biaochi.outcome.models import Check, CheckLine, Revisit, SideEffect
from biaochi.outcome.rules import CheckState, How, Match, RevisitState
from biaochi.task.models import Claim
from biaochi.task.rules import When
from biaochi.voice import queries as voices
from biaochi.voice.rules import State as VoiceState

PAGE = 20
TABS = ("waiting", "true", "false")
READERS = (Role.STAFF, Role.AUDITOR, Role.OPERATOR)


@dataclass(frozen=True)
class Looked:
    """One decided check as everybody may read it: by what hand, never by whom."""

    unit: str
    state: str
    label: str
    at: dt.datetime
    how: str
    why: str
    before: str
    after: str
    lines: tuple  # (what was to be done, match, its label, words)


@dataclass(frozen=True)
class Again:
    """One revisit as everybody may read it."""

    months: int
    due_on: dt.date
    state: str
    label: str
    at: dt.datetime | None
    seen: str


@dataclass(frozen=True)
class Outcome:
    """What the public page of a matter shows of this stage."""

    checks: tuple
    waiting: int  # claims that nobody has looked at yet
    revisits: tuple


def visible_to(actor):
    """The checks that a doer may read: the office and the auditor all of them, nobody else."""
    checks = Check.objects.select_related("claim__task__matter", "claim__task__unit", "by")
    return checks if actor.has(*READERS) else checks.none()


def get(actor, pk):
    """One check.

    :raises NotYours: there is none, or it is not for this doer
    """
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotYours(_("没有这次核查，或者不对您的身份开放。"))
    return found


def listing(actor, tab, page=1):
    """One drawer, by day: ``(checks, how many in all)``."""
    order = ("due_on", "pk") if tab == "waiting" else ("-at", "-pk")
    checks = visible_to(actor).filter(state=tab)
    first = (max(page, 1) - 1) * PAGE
    return list(checks.order_by(*order)[first : first + PAGE]), checks.count()


def counts(actor, today):
    """How many checks lie in each drawer, and how many are late: one query."""
    return visible_to(actor).aggregate(
        waiting=Count("pk", filter=Q(state=CheckState.WAITING)),
        late=Count("pk", filter=Q(state=CheckState.WAITING, due_on__lt=today)),
        true=Count("pk", filter=Q(state=CheckState.TRUE)),
        false=Count("pk", filter=Q(state=CheckState.FALSE)),
    )


def others_waiting(actor, check, limit=5):
    """The next checks after this one."""
    waiting = visible_to(actor).filter(state=CheckState.WAITING).exclude(pk=check.pk)
    return list(waiting.order_by("due_on", "pk")[:limit])


def claimed(check):
    """What the unit says, clause by clause: ``[(item, line or None, check line or None)]``."""
    said = {line.item_id: line for line in check.claim.lines.select_related("item")}
    looked = {line.item_id: line for line in check.lines.all()}
    items = check.claim.task.items.all()
    return [(item, said.get(item.pk), looked.get(item.pk)) for item in items]


def exhibits(check):
    """The photos and papers that belong to a claim: before, now, papers."""
    order = {When.BEFORE: 0, When.AFTER: 1}
    return sorted(check.claim.exhibits.all(), key=lambda one: (order.get(one.when, 2), one.pk))


def nth_claim(check):
    """Whether it is the first claim of its task, the second, …"""
    return Claim.objects.filter(task=check.claim.task_id, at__lte=check.claim.at).count()


def side_effects(actor, *, answered):
    """The questions about new voices at a place, oldest open ones first; none for a unit."""
    if not actor.has(*READERS):
        return []
    asked = questions().filter(answered_at__isnull=not answered)
    return list(asked.select_related("matter").order_by("noticed_at", "pk")[:PAGE])


def side_effect(actor, pk):
    """One question with its rows.

    :raises NotYours: there is none, or it is not for this doer
    """
    found = questions().filter(pk=pk).select_related("matter").first()
    if found is None or not actor.has(*READERS):
        raise NotYours(_("没有这个问，或者不对您的身份开放。"))
    return found


def rows_of(actor, effect):
    """The voices that a question counted and that this doer may read, without identity.

    Who withdrew since is counted and not shown; an auditor reads the public ones.
    """
    counted = voices.visible_to(actor).filter(pk__in=effect.voices.values("pk"))
    return list(counted.filter(state=VoiceState.HEARD).order_by("said_at", "pk"))


def questions():
    """The watches that became questions."""
    least = number("watch_least")
    return SideEffect.objects.filter(after_count__gt=F("before_count"), after_count__gte=least)


def revisits(actor, tab, page=1):
    """Revisits in one drawer (``due``, ``coming``, ``done``): ``(revisits, how many in all)``."""
    if not actor.has(*READERS):
        return [], 0
    drawers = {
        "due": Q(state=RevisitState.ASKING),
        "coming": Q(state=RevisitState.WAITING),
        "done": Q(state__in=(RevisitState.HOLDS, RevisitState.BROKEN, RevisitState.UNREACHED)),
    }
    found = Revisit.objects.filter(drawers[tab]).select_related("matter")
    order = ("-at", "-pk") if tab == "done" else ("due_on", "pk")
    first = (max(page, 1) - 1) * PAGE
    return list(found.order_by(*order)[first : first + PAGE]), found.count()


def revisit(actor, pk):
    """One revisit.

    :raises NotYours: there is none, or it is not for this doer
    """
    found = Revisit.objects.filter(pk=pk).select_related("matter").first()
    if found is None or not actor.has(*READERS):
        raise NotYours(_("没有这次回头看，或者不对您的身份开放。"))
    return found


def revisits_of(matter):
    """All revisits of a matter, in order of their days."""
    return list(Revisit.objects.filter(matter=matter).order_by("due_on", "pk"))


def of_matter(matter):
    """What the public page of a matter shows: three queries, one when there is nothing."""
    checks = Check.objects.filter(claim__task__matter=matter).exclude(state=CheckState.DROPPED)
    checks = checks.select_related("claim__task__unit").order_by("-opened_at", "-pk")
    found = list(checks)
    if not found:
        return None
    decided = _newest_a_task(found)
    lines = _lines_of(decided)
    return Outcome(
        checks=tuple(_looked(check, lines.get(check.pk, ())) for check in decided),
        waiting=sum(check.state == CheckState.WAITING for check in found),
        revisits=tuple(_again(one) for one in revisits_of(matter)),
    )


def waiting(actor, today):
    """What waits for a doer here: checks with their day, questions, revisits to look at."""
    if not actor.has(Role.STAFF):
        return []
    checks = visible_to(actor).filter(state=CheckState.WAITING).order_by("due_on", "pk")[:PAGE]
    found = [
        {
            "words": _("核证据：%(title)s") % {"title": check.claim.task.matter.title},
            "href_name": "desk-check",
            "href_args": [check.pk],
            "due_on": check.due_on,
            "state": _pressing(check.due_on, today),
        }
        for check in checks
    ]
    for effect in side_effects(actor, answered=False):
        found.append(
            {
                "words": _("办完以后又有人说：%(title)s") % {"title": effect.matter.title},
                "href_name": "desk-side-effect",
                "href_args": [effect.pk],
                "due_on": None,
                "state": "",
            }
        )
    return found


def _pressing(day, today):
    left = calendar().between(today, day)
    return "stop" if day < today else "slow" if left <= 1 else ""


def _newest_a_task(checks):
    """The newest decided check of each task (``checks`` come newest first)."""
    newest = {}
    for check in checks:
        if check.state in (CheckState.TRUE, CheckState.FALSE):
            newest.setdefault(check.claim.task_id, check)
    return sorted(newest.values(), key=lambda check: (check.at, check.pk))


def _lines_of(checks):
    found = {}
    lines = CheckLine.objects.filter(check_of__in=[check.pk for check in checks])
    for line in lines.select_related("item").order_by("item__position", "pk"):
        row = (line.item.act, line.match, str(Match(line.match).label), line.words)
        found.setdefault(line.check_of_id, []).append(row)
    return found


def _looked(check, lines):
    return Looked(
        unit=check.claim.task.unit.name,
        state=check.state,
        label=str(CheckState(check.state).label),
        at=check.at,
        how=str(How(check.how).label),
        why=check.why,
        before=check.before,
        after=check.after,
        lines=tuple(lines),
    )


def _again(revisit):
    return Again(
        months=revisit.months,
        due_on=revisit.due_on,
        state=revisit.state,
        label=str(RevisitState(revisit.state).label),
        at=revisit.at,
        seen=revisit.seen,
    )
