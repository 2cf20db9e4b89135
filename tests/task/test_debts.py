"""The debt book: what is promised comes back on its day, and three hands strike it out."""

import datetime as dt

import pytest

from biaochi.core.actors import CLOCK, RESIDENT
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.proposal import actions as proposals
from biaochi.task import debts, ledger, queries, story
from biaochi.task.models import Debt
from biaochi.task.rules import Debt as State
from tests.proposal.conftest import ANSWERS

DAY = dt.timedelta(days=1)
PROMISED = dt.date(2027, 6, 30)


def at(day, now):
    return now.replace(year=day.year, month=day.month, day=day.day)


@pytest.fixture
def kept(debt, unit, staff, member):
    """Walk a debt through all three hands."""

    def walk(now):
        debts.say_kept(debt=debt, words="办法文号 12 号", by=unit, now=now)
        debts.check_kept(debt=debt, words="看过文件", by=staff, now=now)
        return debts.acknowledge(debt=debt, by=member, now=now)

    return walk


def test_every_promise_of_a_reply_is_written_down_once(debt, now, city, matter):
    assert (debt.unit, debt.first_due_on, debt.due_on) == (city.roads, PROMISED, PROMISED)
    assert debts.book(now=now) == 0
    assert Debt.objects.count() == 1
    title, words = [(line.title, line.words) for line in story.told(matter)][-1]
    assert title == "市城管局答应了一条"
    assert "2027年6月30日前：办法的文号" in words


def test_a_debt_is_struck_out_by_three_different_hands(debt, kept, now, matter):
    done = kept(at(PROMISED, now))
    assert (done.state, done.is_late()) == (State.KEPT, False)
    verbs = list(Entry.objects.filter(thing=f"debt:{debt.pk}").values_list("verb", flat=True))
    assert verbs == ["book debt", "say debt kept", "check debt", "acknowledge debt"]
    assert [line.title for line in story.told(matter)][-1] == "市城管局答应的一条兑现了"


def test_each_hand_is_only_its_own(debt, unit, other_unit, staff, member, second, now):
    for by in (other_unit, staff, member, RESIDENT, CLOCK):
        with pytest.raises(NotYours):
            debts.say_kept(debt=debt, words="好了", by=by, now=now)
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    for by in (unit, member, RESIDENT, CLOCK):
        with pytest.raises(NotYours):
            debts.check_kept(debt=debt, words="属实", by=by, now=now)
        with pytest.raises(NotYours):
            debts.refuse_kept(debt=debt, why="不实", by=by, now=now)
    debts.check_kept(debt=debt, words="属实", by=staff, now=now)
    for by in (unit, staff, RESIDENT, CLOCK):
        with pytest.raises(NotYours):
            debts.acknowledge(debt=debt, by=by, now=now)


def test_another_member_does_not_strike_it_out(debt, unit, staff, operator, city, now):
    from tests.proposal.conftest import account

    friend = account(city, operator, now, "friend", "member", sector=city.sector)
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    debts.check_kept(debt=debt, words="属实", by=staff, now=now)
    with pytest.raises(NotYours):
        debts.acknowledge(debt=debt, by=friend, now=now)
    with pytest.raises(NotYours):
        ledger.get(friend, debt.pk)


@pytest.mark.parametrize("who", ["office", "member"])
def test_whoever_does_not_agree_says_why_and_it_stands_again(debt, unit, staff, member, now, who):
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    if who == "office":
        refuse, by = debts.refuse_kept, staff
    else:
        debts.check_kept(debt=debt, words="属实", by=staff, now=now)
        refuse, by = debts.not_kept, member
    with pytest.raises(Incomplete):
        refuse(debt=debt, why=" ", by=by, now=now)
    again = refuse(debt=debt, why="货架上还是没有", by=by, now=now)
    assert (again.state, again.said_at, again.answer_words) == (State.OWED, None, "货架上还是没有")


def test_putting_off_keeps_the_first_day_and_hides_nothing(debt, unit, staff, now, matter):
    until = dt.date(2027, 12, 31)
    for wrong in ({"until": None}, {"until": PROMISED}, {"why": ""}):
        with pytest.raises(Incomplete):
            debts.put_off(
                **{"debt": debt, "until": until, "why": "x", "by": unit, "now": now, **wrong}
            )
    with pytest.raises(NotYours):
        debts.put_off(debt=debt, until=until, why="x", by=staff, now=now)
    put = debts.put_off(debt=debt, until=until, why="没招上标", by=unit, now=now)
    assert (put.first_due_on, put.due_on) == (PROMISED, until)
    assert ledger.kind_of(put, PROMISED + DAY) == "overdue"
    assert ledger.figures(Debt.objects.all(), PROMISED + DAY)["overdue"] == 1
    assert "没招上标" in [line.words for line in story.told(matter)][-1]


def test_kept_after_the_first_day_is_late_even_when_put_off(debt, kept, unit, now):
    debts.put_off(debt=debt, until=dt.date(2027, 12, 31), why="没招上标", by=unit, now=now)
    done = kept(at(dt.date(2027, 9, 1), now))
    assert done.is_late()
    figures = ledger.figures(Debt.objects.all(), dt.date(2028, 1, 1))
    assert (figures["kept"], figures["late"], figures["owed"]) == (0, 1, 0)


