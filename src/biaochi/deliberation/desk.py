"""The office's pages: all sessions, a new one, and the desk of one session."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.deliberation import actions, forms, queries
from biaochi.deliberation.doing import DEEDS, checked
from biaochi.deliberation.rules import (
    BEFORE,
    CLOSED_VOTES,
    VOTING,
    HeldFor,
    Side,
    Stand,
    State,
    Wall,
)

WALL_TABS = {"waiting": Wall.WAITING, "up": Wall.UP, "held": Wall.HELD}
HERE = "desk-deliberations"


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def sessions(request):
    """All sessions in four drawers."""
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.DESK_TABS else "now"
    seen = {
        "here": HERE,
        "tab": tab,
        "counts": queries.desk_counts(request.actor),
        "page": queries.desk_listing(request.actor, tab, request.GET.get("page")),
        "messages": list(messages.get_messages(request)),
        "may_write": request.actor.has(Role.STAFF),
    }
    return render(request, "deliberation/pages/desk_list.html", seen)


@door(Role.STAFF)
def new(request):
    """Call a session. A proposal or a matter may be given by ``?proposal=`` or ``?matter=``."""
    form = forms.Open(request.POST or None, initial=beforehand(request))
    error = None
    if request.method == "POST":
        try:
            deed = checked(form).deed()
            session = actions.open_session(**deed, by=request.actor, now=timezone.now())
        except (Incomplete, NotNow) as wrong:
            error = wrong
        else:
            messages.success(request, _("建好了。接下来请人：居民和单位都要有。"))
            return redirect("desk-deliberation", pk=session.pk)
    seen = {"here": HERE, "form": form, "error": error}
    status = error.http_status if error else 200
    return render(request, "deliberation/pages/desk_new.html", seen, status=status)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def session(request, pk, *, ways=None):
    return desk_page(request, the_session(request, pk), ways=ways)


@door(Role.STAFF, methods=("POST",))
def deed(request, pk, what):
    """One deed of the office on one session; a refusal gives the whole page back as typed."""
    found = the_session(request, pk)
    if what not in DEEDS:
        raise Http404
    try:
        told = DEEDS[what](request, found)
    except (Incomplete, NotNow) as wrong:
        found = the_session(request, pk)
        return desk_page(request, found, error=wrong, failed=what, typed=request.POST)
    messages.success(request, told)
    return redirect("desk-deliberation", pk=pk)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def sheet(request, pk):
    """The attendance sheet to print: seats and room to sign, no names."""
    found = the_session(request, pk)
    seen = {"here": HERE, "session": found, "seats": queries.seats(found)}
    return render(request, "deliberation/pages/desk_sheet.html", seen)


def desk_page(request, found, *, error=None, failed="", typed=None, ways=None):
    """The desk of one session: everything that is to be done, in the order of its days."""
    chosen = request.GET.get("wall", "")
    chosen = chosen if chosen in WALL_TABS else "waiting"
    seats = queries.seats(found)
    seen = {
        "here": HERE,
        "session": found,
        "today": timezone.localdate(),
        "matters": queries.matters_of(found),
        "seats": seats,
        "signers": [seat for seat in seats if actions.may_sign(seat)],
        "ends": queries.open_ends(found),
        "walls": queries.wall_counts(found),
        "wall": chosen,
        "statements": queries.wall(found, WALL_TABS[chosen]),
        "opinion": queries.opinion(found),
        "points": [(p, s, said, queries.lacks_options(p)) for p, s, said in queries.points(found)],
        "invite": forms.Invite(typed if failed == "invite" else None),
        "code": request.session.pop("seat_code", None),
        "ways": ways(found) if ways else "",
        "error": error,
        "at": {"failed": failed, "typed": typed or {}, "error": error},
        "is_held": timezone.now() >= found.held_at,
        "votes_over": bool(found.votes_close_at and timezone.now() >= found.votes_close_at),
        "may_write": request.actor.has(Role.STAFF),
        "messages": list(messages.get_messages(request)),
        "State": State,
        "Stand": Stand,
        "Side": Side,
        "HeldFor": HeldFor,
        "before": found.state in BEFORE,
        "wall_open": found.state in BEFORE | VOTING,
        "votes_closed": found.state in CLOSED_VOTES,
    }
    status = error.http_status if error else 200
    return render(request, "deliberation/pages/desk.html", seen, status=status)


def beforehand(request):
    """What the form of a new session holds before anybody types."""
    proposal = queries.proposal(digits(request.GET.get("proposal", "")))
    matter = queries.matter(digits(request.GET.get("matter", "")))
    title = proposal.title if proposal else matter.title if matter else ""
    return {
        "title": title[:120],
        "proposal": proposal.pk if proposal else None,
        "numbers": matter.number if matter else "",
    }


def digits(typed):
    return int(typed) if typed.isdigit() and len(typed) < 10 else 0


def the_session(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found
