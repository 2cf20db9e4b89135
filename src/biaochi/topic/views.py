"""The pages of topics: what was chosen and what was not, for everybody; deciding, for the office."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.topic import actions, earlier, forms, neglect, queries
from biaochi.topic.rules import Choice, Criterion, GoesTo, Grade, State
from biaochi.voice.matters import queries as matters

SHOWN_GAPS = 6  # on the desk; the public page shows every kind


@door(methods=("GET",))
def topics(request):
    """What was chosen and what was put aside, in equal form, and what is neglected."""
    page = page_number(request)
    chosen, chosen_count = queries.decided(request.actor, State.CHOSEN, page)
    aside, aside_count = queries.decided(request.actor, State.ASIDE, page)
    seen = {
        "here": "matters",
        "chosen": chosen,
        "aside": aside,
        "chosen_count": chosen_count,
        "aside_count": aside_count,
        "page": page,
        "pages": -(-max(chosen_count, aside_count) // queries.PAGE),
        "gap": neglect.gap(now=timezone.now()),
        "smallest": matters.smallest_cell(),
    }
    return render(request, "topic/pages/topics.html", seen)


@door(methods=("GET",))
def topic(request, pk, *, ways=None):
    """One topic for everybody: its question, four criteria, and every decision with its reasons.

    :param ways: a function of the topic that returns where it came from and went, as a piece of the
        page; whoever reads across the stages hands it in
    """
    found = the_topic(request, pk)
    if found.state == State.CANDIDATE and not queries.reasons(found):
        raise Http404  # nothing was decided about it yet
    card = queries.card_of(found, request.actor)
    seen = {"here": "matters", "card": card, "reasons": queries.reasons(found)}
    seen["ways"] = ways(found) if ways else ""
    return render(request, "topic/pages/topic.html", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def desk(request):
    """All candidates beside the four criteria, and what was put aside and why."""
    actor, page = request.actor, page_number(request)
    waiting = queries.candidates(actor)
    aside, aside_count = queries.decided(actor, State.ASIDE, page)
    seen = {
        "here": "desk-topics",
        "rows": [(card, queries.signing(card.topic, actor)) for card in waiting],
        "small": [card for card in waiting if card.care],
        "chosen": queries.decided(actor, State.CHOSEN)[0],
        "aside": aside,
        "counts": queries.counts(actor),
        "page": page,
        "pages": -(-aside_count // queries.PAGE),
        "gap": neglect.gap(now=timezone.now()),
        "shown_gaps": SHOWN_GAPS,
        "may_write": actor.has(Role.STAFF),
        "columns": [str(criterion.label) for criterion in Criterion],
    }
    return shown(request, "desk_topics", seen)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def desk_topic(request, pk, *, ways=None):
    return desk_page(request, the_topic(request, pk), ways=ways)


@door(Role.STAFF, methods=("POST",))
def decide(request, pk):
    """One person's decision; others read it when a second one has decided too."""
    found, form = the_topic(request, pk), forms.DecideForm(request.POST)
    try:
        check_form(form)
        done = actions.decide(topic=found, **form.deed(), by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return desk_page(request, found, error=wrong, typed=request.POST)
    messages.success(request, after_deciding(done, found.state))
    return redirect("desk-topic", pk=pk)


@door(Role.STAFF, methods=("POST",))
def bring_back(request, pk):
    found, form = the_topic(request, pk), forms.BackForm(request.POST)
    try:
        check_form(form)
        why = form.cleaned_data["why"]
        actions.bring_back(topic=found, why=why, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return desk_page(request, found, error=wrong, typed=request.POST)
    messages.success(request, _("拿回来了，重新由两个人来定。"))
    return redirect("desk-topic", pk=pk)


@door(Role.STAFF)
def raise_topic(request):
    return raising(request, "desk-topics")


@door(Role.MEMBER)
def member_raise(request):
    return raising(request, "member-topics")


@door(Role.MEMBER, methods=("GET",))
def member_topics(request):
    """What this member put forward, and what became of it."""
    seen = {
        "here": "member-topics",
        "cards": queries.raised_by(request.actor),
        "chosen": queries.decided(request.actor, State.CHOSEN)[0],
    }
    return shown(request, "member_topics", seen)


def raising(request, back_to):
    """Put matters forward as a candidate. A search in the form keeps everything that was typed."""
    sent = request.POST if request.method == "POST" else request.GET
    form = forms.RaiseForm(sent)
    keys = [int(key) for key in sent.getlist("matter") if key.isdigit() and len(key) < 16][:10]
    chosen = [one for one in (matters.get(request.actor, key) for key in keys) if one]
    error = None
    if request.method == "POST" and sent.get("deed") != "find":
        try:
            check_form(form)
            actions.raise_topic(matters=chosen, **form.deed(), by=request.actor, now=timezone.now())
        except (Incomplete, NotNow) as wrong:
            error = wrong
        else:
            messages.success(request, _("放进候选了，要由另外两个人来定。"))
            return redirect(back_to)
    return raising_page(request, back_to, chosen, sent, error)


def raising_page(request, back_to, chosen, typed, error):
    find = typed.get("find", "").strip()[:60]
    found = matters.find_matters(find) if find else []
    seen = {
        "here": back_to,
        "back_to": back_to,
        "chosen": chosen,
        "found": [one for one in found if one not in chosen],
        "find": find,
        "typed": typed,
        "title": typed.get("title") or (chosen[0].title if chosen else ""),
        "figures": queries.counted_now(chosen, request.actor, timezone.now()) if chosen else {},
        "criteria": [(one.value, str(one.label), HINTS[one]()) for one in Criterion],
        "grades": Grade.choices,
        "earlier": earlier_groups(chosen, typed),
        "error": error,
    }
    return shown(request, "raise", seen, error)


def earlier_groups(chosen, typed):
    """Who said the like before: ``[(name of the kind, lines)]``, or None while nothing is asked."""
    title, text = earlier.question_of(chosen)
    title = typed.get("title", "").strip() or title
    text = "\n".join([typed.get("question", "").strip(), text]).strip()
    if not (title or text):
        return None
    found = earlier.found(title=title, text=text, but=[one.pk for one in chosen])
    return [(_("大家说过的事"), found["matter"]), (_("学习资料"), found["library"])]


def desk_page(request, found, *, error=None, typed=None, ways=None):
    actor = request.actor
    seen = {
        "here": "desk-topics",
        "card": queries.card_of(found, actor),
        "signing": queries.signing(found, actor),
        "reasons": queries.reasons(found),
        "choices": [("take", Choice.TAKE.label, "go"), ("aside", Choice.ASIDE.label, "stop")],
        "goes_to": GoesTo.choices,
        "may_write": actor.has(Role.STAFF),
        "ways": ways(found) if ways else "",
        "error": error,
        "typed": typed or {},
    }
    return shown(request, "desk_topic", seen, error)


def shown(request, name, seen, error=None):
    seen |= {"messages": list(messages.get_messages(request))}
    status = error.http_status if error else 200
    return render(request, f"topic/pages/{name}.html", seen, status=status)


def after_deciding(done, before):
    """What the page says after one person has decided."""
    if done.state == before:
        return _("签上了。另一位定以前，谁也看不到您写的。")
    if done.state == State.CHOSEN:
        return _("两个人意见一致：定为调研选题了，理由公开了。")
    return _("定下来了：先放一放。理由和去处都公开了。")


def the_topic(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found


def check_form(form):
    """Raise the form's first error as the refusal that pages and programs share."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Incomplete(errors[0], field)


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 10_000 else 1


HINTS = {
    Criterion.STRONG: lambda: _("多少人说、是不是越来越多、急不急；人少而难的，也写明。"),
    Criterion.WHOM: lambda: _("跟老人、孩子、上班养家的年轻人有没有关系。"),
    Criterion.NARROW: lambda: _("口子小不小，去几天能不能看清楚。"),
    Criterion.FEASIBLE: lambda: _("谁能定、要多少钱、多久见得着。"),
}
