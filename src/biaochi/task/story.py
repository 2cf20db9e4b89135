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


def told(matter, tellers=None):
    """The events of a matter as lines (``at, day, kind, title, words``), oldest first.

    :param tellers: ``{what: teller}`` for the steps of further stages; what nobody can tell is
        left out. Without any, tasks tell their own.
    """
    tellers = STORY if tellers is None else tellers
    happened = [
        event
        for event in events(matter)
        if event.kind != EventKind.STAGE or event.params.get("what") in tellers
    ]
    # Voices that joined are gathered into one line; every other event has a line of its own.
    single = (event for event in happened if event.kind != EventKind.JOINED)
    lines = []
    for line in lines_of(happened, number("smallest_cell")):
        if line.kind != EventKind.JOINED:
            title, words = _told_of(next(single), tellers)
            line = replace(line, title=title or line.title, words=words or line.words)
        lines.append(line)
    return lines


def _told_of(event, tellers):
    """``(title or None, words or None)`` for an event that a stage can tell better."""
    if event.kind == EventKind.STAGE:
        return tellers[event.params["what"]](event.params)
    if event.kind in SENTENCES:
        return None, SENTENCES[event.kind](event.params)
    return None, None


def _handed(params):
    words = _("交给%(unit)s，要办的是：%(what)s。%(day)s前办完。") % {
        "unit": params["unit"],
        "what": params["what"].rstrip("。"),
        "day": _day(params["due_on"]),
    }
    if params.get("why"):
        words += _("为什么派给它：%(why)s。") % {"why": params["why"].rstrip("。")}
    if params.get("items"):
        words += _("分成 %(n)s 条，一条一条报。") % {"n": params["items"]}
    if params.get("helpers"):
        words += _("请%(units)s会办。") % {"units": _("、").join(params["helpers"])}
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


def _progress(params):
    return _("%(unit)s说有了进展") % params, params["words"]


def _opinion(params):
    return _("会办单位给了意见"), _("%(helper)s把意见给了%(unit)s。") % params


def _more_asked(params):
    words = _("想延到%(day)s，因为：%(why)s。这段时间先做：%(act)s。") % {
        "day": _day(params["until"]),
        "why": params["why"].rstrip("。"),
        "act": params["meanwhile"].rstrip("。"),
    }
    return _("%(unit)s申请延期") % params, words


def _more_granted(params):
    words = _("从%(before)s延到%(day)s，因为：%(why)s") % {
        "before": _day(params["before"]),
        "day": _day(params["due_on"]),
        "why": params["why"],
    }
    return _("办公室批了%(unit)s的延期") % params, words


def _more_refused(params):
    words = _("还是%(day)s前办完，因为：%(why)s") % {
        "day": _day(params["due_on"]),
        "why": params["why"],
    }
    return _("办公室没有批%(unit)s的延期") % params, words


def _claimed(params):
    words = _("办了 %(yes)s 条，一部分 %(partly)s 条，没办 %(no)s 条。") % params
    words += _("办公室%(day)s前核查，单位自己说了不算。") % {"day": _day(params["check_by"])}
    return _("%(unit)s报了办理情况") % params, words


def _claim_taken_back(params):
    return _("%(unit)s撤回了申报") % params, _("接着办，办好了再报。")


def _check_passed(params):
    return _("办公室核查过了"), _("%(unit)s报的属实。现在问提的人：解决了没有？") % params


def _sent_back(params):
    words = _("%(why)s。%(unit)s接着办，%(day)s前再报。") % {
        "why": params["why"].rstrip("。"),
        "unit": params["unit"],
        "day": _day(params["due_on"]),
    }
    return _("核查对不上，退回重办"), words


def _confirmed(params):
    return _("提的人说解决了"), _("%(unit)s办的这一件，群众验收了。") % params


def _reopened(params):
    words = _("%(why)s。%(unit)s重新办，%(day)s前办完。") % {
        "why": params["why"].rstrip("。"),
        "unit": params["unit"],
        "day": _day(params["due_on"]),
    }
    return _("提的人说没解决，退回重办"), words


def _nobody(params):
    return _("没有问到人"), _("回话的人不够，不能算解决。什么时候回话都算数。")


STORY = {
    "progress": _progress,
    "opinion given": _opinion,
    "more time asked": _more_asked,
    "more time granted": _more_granted,
    "more time refused": _more_refused,
    "claimed": _claimed,
    "claim taken back": _claim_taken_back,
    "check passed": _check_passed,
    "claim sent back": _sent_back,
    "confirmed": _confirmed,
    "reopened": _reopened,
    "nobody reached": _nobody,
}
SENTENCES = {
    EventKind.HANDED: _handed,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _returned,
    EventKind.RECALLED: _recalled,
}
