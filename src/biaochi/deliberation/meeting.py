"""The verbs before anybody votes: open a session, invite, declare, notice, papers, call off."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biaochi.core.clock import calendar, due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.core.seal import fingerprint
from biaochi.deliberation.models import Seat, Session
from biaochi.deliberation.rules import (
    BEFORE,
    MOVES,
    Side,
    State,
    check_table,
    check_time,
    day_before,
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
from biaochi.people.models import Unit, User
from biaochi.proposal.rules import State as ProposalState
from biaochi.voice.analysis import cover
from biaochi.voice.rules import new_code, read_code

PREFIX = "ZW"  # a seat's code, not to be taken for the receipt of a voice
PROFILE = "consultation"
NOT_FILED = {
    ProposalState.DRAFT,
    ProposalState.SUBMITTED,
    ProposalState.NOT_FILED,
    ProposalState.WITHDRAWN,
}


@transaction.atomic
def open_session(*, title, question, held_at, place, by, now, proposal=None, matters=()):
    """Call a session on a filed proposal, on matters, or on both. Its days follow the profile.

    :raises NotNow: the proposal is not filed (yet)
    :raises Incomplete: nothing it is about, no question, no place, or a moment that is over
    """
    check_move(MOVES, None, State.PREPARING, by.roles)
    about = {matter.pk for matter in matters}
    if proposal is not None:
        if proposal.state in NOT_FILED:
            raise NotNow(_("这件提案还没有立案，不能拿来协商。"))
        about |= set(proposal.matters.values_list("pk", flat=True))
    if not about and proposal is None:
        raise Incomplete(_("请连上一件提案，或者一件事。"), "about")
    session = Session(title=(title or "").strip(), question=(question or "").strip())
    session.place, session.proposal = (place or "").strip(), proposal
    _check_call(session, held_at, now)
    session.opened_at, session.held_at = now, held_at
    _set_days(session)
    session.save()
    session.matters.set(about)
    record(by=by, verb="open session", thing=session, at=now, after=State.PREPARING)
    return session


@transaction.atomic
def seat(*, session, who, side, by, now, unit=None, member=None, how=""):
    """Invite somebody to the table. Returns the seat and its code, which is never shown again.

    :param who: what they are (“夜班工人代表”); a resident's name is refused
    """
    check_office(by)
    session = locked(session)
    check_in(session, BEFORE, _("已经开始表态，不能再加席位。"))
    who = _described(who, side)
    if side == Side.UNIT and not Unit.objects.filter(pk=unit.pk if unit else 0).exists():
        raise Incomplete(_("请选是哪个单位。"), "unit")
    if member is not None and not User.objects.filter(pk=member.pk, role="member").exists():
        raise Incomplete(_("请选一位委员。"), "member")
    last = session.seats.aggregate(last=Max("position"))["last"] or 0
    code = new_code(PREFIX)
    made = Seat.objects.create(
        session=session,
        position=last + 1,
        who=who,
        side=side,
        unit=unit if side == Side.UNIT else None,
        member=member if side == Side.MEMBER else None,
        code_mark=mark_of(code),
        how=cover((how or "").strip()[:80]).text[:80],
        invited_at=now,
    )
    record(by=by, verb="invite", thing=made, at=now, after=side)
    return made, code


@transaction.atomic
def renew_code(*, seat, by, now):
    """Give a seat a new code when the old one is lost; the old one opens nothing any more."""
    check_office(by)
    seat, session = locked_seat(seat)
    check_in(session, set(State) - {State.SIGNED, State.CALLED_OFF}, _("这次协商已经结束。"))
    code = new_code(PREFIX)
    seat.code_mark = mark_of(code)
    seat.save(update_fields=["code_mark"])
    record(by=by, verb="renew seat code", thing=seat, at=now)
    return code


def find_seat(*, code):
    """The seat that a code belongs to.

    :raises Incomplete: it cannot be a code
    :raises NotNow: there is no such seat
    """
    found = Seat.objects.select_related("session").filter(
        code_mark=mark_of(read_code(code, PREFIX))
    )
    seat = found.first()
    if seat is None:
        raise NotNow(_("没有这个席位码。请对着通知再输一遍。"))
    return seat


@transaction.atomic
def declare(*, seat, interest, by, now, recused=False):
    """Say publicly what a seat gains or loses. Whoever steps back only listens.

    Before the votes it may be changed. Who only came to the meeting declares there, and had no
    vote.
    """
    seat, session = locked_seat(seat)
    check_seat(seat, by)
    late = session.state == State.RECORDING and seat.declared_at is None
    if not late:
        check_in(session, BEFORE, _("已经开始表态，利害不能再改。"))
    if not (interest or "").strip():
        raise Incomplete(_("请写跟这件事有什么利害；没有的写“没有”。"), "interest")
    seat.interest = cover(interest.strip()).text[:200]
    seat.recused, seat.declared_at = bool(recused), now
    seat.save(update_fields=["interest", "recused", "declared_at"])
    after = "recused" if seat.recused else "declared"
    record(by=by, verb="declare interest", thing=seat, at=now, after=after)
    return seat


@transaction.atomic
def give_notice(*, session, by, now, why=""):
    """Tell everybody when and where. Later than the profile's day it needs a public reason."""
    session = locked(session)
    check_move(MOVES, session.state, State.NOTICED, by.roles)
    check_table(set(session.seats.values_list("side", flat=True)))
    check_time(local_day(now), session.notice_by, why)
    session.noticed_at = now
    _keep_why(session, why, local_day(now) > session.notice_by)
    fields = ("noticed_at", "short_why")
    move(session, State.NOTICED, verb="give notice", by=by, now=now, note=why, fields=fields)
    params = {"held_on": local_day(session.held_at).isoformat(), "place": session.place}
    tell(session, "session noticed", params, by=by, now=now)
    return session


