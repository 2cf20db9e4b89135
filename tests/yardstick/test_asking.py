"""The alerts that ask: what lights up, what does not, and what may be done with a question."""

import datetime as dt

import pytest

from biaochi.core.actors import Actor, Role
from biaochi.core.clock import start_of
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.task.models import Claim
from biaochi.yardstick import actions, asking, ledger, queries
from biaochi.yardstick.models import Alert
from biaochi.yardstick.rules import State

DAY = dt.timedelta(days=1)
LATER = dt.datetime(2026, 7, 2, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))
JUNE = [dt.date(2026, 6, 1) + DAY * n for n in range(30)]


@pytest.fixture
def rushed(facts):
    """Thirty claims in June, most of them in its last days, half of these without a picture."""
    days = JUNE[:10:2] + JUNE[24:] * 4 + [JUNE[29]]
    for day in days:
        facts.claim(facts.task(JUNE[0] - 40 * DAY), day)


@pytest.fixture
def steady(facts):
    for day in JUNE:
        facts.claim(facts.task(JUNE[0] - 40 * DAY), day)


def test_a_rush_at_the_end_of_the_month_is_asked_about_once(rushed, city):
    assert actions.ask(now=LATER) == 2  # the month, and the quarter that it ends
    month = Alert.objects.get(mark=f"surge:{city.roads.pk}:2026-06-01:month")
    assert month.state == State.ASKED
    assert month.unit == city.roads
    assert month.answer_by == dt.date(2026, 7, 16)
    assert (month.figures["total"], month.figures["at_end"]) == (30, 25)
    assert month.figures["without_photo"] == 25
    assert month.q_value <= 0.1
    assert sum(month.figures["bars"]) == 30
    assert sum(month.figures["bars"][place] for place in month.figures["hot"]) == 25
    told = queries.told(month)
    assert "6月最后 6 天报办完的占 83%" in told.title
    assert "25 件没有现在的照片" in told.why
    assert actions.ask(now=LATER) == 0
    assert actions.ask(now=LATER + DAY) == 0
    assert Alert.objects.count() == 2


def test_an_even_month_is_left_alone_and_the_looking_is_recorded(steady, city):
    assert actions.ask(now=LATER) == 0
    assert queries.last_run() == (dt.date(2026, 7, 2), 2, 0)


def test_few_claims_are_not_looked_at(facts, city):
    for day in JUNE[24:]:
        facts.claim(facts.task(JUNE[0]), day)
    assert asking.looks(LATER.date()) == []
    assert actions.ask(now=LATER) == 0
    assert queries.last_run() is None


def test_a_claim_that_was_taken_back_is_not_counted(rushed, city):
    Claim.objects.filter(at__gte=start_of(JUNE[24])).update(taken_back_at=LATER)
    assert asking.looks(LATER.date()) == []


def test_the_same_facts_give_the_same_figures(rushed, city):
    assert asking.looks(LATER.date()) == asking.looks(LATER.date() + DAY)


def drift(facts, before, after):
    """Twelve matters in each half year's quarter, all reported done; so many solved."""
    for month, solved in ((1, before), (4, after)):
        for n in range(12):
            day = dt.date(2026, month + n % 3, 3)
            facts.whole(day, "solved" if n < solved else "unsolved")


def test_reports_and_people_that_drift_apart_are_asked_about(facts, city):
    drift(facts, before=12, after=3)
    (look,) = [look for look in asking.looks(LATER.date()) if look.question == "apart"]
    assert look.figures["counts"] == [12, 12]
    assert look.figures["reported"] == [12, 12]
    assert look.figures["solved"] == [12, 3]
    assert look.p < 0.01
    assert actions.ask(now=LATER) >= 1
    told = queries.told(Alert.objects.get(question="apart"))
    assert "群众说解决了的占 100%" in told.why
    assert "群众说 25%" in told.why


def test_a_gap_that_does_not_grow_is_not_asked_about(facts, city):
    drift(facts, before=6, after=6)
    (look,) = [look for look in asking.looks(LATER.date()) if look.question == "apart"]
    assert look.p > 0.2


def spend(city, staff, now, amounts, area=None):
    for kind, amount in amounts.items():
        ledger.note_spending(
            title=kind,
            category_name=kind,
            year=2025,
            amount=amount,
            source="2025年决算",
            area=area,
            by=staff,
            now=now,
        )


def test_money_that_goes_elsewhere_than_the_words_is_asked_about(facts, city, staff):
    for _n in range(10):
        facts.matter(dt.date(2025, 5, 1), people_count=10)
    facts.matter(dt.date(2025, 5, 1), people_count=8, category=city.lifts)
    facts.matter(dt.date(2026, 5, 1), people_count=900, category=city.lifts)  # another year
    spend(city, staff, LATER, {"路灯": 28, "电梯": 40, "亮化": 860})
    (look,) = asking.looks(LATER.date())
    assert look.mark == "money:all:2025"
    assert look.figures["kinds"] == ["路灯", "电梯", ""]
    assert look.figures["people_in_all"] == 108
    assert actions.ask(now=LATER) == 1
    alert = Alert.objects.get()
    assert (alert.unit, alert.area) == (None, None)
    assert "差得最多的是“路灯”" in queries.told(alert).why


