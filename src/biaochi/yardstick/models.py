from django.db import models

from biaochi.people.models import Area, Unit, User
from biaochi.voice.models import Matter
from biaochi.yardstick.rules import Finding, Horizon, Kind, Question, State, WrongKind


class Achievement(models.Model):
    """A line of the achievement ledger: for whom, what, by what means, and through whose hands."""

    PERSONAL = frozenset({"by"})
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "area",
            "title",
            "for_whom",
            "what",
            "by_what",
            "kind",
            "horizon",
            "ticks",
            "at",
        }
    )

    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="achievements"
    )
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    for_whom = models.CharField(max_length=300)
    what = models.CharField(max_length=300)
    by_what = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=Kind)
    horizon = models.CharField(max_length=10, choices=Horizon)
    ticks = models.JSONField(default=dict)  # sign that it lasts -> why
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.title


class Hand(models.Model):
    """One of the hands that carried an achievement: an office, a unit, a group; never a ranking."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "achievement", "position", "who", "did", "year"})

    achievement = models.ForeignKey(Achievement, models.CASCADE, related_name="hands")
    position = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=80)
    did = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"hand {self.pk}"


class Spending(models.Model):
    """Money by kind of matter and area in a year, from a published source: for the third alert."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "area", "category_name", "title", "year", "amount", "source"})

    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    category_name = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)  # ten thousand yuan
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["-year", "-amount", "pk"]

    def __str__(self):
        return self.title


class Alert(models.Model):
    """A question with its reason, other explanations, a way to check, and the unit's answer."""

    PERSONAL = frozenset({"answer", "wrong_words"})
    PLAIN = frozenset(
        {
            "id",
            "question",
            "mark",
            "unit",
            "area",
            "state",
            "asked_at",
            "answer_by",
            "figures",
            "p_value",
            "q_value",
            "rule_version",
            "answered_at",
            "settled_at",
            "finding",
            "found",
            "wrong_kind",
            "wrong_at",
        }
    )

    question = models.CharField(max_length=20, choices=Question)
    mark = models.CharField(max_length=64, unique=True)  # what is asked, so that it is asked once
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="alerts")
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    answer_by = models.DateField()
    figures = models.JSONField(default=dict)  # what the sentences and the drawing are made from
    p_value = models.FloatField(null=True, blank=True)
    q_value = models.FloatField(null=True, blank=True)
    rule_version = models.PositiveSmallIntegerField(default=1)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    found = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    wrong_kind = models.CharField(max_length=10, choices=WrongKind, blank=True)
    wrong_words = models.CharField(max_length=300, blank=True)
    wrong_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self):
        return f"alert {self.pk}"
