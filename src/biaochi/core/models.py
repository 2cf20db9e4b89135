from django.db import models


class Entry(models.Model):
    """One line of the record: who did what to which thing, when and why.

    There are no foreign keys, so that a thing can be removed (a speaker may ask for it) while
    the record of the deed stays.
    """

    PERSONAL = frozenset({"actor", "note"})
    PLAIN = frozenset({"id", "at", "verb", "thing", "before", "after", "previous", "hash"})

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=40)
    thing = models.CharField(max_length=80, db_index=True)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.thing}"


class Head(models.Model):
    """The end of the chain: its lock, its hash and its length."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "hash", "count"})

    hash = models.CharField(max_length=64)
    count = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.count} lines"


class Profile(models.Model):
    """A named set of clocks, classes and thresholds, loaded from data and editable."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "name", "content", "changed_at"})

    name = models.CharField(max_length=60, unique=True)
    content = models.JSONField()
    changed_at = models.DateTimeField()

    def __str__(self):
        return self.name


class Knock(models.Model):
    """How often a visitor (a keyed hash that changes every day) knocked in a span of time."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "key", "span_starts_at", "count"})

    key = models.CharField(max_length=64)
    span_starts_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "span_starts_at"], name="one_count_a_span")
        ]

    def __str__(self):
        return f"{self.count} since {self.span_starts_at:%H:%M}"
