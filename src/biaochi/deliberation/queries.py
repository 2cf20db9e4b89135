"""The readers of sessions: what everybody sees, what a seat sees, what the office has to do.

No reader counts a vote before the votes are closed, for nobody.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, local_day
from biaochi.core.profiles import number
from biaochi.deliberation import minutes
from biaochi.deliberation.analysis import opinion_of
from biaochi.deliberation.models import Said, Seat, Session, Statement, Vote
from biaochi.deliberation.rules import (
    CLOSED_VOTES,
    HeldFor,
    Outcome,
    Side,
    Stand,
    State,
    Wall,
    has_options,
)
from biaochi.people.models import User
from biaochi.proposal.models import Proposal
from biaochi.proposal.rules import State as ProposalState
from biaochi.voice.models import Matter
from biaochi.voice.rules import MatterState

PAGE = 20
COMING = (State.NOTICED, State.VOTING)
FILED = (
    ProposalState.FILED,
    ProposalState.HANDED,
    ProposalState.RETURNED,
    ProposalState.REPLIED,
    ProposalState.PUBLISHED,
)
DESK_TABS = {
    "now": (State.PREPARING, State.NOTICED, State.VOTING),
    "record": (State.RECORDING, State.SIGNING),
    "done": (State.SIGNED,),
    "off": (State.CALLED_OFF,),
}
SOON = 3  # working days


@dataclass(frozen=True)
class Part:
    """One session as the page of a matter shows it. No person, no words of anybody."""

    pk: int
    title: str
    state: str
    state_words: str
    held_at: object
    place: str
    votes_close_at: object
    points: tuple  # (text, outcome, words for the outcome, doer, due_on)
    called_off_why: str


def visible_to(actor):
    """The office and auditors read all sessions, everybody else those that were announced."""
    sessions = Session.objects.select_related("proposal")
    if actor.has(Role.STAFF, Role.AUDITOR):
        return sessions
    return sessions.filter(noticed_at__isnull=False)


def get(actor, pk):
    """One session, or None when there is none that this doer may read."""
    return visible_to(actor).filter(pk=pk).first()


def listing(actor, tab, page=1):
    """The public list: ``coming`` or ``over``, a page of Django's paginator."""
    sessions = visible_to(actor).filter(noticed_at__isnull=False)
    if tab == "coming":
        found = sessions.filter(state__in=COMING).order_by("held_at", "pk")
    else:
        found = sessions.exclude(state__in=COMING).order_by("-held_at", "-pk")
    found = found.prefetch_related(Prefetch("points", to_attr="told"))
    return Paginator(found, PAGE).get_page(page)


def desk_listing(actor, tab, page=1):
    """The office's list of one drawer, what comes first on top."""
    order = ("held_at", "pk") if tab == "now" else ("-held_at", "-pk")
    sessions = visible_to(actor).filter(state__in=DESK_TABS[tab])
    counted = sessions.annotate(
        waiting=Count("statements", filter=Q(statements__wall=Wall.WAITING), distinct=True),
        chairs=Count("seats", distinct=True),
    )
    return Paginator(counted.order_by(*order), PAGE).get_page(page)


def desk_counts(actor):
    """How many sessions lie in each drawer: one query."""
    return visible_to(actor).aggregate(
        **{tab: Count("pk", filter=Q(state__in=states)) for tab, states in DESK_TABS.items()}
    )


def public_lists():
    """How many sessions are coming and over: one query."""
    return Session.objects.filter(noticed_at__isnull=False).aggregate(
        coming=Count("pk", filter=Q(state__in=COMING)),
        over=Count("pk", filter=~Q(state__in=COMING)),
    )


def seats(session):
    return list(session.seats.select_related("unit", "member"))


def seat(session, pk):
    """One seat of this session, or None."""
    return session.seats.filter(pk=pk).first()


def held_seat(pk):
    """A seat for the holder of its code (the caller has proven it), or None."""
    return Seat.objects.filter(pk=pk).first()