@transaction.atomic
def send_papers(*, session, papers, by, now, why=""):
    """Send the papers in plain words to everybody at the table, and put them on the public page."""
    check_office(by)
    session = locked(session)
    check_in(session, {State.NOTICED}, _("发了通知、还没开始表态的时候才能送材料。"))
    if not (papers or "").strip():
        raise Incomplete(_("请写一页大白话的材料：是什么事、有几种办法、各要花多少。"), "papers")
    late = local_day(now) > session.papers_by
    check_time(local_day(now), session.papers_by, why)
    session.papers, session.papers_at = cover(papers.strip()).text, now
    _keep_why(session, why, late)
    session.save(update_fields=["papers", "papers_at", "short_why"])
    record(by=by, verb="send papers", thing=session, at=now, note=why)
    return session


@transaction.atomic
def call_off(*, session, why, by, now):
    """The session will not be held. Everybody reads why."""
    session = locked(session)
    check_move(MOVES, session.state, State.CALLED_OFF, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写为什么不开了，大家都看得到。"), "why")
    session.called_off_why, told = why.strip()[:300], session.noticed_at is not None
    fields = ("called_off_why",)
    move(session, State.CALLED_OFF, verb="call off", by=by, now=now, note=why, fields=fields)
    if told:
        tell(session, "session called off", {"why": session.called_off_why}, by=by, now=now)
    return session


def mark_of(code):
    """The keyed hash by which a seat's code is recognised; the code itself is not kept."""
    return fingerprint(code, "seat code")


def days_of(held_at):
    """The last days of a session on its clocks: ``(notice_by, papers_by, minutes_by)``."""
    held_on = local_day(held_at)
    notice, papers, minutes = (
        span(clock, PROFILE) for clock in ("notice_before", "papers_before", "minutes_after")
    )
    days = calendar()
    return (
        day_before(held_on, notice, days),
        day_before(held_on, papers, days),
        due_on(held_on, minutes),
    )


def _set_days(session):
    session.notice_by, session.papers_by, session.minutes_by = days_of(session.held_at)


def _check_call(session, held_at, now):
    if not session.title or len(session.title) > 120:
        raise Incomplete(_("请写题目，不超过 120 个字。"), "title")
    if not session.question or len(session.question) > 300:
        raise Incomplete(_("请写要谈的是什么，用一句问话，不超过 300 个字。"), "question")
    if not session.place or len(session.place) > 120:
        raise Incomplete(_("请写在哪里开，不超过 120 个字。"), "place")
    if held_at is None or held_at <= now:
        raise Incomplete(_("请写哪天几点开，要在现在以后。"), "held_at")


def _described(who, side):
    """The words for a seat; a person's name or number is no description."""
    who = (who or "").strip()
    if side not in Side.values:
        raise Incomplete(_("请选坐在哪一边。"), "side")
    if not who or len(who) > 80:
        raise Incomplete(_("请写是什么身份的人，不超过 80 个字。"), "who")
    if side == Side.RESIDENT and cover(who).kinds:
        raise Incomplete(_("居民只写身份，不写姓名和电话，例如“夜班工人代表”。"), "who")
    return who


def _keep_why(session, why, late):
    """Reasons for less time stand on the public page, one after the other."""
    if late:
        session.short_why = " ".join(filter(None, [session.short_why, why.strip()]))[:300]
