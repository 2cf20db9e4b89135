"""What the views of this stage share: a card of a task, the panel of a hand-over, a refusal."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.refusals import Incomplete
from biaochi.task import actions, queries
from biaochi.voice.matters import queries as matters


def shown(request, name, seen, error=None):
    """A page with what was said by the deed before it, and the status of a refusal."""
    seen |= {"messages": list(messages.get_messages(request)), "error": error}
    status = error.http_status if error else 200
    return render(request, f"task/pages/{name}.html", seen, status=status)


def row(task, today):
    """What a line of a list shows of a task."""
    return {"task": task, "matter": task.matter, "clock": queries.clock_of(task, today)}


def card(task, today, quotes=2):
    """What a page shows of a task: facts of the matter, public words, clauses, the ruler of days."""
    return row(task, today) | {
        "quotes": matters.quotes(task.matter, quotes),
        "items": list(task.items.all()),
        "helpers": list(task.helpers.all()),
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
