"""The one door of this room to the engine."""

import math
from dataclasses import dataclass

DAY = 86400.0


def heat_log(moments, half_life_days):
    """log2 Σ 2^(tᵢ/h) over one moment for each person; t in days since 1970."""
    if not moments:
        return -1e9
    powers = [moment.timestamp() / DAY / half_life_days for moment in moments]
    top = max(powers)
    return top + math.log2(sum(2.0 ** (power - top) for power in powers))


@dataclass(frozen=True)
class Found:
    """Voices that seem to belong together, with reasons and doubts as data.

    ``matter`` is the key of the matter they seem to belong to, or None for a new one.
    ``scores`` is ``{key of a voice: probability}``, ``voice_reasons`` likewise.
    """

    matter: int | None
    scores: dict
    voice_reasons: dict
    title: str
    place: str
    probability: float
    reasons: list
    doubts: list


def belonging(rows, matters, pairs):
    return []
