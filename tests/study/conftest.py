"""A chosen topic, a plan, places, and a study as far as a test wants it: all made by the verbs."""

import datetime as dt

import pytest

from biaochi.core.middleware import actor_of
from biaochi.people import actions as people
from biaochi.study import actions
from biaochi.study.rules import Announced, ChosenBy, Depth, Side, Sign
from biaochi.topic import actions as topics
from biaochi.topic.rules import Choice
from tests.topic.conftest import (  # noqa: F401 (fixtures of the stage before)
    colleague,
    enter,
    matter,
    put_forward,
    second,
    speak,
)

PLAN = "11月19日 07:10 到第三小学东门，坐公交去。\r\n不通知学校和街道，问 20 位家长。"
TEAM = "沈禾，领队；白露，抽到自己教书的学校就不去"
STRATA = {"说的人多的": 2, "没人说的": 1}
SITES = {
    "说的人多的": ["第一小学", "第二小学", "第三小学", "第四小学"],
    "没人说的": ["山上小学", "桥头小学", "河边小学"],
}
NAMES = [name for names in SITES.values() for name in names]
VALUE = "2-8-8"
DAY = dt.timedelta(days=1)
VISIT = {
    "announced": Announced.NO,
    "depth": Depth.LANE,
    "signs": [Sign.PAINT],
    "observed": "300 米内停了 61 辆，斑马线上停了 4 辆。",
    "thought": "都挤在 07:35 那十分钟到。",
    "good": "门卫自己画了即停即走的箭头。",
    "bad": "学校说有 40 个接送位，数了三遍只有 17 个。",
    "one_sided_why": "",
    "met": [("接送的家长", 14, ChosenBy.CHANCE, False), ("值勤老师", 2, ChosenBy.UNIT, True)],
}


@pytest.fixture
def topic(put_forward, city, staff, second, now):  # noqa: F811
    raised = put_forward()
    for doer in (staff, second):
        topics.decide(topic=raised, choice=Choice.TAKE, why="看得清", by=doer, now=now)
    raised.refresh_from_db()
    return raised


@pytest.fixture
def other_member(city, operator, now):
    user = people.open_account(
        username="other",
        shown_name="顾委员",
        role="member",
        password=city.password,
        sector=city.sector,
        by=operator,
        now=now,
    )
    return actor_of(user)


@pytest.fixture
def study(topic, member, now):
    return actions.open_study(topic=topic, title="小学门口早晚高峰", by=member, now=now)


@pytest.fixture
def write(study, member, now):
    def write_plan(**changes):
        deed = {
            "study": study,
            "plan": PLAN,
            "team": TEAM,
            "strata": STRATA,
            "sites": SITES,
            "source": "福彩 3D 第 2026061 期",
            "source_on": now.date() + DAY,
            "reveal_on": now.date() + 10 * DAY,
            "by": member,
            "now": now,
        }
        return actions.write_plan(**{**deed, **changes})

    return write_plan


@pytest.fixture
def sealed(study, write, member, now):
    write()
    return actions.seal(study=study, by=member, now=now)


@pytest.fixture
def drawn(sealed, member, now):
    return actions.draw(study=sealed, value=VALUE, by=member, now=now + DAY)


@pytest.fixture
def go(drawn, member, now):
    """Go to one of the drawn places and write it down."""

    def visit(site=None, **changes):
        place = site or drawn.sites.filter(drawn=True, left_out_why="").first()
        start = now + 2 * DAY
        deed = {
            "study": drawn,
            "site": place,
            "arrived_at": start,
            "left_at": start + dt.timedelta(minutes=90),
            "by": member,
            "now": start + DAY,
        }
        return actions.record_visit(**{**VISIT, **deed, **changes})

    return visit


@pytest.fixture
def revealed(drawn, go, member, now):
    for site in drawn.sites.filter(drawn=True):
        go(site)
    return actions.reveal(study=drawn, by=member, now=now + 4 * DAY)


@pytest.fixture
def write_report(revealed, member, now):
    def report(**changes):
        visits = list(revealed.visits.all())
        deed = {
            "findings": [
                (Side.GOOD, "错开到校的那拨不堵", "数了三天", visits[:1]),
                (Side.BAD, "报了 40 个接送位，只有 17 个", "数了三遍", visits),
            ],
            "causes": [("位子被占", "没人管", "街道 4月前清出来", "能用的位子数")],
            "staging": "东门的线是新刷的。",
            "one_sided_why": "",
        }
        return actions.report(study=revealed, by=member, now=now + 5 * DAY, **{**deed, **changes})

    return report
