"""What every test may ask for: a moment, doers, and a city small enough to read."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import translation

SHARED = Path(os.environ.get("BIAOCHI_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture
def shared():
    """The real data beside the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the real data is absent (set BIAOCHI_SHARED)")
    return SHARED / "data"


@pytest.fixture(autouse=True)
def apart(settings, tmp_path):
    """Keys and files of a test are its own; nobody is turned away for coming too often."""
    settings.VAULT_KEY = b"a key for tests only"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def in_chinese():
    """A page in English leaves its language on in the thread; the next test begins in Chinese."""
    translation.activate("zh-hans")
    yield
    translation.activate("zh-hans")


@pytest.fixture(autouse=True)
def nothing_remembered():
    """What a process keeps is keyed by the record; two tests may write the same record."""
    from biaochi.proposal.earlier import KEPT as proposals
    from biaochi.topic.earlier import KEPT as topics
    from biaochi.voice.matters import searching, similar
    from biaochi.yardstick import rows

    rows.KEPT.clear()
    searching.KEPT.clear()
    similar.KNOWN.head, similar.KNOWN.shelf = "", None
    topics.forget()
    proposals.forget()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that clear tables need the record's guards off; one test puts them back on."""
    from biaochi.core.record import unguard

    with django_db_blocker.unblock():
        unguard()


@pytest.fixture
def now():
    return dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@pytest.fixture
def operator(db):
    from biaochi.core.actors import Actor, Role

    return Actor("operator", frozenset({Role.OPERATOR}))


@pytest.fixture
def city(operator, now):
    """Two areas, two units, a catalogue of two lines, one account for each role."""
    from biaochi.core.actors import Role
    from biaochi.people import actions as people

    class City:
        password = "a long password 42"
        east = people.name_area(name="城东", by=operator, now=now, row=2, column=2)
        north = people.name_area(name="北关", by=operator, now=now, row=1, column=2)
        roads = people.name_unit(name="市城管局", by=operator, now=now)
        homes = people.name_unit(name="市住建局", by=operator, now=now)
        lamps = people.name_category(
            name="路灯", unit=roads, words="路灯 黑 照明", by=operator, now=now
        )
        lifts = people.name_category(
            name="电梯", unit=homes, words="电梯 加装", by=operator, now=now
        )
        sector = people.name_sector(name="医药卫生界", by=operator, now=now)
        users = {}

        def actor(self, role):
            from biaochi.core.middleware import actor_of

            return actor_of(self.users[role])

    city = City()
    for role in (Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, Role.OPERATOR):
        city.users[role] = people.open_account(
            username=role.value,
            shown_name=str(role.label),
            role=role,
            password=city.password,
            unit=city.roads if role == Role.UNIT else None,
            sector=city.sector if role == Role.MEMBER else None,
            by=operator,
            now=now,
        )
    return city


@pytest.fixture
def staff(city):
    from biaochi.core.actors import Role

    return city.actor(Role.STAFF)


@pytest.fixture
def member(city):
    from biaochi.core.actors import Role

    return city.actor(Role.MEMBER)


@pytest.fixture
def unit(city):
    from biaochi.core.actors import Role

    return city.actor(Role.UNIT)


@pytest.fixture
def resident():
    from biaochi.core.actors import RESIDENT

    return RESIDENT
