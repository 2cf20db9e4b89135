"""Who may move an alert from where to where, and what each step needs."""

import datetime as dt
from types import SimpleNamespace

import pytest

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome.rules import CheckState
from biaochi.task.rules import State as TaskState
from biaochi.yardstick import parts, periods, rules
from biaochi.yardstick.lights import light_of
from biaochi.yardstick.rules import MOVES, Light, State

BOTH = {Role.STAFF, Role.UNIT}
ALLOWED = {
    (None, State.ASKED): {Role.STAFF, Role.CLOCK},
    (State.ASKED, State.ANSWERED): BOTH,
    (State.ASKED, State.WRONG): BOTH,
    (State.ANSWERED, State.SETTLED): {Role.STAFF},
    (State.ANSWERED, State.WRONG): BOTH,
    (State.WRONG, State.ASKED): {Role.STAFF},
}
TODAY = dt.date(2026, 7, 2)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("before", [None, *State])
@pytest.mark.parametrize("after", State)
def test_each_move_is_open_to_exactly_the_roles_of_the_table(before, after, role):
    allowed = ALLOWED.get((before, after))
    if allowed is None:
        with pytest.raises(NotNow):
            check_move(MOVES, before, after, {role})
    elif role in allowed:
        check_move(MOVES, before, after, {role})
    else:
        with pytest.raises(NotYours):
            check_move(MOVES, before, after, {role})


def test_no_unit_settles_a_question_about_itself():
    assert all(
        Role.UNIT not in roles for (_before, after), roles in MOVES.items() if after == "settled"
    )


@pytest.mark.parametrize("missing", ["title", "for_whom", "what", "by_what", "kind", "horizon"])
def test_an_achievement_answers_all_three_questions(missing):
    given = {
        "title": "加装电梯",
        "for_whom": "老人",
        "what": "下得了楼",
        "by_what": "街道",
        "kind": "livelihood",
        "horizon": "years",
    }
    rules.check_achievement(**given)
    with pytest.raises(Incomplete) as wrong:
        rules.check_achievement(**{**given, missing: " "})
    assert wrong.value.field == missing


def test_a_tick_needs_its_sentence_and_must_be_one_of_the_six():
    rules.check_ticks({"rule": "写进了管理办法"})
    with pytest.raises(Incomplete) as wrong:
        rules.check_ticks({"rule": " "})
    assert wrong.value.field == "rule"
    with pytest.raises(Incomplete):
        rules.check_ticks({"famous": "上了报"})


@pytest.mark.parametrize(
    ("hand", "field"),
    [
        ((None, "城管局", "装"), "year-1"),
        ((2030, "城管局", "装"), "year-1"),
        ((2024, "", "装"), "who-1"),
        ((2024, "城管局", " "), "did-1"),
    ],
)
def test_a_hand_says_when_who_and_what(hand, field):
    with pytest.raises(Incomplete) as wrong:
        rules.check_hands([hand], 2026)
    assert wrong.value.field == field


def test_blank_hands_are_left_out_and_the_order_stays():
    given = [(2020, "街道", "画线"), (None, "", ""), (2024, " 城管局 ", "装灯")]
    assert rules.check_hands(given, 2026) == [(2020, "街道", "画线"), (2024, "城管局", "装灯")]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"category_name": ""}, "category_name"),
        ({"year": 2027}, "year"),
        ({"amount": 0}, "amount"),
        ({"source": " "}, "source"),
    ],
)
def test_spending_says_what_how_much_when_and_where_it_is_published(changed, field):
    given = {
        "title": "亮化",
        "category_name": "路灯",
        "year": 2025,
        "amount": 860,
        "source": "决算",
    }
    rules.check_spending(**given, this_year=2026)
    with pytest.raises(Incomplete) as wrong:
        rules.check_spending(**{**given, **changed}, this_year=2026)
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("check", "field"),
    [
        (lambda: rules.check_answer(" "), "words"),
        (lambda: rules.check_answer("长" * 2001), "words"),
        (lambda: rules.check_finding("", "看了"), "finding"),
        (lambda: rules.check_finding("real", ""), "found"),
        (lambda: rules.check_wrong("", "停机"), "kind"),
        (lambda: rules.check_wrong("data", " "), "wrong"),
        (lambda: rules.check_wrong("data", "长" * 301), "wrong"),
        (lambda: rules.check_why(""), "why"),
    ],
)
def test_every_step_needs_its_sentence(check, field):
    with pytest.raises(Incomplete) as wrong:
        check()
    assert wrong.value.field == field


