"""The door to the engine for one voice: identity out of the words, before anybody reads them."""

from dataclasses import dataclass

from biaochi.engine.redact import MARKERS, parts, redact

NAME = "name"


@dataclass(frozen=True)
class Shown:
    """A text as others see it, and the kinds of identity that were covered in it."""

    text: str
    kinds: frozenset


def cover(text, names=()):
    """Return what others see of a text. An empty text stays empty.

    :param names: names that are known to lead to the speaker; wherever they stand, they go
    """
    if not text:
        return Shown("", frozenset())
    covered = redact(text)
    shown, kinds = covered.text, {span.kind for span in covered.spans}
    for name in sorted({*names, *_names(text, covered)}, key=len, reverse=True):
        if name in shown:
            shown, kinds = shown.replace(name, MARKERS[NAME]), kinds | {NAME}
    return Shown(shown, frozenset(kinds))


def names_in(text):
    """The names by which somebody gives themselves away in a text, two characters or longer."""
    return _names(text, redact(text)) if text else frozenset()


def pieces(text):
    """Split a covered text into ``(words, None)`` and ``(marker, kind)``, to show it in a page."""
    return parts(text)


def _names(text, covered):
    found = {text[span.start : span.end] for span in covered.spans if span.kind == NAME}
    return frozenset(name for name in found if len(name) > 1)
