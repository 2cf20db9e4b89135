"""Entrances: closed unless opened, for these roles, by these methods, so often."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from biaochi.core.actors import RESIDENT, Actor, Role
from biaochi.core.doors import door
from biaochi.core.knocks import count_knock, forget_knocks, visitor_address
from biaochi.core.middleware import CSP
from biaochi.core.models import Knock
from biaochi.core.refusals import Incomplete, NotNow, NotYours, TooOften

pytestmark = pytest.mark.django_db


def page(request):
    return HttpResponse("in")


def refusing(refusal):
    def view(request):
        raise refusal

    return door()(view)


urlpatterns = [
    path("api/forgotten", page),
    path("api/open", door()(lambda request: HttpResponse("in"))),
    path("api/desk", door(Role.STAFF)(lambda request: HttpResponse("in"))),
    path("api/read", door(methods=("GET",))(lambda request: HttpResponse("in"))),
    path("api/few", door(posts=2, seconds=60)(lambda request: HttpResponse("in"))),
    path("api/not-yours", refusing(NotYours("a"))),
    path("api/not-now", refusing(NotNow("b"))),
    path("api/incomplete", refusing(Incomplete("c", "text"))),
    path("api/too-often", refusing(TooOften("d", 7))),
    path("sign-in", door()(lambda request: HttpResponse("in")), name="sign-in"),
]


@pytest.fixture(autouse=True)
def these_addresses(settings):
    settings.ROOT_URLCONF = __name__


def sign_in(client, city, role):
    if role != Role.RESIDENT:
        client.force_login(city.users[role])


@pytest.mark.parametrize("role", [r for r in Role if r != Role.CLOCK])
def test_a_view_that_nobody_opened_is_closed_to_everybody(client, city, role):
    sign_in(client, city, role)
    assert client.get("/api/forgotten").status_code == 403


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.CLOCK, Role.RESIDENT}])
def test_a_door_lets_in_only_its_roles(client, city, role):
    sign_in(client, city, role)
    assert client.get("/api/desk").status_code == (200 if role == Role.STAFF else 403)


def test_a_visitor_is_sent_to_sign_in_and_may_not_post(client):
    assert client.get("/api/desk").headers["Location"] == "/sign-in?next=/api/desk"
    assert client.post("/api/desk").status_code == 403


def test_a_method_that_was_not_named_is_not_allowed(client):
    assert client.get("/api/read").status_code == client.head("/api/read").status_code == 200
    assert client.post("/api/read").status_code == client.delete("/api/read").status_code == 405


@pytest.mark.parametrize(
    ("address", "status"),
    [("not-yours", 403), ("not-now", 409), ("incomplete", 422), ("too-often", 429)],
)
def test_each_refusal_is_an_answer_with_its_sentence(client, address, status):
    answer = client.get(f"/api/{address}")
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"] in "abcd"
    if status == 429:
        assert answer.headers["Retry-After"] == "7"


def test_who_knocks_too_often_is_told_when_to_come_back(client, settings):
    settings.RATE_LIMITS = True
    answers = [client.post("/api/few").status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
    assert client.get("/api/few").status_code == 200, "reading is not limited"


def test_counts_hold_no_address_and_are_forgotten(settings, now):
    settings.RATE_LIMITS = True
    count_knock(who="10.1.2.3", what="say", most=9, seconds=60, now=now)
    assert "10.1.2.3" not in str(Knock.objects.values())
    assert forget_knocks(now=now.replace(day=4)) == 1


def test_the_address_comes_from_the_proxy_only_when_it_is_trusted(settings):
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.9"})
    assert visitor_address(request) == "127.0.0.1"
    settings.TRUSTED_PROXIES = 1
    assert visitor_address(request) == "10.0.0.9", "what the visitor wrote himself does not count"


def test_every_answer_carries_the_strict_headers(client):
    for address in ("open", "forgotten", "not-now"):
        headers = client.get(f"/api/{address}").headers
        assert headers["Content-Security-Policy"] == CSP
        assert "unsafe" not in CSP and "*" not in CSP and "http" not in CSP
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_an_actor_says_no_more_than_rules_need():
    assert Actor("resident", frozenset({Role.RESIDENT})) == RESIDENT
    assert RESIDENT.has(Role.STAFF, Role.RESIDENT) and not RESIDENT.has(Role.STAFF)
