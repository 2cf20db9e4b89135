"""Two units work on one matter. Nobody answers about the first; when the second is done they are
asked anew, and what was left open then is decided with it: no piece of work stays behind."""

import pytest

from tests.flow import at_the_desks as desks
from tests.flow import chapters
from tests.flow.chapters import MATTER
from tests.flow.conftest import somebody


@pytest.fixture
def homes_clerk(city, operator, now):
    return somebody("homes", "住建局经办", "unit", city, operator, now, unit=city.homes)


@pytest.fixture
def handed(town, say, city):
    """The matter in the hands of both units."""
    chapters.neighbours_speak(town, say)
    for unit, what in ((city.roads, "把灯修亮"), (city.homes, "把电表接上")):
        town.clerk.open(f"/desk{town.matter}/hand-over")
        desks.fine(town.clerk.submit("交办", unit=str(unit.pk), what=what))
    return town


def test_two_pieces_of_work(handed, homes_clerk):
    town = handed
    for unit_clerk in (town.unit_clerk, homes_clerk):
        desks.take_on(unit_clerk, "今晚去看")
    assert "2个单位在办" in town.public(town.matter)
    it_is_done(town, town.unit_clerk)

    # One of three says yes, the others say nothing: that is not a yes.
    desks.judge(town.my_matter(town.codes[0]), "solved")
    town.clock.go(days=31)
    page = town.public(town.matter)
    assert "没有问到人，还不算办完" in page and "1个单位在办" in page

    # The other unit is done as well. The new question is about both.
    it_is_done(town, homes_clerk)
    chapters.people_judge(town)
    page = town.public(town.matter)
    assert "还不算办完" not in page and "眼下没有单位在办" in page
    assert "以后再量一次" in page


def it_is_done(town, unit_clerk):
    """Claimed, looked at by another hand, asked about."""
    town.clock.go(days=3)
    desks.claim(unit_clerk, MATTER, "做好了", "亮了", "有一盏旧灯头")
    town.clock.go(days=1)
    desks.check(town.second_clerk, MATTER, "都黑着", "都亮着")
    town.clock.go(hours=1)
