from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.voice.rules import BatchState
from biaochi.voice.sheets import actions, catalogue, queries, report
from biaochi.voice.sheets.forms import Upload, read_fields
from biaochi.voice.sheets.rules import AT_ONCE

PAGES = {
    BatchState.TRIED: "voice/sheets/pages/tried.html",
    BatchState.TAKING: "voice/sheets/pages/taking.html",
    BatchState.TAKEN: "voice/sheets/pages/taken.html",
    BatchState.UNDONE: "voice/sheets/pages/taken.html",
}


@door(Role.STAFF, posts=30)
def desk_import(request):
    """Choose a file; it is only tried."""
    form = _upload(request)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.try_in(
                file_bytes_or_path=file.read(),
                file_name=file.name,
                by=request.actor,
                now=timezone.now(),
            )
        except Incomplete as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("desk-batch", batch.pk)
    page = {
        "form": form,
        "here": "desk-import",
        "tried": queries.tried(request.actor),
        "earlier": queries.earlier(request.actor),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "voice/sheets/pages/choose.html", page, status=status)


@door(Role.STAFF)
def batch(request, pk):
    """One sheet: its report, its way in, or what became of it; and every deed on it."""
    found = _found(request, pk)
    if request.method == "GET":
        if request.htmx and found.state != BatchState.TAKING:  # the progress that asked is over
            return HttpResponse(headers={"HX-Refresh": "true"})
        return _show(request, found)
    deed = DEEDS.get(request.POST.get("deed"))
    if deed is None:
        raise NotNow(_("不认识这个按钮，请刷新页面再试。"))
    try:
        return deed(request, found)
    except Incomplete as refusal:
        return _show(request, _found(request, pk), wrong=str(refusal))


@door(Role.STAFF, methods=("GET",))
def refused(request, pk):
    """The rows that were not taken, with their reasons, as CSV."""
    table = queries.refused_table(_found(request, pk))
    response = HttpResponse(table, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{pk}.csv"'
    return response


@door(Role.STAFF, Role.OPERATOR, posts=30)
def categories(request):
    """Bring in the office's own category table."""
    form, brought = _upload(request), None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = catalogue.import_categories(
                file_bytes_or_path=file.read(),
                file_name=file.name,
                by=request.actor,
                now=timezone.now(),
            )
        except Incomplete as refusal:
            form.add_error("file", str(refusal))
    page = {"form": form, "brought": brought, "here": "desk-import"}
    status = 422 if form.errors else 200
    return render(request, "voice/sheets/pages/categories.html", page, status=status)


def _upload(request):
    is_sent = request.method == "POST"
    return Upload(request.POST, request.FILES) if is_sent else Upload()


def _found(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found


def _show(request, found, wrong=""):
    now = timezone.now()
    may_undo, last_day = queries.can_undo(found, now)
    page = {
        "batch": found,
        "state": BatchState(found.state),
        "wrong": wrong,
        "here": "desk-import",
        "figures": report.figures(found),
        "notes": report.notes(found),
        "groups": report.refused_groups(found),
        "looks": report.looks(found),
        "progress": report.progress(found),
        "columns": queries.columns(found),
        "choices": queries.choices(),
        "undo_days": queries.undo_days(),
        "may_undo": may_undo,
        "last_day": last_day,
        "earlier": queries.earlier(request.actor, without=found.pk),
    }
    status = 422 if wrong else 200
    return render(request, PAGES[found.state], page, status=status)


def _remap(request, found):
    fields = _posted_fields(request, found)
    actions.remap(batch=found, mapping=fields, by=request.actor, now=timezone.now())
    return redirect("desk-batch", found.pk)


def _take(request, found):
    """Take in a small sheet at once; a large one goes on in the background."""
    if _posted_fields(request, found) != found.mapping["fields"]:
        _remap(request, found)
        raise Incomplete(_("您改了列的对法，已经照新的又试了一遍。看好了再按“收下”。"))
    by, now = request.actor, timezone.now()
    seen = "seen" in request.POST
    if report.figures(found).takes <= AT_ONCE:
        actions.take_in(batch=found, by=by, now=now, seen=seen)
    else:
        actions.begin(batch=found, by=by, now=now, seen=seen)
    return redirect("desk-batch", found.pk)


def _go(request, found):
    """Go on with a sheet: some rows now, the rest in the background."""
    by, now = request.actor, timezone.now()
    held = actions.go_on(batch=found, by=by, now=now)
    enough = held.taken_count + held.known_count + AT_ONCE

    def stop():
        now_at = report.progress(queries.get(request.actor, found.pk))
        return now_at[0] >= enough

    actions.take_in(batch=found, by=by, now=now, stop=stop)
    return redirect("desk-batch", found.pk)


def _drop(request, found):
    actions.drop(batch=found, by=request.actor, now=timezone.now())
    return redirect("desk-import")


def _plain(verb):
    def deed(request, found):
        verb(batch=found, by=request.actor, now=timezone.now())
        return redirect("desk-batch", found.pk)

    return deed


def _posted_fields(request, found):
    return read_fields(request.POST, found.report["columns"], found.mapping["fields"])


DEEDS = {
    "remap": _remap,
    "take": _take,
    "go": _go,
    "drop": _drop,
    "hold": _plain(actions.hold),
    "undo": _plain(actions.undo),
    "redo": _plain(actions.redo),
}
