"""What the timeline of a matter tells of studies. Nothing here says where anybody will go."""

from django.utils.translation import gettext as _


def _sealed(params):
    return _("要去现场看了，计划已经封好"), _(
        "“%(title)s”。去哪儿靠抽签，不打招呼；计划先封着，只公布指纹，看完再打开给大家验。"
    ) % {"title": params["title"]}


def _changed(params):
    return _("调研计划拆开重写"), _("为什么：%(why)s。原来的指纹还留着。") % {
        "why": params["why"].rstrip("。")
    }


def _revealed(params):
    return _("看完现场，计划打开了"), _("去看了 %(n)s 次。计划和抽签，您都可以自己验。") % {
        "n": params["visits"]
    }


def _reported(params):
    return _("调研报告出来了"), _("看到的好 %(good)s 条，不好 %(bad)s 条。") % {
        "good": params["good"],
        "bad": params["bad"],
    }


def _dropped(params):
    return _("这次调研没有做下去"), params["why"]


STORY = {
    "plan sealed": _sealed,
    "plan changed": _changed,
    "plan revealed": _revealed,
    "study reported": _reported,
    "study dropped": _dropped,
}
