"""What the timeline of a matter says of asking: facts, and no number under five."""

import pytest
from django.utils import translation

from biaochi.evaluation.story import STORY
from biaochi.voice.models import Event


@pytest.fixture(autouse=True)
def profile(db):
    """The smallest number that is shown comes from the profile."""


def test_asking_tells_how_many_and_until_when():
    title, words = STORY["people asked"]({"people": 14, "closes_on": "2026-12-01"})
    assert title == "请提的人来说：解决了没有"
    assert words == "请了说过的 14 位。等到12月1日。"


def test_few_people_are_not_counted_aloud():
    _title, words = STORY["people asked"]({"people": 4, "closes_on": "2026-12-01"})
    assert words == "请了每一位说过的人。等到12月1日。"


@pytest.mark.parametrize(
    ("months", "words"), [(1, "过了 1 个月。"), (6, "过了 6 个月。"), (36, "过了 3 年。")]
)
def test_a_revisit_tells_how_long_it_has_held(months, words):
    assert STORY["revisit holds"]({"months": months}) == ("回头看：还是好的", words)


def test_nobody_reached_is_not_told_as_good():
    title, words = STORY["revisit unreached"]({"months": 12})
    assert title == "回头看：没有问到人"
    assert "不算还是好的" in words


def test_everything_that_the_rounds_write_can_be_told(scene, round_):
    scene.all_say("solved", "solved", "solved", "solved", "solved")
    written = {event.params["what"] for event in Event.objects.filter(kind="stage")}
    assert "people asked" in written
    for event in Event.objects.filter(kind="stage", params__what__in=list(STORY)):
        title, words = STORY[event.params["what"]](event.params)
        assert title and words


def test_the_reason_in_the_record_does_not_depend_on_the_readers_language(scene, round_):
    with translation.override("en"):
        scene.all_say("unsolved", "unsolved", "unsolved", "unsolved", "solved")
    why = Event.objects.filter(matter=scene.matter).order_by("pk").last().params["why"]
    assert why.startswith("5 位回了话")
