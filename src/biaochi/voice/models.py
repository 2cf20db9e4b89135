"""The tables of the first stage. What was said is here; who said it is in ``people``."""

from django.db import models

from biaochi.flow import Step
from biaochi.people.models import Area, Category, Speaker, User
from biaochi.voice.rules import (
    Answer,
    BatchState,
    Channel,
    EventKind,
    MatterState,
    NoticeKind,
    State,
    Urgency,
)


class Batch(models.Model):
    """A spreadsheet that came in: what was read, taken, already known and refused."""

    PERSONAL = frozenset({"file_name", "by"})
    PLAIN = frozenset(
        {
            "id",
            "file_hash",
            "stored_as",
            "mapping",
            "state",
            "tried_at",
            "taken_at",
            "read_count",
            "taken_count",
            "known_count",
            "refused_count",
            "next_row",
            "report",
            "held",
        }
    )

    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64, db_index=True)
    stored_as = models.CharField(max_length=100, blank=True)  # removed when everything is in
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=BatchState, default=BatchState.TRIED)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True)
    tried_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    read_count = models.PositiveIntegerField(default=0)
    taken_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)  # what the dry run saw
    held = models.BooleanField(default=False)  # somebody pressed stop
    next_row = models.PositiveIntegerField(default=0)  # where to go on after an interruption

    class Meta:
        ordering = ["-tried_at", "-pk"]

    def __str__(self):
        return f"batch {self.pk}"


class RefusedRow(models.Model):
    """A row that was not taken, and why. The row's own words are not kept."""

    PERSONAL = frozenset()
    PLAIN = frozenset({"id", "batch", "row_number", "code", "params"})

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="refused_rows")
    row_number = models.PositiveIntegerField()
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["row_number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "row_number"], name="one_refusal_a_row")
        ]

    def __str__(self):
        return f"row {self.row_number}: {self.code}"


class Voice(models.Model):
    """What was said, with identity removed; the original words are sealed beside it."""

    PERSONAL = frozenset({"title", "text", "place", "original_sealed", "code_mark"})
    PLAIN = frozenset(
        {
            "id",
            "state",
            "channel",
            "area",
            "groups",
            "urgency",
            "public",
            "hidden_why",
            "category",
            "said_at",
            "heard_at",
            "seen_at",
            "withdrawn_at",
            "likes",
            "dislikes",
            "external_number",
            "fingerprint",
            "batch",
            "speaker",
            "redacted_kinds",
        }
    )

    code_mark = models.CharField(max_length=64, unique=True)  # keyed hash of the receipt code
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    original_sealed = models.BinaryField(null=True, blank=True)  # {title, text, place}
    redacted_kinds = models.JSONField(default=list)
    state = models.CharField(max_length=20, choices=State, default=State.HEARD)
    channel = models.CharField(max_length=20, choices=Channel)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True)
    groups = models.JSONField(default=list)
    urgency = models.CharField(max_length=10, choices=Urgency, blank=True)
    public = models.BooleanField(default=True)  # the speaker's own wish
    hidden_why = models.CharField(max_length=200, blank=True)  # the office's reason, told
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    said_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # shown to the public only after this
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    likes = models.PositiveIntegerField(default=0)
    dislikes = models.PositiveIntegerField(default=0)
    external_number = models.CharField(max_length=80, blank=True, db_index=True)
    fingerprint = models.CharField(max_length=64, null=True, blank=True, unique=True)
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True)
    speaker = models.ForeignKey(Speaker, models.SET_NULL, null=True, blank=True)

    class Meta:
        ordering = ["-said_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "public", "-said_at"], name="voice_public"),
            models.Index(fields=["area", "-said_at"], name="voice_area"),
            models.Index(fields=["state", "seen_at"], name="voice_unseen"),
            models.Index(fields=["-said_at", "-id"], name="voice_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.ERASED)
                | models.Q(text="", title="", place="", original_sealed__isnull=True),
                name="an_erased_voice_has_no_words",
            )
        ]

    def __str__(self):
        return f"voice {self.pk}"


class Addition(models.Model):
    """What a speaker added later."""

    PERSONAL = frozenset({"text", "original_sealed"})
    PLAIN = frozenset({"id", "voice", "at"})

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="additions")
    at = models.DateTimeField()
    text = models.TextField()
    original_sealed = models.BinaryField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"addition {self.pk}"


class Notice(models.Model):
    """What a speaker was told about their own voice."""

    PERSONAL = frozenset()
    PLAIN = frozenset({"id", "voice", "at", "kind", "params"})

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="notices")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=NoticeKind)
    params = models.JSONField(default=dict)  # titles and numbers of matters, reasons of staff

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.kind} at {self.at:%Y-%m-%d}"


class Draft(models.Model):
    """What a resident has filled in so far, sealed; it is found by a cookie's hash."""

    PERSONAL = frozenset({"mark", "content_sealed"})
    PLAIN = frozenset({"id", "changed_at", "sent_as"})

    mark = models.CharField(max_length=64, unique=True)
    content_sealed = models.BinaryField()
    changed_at = models.DateTimeField(db_index=True)
    sent_as = models.OneToOneField(Voice, models.CASCADE, null=True, blank=True)

    def __str__(self):
        return f"draft {self.pk}"


class Attachment(models.Model):
    """A photo or a recording, re-encoded by us, so that it carries no place and no device."""

    PERSONAL = frozenset({"stored_as"})
    PLAIN = frozenset({"id", "voice", "draft", "kind", "size", "width", "height", "seconds"})

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        RECORDING = "recording", "录音"

    voice = models.ForeignKey(
        Voice, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    draft = models.ForeignKey(
        Draft, models.SET_NULL, null=True, blank=True, related_name="attachments"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    stored_as = models.CharField(max_length=100, unique=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.kind} {self.pk}"


class Matter(models.Model):
    """One concrete thing that people raised. Its counts are kept by the verbs.

    ``heat_log`` is log2 Σ 2^(tᵢ/h) over distinct people (t in days, h the half-life): heat now
    is 2^(heat_log − now/h), so the order never goes stale and needs no nightly sweep.
    """

    PERSONAL = frozenset()
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

    PERSONAL = frozenset()
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

    PERSONAL = frozenset()
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

    PERSONAL = frozenset()
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

    PERSONAL = frozenset()
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

    PERSONAL = frozenset()
    PLAIN = frozenset({"id", "matter", "at", "kind", "params"})

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=EventKind)
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.kind} at {self.at:%Y-%m-%d}"
