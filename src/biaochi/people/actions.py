"""The verbs on accounts and on the office's own lists."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.people.models import Area, Category, Sector, Unit, User

ACCOUNT_ROLES = frozenset(Role) - {Role.RESIDENT, Role.CLOCK}


@transaction.atomic
def open_account(*, username, shown_name, role, password, by, now, unit=None, sector=None):
    """Open an account for somebody with a duty. Residents never need one.

    :raises NotYours: only the operator opens accounts
    :raises Incomplete: a name that is taken, a weak password, a unit account without a unit
    """
    check_operator(by)
    if role not in ACCOUNT_ROLES:
        raise Incomplete(_("居民不用开账号，凭查询码就能办事。"), "role")
    if not username.strip() or User.objects.filter(username=username).exists():
        raise Incomplete(_("这个登录名不能用，换一个试试。"), "username")
    if (role == Role.UNIT) != (unit is not None):
        raise Incomplete(_("承办单位的账号要选单位，别的账号不选。"), "unit")
    check_password(password)
    user = User(username=username, shown_name=shown_name, role=role, unit=unit, sector=sector)
    user.set_password(password)
    user.save()
    record(by=by, verb="open account", thing=user, at=now, note=str(role))
    return user


@transaction.atomic
def close_account(*, user, by, now):
    """Close an account at once; its deeds stay in the record.

    :raises NotYours: only the operator closes accounts
    :raises Incomplete: one's own; else nobody might be left who can open any
    """
    check_operator(by)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.pk == by.account:
        raise Incomplete(_("不能停用自己的账号，请另一位管理员来做。"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(by=by, verb="close account", thing=user, at=now)


@transaction.atomic
def change_password(*, user, old, new, by, now):
    """Change one's own password."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if by.account != user.pk or not user.check_password(old):
        raise Incomplete(_("原来的密码不对。"), "old")
    check_password(new)
    user.set_password(new)
    user.save(update_fields=["password"])
    record(by=by, verb="change password", thing=user, at=now)
    return user


@transaction.atomic
def name_unit(*, name, by, now):
    """Add a unit to the catalogue, or return the one of that name."""
    return _named(Unit, name, by, now, "add unit")


@transaction.atomic
def name_sector(*, name, by, now):
    return _named(Sector, name, by, now, "add sector")


@transaction.atomic
def name_area(*, name, by, now, row=0, column=0):
    """Add a street or township with its place on the tile diagram."""
    return _named(Area, name, by, now, "add area", row=row, column=column)


@transaction.atomic
def name_category(*, name, by, now, parent=None, unit=None, words=""):
    """Add a line to the published catalogue, or change whose it is."""
    check_office(by)
    category, made = Category.objects.update_or_create(
        name=name.strip(), parent=parent, defaults={"unit": unit, "words": words}
    )
    record(by=by, verb="add category" if made else "change category", thing=category, at=now)
    return category


def _named(table, name, by, now, verb, **rest):
    check_office(by)
    if not name.strip():
        raise Incomplete(_("请写名字。"), "name")
    thing, made = table.objects.get_or_create(name=name.strip(), defaults=rest)
    if made:
        record(by=by, verb=verb, thing=thing, at=now)
    return thing


def check_operator(by):
    if not by.has(Role.OPERATOR):
        raise NotYours(_("只有系统管理员能管账号。"))


def check_office(by):
    if not by.has(Role.STAFF, Role.OPERATOR):
        raise NotYours(_("只有办公室工作人员和系统管理员能改名录。"))


def check_password(password):
    try:
        validate_password(password)
    except ValidationError as wrong:
        raise Incomplete(" ".join(wrong.messages), "password") from None
