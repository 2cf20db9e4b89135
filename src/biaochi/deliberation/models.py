from django.db import models

from biaochi.deliberation.rules import Choice, HeldFor, Outcome, Side, Stand, State, Wall
from biaochi.people.models import Unit, User
from biaochi.proposal.models import Proposal
from biaochi.voice.models import Matter


class Session(models.Model):
    """One meeting: its clocks, what was said before, what was agreed and what was not."""

    PERSONAL = frozenset({"papers", "minutes"})
    PLAIN = frozenset(
        {
            "id",
            "title",
            "question",
            "proposal",
            "matters",
            "state",
            "opened_at",
            "held_at",
            "place",
            "notice_by",
            "papers_by",
            "minutes_by",
            "noticed_at",
            "papers_at",
            "short_why",
            "votes_close_at",
            "votes_closed_at",
            "recorded_at",
            "minutes_hash",
            "signed_at",
            "called_off_why",
        }
    )

    title = models.CharField(max_length=120)
    question = models.CharField(max_length=300)
    proposal = models.ForeignKey(
        Proposal, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    matters = models.ManyToManyField(Matter, related_name="sessions")
    state = models.CharField(max_length=20, choices=State, default=State.PREPARING)
    opened_at = models.DateTimeField()
    held_at = models.DateTimeField()
    place = models.CharField(max_length=120)
    notice_by = models.DateField()
    papers_by = models.DateField()
    minutes_by = models.DateField()
    noticed_at = models.DateTimeField(null=True, blank=True)
    papers = models.TextField(blank=True)  # plain words for everybody at the table
    papers_at = models.DateTimeField(null=True, blank=True)
    short_why = models.CharField(max_length=300, blank=True)  # why the time was shorter
    votes_close_at = models.DateTimeField(null=True, blank=True)
    votes_closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    minutes_hash = models.CharField(max_length=64, blank=True)  # of the record that was signed
    signed_at = models.DateTimeField(null=True, blank=True)
    called_off_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-held_at", "-pk"]

    def __str__(self):
        return self.title


class Seat(models.Model):
    """Somebody at the table: what they are, their interest, whether they came and signed.

    A resident sits under a description (“夜班工人代表”), never under a name.
    """

    PERSONAL = frozenset({"member", "code_mark", "interest"})
    PLAIN = frozenset(
        {
            "id",
            "session",
            "position",
            "who",
            "side",
            "unit",
            "invited_at",
            "how",
            "declared_at",
            "recused",
            "came",
            "signed_at",
        }
    )

    session = models.ForeignKey(Session, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=80)
    side = models.CharField(max_length=10, choices=Side)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    code_mark = models.CharField(max_length=64, unique=True)  # keyed hash of the seat's code
    how = models.CharField(max_length=80, blank=True)  # how they came to sit here
    invited_at = models.DateTimeField()
    interest = models.CharField(max_length=200, blank=True)  # public: what they gain or lose
    declared_at = models.DateTimeField(null=True, blank=True)
    recused = models.BooleanField(default=False)
    came = models.BooleanField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"seat {self.pk}"


class Statement(models.Model):
    """A sentence that people vote on."""

    PERSONAL = frozenset({"text"})
    PLAIN = frozenset({"id", "session", "side", "wall", "held_for", "held_why", "at", "position"})

    session = models.ForeignKey(Session, models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=140)
    side = models.CharField(max_length=10, choices=Side)
    wall = models.CharField(max_length=10, choices=Wall, default=Wall.WAITING)
    held_for = models.CharField(max_length=10, choices=HeldFor, blank=True)
    held_why = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"statement {self.pk}"


class Vote(models.Model):
    """One person's word on one statement. ``mark`` is a keyed hash made for this session alone:
    it keeps a person from voting twice and cannot be led back to anybody."""

    PERSONAL = frozenset({"mark", "choice"})
    PLAIN = frozenset({"id", "statement"})

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    mark = models.CharField(max_length=64, db_index=True)
    choice = models.CharField(max_length=10, choices=Choice)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "mark"], name="one_vote_a_person")
        ]

    def __str__(self):
        return f"vote {self.pk}"


class Point(models.Model):
    """One point of the record. Whether it was agreed follows from the stands."""

    PERSONAL = frozenset({"text"})
    PLAIN = frozenset(
        {"id", "session", "position", "doer", "due_on", "measure", "options", "outcome"}
    )

    session = models.ForeignKey(Session, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    doer = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=list)  # the ways on, when it was not agreed
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)  # see ``outcome_of``

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_point_a_place")
        ]

    def __str__(self):
        return f"point {self.position} of {self.session_id}"


class Said(models.Model):
    """What one seat says to one point, with its own words."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "point", "seat", "stand", "words_public"})

    point = models.ForeignKey(Point, models.CASCADE, related_name="said")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="said")
    stand = models.CharField(max_length=10, choices=Stand)
    words = models.CharField(max_length=300, blank=True)
    words_public = models.BooleanField(default=True)

    class Meta:
        ordering = ["point__position", "seat__position"]
        constraints = [models.UniqueConstraint(fields=["point", "seat"], name="one_stand_a_seat")]

    def __str__(self):
        return f"{self.stand} {self.pk}"
