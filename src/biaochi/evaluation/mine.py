"""“Is it solved?”: two questions to whoever holds the code, without an account or a script.

The first answer waits in the visit until the second page is sent; nothing of it stands in an
address, because many people share a computer.
"""

from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from biaochi.core.clock import local_day
from biaochi.core.doors import door
from biaochi.core.profiles import span
from biaochi.core.refusals import Incomplete
from biaochi.evaluation import actions, forms, queries
from biaochi.task.actions import path_of
from biaochi.voice.say.mine import held

KEPT = "confirm"


@door(posts=60, seconds=600)
def confirm(request):
    """Question 1: is it solved? Beside it what the units say that they did."""
    voice, ask = asked(request)
    if voice is None:
        return redirect("mine")
    if ask is None:
        return render(request, "evaluation/pages/nothing_asked.html", {"here": "mine"})
    form = forms.Choice(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session[KEPT] = {"ask": ask.pk, "answer": form.cleaned_data["answer"]}
        return redirect("mine-confirm-words")
    chosen = request.POST.get("answer", "") or ask.answer
    wrong = form.errors.get("answer", [""])[0] if request.method == "POST" else ""
    context = about(ask) | {
        "claims": queries.claims_of(ask.round),
        "tiles": forms.tiles(again=ask.round.revisit_id is not None),
        "chosen": chosen,
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "evaluation/pages/confirm.html", context, status=status)


@door(posts=60, seconds=600)
def words(request):
    """Question 2: a sentence, if one likes, and who may read it. Sending it sends the answer."""
    voice, ask = asked(request)
    if voice is None:
        return redirect("mine")
    kept = request.session.get(KEPT) or {}
    if ask is None or kept.get("ask") != ask.pk:
        return redirect("mine-confirm")
    if request.method == "GET":
        typed = {"words": ask.words, "public": "yes" if ask.words_public else "no"}
        return words_page(request, ask, kept["answer"], typed)
    form = forms.WordsForm({} if "skip" in request.POST else request.POST)
    if not form.is_valid():
        wrong = form.errors["words"][0] if "words" in form.errors else ""
        return words_page(request, ask, kept["answer"], request.POST, wrong)
    try:
        deed = {"ask": ask, "answer": kept["answer"], **form.deed()}
        actions.answer(**deed, by=request.actor, now=timezone.now())
    except Incomplete as wrong:
        return words_page(request, ask, kept["answer"], request.POST, str(wrong))
    request.session.pop(KEPT, None)
    return redirect("mine-confirm-done")


@door(methods=("GET",))
def done(request):
    """What was said, what it came to so far, and what happens next.

    It opens no round: who has just decided one reads that first, not the next question.
    """
    voice = held(request)
    if voice is None:
        return redirect("mine")
    ask = queries.ask_of(voice)
    if ask is None or not ask.answer:
        return redirect("mine-confirm")
    context = about(ask) | {
        "judged": queries.judged(ask.round, words=False),
        "said": forms.words_of(ask.answer, ask.round.revisit_id is not None),
        "standing": queries.standing(ask.round.matter),
    }
    return render(request, "evaluation/pages/done.html", context)


@door(methods=("GET",))
def exhibit(request, pk):
    """A photo that the unit shows as proof, for those whom it has to convince."""
    _voice, ask = asked(request)
    found = queries.exhibit_for(ask, pk) if ask else None
    path = found and path_of(found)
    if not path or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="image/jpeg")
    response.headers["Content-Disposition"] = f'inline; filename="photo-{found.pk}.jpg"'
    return response


def asked(request):
    """The voice of this visit and the question to its owner; each may be None.

    What was checked a moment ago is asked about at once.
    """
    voice = held(request)
    if voice is None:
        return None, None
    membership = getattr(voice, "membership", None)
    if membership is not None:
        actions.open_rounds(now=timezone.now(), matter=membership.matter)
    return voice, queries.ask_of(voice)


def about(ask):
    last_day = actions.changeable_until(ask)
    return {
        "here": "mine",
        "ask": ask,
        "round": ask.round,
        "matter": ask.round.matter,
        "again": ask.round.revisit_id is not None,
        "days": span("answer_changed").amount,
        "change_until": last_day,
        "can_change": last_day is None or local_day(timezone.now()) <= last_day,
    }


def words_page(request, ask, answer, typed, wrong=""):
    title, hint = forms.ASKED_NEXT[answer]
    context = about(ask) | {
        "title": title,
        "hint": hint,
        "chosen": forms.words_of(answer, ask.round.revisit_id is not None),
        "typed": typed,
        "wrong": wrong,
    }
    status = 422 if wrong else 200
    return render(request, "evaluation/pages/confirm_words.html", context, status=status)
