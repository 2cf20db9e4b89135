"""The readers of the yardstick. It shows matters, areas and kinds; it ranks nobody."""

import datetime as dt
from statistics import median

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar, local_day, start_of
from biaochi.core.models import Entry
from biaochi.core.profiles import number
from biaochi.core.refusals import NotYours
from biaochi.evaluation.models import Ask
from biaochi.evaluation.rules import COUNTED, Answer
from biaochi.people.models import Area, Category
from biaochi.yardstick import periods
from biaochi.yardstick.asking import latest_claims
from biaochi.yardstick.lights import RULES as LIGHT_RULES
from biaochi.yardstick.lights import light, lights, measured
from biaochi.yardstick.models import Achievement, Alert, Spending
from biaochi.yardstick.on_matter import lights_of_matter
from biaochi.yardstick.parts import RULES, THREE
from biaochi.yardstick.ratios import (
    broken_down,
    counted,
    lines,
    other_ways,
    ratio,
    ratios,
    said_and_judged,
)
from biaochi.yardstick.rows import Frame, rows_of
from biaochi.yardstick.rules import LASTING, Finding, Question, State
from biaochi.yardstick.tables import rows_table
from biaochi.yardstick.wording import about, told

__all__ = [
    "LIGHT_RULES",
    "RULES",
    "THREE",
    "Frame",
    "about",
    "broken_down",
    "counted",
    "light",
    "lights",
    "lights_of_matter",
    "lines",
    "measured",
    "other_ways",
    "periods",
    "ratio",
    "ratios",
    "rows_of",
    "rows_table",
    "said_and_judged",
    "told",
]
PAGE = 20
OPEN = (State.ASKED, State.ANSWERED)
TABS = {
    "asked": State.ASKED,
    "answered": State.ANSWERED,
    "settled": State.SETTLED,
    "wrong": State.WRONG,
}


def visible_to(actor):
    """The alerts whose own page opens: a unit's own, all for the office and the auditor."""
    alerts = Alert.objects.select_related("unit", "area")
    if actor.has(Role.STAFF, Role.AUDITOR):
        return alerts
    if actor.has(Role.UNIT) and actor.unit is not None:
        return alerts.filter(unit=actor.unit)
    return alerts.none()


def get(actor, pk):
    """One alert to work on.

    :raises NotYours: another unit's, or none; which of the two is not said
    """
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotYours(_("没有这一条，或者问的不是您的单位。"))
    return found


def alerts(actor, tab, page=1):
    """One drawer of alerts: ``(alerts, how many in all)``; those to be answered first come first."""
    found = visible_to(actor).filter(state=TABS[tab])
    found = found.order_by("answer_by", "pk") if tab == "asked" else found
    first = (max(page, 1) - 1) * PAGE
    return list(found[first : first + PAGE]), found.count()


def alert_counts(actor, today):
    """How many alerts lie in each drawer, and how many are over their day: one query."""
    year = start_of(today.replace(month=1, day=1))
    return visible_to(actor).aggregate(
        asked=Count("pk", filter=Q(state=State.ASKED)),
        late=Count("pk", filter=Q(state=State.ASKED, answer_by__lt=today)),
        answered=Count("pk", filter=Q(state=State.ANSWERED)),
        settled=Count("pk", filter=Q(state=State.SETTLED)),
        wrong=Count("pk", filter=Q(state=State.WRONG)),
        settled_this_year=Count("pk", filter=Q(state=State.SETTLED, settled_at__gte=year)),
        real_this_year=Count(
            "pk", filter=Q(state=State.SETTLED, settled_at__gte=year, finding=Finding.REAL)
        ),
        wrong_this_year=Count("pk", filter=Q(state=State.WRONG, wrong_at__gte=year)),
    )


def public_alerts(frame, limit=None):
    """What everybody reads: the questions of an area (all with ""), open ones first.

    A question about a unit belongs to the city, not to an area.
    """
    found = Alert.objects.select_related("unit", "area")
    if frame.area:
        found = found.filter(area__name=frame.area)
    if frame.period.first:
        found = found.filter(
            asked_at__gte=start_of(frame.period.first),
            asked_at__lt=start_of(frame.period.last + dt.timedelta(days=1)),
        )
    ordered = sorted(found, key=lambda alert: alert.state not in OPEN)
    return ordered[:limit] if limit else ordered


def by_rule():
    """For every rule how often it asked, found something, and was wrong: one query."""
    counted_by = {
        row["question"]: row
        for row in Alert.objects.order_by()
        .values("question")
        .annotate(
            asked=Count("pk"),
            real=Count("pk", filter=Q(finding=Finding.REAL)),
            fine=Count("pk", filter=Q(finding=Finding.FINE)),
            wrong=Count("pk", filter=Q(state=State.WRONG)),
        )
    }
    nothing = {"asked": 0, "real": 0, "fine": 0, "wrong": 0}
    return [(str(question.label), counted_by.get(question.value, nothing)) for question in Question]


def false_alarm_share():
    """Of what is asked, at most this share is there by chance, on average."""
    return number("false_alarm_share")


