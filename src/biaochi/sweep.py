"""What is due, derived from state: run it as often as you like, it does each thing once.

No queue remembers work here. A sweep looks what is left (an import that stopped half way,
voices without a suggestion, contacts kept long enough) and does it; a sweep that is killed is
made good by the next one.
"""

import datetime as dt

from biaochi.core import search
from biaochi.core.actors import CLOCK
from biaochi.core.knocks import forget_knocks
from biaochi.people import vault
from biaochi.voice import attachments, queries
from biaochi.voice.matters import actions as matters
from biaochi.voice.say import drafts
from biaochi.voice.sheets import actions as sheets


def sweep(*, now):
    """Do what is due at this moment; return how many of each were done."""
    return {
        "imports": sheets.resume(now=now),
        "suggestions": matters.suggest(now=now),
        "sheets forgotten": sheets.forget_tried(now=now),
        "withdrawn voices erased": erase_withdrawn(now=now),
        "contacts forgotten": forget_contacts(now=now),
        "drafts forgotten": drafts.forget_old(now=now),
        "files forgotten": attachments.forget_strays(now=now),
        "counts forgotten": forget_knocks(now=now),
        "search settled": settle(now=now),
        "tables weighed": int(search.weigh()),
    }


def erase_withdrawn(*, now):
    """A withdrawn voice is erased once its days to think better of it are over."""
    over = queries.over_regret(now=now)
    for voice in over:
        matters.erase(voice=voice, by=CLOCK, now=now)
    return len(over)


def forget_contacts(*, now):
    due = list(vault.due_to_forget(now=now))
    for speaker in due:
        vault.forget_contact(speaker=speaker, by=CLOCK, now=now)
    return len(due)


def settle(*, now):
    """Once a night, take removed words out of the search files for good."""
    local = now.astimezone(dt.timezone(dt.timedelta(hours=8)))
    if local.hour != 3:
        return 0
    search.settle()
    return 1
