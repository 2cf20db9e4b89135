from django.db import models

from biaochi.evaluation.rules import Answer, State, Way
from biaochi.outcome.models import Revisit
from biaochi.people.models import Speaker
from biaochi.task.models import Task
from biaochi.voice.models import Matter, Voice


class Round(models.Model):
    """Everybody who spoke of a matter is asked once: is it solved?"""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "tasks",
            "revisit",
            "state",
            "opened_at",
            "closes_on",
            "decided_at",
            "rule",
        }
    )

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="rounds")
    tasks = models.ManyToManyField(Task, related_name="rounds")  # what is claimed and checked
    revisit = models.OneToOneField(
        Revisit, models.PROTECT, null=True, blank=True, related_name="round"
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKING)
    opened_at = models.DateTimeField()
    closes_on = models.DateField(db_index=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    rule = models.JSONField(default=dict)  # share and least of the profile when it was opened

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"],
                condition=models.Q(state=State.ASKING),
                name="one_round_at_a_time",
            )
        ]

    def __str__(self):
        return f"round {self.pk}"


class Ask(models.Model):
    """One person who is asked in a round, and the answer. Units read sums only, from five on."""

    PERSONAL = frozenset({"answer", "words"})
    PLAIN = frozenset(
        {
            "id",
            "round",
            "voice",
            "speaker",
            "way",
            "words_public",
            "answered_at",
            "first_answered_at",
            "tried_count",
            "tried_at",
        }
    )

    round = models.ForeignKey(Round, models.CASCADE, related_name="asks")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="asks")  # a person's first one
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, blank=True, related_name="asks"
    )
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    words = models.TextField(blank=True)  # with identity covered
    words_public = models.BooleanField(default=False)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    tried_count = models.PositiveSmallIntegerField(default=0)  # calls that reached nobody
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "voice"], name="one_question_a_voice"),
            models.UniqueConstraint(
                fields=["round", "speaker"],
                condition=models.Q(speaker__isnull=False),
                name="one_question_a_person",
            ),
        ]

    def __str__(self):
        return f"ask {self.pk}"
