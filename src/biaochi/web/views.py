"""Pages that need no table: help, promises, methods, the letter size, and saying no."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.flow import Step
from biaochi.web.chrome import SIZES

YEAR = 365 * 24 * 3600


@door(methods=("GET",))
def help_page(request):
    return render(request, "web/pages/help.html")


@door(methods=("GET",))
def privacy(request):
    return render(request, "web/pages/privacy.html")


@door(methods=("GET",))
def accessibility(request):
    return render(request, "web/pages/accessibility.html")


@door(methods=("GET",))
def numbers(request):
    return render(request, "web/pages/numbers.html", {"steps_of_the_ruler": Step.choices})


@door(methods=("GET",))
def site_map(request):
    return render(request, "web/pages/site_map.html")


@door(methods=("GET",))
def styleguide(request):
    """Every part on one page, for those who build further pages."""
    if not (settings.DEBUG or settings.BIAOCHI_DEMO):
        raise Http404
    return render(request, "web/pages/styleguide.html")


@door(methods=("POST",))
def size(request):
    """Keep the letter size and go back to the page the visitor came from."""
    response = redirect(own_page(request, request.POST.get("next", "")))
    chosen = request.POST.get("size")
    if chosen in SIZES:
        response.set_cookie(
            "size", chosen, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
    return response


def own_page(request, wanted):
    """The wanted address if it is ours, else the front page."""
    own = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else "/"


def refused(request, status, why, **more):
    """A page that says no: why, and what the visitor can do instead."""
    page = {"status": status, "why": why, **more}
    return render(request, "web/pages/refused.html", page, status=status)


def bad_request(request, exception):
    return refused(request, 400, _("发来的内容不完整，或者网址写错了。没有改动任何东西。"))


def forbidden(request, exception):
    return refused(request, 403, _("这一页不对您的身份开放。"))


def csrf_failure(request, reason=""):
    """Django's check of forms failed: mostly a page that stood open for too long."""
    return refused(
        request, 403, _("这一页放得太久了，为了安全没有提交。请回到上一页，刷新以后再交一次。")
    )


def not_found(request, exception):
    return refused(request, 404, _("网址可能少了几个字，也可能这一页搬走了。不是您的错。"))


def broken(request):
    """Something of ours broke. This page must not break as well: it asks nothing of anybody."""
    return refused(request, 500, _("我们这边出了问题，已经记下来了。您没有做错什么。"))
