from django.contrib.auth import login, logout
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from biaochi.core.doors import door
from biaochi.core.knocks import count_knock
from biaochi.people.forms import SignIn


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


@door(methods=("POST",))
def sign_out(request):
    logout(request)
    return redirect("home")


def next_page(request):
    """Where the visitor wanted to go, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if own and wanted else "desk"
