"""How the rounds of asking are told in a matter's timeline: facts and numbers, never persons."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.profiles import number


def _asked(params):
    return _("请提的人来说：解决了没有"), _who(params) + _until(params)


def _asked_again(params):
    return _("回头再问：还是好的吗"), _who(params) + _until(params)


def _holds(params):
    return _("回头看：还是好的"), _after(params)


def _nobody(params):
    return _("回头看：没有问到人"), _after(params) + _("没有问到，不算还是好的。")


def _who(params):
    if params["people"] < number("smallest_cell"):
        return _("请了每一位说过的人。")
    return ngettext("请了说过的 %(n)s 位。", "请了说过的 %(n)s 位。", params["people"]) % {
        "n": params["people"]
    }


def _until(params):
    day = dt.date.fromisoformat(params["closes_on"])
    return _("等到%(month)s月%(day)s日。") % {"month": day.month, "day": day.day}


def _after(params):
    months = params["months"]
    if months % 12 == 0:
        years = months // 12
        return ngettext("过了 %(n)s 年。", "过了 %(n)s 年。", years) % {"n": years}
    return ngettext("过了 %(n)s 个月。", "过了 %(n)s 个月。", months) % {"n": months}


STORY = {
    "people asked": _asked,
    "people asked again": _asked_again,
    "revisit holds": _holds,
    "revisit unreached": _nobody,
}
