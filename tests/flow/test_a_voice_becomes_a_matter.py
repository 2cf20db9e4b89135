"""Six people say the same thing in different words and ways; it becomes one matter, is handed to
a unit and taken on. At each step every page tells the truth, and what was done can be undone."""

import re

import pytest

PHONE = "13812345678"
WEB = "幸福里想加装电梯，一楼不签字，老人下不了楼。我的电话13812345678"
CALL = "幸福里加装电梯，一楼不签字，老人天天爬楼"


@pytest.fixture
def codes(say, call, bring_sheet, sweep, clerk):
    """Everybody has spoken: in the web, by telephone, four in a spreadsheet. Staff has read it."""
    found = {"web": say(WEB, phone=PHONE), "phone": call(CALL)}
    bring_sheet()
    read_all(clerk)
    assert sweep() == 1
    return found


def read_all(clerk):
    """Tick every new voice as read."""
    clerk.open("/desk/voices?which=unseen")
    keys = clerk.choices("voice")
    clerk.submit("看过了", voice=keys)


def the_matter(clerk):
    """The address of the only matter."""
    keys = set(re.findall(r'href="(?:/desk)?/matters/(\d+)"', clerk.html))
    assert len(keys) == 1, keys
    return keys.pop()


def test_a_voice_becomes_a_matter(codes, clerk, visitor, my_matter, unit_clerk):
    # Nothing is grouped by itself.
    home = visitor().open("/")
    assert "大家说了6条心里话" in home.text
    assert "近四周还没有归成的事" in home.text
    assert "还没有归到一起" in my_matter(codes["web"]).text

    # The office accepts what the machine suggests.
    clerk.open("/desk")
    assert "为什么" in clerk.text
    clerk.submit("合并这6条", within="/desk/suggestions/")
    key = the_matter(clerk.open("/desk"))
    tell_the_truth(visitor, my_matter, codes, key, people=6, step="大家说")

    # One withdraws: nobody counts that voice any more, and only its speaker still sees it.
    person = my_matter(codes["phone"]).open("/mine/decide?how=back")
    person.submit("就这样，撤回")
    tell_the_truth(visitor, my_matter, {"web": codes["web"]}, key, people=5, step="大家说")
    assert "您撤回了" in my_matter(codes["phone"]).text
    assert "天天爬楼" not in visitor().open("/voices").text

    # … and comes back.
    my_matter(codes["phone"]).submit("不撤了，恢复")
    tell_the_truth(visitor, my_matter, codes, key, people=6, step="大家说")

    # The office undoes its grouping: everything is as before. Then it accepts it again.
    clerk.open(f"/desk/matters/{key}").submit("撤", within="/undo")
    assert visitor().open(f"/matters/{key}").response.status_code == 404
    assert "近四周还没有归成的事" in visitor().open("/").text
    assert "还没有归到一起" in my_matter(codes["web"]).text
    clerk.open("/desk").submit("合并这6条", within="/desk/suggestions/")
    key = the_matter(clerk.open("/desk"))
    tell_the_truth(visitor, my_matter, codes, key, people=6, step="大家说")

    # It is handed to a unit; everybody can read to whom and until when.
    clerk.open(f"/desk/matters/{key}/hand-over")
    clerk.submit("交办", unit=clerk.value_of("unit", "市住建局"), what="帮幸福里谈成加装电梯")
    tell_the_truth(visitor, my_matter, codes, key, people=6, step="交办落实")
    assert "市住建局" in visitor().open(f"/matters/{key}").text
    assert "交给市住建局办" in my_matter(codes["web"]).text


def test_a_unit_takes_a_matter_on(codes, clerk, visitor, my_matter, unit_clerk):
    clerk.open("/desk").submit("合并这6条", within="/desk/suggestions/")
    key = the_matter(clerk.open("/desk"))
    clerk.open(f"/desk/matters/{key}/hand-over")
    clerk.submit("交办", unit=clerk.value_of("unit", "市城管局"), what="帮幸福里谈成加装电梯")

    # The unit sees the matter, six people and public words, and nobody's number.
    unit_clerk.open("/desk")
    assert "帮幸福里谈成加装电梯" in unit_clerk.text
    assert "6人" in unit_clerk.text
    assert PHONE not in unit_clerk.html
    unit_clerk.submit("收下，开始办", first_act="约一楼和六楼的住户坐下来谈")
    tell_the_truth(visitor, my_matter, codes, key, people=6, step="交办落实")
    for page in (visitor().open(f"/matters/{key}"), my_matter(codes["phone"])):
        assert "市城管局收下了" in page.text
        assert "约一楼和六楼的住户坐下来谈" in page.text
    home = visitor().open("/").text
    assert "在承办单位手上1件" in home and "还没人接的0件" in home

    # The record of the matter shows each deed and holds.
    history = visitor().open(f"/matters/{key}/history").text
    for deed in ("交给承办单位", "单位收下交办"):
        assert deed in history


def tell_the_truth(visitor, my_matter, codes, key, *, people, step):
    """The matter, the home page, the list and each receipt say the same."""
    page = visitor().open(f"/matters/{key}")
    assert page.response.status_code == 200
    assert re.search(rf"{people}人|{people}位", page.text), page.text
    assert step in page.text
    assert PHONE not in page.html
    home = visitor().open("/")
    assert f"{people}人说过" in home.text
    assert f"走到{step}" in home.text
    assert f"大家说了{people}条心里话" in home.text
    assert f"{people}人说过" in visitor().open("/matters").text
    for code in codes.values():
        mine = my_matter(code)
        assert f"{people}人" in mine.text
        assert step in mine.text
        assert PHONE not in mine.html.replace(WEB, "")
