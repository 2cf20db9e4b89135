import copy

import pytest

from biaochi.core import profiles
from biaochi.core.actors import Actor, Role
from biaochi.core.clock import Span
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotYours

pytestmark = pytest.mark.django_db
STAFF = Actor("li", frozenset({Role.STAFF}))


def test_every_shipped_profile_can_be_read():
    for name, content in profiles.shipped().items():
        profiles.check_content(content)
        assert content["source"], name


def test_an_edited_clock_is_in_force_at_once_and_on_the_record(now):
    content = copy.deepcopy(profiles.profile("everyday"))
    content["clocks"]["unit_accepts"] = [7, "d"]
    profiles.edit(name="everyday", content=content, by=STAFF, now=now)
    assert profiles.span("unit_accepts") == Span(7, "d")
    assert Entry.objects.get().note == "clocks.unit_accepts"


@pytest.mark.parametrize("bad", [["3", "wd"], [3, "weeks"], [3], 3, [-1, "wd"], [True, "wd"], None])
def test_a_clock_that_cannot_be_read_is_refused(now, bad):
    content = copy.deepcopy(profiles.profile("everyday"))
    content["clocks"]["unit_accepts"] = bad
    with pytest.raises(Incomplete, match="unit_accepts"):
        profiles.edit(name="everyday", content=content, by=STAFF, now=now)
    assert profiles.span("unit_accepts") == Span(3, "wd")


@pytest.mark.parametrize("role", [r for r in Role if r not in {Role.STAFF, Role.OPERATOR}])
def test_nobody_else_edits_rules(now, role):
    with pytest.raises(NotYours):
        profiles.edit(name="everyday", content={}, by=Actor("x", frozenset({role})), now=now)


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [
        ("numbers", "smallest_cell", 4),
        ("numbers", "bulk_min_probability", 1.5),
        ("clocks", "handled", [0, "wd"]),
    ],
)
def test_a_promise_cannot_be_edited_away(now, part, key, value):
    content = copy.deepcopy(profiles.profile("everyday"))
    content[part][key] = value
    with pytest.raises(Incomplete, match=key):
        profiles.edit(name="everyday", content=content, by=STAFF, now=now)


def test_one_request_reads_a_profile_once_and_sees_its_own_edit(now, django_assert_num_queries):
    with profiles.read_once():
        with django_assert_num_queries(1):
            profiles.number("smallest_cell")
            profiles.span("handled")
        content = copy.deepcopy(profiles.profile())
        content["numbers"]["smallest_cell"] = 9
        profiles.edit(name="everyday", content=content, by=STAFF, now=now)
        assert profiles.number("smallest_cell") == 9
