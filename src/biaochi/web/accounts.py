"""Accounts: who has one, opening and closing them. For the operator only."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.people import actions, queries

OFFERED = (Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR)


@door(Role.OPERATOR)
def accounts(request):
    """The list of accounts and the form that opens one."""
    error, typed = None, {}
    if request.method == "POST":
        typed = request.POST
        try:
            user = opened(request)
            told = _("开好了：%(name)s。请当面把登录名和密码交给本人。")
            messages.success(request, told % {"name": user.shown_name})
            return redirect("desk-accounts")
        except Incomplete as wrong:
            error = wrong
    users = list(queries.accounts(request.actor))
    seen = {
        "here": "desk-accounts",
        "users": users,
        "roles": [("", _("请选一个")), *((role.value, str(role.label)) for role in OFFERED)],
        "units": [("", _("不选")), *((unit.pk, unit.name) for unit in queries.units())],
        "sectors": [("", _("不选")), *((one.pk, one.name) for one in queries.sectors())],
        "error": error,
        "typed": typed,
        "mine": request.actor.account,
        "messages": list(messages.get_messages(request)),
    }
    return render(request, "web/pages/accounts.html", seen, status=422 if error else 200)


@door(Role.OPERATOR, methods=("POST",))
def close(request, pk):
    """Close an account at once."""
    user = queries.account(pk)
    if user is None:
        raise Http404
    actions.close_account(user=user, by=request.actor, now=timezone.now())
    messages.success(request, _("停用了：%(name)s。做过的事都留着底。") % {"name": user.shown_name})
    return redirect("desk-accounts")


def opened(request):
    """Open the account that the form asks for."""
    typed = request.POST
    role = typed.get("role", "")
    if role not in {offered.value for offered in OFFERED}:
        raise Incomplete(_("请选是哪一种账号。"), "role")
    if not typed.get("shown_name", "").strip():
        raise Incomplete(_("请写显示的名字。"), "shown_name")
    return actions.open_account(
        username=typed.get("username", "").strip(),
        shown_name=typed["shown_name"].strip()[:60],
        role=Role(role),
        password=typed.get("password", ""),
        unit=chosen(queries.units(), typed.get("unit")),
        sector=chosen(queries.sectors(), typed.get("sector")),
        by=request.actor,
        now=timezone.now(),
    )


def chosen(things, key):
    return next((thing for thing in things if str(thing.pk) == key), None)
