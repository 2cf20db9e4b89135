"""What happened to a matter, in words for everybody. Numbers under the smallest cell are left out."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.voice.rules import EventKind


@dataclass(frozen=True)
class Line:
    """One line of the events; voices that joined with nothing else between are one line."""

    at: dt.datetime
    day: dt.date
    until: dt.date
    kind: str
    title: str
    words: str


def lines_of(events, smallest, tell=None):
    """Events (oldest first) as lines.

    :param tell: a later stage's ``event -> (title, words)`` or None for what it does not know
    """
    gathered = []
    for event in events:
        day, params = timezone.localdate(event.at), dict(event.params)
        if event.kind == EventKind.JOINED and gathered and gathered[-1]["kind"] == event.kind:
            gathered[-1]["until"] = day
            gathered[-1]["params"]["voices"] += params.get("voices", 0)
        else:
            told = tell(event) if tell else None
            one = {"at": event.at, "day": day, "until": day, "kind": event.kind, "params": params}
            gathered.append(one | {"told": told})
    return [_line(**one, smallest=smallest) for one in gathered]


def _line(*, kind, params, told, smallest, **rest):
    title, words = told or (str(EventKind(kind).label), words_of(kind, params, smallest))
    return Line(kind=kind, title=title, words=words, **rest)


def words_of(kind, params, smallest):
    """What is to be said beside the title of an event; "" where that says it all."""
    tell = WORDS.get(kind)
    return tell(params, smallest) if tell else ""


def _voices(params, smallest):
    n = params.get("voices", 0)
    if n < smallest:
        return ""
    return ngettext("%(n)s 条话。", "%(n)s 条话。", n) % {"n": n}


def _merged(params, smallest):
    if "into" in params:
        return _("并到“%(title)s”里了。") % {"title": params["title"]}
    titles = "".join(_("“%(title)s”") % {"title": one["title"]} for one in params["matters"])
    return _("把%(titles)s并了进来，原话都在。") % {"titles": titles}


def _split(params, smallest):
    if "title" in params:
        return _("拆成了另一件：“%(title)s”。") % {"title": params["title"]}
    return _("拆出来的话单独放着，原话都在。")


def _unit(params, smallest):
    return _("%(unit)s。") % {"unit": params["unit"]} if params.get("unit") else ""


WORDS = {
    EventKind.OPENED: _voices,
    EventKind.JOINED: _voices,
    EventKind.MERGED: _merged,
    EventKind.SPLIT: _split,
    EventKind.UNDONE: lambda params, smallest: _("恢复成原来的样子。"),
    EventKind.RENAMED: lambda params, smallest: (
        _("原来叫“%(before)s”。") % {"before": params["before"]}
    ),
    EventKind.CARED: lambda params, smallest: params["why"],
    EventKind.HANDED: _unit,
    EventKind.ACCEPTED: _unit,
    EventKind.RETURNED: _unit,
    EventKind.RECALLED: _unit,
}
