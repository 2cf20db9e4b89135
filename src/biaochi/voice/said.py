"""The tables of what was said. Who said it is in ``people``; what it became is in ``models``."""

from django.db import models

from biaochi.people.models import Area, Category, Speaker, User
from biaochi.voice.rules import BatchState, Channel, NoticeKind, State, Urgency


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

    PERSONAL: frozenset[str] = frozenset()
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
            models.Index(fields=["said_at", "state", "speaker"], name="voice_people"),
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

    PERSONAL: frozenset[str] = frozenset()
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
