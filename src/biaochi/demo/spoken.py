"""One thing somebody in 青溪 said, with the truth a test may check the product against."""

from dataclasses import dataclass
from datetime import datetime

CHANNELS = ("web", "phone", "counter", "member", "sheet")
URGENCIES = ("急", "难", "愁", "盼")
KINDS = ("ordinary", "near_duplicate", "flood", "hostile")


@dataclass(frozen=True)
class SpokenVoice:
    """A voice as it arrives, and beside it what only the story-teller knows.

    `number` counts from 1 in order of time. `person`, `truth`, `kind` and `stance` are hidden
    from the product: who spoke, which true matter is meant (the same key means the same matter),
    what sort of input it is, and "other" when the speaker sees the matter from the other side.
    `urgency` and `title` may be empty, `likes` is None outside sheets.
    """

    number: int
    text: str
    title: str
    at: datetime
    channel: str
    area: str
    place: str
    groups: tuple[str, ...]
    urgency: str
    person: str
    contact: str | None
    likes: int | None
    public: bool
    category: str
    truth: str
    kind: str
    stance: str = ""
