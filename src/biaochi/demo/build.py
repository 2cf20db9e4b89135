"""Build the fictional city: the office opens, and a year of voices is played."""

from dataclasses import dataclass, replace

from django.utils import timezone

from biaochi.core.clock import DAY, local_day, start_of
from biaochi.core.profiles import read_once
from biaochi.demo.choosing import raise_some
from biaochi.demo.city import qingxi
from biaochi.demo.dice import dice
from biaochi.demo.history import live_through
from biaochi.demo.life import Life
from biaochi.demo.measuring import measure
from biaochi.demo.office import open_office
from biaochi.demo.problems import problems
from biaochi.demo.proposing import refuse_and_pass_on
from biaochi.demo.shelf import fill_shelf
from biaochi.demo.stories import stories
from biaochi.demo.voices import voices
from biaochi.demo.year import Year
from biaochi.flow import Step
from biaochi.voice.models import Matter
from biaochi.voice.rules import MatterState


@dataclass(frozen=True)
class Built:
    """What a newcomer wants to know: how much there is, and codes to look matters up with."""

    voice_count: int
    codes: tuple


def build(*, seed, count, now, on_progress):
    """Play a year that ends yesterday evening into an empty database.

    :param on_progress: called with (voices told, all voices)
    """
    with read_once():
        return _played(seed, count, now, on_progress)


def _played(seed, count, now, on_progress):
    evening = start_of(local_day(now)) - DAY / 12
    spoken = [
        replace(voice, at=timezone.make_aware(voice.at))
        for voice in voices(seed, count, timezone.make_naive(evening))
    ]
    office = open_office(now=spoken[0].at - DAY)
    titles = {p.key: p.title for p in problems(qingxi(), dice(seed, "problems"))}
    told = 0

    def echo(more):
        nonlocal told
        told += more
        on_progress(told, len(spoken))

    told_stories = stories(local_day(now))
    year = Year(office, titles, now, echo, told_stories)
    year.play(spoken)
    fill_shelf(by=office.staff[0], now=now)
    life = Life(office, year.matters, now)
    for story in told_stories:
        life.live(story)
    live_through(office, year, seed)
    if "hsr" in year.matters:
        refuse_and_pass_on(office, year.matters["hsr"], now)
    raise_some(office, fresh(year), now)
    measure(office, year.matters, now)
    wanted = ("elevator", "school_parking", "night_bus")
    codes = tuple((titles[key], year.codes[key]) for key in wanted if key in year.codes)
    return Built(told, codes)


def fresh(year):
    """Matters of many people that no unit has yet: these may be worth studying."""
    keys = [matter.pk for key, matter in year.matters.items() if key not in year.stories]
    open_ones = Matter.objects.filter(pk__in=keys, state=MatterState.OPEN, step=Step.SAID)
    return list(open_ones.order_by("-people_count", "pk")[:3])
