"""What an honest inbox also receives: copied texts, floods, and hostile input."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from .city import DATA, City
from .hand import draw_hand
from .phrase import expand
from .problems import Problem
from .speakers import Crowd, Speaker
from .spoken import SpokenVoice


@cache
def _raw() -> dict:
    return tomllib.loads((DATA / "unusual.toml").read_text(encoding="utf-8"))


def _plain(text: str, at: datetime, speaker: Speaker, place: str, **own) -> SpokenVoice:
    common: dict[str, Any] = {
        "number": 0,
        "text": text,
        "title": "",
        "at": at,
        "channel": "web",
        "area": speaker.area,
        "place": place,
        "groups": (),
        "urgency": "",
        "person": speaker.key,
        "contact": speaker.contact,
        "likes": None,
        "public": True,
    }
    return SpokenVoice(**(common | own))


def _edited(text: str, edits: dict, rng: Random) -> str:
    """The copied text with the small changes people make before they paste it."""
    for old, new in rng.sample(edits["swaps"], rng.randint(1, 4)):
        text = text.replace(old, new, 1)
    return rng.choice(edits["opens"]) + text + rng.choice(edits["closes"])


def copied_voices(
    city: City,
    crowd: Crowd,
    problems: dict[str, Problem],
    until: datetime,
    rng: Random,
    scale: float,
) -> list[SpokenVoice]:
    """Three texts passed round in estate groups: many real people, nearly one wording each."""
    raw = _raw()["copies"]
    told = []
    for key, batch in raw.items():
        if key == "edits":
            continue
        place = city.place(batch["place"])
        begin = until - timedelta(days=batch["days_ago"])
        begin = begin.replace(hour=9, minute=0, second=0, microsecond=0)
        for _ in range(max(2, round(batch["count"] * scale))):
            at = begin + timedelta(hours=batch["hours"] * rng.random() ** 1.7)
            at = at.replace(hour=rng.choice((8, 9, 12, 13, 18, 19, 20, 21, 22)))
            told.append(
                _plain(
                    _edited(batch["text"], raw["edits"], rng),
                    at.replace(second=rng.randint(0, 59), microsecond=0),
                    crowd.newcomer("众", place.area),
                    place.name,
                    groups=problems[key].groups,
                    urgency=problems[key].urgency,
                    category=problems[key].category,
                    truth=key,
                    kind="near_duplicate",
                )
            )
    return told


def _flood_moment(flood: dict, part: float, until: datetime, rng: Random) -> datetime:
    evening = (until - timedelta(days=flood["days_ago"])).replace(
        hour=18, minute=30, second=0, microsecond=0
    )
    if flood["days"] == 1:
        return evening + timedelta(seconds=int(part * 4.5 * 3600))
    day = evening + timedelta(days=int(part * flood["days"]))
    return day.replace(
        hour=rng.choice((7, 12, 19, 21, 22, 23)),
        minute=rng.randint(0, 59),
        second=rng.randint(0, 59),
    )


def flood_voices(
    city: City, crowd: Crowd, until: datetime, rng: Random, scale: float
) -> list[SpokenVoice]:
    """One person who writes for weeks, and one text sent by three people in an evening."""
    told = []
    for key, flood in _raw()["flood"].items():
        place = city.place(flood["place"])
        people = [crowd.newcomer("众", place.area) for _ in range(flood["people"])]
        lines = flood["lines"].strip().splitlines()
        count = max(flood["people"], round(flood["count"] * scale))
        for n in range(1, count + 1):
            at = _flood_moment(flood, (n - 1) / count, until, rng)
            values = {"n": str(n), "date": f"{at.month}月{at.day}日"}
            told.append(
                _plain(
                    expand(rng.choice(lines), rng, values),
                    at,
                    people[n % len(people)],
                    place.name,
                    groups=("街坊",),
                    urgency=flood["urgency"],
                    category=flood["category"],
                    truth=f"flood:{key}",
                    kind="flood",
                )
            )
    return told


def hostile_voices(city: City, until: datetime, rng: Random) -> list[SpokenVoice]:
    """Inputs that test the walls: markup, formulas, invisible characters, private numbers."""
    told = []
    for n, entry in enumerate(_raw()["hostile"], start=1):
        area = rng.choice(city.areas)
        at = until - timedelta(minutes=rng.randint(10, 364 * 24 * 60))
        stranger = Speaker(f"H{n:03d}", "众", area.key, draw_hand(rng, "众"), None)
        told.append(
            _plain(
                entry["text"] * entry.get("repeat", 1),
                at.replace(microsecond=0),
                stranger,
                area.name,
                category="",
                truth=f"hostile:{entry['name']}",
                kind="hostile",
            )
        )
    return told
