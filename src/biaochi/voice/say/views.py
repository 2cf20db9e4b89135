"""The wizard: four questions, a last look, a receipt. No account, no script needed.

Whoever speaks here speaks as a resident, also somebody who is signed in for a duty.
"""

import segno
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.vary import vary_on_cookie

from biaochi.core.actors import RESIDENT
from biaochi.core.doors import door
from biaochi.core.profiles import number, span
from biaochi.core.refusals import Incomplete, NotNow
from biaochi.people import queries as people
from biaochi.voice import queries as voices
from biaochi.voice.attachments import TYPES, path_of
from biaochi.voice.matters import queries as matters
from biaochi.voice.rules import Group
from biaochi.voice.say import drafts, forms

COOKIE_AGE = 14 * 24 * 3600
TEXT_KEPT = 20_000  # what is kept of a text that is too long, so that it can be cut
SIMILAR = 3
FIELDS = {
    "say-where": ("area", "place"),
    "say-whom": ("groups", "urgency"),
    "say-reply": ("reply", "phone", "relay", "public"),
}


@door(methods=("GET",))
def say(request):
    return redirect("say-what")


@door(posts=60, seconds=600)
def what(request):
    """Step 1: what it is about, in words; a recording and photos if one likes."""
    key, draft = held(request)
    content = drafts.content_of(draft)
    if request.method == "GET":
        form = forms.What(initial=content)
        return page(request, "what", form, draft, status=200)
    if draft is None:
        key = drafts.new_key(key)
    text = request.POST.get("text", "").strip()[:TEXT_KEPT]
    draft = drafts.save(key=key, changes={"text": text}, now=timezone.now())
    wrong = attach_all(request, key)
    if "save" in request.POST and not wrong:
        return keeping(redirect("say-saved"), key)
    has_recording = any(f.kind == "recording" for f in drafts.files_of(draft))
    form = forms.What(request.POST, has_recording=has_recording)
    if form.is_valid() and not wrong:
        return keeping(redirect(following(request, "say-where")), key)
    return keeping(page(request, "what", form, draft, wrong=wrong, status=422), key)


@door(posts=60, seconds=600)
def where(request):
    """Step 2: the street or township, and the spot if one likes."""
    return step(request, "where", forms.Where, "say-whom")


@door(posts=60, seconds=600)
def whom(request):
    """Step 3: whom it touches and which kind of need it is."""
    more = {"urgency_words": forms.URGENCY_WORDS, "group_words": forms.GROUP_WORDS}
    return step(request, "whom", forms.Whom, "say-reply", **more)


@door(posts=60, seconds=600)
def reply(request):
    """Step 4: whether and how to be answered; whether others may read the words."""
    more = {"reply_words": forms.REPLY_WORDS, "public_words": forms.PUBLIC_WORDS}
    return step(request, "reply", forms.Reply, "say-check", **more)


def step(request, name, form_class, after, **more):
    """One question with plain answers: keep what was typed, then check it."""
    key, draft = held(request)
    if draft is None:
        return redirect("say-what")
    content = drafts.content_of(draft)
    if request.method == "GET":
        return page(request, name, form_class(initial=content), draft, status=200, **more)
    form = form_class(request.POST)
    drafts.save(key=key, changes=typed(form, name), now=timezone.now())
    if "save" in request.POST:
        return keeping(redirect("say-saved"), key)
    if form.is_valid():
        return keeping(redirect(following(request, after)), key)
    return keeping(page(request, name, form, draft, status=422, **more), key)


@door(posts=30, seconds=600)
def check(request):
    """The last look: all answers, what others will see, and whether others said the same."""
    key, draft = held(request)
    if draft is None:
        return redirect("say-done" if drafts.receipt(key=key, now=timezone.now()) else "say-what")
    content = drafts.content_of(draft)
    missing = first_missing(content)
    if missing:
        return redirect(missing)
    similar = matters.similar(content["text"], SIMILAR, place=content["place"])
    keys = [matter.pk for matter, _probability, _reasons in similar]
    form = forms.Join(request.POST or None, keys=keys)
    if request.method == "POST":
        if not similar or form.is_valid():
            return submit(request, key, form.chosen if similar else None)
        return check_page(request, content, draft, similar, form, status=422)
    return check_page(request, content, draft, similar, form, status=200)


