"""What is wrong in 青溪: matters with the many ways people put them into words."""

import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random
from types import MappingProxyType

from .city import DATA, City, Place
from .speakers import PERSONAS

_RESERVED = ("groups", "months", "at", "days")
_SLOTS = ("short", "says", "core", "more", "asked", "want", "so", "other", "late")


@dataclass(frozen=True)
class Saying:
    """One way to put it; `persona` is empty when anybody could say it."""

    persona: str
    text: str


@dataclass(frozen=True)
class Wording:
    """All ways to speak about one matter, by their part in a sentence (see _SLOTS)."""

    parts: MappingProxyType[str, tuple[Saying, ...]]

    def fitting(self, slot: str, persona: str) -> list[str]:
        """The sayings of a slot which this persona could use."""
        return [s.text for s in self.parts.get(slot, ()) if s.persona in ("", persona)]


@dataclass(frozen=True)
class Problem:
    """One true matter: how many different people speak of it, when, where and how.

    `places` pairs a place with its number of people; `channels` likewise, empty for the usual
    mixture; `window` is (first, last) in days before the end of the year told, and `settled` the
    day, counted alike, after which people speak of work that was done.
    """

    key: str
    title: str
    size: int
    extra: int
    category: str
    urgency: str
    groups: tuple[str, ...]
    personas: str
    places: tuple[tuple[Place, int], ...]
    channels: tuple[tuple[str, int], ...]
    window: tuple[int, int]
    shape: str
    months: tuple[int, ...]
    settled: int
    likes: int
    values: tuple[tuple[str, str], ...]
    wording: Wording


def sayings(block: str) -> tuple[Saying, ...]:
    """The lines of a block; `老：…` at the head of a line names who would say it."""
    found = []
    for line in block.strip().splitlines():
        head, mark, rest = line.partition("：")
        tagged = bool(mark) and len(head) == 1 and head in PERSONAS
        found.append(Saying(head, rest) if tagged else Saying("", line))
    return tuple(found)


def _wording(raw: dict) -> Wording:
    return Wording(MappingProxyType({s: sayings(raw[s]) for s in _SLOTS if s in raw}))


def _read(folder: str) -> dict[str, dict]:
    found: dict[str, dict] = {}
    for path in sorted((DATA / folder).glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def _problem(key: str, raw: dict, places: tuple, **own) -> Problem:
    common = {
        "key": key,
        "title": raw.get("title", ""),
        "extra": raw.get("extra", 0),
        "category": raw["category"],
        "urgency": raw["urgency"],
        "groups": tuple(raw["groups"]),
        "personas": raw["personas"],
        "places": places,
        "channels": tuple(raw.get("channels", {}).items()),
        "shape": raw.get("shape", "steady"),
        "months": tuple(raw.get("months", ())),
        "settled": raw.get("settled", 0),
        "likes": raw.get("likes", 0),
        "values": (),
        "wording": _wording(raw),
    }
    return Problem(**(common | own))


def matter_problems(city: City) -> list[Problem]:
    """The matters written by hand, the largest of the city among them."""
    return [
        _problem(
            key,
            raw,
            tuple((city.place(name), count) for name, count in raw["places"].items()),
            size=raw["size"],
            window=tuple(raw["days"]),
        )
        for key, raw in _read("matters").items()
    ]


@cache
def _themes() -> dict[str, dict]:
    return _read("themes")


def theme_keys(*, spread: bool) -> tuple[str, ...]:
    """The themes in the order of their files; with `spread` those which fit any like place."""
    return tuple(key for key, raw in _themes().items() if not spread or raw.get("spread", True))


def theme_places(key: str) -> tuple[str, ...]:
    """The places where a theme is a matter of its own."""
    return tuple(name for name, _ in _themes()[key]["at"])


def _theme_values(raw: dict, place: Place, rng: Random) -> tuple[tuple[str, str], ...]:
    """Facts which hold for everybody who speaks of this matter: which hour, which pump, how deep."""
    lists = {k: v for k, v in raw.items() if isinstance(v, list) and k not in _RESERVED}
    return tuple((name, rng.choice(choices)) for name, choices in lists.items())


def theme_problem(key: str, place: Place, size: int, rng: Random) -> Problem:
    """One theme (停车, 积水, 噪声 …) at one place: a matter of its own."""
    raw = _themes()[key]
    last = rng.randint(2, 200)
    window = (min(364, last + rng.randint(20, 150)), last)
    if raw.get("months"):
        window = (364, 2)
    return _problem(
        f"{key}:{place.name}",
        raw,
        ((place, size),),
        title=raw["title"].replace("{$place}", place.name),
        size=size,
        extra=size // 14,
        window=window,
        shape=rng.choice(("steady", "rise", "burst")),
        values=_theme_values(raw, place, rng),
    )


def theme_problems(city: City, rng: Random) -> list[Problem]:
    """Every theme at every place its file names: same words, other places, other matters."""
    return [
        theme_problem(key, city.place(name), size, rng)
        for key, raw in _themes().items()
        for name, size in raw["at"]
    ]


def problems(city: City, rng: Random) -> list[Problem]:
    """All true matters that several could speak of, largest first."""
    found = matter_problems(city) + theme_problems(city, rng)
    return sorted(found, key=lambda problem: (-problem.size, problem.key))
