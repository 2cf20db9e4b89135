"""Three ratios whose parts add up, with nothing left out of the denominator."""

import datetime as dt

import pytest

from biaochi.core.record import record
from biaochi.outcome.models import Revisit
from biaochi.proposal.models import Clause, Proposal
from biaochi.task.models import Debt
from biaochi.voice.rules import MatterState
from biaochi.yardstick import queries
from biaochi.yardstick.rows import Book

DAY = dt.timedelta(days=1)
EARLY = dt.date(2026, 4, 1)


def anew(frame):
    """The same frame with a book that has read nothing yet."""
    return queries.Frame(frame.area, frame.period, frame.today, Book(frame.today))


@pytest.fixture
def today_frame(frame):
    return lambda: queries.Frame(frame.area, frame.period, frame.today)


def parts(found):
    return {part.key: count for part, count in found.parts if count}


@pytest.fixture
def many(facts, today):
    """One of each: not claimed, late, claimed, false, passed, sent back by the people, returned."""
    facts.task(EARLY, due=today + DAY)
    facts.task(EARLY, due=today - DAY)
    facts.claim(facts.task(EARLY), EARLY + DAY)
    facts.claim(facts.task(EARLY, due=today), EARLY + DAY, state="accepted", check="false")
    facts.whole(EARLY, "solved")
    facts.whole(EARLY, "unreached")
    again = facts.task(EARLY, due=today)
    facts.claim(again, EARLY + DAY, state="accepted", check="true")
    facts.round(again, EARLY + 9 * DAY, "unsolved")
    facts.task(EARLY, "returned")
    facts.task(EARLY, "recalled")


def test_every_task_is_in_one_part_and_the_overdue_is_in_the_denominator(many, frame):
    landed = queries.ratio("landed", frame)
    assert parts(landed) == {
        "true": 2,
        "waiting": 1,
        "doing": 1,
        "late": 1,
        "false": 1,
        "again": 1,
        "returned": 1,
    }
    assert (landed.count, landed.whole) == (2, 8)
    assert landed.share == 0.25


def test_only_what_people_called_solved_has_its_effect(many, frame):
    effect = queries.ratio("effect", frame)
    assert parts(effect) == {"solved": 1, "unsolved": 1, "silent": 1, "late": 1, "doing": 4}
    assert (effect.count, effect.whole) == (1, 8)
    assert effect.silence.low == 1 / 8
    assert effect.silence.high == 2 / 8
    assert effect.chance.low < effect.share < effect.chance.high


@pytest.mark.parametrize("key", ["clause", "landed", "effect", "lasting"])
def test_the_parts_add_up_and_the_rows_are_as_many_as_the_number_says(many, frame, key):
    rows = queries.rows_of(key, frame)
    found = queries.counted(key, rows)
    assert sum(count for _part, count in found.parts) == found.whole == len(rows)
    for part, count in found.parts:
        assert sum(row.part == part.key for row in rows) == count


def test_a_matter_that_was_merged_is_not_counted_twice(facts, frame):
    task = facts.whole(EARLY, "solved")
    facts.whole(EARLY, "solved")
    task.matter.state = MatterState.MERGED
    task.matter.save()
    assert queries.ratio("effect", frame).whole == 1


def test_a_revisit_that_finds_it_broken_takes_the_effect_away(facts, frame):
    task = facts.whole(EARLY, "solved")
    asked = facts.round(task, EARLY + 40 * DAY, "asking")
    asked.revisit = revisit(task, 1)
    asked.save()
    assert queries.ratio("effect", frame).count == 1  # asking again changes nothing yet
    asked.state = "unsolved"
    asked.save()
    assert parts(queries.ratio("effect", anew(frame))) == {"unsolved": 1}


def revisit(task, months, state="asking", due=None):
    return Revisit.objects.create(
        matter=task.matter,
        since=task.handed_at,
        months=months,
        due_on=due or EARLY + 40 * DAY,
        state=state,
    )


def test_revisits_count_from_their_day_on(facts, frame, today):
    task = facts.whole(EARLY, "solved")
    for months, state in ((1, "holds"), (3, "broken"), (6, "unreached")):
        revisit(task, months, state)
    revisit(task, 12, "waiting", today + DAY)
    assert parts(queries.ratio("lasting", frame)) == {"holds": 1, "broken": 1, "unreached": 1}


@pytest.fixture
def proposal(city, facts, now):
    from biaochi.core.actors import Role

    made = Proposal.objects.create(
        title="背街路灯",
        state="replied",
        lead=city.users[Role.MEMBER],
        begun_at=now,
        handed_at=now,
        reply_by=dt.date(2026, 6, 2),
    )
    made.matters.add(facts.matter(EARLY))
    return made


