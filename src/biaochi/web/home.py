"""The front page: what was said this week, how far it came, what is stuck. All of it counted."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.doors import door
from biaochi.core.profiles import number
from biaochi.flow import FLOW, Step
from biaochi.trace import front
from biaochi.voice.matters import queries as matters

STAGES = {
    Step.SAID: "voice",
    Step.CHOSEN: "topic",
    Step.STUDIED: "study",
    Step.PROPOSED: "proposal",
    Step.HANDED: "task",
    Step.JUDGED: "evaluation",
}


@door(methods=("GET",))
def home(request):
    now = timezone.now()
    week, numbers, counts = front.week(now), front.numbers(now), matters.step_counts()
    seen = {
        "here": "home",
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
        "carried": front.carried(),
        "handed": counts[Step.HANDED],
        "stuck": front.stuck(now),
        "stuck_count": numbers.stuck,
    }
    return render(request, "web/pages/home.html", seen)


def chain(counts):
    """The six marks with their counts; a step that this version does not take yet has none."""
    words = {
        Step.SAID: _("听到了，归好了"),
        Step.CHOSEN: _("定下来要去弄清楚"),
        Step.STUDIED: _("正在看现场、听真话"),
        Step.PROPOSED: _("正在商量怎么办"),
        Step.HANDED: _("有人管、有期限"),
        Step.JUDGED: _("请提的人说了算"),
    }
    standing = {stage.label for stage in FLOW}
    return [
        (counts[step], str(step.label), words[step], f"{reverse('matters')}?step={step.value}")
        if STAGES[step] in standing
        else (None, str(step.label), _("这一步还在建"), "")
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
