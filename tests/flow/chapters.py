"""The chapters of the long way, so that each story tells only its own: neighbours of a dark street,
a topic, a study, a proposal, a session, work. Each is lived at the desks, page by page."""

import datetime as dt
from dataclasses import dataclass, field

from tests.flow import at_the_desks as desks

SAID = (
    "后街的路灯全黑了，夜里看不见路",
    "后街路灯坏了一个月，没人修，说是没人出电费",
    "后街那几盏路灯不亮，老人摔了",
)
MATTER, TOPIC, STUDY = "后街的路灯不亮", "背街小巷的灯谁来管", "后街的灯到底怎么黑的"
PROPOSAL, SESSION = "把背街小巷的电费列进预算", "后街的灯怎么管长久"
PLACES = ("后街东头", "后街西头", "菜市口", "学校后门")
CAUSE = {
    "problem-0": "灯坏了没人修",
    "cause-0": "电费没人认",
    "remedy-0": "城管局年底前列进预算",
    "measure-0": "夜里亮几盏",
}
TEXTS = {
    "situation": "后街十二盏灯，夜里亮四盏。",
    "analysis": "电费三家都不认，坏了没人修。",
    "gains": "住在后街的约 800 人，按门牌数的",
    "gains_when": "今年入冬以前",
    "pays": "一年约三万元，列进城管局的预算",
    "loses": "别的小巷要晚半年，已经问过",
}
CLAUSES = (
    ("市城管局", "把后街的灯全修亮", "2026-06-30", "晚上八点十二盏都亮"),
    ("市城管局", PROPOSAL, "2026-12-31", "预算书里有这一项"),
    ("市城管局", "给每条小巷装太阳能灯", "2027-12-31", "装好的条数"),
)
PROMISED_ON, PROMISE = dt.date(2026, 12, 31), "预算书里电费那一页"
ANSWERS = {
    "class-1": "A",
    "words-1": "三月里换了八盏，剩下的月底换。",
    "proof-1": "修理单和夜里的照片",
    "class-2": "B",
    "words-2": "写进 2027 年的预算。",
    "promised_on-2": PROMISED_ON.isoformat(),
    "promise-2": PROMISE,
    "class-3": "C",
    "words-3": "今年没有这笔钱。",
    "blocked_by-3": "要市财政定",
    "can_do-3": "先把三条最黑的报上去",
}
POINTS = ("坏灯两天内修好", "电费由城管局先出", "别的巷子等半年")
MEETS_ON = dt.date(2026, 4, 28)


@dataclass
class Town:
    """Everybody of a story, and the addresses of what they have made so far."""

    clock: object
    clerk: object
    second_clerk: object
    author: object
    friend: object
    unit_clerk: object
    visitor: object  # opens a new browser of somebody without an account
    my_matter: object  # opens one's own page by the code
    codes: list = field(default_factory=list)
    matter: str = ""
    topic: str = ""
    study: str = ""
    proposal: str = ""
    session: str = ""

    def public(self, address):
        """What anybody reads there, without white space."""
        return desks.fine(self.visitor().open(address)).text

    def mine(self, who=0):
        """What somebody who spoke reads on their own page."""
        return desks.fine(self.my_matter(self.codes[who])).text


def neighbours_speak(town, say):
    """Three neighbours speak; the office brings their voices together."""
    town.codes = [say(words, phone=f"1380000000{n}") for n, words in enumerate(SAID)]
    town.matter = f"/matters/{desks.gather(town.clerk, MATTER)}"


def topic_is_chosen(town):
    """A member puts it forward, two people of the office take it."""
    desks.raise_topic(town.author, "后街", TOPIC, "电费该谁出")
    desks.choose(town.clerk, TOPIC, "说的人多，一条街就弄得清")
    desks.choose(town.second_clerk, TOPIC, "老人夜里摔过")
    town.topic = f"/topics/{desks.number_in(town.second_clerk.url)}"


