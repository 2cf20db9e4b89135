"""What the office reads about voices and matters at the desk. Staff only: the doors see to that."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from biaochi.core import search
from biaochi.people.models import User
from biaochi.voice.matters.counting import PERSON
from biaochi.voice.matters.lists import LAST_PAGE, Page
from biaochi.voice.matters.reasons import said_reasons
from biaochi.voice.matters.undoing import can_be_undone, seems_undoable
from biaochi.voice.models import Matter, Membership, Regroup, Voice
from biaochi.voice.rules import EventKind, MatterState, State

VOICES_PAGE = 25
MEMBERS_PAGE = 20
DEEDS = 8
WINDOW = dt.timedelta(days=28)
GONE = [state for state in State if state != State.HEARD]


@dataclass(frozen=True)
class Sieve:
    """Which voices the office wants to see."""

    query: str = ""
    which: str = "unseen"  # unseen, alone, hidden, all
    channel: str = ""
    area: int | None = None
    page: int = 1


@dataclass(frozen=True)
class Deed:
    """A line of what was brought together or taken apart, and whether it can be undone now."""

    regroup: Regroup
    what: str
    who: str
    voices: int
    undoable: bool


def desk_voices(sieve):
    """A page of voices as the office reads them: redacted, withdrawn ones left out."""
    count = _count(sieve)
    last = max(1, min(-(-count // VOICES_PAGE), LAST_PAGE))
    place = max(1, min(sieve.page, last))
    # “Not one of the others” says the same as “heard”, and lets a database without statistics
    # walk the voices newest first instead of sorting all of them.
    rows = _sieved(Voice.objects.exclude(state__in=GONE), sieve)
    rows = rows.select_related("area", "membership__matter").order_by("-said_at", "-pk")
    rows = rows.defer("original_sealed", "code_mark")
    rows = list(rows[(place - 1) * VOICES_PAGE : place * VOICES_PAGE])
    return Page(rows, place, count, VOICES_PAGE)


def _sieved(voices, sieve):
    if sieve.query:
        voices = search.matching(voices, "voice", sieve.query)
    if sieve.which == "unseen":
        voices = voices.filter(seen_at=None)
    elif sieve.which == "alone":
        voices = voices.filter(membership=None)
    elif sieve.which == "hidden":
        voices = voices.exclude(hidden_why="")
    if sieve.channel:
        voices = voices.filter(channel=sieve.channel)
    return voices.filter(area=sieve.area) if sieve.area else voices


def _count(sieve):
    if sieve == Sieve(which="alone", page=sieve.page):
        return voice_counts()[1]
    return _sieved(Voice.objects.filter(state=State.HEARD), sieve).order_by().count()


def voice_counts():
    """How many voices wait to be read, and how many stand alone: ``(unseen, alone)``."""
    heard = Voice.objects.filter(state=State.HEARD).order_by()
    inside = Membership.objects.count() - Membership.objects.filter(voice__state__in=GONE).count()
    return heard.filter(seen_at=None).count(), heard.count() - inside


def chosen_voices(keys):
    """Voices by key, for deeds on several; unknown and erased keys are left out."""
    return list(Voice.objects.filter(pk__in=keys).exclude(state=State.ERASED).order_by("pk"))


def desk_members(matter, number):
    """A page of the voices in a matter, the newest to come in first."""
    rows = Membership.objects.filter(matter=matter, voice__state=State.HEARD)
    count = rows.order_by().count()
    last = max(1, min(-(-count // MEMBERS_PAGE), LAST_PAGE))
    place = max(1, min(number, last))
    rows = rows.select_related("voice__area").order_by("-at", "-voice__said_at", "-voice_id")
    rows = rows.defer("voice__original_sealed", "voice__code_mark")
    rows = list(rows[(place - 1) * MEMBERS_PAGE : place * MEMBERS_PAGE])
    for row in rows:
        row.said_reasons = said_reasons(row.reasons)
    return Page(rows, place, count, MEMBERS_PAGE)


def recent_people(matter, now):
    """How many people spoke in the last four weeks, and in the four weeks before."""
    heard = Membership.objects.filter(matter=matter, voice__state=State.HEARD)
    last, before = now - WINDOW, now - 2 * WINDOW
    counts = heard.aggregate(
        recent=Count(PERSON, distinct=True, filter=Q(voice__said_at__gte=last)),
        earlier=Count(
            PERSON, distinct=True, filter=Q(voice__said_at__gte=before, voice__said_at__lt=last)
        ),
    )
    return counts["recent"], counts["earlier"]


def deeds_on(matter):
    """The latest deeds that gave this matter voices or took some from it, newest first."""
    rows = Regroup.objects.alias(text=Cast("moves", TextField())).order_by("-pk")
    # In [voice, before, after] the pattern tells the second and third place from the first.
    gave, took = f", {matter.pk}, ", f", {matter.pk}]"
    rows = list(rows.filter(Q(text__contains=gave) | Q(text__contains=took))[:DEEDS])
    names = dict(
        User.objects.filter(username__in={row.by for row in rows}).values_list(
            "username", "shown_name"
        )
    )
    return [
        Deed(
            row,
            deed_words(row, matter),
            names.get(row.by, row.by),
            len(row.moves),
            seems_undoable(row),
        )
        for row in rows
    ]


def deed_words(row, matter):
    """What a deed did to this matter, in a word."""
    took = any(after == matter.pk for _voice, _before, after in row.moves)
    if row.kind == EventKind.OPENED:
        return _("归成一件") if took else _("移走")
    if row.kind == EventKind.MERGED:
        return _("并过来") if took else _("并到别的事")
    if row.kind == EventKind.SPLIT:
        return _("从别的事拆来") if took else _("拆出去")
    return _("归进来") if took else _("移走")


def last_deed_of(actor):
    """The latest deed of this doer that still stands, to offer its undo; None if there is none."""
    row = Regroup.objects.filter(by=actor.name, undone_at=None).order_by("-pk").first()
    return row if row and can_be_undone(row) else None


def regroup(pk):
    return Regroup.objects.filter(pk=pk).first()


def find_matters(query, *, but=None, limit=8):
    """Open matters by words of their title, or by their number: to choose one to merge into."""
    if not query.strip():
        return []
    matters = Matter.objects.filter(state=MatterState.OPEN)
    if but:
        matters = matters.exclude(pk=but.pk)
    numbered = list(matters.filter(number__endswith=query.strip())[:limit])
    titled = search.matching(matters, "matter", query).order_by("-people_count", "pk")[:limit]
    return list({row.pk: row for row in [*numbered, *titled]}.values())[:limit]
