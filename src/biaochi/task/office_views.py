"""The office's pages of tasks: hand over, the list, one task, and more time."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.people import queries as people
from biaochi.task import actions, forms, queries, sources, story
from biaochi.task.rules import Source
from biaochi.task.showing import (
    beforehand,
    card,
    check_form,
    page_number,
    panel,
    row,
    shown,
    the_matter,
)
from biaochi.voice.matters import queries as matters


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
    }
    return shown(request, "handover_many", seen, error)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_tasks(request):
    """All that was handed over, in drawers by state; late ones first."""
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.OFFICE_TABS else "new"
    page = page_number(request)
    tasks, total = queries.inbox(request.actor, tab, today, page)
    counts = queries.inbox_counts(request.actor, today)
    seen = {
        "here": "desk-tasks",
        "today": today,
        "tab": tab,
        "counts": counts,
        "cards": [row(task, today) for task in tasks],
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "requests": queries.requests(),
    }
    return shown(request, "tasks", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_task(request, pk, *, ways=None):
    return office_page(request, queries.get(request.actor, pk), ways=ways)


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


@door(Role.STAFF, methods=("POST",))
def answer_more_time(request, pk):
    """The office answers a request for more time; both the request and the answer are public."""
    asked = queries.request_of(pk)
    if asked is None:
        raise Http404
    form = forms.AnswerMoreForm(request.POST)
    form.is_valid()
    try:
        check_form(form)
        actions.answer_more_time(
            extension=asked,
            granted=request.POST.get("answer") == "grant",
            why=form.cleaned_data.get("more_why", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        wrong.field = "more_why"
        return office_page(request, asked.task, error=wrong, typed=request.POST)
    messages.success(request, _("回了单位，大家都看得到。"))
    return redirect("desk-task", pk=asked.task_id)


@door(Role.STAFF, Role.AUDITOR, Role.UNIT, methods=("GET",))
def exhibit(request, pk):
    """A photo of a claim: for the office and the unit that put it there."""
    found = queries.exhibit_of(request.actor, pk)
    path = found and actions.path_of(found)
    if path is None or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/jpeg")


@door(Role.STAFF)
def proposal_tasks(request, pk):
    """Turn the clauses of a reply into tasks of a matter."""
    proposal = sources.proposal_of(pk)
    if proposal is None:
        raise Http404
    about = {
        "title": proposal.title,
        "number": proposal.number or "",
        "lines": sources.clause_lines(proposal),
        "matters": sources.matters_of(proposal),
        "here": "desk-proposals",
        "kind": "clause",
    }
    return source_page(request, about, "desk-proposal-tasks", pk)


@door(Role.STAFF)
def session_tasks(request, pk):
    """Turn the points that a session agreed into tasks of a matter."""
    session = sources.session_of(pk)
    if session is None:
        raise Http404
    about = {
        "title": session.title,
        "number": "",
        "lines": sources.point_lines(session),
        "matters": sources.matters_of(session),
        "here": "desk-deliberations",
        "kind": "point",
    }
    return source_page(request, about, "desk-session-tasks", pk)


def source_page(request, about, name, pk):
    """The page of a reply or of a session: one form a line. What was typed stays."""
    error = None
    if request.method == "POST":
        try:
            task = hand_line_over(request, about)
            said = _("交给%(unit)s了，提的人都看得到。") % {"unit": task.unit.name}
            messages.success(request, said)
            return redirect(name, pk=pk)
        except (Incomplete, NotNow) as wrong:
            error = wrong
    seen = about | {"units": people.units(), "typed": request.POST, "action": (name, pk)}
    return shown(request, "source_tasks", seen, error)


def hand_line_over(request, about):
    """Hand one line over as it was typed."""
    form = forms.ClauseTaskForm(request.POST, matters=about["matters"], units=people.units())
    check_form(form)
    typed = form.cleaned_data
    line = next((line for line in about["lines"] if line.key == typed["key"]), None)
    matter = next((m for m in about["matters"] if m.pk == typed["matter"]), None)
    if line is None or matter is None:
        raise Incomplete(_("请选它办的是哪件事。"), "matter")
    from_clause = about["kind"] == "clause"
    return actions.hand_over(
        matter=matter,
        unit=people.unit(typed["unit"]) if typed["unit"] else None,
        what=typed["what"],
        due=typed["due"],
        items=[(line.act, line.measure)],
        source=Source.CLAUSE if from_clause else Source.POINT,
        clause=sources.clause(line.key) if from_clause else None,
        point=None if from_clause else sources.point(line.key),
        by=request.actor,
        now=timezone.now(),
    )


def office_page(request, task, *, error=None, typed=None, again=None, ways=None):
    today = timezone.localdate()
    matter = task.matter
    form = again or forms.HandOverForm(initial={"what": task.what, **beforehand(matter)})
    asked, progress = queries.open_request(task), list(task.progress.all())
    seen = {
        "here": "desk-tasks",
        "today": today,
        "card": card(task, today, quotes=2),
        "panel": panel(matter, form),
        "typed": typed or {},
        "asked": asked,
        "claims": [(one, queries.read_claim(one)) for one in queries.claims(task)],
        "progress": progress,
        "read": {
            "asked": queries.read_request(asked),
            "progress": queries.read_progress(progress),
            "returned": queries.read_return(task),
        },
        "extensions": list(task.extensions.all()),
        "again": story.why_again(task),
        "ways": ways(task) if ways else "",
        "may_write": request.actor.has(Role.STAFF),
    }
    return shown(request, "office_task", seen, error)


def hand_over_page(request, matter, form, *, error=None):
    seen = {
        "here": "desk",
        "panel": panel(matter, form),
        "tasks": queries.tasks_of(matter),
        "quotes": matters.quotes(matter, 2),
    }
    return shown(request, "handover", seen, error)
