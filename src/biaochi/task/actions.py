"""All verbs on tasks; pages and later stages call these. Debts have their own in ``debts``."""

from biaochi.task.claiming import add_exhibit, claim, forget_strays, path_of, take_back_claim
from biaochi.task.handing import (
    accept,
    clocks_of,
    give_back,
    hand_over,
    hand_over_again,
    hand_over_all,
    recall,
)
from biaochi.task.judging import confirm, not_reached, pass_check, reopen, send_back
from biaochi.task.working import answer_more_time, ask_more_time, give_opinion, note_progress

__all__ = [
    "accept",
    "add_exhibit",
    "answer_more_time",
    "ask_more_time",
    "claim",
    "clocks_of",
    "confirm",
    "forget_strays",
    "give_back",
    "give_opinion",
    "hand_over",
    "hand_over_again",
    "hand_over_all",
    "not_reached",
    "note_progress",
    "pass_check",
    "path_of",
    "recall",
    "reopen",
    "send_back",
    "take_back_claim",
]
