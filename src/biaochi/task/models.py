from django.db import models

from biaochi.core.clock import local_day
from biaochi.deliberation.models import Point
from biaochi.people.models import Unit, User
from biaochi.proposal.models import Clause
from biaochi.task.rules import Debt as DebtState
from biaochi.task.rules import Done, More, ReturnReason, Source, State, When
from biaochi.voice.models import Matter


class Task(models.Model):
    """A matter in the hands of a unit."""

    PERSONAL = frozenset({"return_words"})
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "unit",
            "source",
            "clause",
            "point",
            "what",
            "state",
            "handed_at",
            "accept_by",
            "return_by",
            "due_on",
            "accepted_at",
            "first_act",
            "return_reason",
            "suggested_unit",
            "why",
            "claimed_at",
            "check_by",
            "confirmed_at",
            "reopened_at",
            "reopened_count",
        }
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
    source = models.CharField(max_length=10, choices=Source, default=Source.MATTER)
    clause = models.ForeignKey(Clause, models.PROTECT, null=True, blank=True, related_name="tasks")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="tasks")
    what = models.CharField(max_length=200)  # what is to be done, in the office's words
    why = models.CharField(max_length=300, blank=True)  # why this unit
    state = models.CharField(max_length=20, choices=State, default=State.HANDED)
    handed_at = models.DateTimeField()
    accept_by = models.DateField()
    return_by = models.DateField()
    due_on = models.DateField(db_index=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    first_act = models.CharField(max_length=200, blank=True)  # the unit's first step
    return_reason = models.CharField(max_length=20, choices=ReturnReason, blank=True)
    return_words = models.TextField(blank=True)
    suggested_unit = models.CharField(max_length=60, blank=True)  # whose it is, says the unit
    claimed_at = models.DateTimeField(null=True, blank=True)  # the latest claim
    check_by = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)  # the days count anew from here
    reopened_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="task_inbox")]

    def __str__(self):
        return f"task {self.pk}"


class Item(models.Model):
    """One clause of a task: what, and how one will know that it is done."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "task", "position", "act", "measure"})

    task = models.ForeignKey(Task, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=200)
    measure = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "position"], name="one_item_a_place")
        ]

    def __str__(self):
        return f"item {self.position} of task {self.task_id}"


class Helper(models.Model):
    """A co-unit (会办): it gives its opinion to the unit in the lead."""

    PERSONAL = frozenset({"opinion"})
    PLAIN = frozenset({"id", "task", "unit", "asked_at", "due_on", "opinion_at"})

    task = models.ForeignKey(Task, models.CASCADE, related_name="helpers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="helps")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    opinion = models.TextField(blank=True)
    opinion_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="one_help_a_unit")]

    def __str__(self):
        return f"helper {self.pk}"


class Progress(models.Model):
    """What a unit says has moved. Days without progress stay empty; nothing asks for reports."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "task", "at"})

    task = models.ForeignKey(Task, models.CASCADE, related_name="progress")
    at = models.DateTimeField()
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"progress {self.pk}"


class Extension(models.Model):
    """A request for more time, and what was answered. Both are public."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset(
        {
            "id",
            "task",
            "state",
            "asked_at",
            "before",
            "until",
            "why",
            "meanwhile",
            "answered_at",
            "answer_why",
        }
    )

    task = models.ForeignKey(Task, models.CASCADE, related_name="extensions")
    state = models.CharField(max_length=10, choices=More, default=More.ASKED)
    asked_at = models.DateTimeField()
    before = models.DateField()  # the day it was due until then
    until = models.DateField()
    why = models.CharField(max_length=300)
    meanwhile = models.CharField(max_length=300)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(state=More.ASKED), name="one_request_at_a_time"
            )
        ]

    def __str__(self):
        return f"extension {self.pk}"


class Claim(models.Model):
    """What a unit says it has done, and what not. A claim closes nothing."""

    PERSONAL = frozenset({"by", "good", "bad"})
    PLAIN = frozenset(
        {
            "id",
            "task",
            "at",
            "one_sided_why",
            "once_cost",
            "yearly_cost",
            "paid_by",
            "taken_back_at",
        }
    )

    task = models.ForeignKey(Task, models.CASCADE, related_name="claims")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    good = models.TextField(blank=True)
    bad = models.TextField(blank=True)
    one_sided_why = models.CharField(max_length=300, blank=True)
    once_cost = models.CharField(max_length=60, blank=True)
    yearly_cost = models.CharField(max_length=60, blank=True)
    paid_by = models.CharField(max_length=120, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"claim {self.pk}"


class ClaimLine(models.Model):
    """What a claim says of one clause."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "claim", "item", "done"})

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="lines")
    done = models.CharField(max_length=10, choices=Done)
    words = models.CharField(max_length=300)

    class Meta:
        ordering = ["item__position"]
        constraints = [models.UniqueConstraint(fields=["claim", "item"], name="one_line_an_item")]

    def __str__(self):
        return f"{self.done} {self.pk}"


class Exhibit(models.Model):
    """A photo or a paper that belongs to a claim: before, after, or a file."""

    PERSONAL = frozenset({"caption", "stored_as"})
    PLAIN = frozenset({"id", "claim", "when", "taken_on", "kind", "size", "width", "height"})

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="exhibits")
    when = models.CharField(max_length=10, choices=When)
    caption = models.CharField(max_length=200)
    taken_on = models.DateField(null=True, blank=True)
    stored_as = models.CharField(max_length=100, unique=True, null=True, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    size = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["when", "pk"]

    def __str__(self):
        return f"exhibit {self.pk}"


class Debt(models.Model):
    """A promise of class B. It comes back by itself on its day."""

    PERSONAL = frozenset({"said_words", "answer_words"})
    PLAIN = frozenset(
        {
            "id",
            "clause",
            "unit",
            "state",
            "booked_at",
            "first_due_on",
            "due_on",
            "asked_at",
            "said_at",
            "checked_at",
            "kept_at",
        }
    )

    clause = models.OneToOneField(Clause, models.PROTECT, related_name="debt")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="debts")
    state = models.CharField(max_length=10, choices=DebtState, default=DebtState.OWED)
    booked_at = models.DateTimeField()
    first_due_on = models.DateField()  # the day that was promised first; it stays
    due_on = models.DateField(db_index=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # the last time the clock asked
    said_at = models.DateTimeField(null=True, blank=True)
    said_words = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.CharField(max_length=300, blank=True)  # of the office or the member

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"debt {self.pk}"

    def is_late(self):
        """Whether the promise was kept after the day that was promised first.

        The day is the one on which the unit said so: checking takes time that is not the unit's.
        """
        return self.said_at is not None and local_day(self.said_at) > self.first_due_on


class Postponement(models.Model):
    """A debt put off: the old day stays, with why."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "debt", "at", "before", "until", "why"})

    debt = models.ForeignKey(Debt, models.CASCADE, related_name="postponements")
    at = models.DateTimeField()
    before = models.DateField()
    until = models.DateField()
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"postponement {self.pk}"
