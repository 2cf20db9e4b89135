"""Things only one person said: a line of its own, or a theme at a place nobody else spoke of."""

import tomllib
from random import Random
from types import MappingProxyType

from .city import DATA, City, Place
from .problems import Problem, Saying, Wording, theme_keys, theme_places, theme_problem

_GROUPS = {
    "village": ("街坊",),
    "school": ("一小",),
    "clinic": ("一老",),
    "firm": ("一青壮",),
    "estate": ("街坊",),
}
_THEME_SHARE = 0.38


def _line_problem(group: dict, index: int, line: str, place: Place, rng: Random) -> Problem:
    first = rng.randint(6, 364)
    return Problem(
        key=f"single:{group['kind']}-{index}:{place.name}",
        title="",
        size=1,
        extra=0,
        category=group["category"],
        urgency=rng.choice("急难愁愁盼盼"),
        groups=_GROUPS.get(group["kind"], ()),
        personas={"school": "家", "firm": "青"}.get(group["kind"], "老子家青店车众众"),
        places=((place, 1),),
        channels=(),
        window=(first, max(first - 20, 1)),
        shape="steady",
        months=(),
        settled=0,
        likes=0,
        values=(),
        wording=Wording(MappingProxyType({"core": (Saying("", line),)})),
    )


def _line_singles(city: City, rng: Random) -> list[Problem]:
    """Every line at every place of its kind, lines taking turns so that none crowds out others."""
    raw = tomllib.loads((DATA / "singles.toml").read_text(encoding="utf-8"))
    queues: list[list[Problem]] = []
    for group in raw["group"]:
        kind = "area" if group["kind"] == "bus" else group["kind"]
        if kind == "area":
            places = [city.place(area.key) for area in city.areas]
        else:
            places = list(city.places(kind))
        for index, line in enumerate(group["lines"].strip().splitlines()):
            spots = rng.sample(places, len(places))
            queues.append([_line_problem(group, index, line, spot, rng) for spot in spots])
    rng.shuffle(queues)
    longest = max(len(queue) for queue in queues)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _theme_singles(city: City, rng: Random) -> list[Problem]:
    """Each theme at places of the same kind which its own list leaves out."""
    found = []
    for key in theme_keys(spread=True):
        named = [city.place(name) for name in theme_places(key)]
        kinds = {place.kind for place in named} - {"area", "firm"}
        free = [p for kind in sorted(kinds) for p in city.places(kind) if p not in named]
        found += [theme_problem(key, p, 1, rng) for p in rng.sample(free, min(6, len(free)))]
    rng.shuffle(found)
    return found


def single_problems(city: City, wanted: int, rng: Random) -> list[Problem]:
    """`wanted` different matters of one person each. ValueError when the city has too few."""
    themes = _theme_singles(city, rng)[: round(wanted * _THEME_SHARE)]
    lines = _line_singles(city, rng)[: wanted - len(themes)]
    if len(themes) + len(lines) < wanted:
        raise ValueError(f"only {len(themes) + len(lines)} single matters, {wanted} wanted")
    return themes + lines
