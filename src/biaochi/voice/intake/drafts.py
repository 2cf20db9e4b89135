"""What is being written down for somebody: sealed, one place for each call that is open.

A place is a small number of the account; the table holds only a keyed hash of the two. The
``nonce`` tells an old page of a finished call from the call that has the place now.
"""

import datetime as dt
import secrets

from biaochi.core.seal import fingerprint, seal, unseal
from biaochi.voice.intake.rules import EMPTY
from biaochi.voice.models import Draft

PLACES = range(1, 10)
SHOWN_FOR = dt.timedelta(minutes=30)  # how long a code can be read out again
PURPOSE = "intake"


def mark_of(by, place):
    return fingerprint(f"{by.account}|{place}", PURPOSE)


def row(by, place, *, locked=False):
    """The draft at a place of this account, or None."""
    drafts = Draft.objects.select_for_update() if locked else Draft.objects
    return drafts.filter(mark=mark_of(by, place)).first()


def content_of(draft):
    """What is written down so far, or the receipt when it was sent."""
    return unseal(draft.content_sealed, PURPOSE)


def sealed(content):
    return seal(content, PURPOSE)


def fresh():
    """The content of a call that begins."""
    return {**EMPTY, "nonce": secrets.token_hex(8)}


def is_spent(draft, now):
    """True for a finished call whose code need not be read out any more."""
    return bool(draft.sent_as_id) and now - draft.changed_at > SHOWN_FOR
