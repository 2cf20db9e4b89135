from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from biaochi.core.actors import Role


class Area(models.Model):
    """A street or township: the finest place a public page ever shows."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "name", "row", "column"})

    name = models.CharField(max_length=40, unique=True)
    row = models.PositiveSmallIntegerField(default=0)  # its tile on the boundary-free diagram
    column = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["row", "column", "name"]

    def __str__(self):
        return self.name


class Unit(models.Model):
    """A body that carries work out: a bureau, a street office, a company."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "name", "active"})

    name = models.CharField(max_length=60, unique=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Category(models.Model):
    """A line of the published catalogue: what kind of matter goes to which unit."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "name", "parent", "unit", "words"})

    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    words = models.TextField(blank=True)  # words that usually mean this, for a cold start

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "parent"], name="one_name_a_branch"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(parent=None), name="one_name_a_trunk"
            ),
        ]

    def __str__(self):
        return self.name


class Sector(models.Model):
    """A field of members' work (界别)."""

    PERSONAL: frozenset[str] = frozenset()
    PLAIN = frozenset({"id", "name"})

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Accounts(BaseUserManager):
    """Needed by Django's sign-in; accounts are opened by ``people.actions.open_account``."""


class User(AbstractBaseUser):
    """An account of somebody with a duty. Residents need none. No points, no ranks, no tracks."""

    PERSONAL = frozenset({"username", "password", "shown_name", "last_login"})
    PLAIN = frozenset({"id", "role", "unit", "sector", "is_active"})

    username = models.CharField(max_length=60, unique=True)
    shown_name = models.CharField(max_length=60)
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["shown_name", "role"]
    objects = Accounts()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role=Role.UNIT, unit__isnull=False)
                | (~models.Q(role=Role.UNIT) & models.Q(unit__isnull=True)),
                name="only_unit_accounts_have_a_unit",
            )
        ]

    def __str__(self):
        return self.shown_name


class Speaker(models.Model):
    """Who said it, kept apart and locked: only enough to answer them, and to count people once.

    ``mark`` is a keyed hash of the contact (or of the visit, or of the name in a spreadsheet):
    two voices of the same person meet in it, and nobody can compute back.
    """

    PERSONAL = frozenset({"mark", "contact_sealed"})
    PLAIN = frozenset({"id", "kind", "forget_on"})

    class Kind(models.TextChoices):
        NONE = "none", _("没有留")
        PHONE = "phone", _("手机号")
        RELAY = "relay", _("请人转告")

    mark = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NONE)
    contact_sealed = models.BinaryField(null=True, blank=True)
    forget_on = models.DateField(null=True, blank=True, db_index=True)

    def __str__(self):
        return f"speaker {self.pk}"


class Look(models.Model):
    """One look at a speaker's contact: who, when and why. The speaker can read it."""

    PERSONAL = frozenset({"who", "why"})
    PLAIN = frozenset({"id", "speaker", "at", "role"})

    speaker = models.ForeignKey(Speaker, models.CASCADE, related_name="looks")
    at = models.DateTimeField()
    who = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role)
    why = models.CharField(max_length=200)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"look at {self.at:%Y-%m-%d %H:%M}"
