"""The rows behind every number: one line each for a clause, a task, a matter, a revisit.

A row is a public fact with an address. Nobody who spoke is in it.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone

from biaochi.core.clock import local_day
from biaochi.core.models import Head
from biaochi.evaluation.models import Round
from biaochi.evaluation.rules import State as RoundState
from biaochi.outcome.models import Check, CheckLine, Revisit
from biaochi.outcome.rules import CheckState, RevisitState
from biaochi.proposal.models import Clause
from biaochi.task.models import Debt, Item, Task
from biaochi.task.rules import State as TaskState
from biaochi.voice.rules import MatterState
from biaochi.yardstick.parts import part_of_clause, part_of_item, part_of_matter, part_of_task

DONE_STATES = (TaskState.CHECKED, TaskState.CONFIRMED, TaskState.UNREACHED)


@dataclass(frozen=True)
class Row:
    """One counted thing: where it is read, when it counts, where, what kind, in which part.

    ``good`` and ``side`` serve the lights: whether the row speaks for green, and which of two
    groups it belongs to.
    """

    title: str
    page: str  # the name of the address
    key: int
    part: str
    on: dt.date
    area: str = ""
    category: str = ""
    groups: tuple = ()
    unit: str = ""
    people: int = 0
    matter: int | None = None
    good: bool | None = None
    side: str = ""


class Held(NamedTuple):
    """A task with what the rows need of it, its matter and its unit: read as plain values,
    because there are ten thousands of them."""

    pk: int
    matter_id: int
    what: str
    state: str
    due_on: dt.date
    handed_on: dt.date
    claimed_on: dt.date | None
    clause_id: int | None
    unit: str
    title: str
    matter_state: str
    areas: list
    category: str | None
    groups: list
    people: int

    @property
    def facts(self):
        """The facts of its matter that every row has."""
        return {
            "area": self.areas[0] if self.areas else "",
            "category": self.category or "",
            "groups": tuple(self.groups),
            "people": self.people,
            "matter": self.matter_id,
        }


COLUMNS = (
    *("pk", "matter_id", "what", "state", "due_on", "handed_at", "claimed_at", "clause_id"),
    *("unit__name", "matter__title", "matter__state", "matter__areas", "matter__category__name"),
    *("matter__groups", "matter__people_count"),
)


class Book:
    """What was read from the tables on a day, read once: a page counts the same rows many times."""

    def __init__(self, today):
        self.today, self.made = today, {}

    @cached_property
    def tasks(self):
        """All tasks that were not taken back by the office."""
        found = Task.objects.exclude(state=TaskState.RECALLED).order_by("pk")
        zone = timezone.get_current_timezone()
        return [
            Held(*values)._replace(
                handed_on=values[5].astimezone(zone).date(),
                claimed_on=values[6] and values[6].astimezone(zone).date(),
            )
            for values in found.values_list(*COLUMNS)
        ]

    @cached_property
    def checks(self):
        """The state of the check of each task's latest claim: ``{task: state}``."""
        found = Check.objects.order_by("claim__at", "claim_id")
        found = found.exclude(state=CheckState.DROPPED)
        return dict(found.values_list("claim__task_id", "state"))

    @cached_property
    def verdicts(self):
        return verdicts()

    def rows(self, key):
        """All rows of a ratio, whatever the area and the day, newest first."""
        if key not in self.made:
            makers = {"clause": clause_rows, "landed": task_rows, "effect": matter_rows}
            rows = makers.get(key, revisit_rows)(self)
            self.made[key] = sorted(rows, key=lambda row: (row.on, row.key), reverse=True)
        return self.made[key]

    def part_of(self, task):
        return part_of_task(
            task.state,
            task.due_on,
            self.checks.get(task.pk),
            self.today,
            states=TaskState,
            checks=CheckState,
        )


KEPT: dict = {}  # the one book of this process, by the record's end and the day


def standing_book(today):
    """The book as the record stands now: read again only after somebody has done something."""
    key = (Head.objects.filter(pk=1).values_list("hash", flat=True).first(), today)
    book = KEPT.get(key)
    if book is None:
        KEPT.clear()
        book = KEPT[key] = Book(today)
    return book


@dataclass(frozen=True)
class Frame:
    """What is measured: an area (its name, or "" for all) and a period, on the day of a book."""

    area: str
    period: object
    today: dt.date
    book: Book | None = field(default=None, compare=False)

    def __post_init__(self):
        if self.book is None:
            object.__setattr__(self, "book", standing_book(self.today))

    def holds(self, row):
        return (not self.area or row.area == self.area) and self.period.has(row.on)


