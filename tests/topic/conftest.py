"""Matters worth studying, a second and a third person of the office: all made by the verbs."""

import datetime as dt
import itertools

import pytest
from django.test import Client

from biaochi.core.middleware import actor_of
from biaochi.people import actions as people
from biaochi.people import vault
from biaochi.topic import actions
from biaochi.topic.rules import Choice, Criterion, GoesTo, Grade
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel, Group

CRITERIA = {
    Criterion.STRONG: (Grade.YES, "说的人一直在涨"),
    Criterion.WHOM: (Grade.PARTLY, "接送的多是老人"),
    Criterion.NARROW: (Grade.YES, "只看校门口三百米"),
    Criterion.FEASIBLE: (Grade.NONE, "交警和街道就能定"),
}


@pytest.fixture
def speak(city, resident, staff, now):
    """Some people speak about one thing; the office makes it a matter."""

    numbers = itertools.count()

    def speak_about(title, people_count, *, category=None, area=None, groups=(Group.OLD,), at=None):
        moment = at or now
        said = [
            voices.hear(
                words=voices.Words(f"{title}，第{n}个人说。", title=title),
                channel=Channel.WEB,
                area=area or city.east,
                groups=list(groups),
                speaker=vault.speaker_for(phone=f"139{next(numbers):08d}"),
                by=resident,
                now=moment,
            ).voice
            for n in range(people_count)
        ]
        voices.mark_seen(voices=said, by=staff, now=moment)
        return matters.open_matter(
            title=title, voices=said, category=category or city.lamps, by=staff, now=moment
        )

    return speak_about


@pytest.fixture
def matter(speak):
    return speak("小学门口接孩子没处停车", 6)


@pytest.fixture
def colleague(city, operator, now):
    """Further people of the office, by name."""

    def of(name):
        user = people.open_account(
            username=name,
            shown_name=f"同事{name}",
            role="staff",
            password=city.password,
            by=operator,
            now=now,
        )
        return actor_of(user)

    return of


@pytest.fixture
def second(colleague):
    return colleague("second")


@pytest.fixture
def third(colleague):
    return colleague("third")


@pytest.fixture
def put_forward(matter, member, now):
    def raise_it(**changes):
        deed = {
            "matters": [matter],
            "title": "校门口三百米",
            "question": "早晚四十分钟堵在哪里",
            "criteria": CRITERIA,
            "by": member,
            "now": now,
        }
        return actions.raise_topic(**{**deed, **changes})

    return raise_it


@pytest.fixture
def topic(put_forward):
    return put_forward()


@pytest.fixture
def take(topic, now):
    def decide(by, why="天天有，三天能看完", **changes):
        return actions.decide(topic=topic, choice=Choice.TAKE, why=why, by=by, now=now, **changes)

    return decide


@pytest.fixture
def put_aside(topic, now):
    def decide(by, why="切口太大", **changes):
        deed = {
            "goes_to": GoesTo.TASK,
            "goes_where": "直接交给城管",
            "review_on": now.date() + dt.timedelta(days=180),
        }
        return actions.decide(
            topic=topic, choice=Choice.ASIDE, why=why, by=by, now=now, **{**deed, **changes}
        )

    return decide


@pytest.fixture
def enter(city):
    """A browser, signed in by name."""

    def client_of(name):
        client = Client()
        assert client.login(username=str(name), password=city.password)
        return client

    return client_of
