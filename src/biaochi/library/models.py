from django.db import models

from biaochi.library.rules import Genre, Reason, State
from biaochi.people.models import Category, User


class Document(models.Model):
    """A text to read. A compilation has parts; each part is a document of its own."""

    PERSONAL = frozenset({"uploaded_by", "author_words"})
    PLAIN = frozenset(
        {
            "id",
            "title",
            "genre",
            "state",
            "parent",
            "order",
            "compiled_on",
            "happened_on",
            "uploaded_at",
            "published_at",
            "source_name",
            "source_hash",
            "source_size",
            "stored_as",
            "rights",
            "may_download",
            "category",
            "page_count",
            "truncated",
            "notes",
            "down_why",
        }
    )

    title = models.CharField(max_length=200)
    genre = models.CharField(max_length=20, choices=Genre)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0)
    author_words = models.CharField(max_length=120, blank=True)  # who spoke, as the text says
    happened_on = models.DateField(null=True, blank=True)  # when it was said
    compiled_on = models.CharField(max_length=20, blank=True)  # when somebody put it together
    uploaded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # the first time; None: never shown
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=200, blank=True)
    source_hash = models.CharField(max_length=64, db_index=True)  # SHA-256 of the file
    source_size = models.PositiveIntegerField(default=0)  # bytes
    stored_as = models.CharField(max_length=100, blank=True)  # the original, byte for byte
    rights = models.CharField(max_length=300)
    may_download = models.BooleanField(default=False)  # the rights allow to hand out the original
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    truncated = models.BooleanField(default=False)  # breaks off: never shown as whole
    notes = models.JSONField(default=list)  # what was mended on the way in
    down_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "order", "pk"]

    def __str__(self):
        return f"document {self.pk}"


class Page(models.Model):
    """One page as it is read and searched; paragraphs are separated by a newline."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "document", "number", "text"})

    document = models.ForeignKey(Document, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="a_page_once_a_document")
        ]

    def __str__(self):
        return f"page {self.number} of document {self.document_id}"


class Complaint(models.Model):
    """Somebody says that a text should not stand here; the answer is public to them."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "document", "reason", "at", "answered_at", "answer"})

    document = models.ForeignKey(Document, models.CASCADE, related_name="complaints")
    reason = models.CharField(max_length=10, choices=Reason, default=Reason.OTHER)
    words = models.TextField()
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"complaint {self.pk}"


class ReadingList(models.Model):
    """Documents to read together, by field, kept by staff. Nobody counts who has read what."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "title", "why", "category", "made_at", "closed"})

    title = models.CharField(max_length=80)
    why = models.CharField(max_length=200, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True)
    made_at = models.DateTimeField()
    closed = models.BooleanField(default=False)  # no longer shown

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return f"reading list {self.pk}"


class ReadingItem(models.Model):
    """A document on a reading list, and what to look for in it."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "reading_list", "document", "order", "what_for"})

    reading_list = models.ForeignKey(ReadingList, models.CASCADE, related_name="items")
    document = models.ForeignKey(Document, models.CASCADE, related_name="on_lists")
    order = models.PositiveSmallIntegerField(default=0)
    what_for = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading_list", "document"], name="a_document_once_a_list"
            )
        ]

    def __str__(self):
        return f"item {self.pk} of list {self.reading_list_id}"
