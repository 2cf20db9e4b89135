"""What is looked at once a day, and how unlikely it is: the candidates for a question.

Only whole months and quarters are looked at, so that the same facts give the same answer on every
day of the next month. Nothing here is about a person.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass

from biaochi.core.clock import DAY, add_months, calendar, local_day, start_of
from biaochi.core.profiles import number
from biaochi.evaluation.models import Round
from biaochi.evaluation.rules import State as RoundState
from biaochi.people.models import Area
from biaochi.task.models import Claim
from biaochi.task.rules import Done
from biaochi.voice.models import Matter
from biaochi.voice.rules import MatterState
from biaochi.yardstick.analysis import LEAST_A_HALF, LEAST_DAYS, apart, q_values, shares, surge
from biaochi.yardstick.models import Spending
from biaochi.yardstick.periods import month_before, quarter_before, quarter_of
from biaochi.yardstick.rules import Question

MONTHS = 6  # two halves of three months, for reports that drift apart
END_DAYS = 6  # the last days of a month, by the calendar
BAR_DAYS = 3  # how many days one bar of the drawing holds
OTHER = ""  # kinds of matter of which too few people spoke


@dataclass(frozen=True)
class Look:
    """One thing looked at: its name (asked once), about whom, the figures, the chance."""

    question: str
    mark: str
    unit: int | None
    area: int | None
    figures: dict
    p: float
    q: float = 1.0


def looks(today):
    """Everything looked at today, each with its adjusted value over all of them."""
    found = [*surges(today), *drifts(today), *money(today)]
    adjusted = q_values([look.p for look in found])
    return [Look(**{**vars(look), "q": q}) for look, q in zip(found, adjusted, strict=True)]


def surges(today):
    """The last whole month, and the three months of the last quarter, of every unit that claimed
    often enough."""
    month, last = month_before(today), quarter_before(quarter_of(today))
    for kind, first, end in (("month", *month), ("quarter", last.first, last.last)):
        by_unit = claims_between(first, end)
        for unit, claims in sorted(by_unit.items()):
            others = [day for key, its in by_unit.items() if key != unit for day, _seen in its]
            look = surge_of(unit, claims, others, kind, first, end)
            if look:
                yield look


def claims_between(first, end):
    """``{unit: [(day, whether something shows how it looks now)]}``, standing claims only."""
    inside = Claim.objects.filter(
        at__gte=start_of(first), at__lt=start_of(end + DAY), taken_back_at=None
    )
    shown = set(inside.filter(exhibits__when="after").values_list("pk", flat=True))
    found = defaultdict(list)
    for pk, unit, at in inside.order_by("at", "pk").values_list("pk", "task__unit_id", "at"):
        found[unit].append((local_day(at), pk in shown))
    return found


def surge_of(unit, claims, others, kind, first, end):
    if len(claims) < number("ask_least"):
        return None
    months = [working_days(*month) for month in months_between(first, end)]
    tails = [sum(at_end(day) for day in days) for days in months]
    fits = (0 < tail <= len(days) // 2 for days, tail in zip(months, tails, strict=True))
    if min(map(len, months)) < LEAST_DAYS or not all(fits):
        return None
    counts = [Counter() for _days in months]
    for day, _seen in claims:
        place = (day.year - first.year) * 12 + day.month - first.month
        counts[place][on_working_day(day, months[place])] += 1
    daily = [[n[day] for day in days] for n, days in zip(counts, months, strict=True)]
    result = surge(daily, tails)
    figures = {
        "span": kind,
        "first": first.isoformat(),
        "last": end.isoformat(),
        "end_days": END_DAYS,
        "total": result.total,
        "at_end": sum(at_end(day) for day, _seen in claims),
        "even": round(result.even, 4),
        "without_photo": sum(not seen for day, seen in claims if at_end(day)),
        "others": len(others),
        "others_at_end": sum(at_end(day) for day in others),
        **bars(claims, first, end),
        "shuffles": result.shuffles,
    }
    mark = f"surge:{unit}:{first.isoformat()}:{kind}"
    return Look(Question.SURGE, mark, unit, None, figures, result.p)


def months_between(first, end):
    found = []
    while first <= end:
        following = add_months(first, 1)
        found.append((first, following - DAY))
        first = following
    return found


def at_end(day):
    """Whether a day is one of the last days of its month, by the calendar."""
    return (day + END_DAYS * DAY).month != day.month


def working_days(first, end):
    days = (first + DAY * n for n in range((end - first).days + 1))
    return [day for day in days if calendar().is_working(day)]


def on_working_day(day, days):
    """A claim of a free day counts on the next working day, or on the last one of the period."""
    return next((one for one in days if one >= day), days[-1])


def bars(claims, first, end):
    """How many claims in every few days, month by month, and which bars are the end of a month.

    The last days of a month make whole bars; the first bar of a month takes the odd days.
    """
    edges = []
    for start, last in months_between(first, end):
        edges += [day for n in range(31) if (day := last - n * BAR_DAYS * DAY) >= start][::-1]
    counts, hot = [0] * len(edges), [n for n, edge in enumerate(edges) if at_end(edge)]
    for day, _seen in claims:
        counts[next(n for n, edge in enumerate(edges) if day <= edge)] += 1
    return {"bars": counts, "hot": hot, "bar_days": BAR_DAYS}


def drifts(today):
    """Units whose reports and people's words drifted apart over the last six whole months."""
    _first, end = month_before(today)
    begin, middle = add_months(end + DAY, -MONTHS), add_months(end + DAY, -MONTHS // 2)
    judged = Round.objects.filter(
        state__in=(RoundState.SOLVED, RoundState.UNSOLVED),
        revisit=None,
        decided_at__gte=start_of(begin),
        decided_at__lt=start_of(end + DAY),
    )
    claimed, lines = claimed_whole(), defaultdict(list)
    columns = ("tasks__unit_id", "tasks", "state", "decided_at")
    for unit, task, state, at in judged.order_by("pk").values_list(*columns):
        if unit is not None:
            reported, solved = task in claimed, state == RoundState.SOLVED
            lines[unit].append((local_day(at) >= middle, reported, solved))
    for unit, its in sorted(lines.items()):
        look = drift_of(unit, its, begin, middle, end)
        if look:
            yield look


def drift_of(unit, lines, begin, middle, end):
    later = [late for late, _reported, _solved in lines]
    if min(sum(later), len(later) - sum(later)) < max(LEAST_A_HALF, number("smallest_cell")):
        return None
    result = apart(later, [reported - solved for _late, reported, solved in lines])
    halves = [[line for line in lines if line[0] == half] for half in (False, True)]
    figures = {
        "first": begin.isoformat(),
        "middle": middle.isoformat(),
        "last": end.isoformat(),
        "counts": [len(half) for half in halves],
        "reported": [sum(line[1] for line in half) for half in halves],
        "solved": [sum(line[2] for line in half) for half in halves],
        "shuffles": result.shuffles,
    }
    mark = f"apart:{unit}:{begin.isoformat()}"
    return Look(Question.APART, mark, unit, None, figures, result.p)


def latest_claims():
    """What the latest claim of each task says: ``{task: whether every clause is done}``."""
    latest = {}
    claims = Claim.objects.filter(taken_back_at=None).order_by("at", "pk")
    for task, claim in claims.values_list("task_id", "pk"):
        latest[task] = claim
    partly = set(
        Claim.objects.filter(lines__done__in=(Done.PARTLY, Done.NO)).values_list("pk", flat=True)
    )
    return {task: claim not in partly for task, claim in latest.items()}


def claimed_whole():
    """The tasks whose latest claim says of every clause that it is done."""
    return {task for task, whole in latest_claims().items() if whole}


def money(today):
    """The latest year before this one with published spending, for the city and every area."""
    year = (
        Spending.objects.filter(year__lt=today.year)
        .order_by("-year")
        .values_list("year", flat=True)
        .first()
    )
    if year is None:
        return
    people = people_by_kind(year)
    names = dict(Area.objects.values_list("pk", "name"))
    spent = defaultdict(lambda: defaultdict(float))
    for area, kind, amount in Spending.objects.filter(year=year).values_list(
        "area_id", "category_name", "amount"
    ):
        spent[area][kind] += float(amount)
    for area in sorted(spent, key=lambda key: key or 0):
        look = money_of(area, spent[area], people[names.get(area, "")], year)
        if look:
            yield look


def people_by_kind(year):
    """``{area or "": {kind: people}}`` of the open matters of a year."""
    found = defaultdict(Counter)
    matters = Matter.objects.filter(state=MatterState.OPEN, opened_at__year=year)
    rows = matters.exclude(category=None).order_by("pk")
    for areas, kind, people in rows.values_list("areas", "category__name", "people_count"):
        for area in ("", *areas[:1]):
            found[area][kind] += people
    return found


def money_of(area, spent, people, year):
    floor = number("smallest_cell")
    kinds = sorted({*spent, *people}, key=lambda kind: (-people[kind], kind))
    told = [kind for kind in kinds if people[kind] >= floor]
    rest = [kind for kind in kinds if people[kind] < floor]
    names = [*told, OTHER] if rest else told
    few = sum(people[kind] for kind in rest)
    # Fewer than five in all the rest are left out: a share of them would tell how many they are.
    asked = [people[kind] for kind in told] + ([few if few >= floor else 0] if rest else [])
    paid = [spent.get(kind, 0) for kind in told]
    paid += [sum(spent.get(kind, 0) for kind in rest)] if rest else []
    if len(told) < 2 or sum(asked) < number("ask_least") or sum(paid) <= 0:
        return None
    result = shares(paid, asked, number("money_apart_from"))
    figures = {
        "year": year,
        "kinds": names,
        "money": [round(value / sum(paid), 4) for value in paid],
        "people": [round(value / sum(asked), 4) for value in asked],
        "people_in_all": sum(asked),
        "index": round(result.index, 4),
        "low": round(result.low, 4),
        "high": round(result.high, 4),
        "line": number("money_apart_from"),
        "draws": result.draws,
    }
    return Look(Question.MONEY, f"money:{area or 'all'}:{year}", None, area, figures, result.p)
