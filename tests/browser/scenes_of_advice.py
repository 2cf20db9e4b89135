"""Scenes of the way from a topic to a session: made by the verbs, at this hour."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from biaochi.core.clock import DAY, local_day
from biaochi.people import vault
from biaochi.proposal import actions as proposals
from biaochi.proposal import reporting
from biaochi.proposal.rules import Decision
from biaochi.study import actions as studies
from biaochi.study.rules import Announced, Side, Sign
from biaochi.topic import actions as topics
from biaochi.topic.rules import Choice, Criterion, GoesTo, Grade
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel, Group
from tests.deliberation.conftest import Table
from tests.proposal.conftest import (
    ANSWERS,
    CLAUSES,
    FAILED,
    MEMBER_RATING,
    MEND,
    PASSED,
    TEXT,
    UNIT_RATING,
    account,
)
from tests.study.conftest import PLAN, SITES, STRATA, TEAM, VALUE, VISIT

GRADES = (Grade.YES, Grade.PARTLY, Grade.NO, Grade.NONE)
WORDS = ("人多，四周里翻了一倍", "接送的多是老人", "先弄清三百米路、四十分钟", "要三家一起")
CRITERIA = dict(zip(Criterion, zip(GRADES, WORDS, strict=True), strict=True))


@pytest.fixture
def second(city, operator, now):
    """Another person of the office."""
    return account(city, operator, now, "second", "staff", shown_name="周启")


@pytest.fixture
def friend(city, operator, now):
    """Another member."""
    return account(city, operator, now, "friend", "member", shown_name="顾明川", sector=city.sector)


@pytest.fixture
def co_unit(city, operator, now):
    return account(city, operator, now, "homes", "unit", shown_name="住建局经办", unit=city.homes)


@pytest.fixture
def speak(city, staff, resident):
    """Some people speak about one thing; the office makes it a matter."""
    numbers = iter(range(10**8))

    def about(title, people_count, at, **more):
        more = {"area": city.east, "groups": [Group.OLD], "category": city.lamps} | more
        category = more.pop("category")
        told = [
            voices.hear(
                words=voices.Words(f"{title}，第{n}个人说。", title=title, place="后街"),
                channel=Channel.WEB,
                speaker=vault.speaker_for(phone=f"137{next(numbers):08d}"),
                by=resident,
                now=at,
                **more,
            )
            for n in range(people_count)
        ]
        heard = [one.voice for one in told]
        voices.mark_seen(voices=heard, by=staff, now=at)
        matter = matters.open_matter(
            title=title, place="后街", voices=heard, category=category, by=staff, now=at
        )
        return matter, [one.code for one in told]

    return about


@pytest.fixture
def chosen(speak, city, staff, second, member, friend):
    """Topics: one chosen with studies, one put aside, one a candidate with one opinion."""
    now = timezone.now()
    told = {}
    school, told["codes"] = speak("小学门口早晚高峰，接孩子没处停车", 8, now - 40 * DAY)
    parking, _codes = speak("全市停车规划", 6, now - 39 * DAY, area=city.north)
    water, _codes = speak("外卖小哥找不到地方喝口热水", 3, now - 38 * DAY, category=city.lifts)
    matters.care(matter=water, why="天天在路上，一口热水也没有", by=staff, now=now - 37 * DAY)

    def put_forward(matter, at, by=member):
        question = "早晚四十分钟，到底卡在哪里？"
        deed = {"matters": [matter], "title": matter.title, "question": question, "by": by}
        return topics.raise_topic(criteria=CRITERIA, now=at, **deed)

    taken, aside = put_forward(school, now - 30 * DAY), put_forward(parking, now - 29 * DAY)
    where = {"goes_to": GoesTo.OTHER, "goes_where": "转规划修编征求意见"}
    for by in (staff, second):
        deed = {"by": by, "now": now - 28 * DAY}
        topics.decide(topic=taken, choice=Choice.TAKE, why="天天有，三天能看完", **deed)
        day = local_day(now) + 90 * DAY
        deed |= {"why": "切口太大，三年才见效", "review_on": day, **where}
        topics.decide(topic=aside, choice=Choice.ASIDE, **deed)
    waiting = put_forward(water, now - 5 * DAY)
    topics.decide(topic=waiting, choice=Choice.TAKE, why="小而急", by=second, now=now - 4 * DAY)
    taken.refresh_from_db()
    told["codes"] = told["codes"][0]
    told |= {"matter": school.pk, "topic": taken.pk, "aside": aside.pk, "waiting": waiting.pk}
    return told | going_to_see(taken, member, friend, now)


def going_to_see(topic, member, friend, now):
    """Four studies of a topic: in writing, sealed, with one place seen, and reported."""
    planned = study_of(topic, "周末培训班门口", member, friend, now - DAY, "planned")
    sealed = study_of(topic, "雨天再看一次", member, friend, now - DAY, "sealed")
    seen = study_of(topic, "放学那一拨", member, friend, now - 6 * DAY, "seen")
    told = study_of(topic, "小学门口早晚高峰", member, friend, now - 20 * DAY, "reported")
    place = seen.sites.filter(drawn=True, left_out_why="", visits=None).first()
    return {
        "planned": planned.pk,
        "sealed": sealed.pk,
        "seen": seen.pk,
        "place": place.pk,
        "study": told.pk,
    }


def study_of(topic, title, member, friend, start, until):
    study = studies.open_study(topic=topic, title=title, by=member, now=start)
    studies.write_plan(
        study=study,
        plan=PLAN,
        team=TEAM,
        strata=STRATA,
        sites=SITES,
        source="福彩 3D 第 2026061 期",
        source_on=local_day(start) + DAY,
        reveal_on=local_day(start) + 12 * DAY,
        knowing=[friend.account],
        by=member,
        now=start,
    )
    if until == "planned":
        return study
    study = studies.seal(study=study, by=member, now=start)
    if until == "sealed":
        return study
    study = studies.draw(study=study, value=VALUE, by=member, now=start + DAY)
    first, *rest = study.sites.filter(drawn=True)
    deed = {"why": "正在停课修路，按顺序取下一处", "by": member, "now": start + DAY}
    places = [studies.replace_site(site=first, **deed), *rest]
    for n, place in enumerate(places if until == "reported" else places[:1]):
        came = start + (2 + n) * DAY
        went = {"announced": Announced.LEAKED, "signs": [Sign.PAINT]} if n == 1 else {"signs": []}
        studies.record_visit(
            study=study,
            site=place,
            arrived_at=came,
            left_at=came + dt.timedelta(minutes=80),
            **{**VISIT, **went},
            by=member,
            now=came + dt.timedelta(hours=12),
        )
    if until == "seen":
        return study
    study = studies.reveal(study=study, by=member, now=start + 6 * DAY)
    visits = list(study.visits.all())
    return studies.report(
        study=study,
        findings=[
            (Side.GOOD, "错开到校的那拨不堵", "数了三天", visits[:2]),
            (Side.BAD, "报了 40 个接送位，只有 17 个", "数了三遍", visits),
        ],
        causes=[("位子被占", "没人管", "街道 4月前清出来", "能用的位子数")],
        staging="第二处的线是新刷的，油漆还没干。这一处的话单放。",
        one_sided_why="",
        by=member,
        now=start + 7 * DAY,
    )


@pytest.fixture
def written(chosen, city, staff, second, member, friend, unit, co_unit):
    """Proposals on every step of their way, and information reports."""
    now = timezone.now()
    desk = Office(city, staff, second, member, friend, unit, co_unit, now)
    matter, study = chosen["matter"], [chosen["study"]]
    draft = desk.draft("课后半小时也要有人看", matter, study, now - 3 * DAY)
    proposals.ask_to_sign(proposal=draft, member=friend.account, by=member, now=now - 3 * DAY)
    asked = desk.draft("校门口的线谁来管", matter, study, now - 3 * DAY, by=friend)
    proposals.ask_to_sign(proposal=asked, member=member.account, by=friend, now=now - 3 * DAY)
    mend = desk.sent("公交站台要有座", matter, study, now - 4 * DAY)
    desk.looks(mend, staff, MEND, Decision.MEND, why="第二条写明哪一天", now=now - 3 * DAY)
    submitted = desk.sent("社区食堂中午要开门", matter, study, now - 4 * DAY)
    desk.looks(submitted, second, PASSED, Decision.FILE, now=now - 3 * DAY)
    not_filed = desk.sent("我家楼上漏水", matter, study, now - 9 * DAY)
    for by in (staff, second):
        refused = {"case": "private", "passed_to": "letter", "where": "转街道，回了电话"}
        desk.looks(not_filed, by, FAILED, Decision.NOT_FILE, why="个人的事", now=now, **refused)
    filed = desk.filed("雨天接送有遮挡", matter, study, now - 5 * DAY)
    handed = desk.handed("校门口错峰十五分钟", matter, study, now - 20 * DAY)
    replied = desk.replied("社区卫生站常用药要有保底清单", matter, study, now - 60 * DAY)
    public = desk.replied("小学门口要有即停即走的位子", matter, study, now - 90 * DAY)
    takes = {1: True, 2: True, 3: False}
    proposals.judge_classes(proposal=public, takes=takes, by=member, now=now)
    answered = now - 60 * DAY
    rated = {"proposal": public, "words": "总的说来办得实在，还差一条。", "now": answered}
    proposals.rate(answers=MEMBER_RATING, by=member, **rated)
    proposals.rate(answers=UNIT_RATING, by=unit, **rated)
    proposals.publish(proposal=public, by=staff, now=now)
    return {
        **chosen,
        "draft": draft.pk,
        "asked": asked.pk,
        "mend": mend.pk,
        "submitted": submitted.pk,
        "not_filed": not_filed.pk,
        "filed": filed.pk,
        "handed": handed.pk,
        "replied": replied.pk,
        "public": public.pk,
        **desk.reports(matter),
    }


class Office:
    """The hands through which proposals go."""

    def __init__(self, city, staff, second, member, friend, unit, co_unit, now):
        self.city, self.staff, self.second, self.now = city, staff, second, now
        self.member, self.friend, self.unit, self.co_unit = member, friend, unit, co_unit

    def draft(self, title, matter, studies, at, by=None):
        by = by or self.member
        one = proposals.begin(title=title, by=by, now=at)
        clauses = [{**clause, "due_on": local_day(at) + 120 * DAY} for clause in CLAUSES]
        about = {"clauses": clauses, "matters": [matter], "studies": studies}
        return proposals.write(proposal=one, **{**TEXT, "title": title}, **about, by=by, now=at)

    def sent(self, title, matter, studies, at):
        one = self.draft(title, matter, studies, at)
        return proposals.submit(proposal=one, by=self.member, now=at)

    def looks(self, one, by, looks, decision, now, why="", **details):
        details |= {
            "category": "科教文卫体",
            "lead": self.city.roads.pk,
            "co": [self.city.homes.pk],
        }
        deed = {"looks": looks, "decision": decision, "why": why, "details": details}
        return proposals.review(proposal=one, **deed, by=by, now=now)

    def filed(self, *about):
        one = self.sent(*about)
        for by in (self.staff, self.second):
            one = self.looks(one, by, PASSED, Decision.FILE, now=about[-1] + DAY)
        return one

    def handed(self, *about):
        one, later = self.filed(*about), about[-1] + 2 * DAY
        one = proposals.hand_over(proposal=one, by=self.staff, now=later)
        opinion = "我们能出两个人，一辆车。"
        proposals.give_opinion(proposal=one, opinion=opinion, by=self.co_unit, now=later)
        met = {"on": local_day(later), "how": "面谈", "words": "在校门口一起看了一早上"}
        proposals.note_contact(proposal=one, **met, by=self.unit, now=later)
        return one

    def replied(self, *about, promised_on=None):
        one, later = self.handed(*about), about[-1] + 20 * DAY
        answers = {place: dict(given) for place, given in ANSWERS.items()}
        answers[2]["promised_on"] = promised_on or local_day(self.now) + 30 * DAY
        deed = {"number": "青城函〔2026〕51号", "by": self.unit, "now": later}
        return proposals.reply(proposal=one, answers=answers, **deed)

    def reports(self, matter):
        """A report in writing, one to edit, one edited, one not used, one answered."""
        found, at = {}, self.now - DAY
        for name in ("noted", "sent_in", "edited", "unused", "answered"):
            about = {"title": f"校门口的斑马线磨没了（{name}）", "matters": [matter]}
            one = reporting.begin_report(**about, text=TEXT["situation"], by=self.member, now=at)
            found[name] = one.pk
            if name == "noted":
                continue
            one = reporting.submit_report(report=one, by=self.member, now=at)
            if name == "unused":
                reporting.not_use(report=one, why="已经有一条一样的", by=self.staff, now=at)
            if name in {"edited", "answered"}:
                one = reporting.edit_report(report=one, text="磨没了。", by=self.staff, now=at)
            if name == "answered":
                one = reporting.send(report=one, sent_to="市政府办公室", by=self.staff, now=at)
                reporting.note_answer(report=one, answer="已划线。", by=self.staff, now=at)
        return found


@pytest.fixture
def seated(gathered, city, staff, client):
    """Sessions that are prepared, vote, write down, sign, and are signed; a seat is taken."""
    now = timezone.now()
    gathered["lamps"].refresh_from_db()
    past = [Table(city, staff, gathered["lamps"], now - 41 * DAY, now - 3 * DAY) for _ in range(3)]
    coming = [Table(city, staff, gathered["lamps"], now, now + 40 * DAY) for _ in range(2)]
    coming[0].prepare()
    coming[1].vote()
    choices = ("agree", "disagree", "pass")
    for n, one in enumerate(gathered["told"][:6]):
        said = choices[n % 3 :] + choices[: n % 3]
        for statement, choice in zip(coming[1].statements(), said, strict=True):
            coming[1].cast(statement, choice, voice=one.voice)
    return {
        "preparing": coming[0].session.pk,
        "voting": coming[1].session.pk,
        "recording": past[0].write().pk,
        "signing": past[1].sign().pk,
        "signed": past[2].finish().pk,
        "seat_code": next(iter(coming[1].codes.values())),
        "code": gathered["code"],
    }


@pytest.fixture
def at_the_table(seated, client):
    """Somebody entered with the code of a seat."""
    entered = reverse("session-enter", args=[seated["voting"]])
    assert client.post(entered, {"code": seated["seat_code"]}).status_code == 302
    return seated
