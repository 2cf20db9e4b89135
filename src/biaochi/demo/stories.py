"""Reads the stories of the most important matters and sets their dates to a given today."""

import tomllib
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from .city import DATA, qingxi
from .problems import Problem, matter_problems
from .story import Story

# The Monday on which all papers and prototypes are written.
TODAY = date(2026, 11, 16)


def _value(kind: Any, raw: Any, shift: timedelta) -> Any:
    """A plain TOML value as the annotated frozen one; dates move by `shift`."""
    if isinstance(kind, UnionType):
        kind = next(k for k in get_args(kind) if k is not NoneType)
    if is_dataclass(kind):
        return _built(kind, raw, shift)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], item, shift) for item in raw)
    if kind is date:
        return raw + shift
    return raw


def _built(kind: Any, raw: dict, shift: timedelta) -> Any:
    """A frozen value from a table. KeyError when the table has a field the value does not know."""
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)}
    if unknown := set(raw) - known:
        raise KeyError(f"{kind.__name__}: {sorted(unknown)}")
    return kind(**{name: _value(hints[name], item, shift) for name, item in raw.items()})


def _told(key: str, raw: dict, problem: Problem, shift: timedelta) -> Story:
    areas = tuple(dict.fromkeys(place.area for place, _ in problem.places))
    own = {
        "key": key,
        "category": problem.category,
        "groups": problem.groups,
        "areas": areas,
    }
    return _built(Story, raw | own | {"lights": tuple(raw.get("lights", {}).items())}, shift)


def stories(today: date = TODAY) -> tuple[Story, ...]:
    """The stories, all their dates moved by as many days as `today` lies after TODAY.

    Dates inside sentences stay as they are written; with the default everything agrees.
    """
    shift = today - TODAY
    known = {problem.key: problem for problem in matter_problems(qingxi())}
    found = []
    for path in sorted((DATA / "stories").glob("*.toml")):
        for key, raw in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.append(_told(key, raw, known[key], shift))
    return tuple(found)
