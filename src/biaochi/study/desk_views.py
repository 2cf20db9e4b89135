"""The team's pages of studies: plan, seal, lot, visits, report. They work on a phone."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.study import actions, forms, queries
from biaochi.study.rules import Announced, ChosenBy, Depth, Side, Sign, State

TEAM = (Role.STAFF, Role.MEMBER)
KINDS = {Announced.NO: "go", Announced.LEAKED: "slow", Announced.YES: "stop"}


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def desk(request):
    return list_page(request, mine=False)


@door(Role.MEMBER, methods=("GET",))
def member_studies(request):
    return list_page(request, mine=True)


@door(*TEAM)
def open_study(request):
    """Begin a study of a chosen topic."""
    sent = request.POST if request.method == "POST" else request.GET
    key = sent.get("topic", "")
    topic = queries.topic(int(key)) if key.isdigit() and len(key) < 16 else None
    form, error = forms.OpenForm(sent), None
    if request.method == "POST":
        try:
            check_form(form)
            if topic is None:
                raise Incomplete(_("请选一个定下来的选题。"), "topic")
            title = form.cleaned_data["title"]
            made = actions.open_study(
                topic=topic, title=title, by=request.actor, now=timezone.now()
            )
        except Incomplete as wrong:
            error = wrong
        else:
            return redirect("desk-study-plan", pk=made.pk)
    title = sent.get("title") or (topic.title if topic else "")
    seen = {"topics": queries.topics(), "topic": topic, "title": title, "error": error}
    return shown(request, "new", seen, error)


@door(*TEAM, Role.AUDITOR, methods=("GET",))
def study(request, pk, *, ways=None):
    return study_page(request, the_study(request, pk), ways=ways)


@door(*TEAM)
def plan(request, pk):
    """Write the plan; the second button keeps it and seals it."""
    found = the_study(request, pk)
    queries.check_inside(found, request.actor)
    people = queries.companions(found)
    form, error = forms.PlanForm(request.POST or None, people), None
    if request.method == "POST":
        now = timezone.now()
        try:
            check_form(form)
            kept = actions.write_plan(study=found, **form.deed(), by=request.actor, now=now)
            if request.POST.get("deed") == "seal":
                actions.seal(study=kept, by=request.actor, now=now)
                messages.success(request, _("封好了。指纹已经贴在公开页上。"))
                return redirect("desk-study", pk=pk)
        except (Incomplete, NotNow) as wrong:
            error = wrong
        else:
            messages.success(request, _("存好了，还没有封。"))
            return redirect("desk-study-plan", pk=pk)
    return plan_page(request, found, people, error)


@door(*TEAM, methods=("POST",))
def unseal(request, pk):
    return with_reason(request, pk, actions.unseal, _("拆开了，原来的指纹还在公开页上。"))


@door(*TEAM, methods=("POST",))
def drop(request, pk):
    return with_reason(request, pk, actions.drop, _("停下来了。理由公开，封着的也打开了。"))


@door(*TEAM, methods=("POST",))
def look(request, pk):
    """Ask to know a plan that one did not make. It is recorded and counted in public."""
    actions.look(study=the_study(request, pk), by=request.actor, now=timezone.now())
    messages.success(request, _("打开了。这一次留了底，拆封以后公开页上会写有几人看过。"))
    return redirect("desk-study", pk=pk)


@door(*TEAM, methods=("POST",))
def draw(request, pk):
    found, form = the_study(request, pk), forms.DrawForm(request.POST)
    try:
        check_form(form)
        value = form.cleaned_data["value"]
        actions.draw(study=found, value=value, by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        return study_page(request, found, error=wrong, typed=request.POST)
    messages.success(request, _("抽好了。谁用这个号码都能抽出一样的。"))
    return redirect("desk-study", pk=pk)


@door(*TEAM, methods=("POST",))
def replace(request, pk, place):
    found = the_study(request, pk)
    queries.check_inside(found, request.actor)
    site = the_site(found, place)
    form = forms.WhyForm(request.POST)
    try:
        check_form(form)
        why = form.cleaned_data["why"]
        actions.replace_site(site=site, why=why, by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        named = {"field": f"why-{place}"}
        return study_page(request, found, error=wrong, typed=request.POST, **named)
    messages.success(request, _("换了，按抽签的顺序取下一处。"))
    return redirect("desk-study", pk=pk)


@door(*TEAM, methods=("POST",))
def reveal(request, pk):
    found, form = the_study(request, pk), forms.RevealForm(request.POST)
    try:
        check_form(form)
        why = form.cleaned_data["early_why"]
        actions.reveal(study=found, early_why=why, by=request.actor, now=timezone.now())
    except (Incomplete, NotNow) as wrong:
        return study_page(request, found, error=wrong, typed=request.POST)
    messages.success(request, _("拆封了。计划、暗号和抽签都公开了，谁都能验。"))
    return redirect("desk-study", pk=pk)


@door(*TEAM)
def visit(request, pk, place):
    """Write down one visit, on a phone, beside the road. Nothing typed is lost on an error."""
    found = the_study(request, pk)
    queries.check_inside(found, request.actor)
    site, error = the_site(found, place), None
    if request.method == "POST":
        form = forms.VisitForm(request.POST)
        try:
            check_form(form)
            actions.record_visit(
                study=found, site=site, **form.deed(), by=request.actor, now=timezone.now()
            )
        except (Incomplete, NotNow) as wrong:
            error = wrong
        else:
            messages.success(request, _("记好了。名字、电话、门牌已经自动遮住。"))
            return redirect("desk-study", pk=pk)
    seen = {
        "study": found,
        "place": site,
        "sites": queries.drawn_sites(found),
        "today": timezone.localdate(),
        "typed": request.POST,
        "announced": [(key.value, str(key.label), KINDS[key]) for key in Announced],
        "depths": [(key.value, str(key.label), "") for key in Depth],
        "signs": Sign.choices,
        "chosen": [("", _("请选")), *ChosenBy.choices],
        "groups": range(forms.GROUPS),
        "error": error,
    }
    return shown(request, "visit", seen, error)


@door(*TEAM)
def report(request, pk):
    """Good and bad beside each other, each with where it was seen."""
    found = the_study(request, pk)
    queries.check_inside(found, request.actor)
    went, error = queries.visits(found), None
    form = forms.ReportForm(request.POST or None, went)
    if request.method == "POST":
        try:
            check_form(form)
            actions.report(study=found, **form.deed(), by=request.actor, now=timezone.now())
        except (Incomplete, NotNow) as wrong:
            error = wrong
        else:
            messages.success(request, _("报告出来了，好的、不好的都在公开页上。"))
            return redirect("desk-study", pk=pk)
    if found.state != State.REVEALED and not error:
        raise NotNow(_("计划拆封以后才写报告。"))
    seen = {
        "study": found,
        "visits": went,
        "typed": request.POST or beforehand(went),
        "sides": [
            (Side.GOOD.value, _("看到的好"), "go"),
            (Side.BAD.value, _("看到的不好"), "stop"),
        ],
        "rows": range(form.rows),
        "causes": range(forms.CAUSES),
        "error": error,
    }
    return shown(request, "report", seen, error)


def list_page(request, *, mine):
    page = page_number(request)
    found, total = queries.listing(request.actor, page, mine)
    seen = {
        "studies": found,
        "total": total,
        "page": page,
        "pages": -(-total // queries.PAGE),
        "mine": mine,
        "may_write": request.actor.has(*TEAM),
        "topics": queries.topics(),
    }
    return shown(request, "desk_studies", seen)


def study_page(request, found, *, error=None, typed=None, field="", ways=None):
    """The team's page of one study: how far it is, the seal, the lot, visits, what to do next."""
    seen = {
        **queries.desk_page(found, request.actor),
        "today": timezone.localdate(),
        "ways": ways(found) if ways else "",
        "error": error,
        "field": field or (error.field if isinstance(error, Incomplete) else ""),
        "typed": typed or {},
    }
    return shown(request, "desk_study", seen, error)


