"""A matter that a unit has claimed done."""

import pytest

from tests.outcome.scene import Scene


@pytest.fixture
def scene(city, staff, unit, resident, now):
    return Scene(city, staff, unit, resident, now)


@pytest.fixture
def check(scene):
    """Five people spoke, the unit has claimed, nobody has looked yet."""
    scene.open()
    scene.hand()
    return scene.claims()
