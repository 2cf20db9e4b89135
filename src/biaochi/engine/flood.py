"""Floods: many messages from one person, or one text sent many times. Data that explains, no verdict.

Many copies are often honest (neighbours share a letter), so a flood takes nothing away: every
person still counts once, as everybody does. It only says why messages and people differ.
"""

from collections import defaultdict
from dataclasses import dataclass

from .letters import squeeze

__all__ = ["Flood", "floods"]

MANY_BY_ONE = 5
MANY_COPIES = 3


@dataclass(frozen=True, slots=True)
class Flood:
    """One thing worth knowing about a matter's messages.

    kind `one_person`: `messages` messages by one person (`who` is the token). kind `copied`: one
    text in `messages` messages by `people` people; `days` lie between the first and the last
    (None when untimed). `ids` are the messages, sorted.
    """

    kind: str
    messages: int
    people: int
    days: float | None
    ids: tuple[str, ...]
    who: str = ""


def floods(messages, many_by_one=MANY_BY_ONE, many_copies=MANY_COPIES):
    """Return the Floods among one matter's messages, largest first."""
    by_person, by_text = defaultdict(list), defaultdict(list)
    for message in messages:
        if message.person:
            by_person[message.person].append(message)
        by_text[squeeze(message.text) or squeeze(message.title)].append(message)
    found = [
        _flood("one_person", group, who)
        for who, group in by_person.items()
        if len(group) >= many_by_one
    ]
    found += [_flood("copied", group) for group in by_text.values() if len(group) >= many_copies]
    return tuple(sorted(found, key=lambda f: (-f.messages, f.kind, f.ids)))


def _flood(kind, messages, who=""):
    times = [m.at for m in messages if m.at is not None]
    days = (max(times) - min(times)).total_seconds() / 86_400 if times else None
    people = len({m.who for m in messages})
    return Flood(kind, len(messages), people, days, tuple(sorted(m.id for m in messages)), who)
