"""Readers of the office's own lists. Speakers are read through ``vault`` only."""

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
    return User.objects.select_related("unit", "sector").get(pk=pk)