def test_kinds_of_which_fewer_than_five_spoke_are_put_together(facts, city, staff):
    for people, kind in ((40, city.lamps), (4, city.lifts)):
        facts.matter(dt.date(2025, 5, 1), people_count=people, category=kind)
    spend(city, staff, LATER, {"路灯": 1, "电梯": 99})
    assert asking.looks(LATER.date()) == []  # one kind is left to tell: nothing to compare


@pytest.fixture
def alert(rushed, city):
    actions.ask(now=LATER)
    return Alert.objects.get(mark__endswith="month")


@pytest.fixture
def other(city):
    return Actor("others", frozenset({Role.UNIT}), city.homes.pk, 99)


def test_a_unit_answers_and_the_office_settles(alert, unit, staff):
    actions.answer(alert=alert, words=" 六月底三条路一起完工。 ", by=unit, now=LATER)
    alert.refresh_from_db()
    assert (alert.state, alert.answer) == (State.ANSWERED, "六月底三条路一起完工。")
    with pytest.raises(NotNow):
        actions.answer(alert=alert, words="再说一遍", by=unit, now=LATER)
    actions.settle(alert=alert, finding="fine", found="去看了三处，确实完工。", by=staff, now=LATER)
    alert.refresh_from_db()
    assert (alert.state, alert.finding) == (State.SETTLED, "fine")
    verbs = Entry.objects.filter(thing=f"alert:{alert.pk}").values_list("verb", flat=True)
    assert list(verbs) == ["ask", "answer question", "settle question"]
    words = Entry.objects.get(verb="answer question").note
    assert words == ""  # the answer stands on the page, not in the record


def test_another_unit_neither_answers_nor_calls_it_wrong(alert, other, member, resident):
    for doer in (other, member, resident):
        with pytest.raises(NotYours):
            actions.answer(alert=alert, words="是这样", by=doer, now=LATER)
        with pytest.raises(NotYours):
            actions.call_wrong(alert=alert, kind="data", words="错", by=doer, now=LATER)


def test_a_unit_does_not_settle_and_the_office_not_before_an_answer(alert, unit, staff):
    with pytest.raises(NotNow):
        actions.settle(alert=alert, finding="real", found="看了", by=staff, now=LATER)
    actions.answer(alert=alert, words="是这样", by=unit, now=LATER)
    with pytest.raises(NotYours):
        actions.settle(alert=alert, finding="fine", found="看了", by=unit, now=LATER)


def test_calling_it_wrong_takes_one_sentence_and_is_counted(alert, unit, staff):
    with pytest.raises(Incomplete):
        actions.call_wrong(alert=alert, kind="data", words="", by=unit, now=LATER)
    actions.call_wrong(alert=alert, kind="data", words="停机补录", by=unit, now=LATER)
    counted = dict(queries.by_rule())
    assert counted["期末突击"] == {
        "question": "surge",
        "asked": 2,
        "real": 0,
        "fine": 0,
        "wrong": 1,
    }
    with pytest.raises(NotYours):
        actions.ask_anew(alert=alert, why="没有停机", by=unit, now=LATER)
    actions.ask_anew(alert=alert, why="查了，没有停机", by=staff, now=LATER + 9 * DAY)
    alert.refresh_from_db()
    assert (alert.state, alert.wrong_words) == (State.ASKED, "")
    assert alert.answer_by > dt.date(2026, 7, 20)


def test_what_waits_is_the_units_own_and_pressing_when_its_day_is_over(
    alert, unit, other, staff, member
):
    first = queries.waiting(unit, LATER.date())
    assert {one["href_name"] for one in first} == {"unit-alert"}
    assert {one["state"] for one in first} == {""}
    late = queries.waiting(staff, dt.date(2026, 8, 1))
    assert {one["state"] for one in late} == {"stop"}
    assert queries.waiting(other, LATER.date()) == queries.waiting(member, LATER.date()) == []


def test_the_wrong_share_of_what_is_asked_is_kept_small_over_many_honest_units(
    facts, city, operator, now
):
    """Forty honest units, claims thrown evenly: nothing should be asked, once in a while one."""
    import numpy as np

    from biaochi.people import actions as people

    dice = np.random.default_rng(3)
    working = asking.working_days(JUNE[0], JUNE[-1])
    for n in range(40):
        bureau = people.name_unit(name=f"单位{n}", by=operator, now=now)
        task = facts.task(JUNE[0], unit=bureau)
        Claim.objects.bulk_create(
            Claim(task=task, at=start_of(working[place]), by=facts.user)
            for place in dice.integers(0, len(working), 15)
        )
    found = asking.looks(LATER.date())
    assert len(found) == 80
    assert sum(look.q <= 0.1 for look in found) <= 1
