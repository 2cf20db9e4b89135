"""The few voices that stand for a matter when something is held against it."""

from biaochi.voice.models import Matter, Membership, Voice
from biaochi.voice.rules import MatterState, State

WITNESSES = 3
ROW = ("pk", "title", "text", "place", "said_at", "speaker_id", "area__name", "likes")


def witnesses(keys=None):
    """Open matters with the voices that stand for them: the earliest that came in.

    :param keys: only these matters (those that are not open are left out)
    :returns: ``{key of a matter: {pk, title, place, voices: [row, …]}}``
    """
    matters = Matter.objects.filter(state=MatterState.OPEN).order_by("pk")
    rows = Membership.objects.filter(
        matter__state=MatterState.OPEN, voice__state=State.HEARD
    ).order_by("matter", "voice")
    if keys is not None:
        matters, rows = matters.filter(pk__in=keys), rows.filter(matter__in=keys)
    found = {row["pk"]: {**row, "voices": []} for row in matters.values("pk", "title", "place")}
    chosen = {}
    for matter, voice in rows.values_list("matter", "voice").iterator():
        standing = chosen.setdefault(matter, [])
        if len(standing) < WITNESSES:
            standing.append(voice)
    texts = {row["pk"]: row for row in voice_rows([v for vs in chosen.values() for v in vs])}
    for matter, voices in chosen.items():
        if matter in found:
            found[matter]["voices"] = [texts[voice] for voice in voices if voice in texts]
    return found


def voice_rows(keys):
    """Voices as the engine's door takes them."""
    rows = []
    for start in range(0, len(keys), 900):
        rows += Voice.objects.filter(pk__in=keys[start : start + 900]).order_by("pk").values(*ROW)
    return rows
