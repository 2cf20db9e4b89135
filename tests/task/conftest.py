"""A matter to hand over: people, words and a matter of the office, all made by the verbs."""

import pytest

from biaochi.people import vault
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

PHONE = "13812345678"
NAME = "张三丰"
SECRET = f"我叫{NAME}，电话{PHONE}，住幸福里7号楼2单元603。"


@pytest.fixture
def told(city, resident, staff, now):
    """Three people about the same lamps; the first leaves a name and a number in the words."""
    phones = [PHONE, "13900000002", "13900000003"]
    texts = [
        f"巷子里的路灯坏了半个月，晚上黑得看不见路。{SECRET}",
        "后街路灯不亮，老人不敢出门。",
        "路灯黑了好久，孩子放学摔了一跤。",
    ]
    return [
        voices.hear(
            words=voices.Words(text, title="路灯不亮"),
            channel=Channel.WEB,
            area=city.east,
            speaker=vault.speaker_for(phone=phone),
            by=resident,
            now=now,
        )
        for phone, text in zip(phones, texts, strict=True)
    ]


@pytest.fixture
def matter(told, city, staff, now):
    heard = [one.voice for one in told]
    voices.mark_seen(voices=heard, by=staff, now=now)
    return matters.open_matter(
        title="后街的路灯不亮", voices=heard, category=city.lamps, by=staff, now=now
    )


@pytest.fixture
def other_unit(city, operator, now):
    """Somebody of another unit."""
    from biaochi.core.middleware import actor_of
    from biaochi.people import actions as people

    user = people.open_account(
        username="homes",
        shown_name="住建局经办",
        role="unit",
        password=city.password,
        unit=city.homes,
        by=operator,
        now=now,
    )
    return actor_of(user)


@pytest.fixture
def hand(matter, city, staff, now):
    """Hand the matter over, as asked for."""
    from biaochi.task import actions

    def hand_over(**changes):
        deed = {"matter": matter, "unit": city.roads, "what": "把后街的路灯修亮", "by": staff}
        return actions.hand_over(**{**deed, "now": now, **changes})

    return hand_over
