"""The desk: everybody with a duty comes in here and finds what waits for them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar
from biaochi.core.doors import door
from biaochi.flow import FLOW, Step
from biaochi.people import queries as people
from biaochi.task import queries as tasks
from biaochi.trace import bench, portfolio
from biaochi.trace import waiting as queue
from biaochi.voice import queries as voices
from biaochi.voice.matters import queries as matters
from biaochi.voice.rules import GROUP_TAGS, Answer
from biaochi.voice.sheets import queries as sheets

DUES = {
    "overdue": gettext_lazy("已超期"),
    "soon": gettext_lazy("3 个工作日内"),
    "week": gettext_lazy("7 个工作日内"),
    "unaccepted": gettext_lazy("过了日子没收下"),
    "returned": gettext_lazy("单位退回"),
    "free": gettext_lazy("还没交办"),
}
QUEUE = 8  # so many lines of what waits stand on the first page
HOMES = {
    Role.UNIT: "unit-inbox",
    Role.MEMBER: "member-home",
    Role.AUDITOR: "desk-record",
    Role.OPERATOR: "desk-accounts",
}


@door(Role.STAFF, Role.UNIT, Role.MEMBER, Role.AUDITOR, Role.OPERATOR, methods=("GET",))
def desk(request):
    """The office's bench; others are sent to the page that is theirs."""
    for role, home in HOMES.items():
        if request.actor.has(role):
            return redirect(home)
    return work(request)


