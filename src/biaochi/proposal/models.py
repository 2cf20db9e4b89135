"""The tables of proposals and information reports."""

from django.db import models

from biaochi.library.models import Page
from biaochi.people.models import Unit, User
from biaochi.proposal.rules import (
    Decision,
    Part,
    PassedTo,
    Rater,
    Refusal,
    ReplyClass,
    Signing,
    State,
)
from biaochi.proposal.rules import Report as ReportState
from biaochi.study.models import Study
from biaochi.voice.models import Matter


class Proposal(models.Model):
    """One matter, as a member puts it to the office: what is, why, what to do, who gains."""

    PERSONAL = frozenset({"lead", "situation", "analysis", "reply_draft"})
    PLAIN = frozenset(
        {
            "id",
            "number",
            "title",
            "state",
            "version",
            "matters",
            "studies",
            "no_link_why",
            "gains",
            "gains_when",
            "pays",
            "loses",
            "begun_at",
            "submitted_at",
            "review_by",
            "decided_at",
            "refusal",
            "decided_why",
            "passed_to",
            "passed_where",
            "passed_report",
            "category",
            "is_key",
            "handed_at",
            "return_by",
            "contact_by",
            "opinion_by",
            "reply_by",
            "replied_at",
            "feedback_by",
            "publish_by",
            "reply_number",
            "return_words",
            "again_why",
            "published_at",
        }
    )

    number = models.CharField(max_length=30, null=True, blank=True, unique=True)  # when filed
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=1)
    lead = models.ForeignKey(User, models.PROTECT, related_name="+")
    matters = models.ManyToManyField(Matter, related_name="proposals")
    studies = models.ManyToManyField(Study, related_name="proposals")
    no_link_why = models.CharField(max_length=300, blank=True)
    situation = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    gains = models.CharField(max_length=300, blank=True)  # who gains, how many, how it was counted
    gains_when = models.CharField(max_length=120, blank=True)
    pays = models.CharField(max_length=300, blank=True)
    loses = models.CharField(max_length=300, blank=True)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(max_length=20, choices=Refusal, blank=True)
    decided_why = models.CharField(max_length=500, blank=True)
    passed_to = models.CharField(max_length=20, choices=PassedTo, blank=True)
    passed_where = models.CharField(max_length=300, blank=True)
    passed_report = models.ForeignKey(
        "Report", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    category = models.CharField(max_length=20, blank=True)  # a class of the proposal profile
    is_key = models.BooleanField(default=False)
    handed_at = models.DateTimeField(null=True, blank=True)
    return_by = models.DateField(null=True, blank=True)
    contact_by = models.DateField(null=True, blank=True)  # first talk with the members
    opinion_by = models.DateField(null=True, blank=True)  # co-units
    reply_by = models.DateField(null=True, blank=True, db_index=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    reply_number = models.CharField(max_length=60, blank=True)
    feedback_by = models.DateField(null=True, blank=True)
    publish_by = models.DateField(null=True, blank=True)
    return_words = models.CharField(max_length=500, blank=True)
    again_why = models.CharField(max_length=500, blank=True)  # the reply missed the point
    reply_draft = models.JSONField(default=dict, blank=True)  # kept for the unit, sent to nobody
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self):
        return self.number or self.title


class Clause(models.Model):
    """One recommendation (doer, act, date, measure) and the answer to it.

    A draft may still lack some of the four; nothing is submitted that does.
    """

    PERSONAL = frozenset({"answer"})
    PLAIN = frozenset(
        {
            "id",
            "proposal",
            "position",
            "doer",
            "act",
            "due_on",
            "measure",
            "letter",
            "proof",
            "promised_on",
            "promise",
            "blocked_by",
            "can_do",
            "answered_at",
            "accepted",
        }
    )

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    doer = models.CharField(max_length=120, blank=True)
    act = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True, blank=True)
    measure = models.CharField(max_length=200, blank=True)
    letter = models.CharField(max_length=1, choices=ReplyClass, blank=True)
    answer = models.TextField(blank=True)
    proof = models.CharField(max_length=300, blank=True)  # A: what shows it
    promised_on = models.DateField(null=True, blank=True)  # B: until when
    promise = models.CharField(max_length=200, blank=True)  # B: what will count
    blocked_by = models.CharField(max_length=300, blank=True)  # C: where it is stuck
    can_do = models.CharField(max_length=300, blank=True)  # C: what the unit can do meanwhile
    answered_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)  # does the member take the class?

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "position"], name="one_clause_a_place")
        ]

    def __str__(self):
        return f"clause {self.position} of {self.proposal_id}"


class Version(models.Model):
    """The whole text as it stood, kept for everybody who signed it."""

    PERSONAL = frozenset({"by", "text"})
    PLAIN = frozenset({"id", "proposal", "number", "at", "note"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.JSONField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="one_text_a_version")
        ]

    def __str__(self):
        return f"version {self.number} of {self.proposal_id}"


