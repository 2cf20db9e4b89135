"""Who is acting: the little that rules need to know about a person."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    RESIDENT = "resident", _("居民")
    STAFF = "staff", _("办公室工作人员")
    MEMBER = "member", _("委员")
    UNIT = "unit", _("承办单位")
    AUDITOR = "auditor", _("监督人员")
    OPERATOR = "operator", _("系统管理员")
    CLOCK = "clock", _("系统时钟")


@dataclass(frozen=True)
class Actor:
    """A doer. ``unit`` is the key of the unit for which a person of a unit acts."""

    name: str
    roles: frozenset
    unit: int | None = None
    account: int | None = None

    def has(self, *roles):
        return bool(self.roles & set(roles))


RESIDENT = Actor("resident", frozenset({Role.RESIDENT}))
CLOCK = Actor("clock", frozenset({Role.CLOCK}))