@pytest.mark.parametrize(
    ("values", "light"),
    [
        ([None, None], Light.DARK),
        ([0.75, 0.9], Light.GO),
        ([0.9, 0.74], Light.SLOW),
        ([0.9, 0.6], Light.SLOW),
        ([0.99, 0.59], Light.STOP),
        ([None, 0.8], Light.GO),
        ([0.1, None], Light.STOP),
    ],
)
def test_a_light_follows_its_weaker_measure(values, light):
    assert light_of(values, 0.75, 0.6) == light


@pytest.mark.parametrize(
    ("state", "late", "checked", "part"),
    [
        ("handed", False, None, "doing"),
        ("handed", True, None, "late"),
        ("accepted", False, "false", "false"),
        ("accepted", False, "true", "again"),
        ("accepted", True, "true", "late"),
        ("claimed", True, "waiting", "waiting"),
        ("checked", True, "true", "true"),
        ("confirmed", True, "true", "true"),
        ("unreached", True, "true", "true"),
        ("returned", True, None, "returned"),
    ],
)
def test_each_task_is_in_one_part(state, late, checked, part):
    due = TODAY - dt.timedelta(days=1) if late else TODAY
    found = parts.part_of_task(state, due, checked, TODAY, states=TaskState, checks=CheckState)
    assert found == part
    assert parts.LANDED.part(found)


YESTERDAY = TODAY - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("letter", "accepted", "debt", "reply_by", "part"),
    [
        ("A", True, None, YESTERDAY, "done"),
        ("A", None, None, YESTERDAY, "waiting"),
        ("A", False, None, YESTERDAY, "not"),
        ("C", True, None, YESTERDAY, "not"),
        ("B", True, ("kept", YESTERDAY), YESTERDAY, "done"),
        ("B", True, ("owed", YESTERDAY), YESTERDAY, "late"),
        ("B", True, ("owed", TODAY), YESTERDAY, "coming"),
        ("B", True, ("said", YESTERDAY), YESTERDAY, "waiting"),
        ("B", True, None, YESTERDAY, "late"),
        ("", None, None, YESTERDAY, "late"),
        ("", None, None, TODAY, "coming"),
    ],
)
def test_each_clause_is_in_one_part(letter, accepted, debt, reply_by, part):
    clause = SimpleNamespace(letter=letter, accepted=accepted, promised_on=YESTERDAY)
    assert parts.part_of_clause(clause, debt, reply_by, TODAY) == part
    assert parts.CLAUSE.part(part)


@pytest.mark.parametrize(
    ("whole", "match", "part"),
    [
        ("true", "yes", "done"),
        ("true", "no", "not"),
        ("true", "unclear", "not"),
        ("waiting", None, "waiting"),
        ("late", "yes", "late"),
        ("doing", None, "coming"),
        ("again", "yes", "coming"),
        ("returned", None, "coming"),
    ],
)
def test_an_item_is_done_only_where_somebody_saw_it(whole, match, part):
    assert parts.part_of_item(whole, match) == part


@pytest.mark.parametrize(
    ("verdict", "overdue", "part"),
    [
        ("solved", True, "solved"),
        ("unsolved", False, "unsolved"),
        ("unreached", False, "silent"),
        ("asking", True, "asking"),
        ("", True, "late"),
        ("", False, "doing"),
    ],
)
def test_only_the_people_make_a_matter_solved(verdict, overdue, part):
    assert parts.part_of_matter(verdict, overdue) == part


@pytest.mark.parametrize("rule", parts.RULES.values(), ids=lambda rule: rule.key)
def test_silence_is_never_done_and_each_rule_has_one_done_part(rule):
    kinds = [part.kind for part in rule.parts]
    assert kinds.count("done") == 1
    assert set(kinds) <= {"done", "silent", "coming", "open"}


def test_periods_are_read_from_addresses():
    assert periods.period_of("2026Q3", TODAY).first == dt.date(2026, 7, 1)
    assert periods.period_of("2026Q4", TODAY).last == dt.date(2026, 12, 31)
    assert periods.period_of("nonsense", TODAY).key == "12m"
    assert periods.period_of("12m", TODAY).first == dt.date(2025, 7, 1)
    assert periods.period_of("all", TODAY).has(dt.date(1999, 1, 1))
    assert periods.quarter_before(periods.quarter(2026, 1)).key == "2025Q4"
    assert periods.year_before(periods.quarter(2026, 1)).key == "2025Q1"
    assert periods.year_before(periods.period_of("12m", TODAY)) is None
    assert periods.month_before(dt.date(2026, 3, 31)) == (
        dt.date(2026, 2, 1),
        dt.date(2026, 2, 28),
    )
    assert periods.quarter(2026, 3).label == "2026年第三季度"
