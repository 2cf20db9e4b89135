"""The verbs of the record: who came, points, stands, minutes, signatures, the fingerprint."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, Role
from biaochi.core.clock import local_day
from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.deliberation.minutes import digest_of
from biaochi.deliberation.models import Point, Said, Session
from biaochi.deliberation.rules import (
    MOVES,
    OPEN_RECORD,
    Outcome,
    Side,
    Stand,
    State,
    check_options,
    check_stand,
    has_options,
    outcome_of,
)
from biaochi.deliberation.steps import (
    check_in,
    check_office,
    check_seat,
    locked,
    locked_seat,
    move,
    tell,
)
from biaochi.voice.analysis import cover


@transaction.atomic
def note_came(*, session, seats, by, now):
    """Write down which seats came; all others are empty chairs.

    :param seats: the keys of the seats that came
    """
    check_office(by)
    session = locked(session)
    check_in(session, {State.RECORDING}, _("开会以后、纪要定稿以前才能记谁到了。"))
    _check_held(session, now)
    came = session.seats.filter(pk__in=list(seats))
    came.update(came=True)
    session.seats.exclude(pk__in=came.values("pk")).update(came=False)
    record(by=by, verb="note who came", thing=session, at=now, note=str(len(set(seats))))
    return session


@transaction.atomic
def note_point(*, session, text, by, now, point=None, doer="", due_on=None, measure="", options=()):
    """Write a point of the record, or change one. A changed text has to be agreed anew.

    While the seats sign, only the ways on of a split point may still be completed.
    """
    check_office(by)
    session = locked(session)
    check_in(session, OPEN_RECORD, _("现在不是写纪要的时候。"))
    _check_held(session, now)
    text = cover((text or "").strip()).text[:300]
    if not text:
        raise Incomplete(_("请写这一条是什么。"), "text")
    kept = [cover(option.strip()).text[:300] for option in options if option.strip()]
    if session.state == State.SIGNING:
        return _complete_options(session, point, kept, by, now)
    if point is None:
        last = session.points.aggregate(last=Max("position"))["last"] or 0
        point = Point(session=session, position=last + 1)
    else:
        point = session.points.select_for_update().get(pk=point.pk)
        if point.text != text:
            point.said.all().delete()
    point.text, point.doer = text, (doer or "").strip()[:120]
    point.due_on, point.measure = due_on, (measure or "").strip()[:200]
    point.options = kept
    point.save()
    record(by=by, verb="note point", thing=point, at=now)
    return point


@transaction.atomic
def stand(*, point, seat, stand, by, now, words="", words_public=True):
    """What a seat says to a point. A signed seat's word is changed by nobody.

    :raises NotNow: the seat signed already, or it is not the time
    :raises NotYours: another's seat, or one that only listens
    :raises Incomplete: a reservation or a disagreement without its words
    """
    seat, session = locked_seat(seat)
    check_seat(seat, by)
    states = OPEN_RECORD if by.has(Role.STAFF) else {State.SIGNING}
    check_in(session, states, _("现在不是逐条说同不同意的时候。"))
    if seat.signed_at is not None:
        raise NotNow(_("这一席已经签字，谁都不能再改它的话。"))
    if seat.recused:
        raise NotYours(_("这一席说明了利害、选了回避，只旁听，不表态。"))
    if seat.declared_at is None and stand != Stand.ABSENT:
        raise Incomplete(_("先说明跟这件事有什么利害，再说同不同意。"), "interest")
    point = session.points.filter(pk=point.pk).first()
    if point is None:
        raise NotYours(_("这一条不在这次协商的纪要里。"))
    check_stand(stand, words)
    said, _made = Said.objects.update_or_create(
        point=point,
        seat=seat,
        defaults={
            "stand": stand,
            "words": cover((words or "").strip()[:300]).text[:300],
            "words_public": bool(words_public),
        },
    )
    if session.state == State.SIGNING:
        _settle(session)
    record(by=by, verb="note stand", thing=said, at=now, after=stand)
    return said


@transaction.atomic
def close_record(*, session, minutes, by, now):
    """End the writing: silence becomes “absent”, each point gets its outcome, seats may sign.

    :raises Incomplete: no point, no minutes, or a split point without two ways on
    """
    session = locked(session)
    check_move(MOVES, session.state, State.SIGNING, by.roles)
    _check_held(session, now)
    if not (minutes or "").strip():
        raise Incomplete(_("请写会议记录：谁说了什么，领导最后说。"), "minutes")
    if not session.points.exists():
        raise Incomplete(_("纪要里还一条也没有。"), "points")
    session.seats.filter(came__isnull=True).update(came=False)
    _fill_silence(session)
    for point in _settle(session):
        check_options(point.outcome, point.options)
    session.minutes, session.recorded_at = cover(minutes.strip()).text, now
    fields = ("minutes", "recorded_at")
    move(session, State.SIGNING, verb="close record", by=by, now=now, fields=fields)
    return session


@transaction.atomic
def sign(*, seat, by, now):
    """A seat signs the record: every point and its own words. The office notes one on paper.

    :raises NotYours: an empty chair, or somebody who only listened
    """
    seat, session = locked_seat(seat)
    check_seat(seat, by)
    check_in(session, {State.SIGNING}, _("现在不是签字的时候。"))
    if seat.signed_at is not None:
        raise NotNow(_("这一席已经签过字了。"))
    if not may_sign(seat):
        raise NotYours(_("没到会的、只旁听的不签字。"))
    seat.signed_at = now
    seat.save(update_fields=["signed_at"])
    note = "on paper" if by.has(Role.STAFF) else ""
    record(by=by, verb="sign record", thing=seat, at=now, note=note)
    return seat


@transaction.atomic
def finish(*, session, by, now):
    """The record stands. Its fingerprint is taken of the text that everybody can read.

    :raises NotNow: somebody who came has not signed and there are still days to do so
    """
    session = locked(session)
    check_move(MOVES, session.state, State.SIGNED, by.roles)
    if _unsigned(session) and local_day(now) <= session.minutes_by:
        raise NotNow(
            _("还有到会的人没签，最晚等到%(month)s月%(day)s日。")
            % {"month": session.minutes_by.month, "day": session.minutes_by.day}
        )
    points = _settle(session)
    for point in points:
        check_options(point.outcome, point.options)
    session.signed_at = now
    session.minutes_hash = digest_of(session)
    fields = ("signed_at", "minutes_hash")
    move(session, State.SIGNED, verb="finish session", by=by, now=now, fields=fields)
    outcomes = [point.outcome for point in points]
    params = {str(outcome): outcomes.count(outcome) for outcome in Outcome}
    tell(session, "session signed", params, by=by, now=now)
    return session


def finish_due(*, now):
    """Finish every session that all have signed, or whose days for signing are over.

    One that lacks the ways on of a split point waits for the office. Returns how many.
    """
    done = 0
    for session in Session.objects.filter(state=State.SIGNING):
        over = local_day(now) > session.minutes_by
        if (over or not _unsigned(session)) and not _lacks_options(session):
            finish(session=session, by=CLOCK, now=now)
            done += 1
    return done


def may_sign(seat):
    """Who came and did not step back signs."""
    return bool(seat.came) and not seat.recused


def _check_held(session, now):
    if now < session.held_at:
        raise NotNow(_("会还没开。"))


def _complete_options(session, point, options, by, now):
    if point is None:
        raise NotNow(_("已经在签字，不能再加新的一条。"))
    point = session.points.select_for_update().get(pk=point.pk)
    if point.outcome != Outcome.SPLIT or has_options(point.options):
        raise NotNow(_("已经在签字，只有没谈拢、还缺办法的那一条能补办法。"))
    point.options = options
    check_options(point.outcome, point.options)
    point.save(update_fields=["options"])
    record(by=by, verb="note point", thing=point, at=now)
    return point


def _unsigned(session):
    waiting = session.seats.filter(came=True, recused=False, signed_at__isnull=True)
    return waiting.exists()


def _lacks_options(session):
    return any(
        point.outcome == Outcome.SPLIT and not has_options(point.options)
        for point in session.points.all()
    )


def _fill_silence(session):
    seats = list(session.seats.filter(recused=False))
    for point in session.points.all():
        said = set(point.said.values_list("seat", flat=True))
        Said.objects.bulk_create(
            Said(point=point, seat=seat, stand=Stand.ABSENT)
            for seat in seats
            if seat.pk not in said
        )


def _settle(session):
    """Compute the outcome of every point from its stands; returns the points."""
    came = set(session.seats.filter(came=True, recused=False).values_list("side", flat=True))
    both = {Side.RESIDENT, Side.UNIT} <= came
    points = list(session.points.prefetch_related("said"))
    for point in points:
        point.outcome = outcome_of([said.stand for said in point.said.all()], both)
        point.save(update_fields=["outcome"])
    return points
