"""Readers of the office's own lists. Speakers are read through ``vault`` only."""

from django.utils.translation import gettext as _

from biaochi.core.actors import Actor, Role
from biaochi.core.refusals import Incomplete
from biaochi.people.models import Area, Category, Sector, Unit, User


def areas():
    return list(Area.objects.all())


def units():
    return list(Unit.objects.filter(active=True))


def unit(pk):
    return Unit.objects.filter(pk=pk, active=True).first()


def sectors():
    return list(Sector.objects.all())


def categories():
    """The published catalogue: every line with its parent and the unit it belongs to."""
    return list(Category.objects.select_related("parent", "unit"))


def accounts(actor):
    """Who has an account: for the operator only."""
    users = User.objects.select_related("unit", "sector").order_by("role", "username")
    return users if actor.has("operator") else users.none()


def account(pk):
    """One account, or None."""
    return User.objects.select_related("unit", "sector").filter(pk=pk).first()


def actor_for_command(username, role):
    """The doer of a command: the named account, or the only one of that role.

    :raises Incomplete: no such account, or more than one to choose from
    """
    accounts = User.objects.filter(role=role, is_active=True)
    found = list(accounts.filter(username=username) if username else accounts[:2])
    if len(found) != 1:
        raise Incomplete(_("请用 --as 写明用哪个工作人员的账号。"), "as")
    return _actor(found[0])


def actor_named(username):
    """The doer behind an account."""
    return _actor(User.objects.get(username=username, is_active=True))


def _actor(user):
    return Actor(user.username, frozenset({Role(user.role)}), user.unit_id, user.pk)
