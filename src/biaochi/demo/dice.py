"""Chance that repeats: the same seed and purpose always throw the same."""

from random import Random


def dice(seed: int, purpose: str) -> Random:
    """Dice of their own for each purpose, so that a new matter does not disturb the others."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 - a story, not a secret
