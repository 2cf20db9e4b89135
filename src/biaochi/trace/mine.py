"""“My matter” across all stages: where it is, who has it, when it goes on, in plain words."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.doors import door
from biaochi.evaluation import queries as evaluation
from biaochi.trace import queries, story
from biaochi.trace.parts import part
from biaochi.voice import actions
from biaochi.voice.say import forms
from biaochi.voice.say.mine import held, matter_seen


@door(Role.RESIDENT, methods=("GET",))
def matter(request):
    """Everything about my voice: how far it is, who looked at it, and what I can do."""
    voice = held(request)
    return page(request, voice) if voice else redirect("mine")


@door(Role.RESIDENT, methods=("POST",), posts=30, seconds=600)
def add(request):
    """Say something more."""
    voice = held(request)
    if voice is None:
        return redirect("mine")
    form = forms.More(request.POST)
    if not form.is_valid():
        return page(request, voice, form=form, status=422)
    text = form.cleaned_data["text"]
    actions.add_words(voice=voice, text=text, by=request.actor, now=timezone.now())
    messages.success(request, _("补上了，跟您原来的话放在一起。"))
    return redirect("mine-matter")


def page(request, voice, *, form=None, status=200):
    seen = matter_seen(request, voice, form=form, tell=story.tell_plainly)
    found = seen["matter"]
    if found:
        today = timezone.localdate()
        about = {"matter": found, "hands": queries.hands(found, today), "today": today}
        asked = evaluation.of_voice(voice)
        seen["further"] = [part("mine_hands", about, request)]
        if asked:
            # they are asked already: nothing is announced any more
            seen["way"] = [line for line in seen["way"] if line.when or line.state != "next"]
            seen["further"].append(part("evaluation/on_mine", about | {"it": asked}, request))
    return render(request, "voice/say/pages/matter.html", seen, status=status)
