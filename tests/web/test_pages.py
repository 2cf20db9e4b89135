"""The standing pages, the letter size, the menus and the pages that say no."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from biaochi.core.actors import RESIDENT, Actor, Role
from biaochi.web import chrome, views

pytestmark = pytest.mark.django_db
STANDING = ["help", "privacy", "accessibility", "numbers", "site-map"]


@pytest.mark.parametrize("name", STANDING)
def test_a_standing_page_stands_in_both_languages(client, name):
    assert client.get(reverse(name)).status_code == 200
    with translation.override("en"):
        answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.content.decode()


@pytest.mark.parametrize("name", STANDING)
def test_a_standing_page_asks_the_database_nothing(client, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(reverse(name))


def test_the_style_guide_is_shown_in_the_demonstration_only(client, settings):
    settings.DEBUG = settings.BIAOCHI_DEMO = False
    assert client.get(reverse("styleguide")).status_code == 404
    settings.BIAOCHI_DEMO = True
    assert client.get(reverse("styleguide")).status_code == 200


def test_the_ribbon_says_that_the_city_is_invented(client, settings):
    settings.BIAOCHI_DEMO = True
    assert "青溪是虚构的城市" in client.get(reverse("help")).content.decode()
    settings.BIAOCHI_DEMO = False
    assert "青溪是虚构的城市" not in client.get(reverse("help")).content.decode()


def test_the_letter_size_is_kept_and_leads_back(client):
    answer = client.post(reverse("prefs-size"), {"size": "xl", "next": "/numbers?x=1"})
    assert answer.url == "/numbers?x=1"
    assert answer.cookies["size"].value == "xl"
    assert 'data-size="xl"' in client.get(reverse("help")).content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "", "help"]
)
def test_the_letter_size_never_leads_to_another_site(client, elsewhere):
    answer = client.post(reverse("prefs-size"), {"size": "l", "next": elsewhere})
    assert answer.url == "/"


def test_an_unknown_letter_size_is_not_kept(client):
    assert not client.post(reverse("prefs-size"), {"size": "<b>"}).cookies
    client.cookies["size"] = "huge"
    assert "data-size" not in client.get(reverse("help")).content.decode()


def test_a_theme_of_the_office_is_on_every_page(client, settings):
    settings.BIAOCHI_THEME = "zhu"
    assert 'data-theme="zhu"' in client.get(reverse("help")).content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429, 500])
def test_a_page_that_says_no_says_why(rf, status):
    request = rf.get("/x")
    request.actor = RESIDENT
    answer = views.refused(request, status, "因为<人>太少")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "因为&lt;人&gt;太少" in page
    assert str(status) in page


def test_a_page_that_says_no_can_name_what_can_be_seen_instead():
    request = RequestFactory().get("/x")
    page = render_to_string(
        "web/pages/refused.html",
        {
            "status": 403,
            "why": "不足 5 位",
            "title": "这一格不给看，因为人太少",
            "what_next": [("全市的", "/voices", "27 条")],
        },
        request=request,
    )
    assert 'href="/voices"' in page
    assert "这一格不给看" in page


def test_a_missing_page_answers_in_the_look_of_the_site(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "这一页没有找到" in answer.content.decode()


def test_a_broken_page_has_a_page_that_works_without_a_signed_in_person(rf):
    assert views.broken(rf.get("/x")).status_code == 500


def test_a_form_that_stood_open_too_long_is_told_so(rf):
    answer = views.csrf_failure(rf.post("/x"))
    assert answer.status_code == 403
    assert "放得太久" in answer.content.decode()


@pytest.mark.parametrize("role", [Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR])
def test_the_rail_holds_only_pages_that_open_for_this_person(client, city, role):
    client.force_login(city.users[role])
    for entry in chrome.rail(city.actor(role)):
        assert client.get(entry.url, follow=True).status_code == 200, entry.key


def test_the_rail_shows_the_counts_it_is_given():
    staff = Actor("anna", frozenset({Role.STAFF}), account=1)
    entries = chrome.rail(staff, {"desk": 3})
    assert {entry.key: entry.count for entry in entries}["desk"] == 3
    assert {entry.count for entry in entries if entry.key != "desk"} <= {None}


def test_the_menus_hold_only_pages_that_stand():
    entries = chrome.standing([("help", "", "help"), ("no-such-page", "", "nothing")])
    assert [entry.key for entry in entries] == ["help"]


@pytest.mark.parametrize(
    ("here", "there"),
    [("/help", "/en/help"), ("/en/help?a=1", "/help?a=1"), ("/no-such-page", "/en/")],
)
def test_the_language_link_leads_to_the_same_page_if_there_is_one(rf, here, there):
    with translation.override("en" if here.startswith("/en/") else "zh-hans"):
        assert chrome.other_language(rf.get(here)).url == there
