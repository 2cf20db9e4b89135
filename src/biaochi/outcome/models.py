from django.db import models

from biaochi.outcome.rules import CheckState, How, Match, RevisitState
from biaochi.people.models import User
from biaochi.task.models import Claim, Item
from biaochi.voice.models import Matter, Voice


class Check(models.Model):
    """Somebody else than the claimer looks whether a claim is true."""

    PERSONAL = frozenset({"by", "before", "after"})
    PLAIN = frozenset({"id", "claim", "state", "opened_at", "due_on", "at", "how", "why"})

    claim = models.OneToOneField(Claim, models.PROTECT, related_name="check_of")
    state = models.CharField(max_length=10, choices=CheckState, default=CheckState.WAITING)
    opened_at = models.DateTimeField()
    due_on = models.DateField(db_index=True)
    at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=10, choices=How, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)  # public

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self):
        return f"check {self.pk}"


class CheckLine(models.Model):
    """What was seen of one clause of a claim."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "check_of", "item", "match"})

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="lines")
    item = models.ForeignKey(Item, models.PROTECT, related_name="check_lines")
    match = models.CharField(max_length=10, choices=Match)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["item__position"]
        constraints = [
            models.UniqueConstraint(fields=["check_of", "item"], name="one_look_an_item")
        ]

    def __str__(self):
        return f"{self.match} {self.pk}"


class SideEffect(models.Model):
    """New voices at the same place after a matter was checked: a question, put to the office."""

    PERSONAL = frozenset({"answer"})
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "since",
            "until",
            "before_count",
            "after_count",
            "voices",
            "noticed_at",
            "answered_at",
        }
    )

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="side_effects")
    since = models.DateTimeField()
    until = models.DateTimeField()
    before_count = models.PositiveIntegerField()  # people in a span of the same length before
    after_count = models.PositiveIntegerField()
    voices = models.ManyToManyField(Voice, related_name="+")
    noticed_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-noticed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "since"], name="one_watch_a_closing")
        ]

    def __str__(self):
        return f"side effect {self.pk}"


class Revisit(models.Model):
    """A solved matter is looked at again after some months."""

    PERSONAL = frozenset({"seen"})
    PLAIN = frozenset({"id", "matter", "since", "months", "due_on", "state", "asked_at", "at"})

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="revisits")
    since = models.DateTimeField()  # when those who spoke confirmed
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    state = models.CharField(max_length=10, choices=RevisitState, default=RevisitState.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    seen = models.TextField(blank=True)  # what the office saw on the spot, if it went

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "since", "months"], name="one_revisit_a_distance"
            )
        ]

    def __str__(self):
        return f"revisit after {self.months}"
