"""The readers of the debt book. It is ordered by days; no unit is ever ranked."""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass

from django.db.models import Count, F, Min, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, due_on, local_day
from biaochi.core.profiles import span
from biaochi.core.refusals import NotYours
from biaochi.proposal.rules import State as ProposalState
from biaochi.task.models import Debt
from biaochi.task.rules import Debt as State
from biaochi.voice.matters.lists import Wanted, narrowed_by_fields
from biaochi.voice.models import Matter

PAGE = 20
STATES = ("owed", "overdue", "soon", "waiting", "kept", "late")
AT_CHECK = (State.SAID, State.CHECKED)
MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sieve:
    """Which debts somebody wants to see. Empty values let everything through."""

    state: str = ""
    query: str = ""
    unit: int | None = None
    moved: str = ""  # "yes" put off at least once, "no" never
    group: str = ""
    month: str = ""  # "2026-11", the month that was promised first


@dataclass(frozen=True)
class Row:
    """A debt as a page shows it. ``kind`` is one of ``kept late overdue waiting coming``."""

    debt: Debt
    kind: str
    left: int  # working days until the day it is due now, negative once over
    late_days: int  # days past the day that was promised first, 0 when in time
    moved: int
    lamp: str


def visible_to(actor):
    """The debts somebody may read: the office all, a unit its own, everybody what is published."""
    debts = Debt.objects.select_related("unit", "clause__proposal")
    if actor.has(Role.STAFF, Role.AUDITOR, Role.OPERATOR):
        return debts
    if actor.has(Role.UNIT) and actor.unit is not None:
        return debts.filter(unit=actor.unit)
    if actor.has(Role.MEMBER) and actor.account is not None:
        return debts.filter(clause__proposal__lead=actor.account)
    return debts.none()


def published():
    """The debts that everybody may read: those of replies that are published."""
    return Debt.objects.select_related("unit", "clause__proposal").filter(
        clause__proposal__state=ProposalState.PUBLISHED
    )


def get(actor, pk):
    """One debt.

    :raises NotYours: it is somebody else's, or there is none; which of the two is not said
    """
    debt = visible_to(actor).filter(pk=pk).first()
    if debt is None:
        raise NotYours(_("没有这一笔，或者不是您能看的。"))
    return debt


def sieved(debts, sieve, today):
    """The debts that pass a sieve, by the day they are due: late ones come first by themselves."""
    tests = tests_of(today)
    if sieve.state in tests:
        debts = debts.filter(tests[sieve.state])
    if sieve.unit:
        debts = debts.filter(unit=sieve.unit)
    if sieve.moved:
        debts = debts.filter(postponements__isnull=sieve.moved != "yes")
    if sieve.query:
        words = sieve.query
        debts = debts.filter(
            Q(clause__promise__icontains=words)
            | Q(clause__act__icontains=words)
            | Q(clause__proposal__title__icontains=words)
            | Q(clause__proposal__number__icontains=words)
        )
    if sieve.group:
        about = narrowed_by_fields(Matter.objects.all(), Wanted(group=sieve.group), None)
        debts = debts.filter(clause__proposal__matters__in=about.values("pk"))
    if sieve.month:
        first, last = month_ends(sieve.month)
        debts = debts.filter(first_due_on__range=(first, last))
    return debts.distinct().order_by("due_on", "pk")


def rows(debts, today, page=1):
    """One page of debts and how many there are: ``([Row], total)``."""
    first = (max(page, 1) - 1) * PAGE
    found = debts.prefetch_related("postponements")[first : first + PAGE]
    return [row(debt, today) for debt in found], debts.count()


def row(debt, today, moved=None):
    """What a page says of one debt today.

    :param moved: how often it was put off, if that is known already
    """
    kind = kind_of(debt, today)
    ended = local_day(debt.said_at) if debt.said_at else today
    lamps = {"kept": "go", "late": "slow", "overdue": "stop", "waiting": "slow", "coming": "none"}
    return Row(
        debt=debt,
        kind=kind,
        left=calendar().between(today, debt.due_on),
        late_days=max((ended - debt.first_due_on).days, 0),
        moved=len(debt.postponements.all()) if moved is None else moved,
        lamp=lamps[kind],
    )


