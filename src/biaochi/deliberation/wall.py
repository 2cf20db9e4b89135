"""The verbs of the wall: say a sentence, put it up, hold it back. No opinion is held back."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.deliberation.models import Session, Statement
from biaochi.deliberation.rules import (
    BEFORE,
    VOTING,
    WALL_MOVES,
    Side,
    State,
    Wall,
    check_held,
    check_statement,
)
from biaochi.deliberation.steps import check_in, check_seat, locked
from biaochi.voice.analysis import cover


@transaction.atomic
def say(*, session, text, by, now, side="", seat=None):
    """Add a sentence that people may vote on, once the office has seen it.

    :param side: for the office only, which writes down what somebody said elsewhere
    :param seat: the seat that speaks; without one a visitor speaks as a resident
    :raises NotNow: not noticed yet, or the votes are closed
    """
    check_move(WALL_MOVES, None, Wall.WAITING, by.roles)
    session = locked(session)
    check_in(session, BEFORE | VOTING if by.has(Role.STAFF) else VOTING, _("现在不能加新的话。"))
    if session.state == State.VOTING and now >= session.votes_close_at:
        raise NotNow(_("表态已经结束，不能加新的话了。"))
    check_statement(text)
    last = session.statements.aggregate(last=Max("position"))["last"] or 0
    statement = Statement.objects.create(
        session=session,
        position=last + 1,
        text=cover(text.strip()).text[:140],
        side=_side(side, seat, by, session),
        at=now,
    )
    record(by=by, verb="say at session", thing=statement, at=now, after=Wall.WAITING)
    return statement


@transaction.atomic
def put_up(*, statement, by, now):
    """Let everybody read a sentence and vote on it; also one that was held back before."""
    statement = _at_the_wall(statement)
    _move(statement, Wall.UP, by)
    statement.held_for = statement.held_why = ""
    statement.save(update_fields=["wall", "held_for", "held_why"])
    record(by=by, verb="put up", thing=statement, at=now, after=Wall.UP)
    return statement


@transaction.atomic
def hold_back(*, statement, reason, why, by, now):
    """Keep a sentence off the wall: for abuse or a private matter only, with a public reason."""
    statement = _at_the_wall(statement)
    before = _move(statement, Wall.HELD, by)
    check_held(reason, why)
    statement.held_for, statement.held_why = reason, why.strip()[:200]
    statement.save(update_fields=["wall", "held_for", "held_why"])
    record(
        by=by, verb="hold back", thing=statement, at=now, before=before, after=Wall.HELD, note=why
    )
    return statement


def _at_the_wall(statement):
    session = locked(Session(pk=statement.session_id))
    check_in(session, BEFORE | VOTING, _("表态已经结束，墙上不能再动。"))
    return Statement.objects.select_for_update().get(pk=statement.pk)


def _move(statement, to, by):
    check_move(WALL_MOVES, Wall(statement.wall), to, by.roles)
    before, statement.wall = statement.wall, to
    return before


def _side(side, seat, by, session):
    if seat is not None:
        if seat.session_id != session.pk:
            raise NotYours(_("这个席位不在这次协商里。"))
        check_seat(seat, by)
        return seat.side
    if by.has(Role.STAFF):
        return side if side in Side.values else Side.OTHER
    if by.has(Role.MEMBER):
        return Side.MEMBER
    return Side.UNIT if by.has(Role.UNIT) else Side.RESIDENT
