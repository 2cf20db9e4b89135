"""Phrases that promise nothing, from a published list. They are a hint and hinder nobody."""

import json
from functools import lru_cache
from pathlib import Path

LIST = Path(__file__).parent / "data" / "vague.json"


@lru_cache(maxsize=1)
def published():
    """The published list: ``{why, phrases}``."""
    return json.loads(LIST.read_text(encoding="utf-8"))


def phrases_in(text):
    """The phrases of the list that stand in a text, in their order there."""
    found = [phrase for phrase in published()["phrases"] if phrase in (text or "")]
    return sorted(found, key=text.index) if found else []