def test_a_debt_that_is_said_to_be_kept_is_not_put_off(debt, unit, now):
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    with pytest.raises(NotNow):
        debts.put_off(debt=debt, until=dt.date(2028, 1, 1), why="x", by=unit, now=now)


def test_the_clock_asks_fifteen_days_before_and_every_three_days_after(debt, now):
    assert debts.ask_due(now=at(PROMISED - 16 * DAY, now)) == 0
    assert debts.ask_due(now=at(PROMISED - 15 * DAY, now)) == 1
    assert debts.ask_due(now=at(PROMISED - 15 * DAY, now)) == 0, "twice a day asks once"
    assert debts.ask_due(now=at(PROMISED, now)) == 0
    assert debts.ask_due(now=at(PROMISED + DAY, now)) == 1
    assert debts.ask_due(now=at(PROMISED + 3 * DAY, now)) == 0
    assert debts.ask_due(now=at(PROMISED + 4 * DAY, now)) == 1


def test_nobody_is_asked_about_what_is_at_the_check(debt, unit, now):
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    assert debts.ask_due(now=at(PROMISED + DAY, now)) == 0


def test_the_figures_and_the_filters_of_the_book_agree(debt, kept, unit, now):
    everything = Debt.objects.all()
    for today in (PROMISED - 40 * DAY, PROMISED - 3 * DAY, PROMISED + DAY):
        figures = ledger.figures(everything, today)
        for state in ledger.STATES:
            found = ledger.sieved(everything, ledger.Sieve(state=state), today)
            assert found.count() == figures[state], (today, state)
    kept(at(PROMISED, now))
    figures = ledger.figures(everything, PROMISED + DAY)
    assert (figures["kept"], figures["overdue"]) == (1, 0)


def test_the_book_is_found_by_words_unit_month_and_whether_it_was_put_off(debt, unit, city, now):
    today, everything = now.date(), Debt.objects.all()

    def found(**sieve):
        return ledger.sieved(everything, ledger.Sieve(**sieve), today).count()

    assert (found(query="文号"), found(query="幼儿园")) == (1, 0)
    assert (found(unit=city.roads.pk), found(unit=city.homes.pk)) == (1, 0)
    assert (found(month="2027-06"), found(month="2027-07")) == (1, 0)
    assert (found(moved="yes"), found(moved="no")) == (0, 1)
    debts.put_off(debt=debt, until=dt.date(2027, 12, 31), why="没招上标", by=unit, now=now)
    assert (found(moved="yes"), found(moved="no")) == (1, 0)


def test_months_between_have_zeros_and_the_sum_is_the_book(debt, now):
    rows = ledger.by_month(Debt.objects.all(), now.date())
    assert rows == [("2027-06", 0, 0, 0, 1)]
    assert ledger.month_ends("2027-12") == (dt.date(2027, 12, 1), dt.date(2027, 12, 31))


def test_everybody_reads_only_what_is_published(debt, replied, staff, now):
    assert list(ledger.published()) == []
    later = now + 40 * DAY
    proposals.publish(proposal=replied, by=staff, now=later)
    assert list(ledger.published()) == [debt]


def test_a_unit_reads_its_own_debts_only(debt, unit, other_unit):
    assert ledger.get(unit, debt.pk) == debt
    with pytest.raises(NotYours):
        ledger.get(other_unit, debt.pk)


def test_a_cell_that_begins_like_a_formula_is_not_run(debt, now):
    debt.clause.promise = "=1+1"
    assert "'=1+1" in ledger._line(["=1+1"])
    table = "".join(
        ledger.as_table(Debt.objects.select_related("clause__proposal", "unit"), now.date())
    )
    assert "办法的文号" in table and "还没到期" in table


def test_the_member_and_the_office_are_told_what_waits(debt, unit, staff, member, now):
    today = now.date()
    debts.say_kept(debt=debt, words="好了", by=unit, now=now)
    assert [one["href_name"] for one in queries.waiting(staff, today)] == ["desk-debt"]
    assert queries.waiting(member, today) == []
    debts.check_kept(debt=debt, words="属实", by=staff, now=now)
    assert [one["href_name"] for one in queries.waiting(member, today)] == ["member-debt"]


def test_a_later_day_in_a_second_reply_is_a_debt_put_off(debt, replied, unit, staff, now):
    later = now + 3 * DAY
    proposals.ask_again(proposal=replied, why="第二条没答到点上", by=staff, now=later)
    answers = {**ANSWERS, 2: {**ANSWERS[2], "promised_on": dt.date(2027, 12, 31)}}
    again = proposals.reply(
        proposal=replied, answers=answers, number="52号", by=unit, now=later + DAY
    )
    assert debts.book(now=later + DAY) == 0
    debt.refresh_from_db()
    assert (debt.first_due_on, debt.due_on) == (PROMISED, dt.date(2027, 12, 31))
    assert [one.before for one in debt.postponements.all()] == [PROMISED]
    assert debts.book(now=later + DAY) == 0
    assert (debt.postponements.count(), again.clauses.count()) == (1, 3)
