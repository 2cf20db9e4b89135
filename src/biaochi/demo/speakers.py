"""The fictional residents: who speaks, how they can be reached, and who speaks twice."""

from dataclasses import dataclass
from random import Random

from .hand import Hand, draw_hand

# old, grown child of the old, parent, young worker, shopkeeper, driver, disabled, anybody
PERSONAS = "老子家青店车残众"


@dataclass(frozen=True)
class Speaker:
    """A fictional person: a key, never a name; the contact is an obviously invented number."""

    key: str
    persona: str
    area: str
    hand: Hand
    contact: str | None


class Crowd:
    """Everybody who has spoken so far. Grows as people are called; deterministic from `rng`."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._by_kind: dict[tuple[str, str], list[Speaker]] = {}
        self._size = 0

    def newcomer(self, persona: str, area: str) -> Speaker:
        """Somebody who has not spoken before."""
        self._size += 1
        number = self._size
        contact = None
        if self._rng.random() < 0.58:
            contact = f"1990000{number:04d}"
        speaker = Speaker(
            key=f"P{number:04d}",
            persona=persona,
            area=area,
            hand=draw_hand(self._rng, persona),
            contact=contact,
        )
        self._by_kind.setdefault((persona, area), []).append(speaker)
        return speaker

    def somebody(self, persona: str, area: str, but_not: set[str]) -> Speaker:
        """Mostly a newcomer, now and then a person who has already spoken about another thing."""
        known = self._by_kind.get((persona, area), [])
        if known and self._rng.random() < 0.1:
            speaker = self._rng.choice(known)
            if speaker.key not in but_not:
                return speaker
        return self.newcomer(persona, area)
