"""A unit gives a matter back: everybody reads why, nobody pretends that somebody has it, and the
office sends it on to another unit."""

import re

import pytest

from biaochi.people import actions as people
from tests.flow.visitor import Visitor


@pytest.fixture
def matter(say, clerk):
    """Two voices of the same thing that the office brings together by hand."""
    codes = [
        say("后街的路灯全黑了，夜里看不见路"),
        say("后街路灯坏了一个月，没人修"),
    ]
    clerk.open("/desk/voices?which=unseen")
    clerk.submit(
        "归成", voice=clerk.choices("voice"), title="后街的路灯不亮", within="/desk/voices"
    )
    return re.search(r"/desk/matters/(\d+)", clerk.url)[1], codes


@pytest.fixture
def other_unit(city, operator, now, client):
    people.open_account(
        username="homes",
        shown_name="住建局经办",
        role="unit",
        password=city.password,
        unit=city.homes,
        by=operator,
        now=now,
    )
    return Visitor(client, "homes", city.password)


def test_a_unit_returns_the_matter(matter, clerk, unit_clerk, other_unit, visitor, my_matter, city):
    key, (code, _other) = matter
    clerk.open(f"/desk/matters/{key}/hand-over")
    clerk.submit("交办", unit=str(city.roads.pk), what="把后街的路灯修亮")

    # The unit has to say why; without a sentence the form comes back.
    unit_clerk.open("/desk").follow("后街的路灯不亮")
    unit_clerk.submit("退给交办方", reason="not_ours")
    assert unit_clerk.response.status_code == 422
    assert "请写一句退回的理由" in unit_clerk.text
    unit_clerk.submit("退给交办方", words="后街是小区里面的路，归物业", suggested_unit="市住建局")
    assert "退回了" in unit_clerk.text

    # Everybody reads why, and nobody pretends that somebody has it.
    for page in (visitor().open(f"/matters/{key}"), my_matter(code)):
        assert "后街是小区里面的路，归物业" in page.text
    home = visitor().open("/").text
    assert "后街是小区里面的路，归物业" in home[home.index("还没办成的") :]
    assert "走到大家说" in home
    assert "后街的路灯不亮" in visitor().open("/matters/late").text

    # It stands on the office's bench until it is sent on.
    clerk.open("/desk?due=returned")
    assert "退回" in clerk.text
    clerk.follow("退回了")
    assert "市住建局" in clerk.text
    clerk.submit("再交办", unit=str(city.homes.pk), what="督促物业把后街的路灯修亮")
    assert "又交办了" in clerk.text

    # The first unit has it no longer, the second does.
    assert "后街的路灯不亮" not in unit_clerk.open("/desk/inbox?tab=returned").text
    other_unit.open("/desk").submit("收下，开始办", first_act="明天叫物业来")
    page = visitor().open(f"/matters/{key}").text
    assert "明天叫物业来" in page
    assert "后街是小区里面的路，归物业" in page, "what the first unit wrote stays"
    assert "走到第5步" in my_matter(code).text
    assert "后街的路灯不亮" not in visitor().open("/matters/late").text
