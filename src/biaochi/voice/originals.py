"""What was said before redaction, and the receipt code: locked here, opened here.

The table of voices carries only the redacted words, the sealed original and a keyed hash of the
code. So a copy of the database without the key gives away neither words nor codes.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings

from biaochi.core.seal import fingerprint, seal, unseal
from biaochi.voice.rules import new_code, read_code

WORDS, ADDED = "voice words", "voice addition"


@dataclass(frozen=True)
class Words:
    """What was said, before redaction. ``added`` is what was said later, in order."""

    text: str
    title: str = ""
    place: str = ""
    added: tuple = ()


def lock_words(words):
    """Return words as the sealed bytes that stand beside a voice."""
    return seal({"text": words.text, "title": words.title, "place": words.place}, WORDS)


def open_words(voice):
    """Return the original words of a voice with everything that was added.

    :raises ValueError: the words are gone, or the key is not the one they were locked with
    """
    if not voice.original_sealed:
        raise ValueError("the words of this voice are gone")
    added = tuple(unseal(added.original_sealed, ADDED) for added in voice.additions.all())
    return Words(**unseal(voice.original_sealed, WORDS), added=added)


def lock_addition(text):
    return seal(text, ADDED)


def fresh_code():
    """A new receipt code as it is written, with the prefix of this site."""
    return new_code(settings.BIAOCHI_SITE["code_prefix"])


def mark_of(code):
    """The keyed hash by which a code is recognised; the prefix of the site does not matter."""
    return fingerprint(code.replace("-", "")[-8:], "code")


def mark_of_typed(typed):
    """The same for what a person typed.

    :raises Incomplete: it cannot be a code
    """
    return mark_of(read_code(typed, settings.BIAOCHI_SITE["code_prefix"]))


def mark_of_nobody():
    """A mark which no code has: for voices whose speaker was given none, or whose code is void."""
    return secrets.token_hex(32)
