"""The readers of single voices. Units have no entrance here at all."""

from dataclasses import dataclass

from django.db.models import Case, Q, TextField, When
from django.db.models.functions import Cast

from biaochi.core import search
from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.models import Entry
from biaochi.core.profiles import span
from biaochi.core.record import label
from biaochi.people import vault
from biaochi.voice.analysis import cover, names_in
from biaochi.voice.analysis import pieces as pieces_of
from biaochi.voice.models import Attachment, Voice
from biaochi.voice.originals import open_words
from biaochi.voice.rules import State, Urgency

PUBLIC = Q(state=State.HEARD, public=True, seen_at__isnull=False, hidden_why="")


@dataclass(frozen=True)
class LookSeen:
    """One look at a speaker's contact or original words, as the speaker may read it."""

    at: object
    who: str
    why: str
    contact: bool  # the telephone number was opened; otherwise the original words


def public_voices(**filters):
    """The voices that anybody may read: redacted, wanted public, read by the office, not hidden.

    ``filters``: query (words that must all occur in the redacted text), area, category, group,
    urgency, channel.
    """
    return _narrowed(Voice.objects.filter(PUBLIC), **filters)


def visible_to(actor, **filters):
    """The voices this actor may read one by one: staff all that stand, others the public ones.

    A unit reads nothing here: it sees matters, never single voices.
    """
    if actor.has(Role.UNIT):
        return Voice.objects.none()
    if not actor.has(Role.STAFF):
        return public_voices(**filters)
    return _narrowed(Voice.objects.exclude(state=State.ERASED), **filters)


def get(actor, pk):
    """One voice that this actor may read, or None."""
    return visible_to(actor).filter(pk=pk).first()


def own(pk):
    """A voice for the holder of its code (the caller has proven it), or None if it is erased."""
    standing = Voice.objects.exclude(state=State.ERASED)
    return (
        standing.filter(pk=pk)
        .select_related("area", "category", "speaker", "membership__matter")
        .first()
    )


def unseen():
    """What the office has not read yet, urgent ones first, then the oldest."""
    urgent_first = Case(When(urgency=Urgency.URGENT, then=0), default=1)
    return (
        Voice.objects.filter(state=State.HEARD, seen_at=None)
        .order_by(urgent_first, "heard_at", "pk")
        .select_related("area", "category")
        .defer("original_sealed", "code_mark")
    )


def counts():
    """How many voices stand, how many of them wait to be read: ``(heard, unseen)``."""
    return (
        Voice.objects.filter(state=State.HEARD).count(),
        Voice.objects.filter(state=State.HEARD, seen_at=None).count(),
    )


def original_of(voice):
    """The original words, for the holder of the code; None when they are gone."""
    return open_words(voice) if voice.original_sealed else None


def preview(text, beside=""):
    """What others will see of a text: ``Shown(text, kinds)``.

    :param beside: what was said with it; a name that is given there is covered here as well
    """
    return cover(text, names_in(beside))


def pieces(text):
    """A covered text as ``(words, None)`` and ``(marker, kind)``, so that a page can tell them."""
    return pieces_of(text)


def looks(voice):
    """Who looked at the speaker's contact or original words, newest first."""
    seen = [LookSeen(x.at, x.who, x.why, True) for x in vault.looks_of(voice.speaker)]
    opened = Entry.objects.filter(thing=label(voice), verb="open original")
    seen += [LookSeen(entry.at, entry.actor, entry.note, False) for entry in opened]
    return sorted(seen, key=lambda look: look.at, reverse=True)


def attachment(*, pk, voice=None):
    """One photo or recording, of this voice if one is given; None if there is none."""
    files = Attachment.objects.filter(voice__isnull=False, pk=pk)
    return (files.filter(voice=voice) if voice else files).first()


def _narrowed(voices, *, query="", area=None, category=None, group="", urgency="", channel=""):
    if query.strip():
        voices = search.matching(voices, "voice", query)
    if area:
        voices = voices.filter(area=area)
    if category:
        voices = voices.filter(Q(category=category) | Q(category__parent=category))
    if group:
        voices = voices.alias(groups_text=Cast("groups", TextField()))
        voices = voices.filter(groups_text__contains=f'"{group}"')
    if urgency:
        voices = voices.filter(urgency=urgency)
    if channel:
        voices = voices.filter(channel=channel)
    return voices.select_related("area", "category")


def over_regret(*, now):
    """Withdrawn voices whose days to think better of it are over."""
    waiting = Voice.objects.filter(state=State.WITHDRAWN, withdrawn_at__lt=now)
    regret = span("regret_withdrawal")
    return [v for v in waiting if local_day(now) > due_on(v.withdrawn_at, regret)]