def plan_page(request, found, people, error):
    if found.state != State.PLANNING and not error:
        raise NotNow(_("计划已经封好了，不能再改。要改，请先写明为什么拆开重写。"))
    seen = {
        "study": found,
        "companions": people,
        "typed": request.POST or drafted(found, queries.inside(request.actor, found)),
        "knowing": request.POST.getlist("knowing") if request.POST else queries.knowing(found),
        "layers": range(forms.LAYERS),
        "error": error,
    }
    return shown(request, "plan", seen, error)


def drafted(found, inside):
    """What the form of a plan holds: the draft as it was kept."""
    typed = {
        "plan": inside.plan,
        "team": inside.team,
        "source": found.source,
        "source_on": found.source_on.isoformat() if found.source_on else "",
        "reveal_on": found.reveal_on.isoformat() if found.reveal_on else "",
    }
    for n, (name, count, names) in enumerate(queries.listed(found)):
        typed |= {f"stratum-{n}": name, f"draw-{n}": count, f"sites-{n}": "\n".join(names)}
    return typed


def beforehand(went):
    """What the report holds before anybody types: what each visit says is good and bad."""
    typed = {}
    for side in ("good", "bad"):
        rows = [one for one in went if getattr(one, side)]
        for n, one in enumerate(rows):
            typed |= {f"{side}-{n}": getattr(one, side), f"{side}-visit-{n}": [str(one.pk)]}
    return typed


def with_reason(request, pk, verb, sentence):
    """A deed that takes nothing but a reason."""
    found, form = the_study(request, pk), forms.WhyForm(request.POST)
    name = f"why-{verb.__name__}"
    try:
        check_form(form)
        verb(study=found, why=form.cleaned_data["why"], by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return study_page(request, found, error=wrong, typed=request.POST, field=name)
    messages.success(request, sentence)
    return redirect("desk-study", pk=pk)


def shown(request, name, seen, error=None):
    here = "member-studies" if request.actor.has(Role.MEMBER) else "desk-studies"
    seen |= {"here": here, "messages": list(messages.get_messages(request))}
    status = error.http_status if error else 200
    return render(request, f"study/pages/{name}.html", seen, status=status)


def the_study(request, pk):
    found = queries.get(request.actor, pk)
    if found is None:
        raise Http404
    return found


def the_site(found, place):
    site = queries.site(found, place)
    if site is None:
        raise Http404
    return site


def check_form(form):
    """Raise the form's first error as the refusal that pages and programs share."""
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Incomplete(errors[0], field)


def page_number(request):
    typed = request.GET.get("page", "")
    return int(typed) if typed.isdigit() and 0 < int(typed) < 10_000 else 1
