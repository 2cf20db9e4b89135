"""Five lights by readable rules, the ledger, and the quadrant."""

import datetime as dt

import pytest

from biaochi.core.refusals import Incomplete, NotYours
from biaochi.outcome.models import SideEffect
from biaochi.voice.models import Event
from biaochi.yardstick import ledger, queries
from biaochi.yardstick.rules import Light

DAY = dt.timedelta(days=1)
EARLY = dt.date(2026, 1, 5)


def lit(frame, field):
    return queries.light(field, frame)


def test_with_too_little_to_count_no_light_shows(facts, frame):
    for _n in range(4):
        facts.whole(EARLY, "solved", groups=["old"])
    assert {one.light for one in queries.lights(frame)} == {Light.DARK}


def test_sharing_follows_the_word_of_those_with_old_people_at_home(facts, frame):
    for n in range(10):
        facts.whole(EARLY, "solved" if n < 9 else "unsolved")
    for n in range(5):
        facts.whole(EARLY, "solved" if n < 2 else "unreached", groups=["old"])
    found = lit(frame, "sharing")
    people, old = found.measured
    assert (people.good, people.whole) == (11, 15)
    assert (old.good, old.whole, old.value) == (2, 5, 0.4)
    assert found.light == Light.STOP


def test_balance_compares_matters_of_few_with_matters_of_many(facts, frame, today):
    for people, late in ((2, 4), (50, 0)):
        for n in range(8):
            task = facts.task(EARLY, due=EARLY + 30 * DAY, people_count=people)
            facts.claim(task, EARLY + (40 if n < late else 20) * DAY)
    few = lit(frame, "balance").measured[0]
    assert few.value == 0.5
    assert {row.side for row in few.rows} == {"one", "other"}
    assert lit(frame, "balance").light == Light.STOP


def test_green_asks_for_no_new_trouble_and_for_who_pays(facts, frame, now):
    for n in range(6):
        task = facts.task(EARLY)
        facts.claim(task, EARLY + DAY, state="checked", check="true", paid_by="区财政" if n else "")
        if n == 0:
            SideEffect.objects.create(
                matter=task.matter,
                since=now,
                until=now,
                before_count=0,
                after_count=6,
                noticed_at=now,
            )
    clean, upkeep = lit(frame, "green").measured
    assert (clean.good, clean.whole) == (5, 6)
    assert (upkeep.good, upkeep.whole) == (5, 6)
    assert lit(frame, "green").light == Light.GO


def test_what_was_checked_a_week_ago_is_not_yet_watched_long_enough(facts, frame, today):
    facts.claim(facts.task(today - 20 * DAY), today - 7 * DAY, state="checked", check="true")
    assert lit(frame, "green").measured[0].whole == 0


def test_a_quarter_carries_the_value_of_the_year_before(facts, today):
    quarter = queries.periods.period_of("2026Q1", today)
    frame = queries.Frame("", quarter, today)
    for year, solved in ((2025, 2), (2026, 5)):
        for n in range(5):
            facts.whole(dt.date(year, 1, 10), "solved" if n < solved else "unsolved")
    before = queries.Frame("", queries.periods.year_before(quarter), today)
    people = queries.light("sharing", frame, before).measured[0]
    assert (people.value, people.before) == (1.0, 0.4)


@pytest.fixture
def write(facts, staff, now):
    def written(by=staff, **changes):
        given = {
            "title": "背街路灯全亮",
            "for_whom": "后街 300 户",
            "what": "夜里看得见路",
            "by_what": "城管局四个班",
            "kind": "livelihood",
            "horizon": "years",
            "hands": [(2024, "街道", "数了杆"), (2026, "城管局", "装了灯")],
        }
        return ledger.write_achievement(**{**given, **changes}, by=by, now=now)

    return written


