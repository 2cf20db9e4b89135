"""The pages of a unit: its inbox, one task, more time, and its opinion as a co-unit."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.task import actions, forms, ledger, queries, story
from biaochi.task.rules import ReturnReason
from biaochi.task.showing import card, check_form, page_number, row, shown
from biaochi.task.working import latest_for


@door(Role.UNIT, methods=("GET",))
def inbox(request):
    """What was handed to the unit, in drawers. Nothing here leads to a person."""
    today = timezone.localdate()
    tab, page = request.GET.get("tab", ""), page_number(request)
    counts = queries.inbox_counts(request.actor, today)
    if tab not in queries.TABS:  # what nobody has taken on yet, else what is being worked on
        tab = "doing" if counts["doing"] and not counts["new"] else "new"
    helping = tab == "help"
    tasks, total = ([], 0) if helping else queries.inbox(request.actor, tab, today, page)
    seen = {
        "here": "desk",
        "today": today,
        "tab": tab,
        "counts": counts,
        "cards": [(card if tab == "new" else row)(task, today) for task in tasks],
        "helps": list(queries.helps(request.actor)) if helping else [],
        "debts": ledger.figures(ledger.visible_to(request.actor), today),
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "coming": queries.coming_days(request.actor, today),
        "reasons": ReturnReason.choices,
        "rail_counts": {"desk": counts["new"] + counts["doing"]},
        "rail_hot": ["desk"] if counts["overdue"] else [],
    }
    return shown(request, "inbox", seen)


@door(Role.UNIT, methods=("GET",))
def unit_task(request, pk, *, ways=None):
    return task_page(request, queries.get(request.actor, pk), ways=ways)


@door(Role.UNIT, methods=("POST",))
def accept(request, pk):
    """The unit takes a task on. What was typed stays when something is missing."""
    task = queries.get(request.actor, pk)
    form = forms.AcceptForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        check_form(form)
        actions.accept(
            task=task,
            first_act=typed.get("first_act", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return task_page(request, task, error=wrong, typed=request.POST)
    messages.success(request, _("收下了。提的人会看到是您单位在办，先做哪一步。"))
    return redirect("unit-task", pk=pk)


@door(Role.UNIT, methods=("POST",))
def give_back(request, pk):
    task = queries.get(request.actor, pk)
    form = forms.ReturnForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        check_form(form)
        actions.give_back(
            task=task,
            reason=typed.get("reason", ""),
            words=typed.get("words", ""),
            suggested_unit=typed.get("suggested_unit", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return task_page(request, task, error=wrong, typed=request.POST)
    messages.success(request, _("退回了。办公室会看您写的理由，再定转给谁。"))
    return redirect("unit-task", pk=pk)


@door(Role.UNIT, methods=("POST",))
def note_progress(request, pk):
    """What has moved, in a sentence that everybody reads."""
    task = queries.get(request.actor, pk)
    form = forms.ProgressForm(request.POST)
    form.is_valid()
    try:
        check_form(form)
        words = form.cleaned_data.get("progress", "")
        actions.note_progress(task=task, words=words, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        wrong.field = "progress"
        return task_page(request, task, error=wrong, typed=request.POST)
    messages.success(request, _("记下了，提的人看得到。"))
    return redirect("unit-task", pk=pk)


@door(Role.UNIT, methods=("POST",))
def ask_more_time(request, pk):
    """Ask for a later last day. What was typed stays when something is missing."""
    task = queries.get(request.actor, pk)
    form = forms.MoreTimeForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        check_form(form)
        actions.ask_more_time(
            task=task,
            until=typed.get("until"),
            why=typed.get("more_why", ""),
            meanwhile=typed.get("meanwhile", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        wrong.field = "more_why" if wrong.field == "why" else wrong.field
        return task_page(request, task, error=wrong, typed=request.POST)
    messages.success(request, _("申请交上去了。批没批、为什么，都公开。"))
    return redirect("unit-task", pk=pk)


@door(Role.UNIT)
def help_page(request, pk):
    """The opinion of a co-unit, for the unit in the lead."""
    helper = queries.help_of(request.actor, pk)
    error, form = None, forms.OpinionForm(request.POST or None)
    if request.method == "POST":
        form.is_valid()
        try:
            check_form(form)
            opinion = form.cleaned_data["opinion"]
            actions.give_opinion(
                helper=helper, opinion=opinion, by=request.actor, now=timezone.now()
            )
            messages.success(request, _("意见给牵头单位了。大家看得到您单位哪天给的。"))
            return redirect("unit-help", pk=pk)
        except Incomplete as wrong:
            error = wrong
    today = timezone.localdate()
    seen = {
        "here": "desk",
        "today": today,
        "helper": helper,
        "card": card(helper.task, today, quotes=6),
        "typed": request.POST if error else {"opinion": helper.opinion},
    }
    return shown(request, "help", seen, error)


def task_page(request, task, *, error=None, typed=None, ways=None):
    """A unit's page of one task, with its two forms."""
    today = timezone.localdate()
    counts = queries.inbox_counts(request.actor, today)
    seen = {
        "here": "desk",
        "today": today,
        "card": card(task, today, quotes=6),
        "lines": story.told(task.matter),
        "reasons": ReturnReason.choices,
        "typed": typed or {},
        "latest": latest_for(task),
        "asked": queries.open_request(task),
        "extensions": list(task.extensions.all()),
        "progress": list(task.progress.all()),
        "claims": queries.claims(task),
        "again": story.why_again(task),
        "ways": ways(task) if ways else "",
        "rail_counts": {"desk": counts["new"] + counts["doing"]},
    }
    return shown(request, "task", seen, error)
