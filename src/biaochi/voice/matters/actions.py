"""All verbs on matters, and the verbs on one voice that change a matter's counts.

What a speaker does with their own voice is done by the voice room; here it happens together with
the recount of the matter, in one transaction. Pages call these.
"""

from django.db import transaction

from biaochi.voice import actions as voices
from biaochi.voice.matters.caring import care, categorise, reach, rename, uncare
from biaochi.voice.matters.counting import recount
from biaochi.voice.matters.forgetting import forget_words
from biaochi.voice.matters.regrouping import join, merge, open_matter, split, take_out
from biaochi.voice.matters.suggesting import answer, answer_all, suggest, take_back
from biaochi.voice.matters.undoing import undo
from biaochi.voice.models import Matter

__all__ = [
    "answer",
    "answer_all",
    "care",
    "categorise",
    "change_contact",
    "come_back",
    "erase",
    "join",
    "merge",
    "open_matter",
    "reach",
    "recall_batch",
    "recount",
    "rename",
    "return_batch",
    "split",
    "suggest",
    "take_back",
    "take_out",
    "uncare",
    "undo",
    "withdraw",
]


@transaction.atomic
def withdraw(*, voice, by, now):
    """Take a voice back; its matter counts it no longer."""
    voice = voices.withdraw(voice=voice, by=by, now=now)
    recount(matters=_matters_of([voice]))
    return voice


@transaction.atomic
def come_back(*, voice, by, now):
    """Undo a withdrawal; the voice is still where it was."""
    voice = voices.come_back(voice=voice, by=by, now=now)
    recount(matters=_matters_of([voice]))
    return voice


@transaction.atomic
def erase(*, voice, by, now):
    """Remove a voice for good, also what suggestions and old deeds quoted of it."""
    forget_words(voice=voice, now=now)
    voice = voices.erase(voice=voice, by=by, now=now)
    recount(matters=_matters_of([voice]))
    return voice


@transaction.atomic
def change_contact(*, voice, phone="", relay="", by, now):
    """Change how a speaker can be reached; two voices may turn out to be one person's."""
    voice = voices.change_contact(voice=voice, phone=phone, relay=relay, by=by, now=now)
    recount(matters=_matters_of([voice]))
    return voice


@transaction.atomic
def recall_batch(*, batch, by, now):
    """Take out every voice of a spreadsheet; returns them."""
    moved = voices.recall_batch(batch=batch, by=by, now=now)
    recount(matters=_matters_of(moved))
    return moved


@transaction.atomic
def return_batch(*, batch, by, now):
    """Undo ``recall_batch``; returns the voices that came back."""
    moved = voices.return_batch(batch=batch, by=by, now=now)
    recount(matters=_matters_of(moved))
    return moved


def _matters_of(moved):
    keys, found = sorted(voice.pk for voice in moved), set()
    for start in range(0, len(keys), 500):
        inside = Matter.objects.filter(memberships__voice__in=keys[start : start + 500])
        found |= set(inside.order_by().values_list("pk", flat=True).distinct())
    return found