def work(request):
    now, today = timezone.now(), timezone.localdate()
    sieve, page = sieve_of(request.GET), page_of(request.GET)
    rows, total = bench.rows(sieve, today, page)
    figures = tasks.office_counts(today)
    unseen = voices.unseen()
    _heard, unseen_count = voices.counts()
    waiting = bench.waiting(unseen[:6], today)
    seen = {
        "here": "desk",
        "today": today,
        "now": now,
        "figures": figures,
        "unseen_count": unseen_count,
        "waiting": waiting,
        "sieve": sieve,
        "rows": rows,
        "total": total,
        "page": page,
        "pages": -(-total // bench.PAGE),
        "first": (page - 1) * bench.PAGE + 1,
        "base": f"{reverse('desk')}?{urlencode(typed_of(request.GET) | {'page': ''})}",
        "chips": chips_of(request.GET, sieve),
        "choices": choices(),
        "suggestions": matters.suggestions(3),
        "suggestion_count": matters.suggestion_counts()[0],
        "batches": [*sheets.tried(request.actor), *sheets.earlier(request.actor, limit=3)],
        "rail_counts": {"desk": figures["overdue"] + unseen_count},
        "rail_hot": ["desk"] if figures["overdue"] else [],
        "tags": {group.value: str(words) for group, words in GROUP_TAGS.items()},
        "unseen_href": f"{reverse('desk-voices')}?which=unseen",
        **queue_of(request.actor, today),
        **just_done(request),
    }
    return render(request, "web/pages/work.html", seen)


@door(Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, methods=("GET",))
def waiting_page(request):
    """All that waits for this person in the further stages."""
    seen = {"here": "desk", **queue_of(request.actor, timezone.localdate(), most=None)}
    return render(request, "web/pages/waiting.html", seen)


def queue_of(actor, today, most=QUEUE):
    """What waits in the further stages, ready to be shown: lines, counts by stage, how many."""
    lines = queue.waiting(actor, today)
    counted, names = queue.counts(lines), stage_names()
    return {
        "queue": [told(line, names, today) for line in lines[:most]],
        "queue_total": len(lines),
        "queue_counts": [(names[stage], n) for stage, n in counted.items() if n],
    }


def stage_names():
    """The names of the stages in the language of the page."""
    english = (get_language() or "").startswith("en")
    return {stage.label: stage.en if english else stage.zh for stage in FLOW}


def told(line, names, today):
    """A line with its address and with how many working days are left."""
    left = calendar().between(today, line["due_on"]) if line["due_on"] else None
    if left is None:
        words = ""
    elif left < 0 or line["due_on"] < today:
        words = _("超 %(n)s 个工作日") % {"n": -left}
    else:
        words = _("%(n)s 个工作日") % {"n": left} if left else _("今天")
    return line | {
        "href": reverse(line["href_name"], args=line["href_args"]),
        "stage_words": names[line["stage"]],
        "left_words": words,
    }


def just_done(request):
    """What was answered on this page just before, with its undo: told by the address."""
    done, no = whole(request.GET.get("done")), whole(request.GET.get("no"))
    deed = matters.regroup(done) if done else None
    refused = matters.suggestion(no) if no else None
    return {
        "done": deed if deed and matters.can_be_undone(deed) else None,
        "refused": refused if refused and refused.answer == Answer.NO else None,
        "put_aside": "later" in request.GET,
        "messages": list(messages.get_messages(request)),
    }


@door(Role.MEMBER, methods=("GET",))
def member_home(request):
    """What a member may want to look into: by kind, place and words. No points, no ranks."""
    today = timezone.localdate()
    sieve, page = sieve_of(request.GET), page_of(request.GET)
    rows, total = bench.rows(sieve, today, page, order="people")
    seen = {
        "here": "desk",
        "today": today,
        "account": people.account(request.actor.account),
        "sieve": sieve,
        "rows": rows,
        "total": total,
        "page": page,
        "pages": -(-total // bench.PAGE),
        "base": f"{reverse('member-home')}?{urlencode(typed_of(request.GET) | {'page': ''})}",
        "chips": chips_of(request.GET, sieve, "member-home"),
        "choices": choices(),
        "care": matters.needing_care(3),
        **queue_of(request.actor, today),
        "carried": portfolio.carried(request.actor),
        "messages": list(messages.get_messages(request)),
    }
    return render(request, "web/pages/member.html", seen)


def choices():
    """What the filters offer: ``{name: [(value, words)]}``."""
    everything = ("", _("全部"))
    return {
        "step": [everything, *((str(step.value), str(step.label)) for step in Step)],
        "area": [everything, *((str(area.pk), area.name) for area in people.areas())],
        "group": [everything, *((group.value, str(tag)) for group, tag in GROUP_TAGS.items())],
        "due": [everything, *((key, str(words)) for key, words in DUES.items())],
        "category": [everything, *((str(c.pk), str(c)) for c in people.categories())],
    }


def sieve_of(typed):
    """Read the filters; what makes no sense lets everything through."""
    step, area, category = (whole(typed.get(name)) for name in ("step", "area", "category"))
    group, due = typed.get("group", ""), typed.get("due", "")
    return bench.Sieve(
        query=typed.get("q", "").strip()[:60],
        step=step if step in Step.values else None,
        area=area,
        category=category,
        group=group if group in GROUP_TAGS else "",
        due=due if due in DUES else "",
    )


def typed_of(typed):
    return {
        name: typed[name]
        for name in ("q", "step", "area", "category", "group", "due")
        if typed.get(name)
    }


def chips_of(typed, sieve, home="desk"):
    """The filters in force, each with the address without it: ``[(words, href)]``."""
    inside = {
        "q": sieve.query and f"“{sieve.query}”",
        "step": sieve.step and named("step", sieve.step),
        "area": sieve.area and named("area", sieve.area),
        "category": sieve.category and named("category", sieve.category),
        "group": sieve.group and named("group", sieve.group),
        "due": sieve.due and named("due", sieve.due),
    }
    kept = typed_of(typed)
    return [
        (words, f"{reverse(home)}?{urlencode({k: v for k, v in kept.items() if k != name})}")
        for name, words in inside.items()
        if words
    ]


def named(name, value):
    return dict(choices()[name]).get(str(value), "")


def whole(typed):
    return int(typed) if (typed or "").isdigit() and len(typed) < 10 else None


def page_of(typed):
    return min(max(whole(typed.get("page")) or 1, 1), 10_000)
