"""One matter through all stages by their verbs, and what the yardstick counts after each step."""

import datetime as dt

import pytest

from biaochi.core.clock import local_day
from biaochi.yardstick import queries
from tests.outcome.scene import Scene


@pytest.fixture
def scene(city, staff, unit, resident, now):
    return Scene(city, staff, unit, resident, now)


def counted(scene):
    """Clauses, tasks and matters in their parts, on the scene's own day."""
    everything = queries.periods.Period("all", None, None)
    frame = queries.Frame("", everything, local_day(scene.now))
    return [{part.key: n for part, n in found.parts if n} for found in queries.ratios(frame)]


def test_only_what_was_checked_lands_and_only_what_people_say_has_effect(scene):
    scene.open(5)
    assert counted(scene) == [{}, {}, {}]
    scene.hand()
    assert counted(scene) == [{"coming": 2}, {"doing": 1}, {"doing": 1}]
    check = scene.claims()
    assert counted(scene) == [{"waiting": 2}, {"waiting": 1}, {"doing": 1}]
    scene.checked(check)
    assert counted(scene) == [{"done": 2}, {"true": 1}, {"doing": 1}]
    scene.ask()
    assert counted(scene)[2] == {"asking": 1}
    for number in range(5):
        scene.says(number, "solved")
    assert counted(scene)[2] == {"solved": 1}


def test_a_false_claim_and_a_no_of_the_people_both_fall_out_of_the_count(scene):
    scene.open(5)
    scene.hand()
    scene.checked(scene.claims(), true=False)
    assert counted(scene) == [{"coming": 2}, {"false": 1}, {"doing": 1}]
    scene.again()
    assert counted(scene)[1] == {"true": 1}
    for number in range(5):
        scene.says(number, "unsolved")
    assert counted(scene) == [{"coming": 2}, {"again": 1}, {"unsolved": 1}]


def test_what_is_overdue_stays_in_every_denominator(scene):
    scene.open(5)
    scene.hand()
    scene.later(days=90)
    assert counted(scene) == [{"late": 2}, {"late": 1}, {"late": 1}]


def test_the_lights_of_the_matter_follow_its_way(scene):
    scene.open(5)
    scene.hand()
    day = local_day(scene.now) + dt.timedelta(days=90)
    lights = {one.field: one.light for one in queries.lights_of_matter(scene.matter, day)}
    assert (lights["balance"], lights["sharing"]) == ("stop", "dark")
    scene.checked(scene.claims())
    scene.ask()
    for number in range(5):
        scene.says(number, "solved")
    lights = {one.field: one.light for one in queries.lights_of_matter(scene.matter, day)}
    assert (lights["balance"], lights["sharing"], lights["openness"]) == ("go", "go", "go")
    assert lights["green"] == "slow"  # nobody wrote who pays afterwards
