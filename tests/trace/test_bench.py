"""The order in which matters press, and what the filters let through."""

import datetime as dt

import pytest

from biaochi.task import actions as tasks
from biaochi.trace import bench
from biaochi.voice import actions as voices
from biaochi.voice import queries as voice_queries
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel, Urgency

TODAY = dt.date(2026, 3, 25)


@pytest.fixture
def make(city, staff, resident, now):
    """Open a matter of so many voices."""

    def open_one(title, n=1, area=None, **more):
        heard = [
            voices.hear(
                words=voices.Words(f"{title}，第{i}遍"),
                channel=Channel.WEB,
                area=area or city.east,
                by=resident,
                now=now,
                **more,
            ).voice
            for i in range(n)
        ]
        voices.mark_seen(voices=heard, by=staff, now=now)
        return matters.open_matter(title=title, voices=heard, by=staff, now=now)

    return open_one


def titles(sieve=None, today=TODAY):
    rows, total = bench.rows(sieve or bench.Sieve(), today)
    assert total == len(rows)
    return [row.matter.title for row in rows]


def test_urgent_then_late_then_given_back_then_soon_due_then_free(make, city, staff, unit, now):
    free_small, free_big = make("没人办的小事"), make("没人办的大事", 3)
    late, soon, back, urgent = (
        make("超期的"),
        make("快到期的"),
        make("退回的"),
        make("急的", urgency=Urgency.URGENT),
    )
    deed = {"unit": city.roads, "what": "办", "by": staff, "now": now}
    tasks.hand_over(matter=soon, due=TODAY, **deed)
    tasks.hand_over(matter=late, due=TODAY - dt.timedelta(days=1), **deed)
    task = tasks.hand_over(matter=back, **deed)
    tasks.give_back(task=task, reason="unclear", words="哪条街？", by=unit, now=now)
    assert titles() == [
        urgent.title,
        late.title,
        back.title,
        soon.title,
        free_big.title,
        free_small.title,
    ]


def test_each_deadline_filter_lets_its_own_through(make, city, staff, unit, now):
    late, soon, back, free = make("超期的"), make("快到期的"), make("退回的"), make("没人办的")
    deed = {"unit": city.roads, "what": "办", "by": staff, "now": now}
    tasks.hand_over(matter=late, due=TODAY - dt.timedelta(days=1), **deed)
    task = tasks.hand_over(matter=soon, due=TODAY + dt.timedelta(days=2), **deed)
    tasks.accept(task=task, first_act="先看", by=unit, now=now)
    task = tasks.hand_over(matter=back, **deed)
    tasks.give_back(task=task, reason="unclear", words="哪条街？", by=unit, now=now)
    expected = {
        "overdue": {late.title},
        "soon": {soon.title},
        "week": {soon.title},
        "unaccepted": {late.title},
        "returned": {back.title},
        "free": {free.title},
    }
    assert set(expected) == set(bench.DUES)
    for due, found in expected.items():
        assert set(titles(bench.Sieve(due=due))) == found


def test_what_a_unit_claimed_is_not_offered_for_handing_over(make, city, staff, unit, now):
    free, done = make("没人办的"), make("报了的")
    task = tasks.hand_over(matter=done, unit=city.roads, what="办", by=staff, now=now)
    tasks.accept(task=task, first_act="先看", by=unit, now=now)
    lines = {item.pk: ("yes", "办了") for item in task.items.all()}
    tasks.claim(task=task, lines=lines, good="好", bad="慢", by=unit, now=now)
    rows, _total = bench.rows(bench.Sieve(), TODAY)
    assert {row.matter.title for row in rows if row.is_free} == {free.title}


def test_the_other_filters_narrow_by_words_number_place_group_step_and_kind(make, city, staff, now):
    lamps = make("路灯不亮", area=city.east, groups=["old"])
    lifts = make("电梯总坏", area=city.north, groups=["child"])
    matters.categorise(matter=lamps, category=city.lamps, by=staff, now=now)
    tasks.hand_over(matter=lifts, unit=city.homes, what="修", by=staff, now=now)
    for sieve in (
        bench.Sieve(query="路灯"),
        bench.Sieve(query=lamps.number),
        bench.Sieve(area=city.east.pk),
        bench.Sieve(group="old"),
        bench.Sieve(step=1),
        bench.Sieve(category=city.lamps.pk),
    ):
        assert titles(sieve) == [lamps.title], sieve


def test_pages_are_counted_and_the_queries_do_not_grow_with_the_rows(
    make, django_assert_max_num_queries
):
    for n in range(bench.PAGE + 1):
        make(f"第{n}件")
    with django_assert_max_num_queries(7):
        rows, total = bench.rows(bench.Sieve(), TODAY)
    assert (len(rows), total) == (bench.PAGE, bench.PAGE + 1)
    assert len(bench.rows(bench.Sieve(), TODAY, page=2)[0]) == 1


def test_a_quote_on_the_bench_is_one_that_everybody_may_read(make, staff, now):
    matter = make("路灯不亮")
    assert bench.rows(bench.Sieve(), TODAY)[0][0].quote == "路灯不亮，第0遍"
    voices.hide(voice=matter.memberships.get().voice, reason="认得出人", by=staff, now=now)
    assert bench.rows(bench.Sieve(), TODAY)[0][0].quote == ""


def test_an_urgent_voice_has_to_be_read_sooner_and_comes_first(city, resident, now):
    deed = {"channel": Channel.WEB, "by": resident, "now": now}  # Monday, 2 March
    voices.hear(words=voices.Words("路灯不亮"), **deed)
    voices.hear(words=voices.Words("井盖没了"), urgency=Urgency.URGENT, **deed)
    first, second = bench.waiting(voice_queries.unseen(), dt.date(2026, 3, 4))
    assert (first.look_by, first.state) == (dt.date(2026, 3, 3), "stop")
    assert (second.look_by, second.left, second.state) == (dt.date(2026, 3, 5), 1, "slow")
