"""A contact goes ninety days after everything its owner spoke of is closed, and not before."""

import datetime as dt

import pytest

from biaochi.evaluation import actions, contacts
from biaochi.outcome import actions as outcome
from biaochi.people import vault
from biaochi.people.models import Speaker

pytestmark = pytest.mark.django_db


def kept():
    return Speaker.objects.filter(contact_sealed__isnull=False).count()


@pytest.fixture
def closed(scene, round_):
    """All five said that it is solved."""
    scene.all_say(*["solved"] * 5)
    return scene


def test_while_anything_is_open_every_contact_is_kept(scene, round_):
    assert contacts.forget_due(now=scene.later(days=400)) == 0
    assert kept() == 5


def test_ninety_days_after_the_close_the_contacts_are_gone_and_people_still_count_once(closed):
    speaker = vault.speaker_for(phone="13800000000")
    assert contacts.forget_due(now=closed.now + dt.timedelta(days=89)) == 0
    assert contacts.forget_due(now=closed.now + dt.timedelta(days=90)) == 5
    assert kept() == 0
    assert contacts.forget_due(now=closed.now + dt.timedelta(days=91)) == 0
    assert vault.speaker_for(phone="13800000000") == speaker


def test_who_has_spoken_of_something_else_is_kept_until_that_is_closed_too(closed):
    closed.speak(1, first=2)
    assert contacts.forget_due(now=closed.later(days=90)) == 4
    (speaker,) = Speaker.objects.filter(contact_sealed__isnull=False)
    assert speaker.forget_on is None


def test_what_broke_again_keeps_the_contacts(closed):
    outcome.start_revisits(now=closed.later(days=32))
    actions.open_rounds(now=closed.now)
    closed.all_say(*["unsolved"] * 5)
    assert contacts.forget_due(now=closed.later(days=90)) == 0
    assert kept() == 5