def rows_of(key, frame):
    """The rows of one ratio inside a frame, newest first."""
    return [row for row in frame.book.rows(key) if frame.holds(row)]


def area_of(matter):
    """A matter counts in one area: where most people spoke of it."""
    return matter.areas[0] if matter.areas else ""


def of_matter(matter, **values):
    """The facts of a matter that every row of it has."""
    return {
        "area": area_of(matter),
        "category": matter.category.name if matter.category else "",
        "groups": tuple(matter.groups),
        "people": matter.people_count,
        "matter": matter.pk,
        **values,
    }


def task_rows(book):
    return [
        Row(
            title=task.what,
            page="matter",
            key=task.matter_id,
            part=book.part_of(task),
            on=task.handed_on,
            unit=task.unit,
            **task.facts,
        )
        for task in book.tasks
    ]


def clause_rows(book):
    return [*proposal_clauses(book.today), *task_clauses(book)]


def proposal_clauses(today):
    """Every clause of every proposal that was handed to a unit, whether answered or not."""
    debts = {
        clause: (state, due_on)
        for clause, state, due_on in Debt.objects.values_list("clause_id", "state", "due_on")
    }
    clauses = Clause.objects.filter(proposal__handed_at__isnull=False).select_related("proposal")
    clauses = clauses.prefetch_related("proposal__matters__category")
    found = []
    for clause in clauses.order_by("pk"):
        proposal = clause.proposal
        matter = next(iter(proposal.matters.all()), None)
        part = part_of_clause(clause, debts.get(clause.pk), proposal.reply_by, today)
        found.append(
            Row(
                title=clause.act,
                page="proposal",
                key=proposal.pk,
                part=part,
                on=local_day(proposal.handed_at),
                **(of_matter(matter) if matter else {}),
            )
        )
    return found


def task_clauses(book):
    """Every item of every task that does not come from a clause; a task without items is one."""
    items = defaultdict(list)
    for task, item, act in Item.objects.order_by("position").values_list("task_id", "pk", "act"):
        items[task].append((item, act))
    lines = CheckLine.objects.filter(check_of__state=CheckState.TRUE).order_by("check_of__at", "pk")
    matches = dict(lines.values_list("item_id", "match"))
    found = []
    for task in book.tasks:
        if task.clause_id is not None:
            continue
        whole = book.part_of(task)
        for item, act in items.get(task.pk) or [(None, task.what)]:
            match = matches.get(item) if item else "yes"
            found.append(
                Row(
                    title=act,
                    page="matter",
                    key=task.matter_id,
                    part=part_of_item(whole, match),
                    on=task.handed_on,
                    unit=task.unit,
                    **task.facts,
                )
            )
    return found


def verdicts(matter=None):
    """The latest word of the people on each matter, or one: ``{matter: (state, decided_at)}``.

    A revisit changes it only when people say that it broke again.
    """
    found = {}
    rounds = Round.objects.order_by("opened_at", "pk")
    rounds = rounds.filter(matter=matter) if matter is not None else rounds
    for key, state, revisit, decided_at in rounds.values_list(
        "matter_id", "state", "revisit_id", "decided_at"
    ):
        if revisit is None or state == RoundState.UNSOLVED:
            found[key] = (state, decided_at)
    return found


def matter_rows(book):
    """Every open matter that a unit has or had, from the day it was first handed over."""
    held = defaultdict(list)
    for task in book.tasks:
        if task.matter_state == MatterState.OPEN:
            held[task.matter_id].append(task)
    found = []
    for matter, its in held.items():
        overdue = any(
            task.state in (TaskState.HANDED, TaskState.ACCEPTED) and task.due_on < book.today
            for task in its
        )
        state, _decided = book.verdicts.get(matter, ("", None))
        found.append(
            Row(
                title=its[0].title,
                page="matter",
                key=matter,
                part=part_of_matter(state, overdue),
                on=min(task.handed_on for task in its),
                **its[0].facts,
            )
        )
    return found


def revisit_rows(book):
    revisits = Revisit.objects.exclude(state=RevisitState.WAITING, due_on__gt=book.today)
    return [
        Row(
            title=revisit.matter.title,
            page="matter",
            key=revisit.matter_id,
            part="asking" if revisit.state == RevisitState.WAITING else revisit.state,
            on=revisit.due_on,
            **of_matter(revisit.matter),
        )
        for revisit in revisits.select_related("matter__category").order_by("pk")
    ]
