from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.knocks import count_knock
from biaochi.core.refusals import Incomplete
from biaochi.people import actions
from biaochi.people.forms import NewPassword, SignIn

DUTIES = (Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, Role.OPERATOR)


@door(posts=30, seconds=600)
def sign_in(request):
    """Sign in. One name may be tried ten times in a quarter of an hour, from anywhere."""
    form = SignIn(request, data=request.POST or None)
    if request.method == "POST":
        count_knock(
            who=request.POST.get("username", "")[:60],
            what="sign in",
            most=10,
            seconds=900,
            now=timezone.now(),
        )
        if form.is_valid():
            login(request, form.get_user())
            return redirect(next_page(request))
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "people/pages/sign_in.html", page, status=status)


@door(*DUTIES, posts=10, seconds=900)
def password(request):
    """Change one's own password. Whoever does stays signed in here and nowhere else."""
    form = NewPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.change_password(
                user=request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                by=request.actor,
                now=timezone.now(),
            )
        except Incomplete as wrong:  # the old one is wrong, or the new one too weak
            form.add_error("old" if wrong.field == "old" else "new", str(wrong))
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("密码改好了。别处登录着的，都要重新登录。"))
            return redirect("desk-password")
    status = 422 if request.method == "POST" else 200
    page = {"form": form, "messages": list(messages.get_messages(request))}
    return render(request, "people/pages/password.html", page, status=status)


@door(methods=("POST",))
def sign_out(request):
    logout(request)
    return redirect("home")


def next_page(request):
    """Where the visitor wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if own and wanted else "desk"
