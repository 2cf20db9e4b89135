"""What happened to a matter, with the deeds of units told in full: who, what, until when, why.

The matters' own room tells its events; it cannot know what a unit is. Here its lines get the
sentences of the four events that tasks write. They name units and the office, never people.
"""

import datetime as dt

from django.utils.translation import gettext as _

from biaochi.core.clock import local_day
from biaochi.core.profiles import number
from biaochi.deliberation.story import STORY as DELIBERATION
from biaochi.proposal.story import STORY as PROPOSAL
from biaochi.study.story import STORY as STUDY
from biaochi.task.rules import ReturnReason
from biaochi.topic.story import STORY as TOPIC
from biaochi.voice.matters.queries import events
from biaochi.voice.matters.telling import lines_of
from biaochi.voice.rules import EventKind


def told(matter):
    """The events of a matter as a unit reads them, oldest first (``at, day, kind, title, words``).

    What later stages wrote is left out here: its outcome stands in what tasks tell themselves.
    """
    known = [
        event
        for event in events(matter)
        if event.kind != EventKind.STAGE or event.params.get("what") in KNOWN
    ]
    return lines_of(known, number("smallest_cell"), _tell)


def why_again(task):
    """Why a task is worked on again: ``(day, title, words)`` of the latest reason, or None."""
    again = ("reopened", "claim sent back")
    found = [
        event
        for event in events(task.matter)
        if event.kind == EventKind.STAGE
        and event.params.get("what") in again
        and event.params.get("task") == task.pk
    ]
    return (local_day(found[-1].at), *_tell(found[-1])) if found else None


def _tell(event):
    """``(title, words)`` of an event that this stage or an earlier one wrote, or None for the voices' own."""
    if event.kind == EventKind.STAGE:
        return KNOWN[event.params["what"]](event.params)
    sentence = SENTENCES.get(event.kind)
    return (str(EventKind(event.kind).label), sentence(event.params)) if sentence else None


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


def _debt_booked(params):
    words = _("%(day)s前：%(promise)s。记在欠账本上，到日子自己回来。") % {
        "day": _full_day(params["due_on"]),
        "promise": params["promise"].rstrip("。"),
    }
    return _("%(unit)s答应了一条") % params, words


def _debt_put_off(params):
    words = _("从%(before)s改到%(day)s，因为：%(why)s原来的日子一直留着。") % {
        "before": _full_day(params["before"]),
        "day": _full_day(params["due_on"]),
        "why": params["why"].rstrip("。") + "。",
    }
    return _("%(unit)s答应的一条改了日子") % params, words


def _debt_kept(params):
    title = (
        _("%(unit)s答应的一条晚了才兑现") if params.get("late") else _("%(unit)s答应的一条兑现了")
    )
    return title % params, params["promise"]


def _full_day(iso):
    day = dt.date.fromisoformat(iso)
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


STORY = {
    "debt booked": _debt_booked,
    "debt put off": _debt_put_off,
    "debt kept": _debt_kept,
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
KNOWN = TOPIC | STUDY | PROPOSAL | DELIBERATION | STORY  # what may stand before a task
SENTENCES = {
    EventKind.HANDED: _handed,
    EventKind.ACCEPTED: _accepted,
    EventKind.RETURNED: _returned,
    EventKind.RECALLED: _recalled,
}
