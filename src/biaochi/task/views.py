"""The pages of tasks: a unit's inbox and task, the office's hand-over and list."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.task import actions, forms, queries, story
from biaochi.task.rules import ReturnReason, State
from biaochi.voice.matters import queries as matters


@door(Role.UNIT, methods=("GET",))
def inbox(request):
    """What was handed to the unit, in four drawers. Nothing here leads to a person."""
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "new"
    page = page_number(request)
    tasks, total = queries.inbox(request.actor, tab, page)
    counts = queries.inbox_counts(request.actor, today)
    seen = {
        "here": "desk",
        "today": today,
        "tab": tab,
        "counts": counts,
        "cards": [card(task, today) for task in tasks],
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
def unit_task(request, pk):
    return task_page(request, queries.get(request.actor, pk))


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


@door(Role.STAFF)
def hand_over(request, pk):
    """Hand one matter over; the unit that the catalogue suggests is chosen beforehand."""
    matter = the_matter(request, pk)
    form = forms.HandOverForm(request.POST or None, initial=beforehand(matter))
    if request.method == "POST":
        try:
            check_form(form)
            task = actions.hand_over(
                matter=matter, **form.deed(), by=request.actor, now=timezone.now()
            )
        except Incomplete as wrong:
            return hand_over_page(request, matter, form, error=wrong)
        except NotNow as wrong:
            return hand_over_page(request, matter, form, error=wrong)
        messages.success(request, _("交给%(unit)s了，提的人都看得到。") % {"unit": task.unit.name})
        return redirect("desk-task", pk=task.pk)
    return hand_over_page(request, matter, form)


@door(Role.STAFF)
def hand_over_many(request):
    """Hand several ticked matters over in one deed, each to a unit of its own."""
    sent = request.POST if request.method == "POST" else request.GET
    keys = [int(key) for key in sent.getlist("matter") if key.isdigit()][:50]
    chosen = [the_matter(request, key) for key in dict.fromkeys(keys)]
    filled = request.POST if "confirmed" in request.POST else None
    lines = [
        (matter, forms.HandOverForm(filled, prefix=f"m{matter.pk}", initial=beforehand(matter)))
        for matter in chosen
    ]
    error = None
    if filled is not None:
        try:
            for matter, form in lines:
                check_form(form, named=matter.title)
            items = [{"matter": matter, **form.deed()} for matter, form in lines]
            done = actions.hand_over_all(items=items, by=request.actor, now=timezone.now())
            messages.success(
                request,
                ngettext("交办了 %(n)s 件。", "交办了 %(n)s 件。", len(done)) % {"n": len(done)},
            )
            return redirect("desk-tasks")
        except (Incomplete, NotNow) as wrong:
            error = wrong
    seen = {
        "here": "desk",
        "lines": [panel(matter, form) for matter, form in lines],
        "error": error,
    }
    return shown(request, "handover_many", seen, error)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_tasks(request):
    """All that was handed over, in drawers by state; late ones first."""
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "new"
    page = page_number(request)
    tasks, total = queries.inbox(request.actor, tab, page)
    counts = queries.inbox_counts(request.actor, today)
    seen = {
        "here": "desk-tasks",
        "today": today,
        "tab": tab,
        "counts": counts,
        "cards": [{"task": task, "clock": queries.clock_of(task, today)} for task in tasks],
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "State": State,
    }
    return shown(request, "tasks", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_task(request, pk):
    return office_page(request, queries.get(request.actor, pk))


@door(Role.STAFF, methods=("POST",))
def recall(request, pk):
    task = queries.get(request.actor, pk)
    form = forms.RecallForm(request.POST)
    form.is_valid()
    try:
        check_form(form)
        why = form.cleaned_data.get("why", "")
        actions.recall(task=task, why=why, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return office_page(request, task, error=wrong, typed=request.POST)
    messages.success(request, _("收回了。单位和提的人都看得到为什么。"))
    return redirect("desk-task", pk=pk)


@door(Role.STAFF, methods=("POST",))
def hand_over_again(request, pk):
    task = queries.get(request.actor, pk)
    form = forms.HandOverForm(request.POST)
    try:
        check_form(form)
        actions.hand_over_again(task=task, **form.deed(), by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        return office_page(request, task, error=wrong, again=form)
    messages.success(request, _("又交办了，期限从今天重新算。"))
    return redirect("desk-task", pk=pk)


def task_page(request, task, *, error=None, typed=None):
    """A unit's page of one task, with its two forms."""
    today = timezone.localdate()
    counts = queries.inbox_counts(request.actor, today)
    seen = {
        "here": "desk",
        "today": today,
        "card": card(task, today, quotes=6),
        "lines": story.told(task.matter),
        "reasons": ReturnReason.choices,
        "error": error,
        "typed": typed or {},
        "rail_counts": {"desk": counts["new"] + counts["doing"]},
    }
    return shown(request, "task", seen, error)


def office_page(request, task, *, error=None, typed=None, again=None):
    today = timezone.localdate()
    matter = task.matter
    form = again or forms.HandOverForm(initial={"what": task.what, **beforehand(matter)})
    seen = {
        "here": "desk-tasks",
        "today": today,
        "card": card(task, today, quotes=2),
        "panel": panel(matter, form),
        "error": error,
        "typed": typed or {},
        "may_write": request.actor.has(Role.STAFF),
    }
    return shown(request, "office_task", seen, error)


def hand_over_page(request, matter, form, *, error=None):
    seen = {
        "here": "desk",
        "panel": panel(matter, form),
        "tasks": queries.of_matter(matter),
        "error": error,
        "quotes": matters.quotes(matter, 2),
    }
    return shown(request, "handover", seen, error)


def shown(request, name, seen, error=None):
    """A page with what was said by the deed before it, and the status of a refusal."""
    seen |= {"messages": list(messages.get_messages(request))}
    status = error.http_status if error else 200
    return render(request, f"task/pages/{name}.html", seen, status=status)


def card(task, today, quotes=2):
    """What a page shows of a task: facts of the matter, public words, the ruler of days."""
    return {
        "task": task,
        "matter": task.matter,
        "clock": queries.clock_of(task, today),
        "quotes": matters.quotes(task.matter, quotes),
    }


def panel(matter, form):
    """The hand-over panel of one matter: the form and why this unit is suggested."""
    accept_by, return_by, last = actions.clocks_of(matter, now=timezone.now())
    return {
        "matter": matter,
        "form": form,
        "route": matters.route(matter),
        "accept_by": accept_by,
        "return_by": return_by,
        "due_on": last,
    }


def beforehand(matter):
    """What a hand-over form holds before anybody types: the suggested unit, the title."""
    route = matters.route(matter)
    return {"unit": route.unit.pk if route else None, "what": matter.title}


def check_form(form, named=""):
    """Raise the form's first error as the refusal that pages and programs share."""
    if form.is_valid():
        return
    field, errors = next(iter(form.errors.items()))
    if named:
        raise Incomplete(_("“%(title)s”：%(why)s") % {"title": named, "why": errors[0]})
    raise Incomplete(errors[0], field)


def the_matter(request, pk):
    found = matters.get(request.actor, pk)
    if found is None:
        raise Http404
    return found


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 100_000 else 1
