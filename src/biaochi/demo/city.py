"""The fictional city: areas and their places, units and what they answer for, members and staff."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"

PLACE_KINDS = ("estates", "villages", "schools", "markets", "clinics", "roads", "parks", "firms")


@dataclass(frozen=True)
class Place:
    """A spot a voice can name; `kind` is one of PLACE_KINDS without its plural, or "area"."""

    name: str
    area: str
    kind: str


@dataclass(frozen=True)
class Area:
    """A street office, town or township; `tile` is (column, row) in the tile diagram, north up."""

    key: str
    name: str
    tile: tuple[int, int]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Unit:
    """A body that answers for the matters of its categories."""

    key: str
    name: str
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """A member with the sector she sits for and the interests she has declared."""

    name: str
    sector: str
    interests: tuple[str, ...]


@dataclass(frozen=True)
class Clerk:
    """Somebody who works on matters, in the office or in a unit."""

    name: str
    unit: str
    duties: tuple[str, ...]


@dataclass(frozen=True)
class City:
    """Everything fixed about 青溪."""

    areas: tuple[Area, ...]
    units: tuple[Unit, ...]
    members: tuple[Member, ...]
    staff: tuple[Clerk, ...]
    buses: tuple[str, ...]

    def place(self, name: str) -> Place:
        """The place of that name; an area's own key or name gives the area. KeyError otherwise."""
        return _places(self)[name]

    def places(self, kind: str) -> tuple[Place, ...]:
        """All places of one kind ("estate", "road", …) in the order of the areas."""
        return tuple(p for area in self.areas for p in area.places if p.kind == kind)


@cache
def _places(city: City) -> dict[str, Place]:
    found = {p.name: p for area in city.areas for p in area.places}
    for area in city.areas:
        found[area.key] = found[area.name] = Place(area.name, area.key, "area")
    return found


def _area(raw: dict) -> Area:
    places = tuple(
        Place(name, raw["key"], kind.removesuffix("s"))
        for kind in PLACE_KINDS
        for name in raw[kind]
    )
    return Area(raw["key"], raw["name"], tuple(raw["tile"]), places)


@cache
def qingxi() -> City:
    """The city 青溪, read once from its data file."""
    raw = tomllib.loads((DATA / "city.toml").read_text(encoding="utf-8"))
    return City(
        areas=tuple(_area(a) for a in raw["areas"]),
        units=tuple(Unit(u["key"], u["name"], tuple(u["categories"])) for u in raw["units"]),
        members=tuple(
            Member(m["name"], m["sector"], tuple(m["interests"])) for m in raw["members"]
        ),
        staff=tuple(Clerk(s["name"], s["unit"], tuple(s["duties"])) for s in raw["staff"]),
        buses=tuple(raw["buses"]["lines"]),
    )