def plan_is_sealed(town, plan="夜里八点去，一盏一盏数，不通知谁"):
    """The plan of a study is sealed; the lot comes in two days, the opening in twenty."""
    if not town.study:
        town.study = desks.begin_study(town.author, TOPIC, STUDY)
    desks.seal(
        town.author,
        town.study,
        plan,
        PLACES,
        drawn=2,
        source_on=town.clock.today + dt.timedelta(days=2),
        reveal_on=town.clock.today + dt.timedelta(days=20),
    )


def places_are_visited(town):
    """Drawn on the day of the public number, both places visited, the plan opened."""
    town.clock.go(days=2)
    desks.draw(town.author, town.study, "3 7 1")
    town.clock.go(days=1, hours=3)
    for good, bad in (("灯杆都在", "十二盏亮四盏"), ("换灯泡就能亮", "老人摸黑走")):
        desks.visit(town.author, town.study, town.clock.today, good, bad)
    desks.fine(town.author.open(town.study).submit("拆封"))


def study_is_reported(town):
    town.clock.go(days=1)
    desks.report(town.author, town.study, **CAUSE)


def proposal_is_submitted(town, clauses=CLAUSES):
    """A member writes with the matter and the study beside; a friend reads and signs."""
    town.proposal = desks.begin_proposal(town.author, PROPOSAL)
    desks.write(town.author, town.proposal, TEXTS, clauses, find="后街")
    friend = town.author.open(town.proposal).value_of("member", "顾明川")
    desks.fine(town.author.submit("请他看一遍", member=friend))
    town.friend.open("/desk/member/proposals").follow(PROPOSAL)
    desks.fine(town.friend.submit("定了", signing="signed"))
    desks.submit(town.author, town.proposal)
    town.clock.go(days=2)


def proposal_is_filed(town):
    for reviewer in (town.clerk, town.second_clerk):
        desks.review(reviewer, PROPOSAL, category="城乡建设")
    desks.hand_proposal(town.clerk, PROPOSAL)


def unit_replies(town):
    """The unit talks to the member, answers each clause, and both rate each other."""
    town.clock.go(days=10)
    unit, author = town.unit_clerk, town.author
    unit.open("/desk/inbox/proposals").follow(PROPOSAL)
    on = town.clock.today.isoformat()
    desks.fine(unit.submit("记下", within="/contact", on=on, how="面谈", talked="去后街谈的"))
    desks.reply(unit, PROPOSAL, ANSWERS)
    author.open("/desk/member/replies").follow(PROPOSAL)
    takes = {"take-1": "yes", "take-2": "yes", "take-3": "no"}
    desks.fine(author.submit("记下", within="/classes", **takes))
    desks.rate(author, PROPOSAL, "/desk/member/replies", "第三条接着提")
    desks.rate(unit, PROPOSAL, "/desk/inbox/proposals?tab=answered", "下回早点约")


def reply_is_published(town):
    town.clerk.open("/desk/proposals?tab=replied").follow(PROPOSAL)
    desks.fine(town.clerk.submit("公开", within="/publish"))
    town.clock.go(days=1)


def session_is_called(town):
    """Three seats: who lives there, who works there, who asked. Returns the resident's code."""
    clerk = town.clerk
    called = desks.call_session(clerk, SESSION, "电费谁出，坏了谁修", PROPOSAL, MEETS_ON)
    code = desks.seat(clerk, called, who="后街的老人代表", side="resident", how="3人报名，抽签")
    unit = clerk.value_of("unit", "市城管局")
    desks.seat(clerk, called, who="市城管局", side="unit", unit=unit, how="承办单位")
    member = clerk.value_of("member", "委员")
    desks.seat(clerk, called, who="提案的委员", side="member", member=member, how="提案人")
    desks.fine(clerk.open(called).submit("发通知"))
    town.session = f"/sessions/{desks.number_in(called)}"
    town.clock.go(days=1)
    resident = desks.sit_down(town.visitor(), town.session, code)
    desks.fine(resident.submit("说清了", interest="灯亮了夜里敢出门"))
    for who, words in ((town.unit_clerk, "修灯要花我们的钱"), (town.author, "没有")):
        desks.fine(desks.own_seat(who, town.session).submit("说清了", interest=words))
    return code


