"""The door to the engine for one voice: identity out of the words, before anybody reads them."""

from dataclasses import dataclass

from biaochi.engine.redact import parts, redact


@dataclass(frozen=True)
class Shown:
    """A text as others see it, and the kinds of identity that were covered in it."""

    text: str
    kinds: frozenset


def cover(text):
    """Return what others see of a text. An empty text stays empty."""
    if not text:
        return Shown("", frozenset())
    covered = redact(text)
    return Shown(covered.text, frozenset(span.kind for span in covered.spans))


def pieces(text):
    """Split a covered text into ``(words, None)`` and ``(marker, kind)``, to show it in a page."""
    return parts(text)
