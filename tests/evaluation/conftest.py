"""A matter whose people are being asked."""

import pytest

from tests.outcome.scene import Scene


@pytest.fixture
def scene(city, staff, unit, resident, now):
    return Scene(city, staff, unit, resident, now)


@pytest.fixture
def round_(scene):
    """Five people spoke, the unit claimed, the office checked: now they are asked."""
    return scene.to_the_people()
