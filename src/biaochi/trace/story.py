"""The whole story of a matter, each event told by the stage that wrote it."""

from biaochi.deliberation.story import STORY as DELIBERATION
from biaochi.evaluation.story import STORY as EVALUATION
from biaochi.proposal.story import STORY as PROPOSAL
from biaochi.study.story import STORY as STUDY
from biaochi.task.story import SENTENCES
from biaochi.task.story import STORY as TASK
from biaochi.topic.story import STORY as TOPIC
from biaochi.voice.rules import EventKind
from biaochi.voice.say import story as mine
from biaochi.yardstick.story import STORY as YARDSTICK

STORIES = TOPIC | STUDY | PROPOSAL | DELIBERATION | TASK | EVALUATION | YARDSTICK


def tell(event):
    """``(title, words)`` of an event that a later stage wrote, or None for the voices' own."""
    if event.kind == EventKind.STAGE:
        return STORIES[event.params["what"]](event.params)
    sentence = SENTENCES.get(event.kind)
    return (str(EventKind(event.kind).label), sentence(event.params)) if sentence else None


def tell_plainly(event):
    """The same for the one who spoke: what the voices' stage tells, it tells in its own words."""
    return tell(event) if event.kind == EventKind.STAGE else mine.of_event(event)
