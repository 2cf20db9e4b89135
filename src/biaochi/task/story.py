"""What happened to a matter, in sentences that anybody may read: units and the office, no people."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.task.rules import ReturnReason
from biaochi.voice.rules import EventKind


def told(events):
    """Events as lines of the short way: ``[(moment, title, words, state)]``, in their order.

    ``state`` is "late" where a unit gave it back, "now" on the last line, "" otherwise.
    """
    events = list(events)
    return [
        (
            event.at,
            str(EventKind(event.kind).label),
            sentence(event),
            "late" if event.kind == EventKind.RETURNED else "now" if event is events[-1] else "",
        )
        for event in events
    ]


def sentence(event):
    """One event in a sentence; "" where the title says all."""
    return SENTENCES[event.kind](event.params)


def _opened(params):
    n = params.get("voices", 0)
    return ngettext(
        "%(n)s 条意思相近的话归成了这件事。", "%(n)s 条意思相近的话归成了这件事。", n
    ) % {"n": n}


def _joined(params):
    n = params.get("voices", 0)
    return ngettext("又有 %(n)s 条话归了进来。", "又有 %(n)s 条话归了进来。", n) % {"n": n}


def _merged(params):
    return _("和意思相同的事并在了一起，原话都在。")


def _split(params):
    return _("说的不是一回事的话拆了出去，原话都在。")


def _undone(params):
    return _("上一次归并撤销了，恢复原样。")


def _renamed(params):
    return _("原来叫“%(before)s”。") % {"before": params.get("before", "")}


def _cared(params):
    return _("为什么：%(why)s") % {"why": params.get("why", "")}


def _handed(params):
    words = _("交给%(unit)s，要办的是：%(what)s。%(day)s前办完。") % {
        "unit": params["unit"],
        "what": params["what"],
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
    EventKind.OPENED: _opened,
    EventKind.JOINED: _joined,
    EventKind.MERGED: _merged,
    EventKind.SPLIT: _split,
    EventKind.UNDONE: _undone,
    EventKind.RENAMED: _renamed,
    EventKind.CARED: _cared,
    EventKind.UNCARED: lambda params: "",
    EventKind.HANDED: _handed,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _returned,
    EventKind.RECALLED: _recalled,
}
