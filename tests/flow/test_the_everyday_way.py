"""The short way of an everyday matter, told through pages alone: three neighbours speak, a unit
works, the office looks, the neighbours say that it is solved, and are asked again for a year."""

import re

import pytest

from biaochi.core.clock import add_months
from tests.flow.visitor import Visitor

LAMP = (
    "后街的路灯全黑了，夜里看不见路",
    "后街路灯坏了一个月，没人修",
    "后街那几盏路灯不亮，老人摔了",
)


@pytest.fixture
def codes(clock, say):
    return [say(words, phone=f"1380000000{n}") for n, words in enumerate(LAMP)]


@pytest.fixture
def key(codes, clerk):
    """The matter of the three voices: its key in addresses."""
    clerk.open("/desk/voices?which=unseen")
    clerk.submit(
        "归成", voice=clerk.choices("voice"), title="后街的路灯不亮", within="/desk/voices"
    )
    return re.search(r"/desk/matters/(\d+)", clerk.url)[1]


@pytest.fixture
def hand(clerk, city, key):
    def over(**typed):
        clerk.open(f"/desk/matters/{key}/hand-over")
        given = {"unit": str(city.roads.pk), "what": "把后街的路灯修亮", "act-1": "三盏灯全亮"}
        clerk.submit("交办", **given | typed)

    return over


@pytest.fixture
def work(unit_clerk, clock):
    """The unit takes it on, and says some days later that it is done."""

    def done(claimed="yes", bad="有一盏是旧灯头，明年要换"):
        if unit_clerk.open("/desk/inbox").has_button("收下"):
            unit_clerk.submit("收下，开始办", first_act="今晚去看")
        clock.go(days=5)
        page = unit_clerk.open("/desk/inbox?tab=doing").follow("后街的路灯不亮")
        page.open(f"{page.url}/claim")
        item = re.search(r'name="done-(\d+)"', page.html)[1]
        page.submit(
            "交给办公室去核",
            **{f"done-{item}": claimed, f"words-{item}": "三盏都换了", "good": "亮了", "bad": bad},
        )
        assert page.response.status_code == 200, page.text

    return done


@pytest.fixture
def look(clerk, clock):
    """The office looks whether the claim is true."""

    def at_it(true="yes", match="yes"):
        clock.go(days=1)
        clerk.open("/desk/checks").follow("后街的路灯不亮")
        item = re.search(r'name="match-(\d+)"', clerk.html)[1]
        clerk.submit(
            "就这样定",
            how="quiet",
            before="三盏都黑着",
            after="晚上八点去看，三盏都亮着",
            why="去看过，和报的一样",
            true=true,
            **{f"match-{item}": match},
        )
        assert clerk.response.status_code == 200, clerk.text

    return at_it


@pytest.fixture
def judge(my_matter):
    """Somebody answers by their code."""

    def says(code, answer, words="", public="no"):
        person = my_matter(code).follow("我来说")
        person.submit("下一题", answer=answer)
        person.submit("交上去", words=words, public=public)
        assert "记下了" in person.text
        return person

    return says


def test_the_everyday_way(
    clock, codes, key, hand, work, look, judge, my_matter, visitor, clerk, unit_clerk
):
    hand()
    assert "市城管局" in my_matter(codes[0]).text
    work()
    page = visitor().open(f"/matters/{key}").text
    assert "办公室还没核" in page
    assert "提的人说解决了" not in page

    # Nobody is asked before somebody else has looked.
    assert "我来说" not in my_matter(codes[0]).text
    look()

    # All three are asked. What one says is known to nobody else.
    judge(codes[0], "solved", "亮堂了，老人敢出门了", "yes")
    page = visitor().open(f"/matters/{key}").text
    assert "还没算办结" in page
    assert "亮堂了" not in unit_clerk.open("/desk/inbox?tab=judged").text
    judge(codes[1], "solved")

    # The third stays silent: two of three are a majority that the third cannot change.
    judge(codes[2], "partly", "灯头还有一个旧的")
    page = visitor().open(f"/matters/{key}").text
    assert "提的人说解决了" in page
    assert "以后再量一次" in page
    assert "回话的人少" in page or "不写数" in page or "不显示" in page, "three are too few to show"
    assert "后街的路灯不亮" in visitor().open("/").text

    # A month, a quarter, half a year, a year later they are asked again.
    solved_on = clock.today
    for months in (1, 3, 6, 12):
        clock.until(add_months(solved_on, months))
        clock.go(days=1)
        for code in codes:
            judge(code, "solved")
        page = visitor().open(f"/matters/{key}").text
        assert "还是好的" in page or "回头看" in page, months


def test_what_the_people_refuse_is_worked_on_again(
    clock, codes, key, hand, work, look, judge, my_matter, visitor, unit_clerk
):
    hand()
    work()
    look()
    judge(codes[0], "unsolved", "还是黑的，只亮了一盏")
    judge(codes[1], "unsolved")
    judge(codes[2], "solved")
    page = visitor().open(f"/matters/{key}").text
    assert "退回接着办" in page
    assert "后街的路灯不亮" in visitor().open("/").text
    assert "后街的路灯不亮" in unit_clerk.open("/desk/inbox?tab=reopened").text

    # The second time it is truly done.
    work(bad="没有")
    look()
    for code in codes:
        judge(code, "solved")
    assert "提的人说解决了" in visitor().open(f"/matters/{key}").text


def test_nobody_answers(clock, codes, key, hand, work, look, my_matter, visitor, clerk):
    hand()
    work()
    look()
    clock.go(days=31)
    page = visitor().open(f"/matters/{key}").text
    assert "没有问到人，不算解决" in page
    assert "提的人说解决了" not in page
    # A late answer still counts.
    person = my_matter(codes[0]).follow("我来说")
    assert isinstance(person, Visitor)


def test_a_claim_that_is_not_true_goes_back(
    clock, codes, key, hand, work, look, visitor, my_matter
):
    hand()
    work()
    look(true="no", match="no")
    page = visitor().open(f"/matters/{key}").text
    assert "对不上" in page
    assert "我来说" not in my_matter(codes[0]).text
