"""The whole story of a matter, each event told by the stage that wrote it."""

from biaochi.core.profiles import number
from biaochi.task.story import SENTENCES
from biaochi.voice.matters.queries import events
from biaochi.voice.matters.telling import lines_of
from biaochi.voice.rules import EventKind
from biaochi.voice.say import story as mine

STORIES: dict = {}


def told(matter):
    """The events of a matter as lines (``at, day, kind, title, words``), oldest first."""
    return lines_of(events(matter), number("smallest_cell"), tell)


def tell(event):
    """``(title, words)`` of an event that a later stage wrote, or None for the voices' own."""
    if event.kind == EventKind.STAGE:
        return STORIES[event.params["what"]](event.params)
    sentence = SENTENCES.get(event.kind)
    return (str(EventKind(event.kind).label), sentence(event.params)) if sentence else None


def tell_plainly(event):
    """The same for the one who spoke: what the voices' stage tells, it tells in its own words."""
    return tell(event) if event.kind == EventKind.STAGE else mine.of_event(event)
