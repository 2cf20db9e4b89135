from django.db import models

from biaochi.people.models import Unit
from biaochi.task.rules import ReturnReason, State
from biaochi.voice.models import Matter


class Task(models.Model):
    """A matter in the hands of a unit."""

    PERSONAL = frozenset({"return_words"})
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "unit",
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
        }
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tasks")
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

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "state", "due_on"], name="task_inbox")]

    def __str__(self):
        return f"task {self.pk}"
