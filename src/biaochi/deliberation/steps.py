"""What every verb of this stage does alike: lock, move, tell the matters."""

from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.deliberation.models import Seat, Session
from biaochi.deliberation.rules import MOVES, OFFICE
from biaochi.flow import Step
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter
from biaochi.voice.rules import EventKind, MatterState


def check_office(by):
    """Raise unless the office itself is at work."""
    if not by.roles & OFFICE:
        raise NotYours(_("这一步由办公室来做。"))


def locked(session):
    return Session.objects.select_for_update().get(pk=session.pk)


def locked_seat(seat):
    """The seat, after its session: ``(seat, session)``."""
    session = locked(Session(pk=seat.session_id))
    return Seat.objects.select_for_update().get(pk=seat.pk), session


def check_in(session, states, sentence):
    """Raise unless the session stands in one of these states."""
    if session.state not in states:
        raise NotNow(sentence)


def check_seat(seat, by):
    """Raise unless the doer may speak for this seat.

    A resident has shown the seat's code to the page; a member and a unit are known by account.
    """
    if by.has(Role.STAFF, Role.RESIDENT):
        return
    mine = by.has(Role.MEMBER) and by.account and seat.member_id == by.account
    ours = by.has(Role.UNIT) and by.unit and seat.unit_id == by.unit
    if not (mine or ours):
        raise NotYours(_("这个席位不是您的。"))


def move(session, to, *, verb, by, now, note="", fields=()):
    """Take the session to a state, save the named fields with it, and record the deed."""
    check_move(MOVES, session.state, to, by.roles)
    before, session.state = session.state, to
    session.save(update_fields=["state", *fields])
    record(by=by, verb=verb, thing=session, at=now, before=before, after=to, note=note)


def linked(session):
    """The keys of all matters that a session is about, and of those they were merged into."""
    found = set(session.matters.values_list("pk", flat=True))
    fresh = found
    while fresh:
        into = Matter.objects.filter(pk__in=fresh, merged_into__isnull=False)
        fresh = set(into.values_list("merged_into", flat=True)) - found
        found |= fresh
    return found


def tell(session, what, params, *, by, now):
    """Write the timeline of every open matter the session is about."""
    for matter in Matter.objects.filter(pk__in=linked(session), state=MatterState.OPEN):
        matters.reach(
            matter=matter,
            step=Step.PROPOSED,
            by=by,
            now=now,
            kind=EventKind.STAGE,
            params={"what": what, "session": session.pk, **params},
        )
