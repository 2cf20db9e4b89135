"""The door to the engine for one voice: identity out of the words, before anybody reads them."""

import re
from dataclasses import dataclass

NUMBERS = re.compile(r"(?<!\d)(\d{17}[\dXx]|1[3-9]\d{9}|\d{16,19})(?!\d)")


@dataclass(frozen=True)
class Shown:
    """A text as others see it, and the kinds of identity that were covered in it."""

    text: str
    kinds: frozenset


def cover(text):
    """Return what others see of a text. An empty text stays empty."""
    covered, count = NUMBERS.subn("【号码】", text)
    return Shown(covered, frozenset({"phone"} if count else ()))
