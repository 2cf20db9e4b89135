"""All verbs on proposals and information reports."""

from biaochi.proposal.citing import cite, drop_citation
from biaochi.proposal.drafting import ask_to_sign, begin, sign, submit, take_back, write
from biaochi.proposal.filing import ask_again, hand_over, publish, review
from biaochi.proposal.handling import (
    give_back,
    give_opinion,
    judge_classes,
    keep_reply,
    note_contact,
    reply,
)
from biaochi.proposal.rating import rate
from biaochi.proposal.reporting import (
    begin_report,
    edit_report,
    not_use,
    note_answer,
    send,
    submit_report,
    write_report,
)

__all__ = [
    "ask_again",
    "ask_to_sign",
    "begin",
    "begin_report",
    "cite",
    "drop_citation",
    "edit_report",
    "give_back",
    "give_opinion",
    "hand_over",
    "judge_classes",
    "keep_reply",
    "not_use",
    "note_answer",
    "note_contact",
    "publish",
    "rate",
    "reply",
    "review",
    "send",
    "sign",
    "submit",
    "submit_report",
    "take_back",
    "write",
    "write_report",
]
