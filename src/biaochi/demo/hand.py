"""A person's way of writing: stops, dialect, slips. The same person always writes alike."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from random import Random

from .city import DATA

PUNCTUATIONS = ("full", "commas", "spaces", "bare", "loud", "dots")
_STOPS = re.compile(r"[，。；：！？、…“”]")


@dataclass(frozen=True)
class Hand:
    """How somebody writes: punctuation, and how strong dialect, slips and wordiness are (0–1)."""

    punctuation: str
    dialect: float
    slips: float
    wordy: float


@cache
def manners() -> dict:
    """The sayings and word swaps everybody shares, read once."""
    return tomllib.loads((DATA / "manners.toml").read_text(encoding="utf-8"))


def draw_hand(rng: Random, persona: str) -> Hand:
    """A hand that suits the persona: the young leave out stops, the old take their time."""
    weights = {"老": (60, 22, 4, 4, 8, 2), "青": (34, 22, 18, 14, 6, 6)}.get(
        persona, (48, 22, 9, 9, 8, 4)
    )
    return Hand(
        punctuation=rng.choices(PUNCTUATIONS, weights=weights)[0],
        dialect=rng.choice((0.0, 0.1, 0.25, 0.5, 0.8)),
        slips=rng.choice((0.0, 0.0, 0.0, 0.15, 0.4)),
        wordy=rng.random() * (1.0 if persona in "老家" else 0.85),
    )


def _swap_words(text: str, rng: Random, strength: float) -> str:
    for word, others in manners()["swaps"].items():
        bound = f"一{word}" in text or f"{word}家" in text
        if word in text and not bound and rng.random() < strength:
            text = text.replace(word, rng.choice(others), 1 if rng.random() < 0.4 else -1)
    return text


def _slip(text: str, rng: Random) -> str:
    wrong = [(a, b) for a, b in manners()["typos"].items() if a in text]
    if not wrong:
        return text
    right, slip = rng.choice(wrong)
    return text.replace(right, slip, 1)


def _punctuate(text: str, rng: Random, style: str) -> str:
    if style == "commas":
        return re.sub("[。；]", "，", text.rstrip("。；"))
    if style == "spaces":
        return " ".join(_STOPS.sub(" ", text).split())
    if style == "bare":
        gap = "" if len(text) < 45 else " "
        return gap.join(_STOPS.sub(" ", text).split())
    if style == "loud":
        return text.rstrip("。！？") + rng.choice(("！！", "！！！", "！"))
    if style == "dots":
        return text.replace("。", "……")
    return text


def write(text: str, hand: Hand, rng: Random, *, typed_by_staff: bool = False) -> str:
    """The text as this hand writes it; staff who type for somebody make no slips."""
    text = _swap_words(text, rng, hand.dialect)
    if typed_by_staff:
        return text
    if rng.random() < hand.slips:
        text = _slip(text, rng)
    return _punctuate(text, rng, hand.punctuation)
