"""Heat counts people, fades evenly, and cannot be pumped up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import inf, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.engine.flood import floods
from biaochi.engine.group import group
from biaochi.engine.heat import heat_of, join_logs, voice_log
from biaochi.engine.matter import Message
from tests.bench.planted import planted

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)


def days(count):
    return timedelta(days=count)


def test_two_fresh_voices_are_worth_two_and_half_of_it_one_half_life_later():
    heat = heat_of([("a", NOON), ("b", NOON)], half_life_days=30)
    assert heat.at(NOON) == pytest.approx(2)
    assert heat.at(NOON + days(30)) == pytest.approx(1)
    assert heat.people == 2


def test_a_hundred_messages_of_one_person_are_one_voice_the_latest():
    loud = [("a", NOON - days(n)) for n in range(100)]
    assert heat_of(loud) == heat_of([("a", NOON)])


def test_one_more_person_is_warmer_than_any_number_of_messages():
    crowd = heat_of([("a", NOON), ("b", NOON)])
    loud = heat_of([("a", NOON)] * 100)
    assert crowd.log > loud.log


moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))
events = st.lists(st.tuples(st.sampled_from("abcdefgh"), moments), min_size=1, max_size=30)


@given(events, st.randoms(use_true_random=False))
def test_the_order_of_events_changes_nothing_to_the_last_bit(spoken, random):
    shuffled = list(spoken)
    random.shuffle(shuffled)
    assert heat_of(shuffled) == heat_of(spoken)


@given(events, events, moments)
def test_the_stored_number_orders_matters_as_heat_does_at_any_moment(one, other, moment):
    one, other = heat_of(one), heat_of(other)
    warm = one.at(moment), other.at(moment)
    if abs(one.log - other.log) > 1e-9 and min(warm) > 0 and max(warm) < inf:
        assert (one.log > other.log) == (warm[0] > warm[1])


@given(events)
def test_a_late_voice_can_be_added_to_the_stored_number(spoken):
    before = heat_of(spoken)
    after = heat_of([*spoken, ("new", spoken[0][1])])
    assert after.log == pytest.approx(join_logs([before.log, voice_log(spoken[0][1])]))


def test_centuries_do_not_overflow():
    long_ago, far_on = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
    heat = heat_of([("a", long_ago), ("b", far_on)], half_life_days=0.5)
    assert heat.log == pytest.approx(voice_log(far_on, 0.5))


def test_people_without_a_time_are_counted_and_bring_no_warmth():
    heat = heat_of([("a", None), ("b", None)])
    assert (heat.people, heat.undated, heat.log, heat.at(NOON)) == (2, 2, -inf, 0.0)


def test_voices_nobody_can_tell_apart_each_count():
    assert heat_of([("", NOON), ("", NOON), (None, NOON)]).people == 3


def test_a_half_life_must_be_above_zero():
    with pytest.raises(ValueError, match="above zero"):
        heat_of([], half_life_days=0)


def test_the_log_of_a_sum():
    assert join_logs([3.0, 3.0]) == 4.0
    assert join_logs([]) == -inf
    assert join_logs([-inf, 1.0]) == 1.0
    assert join_logs([0.0, log2(3)]) == pytest.approx(2.0)


def test_floods_are_told_as_data():
    many = [Message(f"a{n}", f"第{n}次说：路灯坏了", person="loud", at=NOON) for n in range(6)]
    copies = [Message(f"c{n}", " 路灯坏了！", person=f"p{n}", at=NOON + days(n)) for n in range(4)]
    found = floods([*many, *copies])
    assert [(f.kind, f.messages, f.people, f.days) for f in found] == [
        ("one_person", 6, 1, 0.0),
        ("copied", 4, 4, 3.0),
    ]
    assert found[0].who == "loud"


def test_an_ordinary_matter_has_no_flood():
    assert floods([Message(str(n), f"第{n}句", person=str(n)) for n in range(20)]) == ()


MESSAGES, _ = planted(matters=200, voices=6, seed=4)
FLOODS = {
    "one person": lambda m, n: replace(m, id=f"z{n}", text=f"{m.text}第{n}次说。"),
    "one text without a name": lambda m, n: replace(m, id=f"z{n}", person=""),
    "likes": lambda m, n: replace(m, id=f"z{n}", likes=10_000),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_planted_flood_leaves_the_hot_list_as_it_was(flood):
    """The last matter of the list gets a hundred messages: they are one person at most."""
    before = [(min(m.members), m.people) for m in group(MESSAGES).matters]
    last, people = before[-1]
    loud = next(m for m in MESSAGES if m.id == last)
    sent = [FLOODS[flood](loud, n) for n in range(100)]
    after = [(min(m.members), m.people) for m in group(MESSAGES + sent).matters]
    more = flood == "one text without a name"
    assert [one for one in after if one[0] != last] == before[:-1]
    assert dict(after)[last] == people + more
    assert more or after[-1][0] == last
