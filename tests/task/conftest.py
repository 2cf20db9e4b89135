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


@pytest.fixture
def take_on(hand, unit, now):
    """A task that the unit has accepted, with two clauses."""
    from biaochi.task import actions

    def taken(**changes):
        items = [("换六盏灯", "六盏都亮"), ("公布报修电话", "杆上看得到")]
        task = hand(**{"items": items, **changes})
        moment = changes.get("now", now)
        return actions.accept(task=task, first_act="先查线路", by=unit, now=moment)

    return taken


@pytest.fixture
def claim_of(unit, now):
    """Claim a task as asked for: the first clause done, the others not."""
    from biaochi.task import actions
    from biaochi.task.rules import Done

    def claimed(task, **changes):
        items = list(task.items.all())
        lines = {item.pk: (Done.NO, "还没办") for item in items}
        lines[items[0].pk] = (Done.YES, "换了六盏")
        deed = {"lines": lines, "good": "后街亮了", "bad": "北头一段还黑", "by": unit, "now": now}
        return actions.claim(task=task, **{**deed, **changes})

    return claimed


@pytest.fixture
def second(city, operator, now):
    """Another person of the office."""
    from biaochi.core.middleware import actor_of
    from biaochi.people import actions as people

    user = people.open_account(
        username="second",
        shown_name="周启",
        role="staff",
        password=city.password,
        by=operator,
        now=now,
    )
    return actor_of(user)


@pytest.fixture
def replied(matter, member, staff, second, unit, city, now):
    """A proposal about the lamps with a reply of three classes, made by the verbs."""
    from biaochi.proposal import actions as proposals
    from tests.proposal.conftest import ANSWERS, CLAUSES, PASSED, TEXT

    one = proposals.begin(title=TEXT["title"], by=member, now=now)
    about = {"clauses": CLAUSES, "matters": [matter]}
    one = proposals.write(proposal=one, **TEXT, **about, by=member, now=now)
    one = proposals.submit(proposal=one, by=member, now=now)
    details = {"category": "城乡建设", "lead": city.roads.pk, "co": [city.homes.pk]}
    for by in (staff, second):
        one = proposals.review(
            proposal=one, looks=PASSED, decision="file", why="", details=details, by=by, now=now
        )
    one = proposals.hand_over(proposal=one, by=staff, now=now)
    return proposals.reply(proposal=one, answers=ANSWERS, number="51号", by=unit, now=now)


@pytest.fixture
def debt(replied, now):
    """The promise of the reply, written into the book."""
    from biaochi.task import debts
    from biaochi.task.models import Debt

    assert debts.book(now=now) == 1
    return Debt.objects.get()


@pytest.fixture
def sign_in(city):
    from django.test import Client

    def client_of(role):
        client = Client()
        assert client.login(username=role.value, password=city.password)
        return client

    return client_of
