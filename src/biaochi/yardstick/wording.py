"""The sentences of an alert: why we ask, what else it could be, how to check, by which rule.

They are made from the figures that were kept when it was asked, so that an old alert still says
what it said. None of them concludes anything.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.yardstick.rules import Question


@dataclass(frozen=True)
class Told:
    """``drawing`` is ``(kind, values, labels, hot or names)`` for the picture beside the words."""

    title: str
    why: str
    perhaps: str
    check: str
    method: str
    drawing: tuple
    caption: str


def told(alert):
    return TELLERS[alert.question](alert, alert.figures)


def about(alert):
    """Whom or what is asked about: a unit, an area, or the whole city."""
    if alert.unit:
        return alert.unit.name
    return alert.area.name if alert.area else _("全市")


def surge(alert, f):
    first, last = dt.date.fromisoformat(f["first"]), dt.date.fromisoformat(f["last"])
    share, even = percent(f["at_end"], f["total"]), round(f["even"] * 100)
    ends = _("每个月最后") if f["span"] == "quarter" else _("最后")
    why = _(
        "%(first)s到%(last)s报办完 %(total)s 件，%(end)s 件挤在%(ends)s %(days)s 天，占 %(share)s%%；平着来的话大约 %(even)s%%。"
    ) % {
        "first": short(first),
        "last": short(last),
        "total": f["total"],
        "end": f["at_end"],
        "ends": ends,
        "days": f["end_days"],
        "share": share,
        "even": even,
    }
    if f["without_photo"]:
        why += _("最后这些里有 %(n)s 件没有现在的照片。") % {"n": f["without_photo"]}
    if f["others"]:
        why += _("别的单位同期最后这几天占 %(share)s%%。") % {
            "share": percent(f["others_at_end"], f["others"])
        }
    many = len(f["bars"])
    labels = [short(first), *[""] * (many - 2), short(last)]
    return Told(
        title=_("%(who)s：%(when)s%(ends)s %(days)s 天报办完的占 %(share)s%%，为什么？")
        % {
            "who": about(alert),
            "when": span(first, last),
            "ends": ends,
            "days": f["end_days"],
            "share": share,
        },
        why=why,
        perhaps=_("集中补登记；几处一起完工；放假前后。也可能真是赶出来的。"),
        check=_("从最后这些里抽几件，问提的人，再去现场看。"),
        method=_("把工作日打乱 %(n)s 次，只有 %(p)s 这么挤（q = %(q)s）")
        % {"n": f["shuffles"], "p": per_cent(alert.p_value), "q": three(alert.q_value)},
        drawing=("columns", f["bars"], labels, f["hot"]),
        caption=_("每 %(n)s 天报办完的件数") % {"n": f["bar_days"]},
    )


def apart(alert, f):
    reported = [
        percent(count, whole) for count, whole in zip(f["reported"], f["counts"], strict=True)
    ]
    solved = [percent(count, whole) for count, whole in zip(f["solved"], f["counts"], strict=True)]
    return Told(
        title=_("%(who)s：自己报的和群众说的，越走越开，为什么？") % {"who": about(alert)},
        why=_(
            "前三个月，%(n)s 件里自报全办了的占 %(a)s%%，群众说解决了的占 %(b)s%%；后三个月，%(m)s 件里自报 %(c)s%%，群众说 %(d)s%%。"
        )
        % {
            "n": f["counts"][0],
            "a": reported[0],
            "b": solved[0],
            "m": f["counts"][1],
            "c": reported[1],
            "d": solved[1],
        },
        perhaps=_("后来的事更难；换了申报的人，写法不一样；群众等的时间变长了。"),
        check=_("挑后三个月里群众说没解决的几件，照着申报的每一条去看。"),
        method=_("把这些事的先后打乱 %(n)s 次，只有 %(p)s 岔得这么开（q = %(q)s）")
        % {"n": f["shuffles"], "p": per_cent(alert.p_value), "q": three(alert.q_value)},
        drawing=("two_lines", (reported, solved), [_("前三个月"), _("后三个月")], ()),
        caption=_("虚线是单位自己报的，实线是群众说解决了的"),
    )


def money(alert, f):
    rest = _("其他") if f["people"][-1] else _("其他（说的人太少，不计）")
    names = [name or rest for name in f["kinds"]]
    apart_most = max(range(len(names)), key=lambda i: f["people"][i] - f["money"][i])
    return Told(
        title=_("%(who)s：%(year)s年的钱往哪儿去，和话从哪儿来，错得开，为什么？")
        % {"who": about(alert), "year": f["year"]},
        why=_(
            "%(n)s 人说过的事，按类分，和花的钱对不上：要挪 %(index)s%% 的钱，两样才一样分法。差得最多的是“%(kind)s”，话占 %(people)s%%，钱占 %(money)s%%。"
        )
        % {
            "n": f["people_in_all"],
            "index": round(f["index"] * 100),
            "kind": names[apart_most],
            "people": round(f["people"][apart_most] * 100),
            "money": round(f["money"][apart_most] * 100),
        },
        perhaps=_("大工程一年付钱，管几十年；有的事不费钱；说的人多不等于要紧，没人说不等于没事。"),
        check=_("看三五年的账；挑差得最多的一类，问一问管这件事的人。"),
        method=_("把说话的人重抽 %(n)s 次，错开的在 %(low)s%% 到 %(high)s%% 之间（q = %(q)s）")
        % {
            "n": f["draws"],
            "low": round(f["low"] * 100),
            "high": round(f["high"] * 100),
            "q": three(alert.q_value),
        },
        drawing=("shares", farthest(zip(names, f["people"], f["money"], strict=True)), (), ()),
        caption=_("粗的是话占多少，细的是钱占多少"),
    )


def farthest(lines, most=5):
    """The kinds whose two shares lie farthest apart, for the drawing."""
    return sorted(lines, key=lambda line: -abs(line[1] - line[2]))[:most]


TELLERS = {Question.SURGE: surge, Question.APART: apart, Question.MONEY: money}


def percent(count, whole):
    return round(100 * count / whole) if whole else 0


def per_cent(value):
    """A chance as a person reads it: 0.04% or 12%."""
    return f"{value * 100:.2g}%" if value is not None else "—"


def three(value):
    return f"{value:.3f}" if value is not None else "—"


def span(first, last):
    """6月, or 4月至6月."""
    if first.month == last.month:
        return _("%(month)s月") % {"month": first.month}
    return _("%(first)s月至%(last)s月") % {"first": first.month, "last": last.month}


def short(day):
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}
