"""The pages of whoever votes or sits at the table: enter a code, vote, add a sentence, sign.

A receipt code of a linked matter or a seat's code lets a visitor in; a member and a unit are known
by their account. The session of the browser keeps the key of the seat, never the code, and
forgets it after an hour without a visit.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.deliberation import actions, forms, queries
from biaochi.deliberation.rules import STATEMENT_LENGTH, VOTING, Choice, Stand, State
from biaochi.voice import actions as voices
from biaochi.voice.say import mine

IDLE = 3600
TABLE = (Role.RESIDENT, Role.MEMBER, Role.UNIT)
TRIES, SPAN = 20, 600


@dataclass(frozen=True)
class Voter:
    """Whoever stands before the page: a seat, or a voice by its receipt code, or nobody."""

    seat: object = None
    voice: object = None

    def as_who(self):
        return {"seat": self.seat} if self.seat else {"voice": self.voice}


def voter(request, session):
    """Who this visitor is at this session."""
    seat = queries.seat_for(request.actor, session)
    if seat is not None:
        return Voter(seat=seat)
    if not request.actor.has(Role.RESIDENT):
        return Voter()
    seat = kept_seat(request)
    if seat is not None and seat.session_id == session.pk:
        return Voter(seat=seat)
    voice = mine.held(request)
    try:
        actions.mark_of(session, by=request.actor, voice=voice)
    except NotYours:  # none held, or one about something else
        return Voter()
    return Voter(voice=voice)


@door(*TABLE, posts=TRIES, seconds=SPAN)
def enter(request, pk):
    """Enter a receipt code or a seat's code. The same sentence answers every miss."""
    session = the_session(request, pk)
    form = forms.Enter(request.POST or None)
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            return let_in(request, session, form.cleaned_data["code"])
        except (Incomplete, NotNow, NotYours) as miss:
            wrong = str(miss)
    seen = {"here": "matters", "session": session, "form": form, "wrong": wrong, "tries": TRIES}
    status = 422 if request.method == "POST" else 200
    return render(request, "deliberation/pages/enter.html", seen, status=status)


@door(*TABLE, methods=("GET",))
def vote(request, pk):
    """To the first sentence that this visitor has not answered, or to the end."""
    session = the_session(request, pk)
    who = voter(request, session)
    if session.state != State.VOTING:
        return redirect("session", pk=pk)
    if not (who.seat or who.voice):
        return redirect("session-enter", pk=pk)
    lines, said = ballot(request, session, who)
    place = next((n for n, line in enumerate(lines, 1) if line.pk not in said), None)
    if place is None:
        return vote_page(request, session, lines, said, None)
    return redirect("session-ballot", pk=pk, place=place)


@door(*TABLE, posts=600, seconds=600)
def one_ballot(request, pk, place):
    """One sentence, three buttons. Without an answer nothing is counted."""
    session = the_session(request, pk)
    who = voter(request, session)
    if not (who.seat or who.voice):
        return redirect("session-enter", pk=pk)
    lines, said = ballot(request, session, who)
    if not 1 <= place <= len(lines):
        raise Http404
    if request.method == "GET":
        return vote_page(request, session, lines, said, place)
    try:
        actions.vote(
            statement=lines[place - 1],
            choice=request.POST.get("choice", ""),
            by=request.actor,
            now=timezone.now(),
            **who.as_who(),
        )
    except Incomplete as wrong:
        return vote_page(request, session, lines, said, place, error=wrong)
    if place < len(lines):
        return redirect("session-ballot", pk=pk, place=place + 1)
    return redirect("session-vote", pk=pk)


@door(*TABLE, posts=20, seconds=600)
def say(request, pk):
    """Add a sentence of one's own. The office looks at it first, only for abuse and privacy."""
    session = the_session(request, pk)
    if session.state not in VOTING:
        raise NotNow(_("现在不能加新的话。"))
    who, error = voter(request, session), None
    typed = forms.Sentence(request.POST or None)
    if request.method == "POST" and typed.is_valid():
        text = typed.cleaned_data["text"]
        try:
            actions.say(
                session=session, text=text, seat=who.seat, by=request.actor, now=timezone.now()
            )
        except Incomplete as wrong:
            error = wrong
        else:
            messages.success(request, _("收到了。有人看过，没有骂人和隐私就上墙，请大家表态。"))
            return redirect("session", pk=pk)
    seen = {
        "here": "matters",
        "session": session,
        "text": request.POST.get("text", ""),
        "error": error,
        "most": STATEMENT_LENGTH,
    }
    return render(request, "deliberation/pages/say.html", seen, status=422 if error else 200)


