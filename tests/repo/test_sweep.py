"""What is due is done once, whenever the sweep comes by."""

import datetime as dt

import pytest

from biaochi.sweep import erase_withdrawn, sweep
from biaochi.voice import actions as voices
from biaochi.voice.actions import Words
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Voice
from biaochi.voice.rules import Channel, State

DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def said(resident, now):
    def say(text, **rest):
        words = Words(text)
        heard = voices.hear(words=words, channel=Channel.WEB, by=resident, now=now, **rest)
        return heard.voice

    return say


def test_a_withdrawn_voice_is_erased_once_its_days_are_over(said, staff, resident, now):
    gone, kept = said("三号楼的路灯坏了半个月"), said("三号楼门口路灯一直不亮")
    matter = matters.open_matter(title="路灯", voices=[gone, kept], by=staff, now=now)
    matters.withdraw(voice=gone, by=resident, now=now)
    assert erase_withdrawn(now=now + 7 * DAY) == 0
    assert erase_withdrawn(now=now + 8 * DAY) == 1
    gone.refresh_from_db()
    matter.refresh_from_db()
    assert (gone.state, gone.text, matter.people_count) == (State.ERASED, "", 1)
    assert erase_withdrawn(now=now + 9 * DAY) == 0
    assert Voice.objects.filter(state=State.HEARD).get() == kept


def test_a_sweep_with_nothing_to_do_does_nothing_twice(db, now):
    sweep(now=now)
    assert not any(sweep(now=now).values())