def submit(request, key, join):
    try:
        drafts.send(key=key, join=join, by=RESIDENT, now=timezone.now())
    except Incomplete as wrong:
        messages.error(request, str(wrong))
        return redirect({"place": "say-where", "phone": "say-reply"}.get(wrong.field, "say-what"))
    except NotNow as moved:
        messages.error(request, str(moved))
        return redirect("say-check")
    return redirect("say-done")


@door(methods=("GET",))
def done(request):
    """The receipt. It can be shown again for half an hour, on this browser only."""
    key, _draft = held(request)
    receipt = drafts.receipt(key=key, now=timezone.now())
    if receipt is None:
        return redirect("mine")
    address = request.build_absolute_uri(reverse("mine"))
    context = {
        "here": "say",
        "code": receipt["code"],
        "reply": receipt["reply"],
        "qr": qr(f"{address}#{receipt['code']}"),
        "first_look": span("first_look").amount,
    }
    return render(request, "voice/say/pages/done.html", context)


@door(methods=("GET",))
def saved(request):
    """What was filled in so far is kept on this browser."""
    _key, draft = held(request)
    if draft is None:
        return redirect("say-what")
    context = {"here": "say", "days": span("draft_kept").amount}
    return render(request, "voice/say/pages/saved.html", context)


@door(methods=("POST",), posts=60, seconds=600)
def forget(request):
    """Remove the draft, and what this browser holds of it."""
    key, _draft = held(request)
    drafts.forget(key=key)
    messages.success(request, _("写了一半的已经清掉了，这台设备上什么也没留。"))
    response = redirect("say-what")
    response.delete_cookie(drafts.COOKIE)
    return response


@door(methods=("GET",))
@vary_on_cookie
def draft_file(request, pk):
    """A photo or recording of the draft that this browser holds."""
    _key, draft = held(request)
    file = next((f for f in drafts.files_of(draft) if f.pk == pk), None)
    return hand_out(file)


@door(methods=("POST",), posts=60, seconds=600)
def drop_file(request, pk):
    key, _draft = held(request)
    drafts.detach(key=key, pk=pk)
    return redirect("say-what")


def hand_out(file):
    """Give out one of our own files, never to be kept or guessed at by a browser."""
    if file is None or not path_of(file).is_file():
        raise Http404
    response = FileResponse(path_of(file).open("rb"), content_type=TYPES[file.kind])
    response.headers["Content-Disposition"] = f'inline; filename="{file.kind}-{file.pk}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def held(request):
    """The key in the cookie and the draft behind it, which was not sent yet; each may be None."""
    key = drafts.read_key(request.COOKIES.get(drafts.COOKIE))
    return key, drafts.find(key)


