"""Everybody with a duty changes their own password, with the old one, and stays signed in."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
NEW = "another long password 77"


@pytest.fixture
def clerk(city, client):
    client.force_login(city.users["staff"])
    return client


def change(client, **typed):
    return client.post(reverse("desk-password"), typed, follow=True)


def test_a_new_password_takes_the_place_of_the_old(clerk, city):
    answer = change(clerk, old=city.password, new=NEW, again=NEW)
    assert "密码改好了" in answer.content.decode()
    assert clerk.get(reverse("desk")).status_code == 200, "signed in still"
    assert not Client().login(username="staff", password=city.password)
    assert Client().login(username="staff", password=NEW)


def test_whoever_is_signed_in_elsewhere_has_to_sign_in_again(clerk, city):
    elsewhere = Client()
    elsewhere.force_login(city.users["staff"])
    change(clerk, old=city.password, new=NEW, again=NEW)
    assert elsewhere.get(reverse("desk")).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", NEW, NEW, "原来的密码不对"),
        ("", NEW, NEW, "必填"),
        (None, NEW, NEW + "x", "两遍输的不一样"),
        (None, "short", "short", "密码"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_changed(clerk, city, old, new, again, sentence):
    answer = change(clerk, old=city.password if old is None else old, new=new, again=again)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Client().login(username="staff", password=city.password)


def test_nobody_comes_here_without_an_account(client):
    assert client.get(reverse("desk-password")).status_code == 302
