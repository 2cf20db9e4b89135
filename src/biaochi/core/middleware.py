"""What stands between the visitor and every page: headers, the door, and plain refusals."""

import logging
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import RESIDENT, Actor, Role
from biaochi.core.knocks import count_knock, visitor_address
from biaochi.core.profiles import read_once
from biaochi.core.refusals import NotYours, Refused, TooOften

log = logging.getLogger("biaochi.refusals")

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), interest-cohort=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class SecurityHeaders:
    """Put the same strict headers on every answer; pages are never kept by shared caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class Doors:
    """Refuse every view that has no door, and everybody who may not pass through it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor = actor_of(request.user)
        with read_once():
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        entrance = getattr(view, "door", None)
        if entrance and request.method not in entrance.methods:
            return HttpResponseNotAllowed(sorted(entrance.methods))
        if entrance and needs_sign_in(request, entrance):
            return redirect_to_login(request.get_full_path(), reverse("sign-in"))
        try:
            check_door(request, entrance)
            if request.method == "POST":
                count_knock(
                    who=visitor_address(request),
                    what=view.__qualname__,
                    most=entrance.posts,
                    seconds=entrance.seconds,
                    now=timezone.now(),
                )
        except Refused as refusal:
            return answer(request, refusal)
        return None


def needs_sign_in(request, entrance):
    return (
        request.method == "GET"
        and not request.user.is_authenticated
        and Role.RESIDENT not in entrance.roles
    )


def check_door(request, entrance):
    """Raise ``NotYours`` unless this visitor may pass; without a door nobody may."""
    if entrance is None:
        raise NotYours(_("这一页没有对任何人开放。"))
    if not request.actor.roles & entrance.roles:
        raise NotYours(_("这一页不对您的身份开放。如果您有别的账号，请先退出再登录。"))


def actor_of(user):
    """Return the doer behind an account; a visitor without one is a resident."""
    if not user.is_authenticated:
        return RESIDENT
    return Actor(user.get_username(), frozenset({user.role}), user.unit_id, user.pk)


class SayWhyNot:
    """Turn a refusal raised by a view into an answer, so that no view needs a try."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        return answer(request, exception) if isinstance(exception, Refused) else None


def answer(request, refusal):
    """The answer to a refused request. Nothing but the kind and the place goes into the log."""
    match = request.resolver_match
    log.info("%s at %s", type(refusal).__name__, match.view_name if match else "?")
    response = problem(request, status=refusal.http_status, why=str(refusal))
    if isinstance(refusal, TooOften):
        response.headers["Retry-After"] = str(refusal.seconds)
    return response


def wants_json(request):
    return request.path.startswith("/api/") or "json" in request.headers.get("Accept", "")


def problem(request, *, status, why):
    """Say no as a page or, to a program, as problem+json (RFC 9457)."""
    if not wants_json(request):
        page = {"status": status, "why": why}
        return render(request, "web/pages/refused.html", page, status=status)
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JsonResponse(
        {**content, "detail": why}, status=status, content_type="application/problem+json"
    )