def keeping(response, key):
    """Let the browser keep the key for as long as drafts are kept."""
    response.set_cookie(
        drafts.COOKIE,
        str(key),
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def attach_all(request, key):
    """Keep every file that can be kept; return ``[(field, sentence)]`` for the others."""
    wrong = []
    for kind in ("photos", "recording"):
        for file in request.FILES.getlist(kind)[:20]:
            try:
                drafts.attach(key=key, kind=kind, file=file, now=timezone.now())
            except Incomplete as refusal:
                wrong.append((kind, f"{shorter(file.name)}：{refusal}"))
    return wrong


def shorter(name):
    return name if len(name) <= 20 else f"{name[:8]}…{name[-8:]}"


def typed(form, name):
    """What was typed, valid or not, so that nothing is lost."""
    answers = {}
    for field in FIELDS[f"say-{name}"]:
        value = form.data.getlist(field) if field == "groups" else form.data.get(field, "")
        answers[field] = value[:20] if field == "groups" else value.strip()[:300]
    return answers


def following(request, after):
    return "say-check" if request.GET.get("from") == "check" else after


def first_missing(content):
    """The name of the first step whose answers do not hold, or None."""
    steps = (
        ("say-what", forms.What),
        ("say-where", forms.Where),
        ("say-whom", forms.Whom),
        ("say-reply", forms.Reply),
    )
    return next((name for name, form in steps if not form(content).is_valid()), None)


def page(request, name, form, draft, *, status, wrong=(), **more):
    context = {
        "here": "say",
        "form": form,
        "draft": draft,
        "files": drafts.files_of(draft),
        "wrong": [*wrongs(form), *wrong],
        "from_check": request.GET.get("from") == "check",
        "photos_most": number("photos_a_voice"),
        "minutes_most": number("recording_minutes"),
        "told": list(messages.get_messages(request)),
        **more,
    }
    return render(request, f"voice/say/pages/{name}.html", context, status=status)


def wrongs(form):
    """What is wrong, with the id of the answer to go to."""
    return [(f.id_for_label or f"{f.auto_id}_0", e) for f in form for e in f.errors]


def check_page(request, content, draft, similar, form, *, status):
    text = voices.preview(content["text"])
    place = voices.preview(content["place"], beside=content["text"])
    kinds = sorted(text.kinds | place.kinds)
    context = {
        "here": "say",
        "answers": answers(content, drafts.files_of(draft)),
        "hidden": [forms.KIND_WORDS[kind] for kind in kinds],
        "kind_words": forms.KIND_WORDS,
        "pieces": voices.pieces(text.text),
        "public": content["public"] == "yes",
        "similar": similar,
        "form": form,
        "wrong": wrongs(form),
        "told": list(messages.get_messages(request)),
    }
    return render(request, "voice/say/pages/check.html", context, status=status)


def answers(content, files):
    """What was answered, in words: ``[(label, words, name of the step)]``."""
    area = next((a.name for a in people.areas() if str(a.pk) == content["area"]), "")
    where = [area or _("全市都有，或者说不清"), content["place"]]
    groups = [str(Group(group).label) for group in content["groups"]]
    kind = forms.URGENCY_WORDS.get(content["urgency"])
    return [
        (_("什么事"), content["text"], "say-what"),
        (_("在哪儿"), " · ".join(filter(None, where)), "say-where"),
        (_("跟谁有关"), _("、").join(groups) or _("没有选"), "say-whom"),
        (_("是哪一种"), kind[0] if kind else _("没有选"), "say-whom"),
        (_("录音、照片"), words_of(files), "say-what"),
        (_("怎么回话"), reply_words(content), "say-reply"),
        (_("公开不公开"), forms.PUBLIC_WORDS[content["public"]][0], "say-reply"),
    ]


def reply_words(content):
    if content["reply"] == "phone":
        return _("手机号，尾号 %(tail)s") % {"tail": content["phone"].strip()[-4:]}
    if content["reply"] == "relay":
        return _("请人转告：%(who)s") % {"who": content["relay"]}
    return _("不留名，凭查询码看")


def words_of(files):
    photos = sum(file.kind == "photo" for file in files)
    parts = []
    if photos:
        parts.append(ngettext("照片 %(n)s 张", "照片 %(n)s 张", photos) % {"n": photos})
    for file in files:
        if file.kind == "recording":
            seconds = file.seconds
            parts.append(ngettext("录音 %(n)s 秒", "录音 %(n)s 秒", seconds) % {"n": seconds})
    return _("，").join(parts) or _("没有")


def qr(address):
    """The address as a picture for a telephone's camera, as inline SVG without any style."""
    picture = segno.make(address, error="m", micro=False)
    # Numbers and letters of a fixed drawing: nothing of a visitor's is in the markup.
    return mark_safe(picture.svg_inline(border=4, light="#fff", omitsize=True, lineclass=None))  # noqa: S308