@door(*TABLE, methods=("GET",))
def seat(request, pk):
    session = the_session(request, pk)
    found = voter(request, session).seat
    return seat_page(request, session, found) if found else redirect("session-enter", pk=pk)


@door(*TABLE, methods=("POST",), posts=60, seconds=600)
def declare(request, pk):
    """Say publicly what one gains or loses."""
    session, found = the_seat(request, pk)
    form = forms.Declare(request.POST)
    form.is_valid()
    try:
        actions.declare(seat=found, **form.cleaned_data, by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        return seat_page(request, session, found, error=wrong, typed=request.POST)
    messages.success(request, _("记下了，大家都看得到。"))
    return redirect("session-seat", pk=pk)


@door(*TABLE, methods=("POST",), posts=60, seconds=600)
def stand(request, pk):
    """What this seat says to one point, before it signs."""
    session, found = the_seat(request, pk)
    key = request.POST.get("point", "")
    chosen = queries.point(session, int(key)) if key.isdigit() and len(key) < 10 else None
    if chosen is None:
        raise Http404
    try:
        actions.stand(
            point=chosen,
            seat=found,
            stand=request.POST.get("stand", ""),
            words=request.POST.get("words", ""),
            words_public="public" in request.POST,
            by=request.actor,
            now=timezone.now(),
        )
    except (Incomplete, NotNow) as wrong:
        return seat_page(request, session, found, error=wrong, typed=request.POST)
    messages.success(request, _("改好了。签字以前都能再改。"))
    return redirect("session-seat", pk=pk)


@door(*TABLE, methods=("POST",), posts=60, seconds=600)
def sign(request, pk):
    session, found = the_seat(request, pk)
    try:
        actions.sign(seat=found, by=request.actor, now=timezone.now())
    except NotNow as wrong:
        return seat_page(request, session, found, error=wrong)
    messages.success(request, _("签好了。从现在起，谁都不能改您的话。"))
    return redirect("session-seat", pk=pk)


@door(*TABLE, methods=("POST",), posts=60, seconds=600)
def leave(request, pk):
    """Let this computer forget the seat and the receipt code."""
    request.session.pop("seat", None)
    request.session.pop("mine", None)
    request.session.cycle_key()
    messages.success(request, _("已经退出，这台设备上不记得您是谁了。"))
    return redirect("session", pk=pk)


def let_in(request, session, code):
    """Take a code for what it is: a seat's first, then a receipt."""
    if code.strip().upper().startswith("ZW"):
        found = actions.find_seat(code=code)
        if found.session_id != session.pk:
            raise NotYours(_("这个席位码是另一次协商的。"))
        request.session.cycle_key()
        request.session["seat"] = {"seat": found.pk, "at": timezone.now().timestamp()}
        return redirect("session-seat", pk=session.pk)
    voice = voices.find_by_code(code=code)
    actions.mark_of(session, by=request.actor, voice=voice)
    mine.remember(request, voice)
    return redirect("session-vote", pk=session.pk)


def kept_seat(request):
    kept = request.session.get("seat")
    now = timezone.now().timestamp()
    if not kept or now - kept["at"] > IDLE:
        request.session.pop("seat", None)
        return None
    if now - kept["at"] > 60:
        request.session["seat"] = {**kept, "at": now}
    return queries.held_seat(kept["seat"])


def ballot(request, session, who):
    """The sentences on the wall and what this visitor answered so far."""
    mark = actions.mark_of(session, by=request.actor, **who.as_who())
    return queries.wall(session), queries.own_votes(session, mark)


def vote_page(request, session, lines, said, place, error=None):
    seen = {
        "here": "matters",
        "session": session,
        "place": place,
        "total": len(lines),
        "line": lines[place - 1] if place else None,
        "chosen": said.get(lines[place - 1].pk) if place else None,
        "answered": sum(line.pk in said for line in lines),
        "Choice": Choice,
        "error": error,
    }
    return render(request, "deliberation/pages/vote.html", seen, status=422 if error else 200)


def seat_page(request, session, found, *, error=None, typed=None):
    shown = session.state in (State.SIGNING, State.SIGNED)
    seen = {
        "here": "matters",
        "session": session,
        "seat": found,
        "points": queries.points(session) if shown else [],
        "may_sign": actions.may_sign(found),
        "error": error,
        "typed": typed or {},
        "by_code": request.actor.has(Role.RESIDENT),
        "State": State,
        "Stand": Stand,
        "messages": list(messages.get_messages(request)),
    }
    status = error.http_status if error else 200
    return render(request, "deliberation/pages/seat.html", seen, status=status)


def the_seat(request, pk):
    session = the_session(request, pk)
    found = voter(request, session).seat
    if found is None:
        raise NotYours(_("请先输席位码。"))
    return session, found


def the_session(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found
