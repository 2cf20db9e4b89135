"""What both stories share: people who speak in different ways, and an office that reads them."""

import datetime as dt
import io
import re

import pytest
from django.test import Client
from django.utils import timezone

from biaochi.people import actions as people
from biaochi.voice.matters import actions as matters
from tests.flow.chapters import Town
from tests.flow.time_machine import CITY, Clock
from tests.flow.visitor import Visitor

CODE = re.compile(r"QX-[2-9A-Z]{4}-[2-9A-Z]{4}")
ROWS = (
    "幸福里小区想加装电梯，一楼不肯签字，老人下不了楼",
    "幸福里加装电梯一直卡着，一楼不签字，老人下不了楼",
    "幸福里想加装电梯，一楼不同意签字，老人下楼太难",
    "幸福里老楼加装电梯，一楼不肯签字，老人下不了楼",
)


@pytest.fixture
def visitor(db):
    """Somebody at home, without an account."""
    return lambda: Visitor(Client())


@pytest.fixture
def clerk(city):
    return Visitor(Client(), "staff", city.password)


@pytest.fixture
def unit_clerk(city):
    return Visitor(Client(), "unit", city.password)


@pytest.fixture
def say(visitor, city):
    """Say something through the wizard; gives back the receipt code."""

    def tell(text, *, phone="", public="yes"):
        person = visitor().open("/say")
        person.submit("下一题", text=text)
        person.submit("下一题", area=str(city.east.pk))
        person.submit("下一题", groups=["old"])
        reply = {"reply": "phone", "phone": phone} if phone else {"reply": "none"}
        person.submit("看一遍再提交", public=public, **reply)
        typed = {"join": "alone"} if person.has_field("join") else {}
        person.submit("提交", **typed)
        assert person.response.status_code == 200, person.text
        return CODE.search(person.text)[0]

    return tell


@pytest.fixture
def call(clerk, city):
    """Telephone: a clerk writes down and reads back; gives back the receipt code."""

    def tell(text, *, phone=""):
        clerk.open("/desk/intake")
        clerk.submit("写好了，念给他听", agreed="on", words=text, area=str(city.east.pk))
        reply = {"reply": "phone", "phone": phone} if phone else {"reply": "none"}
        clerk.submit("他说对，收下", public="yes", **reply)
        code = CODE.search(clerk.text)[0]
        clerk.submit("念完两遍了")
        return code

    return tell


@pytest.fixture
def bring_sheet(clerk):
    """A spreadsheet of four rows comes in; its address."""

    def bring():
        lines = ["编号,反映人,时间,街道,内容"]
        for n, words in enumerate(ROWS, 1):
            day = timezone.localdate() - dt.timedelta(days=n)
            lines.append(f"{n},居民{n},{day.isoformat()},城东,{words}")
        file = io.BytesIO("\n".join(lines).encode())
        file.name = "台账.csv"
        clerk.open("/desk/import").submit("先试一遍", files={"file": file})
        address = clerk.url
        clerk.submit("收下4行")
        assert "4条话收下了" in clerk.text
        return address

    return bring


@pytest.fixture
def sweep():
    """What the clock does in the background: look for what belongs together."""
    return lambda: matters.suggest(now=timezone.now())


@pytest.fixture
def my_matter(visitor):
    """Open one's own page with the code of the receipt."""

    def look(code):
        person = visitor().open("/mine")
        person.submit("查", code=code)
        return person

    return look


@pytest.fixture
def clock(monkeypatch):
    """A story's own time. It begins on a Monday in spring, when people begin to speak."""
    return Clock(monkeypatch, dt.datetime(2026, 3, 2, 9, 0, tzinfo=CITY))


@pytest.fixture
def checker(city, operator, now):
    """A second clerk: whoever handed a matter over is not the only one who looks."""
    people.open_account(
        username="second",
        shown_name="第二位工作人员",
        role="staff",
        password=city.password,
        by=operator,
        now=now,
    )
    return lambda: Visitor(Client(), "second", city.password)


def somebody(username, shown_name, role, city, operator, now, **where):
    """One more person with an account and a browser."""
    people.open_account(
        username=username,
        shown_name=shown_name,
        role=role,
        password=city.password,
        by=operator,
        now=now,
        **where,
    )
    return Visitor(Client(), username, city.password)


@pytest.fixture
def second_clerk(city, operator, now):
    """Another person at the office: what takes two hands takes hers as well."""
    return somebody("other-clerk", "另一位办公室的人", "staff", city, operator, now)


@pytest.fixture
def author(city):
    """A member who goes to see and writes."""
    return Visitor(Client(), "member", city.password)


@pytest.fixture
def friend(city, operator, now):
    """Another member, who reads before signing."""
    return somebody("friend", "顾明川", "member", city, operator, now, sector=city.sector)


@pytest.fixture
def town(clock, clerk, second_clerk, author, friend, unit_clerk, visitor, my_matter):
    """Everybody who takes part in the long way."""
    return Town(clock, clerk, second_clerk, author, friend, unit_clerk, visitor, my_matter)