def last_run():
    """The last time everything was looked at: ``(day, looked at, newly asked)`` or None."""
    entry = Entry.objects.filter(verb="ask questions").order_by("-pk").first()
    if entry is None:
        return None
    looked, asked = entry.note.split(" / ")
    return local_day(entry.at), int(looked), int(asked)


def waiting(actor, today):
    """What waits for this doer: answers for a unit, looking for the office."""
    states = (State.ASKED,) if actor.has(Role.UNIT) else OPEN
    if not actor.has(Role.UNIT, Role.STAFF):
        return []
    found = visible_to(actor).filter(state__in=states).order_by("answer_by", "pk")
    name = "unit-alert" if actor.has(Role.UNIT) else "desk-alert"
    return [
        {
            "words": told(alert).title,
            "href_name": name,
            "href_args": [alert.pk],
            "due_on": alert.answer_by if alert.state == State.ASKED else None,
            "state": pressing(alert, today),
        }
        for alert in found
    ]


def pressing(alert, today):
    if alert.state != State.ASKED:
        return ""
    if alert.answer_by < today:
        return "stop"
    return "slow" if calendar().between(today, alert.answer_by) <= 3 else ""


def of_matter(matter):
    """What the page of a matter shows of the yardstick, or None: its lines in the ledger."""
    found = list(Achievement.objects.filter(matter=matter).order_by("pk"))
    return {"achievements": found} if found else None


def achievements(frame=None):
    """The ledger, newest first; in a frame only what belongs to the area."""
    found = Achievement.objects.select_related("matter", "area").prefetch_related("hands")
    if frame and frame.area:
        found = [one for one in found if frame.area == area_name(one)]
    return list(found)


def area_name(achievement):
    if achievement.area:
        return achievement.area.name
    areas = achievement.matter.areas if achievement.matter else []
    return areas[0] if areas else ""


def achievement(pk):
    found = Achievement.objects.select_related("matter", "area", "by").prefetch_related("hands")
    return found.filter(pk=pk).first()


def felt(matters):
    """How many said “solved” of those who answered, by matter; too few answers are left out."""
    asks = Ask.objects.filter(round__matter__in=matters, round__revisit=None, answer__in=COUNTED)
    rows = asks.order_by().values("round__matter_id", "round_id")
    rows = rows.annotate(
        solved=Count("pk", filter=Q(answer=Answer.SOLVED)), answered=Count("pk")
    ).order_by("round_id")
    latest = {row["round__matter_id"]: row for row in rows}
    floor = number("smallest_cell")
    return {
        matter: (row["solved"], row["answered"])
        for matter, row in latest.items()
        if row["answered"] >= floor
    }


def quadrant(ledger):
    """What shows now against what lasts: ``(points, the others)``.

    Across: the share of those who answered who say “solved”. Up: how many of the six signs somebody
    else than the writer has ticked. What nobody has gone over or too few have answered about is
    listed without a point.
    """
    heard = felt([one.matter_id for one in ledger if one.matter_id])
    points, others = [], []
    for one in ledger:
        said = heard.get(one.matter_id)
        if said is None or not one.ticks:
            others.append(one)
            continue
        x, y = 100 * said[0] / said[1], 100 * len(one.ticks) / len(LASTING)
        points.append(
            {
                "n": len(points) + 1,
                "x": min(max(x, 5), 95),
                "y": min(max(y, 5), 95),
                "c": colour(x, y),
                "one": one,
                "said": said,
            }
        )
    return points, others


def colour(x, y):
    if y >= 50:
        return "go" if x >= 50 else "calm"
    return "slow" if x >= 50 else "none"


def median_days(frame):
    """Half of the matters that people called solved took no longer than this: ``(days, n)``."""
    word, first = frame.book.verdicts, {}
    for task in frame.book.tasks:
        first[task.matter_id] = min(task.handed_on, first.get(task.matter_id, task.handed_on))
    days = [
        (local_day(word[row.matter][1]) - first[row.matter]).days
        for row in rows_of("effect", frame)
        if row.part == "solved" and word[row.matter][1]
    ]
    return (median(days), len(days)) if len(days) >= number("smallest_cell") else None


def gaps(frame, limit=6):
    """What units report beside what people say, by kind of matter."""
    claimed = claimed_matters(frame.book)
    return said_and_judged(rows_of("effect", frame), claimed)[:limit]


def claimed_matters(book):
    """The matters all of whose claimed tasks are reported as wholly done."""
    claims, found = latest_claims(), {}
    for task in book.tasks:
        if task.pk in claims:  # also where people refused it since: it was reported as done
            found[task.matter_id] = found.get(task.matter_id, True) and claims[task.pk]
    return {matter for matter, done in found.items() if done}


def spending():
    return list(Spending.objects.select_related("area"))


def area_choices():
    return [("", _("全市")), *((str(area.pk), area.name) for area in Area.objects.all())]


def kind_choices():
    return [(name, name) for name in Category.objects.values_list("name", flat=True).distinct()]


def frame_of(area, period, today):
    """The frame that an address names: an area's key and a period's."""
    name = Area.objects.filter(pk=area).values_list("name", flat=True).first() if area else ""
    return Frame(name or "", period, today)
