"""The rules of handing over. A unit works on what it was given; it never sees who spoke."""

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete


class State(TextChoices):
    HANDED = "handed", gettext_lazy("等单位收下")
    ACCEPTED = "accepted", gettext_lazy("在办")
    RETURNED = "returned", gettext_lazy("单位退回了")
    RECALLED = "recalled", gettext_lazy("办公室收回了")


MOVES = {
    (None, State.HANDED): frozenset({Role.STAFF}),
    (State.HANDED, State.ACCEPTED): frozenset({Role.UNIT}),
    (State.HANDED, State.RETURNED): frozenset({Role.UNIT}),
    (State.HANDED, State.RECALLED): frozenset({Role.STAFF}),
    (State.ACCEPTED, State.RECALLED): frozenset({Role.STAFF}),
    # Only the office sends it on: a unit may not pass it to another unit by itself.
    (State.RETURNED, State.HANDED): frozenset({Role.STAFF}),
    (State.RETURNED, State.RECALLED): frozenset({Role.STAFF}),
}
LIVE = (State.HANDED, State.ACCEPTED)  # a unit has it
WHAT_LENGTH = 200


class ReturnReason(TextChoices):
    NOT_OURS = "not_ours", gettext_lazy("不归我单位管")
    IN_COURT = "in_court", gettext_lazy("已在诉讼、仲裁里")
    UNCLEAR = "unclear", gettext_lazy("说得不清，办不了")
    TWICE = "twice", gettext_lazy("和别的件重了")


def check_what(what):
    """Raise unless the office says what is to be done."""
    if not (what or "").strip():
        raise Incomplete(_("请写要办什么。"), "what")
    if len(what) > WHAT_LENGTH:
        raise Incomplete(_("要办什么最多写 %(n)s 个字。") % {"n": WHAT_LENGTH}, "what")


def check_return(reason, words):
    """Raise unless a unit says why it returns a task, in a listed reason and a sentence."""
    if reason not in ReturnReason.values:
        raise Incomplete(_("请选一个退回的原因。"), "reason")
    if not (words or "").strip():
        raise Incomplete(_("请写一句退回的理由，提的人会看到。"), "words")
