import pytest

from biaochi.core.actors import RESIDENT
from biaochi.voice import actions
from biaochi.voice.actions import Words


@pytest.fixture
def speak(db, now):
    """Somebody says something; every keyword of ``hear`` may be given."""

    def _speak(text="楼道的灯坏了三个星期，没人修。", *, title="", place="", **rest):
        values = {"channel": "web", "by": RESIDENT, "now": now} | rest
        return actions.hear(words=Words(text, title, place), **values)

    return _speak
