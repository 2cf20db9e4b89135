"""The verbs of the votes: open, vote, close. Until they close nobody sees how anybody voted."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, RESIDENT, Role
from biaochi.core.clock import local_day
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.core.seal import fingerprint
from biaochi.deliberation.models import Seat, Session, Statement, Vote
from biaochi.deliberation.rules import (
    MOVES,
    State,
    Wall,
    check_choice,
    check_declared,
)
from biaochi.deliberation.steps import check_seat, linked, locked, move, tell
from biaochi.voice.rules import State as VoiceState

GONE = frozenset({VoiceState.WITHDRAWN, VoiceState.RECALLED, VoiceState.ERASED})


@transaction.atomic
def open_votes(*, session, by, now, closes_at=None):
    """Let people vote on the wall, until the meeting or an earlier moment.

    :raises Incomplete: both sides have not declared, no papers, or nothing on the wall
    """
    session = locked(session)
    check_move(MOVES, session.state, State.VOTING, by.roles)
    declared = session.seats.filter(declared_at__isnull=False, recused=False)
    check_declared(set(declared.values_list("side", flat=True)))
    if session.papers_at is None:
        raise Incomplete(_("先把材料送到，再请大家表态。"), "papers")
    if not session.statements.filter(wall=Wall.UP).exists():
        raise Incomplete(_("墙上还没有话，没法表态。"), "statements")
    session.votes_close_at = closes_at or session.held_at
    if not now < session.votes_close_at <= session.held_at:
        raise Incomplete(_("表态要在现在以后、开会以前结束。"), "closes_at")
    fields = ("votes_close_at",)
    move(session, State.VOTING, verb="open votes", by=by, now=now, fields=fields)
    params = {"until": local_day(session.votes_close_at).isoformat()}
    tell(session, "session votes", params, by=by, now=now)
    return session


@transaction.atomic
def vote(*, statement, choice, by, now, voice=None, seat=None):
    """One person's word on one sentence; voting again changes it, until the votes close.

    Whoever spoke votes by the receipt code of a voice, whoever sits by the seat. The record says
    that somebody voted at this session: not who, not on what and not how.

    :raises NotYours: neither spoke in a linked matter nor sits at the table, or only listens
    """
    session = locked(Session(pk=statement.session_id))
    statement = Statement.objects.get(pk=statement.pk)
    if session.state != State.VOTING or now >= session.votes_close_at:
        raise NotNow(_("现在不能表态：还没开始，或者已经结束了。"))
    if statement.wall != Wall.UP:
        raise NotNow(_("这句话不在墙上。"))
    check_choice(choice)
    mark = mark_of(session, by=by, voice=voice, seat=seat)
    Vote.objects.update_or_create(statement=statement, mark=mark, defaults={"choice": choice})
    record(by=RESIDENT, verb="vote", thing=session, at=now)


@transaction.atomic
def close_votes(*, session, by, now):
    """End the voting. From here on the votes carry marks made by chance: no key leads back."""
    session = locked(session)
    check_move(MOVES, session.state, State.RECORDING, by.roles)
    if now < session.votes_close_at:
        raise NotNow(_("说好了到那一刻才结束，不能提前。"))
    session.votes_closed_at = now
    _cut_ties(session)
    move(session, State.RECORDING, verb="close votes", by=by, now=now, fields=("votes_closed_at",))
    return session


def close_due(*, now):
    """Close every voting whose moment has come; returns how many."""
    due = Session.objects.filter(state=State.VOTING, votes_close_at__lte=now)
    for session in list(due):
        close_votes(session=session, by=CLOCK, now=now)
    return len(due)


def mark_of(session, *, by, voice=None, seat=None):
    """The mark under which somebody votes at this session, after a check that they may.

    It is a keyed hash that only this session makes, so that nobody can follow a person from one
    session to the next. One speaker with several voices has one mark.
    """
    if by.roles <= {Role.STAFF, Role.AUDITOR, Role.OPERATOR, Role.CLOCK}:
        raise NotYours(_("办公室的人不表态。"))
    if seat is not None:
        _check_voter(session, Seat.objects.get(pk=seat.pk), by)
        return _mark(session, f"seat {seat.pk}")
    if voice is None or not by.has(Role.RESIDENT):
        raise NotYours(_("表态的是说过这件事的人和到会的人。请先输查询码或者席位码。"))
    inside = getattr(voice, "membership", None)
    if voice.state in GONE or inside is None or inside.matter_id not in linked(session):
        raise NotYours(_("您说的事不在这次协商里，不能在这里表态。"))
    who = f"speaker {voice.speaker_id}" if voice.speaker_id else f"voice {voice.pk}"
    return _mark(session, who)


def _mark(session, who):
    return fingerprint(f"{session.pk}|{who}", "deliberation vote")


def _check_voter(session, seat, by):
    if seat.session_id != session.pk:
        raise NotYours(_("这个席位不在这次协商里。"))
    check_seat(seat, by)
    if seat.recused:
        raise NotYours(_("您说明了利害、选了回避，只旁听，不表态。"))
    if seat.declared_at is None:
        raise NotNow(_("表态前没有说明利害，这次只能旁听。"))


def _cut_ties(session):
    """Write the votes anew, in an order by chance and under marks by chance.

    One person's votes keep one mark. Neither a key nor the order of rows leads back to anybody.
    """
    votes, fresh = list(Vote.objects.filter(statement__session=session)), {}
    for cast in votes:
        cast.mark = fresh.setdefault(cast.mark, secrets.token_hex(32))
        cast.pk = None
    secrets.SystemRandom().shuffle(votes)
    Vote.objects.filter(statement__session=session).delete()
    Vote.objects.bulk_create(votes, batch_size=400)
