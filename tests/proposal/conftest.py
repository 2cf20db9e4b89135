"""A proposal at every stage of its way, made by the verbs only."""

import datetime as dt

import pytest

from biaochi.core.clock import calendar
from biaochi.people import vault
from biaochi.proposal import actions
from biaochi.proposal.rules import Decision, Look, Passing
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

PHONE = "13812345678"
NAME = "张三丰"
TEXT = {
    "title": "社区卫生站常用药要有保底清单",
    "situation": "四次去两个站，每次平均缺三种药。",
    "analysis": "低价药配送不挣钱，配送商凑够一车才来。",
    "gains": "常年吃药的老人，约3100人，按签约数算",
    "gains_when": "2027年第二季度",
    "pays": "配送补贴每年46万元",
    "loses": "站里多压八天的药，损耗会高一点",
}
CLAUSES = [
    {
        "doer": "市城管局",
        "act": "定保底清单",
        "due_on": dt.date(2027, 3, 31),
        "measure": "清单公开",
    },
    {
        "doer": "市住建局",
        "act": "按趟补配送",
        "due_on": dt.date(2027, 6, 30),
        "measure": "三天到货",
    },
    {"doer": "市城管局", "act": "考核货架", "due_on": dt.date(2027, 6, 30), "measure": "每季公开"},
]
PASSED = dict.fromkeys(Look.values, Passing.PASS)
FAILED = {**PASSED, Look.WHAT: Passing.FAIL}
MEND = {**PASSED, Look.FORM: Passing.MEND}
ANSWERS = {
    1: {"letter": "A", "answer": "清单已经公布。", "proof": "清单网址"},
    2: {
        "letter": "B",
        "answer": "正在会签补贴办法。",
        "promised_on": dt.date(2027, 6, 30),
        "promise": "办法的文号",
    },
    3: {
        "letter": "C",
        "answer": "考核由省里定。",
        "blocked_by": "省考核办法",
        "can_do": "先报省里",
    },
}
MEMBER_RATING = {
    "met": ("yes", "十月见了两次"),
    "to_the_point": ("yes", "三条都答了"),
    "result": ("part", "第三条还拖着"),
}
UNIT_RATING = {
    "accurate": ("yes", "缺货数是准的"),
    "doable": ("yes", "两条能照着做"),
    "detailed": ("part", "没有算账"),
}


def account(city, operator, now, name, role, **rest):
    from biaochi.core.middleware import actor_of
    from biaochi.people import actions as people

    user = people.open_account(
        username=name,
        shown_name=rest.pop("shown_name", name),
        role=role,
        password=city.password,
        by=operator,
        now=now,
        **rest,
    )
    return actor_of(user)


@pytest.fixture
def second(city, operator, now):
    """Another person of the office."""
    return account(city, operator, now, "second", "staff", shown_name="周启")


@pytest.fixture
def third(city, operator, now):
    return account(city, operator, now, "third", "staff", shown_name="林晓")


@pytest.fixture
def friend(city, operator, now):
    """Another member."""
    return account(city, operator, now, "friend", "member", shown_name="顾明川", sector=city.sector)


@pytest.fixture
def co_unit(city, operator, now):
    return account(city, operator, now, "homes", "unit", shown_name="住建局经办", unit=city.homes)


@pytest.fixture
def matter(city, resident, staff, now):
    """Two people about medicine that is never there; the first leaves a name in the words."""
    texts = (
        f"卫生站的降压药老是没有。我叫{NAME}，电话{PHONE}。",
        "去了三次卫生站都没药，老人等着吃。",
    )
    heard = [
        voices.hear(
            words=voices.Words(text, title="没药"),
            channel=Channel.WEB,
            area=city.east,
            speaker=vault.speaker_for(phone=f"1390000000{n}"),
            by=resident,
            now=now,
        ).voice
        for n, text in enumerate(texts)
    ]
    voices.mark_seen(voices=heard, by=staff, now=now)
    return matters.open_matter(
        title="社区卫生站的降压药总断货", voices=heard, category=city.lamps, by=staff, now=now
    )


@pytest.fixture
def draft(member, matter, now):
    """Written, and nothing is lacking."""
    one = actions.begin(title=TEXT["title"], by=member, now=now)
    return actions.write(
        proposal=one, **TEXT, clauses=CLAUSES, matters=[matter], by=member, now=now
    )


@pytest.fixture
def submitted(draft, member, now):
    return actions.submit(proposal=draft, by=member, now=now)


@pytest.fixture
def file_it(city, staff, second):
    """Two people file a submitted proposal."""

    def filed(proposal, now):
        details = {"category": "科教文卫体", "lead": city.roads.pk, "co": [city.homes.pk]}
        for by in (staff, second):
            proposal = actions.review(
                proposal=proposal,
                looks=PASSED,
                decision=Decision.FILE,
                why="",
                details=details,
                by=by,
                now=now,
            )
        return proposal

    return filed


@pytest.fixture
def filed(submitted, file_it, now):
    return file_it(submitted, now)


@pytest.fixture
def handed(filed, staff, now):
    return actions.hand_over(proposal=filed, by=staff, now=now)


@pytest.fixture
def replied(handed, unit, now):
    return actions.reply(
        proposal=handed, answers=ANSWERS, number="青城函〔2026〕51号", by=unit, now=now
    )


@pytest.fixture
def working_days():
    def after(now, count):
        day = calendar().after(now.date(), count)
        return now.replace(year=day.year, month=day.month, day=day.day)

    return after
