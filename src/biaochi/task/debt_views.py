"""The pages of the debt book: for everybody, the office, the unit that owes, and who asked."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete
from biaochi.task import debts, forms, ledger
from biaochi.task.rules import Debt as State
from biaochi.task.showing import check_form, page_number, shown
from biaochi.voice.rules import GROUP_TAGS

FILTERS = ("state", "q", "unit", "moved", "group", "month")


@door(methods=("GET",))
def public(request):
    """The whole book for everybody: by day, never by unit."""
    seen = book(request, ledger.published(), "debts")
    seen["here"] = "yardstick"
    return render(request, "task/pages/debts.html", seen)


@door(methods=("GET",))
def public_debt(request, pk, *, ways=None):
    """One promise with all its days.

    :param ways: a function of the debt that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    debt = ledger.published().filter(pk=pk).first()
    if debt is None:
        raise Http404
    seen = about(debt, ways) | {"here": "yardstick"}
    return render(request, "task/pages/debt.html", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office(request):
    seen = book(request, ledger.visible_to(request.actor), "desk-debts")
    seen |= {"here": "desk-debts", "table": f"{reverse('desk-debts-csv')}?{seen['typed_in']}"}
    return shown(request, "desk_debts", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def table(request):
    """The rows that pass the filters, as CSV."""
    today = timezone.localdate()
    found = ledger.sieved(ledger.visible_to(request.actor), sieve_of(request.GET), today)
    answer = StreamingHttpResponse(
        ledger.as_table(found, today), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="debts.csv"'
    return answer


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_debt(request, pk, *, ways=None):
    return office_page(request, ledger.get(request.actor, pk), ways=ways)


@door(Role.STAFF, methods=("POST",))
def check(request, pk):
    """The office has looked: kept, or not."""
    debt = ledger.get(request.actor, pk)
    kept = request.POST.get("answer") == "kept"
    form = forms.SayForm(request.POST)
    form.is_valid()
    deed = {"debt": debt, "by": request.actor, "now": timezone.now()}
    try:
        check_form(form)
        words = form.cleaned_data["words"]
        if kept:
            debts.check_kept(words=words, **deed)
        else:
            debts.refuse_kept(why=words, **deed)
    except Incomplete as wrong:
        return office_page(request, debt, error=wrong, typed=request.POST)
    done = _("记下了。现在请提的人认一认。") if kept else _("记下了。这一笔还欠着。")
    messages.success(request, done)
    return redirect("desk-debt", pk=pk)


@door(Role.UNIT, methods=("GET",))
def unit_debts(request):
    """What the unit promised, by day."""
    seen = book(request, ledger.visible_to(request.actor), "unit-debts")
    seen["here"] = "unit-debts"
    return shown(request, "unit_debts", seen)


@door(Role.UNIT)
def unit_debt(request, pk, *, ways=None):
    """Say that it is kept. What was typed stays when something is missing."""
    debt = ledger.get(request.actor, pk)
    if request.method == "GET":
        return unit_page(request, debt, ways=ways)
    form = forms.SayForm(request.POST)
    form.is_valid()
    try:
        check_form(form)
        words = form.cleaned_data["words"]
        debts.say_kept(debt=debt, words=words, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return unit_page(request, debt, error=wrong, typed=request.POST, ways=ways)
    messages.success(request, _("交上去了。办公室核一核，再请提的人认。"))
    return redirect("unit-debt", pk=pk)


@door(Role.UNIT, methods=("POST",))
def put_off(request, pk):
    debt = ledger.get(request.actor, pk)
    form = forms.PutOffForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        check_form(form)
        debts.put_off(
            debt=debt,
            until=typed.get("until"),
            why=typed.get("why", ""),
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as wrong:
        return unit_page(request, debt, error=wrong, typed=request.POST)
    messages.success(request, _("改好了。原来的日子一直留着，大家看得到为什么改。"))
    return redirect("unit-debt", pk=pk)


@door(Role.MEMBER)
def member_debt(request, pk, *, ways=None):
    """The member who asked agrees that the promise is kept, or does not."""
    debt = ledger.get(request.actor, pk)
    if request.method == "GET":
        return member_page(request, debt, ways=ways)
    kept = request.POST.get("answer") == "kept"
    form = forms.SayForm(request.POST)
    form.is_valid()
    deed = {"debt": debt, "by": request.actor, "now": timezone.now()}
    try:
        check_form(form)
        words = form.cleaned_data["words"]
        if kept:
            debts.acknowledge(words=words, **deed)
        else:
            debts.not_kept(why=words, **deed)
    except Incomplete as wrong:
        wrong.field = "words"
        return member_page(request, debt, error=wrong, typed=request.POST, ways=ways)
    messages.success(request, _("记下了，谢谢您。") if kept else _("记下了。这一笔还欠着。"))
    return redirect("member-debt", pk=pk)


def office_page(request, debt, *, error=None, typed=None, ways=None):
    seen = about(debt, ways) | {
        "here": "desk-debts",
        "typed": typed or {},
        "may_check": request.actor.has(Role.STAFF) and debt.state == State.SAID,
    }
    return shown(request, "desk_debt", seen, error)


def unit_page(request, debt, *, error=None, typed=None, ways=None):
    seen = about(debt, ways) | {
        "here": "unit-debts",
        "typed": typed or {},
        "owed": debt.state == State.OWED,
    }
    return shown(request, "unit_debt", seen, error)


def member_page(request, debt, *, error=None, typed=None, ways=None):
    seen = about(debt, ways) | {
        "here": "desk",
        "typed": typed or {},
        "may_answer": debt.state == State.CHECKED,
    }
    return shown(request, "member_debt", seen, error)


def about(debt, ways):
    """What every page of one debt shows; ``ways`` as in ``public_debt``."""
    today = timezone.localdate()
    return {
        "today": today,
        "row": ledger.row(debt, today),
        "debt": debt,
        "moves": ledger.postponements(debt),
        "kinds": ledger.kinds(),
        "ways": ways(debt) if ways else "",
    }


def book(request, found, name):
    """What every page of the book shows: figures, months, filters, and one page of rows."""
    today, sieve, page = timezone.localdate(), sieve_of(request.GET), page_number(request)
    rows, total = ledger.rows(ledger.sieved(found, sieve, today), today, page)
    typed = {key: request.GET[key] for key in FILTERS if request.GET.get(key)}
    figures = ledger.figures(found, today)
    months = ledger.by_month(found, today)
    oldest = figures["oldest"]
    return {
        "today": today,
        "sieve": sieve,
        "rows": rows,
        "total": total,
        "page": page,
        "pages": -(-total // ledger.PAGE),
        "base": f"{reverse(name)}?{urlencode(typed | {'page': ''})}",
        "typed_in": urlencode(typed),
        "here_url": reverse(name),
        "figures": figures,
        "longest": (today - oldest).days if oldest else 0,
        "months": months,
        "drawn": drawn(months, today),
        "kinds": ledger.kinds(),
        "states": states(),
        "choices": choices(),
    }


def drawn(months, today):
    """The months as the drawing wants them, the last 18: ``(rows, labels, place of today)``."""
    recent = months[-18:]
    keys = [month for month, *_counts in recent]
    here = today.strftime("%Y-%m")
    if len(recent) < 2 or not keys[0] <= here <= keys[-1]:
        return None
    labels = [_("%(month)s月") % {"month": int(key[5:])} for key in keys]
    return [tuple(counts) for _month, *counts in recent], labels, keys.index(here) + 0.5


def sieve_of(typed):
    """Read the filters; what makes no sense lets everything through."""
    unit, month, moved = (typed.get(key, "") for key in ("unit", "month", "moved"))
    state, group = typed.get("state", ""), typed.get("group", "")
    return ledger.Sieve(
        state=state if state in ledger.STATES else "",
        query=typed.get("q", "").strip()[:60],
        unit=int(unit) if unit.isdigit() and len(unit) < 10 else None,
        moved=moved if moved in ("yes", "no") else "",
        group=group if group in GROUP_TAGS else "",
        month=month if ledger.is_month(month) else "",
    )


def states():
    """What each filter of states is called."""
    return {
        "owed": _("还欠着"),
        "overdue": _("到期没兑现"),
        "soon": _("快到期"),
        "waiting": _("等核、等认"),
        "kept": _("按时兑现"),
        "late": _("晚了才兑现"),
    }


def choices():
    everything = ("", _("全部"))
    return {
        "state": [everything, *states().items()],
        "unit": [everything, *((str(key), name) for key, name in ledger.units_that_owe())],
        "moved": [everything, ("yes", _("改过")), ("no", _("没改过"))],
        "group": [everything, *((group.value, str(tag)) for group, tag in GROUP_TAGS.items())],
    }
