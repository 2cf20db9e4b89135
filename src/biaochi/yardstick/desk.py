"""The desk pages of the yardstick: the office's questions, a unit's answers, ledger and spending."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.yardstick import actions, forms, ledger, queries
from biaochi.yardstick.rules import LASTING, Finding, Horizon, Kind, WrongKind


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_alerts(request):
    return list_page(request, "desk_alerts", "desk-alerts")


@door(Role.UNIT, methods=("GET",))
def unit_alerts(request):
    """What the unit is asked. Nothing here leads to a person."""
    return list_page(request, "unit_alerts", "unit-alerts")


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def office_alert(request, pk):
    return alert_page(request, queries.get(request.actor, pk))


@door(Role.UNIT, methods=("GET",))
def unit_alert(request, pk):
    return alert_page(request, queries.get(request.actor, pk))


@door(Role.STAFF, methods=("POST",))
def office_answer(request, pk):
    return answered(request, pk)


@door(Role.UNIT, methods=("POST",))
def unit_answer(request, pk):
    return answered(request, pk)


@door(Role.STAFF, methods=("POST",))
def office_wrong(request, pk):
    return called_wrong(request, pk)


@door(Role.UNIT, methods=("POST",))
def unit_wrong(request, pk):
    return called_wrong(request, pk)


@door(Role.STAFF, methods=("POST",))
def settle(request, pk):
    return deed(
        request,
        pk,
        forms.SettleForm,
        lambda typed: {"finding": typed["finding"], "found": typed["found"]},
        actions.settle,
        _("收起来了。看到了什么，大家都看得到。"),
    )


@door(Role.STAFF, methods=("POST",))
def ask_anew(request, pk):
    return deed(
        request,
        pk,
        forms.AnewForm,
        lambda typed: {"why": typed["why"]},
        actions.ask_anew,
        _("又问出去了，期限从今天重新算。"),
    )


def answered(request, pk):
    return deed(
        request,
        pk,
        forms.AnswerForm,
        lambda typed: {"words": typed["words"]},
        actions.answer,
        _("说明收到了，公开页上看得到。"),
    )


def called_wrong(request, pk):
    return deed(
        request,
        pk,
        forms.WrongForm,
        lambda typed: {"kind": typed["kind"], "words": typed["wrong"]},
        actions.call_wrong,
        _("收起来了，记在“问错了”里，规则跟着改。"),
    )


def deed(request, pk, form, given, verb, said):
    """One verb on one alert; what was typed stays when something is missing."""
    alert = queries.get(request.actor, pk)
    filled = form(request.POST)
    try:
        check_form(filled)
        values = given(filled.cleaned_data)
        verb(alert=alert, **values, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return alert_page(request, alert, error=wrong, typed=request.POST)
    messages.success(request, said)
    return redirect("unit-alert" if request.actor.has(Role.UNIT) else "desk-alert", pk=pk)


def list_page(request, name, here):
    today = timezone.localdate()
    tab = request.GET.get("tab", "")
    tab = tab if tab in queries.TABS else "asked"
    page = page_number(request)
    found, total = queries.alerts(request.actor, tab, page)
    counts = queries.alert_counts(request.actor, today)
    seen = {
        "here": here,
        "today": today,
        "tab": tab,
        "counts": counts,
        "alerts": [(alert, queries.told(alert), queries.pressing(alert, today)) for alert in found],
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "by_rule": queries.by_rule(),
        "run": queries.last_run(),
        "line": queries.false_alarm_share(),
        "rail_counts": {here: counts["asked"]},
        "rail_hot": [here] if counts["late"] else [],
    }
    return shown(request, name, seen)


def alert_page(request, alert, *, error=None, typed=None):
    today = timezone.localdate()
    unit = request.actor.has(Role.UNIT)
    here = "unit-alerts" if unit else "desk-alerts"
    seen = {
        "here": here,
        "today": today,
        "alert": alert,
        "told": queries.told(alert),
        "pressing": queries.pressing(alert, today),
        "first": "unit" if unit else "desk",
        "may_write": request.actor.has(Role.STAFF, Role.UNIT),
        "office": request.actor.has(Role.STAFF),
        "kinds": [("", _("请选一个")), *WrongKind.choices],
        "findings": [(value, words, "") for value, words in Finding.choices],
        "error": error,
        "typed": typed or {},
    }
    return shown(request, "alert", seen, error)


@door(Role.STAFF, Role.MEMBER, Role.AUDITOR, methods=("GET",))
def desk_achievements(request):
    """The ledger at the desk: what nobody has gone over yet comes first."""
    found = sorted(queries.achievements(), key=lambda one: bool(one.ticks))
    seen = {
        "here": "desk-achievements",
        "ledger": found,
        "may_write": request.actor.has(Role.STAFF, Role.MEMBER),
        "account": request.actor.account,
        "office": request.actor.has(Role.STAFF),
    }
    return shown(request, "desk_achievements", seen)


@door(Role.STAFF, Role.MEMBER)
def new_achievement(request):
    error = None
    if request.method == "POST":
        form = forms.AchievementForm(request.POST)
        try:
            check_form(form)
            values = dict(form.cleaned_data)
            matter, hands = values.pop("number"), forms.hands_of(request.POST)
            done = ledger.write_achievement(
                **values, matter=matter, hands=hands, by=request.actor, now=timezone.now()
            )
            messages.success(request, _("记下了。请另一个人来看六条，打勾。"))
            return redirect("achievement", pk=done.pk)
        except (Incomplete, NotNow) as wrong:
            error = wrong
    seen = {
        "here": "desk-achievements",
        "typed": request.POST,
        "error": error,
        "kinds": [("", _("请选一类")), *Kind.choices],
        "horizons": [("", _("请选一个")), *Horizon.choices],
        "areas": queries.area_choices(),
        "places": range(1, forms.HANDS + 1),
    }
    return shown(request, "new_achievement", seen, error)


@door(Role.STAFF, Role.MEMBER)
def tick(request, pk):
    """Somebody else than the writer goes over the six signs."""
    one = queries.achievement(pk)
    if one is None:
        raise Http404
    error, ticks = None, one.ticks
    if request.method == "POST":
        ticks = forms.ticks_of(request.POST)
        try:
            ledger.tick(achievement=one, ticks=ticks, by=request.actor, now=timezone.now())
            messages.success(request, _("打好勾了，公开页上看得到。"))
            return redirect("achievement", pk=pk)
        except Incomplete as wrong:
            error = wrong
    seen = {
        "here": "desk-achievements",
        "one": one,
        "signs": [
            (sign, str(words), sign in ticks, said(request, sign, ticks))
            for sign, words in LASTING.items()
        ],
        "mine": one.by_id == request.actor.account,
        "error": error,
    }
    return shown(request, "tick", seen, error)


def said(request, sign, ticks):
    return request.POST.get(f"why-{sign}", ticks.get(sign, ""))


@door(Role.STAFF)
def spending(request):
    """Published spending by kind of matter: what the third question compares with."""
    error = None
    if request.method == "POST":
        form = forms.SpendingForm(request.POST)
        try:
            check_form(form)
            ledger.note_spending(**form.cleaned_data, by=request.actor, now=timezone.now())
            messages.success(request, _("记下了。"))
            return redirect("desk-spending")
        except Incomplete as wrong:
            error = wrong
    seen = {
        "here": "desk-alerts",
        "typed": request.POST,
        "error": error,
        "lines": queries.spending(),
        "kinds": [("", _("请选一类")), *queries.kind_choices()],
        "areas": queries.area_choices(),
    }
    return shown(request, "spending", seen, error)


def check_form(form):
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Incomplete(errors[0], field)


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 100_000 else 1


def shown(request, name, seen, error=None):
    seen |= {"messages": list(messages.get_messages(request))}
    status = error.http_status if error else 200
    return render(request, f"yardstick/pages/{name}.html", seen, status=status)
