"""All verbs of sitting down together, from the invitation to the signed record.

They are written in four rooms: the meeting, the wall, the votes and the record. Pages and later
stages call them from here.
"""

from biaochi.deliberation.meeting import (
    call_off,
    days_of,
    declare,
    find_seat,
    give_notice,
    open_session,
    renew_code,
    seat,
    send_papers,
)
from biaochi.deliberation.recording import (
    close_record,
    finish,
    finish_due,
    may_sign,
    note_came,
    note_point,
    sign,
    stand,
)
from biaochi.deliberation.voting import close_due, close_votes, mark_of, open_votes, vote
from biaochi.deliberation.wall import hold_back, put_up, say

__all__ = [
    "call_off",
    "close_due",
    "close_record",
    "close_votes",
    "days_of",
    "declare",
    "find_seat",
    "finish",
    "finish_due",
    "give_notice",
    "hold_back",
    "mark_of",
    "may_sign",
    "note_came",
    "note_point",
    "open_session",
    "open_votes",
    "put_up",
    "renew_code",
    "say",
    "seat",
    "send_papers",
    "sign",
    "stand",
    "vote",
]
