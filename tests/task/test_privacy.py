"""A unit finds the matter and never the person: every named address, every key, every form."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from biaochi.voice import actions as voices
from tests.task.conftest import NAME, PHONE, SECRET

KEYS = range(8)
ARGUMENTS = ("pk", "place", "voice", "matter", "number", "key")


def addresses():
    """Every named address of the site, with each small key in each place."""
    for pattern in named(get_resolver().url_patterns):
        if not pattern.name:
            continue
        wanted = pattern.pattern.converters
        if not wanted:
            yield reverse(pattern.name)
        for key in KEYS if wanted else ():
            yield reverse(pattern.name, kwargs=dict.fromkeys(wanted, key))


def named(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from named(pattern.url_patterns)
        else:
            yield pattern


@pytest.fixture
def unit_client(city, hand, told, staff, now):
    """Somebody of the unit, signed in, with a task; a code and an attachment lie about."""
    hand()
    voices.hide(voice=told[1].voice, reason="认得出人", by=staff, now=now)
    client = Client()
    assert client.login(username="unit", password=city.password)
    return client


def secrets(told):
    """What must never appear before a unit."""
    codes = [one.code for one in told]
    return [PHONE, NAME, SECRET, "幸福里7号楼2单元603", *codes, *(c[-9:] for c in codes)]


def test_no_address_shows_a_unit_who_spoke(unit_client, told):
    visited = 0
    for address in addresses():
        for answer in (
            unit_client.get(address, follow=True),
            unit_client.get(address, {"q": "路灯", "page": "1", "tab": "doing"}, follow=True),
        ):
            body = (
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            ).decode(errors="replace")
            for secret in secrets(told):
                assert secret not in body, f"{address} shows {secret}"
            visited += 1
    assert visited > 60


def test_no_form_gives_a_unit_who_spoke(unit_client, told, city):
    typed = {
        "code": "QX-2222-2222",
        "why": "想看看",
        "reason": "not_ours",
        "words": "不归我们",
        "first_act": "先看",
        "answer": "yes",
        "voice": "1",
        "voices": "1",
        "matter": "1",
        "deed": "original",
        "title": "x",
    }
    for address in addresses():
        answer = unit_client.post(address, typed, follow=True)
        body = answer.content.decode(errors="replace") if not answer.streaming else ""
        for secret in secrets(told):
            assert secret not in body, f"posting to {address} shows {secret}"


@pytest.mark.parametrize(
    "name", ["desk-voices", "desk-voice", "desk-matter", "desk-intake", "desk-import", "desk-batch"]
)
def test_the_office_pages_are_closed_to_a_unit(unit_client, name):
    try:
        address = reverse(name)
    except NoReverseMatch:
        address = reverse(name, args=[1])
    assert unit_client.get(address).status_code == 403


def test_the_pages_of_a_unit_have_no_way_to_a_single_voice(unit_client, matter):
    pages = [
        unit_client.get(reverse("unit-inbox")),
        unit_client.get(reverse("unit-task", args=[matter.tasks.get().pk])),
    ]
    for page in pages:
        html = page.content.decode()
        assert "desk/voices" not in html
        assert "/voices/" not in html


def test_a_hidden_voice_is_not_quoted_to_the_unit(unit_client, matter):
    html = unit_client.get(reverse("unit-task", args=[matter.tasks.get().pk])).content.decode()
    assert "孩子放学摔了一跤" in html
    assert "老人不敢出门" not in html


def test_a_unit_does_not_learn_whether_another_units_task_exists(unit_client, hand, city):
    theirs = hand(unit=city.homes)
    other = unit_client.get(reverse("unit-task", args=[theirs.pk]))
    none = unit_client.get(reverse("unit-task", args=[theirs.pk + 1000]))
    assert (other.status_code, none.status_code) == (403, 403)
    assert why(other) == why(none)


def why(answer):
    return answer.content.decode().split("<main")[1].split("</main>")[0]