def seat_for(actor, session):
    """The seat of a member's account or of a unit, or None."""
    if actor.has(Role.MEMBER) and actor.account:
        return session.seats.filter(member=actor.account).first()
    if actor.has(Role.UNIT) and actor.unit:
        return session.seats.filter(unit=actor.unit).first()
    return None


def wall(session, state=Wall.UP):
    """The sentences that stand (or wait, or were held back), in their order."""
    return list(session.statements.filter(wall=state))


def wall_counts(session):
    """How many sentences stand where: ``{wall: n}``."""
    found = session.statements.order_by().values_list("wall").annotate(n=Count("pk"))
    return {state.value: 0 for state in Wall} | dict(found)


def held_back(session):
    """Why sentences are not on the wall, for everybody: ``[(words, why)]``, never the sentence."""
    held = session.statements.filter(wall=Wall.HELD)
    return [(HeldFor(one.held_for).label, one.held_why) for one in held]


def statement(session, pk):
    return session.statements.filter(pk=pk).first()


def point(session, pk):
    return session.points.filter(pk=pk).first()


def own_votes(session, mark):
    """What the holder of a mark said so far: ``{statement: choice}``. Their own votes only."""
    votes = Vote.objects.filter(statement__session=session, mark=mark)
    return dict(votes.values_list("statement", "choice"))


def opinion(session):
    """The picture of closed votes, or None."""
    return opinion_of(session, number("smallest_cell"))


def points(session):
    """The points of a record with what each seat said: ``[(point, {stand: [said]}, said)]``."""
    said = Said.objects.select_related("seat").order_by("seat__position")
    found = session.points.prefetch_related(Prefetch("said", queryset=said, to_attr="told"))
    return [
        (
            point,
            {stand.value: [one for one in point.told if one.stand == stand] for stand in Stand},
            {one.seat_id: one for one in point.told},
        )
        for point in found
    ]


def text_of(session):
    """The canonical text of the record, of which the fingerprint is taken."""
    return minutes.text_of(session)


def of_matter(matter):
    """What the page of a matter shows of this stage, or None: one query, two when there is any."""
    about = Q(matters=matter) | Q(matters__merged_into=matter)
    found = Session.objects.filter(about, noticed_at__isnull=False).distinct()
    found = found.order_by("held_at", "pk").prefetch_related(Prefetch("points", to_attr="told"))
    return tuple(_part(session) for session in found) or None


def proposals():
    """The filed proposals that a session may be about."""
    return list(Proposal.objects.filter(state__in=FILED).order_by("-submitted_at", "-pk")[:200])


def proposal(pk):
    return Proposal.objects.filter(pk=pk, state__in=FILED).first()


def matters_numbered(numbers):
    """Open matters by their numbers."""
    return list(Matter.objects.filter(number__in=numbers, state=MatterState.OPEN))


def matter(pk):
    return Matter.objects.filter(pk=pk, state=MatterState.OPEN).first()


def matters_of(session):
    """The matters that a session is about, as everybody may open them."""
    return list(session.matters.order_by("pk"))


def members():
    """The accounts of members, to offer them a seat."""
    return list(User.objects.filter(role=Role.MEMBER, is_active=True).order_by("shown_name"))


def sat_at(actor):
    """The seats of a member, with their sessions, newest first."""
    if not (actor.has(Role.MEMBER) and actor.account):
        return []
    seats = Seat.objects.filter(member=actor.account).select_related("session")
    return list(seats.order_by("-session__held_at"))


def open_ends(session):
    """What still has to be there before the votes: ``[(state, title, words)]``."""
    seats = list(session.seats.all())
    sides, silent = {one.side for one in seats}, [one for one in seats if one.declared_at is None]
    both = {Side.RESIDENT, Side.UNIT} <= sides
    ends = [
        ("go", _("居民和单位都请了"), "") if both else ("stop", _("居民和单位没请全"), ""),
        ("go", _("材料送到了"), "") if session.papers_at else ("slow", _("材料还没送"), ""),
    ]
    ends += [
        ("slow", _("%(who)s没回话") % {"who": one.who}, _("不来也开，空椅子记进纪要"))
        for one in silent
    ]
    waiting = session.statements.filter(wall=Wall.WAITING).count()
    if waiting:
        ends.append(("slow", _("%(n)s 句话等您看") % {"n": waiting}, _("只挡骂人和露隐私的")))
    return ends


