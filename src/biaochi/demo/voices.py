"""A year of voices in 青溪, the same for the same seed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from .chorus import Chorus
from .city import qingxi
from .dice import dice
from .oddities import copied_voices, flood_voices, hostile_voices
from .problems import Problem, problems
from .singles import single_problems
from .speakers import Crowd
from .spoken import SpokenVoice

# The evening before the day on which the stories are told.
UNTIL = datetime(2026, 11, 15, 22, 0)
FULL_COUNT = 3000
FEWEST = 200


def _scaled(problem: Problem, scale: float) -> Problem:
    """The same matter with fewer (or more) people; a matter never vanishes by rounding."""
    if scale == 1:
        return problem
    return replace(
        problem,
        size=max(1, round(problem.size * scale)),
        extra=round(problem.extra * scale),
    )


def _in_order(voices: Iterable[SpokenVoice], until: datetime) -> list[SpokenVoice]:
    """By time, numbered from 1; nothing lies after `until` nor more than a year before it."""
    earliest = until - timedelta(days=365)
    kept = [v if v.at >= earliest else replace(v, at=v.at + timedelta(days=7)) for v in voices]
    kept = [v if v.at <= until else replace(v, at=v.at - timedelta(days=7)) for v in kept]
    kept.sort(key=lambda v: (v.at, v.person, v.text))
    return [replace(voice, number=n) for n, voice in enumerate(kept, start=1)]


def voices(seed: int, count: int = FULL_COUNT, until: datetime = UNTIL) -> list[SpokenVoice]:
    """`count` voices of one year up to `until`, in order of time; pure and repeatable.

    Sizes of matters are meant for FULL_COUNT and shrink or grow with `count`; what is left over
    are things only one person said. ValueError below FEWEST, or when the city runs out of words.
    """
    if count < FEWEST:
        raise ValueError(f"at least {FEWEST} voices, {count} wanted")
    scale = count / FULL_COUNT
    city = qingxi()
    crowd = Crowd(dice(seed, "crowd"))
    known = problems(city, dice(seed, "problems"))
    odd = dice(seed, "odd")
    told = copied_voices(city, crowd, {p.key: p for p in known}, until, odd, scale)
    told += flood_voices(city, crowd, until, odd, scale)
    told += hostile_voices(city, until, odd)
    chorus = Chorus(city, crowd, until, seed)
    for problem in known:
        small = _scaled(problem, scale)
        if len(told) + small.size + small.extra <= count:
            told += chorus.tell(small)
    for problem in single_problems(city, count - len(told), dice(seed, "singles")):
        told += chorus.tell(problem)
    return _in_order(told, until)
