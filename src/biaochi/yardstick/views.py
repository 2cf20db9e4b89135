"""The public pages of the yardstick: lights, ratios, every number with its rows, alerts, ledger."""

import datetime as dt

from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.yardstick import queries
from biaochi.yardstick.rules import LASTING

ROWS = 50
ALERTS = 2


@door(methods=("GET",))
def yardstick(request):
    """One area and one period on one page: five lights, what lasts, the gap, the questions."""
    frame, chosen = frame_of(request)
    before = queries.periods.year_before(frame.period)
    earlier = queries.Frame(frame.area, before, frame.today, frame.book) if before else None
    points, others = queries.quadrant(queries.achievements(frame))
    alerts = queries.public_alerts(frame)
    clause, landed, effect = queries.ratios(frame)
    seen = {
        **chosen,
        "frame": frame,
        "lights": queries.lights(frame, earlier),
        "lines": queries.lines(),
        "points": points,
        "others": others,
        "gaps": queries.gaps(frame),
        "alerts": [(alert, queries.told(alert)) for alert in alerts[:ALERTS]],
        "alert_count": len(alerts),
        "clause": clause,
        "landed": landed,
        "effect": effect,
        "has_before": earlier is not None,
    }
    return shown(request, "yardstick", seen)


@door(methods=("GET",))
def light(request, field):
    """One light: its rule in words, its thresholds, and the rows of both measures."""
    known = {rule.field.value for rule in queries.LIGHT_RULES}
    if field not in known:
        raise Http404
    frame, chosen = frame_of(request)
    seen = {
        **chosen,
        "frame": frame,
        "lit": queries.light(field, frame),
        "lines": queries.lines(),
        "most": ROWS,
    }
    return shown(request, "light", seen)


@door(methods=("GET",))
def ratios(request):
    """The three completion ratios side by side, and every other number of the site."""
    frame, chosen = frame_of(request)
    found = queries.ratios(frame)
    seen = {
        **chosen,
        "frame": frame,
        "ratios": found,
        "lasting": queries.ratio("lasting", frame),
        "median": queries.median_days(frame),
        "landed": found[1],
    }
    return shown(request, "ratios", seen)


@door(methods=("GET",))
def number(request, key):
    """How one number came about: rule, source, denominator, doubt, other ways, cuts, rows."""
    rule = the_rule(key)
    frame, chosen = frame_of(request)
    rows = queries.rows_of(key, frame)
    found = queries.counted(key, rows)
    seen = {
        **chosen,
        "frame": frame,
        "rule": rule,
        "found": found,
        "ways": queries.other_ways(found),
        "by": [
            (words, queries.broken_down(key, rows, by))
            for by, words in (
                ("groups", _("谁的事")),
                ("category", _("哪一类")),
                ("area", _("在哪里")),
            )
            if not (by == "area" and frame.area)
        ],
        "lines": queries.lines(),
    }
    return shown(request, "number", seen)


@door(methods=("GET",))
def number_part(request, key, part):
    """The rows of one part of a number, fifty a page."""
    rule = the_rule(key)
    named = rule.part(part)
    if named is None:
        raise Http404
    frame, chosen = frame_of(request)
    rows = [row for row in queries.rows_of(key, frame) if row.part == part]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    seen = {**chosen, "frame": frame, "rule": rule, "part": named, "page": page, "total": len(rows)}
    return shown(request, "part", seen)


@door(methods=("GET",))
def number_table(request, key):
    """All rows of a number as a table; whoever counts them gets the same number."""
    the_rule(key)
    frame, _chosen = frame_of(request)
    lines = queries.rows_table(key, queries.rows_of(key, frame))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{key}-{frame.period.key}.csv"'
    return answer


@door(methods=("GET",))
def alerts(request):
    """All questions that were asked, with their answers, and how often each rule was wrong."""
    frame, chosen = frame_of(request, period="all")
    found = queries.public_alerts(frame)
    page = Paginator(found, queries.PAGE).get_page(request.GET.get("page"))
    seen = {
        **chosen,
        "frame": frame,
        "page": page,
        "told": [(alert, queries.told(alert)) for alert in page],
        "by_rule": queries.by_rule(),
        "run": queries.last_run(),
        "line": queries.false_alarm_share(),
    }
    return shown(request, "alerts", seen)


@door(methods=("GET",))
def achievements(request):
    frame, chosen = frame_of(request, period="all")
    page = Paginator(queries.achievements(frame), queries.PAGE).get_page(request.GET.get("page"))
    return shown(request, "achievements", {**chosen, "frame": frame, "page": page})


@door(methods=("GET",))
def achievement(request, pk):
    """One line of the ledger: three answers, the six signs, the chain of hands."""
    found = queries.achievement(pk)
    if found is None:
        raise Http404
    signs = [(sign, str(words), found.ticks.get(sign, "")) for sign, words in LASTING.items()]
    return shown(request, "achievement", {"one": found, "signs": signs})


def shown(request, name, seen):
    return render(request, f"yardstick/pages/{name}.html", seen)


def the_rule(key):
    if key not in queries.RULES:
        raise Http404
    return queries.RULES[key]


def frame_of(request, period=queries.periods.YEAR):
    """The frame that an address names, and what a page needs to offer another one.

    ``from`` and ``to`` (2026-01-01) win over ``period``.
    """
    today, typed = timezone.localdate(), request.GET
    area = typed.get("area", "")
    area = area if area.isdecimal() and len(area) < 10 else ""
    first, last = (day_of(typed.get(name)) for name in ("from", "to"))
    if first and last and first <= last:
        span, kept = queries.periods.between(first, last), {"from": first, "to": last}
    else:
        span = queries.periods.period_of(typed.get("period") or period, today)
        kept = {"period": span.key}
    frame = queries.frame_of(int(area) if area else None, span, today)
    kept = {**({"area": area} if frame.area else {}), **kept}
    offered = [(one.key, one.label) for one in queries.periods.choices(today)]
    if span.key not in dict(offered):
        offered.append((span.key, span.label))
    return frame, {
        "area": area if frame.area else "",
        "areas": queries.area_choices(),
        "offered": offered,
        "query": urlencode(kept),
    }


def day_of(typed):
    try:
        return dt.date.fromisoformat(typed or "")
    except ValueError:
        return None
