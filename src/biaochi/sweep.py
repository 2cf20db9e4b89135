"""What is due, derived from state: run it as often as you like, it does each thing once.

No queue remembers work here. A sweep looks what is left (an import that stopped half way,
voices without a suggestion, contacts kept long enough) and does it; a sweep that is killed is
made good by the next one.
"""

import datetime as dt

from biaochi.core import search
from biaochi.core.actors import CLOCK
from biaochi.core.knocks import forget_knocks
from biaochi.deliberation import recording, voting
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation import contacts
from biaochi.outcome import actions as outcome
from biaochi.task import claiming, debts
from biaochi.topic import actions as topics
from biaochi.voice import attachments, queries
from biaochi.voice.matters import actions as matters
from biaochi.voice.say import drafts
from biaochi.voice.sheets import actions as sheets
from biaochi.yardstick import actions as yardstick

CITY = dt.timezone(dt.timedelta(hours=8))


def sweep(*, now):
    """Do what is due at this moment; return how many of each were done."""
    return {
        "imports": sheets.resume(now=now),
        "suggestions": matters.suggest(now=now),
        "topics brought back": len(topics.bring_back_due(now=now)),
        "votes closed": voting.close_due(now=now),
        "records finished": recording.finish_due(now=now),
        "debts booked": debts.book(now=now),
        "debts asked": debts.ask_due(now=now),
        "checks opened": outcome.open_checks(now=now),
        "side effects noticed": outcome.watch(now=now),
        "revisits begun": outcome.start_revisits(now=now),
        "rounds opened": evaluation.open_rounds(now=now),
        "rounds closed": evaluation.close_due(now=now),
        "revisits planned late": evaluation.plan_late(now=now),
        "answers forgotten": evaluation.forget_erased(now=now),
        "questions asked": ask(now=now),
        "sheets forgotten": sheets.forget_tried(now=now),
        "withdrawn voices erased": erase_withdrawn(now=now),
        "contacts forgotten": contacts.forget_due(now=now),
        "drafts forgotten": drafts.forget_old(now=now),
        "files forgotten": attachments.forget_strays(now=now),
        "exhibits forgotten": claiming.forget_strays(now=now),
        "counts forgotten": forget_knocks(now=now),
        "search settled": settle(now=now),
        "tables weighed": int(search.weigh()),
    }


def ask(*, now):
    """Once a day, look over the year's figures for what should be asked about."""
    return yardstick.ask(now=now) if now.astimezone(CITY).hour == 4 else 0


def erase_withdrawn(*, now):
    """A withdrawn voice is erased once its days to think better of it are over."""
    over = queries.over_regret(now=now)
    for voice in over:
        matters.erase(voice=voice, by=CLOCK, now=now)
    return len(over)


def settle(*, now):
    """Once a night, take removed words out of the search files for good."""
    if now.astimezone(CITY).hour != 3:
        return 0
    search.settle()
    return 1
