"""Who is asked in a round, and what the answers come to. No name leaves this room."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from biaochi.evaluation.models import Ask, Round
from biaochi.evaluation.rules import COUNTED, State
from biaochi.task.models import Task
from biaochi.task.rules import UNDER_WAY
from biaochi.task.rules import State as TaskState
from biaochi.voice.models import Membership, Voice
from biaochi.voice.rules import State as VoiceState


@dataclass(frozen=True)
class Tally:
    """The answers of a round. Silent are those who have not answered or cannot say yet."""

    solved: int
    partly: int
    unsolved: int
    silent: int

    @property
    def answered(self):
        return self.solved + self.partly + self.unsolved

    @property
    def asked(self):
        return self.answered + self.silent


@dataclass(frozen=True)
class Standing:
    """Where a matter stands in the people's judgement."""

    round: Round | None
    state: str  # of the round that counts, "" when nobody was ever asked
    closed: bool


def people_of(matter):
    """``[(voice, speaker or None)]``: the first voice of every person who spoke of a matter.

    One person is one speaker; who left nothing is counted by the voice. Withdrawn and erased
    voices are not asked. Voices of matters that were merged into this one are members of it.
    """
    rows = Membership.objects.filter(matter=matter, voice__state=VoiceState.HEARD)
    rows = rows.order_by("voice__said_at", "voice_id")
    found, known = [], set()
    for voice, speaker in rows.values_list("voice_id", "voice__speaker_id").iterator():
        if speaker is None or speaker not in known:
            found.append((voice, speaker))
            known.add(speaker)
    return found


def standing_asks(round_):
    """Those who still count: withdrawn and erased voices leave, unless the person said it twice.

    Whoever was moved into another matter by the office stays in the count of the round in which
    they were asked: nobody can take the discontented out of it.
    """
    same = Membership.objects.filter(matter=round_.matter_id, voice__state=VoiceState.HEARD)
    again = Exists(same.filter(voice__speaker=OuterRef("speaker")))
    return Ask.objects.filter(round=round_).filter(Q(voice__state=VoiceState.HEARD) | again)


def tally(round_):
    """The answers of those who still count, in one query."""
    found = standing_asks(round_).aggregate(
        asked=Count("pk"),
        **{answer.value: Count("pk", filter=Q(answer=answer)) for answer in COUNTED},
    )
    solved, partly, unsolved = (found[answer.value] for answer in COUNTED)
    return Tally(solved, partly, unsolved, found["asked"] - solved - partly - unsolved)


def ask_of(voice):
    """The newest question to the person behind a voice about its matter, or None.

    Several voices of one person share the question; each of their codes opens it.
    """
    asked = Q(voice=voice)
    if voice.speaker_id:
        matter = Membership.objects.filter(voice=voice).values("matter")
        same = Voice.objects.filter(speaker=voice.speaker_id).values("pk")
        of_speaker = Q(speaker=voice.speaker_id) | Q(voice__in=same)
        asked |= of_speaker & Q(round__matter__in=matter)
    asks = Ask.objects.filter(asked).select_related("round__matter", "round__revisit", "voice")
    return asks.order_by("-round__opened_at", "-round_id", "pk").first()


def standing(matter):
    """Whether a matter is closed: solved by those who spoke, and no unit works on it.

    A revisit that is being asked, or that reached nobody, does not open a matter again; one
    that found it broken does.
    """
    undecided = Q(revisit__isnull=False, state__in=(State.ASKING, State.UNREACHED))
    rounds = Round.objects.filter(matter=matter).exclude(undecided)
    latest = rounds.order_by("-opened_at", "-pk").first()
    if latest is None:
        return Standing(None, "", False)
    closed = latest.state == State.SOLVED
    if closed:
        live = (*UNDER_WAY, TaskState.RETURNED)
        closed = not Task.objects.filter(matter=matter, state__in=live).exists()
    return Standing(latest, latest.state, closed)