def clause(proposal, position, letter, **fields):
    return Clause.objects.create(
        proposal=proposal,
        position=position,
        doer="城管局",
        act=f"第{position}条",
        due_on=dt.date(2026, 12, 31),
        measure="亮着",
        letter=letter,
        **fields,
    )


def test_clauses_of_replies_and_items_of_tasks_are_counted_together(
    proposal, facts, frame, city, now
):
    clause(proposal, 1, "A", accepted=True)
    clause(proposal, 2, "C")
    kept = clause(proposal, 3, "B", promised_on=dt.date(2026, 5, 1))
    Debt.objects.create(
        clause=kept,
        unit=city.roads,
        state="kept",
        booked_at=now,
        first_due_on=dt.date(2026, 5, 1),
        due_on=dt.date(2026, 5, 1),
    )
    clause(proposal, 4, "B", promised_on=dt.date(2026, 5, 1))
    clause(proposal, 5, "")
    task = facts.task(EARLY, items=3)
    facts.claim(task, EARLY + DAY, state="checked", check="true", matches=["yes", "no", "unclear"])
    from_clause = facts.task(EARLY)
    from_clause.clause = kept
    from_clause.save()
    found = queries.ratio("clause", frame)
    assert parts(found) == {"done": 3, "not": 3, "late": 2}
    assert found.whole == 8


def test_a_task_without_items_is_one_clause(facts, frame):
    facts.task(EARLY, due=dt.date(2026, 12, 1))
    assert parts(queries.ratio("clause", frame)) == {"coming": 1}


def test_a_frame_takes_only_its_area_and_its_days(facts, today):
    facts.whole(EARLY, "solved")
    facts.whole(EARLY, "solved", areas=["北关", "城东"])
    facts.whole(dt.date(2026, 1, 5), "solved")
    quarter = queries.periods.period_of("2026Q2", today)
    assert queries.ratio("effect", queries.Frame("", quarter, today)).whole == 2
    assert queries.ratio("effect", queries.Frame("北关", quarter, today)).whole == 1
    assert queries.ratio("effect", queries.Frame("西山", quarter, today)).share is None


def test_all_ways_of_counting_are_shown_and_ours_is_never_the_prettiest(many, frame):
    ways = queries.other_ways(queries.ratio("landed", frame))
    assert (ways[0][1], ways[0][2]) == (2, 8)
    assert all(share >= ways[0][3] for _words, _count, _whole, share, _apart in ways)
    assert {(count, whole) for _w, count, whole, _s, _a in ways} == {
        (2, 8),
        (2, 7),
        (2, 6),
        (3, 8),
    }


def test_a_cut_hides_small_cells_and_what_a_subtraction_would_tell(facts, frame, city):
    for _n in range(9):
        facts.whole(EARLY, "solved")
    for _n in range(6):
        facts.whole(EARLY, "unsolved", areas=["北关"])
    facts.whole(EARLY, "solved", areas=["西山"])
    cut = queries.broken_down("effect", queries.rows_of("effect", frame), "area")
    shown = {name: (count, whole) for name, count, whole, _interval in cut}
    assert shown == {"城东": (9, 9), "北关": (None, None), "西山": (None, None)}


def test_reports_stand_beside_what_people_say_by_kind_and_never_by_unit(facts, frame, city):
    for n in range(8):
        facts.whole(EARLY, "solved" if n < 3 else "unsolved", done=n < 7)
    for _n in range(4):
        facts.whole(EARLY, "solved", category=city.lifts)
    assert queries.gaps(frame) == []  # the total minus four would tell
    for _n in range(2):
        facts.whole(EARLY, "solved", category=city.lifts)
    assert queries.gaps(anew(frame)) == [("路灯", 7, 3, 8), ("电梯", 6, 6, 6)]


def test_half_of_the_matters_took_no_longer_than(facts, frame):
    for _n in range(4):
        facts.whole(EARLY, "solved")
    assert queries.median_days(frame) is None
    facts.whole(EARLY, "solved")
    assert queries.median_days(anew(frame)) == (10, 5)


def test_counting_everything_takes_few_queries(many, frame, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        queries.ratios(frame)


def test_the_lines_of_the_lights_say_when_the_office_changed_its_rules(staff, city, now):
    from biaochi.core import profiles

    assert queries.lines().changed_at is None
    content = profiles.profile()
    changed = {**content, "numbers": {**content["numbers"], "green_from": 0.8}}
    profiles.edit(name="everyday", content=changed, by=staff, now=now)
    assert (queries.lines().green_from, queries.lines().changed_at) == (0.8, now)


def test_the_book_is_read_again_after_a_deed_and_not_before(facts, staff, today_frame, now):
    facts.whole(EARLY, "solved")
    first = today_frame()
    assert today_frame().book is first.book
    record(by=staff, verb="look", thing="matter:1", at=now)
    assert today_frame().book is not first.book
