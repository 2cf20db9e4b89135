"""The library at the desk: bring in and look before it counts, publish, take down, answer, lists."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.library import actions, complaints, forms, lists, queries, sentences
from biaochi.library.rules import State
from biaochi.library.views import handed, typed

TABS = ("draft", "open", "down")
ROWS = 20


@door(Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, methods=("GET",))
def desk(request):
    """What is here, in drawers; the office also finds the complaints that wait."""
    return drawers(request, forms.Upload())


@door(Role.STAFF, Role.MEMBER, methods=("POST",), posts=60, seconds=600)
def add(request):
    """Read a file and show what was found in it. Nobody else sees it until it is published."""
    form = forms.Upload(request.POST, request.FILES)
    try:
        told = dict(form.check())
        file = told.pop("file")
        document = actions.take_in(
            data=file.read(),
            name=file.name,
            by=request.actor,
            now=timezone.now(),
            **told,
        )
    except (Incomplete, NotNow) as refusal:
        if isinstance(refusal, Incomplete):
            form.refuse(refusal)
        else:
            form.add_error("file", str(refusal))
        return drawers(request, form, status=refusal.http_status)
    messages.success(request, _("读好了，还没公开。请看看读得对不对。"))
    return redirect("desk-library-document", pk=document.pk)


@door(Role.STAFF, Role.MEMBER, Role.AUDITOR, methods=("GET",))
def document(request, pk):
    return document_page(request, queries.get(request.actor, pk))


@door(Role.STAFF, Role.MEMBER, methods=("POST",))
def describe(request, pk):
    """Say anew what a document is."""
    found = queries.get(request.actor, pk)
    form = forms.Changed(request.POST)
    try:
        actions.describe(document=found, **form.check(), by=request.actor, now=timezone.now())
    except Incomplete as refusal:
        form.refuse(refusal)
        return document_page(request, found, form=form, status=422)
    return done(request, found, _("改好了。"))


@door(Role.STAFF, Role.MEMBER, methods=("POST",))
def parts(request, pk):
    """Read a draft once more, as one text or in its parts."""
    found = queries.get(request.actor, pk)
    as_one = request.POST.get("as_one") == "1"
    actions.read_again(document=found, as_one=as_one, by=request.actor, now=timezone.now())
    return done(request, found, _("按一篇读了。") if as_one else _("重新分了篇。"))


@door(Role.STAFF, methods=("POST",))
def publish(request, pk):
    found = queries.get(request.actor, pk)
    actions.publish(document=found, by=request.actor, now=timezone.now())
    return done(request, found, _("公开了，谁都能读、能查。"))


@door(Role.STAFF, Role.MEMBER, methods=("POST",))
def down(request, pk):
    """Take it down, or throw a draft away; either needs a reason."""
    found = queries.get(request.actor, pk)
    form = forms.Down(request.POST)
    try:
        why = form.check()["why"]
        actions.take_down(document=found, why=why, by=request.actor, now=timezone.now())
    except Incomplete as refusal:
        form.refuse(refusal)
        return document_page(request, found, down_form=form, status=422)
    if request.actor.has(Role.STAFF):
        return done(request, found, _("下架了。来找它的人会看到为什么。"))
    messages.success(request, _("撤掉了。"))
    return redirect("desk-library")


@door(Role.STAFF, methods=("POST",))
def back(request, pk):
    found = queries.get(request.actor, pk)
    actions.put_back(document=found, by=request.actor, now=timezone.now())
    return done(request, found, _("放回去了。"))


@door(Role.STAFF, Role.MEMBER, Role.AUDITOR, methods=("GET",))
def original(request, pk):
    """The original for those who work on it: a member only gets what is the member's own."""
    found = queries.get(request.actor, pk)
    found = found.parent or found
    own = request.actor.has(Role.MEMBER) and found.uploaded_by_id == request.actor.account
    if not (own or found.may_download or request.actor.has(Role.STAFF, Role.AUDITOR)):
        raise NotYours(sentences.read_only())
    return handed(found)


@door(Role.STAFF, Role.AUDITOR, methods=("GET",))
def complained(request):
    """What people said should not stand here: first those that wait."""
    seen = {
        "waiting": queries.complaints(request.actor),
        "answered": queries.complaints(request.actor, answered=True).reverse()[:30],
    }
    return shown(request, "desk_complaints", seen)


@door(Role.STAFF)
def complaint(request, pk):
    """Look at one and answer it, with or without taking the document down."""
    found = queries.complaint(request.actor, pk)
    form = forms.Answer(request.POST or None)
    status = 200
    if request.method == "POST":
        try:
            complaints.answer(
                complaint=found,
                words=form.check()["answer"],
                down="down" in request.POST,
                by=request.actor,
                now=timezone.now(),
            )
            messages.success(request, _("答复了。提的人凭地址看得到。"))
            return redirect("desk-library-complaints")
        except Incomplete as refusal:
            form.refuse(refusal)
            status = 422
    seen = {"complaint": found, "form": form, "State": State}
    return shown(request, "desk_complaint", seen, status)