def people_vote(town):
    """Papers, sentences on the wall, and those who spoke vote with their receipts."""
    called = f"/desk/deliberation/{desks.number_in(town.session)}"
    papers = "一年三万元。列进预算，别的巷子晚半年。"
    desks.fine(town.clerk.open(called).submit("送出去", papers=papers))
    for words in ("坏灯两天内要修好", "电费该由城管局出", "别的巷子可以等半年"):
        desks.fine(town.visitor().open(f"{town.session}/say").submit("交上去", text=words))
        desks.fine(town.clerk.open(called).submit("上墙"))
    ends = {"day": "2026-04-25", "clock": "18:00"}
    desks.fine(town.clerk.open(called).submit("开始表态", **ends))
    said = (("同意",) * 3, ("同意", "同意", "不同意"), ("同意", "说不准", "同意"))
    for code, choices in zip(town.codes, said, strict=True):
        desks.vote(town.visitor(), town.session, code, choices)


def record_is_written(town):
    """They meet: one point agreed, one with a reservation, one split with two ways on."""
    clerk, called = town.clerk, f"/desk/deliberation/{desks.number_in(town.session)}"
    town.clock.until(MEETS_ON)
    town.clock.go(hours=11)
    desks.fine(clerk.open(called).submit("记下谁到了", seat=clerk.choices("seat")))
    agreed, reserved, split = POINTS
    task = {"doer": "市城管局", "due_on": "2026-07-31", "measure": "夜里数，十二盏都亮"}
    desks.note_point(clerk, called, agreed, **task)
    desks.note_point(clerk, called, reserved)
    desks.note_point(clerk, called, split, options="走的人多的先修\n灯坏得多的先修")
    desks.note_stands(clerk, called, 1, {})
    desks.note_stands(clerk, called, 2, {1: ("reserved", "先出一年，明年再谈")})
    desks.note_stands(clerk, called, 3, {0: ("disagreed", "摔了人，不能等")})
    minutes = "先念了表态的结果，再一条一条谈。"
    desks.fine(clerk.open(called).submit("定稿，请各位签字", minutes=minutes))


def all_sign(town, code):
    town.clock.go(days=1)
    for who in (town.unit_clerk, town.author):
        desks.fine(desks.own_seat(who, town.session).submit("签字"))
    desks.fine(desks.sit_down(town.visitor(), town.session, code).submit("签字"))
    town.clock.go(hours=1)


def work_is_handed_over(town):
    """One line of what was agreed and one of the reply become work of a unit."""
    called = f"/desk/deliberation/{desks.number_in(town.session)}"
    desks.hand_line(town.clerk.open(called), POINTS[0], "市城管局")
    town.clerk.open("/desk/proposals?tab=published").follow(PROPOSAL)
    desks.hand_line(town.clerk, CLAUSES[0][1], "市城管局")
    for _ in range(2):
        desks.take_on(town.unit_clerk, "今晚去数灯")


def work_is_claimed(town):
    town.clock.go(days=10)
    for _ in range(2):
        desks.claim(town.unit_clerk, MATTER, "都换好了", "十二盏都亮", "有一盏是旧灯头")


def work_is_checked(town):
    """Somebody who did not hand it over goes and looks."""
    town.clock.go(days=1)
    for _ in range(2):
        desks.check(town.second_clerk, MATTER, "十二盏亮四盏", "十二盏都亮")


def people_judge(town, answer="solved"):
    """All three say whether it is solved."""
    for code in town.codes:
        desks.judge(town.my_matter(code), answer)
