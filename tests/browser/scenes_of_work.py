"""Scenes from the task to the people's word and the yardstick: by the verbs, at this hour."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from biaochi.core.clock import DAY, local_day
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.asking import ask_of
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check, Revisit, SideEffect
from biaochi.outcome.rules import Match
from biaochi.proposal import actions as proposals
from biaochi.task import actions as tasks
from biaochi.task import debts
from biaochi.task.models import Debt
from biaochi.task.rules import Done, When
from biaochi.yardstick import actions as yardstick
from biaochi.yardstick import ledger
from biaochi.yardstick.models import Alert
from biaochi.yardstick.periods import month_before
from tests.browser.scenes_of_advice import Office

ITEMS = [("换好六盏灯", "六盏都亮"), ("贴出报修电话", "")]
ANSWERS = ("solved", "solved", "solved", "partly", "unsolved")


class Hands:
    """The unit that works and the office that looks, a few verbs at a time."""

    def __init__(self, city, staff, unit, resident, speak):
        self.city, self.staff, self.unit = city, staff, unit
        self.resident, self.speak = resident, speak

    def handed(self, title, at, people_count=5, **more):
        matter, codes = self.speak(title, people_count, at)
        deed = {"unit": self.city.roads, "what": title, "items": ITEMS, "helpers": ()}
        task = tasks.hand_over(matter=matter, **{**deed, **more}, by=self.staff, now=at)
        return task, codes

    def working(self, title, at, **more):
        task, codes = self.handed(title, at, **more)
        tasks.accept(task=task, first_act="三天内查清线路", by=self.unit, now=at)
        return task, codes

    def claimed(self, title, at, **more):
        task, codes = self.working(title, at, **more)
        self.claim(task, at + 2 * DAY)
        return task, codes

    def claim(self, task, at):
        first, second = task.items.order_by("position")
        photo = io.BytesIO()
        Image.new("RGB", (640, 480), "#355").save(photo, "JPEG")
        photo.size = photo.tell()
        photo.seek(0)
        tasks.claim(
            task=task,
            lines={first.pk: (Done.YES, "六盏都换了"), second.pk: (Done.NO, "电话还没贴")},
            good="六盏灯都换成了新的",
            bad="电话还没贴，北头一段还黑",
            costs={"once_cost": "3.2 万元", "yearly_cost": "2000 元", "paid_by": "路灯维护费"},
            exhibits=[{"when": When.AFTER, "caption": "换好的第三盏", "file": photo}],
            by=self.unit,
            now=at,
        )
        outcome.open_checks(now=at)

    def checked(self, title, at, *, true=True, **more):
        task, codes = self.claimed(title, at, **more)
        outcome.check(
            check=Check.objects.get(claim__task=task),
            how="site",
            before="夜里全黑，呼声里有照片",
            after="今晚八点去看，六盏都亮",
            matches={item.pk: Match.YES if true else Match.NO for item in task.items.all()},
            why="和报的一样" if true else "只亮了三盏",
            true=true,
            by=self.staff,
            now=at + 3 * DAY,
        )
        return task, codes

    def asked(self, title, at, **more):
        task, codes = self.checked(title, at, **more)
        evaluation.open_rounds(now=at + 4 * DAY)
        return task, codes

    def judged(self, title, at, answers, **more):
        """Those who spoke have answered; ``answers`` one each."""
        task, codes = self.asked(title, at, people_count=len(answers), **more)
        said = task.matter.memberships.order_by("pk")
        for one, answer in zip(said, answers, strict=True):
            words = "还差北头一段。" if answer == "partly" else ""
            deed = {"words": words, "words_public": bool(words), "by": self.resident}
            asked = ask_of(one.voice)
            evaluation.answer(ask=asked, answer=answer, now=at + 5 * DAY, **deed)
        return task, codes


@pytest.fixture
def hands(city, staff, unit, resident, speak):
    return Hands(city, staff, unit, resident, speak)


@pytest.fixture
def worked(hands, city, staff, unit, co_unit):
    """Tasks in every state, with claims, checks, people who answer, and looks months later."""
    now = timezone.now()
    told = {}
    solved, told["solved_code"] = hands.judged("北巷的路灯不亮", now - 75 * DAY, ANSWERS)
    unsolved, _codes = hands.judged("南巷的路灯不亮", now - 70 * DAY, ["unsolved"] * 5)
    unreached, _codes = hands.asked("西巷的路灯不亮", now - 60 * DAY)
    evaluation.close_due(now=now - 10 * DAY)
    false, _codes = hands.checked("桥头的路灯不亮", now - 12 * DAY, true=False)
    asking, codes = hands.asked("文化路的路灯不亮", now - 9 * DAY)
    claimed, _codes = hands.claimed("后街的路灯不亮", now - 4 * DAY)
    late, _codes = hands.working("站前的路灯不亮", now - 90 * DAY)
    doing, _codes = hands.working("东巷的路灯不亮", now - 6 * DAY, helpers=[city.homes])
    tasks.note_progress(task=doing, words="已经换了两盏", by=unit, now=now - 2 * DAY)
    deed = {"task": doing, "until": local_day(now) + 50 * DAY, "why": "灯头要重新订货"}
    more = tasks.ask_more_time(**deed, meanwhile="先拉临时灯", by=unit, now=now - DAY)
    told["help"] = doing.helpers.get().pk
    opinion = "小区里的两盏我们来修。"
    tasks.give_opinion(helper=doing.helpers.get(), opinion=opinion, by=co_unit, now=now)
    helped, _codes = hands.handed(
        "楼道的灯不亮", now - 3 * DAY, unit=city.homes, helpers=[city.roads]
    )
    new, _codes = hands.handed("菜市场的路灯不亮", now - DAY)
    back, _codes = hands.handed("井盖松了", now - 3 * DAY)
    words = "井盖归水务局管。"
    tasks.give_back(task=back, reason="not_ours", words=words, by=unit, now=now - 2 * DAY)
    recalled, _codes = hands.handed("公园的灯不亮", now - 3 * DAY)
    tasks.recall(task=recalled, why="和另一件是同一处", by=staff, now=now - 2 * DAY)
    outcome.watch(now=now)
    outcome.start_revisits(now=now)
    evaluation.open_rounds(now=now)
    told["code"] = codes[0]
    for name, task in {
        "solved": solved,
        "unsolved": unsolved,
        "unreached": unreached,
        "false": false,
        "asking": asking,
        "claimed": claimed,
        "late": late,
        "doing": doing,
        "new": new,
        "back": back,
        "recalled": recalled,
    }.items():
        told |= {name: task.pk, f"{name}_matter": task.matter_id}
    return {
        **told,
        "helper": helped.helpers.get().pk,
        "more": more.pk,
        "check": Check.objects.get(claim__task=claimed).pk,
        "checked": Check.objects.get(claim__task=false).pk,
        "round": asking.matter.rounds.get().pk,
        "again": unsolved.matter.rounds.get().pk,
        "effect": SideEffect.objects.filter(after_count__gt=3).first().pk,
        "revisit": Revisit.objects.get(matter=solved.matter, months=1).pk,
        "later": Revisit.objects.get(matter=solved.matter, months=60).pk,
    }


@pytest.fixture
def asked_again(worked, client):
    """Somebody whose matter is asked about typed the code of the receipt."""
    assert client.post(reverse("mine"), {"code": worked["code"]}).status_code == 302
    return worked


@pytest.fixture
def half_judged(asked_again, client):
    """The first of the two questions is answered."""
    client.post(reverse("mine-confirm"), {"answer": "partly"})
    return asked_again


@pytest.fixture
def judged(half_judged, client):
    """Both questions are answered."""
    client.post(reverse("mine-confirm-words"), {"words": "北头还黑。", "public": "yes"})
    return half_judged


@pytest.fixture
def owed(speak, city, staff, second, member, friend, unit, co_unit):
    """Promises: one to come, one over, one put off, one said kept, one checked, one kept."""
    now = timezone.now()
    desk = Office(city, staff, second, member, friend, unit, co_unit, now)
    matter, _codes = speak("卫生站常用药断货", 5, now - 100 * DAY)
    found = {}
    for n, name in enumerate(("owed", "late", "put_off", "said", "checked", "kept")):
        past = name in {"late", "kept"}
        day = local_day(now) + (-20 if past else 15 + n) * DAY
        about = (f"常用药要有保底清单，第{n + 1}件", matter, [], now - 80 * DAY)
        one = desk.replied(*about, promised_on=day)
        debts.book(now=now - 55 * DAY)
        found[name] = Debt.objects.get(clause__proposal=one)
    why = {"until": local_day(now) + 60 * DAY, "why": "会签还差一家"}
    debts.put_off(debt=found["put_off"], **why, by=unit, now=now - 5 * DAY)
    for name in ("said", "checked", "kept"):
        said = {"words": "办法已经印发", "by": unit, "now": now - 30 * DAY}
        debts.say_kept(debt=found[name], **said)
    for name in ("checked", "kept"):
        debts.check_kept(debt=found[name], words="看过文件", by=staff, now=now - 29 * DAY)
    debts.acknowledge(debt=found["kept"], by=member, now=now - 28 * DAY)
    proposals.publish(proposal=found["put_off"].clause.proposal, by=staff, now=now)
    debts.ask_due(now=now)
    return {name: debt.pk for name, debt in found.items()} | {"matter": matter.pk}


@pytest.fixture
def measured(speak, hands, city, staff, second, member, unit):
    """Questions: asked, answered, settled and called wrong; a ledger of achievements."""
    now = timezone.now()
    _first, last = month_before(local_day(now))
    end = now - (local_day(now) - last)
    for n in range(14):
        task, _codes = hands.working(f"第{n + 1}处路灯不亮", end - 15 * DAY, people_count=1)
        hands.claim(task, end - (n % 6) * DAY)
    year = now.year - 1
    then = now.replace(year=year, day=1)
    for area in (city.east, city.north):
        for kind, people_count, amount in ((city.lamps, 9, 20), (city.lifts, 6, 800)):
            about = f"{area.name}{kind.name}的事"
            speak(about, people_count, then, area=area, category=kind)
            paid = {"category_name": kind.name, "amount": amount, "year": year, "by": staff}
            paid |= {"title": about, "source": "政府采购网，第 18 号", "now": now}
            for place in (area, None):
                ledger.note_spending(area=place, **paid)
    assert yardstick.ask(now=now) > 3
    found = {"alert": Alert.objects.filter(unit=city.roads).first()}
    rest = list(Alert.objects.filter(unit=None).order_by("pk"))
    for name, alert in zip(("answered", "settled", "wrong"), rest, strict=True):
        found[name] = alert
    for name in ("answered", "settled"):
        words = "去年的钱里有三台电梯是前年就定下的。"
        yardstick.answer(alert=found[name], words=words, by=staff, now=now)
    seen = {"finding": "fine", "found": "看了合同，是前年定的"}
    yardstick.settle(alert=found["settled"], **seen, by=staff, now=now)
    wrong = {"kind": "reason", "words": "两样不是一类钱"}
    yardstick.call_wrong(alert=found["wrong"], **wrong, by=staff, now=now)
    told = {name: alert.pk for name, alert in found.items()}
    return told | achievements(task.matter, city, staff, member, year, now)


def achievements(matter, city, staff, member, year, now):
    """Two lines of the ledger; somebody else has gone over one of them."""
    given = {
        "for_whom": "沿街 620 户，按门牌数的",
        "what": "从前八点以后没人走，现在十点还有人散步",
        "by_what": "换灯 46 盏，28 万元，居民自己看着",
        "kind": "livelihood",
        "horizon": "years",
        "area": city.east,
        "now": now,
    }
    hands = [(year - 2, "市城管局", "摸清了线路"), (year, "东街居民小组", "每晚报坏灯")]
    one = ledger.write_achievement(
        title="东街的灯亮了", matter=matter, hands=hands, by=member, **given
    )
    two = ledger.write_achievement(title="报修电话贴上杆", hands=hands[1:], by=staff, **given)
    ticks = {"upkeep": "城管局写进了今年预算", "hands": "用的是前年摸清的线路"}
    ledger.tick(achievement=one, ticks=ticks, by=staff, now=now)
    return {"ledger": one.pk, "unticked": two.pk, "city": matter.pk}
