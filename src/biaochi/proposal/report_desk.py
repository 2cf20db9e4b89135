"""The pages of information reports: a writer's own, and the office's editing."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.proposal import actions, earlier, forms, queries
from biaochi.proposal.rules import Report
from biaochi.proposal.views import shown

DEALS: dict[str, tuple] = {
    "edit": (actions.edit_report, "text", "edited_text"),
    "not-use": (actions.not_use, "why", "why"),
    "send": (actions.send, "sent_to", "sent_to"),
    "answer": (actions.note_answer, "answer", "answer"),
}


@door(Role.MEMBER)
def mine(request):
    """A member's own reports, and a line to begin one."""
    if request.method == "POST":
        return begun(request, "member-report", list_page)
    return list_page(request)


@door(Role.MEMBER)
def member_report(request, pk, *, ways=None):
    """The own report: written while it is a draft, read afterwards."""
    return own_report(request, pk, "member-report", ways)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def reports(request):
    return list_page(request)


@door(Role.STAFF, methods=("POST",))
def begin(request):
    """The office writes reports as well."""
    return begun(request, "desk-report", list_page)


@door(Role.STAFF, Role.AUDITOR)
def office_report(request, pk, *, ways=None):
    """A report at the office: an own draft to write, or one that was handed in."""
    return own_report(request, pk, "desk-report", ways)


@door(Role.STAFF, methods=("POST",))
def deal(request, pk):
    """Edit, do not use, send, or note the answer: the button says which."""
    report = queries.report(request.actor, pk)
    verb, name, field = DEALS.get(request.POST.get("do"), DEALS["edit"])
    try:
        words = request.POST.get(field, "")
        verb(report=report, **{name: words}, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return report_page(request, report, error=wrong, typed=request.POST)
    messages.success(request, _("记下了，写的人看得到。"))
    return redirect("desk-report", pk=pk)


def begun(request, name, page):
    try:
        report = actions.begin_report(
            title=request.POST.get("title", ""),
            text="",
            matters=[],
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return page(request, error=wrong)
    return redirect(name, pk=report.pk)


def own_report(request, pk, name, ways):
    report = queries.report(request.actor, pk)
    if request.method == "GET":
        return report_page(request, report, ways=ways)
    typed, now = request.POST, timezone.now()
    matters, _studies = queries.links_of(forms.wholes(typed.getlist("matter")), [])
    try:
        actions.write_report(
            report=report,
            title=typed.get("title", ""),
            text=typed.get("text", ""),
            matters=matters,
            by=request.actor,
            now=now,
        )
        if typed.get("do") == "submit":
            actions.submit_report(report=report, by=request.actor, now=now)
    except Incomplete as wrong:
        return report_page(request, report, error=wrong, typed=typed, ways=ways)
    if typed.get("do") == "find":
        return redirect(f"{request.path}?find={typed.get('find', '').strip()[:60]}#links")
    messages.success(request, _("交上去了。") if typed.get("do") == "submit" else _("存好了。"))
    return redirect(name, pk=pk)


def list_page(request, *, error=None):
    state = request.GET.get("state", "")
    state = state if state in Report.values else ""
    page = queries.reports_page(request.actor, state, request.GET.get("page"))
    office = not request.actor.has(Role.MEMBER)
    seen = {
        "here": "desk-proposals" if office else "member-reports",
        "office": office,
        "may_write": not request.actor.has(Role.AUDITOR),
        "page": page,
        "rows": list(page.object_list),
        "counts": queries.report_counts(request.actor),
        "state": state,
        "states": Report.choices,
        "typed": request.POST.get("title", ""),
    }
    return shown(request, "reports", seen, error)


def days_of(report):
    """The working days between sending a report and what came back, or None."""
    if not report.answered_at:
        return None
    sent, answered = map(timezone.localdate, (report.sent_at, report.answered_at))
    return queries.working_days_left(sent, answered)


def report_page(request, report, *, error=None, typed=None, ways=None):
    office = request.actor.has(Role.STAFF)
    own = report.writer_id == request.actor.account
    typed = typed or {}
    writing = own and report.state == Report.DRAFT
    keys = forms.wholes(typed.getlist("matter")) if writing and typed else None
    linked = list(report.matters.all()) if keys is None else queries.links_of(keys, [])[0]
    find = request.GET.get("find", "").strip()[:60]
    seen = {
        "here": "member-reports" if request.actor.has(Role.MEMBER) else "desk-proposals",
        "report": report,
        "office": office,
        "desk": not request.actor.has(Role.MEMBER),
        "writing": writing,
        "title": typed.get("title", report.title) if writing else report.title,
        "text": typed.get("text", report.text) if writing else report.text,
        "matters": linked,
        "find": find,
        "found": [one for one in queries.found_links(find)[0] if one not in linked],
        "typed": typed,
        "read": queries.read_report(report),
        "days": days_of(report),
        "ways": ways(report) if ways else "",
        "Report": Report,
    }
    if writing:
        seen["earlier"] = earlier.found(
            title=seen["title"],
            text=seen["text"],
            actor=request.actor,
            page="member-proposal" if request.actor.has(Role.MEMBER) else "desk-proposal",
            matters=linked,
        )
    return shown(request, "report", seen, error)