def test_an_achievement_is_written_with_its_hands_and_told_in_the_matter(write, facts):
    matter = facts.matter(EARLY)
    done = write(matter=matter)
    assert [(hand.year, hand.who) for hand in done.hands.all()] == [
        (2024, "街道"),
        (2026, "城管局"),
    ]
    event = Event.objects.get(matter=matter)
    assert event.params["what"] == "achievement written"
    assert event.params["achievement"] == done.pk
    assert queries.of_matter(matter) == {"achievements": [done]}
    assert queries.of_matter(facts.matter(EARLY)) is None


def test_every_told_sentence_of_the_stage_can_be_said(write, facts):
    from biaochi.yardstick.story import STORY

    write(matter=facts.matter(EARLY))
    params = Event.objects.get().params
    title, words = STORY[params["what"]](params)
    assert title
    assert "保障民生" in words


def test_neither_units_nor_residents_write_or_tick(write, unit, resident, now):
    done = write()
    for doer in (unit, resident):
        with pytest.raises(NotYours):
            write(by=doer)
        with pytest.raises(NotYours):
            ledger.tick(achievement=done, ticks={"rule": "有办法"}, by=doer, now=now)


def test_the_writer_does_not_tick_and_somebody_else_does(write, staff, member, now):
    done = write()
    with pytest.raises(NotYours):
        ledger.tick(achievement=done, ticks={"rule": "有办法"}, by=staff, now=now)
    with pytest.raises(Incomplete):
        ledger.tick(achievement=done, ticks={"rule": ""}, by=member, now=now)
    ledger.tick(
        achievement=done, ticks={"rule": " 有办法 ", "spread": "北关照着做"}, by=member, now=now
    )
    done.refresh_from_db()
    assert done.ticks == {"rule": "有办法", "spread": "北关照着做"}


def test_spending_is_noted_by_the_office_only(member, unit, now):
    for doer in (member, unit):
        with pytest.raises(NotYours):
            ledger.note_spending(
                title="亮化",
                category_name="路灯",
                year=2025,
                amount=860,
                source="决算",
                by=doer,
                now=now,
            )


def test_the_quadrant_places_only_what_was_gone_over_and_answered_by_enough(
    write, facts, member, now
):
    heard, unheard = facts.whole(EARLY), facts.whole(EARLY)
    facts.round(heard, EARLY + 9 * DAY, "solved", solved=4, unsolved=1)
    facts.round(unheard, EARLY + 9 * DAY, "solved", solved=4)
    placed = write(matter=heard.matter)
    small = write(matter=unheard.matter)
    alone = write()
    for one in (placed, small, alone):
        ledger.tick(achievement=one, ticks={"rule": "有", "upkeep": "有"}, by=member, now=now)
    points, others = queries.quadrant(queries.achievements())
    assert [(point["one"], point["said"]) for point in points] == [(placed, (4, 5))]
    assert (points[0]["x"], round(points[0]["y"])) == (80, 33)
    assert points[0]["c"] == "slow"
    assert set(others) == {small, alone}


def test_the_lights_of_a_matter_each_say_why(facts, today, write, member, now):
    late = facts.task(EARLY, due=EARLY + DAY)
    found = {one.field: one for one in queries.lights_of_matter(late.matter, today)}
    assert found["balance"].light == Light.STOP
    assert found["sharing"].light == Light.DARK
    assert {found[key].light for key in ("green", "openness", "innovation")} == {Light.NONE}
    good = facts.whole(EARLY)
    facts.round(good, EARLY + 9 * DAY, "solved", solved=5)
    done = write(matter=good.matter)
    ledger.tick(achievement=done, ticks={"spread": "北关照着做"}, by=member, now=now)
    found = {one.field: one for one in queries.lights_of_matter(good.matter, today)}
    assert found["innovation"].light == found["sharing"].light == Light.GO
    assert found["green"].light == Light.SLOW
    assert all(one.words and one.label for one in found.values())


def test_a_matter_of_few_answers_shows_no_light_of_the_people(facts, today):
    task = facts.whole(EARLY)
    facts.round(task, EARLY + 9 * DAY, "unsolved", unsolved=4)
    sharing = queries.lights_of_matter(task.matter, today)[-1]
    assert sharing.light == Light.DARK
    assert "没解决" not in sharing.words
