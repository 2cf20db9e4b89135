from django.db import models

from biaochi.people.models import User
from biaochi.topic.rules import Choice, Criterion, GoesTo, Grade, State
from biaochi.voice.models import Matter


class Topic(models.Model):
    """A question that may be worth studying, with what was decided about it."""

    PERSONAL = frozenset({"raised_by"})
    PLAIN = frozenset(
        {
            "id",
            "matters",
            "title",
            "question",
            "state",
            "raised_at",
            "decided_at",
            "why",
            "goes_to",
            "goes_where",
            "review_on",
        }
    )

    matters = models.ManyToManyField(Matter, related_name="topics")
    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300)  # what is to be found out
    state = models.CharField(max_length=20, choices=State, default=State.CANDIDATE)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # public
    goes_to = models.CharField(max_length=20, choices=GoesTo, blank=True)
    goes_where = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]

    def __str__(self):
        return self.title


class Measure(models.Model):
    """One criterion of one candidate: how far it is met, a sentence, and the figures of that day."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "topic", "criterion", "grade", "sentence", "figures"})

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="measures")
    criterion = models.CharField(max_length=20, choices=Criterion)
    grade = models.CharField(max_length=10, choices=Grade)
    sentence = models.CharField(max_length=300)
    figures = models.JSONField(default=dict)  # counted when the candidate was raised

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "criterion"], name="one_measure_a_criterion")
        ]

    def __str__(self):
        return f"{self.criterion} of topic {self.topic_id}"


class Opinion(models.Model):
    """What one person decided about a candidate. It is blind until the decision is made."""

    PERSONAL = frozenset({"by"})
    PLAIN = frozenset(
        {"id", "topic", "choice", "why", "goes_to", "goes_where", "review_on", "at", "round"}
    )

    topic = models.ForeignKey(Topic, models.CASCADE, related_name="opinions")
    round = models.PositiveSmallIntegerField(default=1)  # a topic can come back
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    why = models.CharField(max_length=300)
    goes_to = models.CharField(max_length=20, choices=GoesTo, blank=True)
    goes_where = models.CharField(max_length=300, blank=True)
    review_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["topic", "round", "by"], name="one_opinion_a_person")
        ]

    def __str__(self):
        return f"opinion {self.pk}"
