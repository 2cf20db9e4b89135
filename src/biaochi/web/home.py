"""The front page: what was said this week, how far it came, what is stuck. All of it counted."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.core.profiles import number
from biaochi.flow import Step
from biaochi.trace import front
from biaochi.voice.matters import queries as matters
from biaochi.yardstick import queries as yardstick


@door(methods=("GET",))
def home(request):
    now = timezone.now()
    week, numbers, counts = front.week(now), front.numbers(now), matters.step_counts()
    refused, stuck = front.unsolved(now)
    today = timezone.localdate(now)
    year = yardstick.Frame("", yardstick.periods.period_of("12m", today), today)
    effect = yardstick.ratio("effect", year)
    seen = {
        "here": "home",
        "refused": refused,
        "stuck": stuck,
        "today": timezone.localdate(now),
        "week": week,
        "tiles": [
            {**tile, "href": f"{reverse('voices')}?time=1w&area={tile['key']}"}
            for tile in week.tiles
        ],
        "numbers": numbers,
        "chain": chain(counts),
        "hot": [hot_item(matter) for matter in front.most_said(now)],
        "window": number("hot_window_days"),
        "smallest": number("smallest_cell"),
        "solved": front.solved(),
        "handed": counts[Step.HANDED],
        "stuck_count": numbers.stuck,
        "effect": effect,
        "parts": [(part, n) for part, n in effect.parts if n],
        "claimed": claimed_share(year),
        "year": year.period.label,
    }
    return render(request, "web/pages/home.html", seen)


def claimed_share(frame):
    """How many of the same matters the units report as wholly done; None without any."""
    rows, claimed = yardstick.rows_of("effect", frame), yardstick.claimed_matters(frame.book)
    return sum(row.matter in claimed for row in rows) / len(rows) if rows else None


def chain(counts):
    """The six marks with their counts."""
    words = {
        Step.SAID: _("听到了，归好了"),
        Step.CHOSEN: _("定下来要去弄清楚"),
        Step.STUDIED: _("正在看现场、听真话"),
        Step.PROPOSED: _("正在商量怎么办"),
        Step.HANDED: _("有人管、有期限"),
        Step.JUDGED: _("请提的人说了算"),
    }
    return [
        (counts[step], str(step.label), words[step], f"{reverse('matters')}?step={step.value}")
        for step in Step
    ]


def hot_item(matter):
    """One line of the hot list, for the macro of the same name."""
    return {
        "title": matter.title,
        "href": reverse("matter", args=[matter.pk]),
        "quote": matter.quote,
        "people": matter.recent,
        "where": _("、").join(matter.areas[:3]),
        "step": matter.step,
        "step_name": matter.get_step_display(),
        "state": "go",
        "tags": [],
    }
