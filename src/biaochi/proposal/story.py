"""How the events of proposals read in the timeline of a matter."""

import datetime as dt

from django.utils.translation import gettext as _

from biaochi.proposal.rules import PassedTo, Refusal


def _filed(params):
    return _("写成了提案"), _("“%(title)s”立案了，编号%(number)s。") % {
        "title": params["title"],
        "number": params["number"],
    }


def _not_filed(params):
    return _("一件提案没有立案"), _("原因是“%(case)s”，转到：%(to)s。") % {
        "case": Refusal(params["case"]).label,
        "to": PassedTo(params["passed_to"]).label,
    }


def _handed(params):
    return _("提案交给单位办"), _("提案%(number)s交给%(unit)s，%(day)s前一条一条答复。") % {
        "number": params["number"],
        "unit": params["unit"],
        "day": _day(params["reply_by"]),
    }


def _returned(params):
    return _("单位退回了提案"), _("%(unit)s退回了提案%(number)s：%(why)s") % {
        "unit": params["unit"],
        "number": params["number"],
        "why": params["why"],
    }


def _replied(params):
    words = _(
        "%(unit)s答复了提案%(number)s：说已经解决的 %(a)s 条，列入计划的 %(b)s 条，眼下办不了的 %(c)s 条。"
    ) % {"unit": params["unit"], "number": params["number"], **params["classes"]}
    if params.get("late"):
        words += _("答复晚了。")
    return _("提案有了答复"), words


def _again(params):
    return _("请单位重新答复"), _("提案%(number)s的答复不对题：%(why)s") % {
        "number": params["number"],
        "why": params["why"],
    }


def _published(params):
    return _("提案和答复都公开了"), _("提案%(number)s的全文和答复都能看了。") % {
        "number": params["number"]
    }


def _day(iso):
    day = dt.date.fromisoformat(iso)
    return _("%(year)s年%(month)s月%(day)s日") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


STORY = {
    "proposal filed": _filed,
    "proposal not filed": _not_filed,
    "proposal handed over": _handed,
    "proposal returned": _returned,
    "proposal replied": _replied,
    "proposal asked again": _again,
    "proposal published": _published,
}
