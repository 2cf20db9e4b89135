"""What happened to a matter, with the deeds of units told in full: who, what, until when, why.

The matters' own room tells its events; it cannot know what a unit is. Here its lines get the
sentences of the four events that tasks write. They name units and the office, never people.
"""

import datetime as dt
from dataclasses import replace

from django.utils.translation import gettext as _

from biaochi.core.profiles import number
from biaochi.task.rules import ReturnReason
from biaochi.voice.matters.queries import events
from biaochi.voice.matters.telling import lines_of
from biaochi.voice.rules import EventKind


def told(matter):
    """The events of a matter as lines (``at, day, kind, title, words``), oldest first."""
    happened = events(matter)
    words = {
        (event.at, event.kind): SENTENCES[event.kind](event.params)
        for event in happened
        if event.kind in SENTENCES
    }
    return [
        replace(line, words=words.get((line.at, line.kind), line.words))
        for line in lines_of(happened, number("smallest_cell"))
    ]


def _handed(params):
    words = _("交给%(unit)s，要办的是：%(what)s。%(day)s前办完。") % {
        "unit": params["unit"],
        "what": params["what"].rstrip("。"),
        "day": _day(params["due_on"]),
    }
    if params.get("why"):
        words += _("为什么派给它：%(why)s。") % {"why": params["why"].rstrip("。")}
    return words


def _accepted(params):
    return _("%(unit)s收下了，先做：%(act)s。%(day)s前办完。") % {
        "unit": params["unit"],
        "act": params["first_act"].rstrip("。"),
        "day": _day(params["due_on"]),
    }


def _returned(params):
    words = _("%(unit)s退回了，原因是“%(reason)s”：%(words)s") % {
        "unit": params["unit"],
        "reason": ReturnReason(params["reason"]).label,
        "words": params["why"],
    }
    if params.get("suggested"):
        words += _("（它看该归%(unit)s）") % {"unit": params["suggested"]}
    return words


def _recalled(params):
    return _("办公室从%(unit)s收回了：%(why)s") % {"unit": params["unit"], "why": params["why"]}


def _day(iso):
    day = dt.date.fromisoformat(iso)
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


SENTENCES = {
    EventKind.HANDED: _handed,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _returned,
    EventKind.RECALLED: _recalled,
}