def waiting(actor, today):
    """What waits for this doer here: dicts ``words, href_name, href_args, due_on, state``."""
    if actor.has(Role.STAFF):
        sessions = Session.objects.exclude(state__in=(State.SIGNED, State.CALLED_OFF))
        sessions = sessions.annotate(
            look=Count("statements", filter=Q(statements__wall=Wall.WAITING))
        )
        return [line for session in sessions for line in _for_office(session, today)]
    return [line for seat in _own_seats(actor) for line in _for_seat(seat, today)]


def _own_seats(actor):
    seats = Seat.objects.select_related("session").filter(session__noticed_at__isnull=False)
    if actor.has(Role.MEMBER) and actor.account:
        return seats.filter(member=actor.account)
    if actor.has(Role.UNIT) and actor.unit:
        return seats.filter(unit=actor.unit)
    return seats.none()


def _for_office(session, today):
    title, lines = {"title": session.title}, []
    if session.state == State.PREPARING:
        lines.append((_("发协商会通知：%(title)s"), session.notice_by))
    elif session.state == State.NOTICED and session.papers_at is None:
        lines.append((_("送协商材料：%(title)s"), session.papers_by))
    elif session.state == State.NOTICED:
        lines.append((_("请大家开始表态：%(title)s"), local_day(session.held_at)))
    elif session.state == State.RECORDING:
        lines.append((_("写协商纪要：%(title)s"), session.minutes_by))
    elif session.state == State.SIGNING:
        lines.append((_("纪要等签字：%(title)s"), session.minutes_by))
    if session.look:
        lines.append((_("看大家写的话：%(title)s"), local_day(session.held_at)))
    return [
        _wait(words % title, "desk-deliberation", session.pk, due, today) for words, due in lines
    ]


def _for_seat(seat, today):
    session, title = seat.session, {"title": seat.session.title}
    held_on = local_day(session.held_at)
    if session.state == State.NOTICED and seat.declared_at is None:
        words, due = _("说明利害：%(title)s"), held_on
    elif session.state == State.VOTING and seat.declared_at and not seat.recused:
        words, due = _("会前表态：%(title)s"), local_day(session.votes_close_at)
    elif session.state == State.SIGNING and seat.came and not (seat.recused or seat.signed_at):
        words, due = _("看纪要、签字：%(title)s"), session.minutes_by
    else:
        return []
    return [_wait(words % title, "session-seat", session.pk, due, today)]


def _wait(words, name, pk, due, today):
    left = calendar().between(today, due)
    state = "stop" if due < today else "slow" if left <= SOON else ""
    return {"words": words, "href_name": name, "href_args": [pk], "due_on": due, "state": state}


def _part(session):
    closed = session.state in CLOSED_VOTES and session.recorded_at is not None
    return Part(
        pk=session.pk,
        title=session.title,
        state=session.state,
        state_words=session.get_state_display(),
        held_at=session.held_at,
        place=session.place,
        votes_close_at=session.votes_close_at,
        points=tuple(_told(point) for point in session.told) if closed else (),
        called_off_why=session.called_off_why,
    )


def _told(point):
    words = str(Outcome(point.outcome).label) if point.outcome else ""
    return point.text, point.outcome, words, point.doer, point.due_on


def lacks_options(point):
    """Whether a split point still needs two ways on."""
    return point.outcome == Outcome.SPLIT and not has_options(point.options)


def sentences(session):
    """How many sentences stand on the wall."""
    return Statement.objects.filter(session=session, wall=Wall.UP).count()
