"""A matter is handed over two days before the Spring Festival. Nine days off do not count, the
Saturdays that are worked instead do; nobody is late in the holidays, and nobody is let off after."""

import datetime as dt

import pytest

from tests.flow import at_the_desks as desks
from tests.flow.time_machine import CITY, Clock

# 2026: the days from 15 to 23 February are off, 14 and 28 February (Saturdays) are worked.
HANDED = dt.datetime(2026, 2, 13, 9, tzinfo=CITY)
TITLE = "后街的路灯不亮"


@pytest.fixture
def now():
    return HANDED


@pytest.fixture
def clock(monkeypatch, now):
    return Clock(monkeypatch, now)


@pytest.fixture
def matter(clock, say, clerk, city):
    """Handed over on the last Friday before the festival; the public address."""
    say("后街的路灯全黑了，夜里看不见路")
    key = desks.gather(clerk, TITLE)
    clerk.open(f"/desk/matters/{key}/hand-over")
    desks.fine(clerk.submit("交办", unit=str(city.roads.pk), what="把后街的路灯修亮"))
    return f"/matters/{key}"


def test_spring_festival(clock, matter, visitor, unit_clerk):
    def public(address):
        return desks.fine(visitor().open(address)).text

    # 14, 24 and 25 February are the three days for taking it on; twenty end on 19 March.
    page = public(matter)
    assert "等它收下（2月25日前）" in page and "3月19日前办完" in page
    assert "还有20个工作日" in page
    inbox = unit_clerk.open("/desk/inbox").text
    assert "2月25日前要收下，2月27日前可以退回" in inbox

    # The Saturday before is worked and counts; of the nine days off none does.
    for day in (14, 15, 18, 23):
        clock.until(dt.date(2026, 2, day))
        assert "还有19个工作日" in public(matter), day
        assert "今天是第1个工作日" in unit_clerk.open("/desk/inbox").text, day
        assert_nobody_is_late(public)

    # The last day for taking it on is still in time; the day after is not.
    clock.until(dt.date(2026, 2, 25))
    assert_nobody_is_late(public)
    clock.until(dt.date(2026, 2, 26))
    assert "该收下的日子过了1个工作日" in unit_clerk.open("/desk/inbox").text
    assert "该在2月25日前收下，还没有收" in public("/matters/late")
    assert "该在2月25日前收下，还没有收" in public("/")

    # It is taken on. Saturday the 28th is worked: two days later two days fewer are left.
    desks.take_on(unit_clerk, "今晚去看")
    assert_nobody_is_late(public)
    assert "还有16个工作日" in public(matter)
    clock.until(dt.date(2026, 2, 28))
    assert "还有14个工作日" in public(matter)

    clock.until(dt.date(2026, 3, 19))
    assert "3月19日（今天）" in public(matter)
    assert_nobody_is_late(public)
    clock.until(dt.date(2026, 3, 20))
    assert "超期了，还没办完" in public(matter) and "超1个工作日" in public(matter)
    assert "市城管局该在3月19日办完，超期了" in public("/matters/late")
    assert "1超期，请尽快办" in unit_clerk.open("/desk/inbox").text


def assert_nobody_is_late(public):
    """The list of what is late, the front page and the yardstick say so alike."""
    assert "一共0件" in public("/matters/late")
    assert "眼下没有超期的" in public("/")
    assert "眼下超期0件" in public("/ratios")
