from django.db import models

from biaochi.people.models import User
from biaochi.study.rules import Announced, ChosenBy, Depth, Side, State
from biaochi.topic.models import Topic


class Study(models.Model):
    """Going to see for oneself. The plan is sealed before and shown after."""

    PERSONAL = frozenset({"led_by", "team", "plan", "plan_sealed", "knowing"})
    PLAIN = frozenset(
        {
            "id",
            "topic",
            "title",
            "state",
            "opened_at",
            "strata",
            "source",
            "source_on",
            "reveal_on",
            "drawn_value",
            "drawn_at",
            "revealed_at",
            "early_why",
            "salt",
            "one_sided_why",
            "staging",
            "reported_at",
            "dropped_why",
        }
    )

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="studies")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=20, choices=State, default=State.PLANNING)
    led_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    knowing = models.ManyToManyField(User, related_name="+")  # who else may read the sealed plan
    team = models.CharField(max_length=300, blank=True)  # who goes, and their interests
    opened_at = models.DateTimeField()
    plan = models.TextField(blank=True)  # readable by everybody once it is revealed
    plan_sealed = models.BinaryField(null=True, blank=True)  # while sealed: {plan, salt, team}
    strata = models.JSONField(default=dict)  # stratum -> how many sites are drawn
    source = models.CharField(max_length=200, blank=True)  # the public random value to come
    source_on = models.DateField(null=True, blank=True)
    reveal_on = models.DateField(null=True, blank=True)
    drawn_value = models.CharField(max_length=120, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    early_why = models.CharField(max_length=300, blank=True)
    salt = models.CharField(max_length=64, blank=True)  # public once revealed
    one_sided_why = models.CharField(max_length=300, blank=True)
    staging = models.TextField(blank=True)  # what looked prepared, in the report
    reported_at = models.DateTimeField(null=True, blank=True)
    dropped_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]

    def __str__(self):
        return self.title


class Seal(models.Model):
    """A published commitment. It is never removed: a changed plan is another seal, with why."""

    PERSONAL = frozenset({"kept", "opened"})
    PLAIN = frozenset({"id", "study", "at", "plan_hash", "sites_hash", "changed_why", "broken_at"})

    study = models.ForeignKey(Study, models.CASCADE, related_name="seals")
    at = models.DateTimeField()
    plan_hash = models.CharField(max_length=64)
    sites_hash = models.CharField(max_length=64)
    broken_at = models.DateTimeField(null=True, blank=True)
    changed_why = models.CharField(max_length=300, blank=True)  # why the plan was changed after
    kept = models.BinaryField(null=True, blank=True)  # {plan, sites, salt} until it is opened
    opened = models.JSONField(default=dict)  # the same for everybody, once opened

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return self.plan_hash[:12]


class Site(models.Model):
    """A place that could be visited. ``digest`` orders the lot; the first of a stratum are drawn."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "study", "stratum", "name", "digest", "drawn", "left_out_why"})

    study = models.ForeignKey(Study, models.CASCADE, related_name="sites")
    stratum = models.CharField(max_length=60)
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, blank=True)
    drawn = models.BooleanField(default=False)
    left_out_why = models.CharField(max_length=300, blank=True)  # drawn, but replaced by the next

    class Meta:
        ordering = ["stratum", "digest", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["study", "stratum", "name"], name="one_site_once")
        ]

    def __str__(self):
        return self.name


class Visit(models.Model):
    """What was seen at one place. Observation and interpretation are kept apart."""

    PERSONAL = frozenset({"by", "observed", "thought", "good", "bad"})
    PLAIN = frozenset(
        {
            "id",
            "study",
            "site",
            "arrived_at",
            "left_at",
            "announced",
            "depth",
            "signs",
            "one_sided_why",
            "at",
        }
    )

    study = models.ForeignKey(Study, models.CASCADE, related_name="visits")
    site = models.ForeignKey(Site, models.PROTECT, related_name="visits")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField()
    announced = models.CharField(max_length=10, choices=Announced)
    depth = models.CharField(max_length=10, choices=Depth)
    signs = models.JSONField(default=list)
    observed = models.TextField()
    thought = models.TextField(blank=True)
    good = models.TextField(blank=True)
    bad = models.TextField(blank=True)
    one_sided_why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["arrived_at", "pk"]

    def __str__(self):
        return f"visit {self.pk}"


class Met(models.Model):
    """A group of people met on a visit: who they are in general, never who they are by name."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "visit", "whom", "count", "chosen_by", "official_present"})

    visit = models.ForeignKey(Visit, models.CASCADE, related_name="met")
    whom = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField()
    chosen_by = models.CharField(max_length=10, choices=ChosenBy)
    official_present = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.whom} {self.count}"


class Finding(models.Model):
    """Good or bad news of a study, and the visits it was seen on."""

    PERSONAL = frozenset({"text", "basis"})
    PLAIN = frozenset({"id", "study", "side", "position", "visits"})

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    side = models.CharField(max_length=10, choices=Side)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    basis = models.CharField(max_length=300, blank=True)  # how it was seen or counted
    visits = models.ManyToManyField(Visit, related_name="findings")

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"finding {self.pk}"


class Cause(models.Model):
    """A problem, why it is so (an opinion), what would help and what to measure."""

    PERSONAL = frozenset({"problem", "cause", "remedy"})
    PLAIN = frozenset({"id", "study", "position", "measure"})

    study = models.ForeignKey(Study, models.CASCADE, related_name="causes")
    position = models.PositiveSmallIntegerField()
    problem = models.CharField(max_length=300)
    cause = models.CharField(max_length=300)
    remedy = models.CharField(max_length=300)
    measure = models.CharField(max_length=200)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return f"cause {self.pk}"
