"""What grouping takes and gives: frozen values, every judgement with its reasons.

A *matter* (一件事) is one concrete problem at one place, project, company or crowd: never a theme.
Reasons are data, so that a page may say them in its own words:

=============  =======================================================================
kind           value
=============  =======================================================================
name           a proper name both sides use (an estate, street, school, company, line)
phrase         a wording both sides use which is rare elsewhere
similarity     average similarity of wording, 0 … 1
days           days between the message and the rest of the matter
copy           the id of an earlier message with the same words
said           somebody decided: these belong together (`same=`)
alone          nobody else wrote about this
=============  =======================================================================
"""

from dataclasses import dataclass, field
from datetime import datetime

from .letters import squeeze

__all__ = ["Grouping", "Matter", "Member", "Message", "Reason"]


@dataclass(frozen=True, slots=True)
class Message:
    """One voice as the engine sees it.

    `id` is the caller's own and must be unique; `person` is any stable token for the speaker (a
    pseudonym; "" = unknown, see `who`); `at` is a datetime or None. `likes` is carried along and
    counts for nothing.
    """

    id: str
    text: str
    title: str = ""
    person: str = ""
    at: datetime | None = None
    place: str = ""
    likes: int = 0

    @property
    def who(self):
        """Whom this counts for. Unknown speakers are told apart by their words alone.

        So a text that is sent a hundred times without a name is one person.
        """
        return self.person or ("nameless", squeeze(self.text) or squeeze(self.title))


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: its `kind`, what was seen, and how much it weighs (share of the score, 0 … 1)."""

    kind: str
    value: str | float
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Member:
    """One message in its matter.

    `score` is the average similarity to the other members (1.0 when alone), `probability` the
    calibrated chance that message and matter are the same, `why` the reasons, strongest first.
    """

    id: str
    matter: str
    score: float
    probability: float
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One concrete matter.

    `id` is the id of its most typical message (medoid), so it is stable while that message stays
    typical. `members` holds message ids, most typical first; `quotes` are sentences taken from
    the messages, one speaker each; `cohesion` is the average similarity between two members.
    `people` counts distinct speakers, `likes` is the plain sum.
    """

    id: str
    title: str
    place: str
    members: tuple[str, ...]
    people: int
    likes: int
    first: datetime | None
    last: datetime | None
    quotes: tuple[str, ...]
    names: tuple[str, ...]
    cohesion: float


@dataclass(frozen=True, slots=True)
class Grouping:
    """The whole result: `matters` by distinct people, `members` by message id."""

    matters: tuple[Matter, ...]
    members: dict[str, Member] = field(repr=False)