class Citation(models.Model):
    """A passage of the library that a proposal stands on, checked against the original."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "proposal", "page", "paragraph", "words", "is_exact", "at"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="citations")
    page = models.ForeignKey(Page, models.PROTECT, related_name="citations")
    paragraph = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    is_exact = models.BooleanField()  # else only punctuation differs
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"citation {self.pk}"


class CoSigner(models.Model):
    """A member who was asked to sign; a signature is for one version."""

    PERSONAL = frozenset({"member", "why"})
    PLAIN = frozenset({"id", "proposal", "signing", "version", "asked_at", "answered_at"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="cosigners")
    member = models.ForeignKey(User, models.PROTECT, related_name="+")
    signing = models.CharField(max_length=10, choices=Signing, default=Signing.ASKED)
    version = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "member"], name="one_signature_a_member")
        ]

    def __str__(self):
        return f"co-signer {self.pk}"


class Review(models.Model):
    """One person's filing review: three looks and a decision. Two different people review."""

    PERSONAL = frozenset({"by"})
    PLAIN = frozenset({"id", "proposal", "version", "at", "looks", "decision", "why", "details"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews")
    version = models.PositiveSmallIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    looks = models.JSONField(default=dict)  # look -> passing
    decision = models.CharField(max_length=20, choices=Decision)
    why = models.CharField(max_length=500, blank=True)
    details = models.JSONField(default=dict)  # category, units, or case and where it is passed on

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"review {self.pk}"


class Handling(models.Model):
    """A unit's part in a proposal: lead or co-unit, and its opinion."""

    PERSONAL = frozenset({"opinion"})
    PLAIN = frozenset({"id", "proposal", "unit", "part", "opinion_at"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="handlings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="handlings")
    part = models.CharField(max_length=10, choices=Part)
    opinion = models.TextField(blank=True)
    opinion_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-part", "pk"]  # the lead first
        constraints = [
            models.UniqueConstraint(fields=["proposal", "unit"], name="one_part_a_unit"),
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(part=Part.LEAD), name="one_lead_unit"
            ),
        ]

    def __str__(self):
        return f"{self.part} {self.unit_id}"


class Contact(models.Model):
    """A talk between unit and members about a proposal."""

    PERSONAL = frozenset({"words"})
    PLAIN = frozenset({"id", "proposal", "unit", "on", "how"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="contacts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.DateField()
    how = models.CharField(max_length=20)  # a class of the proposal profile: 面谈, 电话, …
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self):
        return f"contact {self.pk}"


class Reply(models.Model):
    """One reply as it was sent, kept whole; asked again, the unit sends another beside it."""

    PERSONAL = frozenset({"answers"})
    PLAIN = frozenset({"id", "proposal", "unit", "number", "at", "due_on", "letter"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="replies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, blank=True)  # the unit's own file number
    at = models.DateTimeField()
    due_on = models.DateField()
    letter = models.CharField(max_length=1, choices=ReplyClass)
    answers = models.JSONField(default=dict)  # position -> what was answered

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"reply {self.pk}"


class Rating(models.Model):
    """What one side says of the other's part in one reply.

    Nobody reads it before both have written or the days for writing are over; from then on
    nobody writes any more.
    """

    PERSONAL = frozenset({"by", "answers", "words"})
    PLAIN = frozenset({"id", "proposal", "reply", "side", "at"})

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="ratings")
    reply = models.ForeignKey(Reply, models.CASCADE, related_name="ratings")
    side = models.CharField(max_length=10, choices=Rater)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answers = models.JSONField(default=dict)  # question -> [yes, part or no; a sentence]
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["side", "at"]
        constraints = [models.UniqueConstraint(fields=["reply", "side"], name="one_rating_a_side")]

    def __str__(self):
        return f"rating {self.pk}"


class Report(models.Model):
    """An information report (社情民意信息), with a way back to its writer."""

    PERSONAL = frozenset({"writer", "text", "edited_text", "answer"})
    PLAIN = frozenset(
        {
            "id",
            "number",
            "title",
            "matters",
            "state",
            "begun_at",
            "submitted_at",
            "edited_at",
            "sent_to",
            "sent_at",
            "why",
            "answered_at",
        }
    )

    number = models.CharField(max_length=30, null=True, blank=True, unique=True)  # when sent
    title = models.CharField(max_length=120)
    text = models.TextField()
    matters = models.ManyToManyField(Matter, related_name="reports")
    writer = models.ForeignKey(User, models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, choices=ReportState, default=ReportState.DRAFT)
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    edited_text = models.TextField(blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)  # why it was not used
    sent_to = models.CharField(max_length=120, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begun_at", "-pk"]

    def __str__(self):
        return self.number or self.title
