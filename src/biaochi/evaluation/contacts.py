"""How long a contact is kept: as long as somebody may have to call, and some days after that.

When a matter is closed, the days of the profile begin; when it is worked on again, they end. On
the last day it is looked at once more, because a person may have spoken of something else since.
"""

from biaochi.core.actors import CLOCK
from biaochi.core.clock import due_on
from biaochi.core.profiles import span
from biaochi.evaluation.asking import standing
from biaochi.people import vault
from biaochi.voice.models import Matter, Voice
from biaochi.voice.rules import State as VoiceState


def let_go(*, matter, now):
    """A matter is closed: the contacts of those who spoke of it are kept some days more."""
    vault.keep_until(
        speakers=_speakers_of(matter), day=due_on(now, span("contact_kept_after_close"))
    )


def hold(*, matter):
    """A matter is worked on again: whoever spoke of it may have to be called."""
    vault.keep_until(speakers=_speakers_of(matter), day=None)


def forget_due(*, now):
    """Forget the contacts whose days are over, unless something else is open; returns how many."""
    forgotten = 0
    for speaker in list(vault.due_to_forget(now=now)):
        if is_needed(speaker):
            vault.keep_until(speakers=[speaker.pk], day=None)
        else:
            vault.forget_contact(speaker=speaker, by=CLOCK, now=now)
            forgotten += 1
    return forgotten


def is_needed(speaker):
    """Whether a person has said something that is not closed yet."""
    said = Voice.objects.filter(speaker=speaker, state=VoiceState.HEARD)
    if said.filter(membership=None).exists():
        return True
    matters = Matter.objects.filter(memberships__voice__in=said).distinct()
    return any(not standing(matter).closed for matter in matters)


def _speakers_of(matter):
    said = Voice.objects.filter(membership__matter=matter, state=VoiceState.HEARD)
    return said.exclude(speaker=None).values("speaker")
