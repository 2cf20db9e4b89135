"""A flood in the database: the hot list stays as it was."""

import pytest

from biaochi.people import vault
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter


@pytest.fixture
def two(say, staff, now):
    """A matter of three people and one of two, all spoken at the same hour."""
    large = [say(f"文化路的路灯全黑了，{who}") for who in ("我家在三楼", "孩子怕", "老人摔了")]
    small = [say(f"井盖松了，{who}") for who in ("车过就响", "绊了人")]
    voices.mark_seen(voices=large + small, by=staff, now=now)
    return [
        matters.open_matter(title=title, voices=some, by=staff, now=now)
        for title, some in (("路灯不亮", large), ("井盖松了", small))
    ]


@pytest.mark.parametrize(
    ("flood", "more"), [("one person", 1), ("one text without a name", 1), ("five people", 5)]
)
def test_a_flood_is_one_person_and_the_hot_list_stays(two, say, staff, now, flood, more):
    large, small = two
    one = vault.speaker_for(phone="13812345678")
    sent = {
        "one person": lambda n: say(f"井盖松了，第{n}次说", speaker=one),
        "one text without a name": lambda n: say("井盖松了，快来修"),
        "five people": lambda n: say(f"井盖松了，{n}号楼前面那个"),  # real people do move it
    }[flood]
    heard = [sent(n) for n in range(5)]
    voices.mark_seen(voices=heard, by=staff, now=now)
    matters.join(voices=heard, matter=small, by=staff, now=now)
    small.refresh_from_db()
    assert (small.voice_count, small.people_count) == (7, 2 + more)
    hottest = Matter.objects.order_by("-heat_log", "pk").first()
    assert hottest == (large if more == 1 else small)
