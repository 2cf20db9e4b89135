"""A lot that anybody can draw again, and a sealed text that anybody can check.

The rule is small enough to be done with a pocket computer: put the public value, the stratum and
the name of a place behind each other with a bar between them, take SHA-256 of that text in UTF-8,
and sort the results. The first ``k`` of each stratum are drawn; a place that falls out is
replaced by the next one. Whoever knows the list before the value is known cannot tell who comes
first, and whoever draws again gets the same.

:func:`numbered` is the procedure of RFC 3797 (Eastlake 2004), for lists that are numbered instead
of named. Its published example is drawn again in the tests.
"""

import hashlib
from dataclasses import dataclass

BAR = "|"


@dataclass(frozen=True)
class Ticket:
    """One place in the lot: the text that was hashed, its digest, and whether it is drawn."""

    stratum: str
    name: str
    text: str
    digest: str
    drawn: bool


def digest(text):
    """SHA-256 of a text in UTF-8, 64 hex digits: what ``sha256sum`` says of the same bytes."""
    return hashlib.sha256(text.encode()).hexdigest()


def commitment(text, salt):
    """What is published of a text that stays closed for now. The salt keeps it from being guessed."""
    return digest(f"{text}{BAR}{salt}")


def draw(value, strata):
    """Draw the first ``k`` places of each stratum.

    :param value: the public random value, as it was published
    :param strata: ``{stratum: (k, [names])}``
    :returns: ``[Ticket]``, stratum by stratum as given, each in the order of the lot
    :raises ValueError: a name twice in a stratum, a bar in a name, or more to draw than there are
    """
    tickets = []
    for stratum, (k, names) in strata.items():
        if len(set(names)) < len(names) or not 0 < k <= len(names):
            raise ValueError(f"cannot draw {k} of {len(names)} different places")
        if any(BAR in text for text in (value, stratum, *names)):
            raise ValueError("a bar may not stand in a value or a name")
        order = sorted((digest(text), text, name) for name, text in _texts(value, stratum, names))
        tickets += [
            Ticket(stratum, name, text, mark, place < k)
            for place, (mark, text, name) in enumerate(order)
        ]
    return tickets


def numbered(sources, pool, count, algorithm="sha256"):
    """Draw ``count`` of the numbers 1 to ``pool`` as RFC 3797 does.

    :param sources: the public values, each a list of numbers; they are sorted before they are used
    :param algorithm: the RFC writes MD5, which is kept for its example only
    """
    key = "".join("".join(f"{n}." for n in sorted(source)) + "/" for source in sources).encode()
    left, chosen = list(range(1, pool + 1)), []
    for turn in range(count):
        twice = turn.to_bytes(2, "big")
        found = hashlib.new(algorithm, twice + key + twice, usedforsecurity=False).digest()
        chosen.append(left.pop(int.from_bytes(found, "big") % len(left)))
    return chosen


def _texts(value, stratum, names):
    return [(name, BAR.join((value, stratum, name))) for name in names]
