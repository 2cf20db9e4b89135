"""The pages of sessions for everybody: the list, one session, its record; and for members."""

import csv
from collections import Counter

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.deliberation import actions, queries, seats
from biaochi.deliberation.rules import (
    APART_TENTHS,
    CLOSED_VOTES,
    SHARED_TENTHS,
    VOTING,
    Outcome,
    State,
)


@door(methods=("GET",))
def sessions(request):
    """All sessions that were announced: coming ones, then those that are over."""
    tab = "over" if request.GET.get("tab") == "over" else "coming"
    counts = queries.public_lists()
    if "tab" not in request.GET and not counts["coming"] and counts["over"]:
        tab = "over"
    seen = {
        "here": "matters",
        "tab": tab,
        "counts": counts,
        "page": queries.listing(request.actor, tab, request.GET.get("page")),
        "Outcome": Outcome,
    }
    return render(request, "deliberation/pages/sessions.html", seen)


@door(methods=("GET",))
def session(request, pk, *, ways=None):
    """One session: when, who sits there, what is said; later what was shared and agreed.

    :param ways: a function of the session that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = the_session(request, pk)
    at_table = queries.seats(found)
    closed = found.state in CLOSED_VOTES
    recorded = found.state in (State.SIGNING, State.SIGNED)
    opinion = queries.opinion(found)
    points = queries.points(found) if recorded else []
    counted = Counter(point.outcome for point, _stands, _said in points)
    seen = {
        "here": "matters",
        "session": found,
        "matters": queries.matters_of(found),
        "seats": at_table,
        "came": [seat for seat in at_table if seat.came],
        "away": [seat for seat in at_table if seat.came is False],
        "unsigned": [s for s in at_table if actions.may_sign(s) and not s.signed_at],
        "statements": [] if closed else queries.wall(found),
        "held": queries.held_back(found),
        "opinion": opinion,
        "drawn": [group.drawn() for group in opinion.groups] if opinion else [],
        "points": points,
        "outcomes": {key.value: counted[key] for key in Outcome},
        "recorded": recorded,
        "may_say": found.state in VOTING,
        "ways": ways(found) if ways else "",
        "mine": seats.voter(request, found).seat,
        "shared": SHARED_TENTHS,
        "apart": APART_TENTHS,
        "State": State,
        "messages": list(messages.get_messages(request)),
    }
    return render(request, "deliberation/pages/session.html", seen)


@door(methods=("GET",))
def record(request, pk):
    """The canonical text of a signed record, byte for byte what the fingerprint is taken of."""
    found = the_session(request, pk)
    if found.state != State.SIGNED:
        raise Http404
    response = HttpResponse(queries.text_of(found), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="session-{found.pk}.txt"'
    return response


@door(methods=("GET",))
def votes(request, pk):
    """The closed votes as a table: per sentence and group in tenths, no rows of people."""
    found = the_session(request, pk)
    opinion = queries.opinion(found)
    if opinion is None:
        raise Http404
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="session-{found.pk}.csv"'
    table = csv.writer(response)
    table.writerow([_("一句话"), _("哪一组"), _("同意几成"), _("说不准几成"), _("不同意几成")])
    for line in (*opinion.shared, *opinion.refused, *opinion.apart, *opinion.other):
        for group, tenths in zip(opinion.groups, line.tenths, strict=True):
            table.writerow([plain(line.text), group.name, *(tenths or ("", "", ""))])
    return response


@door(Role.MEMBER, methods=("GET",))
def member_sessions(request):
    """The sessions at which a member has a seat."""
    seen = {"here": "member-deliberations", "seats": queries.sat_at(request.actor)}
    return render(request, "deliberation/pages/member.html", seen)


def plain(text):
    """A cell that no table program takes for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def the_session(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found
