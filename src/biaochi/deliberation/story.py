"""What the matters' timeline says of sitting down together. Facts only; nobody is named."""

import datetime as dt

from django.utils.translation import gettext as _


def noticed(params):
    words = _("%(day)s在%(place)s，居民、单位和委员坐下来谈。") % {
        "day": _day(params["held_on"]),
        "place": params["place"],
    }
    return _("要开协商会"), words


def votes(params):
    return _("开始表态"), _("说过这件事的人凭查询码表态，%(day)s结束。结束以前谁也看不到。") % {
        "day": _day(params["until"])
    }


def signed(params):
    parts = [
        (params["agreed"], _("谈拢 %(n)s 条")),
        (params["reserved"], _("谈拢但有保留 %(n)s 条")),
        (params["split"], _("没谈拢 %(n)s 条")),
    ]
    told = [words % {"n": n} for n, words in parts if n]
    return _("协商会的纪要签好了"), _("，").join(told) + _("。")


def called_off(params):
    return _("协商会没有开成"), params["why"]


def _day(iso):
    day = dt.date.fromisoformat(iso)
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


STORY = {
    "session noticed": noticed,
    "session votes": votes,
    "session signed": signed,
    "session called off": called_off,
}