@door(Role.STAFF)
def reading_lists(request):
    """The lists to read, by field; begin one."""
    form = forms.List(request.POST or None)
    status = 200
    if request.method == "POST":
        try:
            told = dict(form.check())
            told.pop("closed")
            made = lists.make_list(**told, by=request.actor, now=timezone.now())
            return redirect("desk-library-list", pk=made.pk)
        except Incomplete as refusal:
            form.refuse(refusal)
            status = 422
    seen = {"form": form, "lists": queries.reading_lists(closed=True)}
    return shown(request, "desk_lists", seen, status)


@door(Role.STAFF)
def reading_list(request, pk):
    """One list: what stands on it, and its name."""
    found, items = queries.reading_list(pk, closed=True)
    form = forms.List(request.POST or None, initial=vars(found) | {"category": found.category})
    if request.method == "POST":
        try:
            told = form.check()
            lists.change_list(reading_list=found, **told, by=request.actor, now=timezone.now())
            messages.success(request, _("改好了。"))
            return redirect("desk-library-list", pk=pk)
        except Incomplete as refusal:
            form.refuse(refusal)
            return list_page(request, found, items, form, forms.PutOn(), 422)
    return list_page(request, found, items, form, forms.PutOn())


@door(Role.STAFF, methods=("POST",))
def put_on(request, pk):
    found, items = queries.reading_list(pk, closed=True)
    form = forms.PutOn(request.POST)
    try:
        told = form.check()
        chosen = queries.visible_to(request.actor).filter(pk=told["document"]).first()
        if chosen is None:
            raise Incomplete(_("没有这个编号的资料。"), "document")
        lists.put_on(
            reading_list=found,
            document=chosen,
            what_for=told["what_for"],
            by=request.actor,
            now=timezone.now(),
        )
    except Incomplete as refusal:
        form.refuse(refusal)
        own = forms.List(initial=vars(found) | {"category": found.category})
        return list_page(request, found, items, own, form, 422)
    messages.success(request, _("放进书单了。"))
    return redirect("desk-library-list", pk=pk)


@door(Role.STAFF, methods=("POST",))
def take_off(request, pk):
    item = queries.item(pk)
    lists.take_off(item=item, by=request.actor, now=timezone.now())
    messages.success(request, _("从书单里拿掉了，资料还在库里。"))
    return redirect("desk-library-list", pk=item.reading_list_id)


def drawers(request, form, status=200):
    """The desk's first page with its upload form."""
    counts = queries.desk_counts(request.actor)
    tab = request.GET.get("tab", "")
    allowed = TABS if request.actor.has(Role.STAFF, Role.AUDITOR) else TABS[:2]
    if not request.actor.has(Role.STAFF, Role.AUDITOR, Role.MEMBER):
        allowed = ("open",)
    if tab not in allowed:
        tab = "draft" if counts["draft"] and "draft" in allowed else "open"
    sieve = forms.sieve_of(request.GET)
    rows = queries.drawer(request.actor, tab, sieve)
    seen = {
        "tabs": allowed,
        "tab": tab,
        "counts": counts,
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "base": f"{reverse('desk-library')}?tab={tab}&{typed(request.GET)}page=",
        "may_add": request.actor.has(Role.STAFF, Role.MEMBER),
        "is_office": request.actor.has(Role.STAFF, Role.AUDITOR),
        "may_write": request.actor.has(Role.STAFF),
        "opened": bool(form.errors),
    }
    return shown(request, "desk", seen, status)


def document_page(request, found, *, form=None, down_form=None, status=200):
    """One document at the desk: what was read, what is known, and what may be done with it."""
    staff = request.actor.has(Role.STAFF)
    own = request.actor.account == found.uploaded_by_id
    initial = {name: getattr(found, name) for name in (*actions.DESCRIBED, "truncated")}
    top = found.parent or found
    seen = {
        "document": found,
        "top": top,
        "chapters": list(queries.chapters(found)) if not found.parent_id else [],
        "samples": queries.samples(found),
        "notes": [(note["code"], sentences.of_note(note)) for note in found.notes],
        "form": form or forms.Changed(initial=initial),
        "down_form": down_form or forms.Down(),
        "first": queries.first_page(found),
        "may_write": staff or (own and found.state == State.DRAFT),
        "may_publish": staff,
        "State": State,
    }
    return shown(request, "desk_document", seen, status)


def list_page(request, found, items, form, put_form, status=200):
    seen = {"list": found, "items": items, "form": form, "put_form": put_form}
    return shown(request, "desk_list", seen, status)


def done(request, document, words):
    messages.success(request, words)
    return redirect("desk-library-document", pk=document.pk)


def shown(request, name, seen, status=200):
    seen |= {"here": "desk-library", "messages": list(messages.get_messages(request))}
    return render(request, f"library/pages/{name}.html", seen, status=status)