def kind_of(debt, today):
    """``kept`` in time, ``late``, ``overdue``, ``waiting`` for the other two hands, ``coming``."""
    if debt.state == State.KEPT:
        return "late" if debt.is_late() else "kept"
    if debt.state in AT_CHECK:
        return "waiting"
    return "overdue" if debt.first_due_on < today else "coming"


def figures(debts, today):
    """The five figures of the book in one query, and the oldest day that is overdue."""
    tests = tests_of(today)
    return debts.aggregate(
        all=Count("pk", distinct=True),
        oldest=Min("first_due_on", filter=tests["overdue"]),
        **{name: Count("pk", filter=test, distinct=True) for name, test in tests.items()},
    )


def tests_of(today):
    """What each filter of the book means. Putting a debt off does not take it out of overdue."""
    near = due_on(today, span("debt_asked_before"))
    kept = Q(state=State.KEPT)
    return {
        "owed": ~kept,
        "overdue": Q(state=State.OWED, first_due_on__lt=today),
        "soon": Q(state=State.OWED, due_on__range=(today, near)),
        "waiting": Q(state__in=AT_CHECK),
        "kept": kept & Q(said_at__date__lte=F("first_due_on")),
        "late": kept & Q(said_at__date__gt=F("first_due_on")),
    }


def by_month(debts, today):
    """For each month that was promised first: ``[(month, kept, late, overdue, to come)]``.

    Months between the first and the last without any debt are there with zeros. What waits for
    the office or the member counts as to come.
    """
    place = {"kept": 0, "late": 1, "overdue": 2, "waiting": 3, "coming": 3}
    found = {}
    for debt in debts:
        month = debt.first_due_on.strftime("%Y-%m")
        found.setdefault(month, [0, 0, 0, 0])[place[kind_of(debt, today)]] += 1
    if not found:
        return []
    months, last = [min(found)], max(found)
    while months[-1] < last:
        _first, end = month_ends(months[-1])
        months.append((end + dt.timedelta(days=1)).strftime("%Y-%m"))
    return [(month, *found.get(month, (0, 0, 0, 0))) for month in months]


def month_ends(month):
    """The first and the last day of a month such as “2026-11”."""
    year, number = (int(part) for part in month.split("-"))
    first = dt.date(year, number, 1)
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return first, following - dt.timedelta(days=1)


def is_month(text):
    """Whether a text names a month such as “2026-11”."""
    return bool(MONTH.fullmatch(text))


def of_matter(matter, today):
    """What was promised about a matter, as everybody may read it: one query."""
    found = published().filter(clause__proposal__matters=matter)
    found = found.annotate(moved=Count("postponements")).order_by("due_on", "pk")
    return tuple(row(debt, today, debt.moved) for debt in found)


def postponements(debt):
    return list(debt.postponements.all())


def units_that_owe():
    """The units in the book, by name: ``[(key, name)]``."""
    found = Debt.objects.order_by("unit__name").values_list("unit", "unit__name").distinct()
    return list(found)


def as_table(debts, today):
    """The book as lines of CSV, ready to be streamed."""
    heading = (
        _("提案"),
        _("第几条"),
        _("答应了什么"),
        _("谁答应的"),
        _("最早答应的日子"),
        _("现在的日子"),
        _("改过几次"),
        _("现在"),
        _("单位说兑现的日子"),
        _("提的人认的日子"),
    )
    yield "\ufeff" + _line(heading)
    for debt in debts.prefetch_related("postponements"):
        proposal = debt.clause.proposal
        yield _line(
            (
                proposal.number or proposal.title,
                debt.clause.position,
                debt.clause.promise,
                debt.unit.name,
                debt.first_due_on,
                debt.due_on,
                len(debt.postponements.all()),
                kinds()[kind_of(debt, today)],
                local_day(debt.said_at) if debt.said_at else "",
                local_day(debt.kept_at) if debt.kept_at else "",
            )
        )


def kinds():
    """The words for each kind of debt."""
    return {
        "kept": _("按时兑现"),
        "late": _("晚了才兑现"),
        "overdue": _("到期没兑现"),
        "waiting": _("单位说兑现了，等核、等认"),
        "coming": _("还没到期"),
    }


def _line(cells):
    # A cell that begins like a formula would be run by an office program: a quote stops that.
    kept = io.StringIO()
    texts = [str(cell) for cell in cells]
    csv.writer(kept).writerow(["'" + text if text.startswith(FORMULA) else text for text in texts])
    return kept.getvalue()
