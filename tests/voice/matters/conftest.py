import pytest

from biaochi.core.actors import RESIDENT
from biaochi.voice.actions import Words, hear


@pytest.fixture
def say(db, now):
    """Say something: ``say("路灯坏了", area=city.east)`` gives the voice."""

    def say(text, *, moment=None, **rest):
        words = Words(text=text, title=rest.pop("title", ""), place=rest.pop("place", ""))
        rest.setdefault("channel", "web")
        return hear(words=words, by=RESIDENT, now=moment or now, **rest).voice

    return say


@pytest.fixture
def three(say):
    return [say(text) for text in ("文化路的路灯全黑了", "晚上文化路没有灯", "文化路路灯坏了两周")]
