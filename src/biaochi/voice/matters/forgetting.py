"""What else quotes a voice: it has to forget, when the speaker has the voice erased."""

from django.db.models import TextField
from django.db.models.functions import Cast

from biaochi.voice.models import Membership, Regroup, Suggestion
from biaochi.voice.rules import Answer


def forget_words(*, voice, now):
    """Empty the words of a voice out of reasons, doubts and suggested titles.

    The deeds themselves stay: who was in which matter is still known, what was said is not.
    """
    Membership.objects.filter(voice=voice).update(reasons=[])
    quoting = Suggestion.objects.filter(voices__voice=voice)
    quoting.filter(answer__in=(Answer.OPEN, Answer.LATER)).update(
        answer=Answer.STALE, answered_at=now
    )
    quoting.update(reasons=[], doubts=[], title="", place="")
    _forget_in_deeds(voice)


def _forget_in_deeds(voice):
    deeds = Regroup.objects.alias(text=Cast("matters", TextField()))
    for deed in deeds.filter(text__contains=f'"{voice.pk}":'):
        kept = deed.matters.get("kept", {})
        if str(voice.pk) in kept:
            kept[str(voice.pk)][3] = []
            Regroup.objects.filter(pk=deed.pk).update(matters=deed.matters)
