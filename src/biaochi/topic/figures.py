"""What is counted about some matters at one moment, and how the counts are told.

The figures are kept with a candidate as they were on that day; they are exact. Who reads them
decides how they are told: to the office as they are, to everybody else without small cells.
"""

import datetime as dt
from collections import defaultdict

from django.utils.translation import gettext as _

from biaochi.core.cells import hide_small
from biaochi.core.clock import local_day
from biaochi.core.profiles import number
from biaochi.topic.rules import Criterion
from biaochi.voice.matters.cells import shown_cells
from biaochi.voice.matters.counting import PERSON
from biaochi.voice.models import Membership
from biaochi.voice.rules import GROUP_TAGS, Group, State


def counted(matters, *, now):
    """The figures of one candidate: ``{Criterion: {…}}``, each person counted once.

    :param matters: rows with their category and its unit
    """
    days = int(number("hot_window_days"))
    people, recent, earlier = set(), set(), set()
    groups, areas = defaultdict(set), defaultdict(set)
    since, before = now - dt.timedelta(days=days), now - dt.timedelta(days=2 * days)
    for person, said_at, touches, area in _said(matters):
        people.add(person)
        if said_at >= since:
            recent.add(person)
        elif said_at >= before:
            earlier.add(person)
        for group in touches:
            groups[group].add(person)
        if area:
            areas[area].add(person)
    units = {one.category.unit.name for one in matters if one.category and one.category.unit}
    figures = {
        Criterion.STRONG: {
            "people": len(people),
            "recent": len(recent),
            "earlier": len(earlier),
            "days": days,
        },
        Criterion.WHOM: {"groups": _sizes(groups)},
        Criterion.NARROW: {"areas": _sizes(areas), "matters": len(matters)},
        Criterion.FEASIBLE: {"units": sorted(units)},
    }
    return {key: {"on": local_day(now).isoformat(), **value} for key, value in figures.items()}


def told(criterion, figures, floor):
    """The figures of one criterion in words; counts under ``floor`` are not told.

    :param floor: the smallest number that may be told; 0 for the office, which sees all
    """
    return TELLERS[Criterion(criterion)](figures, floor) if figures else ""


def people_words(people, floor):
    if people < floor:
        return _("不足 %(n)s 人说过") % {"n": floor}
    return _("%(n)s 人说过") % {"n": people}


def _said(matters):
    heard = Membership.objects.filter(matter__in=matters, voice__state=State.HEARD)
    rows = heard.annotate(person=PERSON).order_by()
    return rows.values_list("person", "voice__said_at", "voice__groups", "voice__area__name")


def _sizes(found):
    return {name: len(members) for name, members in sorted(found.items())}


def _strong(figures, floor):
    people, recent = figures["people"], figures["recent"]
    words = [people_words(people, floor)]
    shown = {"recent": recent, "rest": people - recent}
    if floor:
        shown = hide_small(shown, floor)
    if shown["recent"] is not None and people >= floor:
        weeks = figures["days"] // 7
        words.append(_("近 %(weeks)s 周 %(n)s 人") % {"weeks": weeks, "n": recent})
        if figures["earlier"] >= floor:
            words.append(
                _("再前 %(weeks)s 周 %(n)s 人") % {"weeks": weeks, "n": figures["earlier"]}
            )
    return _("，").join(words)


def _whom(figures, floor):
    if not figures["groups"]:
        return _("说的人没有写跟谁有关")
    cells = shown_cells(figures["groups"], floor)
    words = [
        _("%(who)s %(n)s 人") % {"who": GROUP_TAGS[Group(name)], "n": n} for name, n in cells.shown
    ]
    if cells.hidden:
        names = _("、").join(str(GROUP_TAGS[Group(name)]) for name in cells.hidden)
        words.append(_("%(who)s也有人说，人少不写数") % {"who": names})
    return _("，").join(words)


def _narrow(figures, floor):
    areas = len(figures["areas"])
    if not areas:
        return _("说的人没有写在哪里")
    return _("%(n)s 个街道、乡镇") % {"n": areas}


def _feasible(figures, floor):
    if not figures["units"]:
        return _("职责目录里看不出归谁管")
    return _("照职责目录，归%(units)s管") % {"units": _("、").join(figures["units"])}


TELLERS = {
    Criterion.STRONG: _strong,
    Criterion.WHOM: _whom,
    Criterion.NARROW: _narrow,
    Criterion.FEASIBLE: _feasible,
}
