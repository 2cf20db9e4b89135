"""What the timeline of a matter tells of topics: chosen, put aside, brought back."""

import datetime as dt

from django.utils.translation import gettext as _

from biaochi.topic.rules import GoesTo


def _chosen(params):
    return _("定为调研选题了"), _("“%(title)s”。为什么选它：%(why)s。") % {
        "title": params["title"],
        "why": params["why"].rstrip("。"),
    }


def _aside(params):
    day = dt.date.fromisoformat(params["review_on"])
    words = _("为什么：%(why)s。%(to)s：%(where)s。%(month)s月%(day)s日再看一次。") % {
        "why": params["why"].rstrip("。"),
        "to": GoesTo(params["goes_to"]).label,
        "where": params["where"].rstrip("。"),
        "month": day.month,
        "day": day.day,
    }
    return _("这次没有选去调研"), words


def _back(params):
    return _("又拿回来商量要不要调研"), params["why"]


STORY = {"topic chosen": _chosen, "topic aside": _aside, "topic back": _back}
