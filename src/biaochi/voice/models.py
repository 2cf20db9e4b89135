"""The tables of the first stage: what was said (from ``said``) and the matters it became."""

from django.db import models

from biaochi.flow import Step
from biaochi.people.models import Category
from biaochi.voice.rules import Answer, EventKind, MatterState, Urgency
from biaochi.voice.said import (
    Addition,
    Attachment,
    Batch,
    Draft,
    Notice,
    RefusedRow,
    Voice,
)

__all__ = [
    "Addition",
    "Attachment",
    "Batch",
    "Draft",
    "Event",
    "Matter",
    "Membership",
    "Notice",
    "RefusedRow",
    "Regroup",
    "Suggested",
    "Suggestion",
    "Verdict",
    "Voice",
]


class Matter(models.Model):
    """One concrete thing that people raised. Its counts are kept by the verbs.

    ``heat_log`` is log2 Σ 2^(tᵢ/h) over distinct people (t in days, h the half-life): heat now
    is 2^(heat_log − now/h), so the order never goes stale and needs no nightly sweep.
    """

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset(
        {
            "id",
            "number",
            "title",
            "place",
            "state",
            "step",
            "category",
            "merged_into",
            "opened_at",
            "first_at",
            "last_at",
            "people_count",
            "voice_count",
            "like_count",
            "heat_log",
            "areas",
            "groups",
            "urgency",
            "needs_care",
            "care_why",
        }
    )

    number = models.CharField(max_length=30, unique=True)  # 青民〔2026〕0317
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=20, choices=MatterState, default=MatterState.OPEN)
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.SAID)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    opened_at = models.DateTimeField()
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    people_count = models.PositiveIntegerField(default=0)
    voice_count = models.PositiveIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    heat_log = models.FloatField(default=-1e9)
    areas = models.JSONField(default=list)  # names, most voices first
    groups = models.JSONField(default=list)
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True)
    needs_care = models.BooleanField(default=False)  # few people, serious need
    care_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-heat_log", "pk"]
        indexes = [
            models.Index(fields=["state", "-heat_log", "id"], name="matter_hot"),
            models.Index(fields=["state", "-people_count", "id"], name="matter_people"),
            models.Index(fields=["state", "-last_at", "id"], name="matter_newest"),
            models.Index(fields=["state", "step", "-heat_log"], name="matter_step"),
        ]

    def __str__(self):
        return self.number


class Membership(models.Model):
    """A voice belongs to one matter at a time."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "matter", "voice", "at", "how", "score", "reasons"})

    class How(models.TextChoices):
        STAFF = "staff", "工作人员归的"
        SUGGESTED = "suggested", "照建议归的"
        SELF = "self", "本人选的"

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="memberships")
    voice = models.OneToOneField(Voice, models.CASCADE, related_name="membership")
    at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How)
    score = models.FloatField(null=True, blank=True)
    reasons = models.JSONField(default=list)

    def __str__(self):
        return f"voice {self.voice_id} in matter {self.matter_id}"


class Regroup(models.Model):
    """One deed of bringing together or taking apart, kept whole so that it can be undone."""

    PERSONAL = frozenset({"by"})
    PLAIN = frozenset({"id", "kind", "at", "moves", "matters", "undone_at"})

    kind = models.CharField(max_length=20, choices=EventKind)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    moves = models.JSONField()  # [[voice, matter before or null, matter after or null], …]
    matters = models.JSONField(default=dict)  # what changed of the matters themselves
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Suggestion(models.Model):
    """What the machine thinks belongs together, with its reasons. People answer."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset(
        {
            "id",
            "matter",
            "title",
            "place",
            "probability",
            "reasons",
            "doubts",
            "answer",
            "made_at",
            "answered_at",
            "regroup",
            "size",
            "mark",
        }
    )

    matter = models.ForeignKey(Matter, models.CASCADE, null=True, blank=True)  # join this one
    title = models.CharField(max_length=120, blank=True)  # … or open a new one
    place = models.CharField(max_length=120, blank=True)
    probability = models.FloatField()
    size = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list)
    doubts = models.JSONField(default=list)
    mark = models.CharField(max_length=64, unique=True)  # hash of what is suggested: never twice
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    regroup = models.ForeignKey(Regroup, models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-size", "-probability", "pk"]
        indexes = [models.Index(fields=["answer", "-size", "-probability"], name="suggestion_open")]

    def __str__(self):
        return f"suggestion {self.pk}"


class Suggested(models.Model):
    """One voice in a suggestion, with its own reason."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "suggestion", "voice", "score", "reasons"})

    suggestion = models.ForeignKey(Suggestion, models.CASCADE, related_name="voices")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="suggested")
    score = models.FloatField()
    reasons = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion", "voice"], name="a_voice_once_a_suggestion"
            )
        ]

    def __str__(self):
        return f"voice {self.voice_id} in suggestion {self.suggestion_id}"


class Verdict(models.Model):
    """What people decided about two voices, obeyed by every later suggestion."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "one", "other", "same", "at"})

    one = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    other = models.ForeignKey(Voice, models.CASCADE, related_name="+")
    same = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="one_verdict_a_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="in_order"),
        ]

    def __str__(self):
        return f"{self.one_id} and {self.other_id}: {'same' if self.same else 'different'}"


class Event(models.Model):
    """What happened to a matter, for everybody to read."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "matter", "at", "kind", "params"})

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind)
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.kind} at {self.at:%Y-%m-%d}"
