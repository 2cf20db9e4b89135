"""The page where everybody searches what was said: matters and original words, and what is not
shown there, in numbers.

Without a word to look for, nothing is read but a page of rows and counts that an index answers.
With a word, the full-text index gives the voices, and one grouped query counts them by matter.
"""

from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.functions import Cast

from biaochi.core import search
from biaochi.core.models import Head
from biaochi.core.profiles import number
from biaochi.voice.matters.lists import (
    LAST_PAGE,
    SORTS,
    Page,
    narrowed_by_fields,
    needing_care,
    since,
    with_quotes,
)
from biaochi.voice.matters.marking import pieces, words_of
from biaochi.voice.models import Matter, Voice
from biaochi.voice.queries import PUBLIC
from biaochi.voice.rules import Channel, MatterState, State

MATTERS_SHOWN = 5
VOICES_PAGE = 10
CARE_SHOWN = 4
KEPT: dict = {}
KEPT_MOST = 64


@dataclass(frozen=True)
class Said:
    """Somebody's words as everybody may read them; nothing here leads to the voice's own row."""

    title: list
    text: str
    pieces: list
    area: str
    channel: str
    said_at: object
    matter: Matter | None


@dataclass(frozen=True)
class Found:
    """What a search found: a few matters, a page of words, and how much is not shown and why.

    ``unshown`` and ``waiting`` are None when they are under the smallest cell but not nought.
    """

    matters: list
    matter_count: int
    voices: Page
    said_count: int
    unshown: int | None
    waiting: int | None
    care: list


def search_page(wanted, *, now):
    """Everything the page of voices shows for what a visitor wants."""
    shown, counts = _shown(wanted, now), _counts(wanted, now)
    smallest = number("smallest_cell")
    return Found(
        matters=with_quotes(_in_order(Matter.objects.filter(pk__in=counts["first"]))),
        matter_count=counts["matters"],
        voices=_page(shown, wanted, counts["shown"]),
        said_count=counts["shown"],
        unshown=hidden_small(counts["all"] - counts["shown"] - counts["waiting"], smallest),
        waiting=hidden_small(counts["waiting"], smallest),
        care=needing_care(CARE_SHOWN, wanted=wanted, now=now),
    )


def _counts(wanted, now):
    """How many voices fit, are shown, wait to be read; how many matters, and the first of them.

    They are kept as long as the record of deeds has the same head: then nothing has changed, and
    a crowd that reads the same page does not count a hundred thousand voices again and again.
    """
    head = Head.objects.filter(pk=1).values_list("hash", flat=True).first()
    key = (head, now.replace(second=0, microsecond=0), wanted.but(page=1, sort="", care=False))
    if key not in KEPT:
        waiting = _heard(wanted, now).filter(public=True, hidden_why="", seen_at=None)
        matters = _fitting(wanted, _shown(wanted, now), now)
        first = matters.order_by(SORTS["people"], "pk").values_list("pk", flat=True)
        counts = {
            "matters": matters.count(),
            "first": list(first[:MATTERS_SHOWN]),
            "all": _heard(wanted, now).filter(public__in=[True, False]).count(),
            "shown": _shown(wanted, now).count(),
            "waiting": waiting.count(),
        }
        while len(KEPT) >= KEPT_MOST:
            KEPT.pop(next(iter(KEPT)), None)
        KEPT[key] = counts
    return KEPT[key]


def _shown(wanted, now):
    # “IN (true)” says the same as PUBLIC; SQLite walks the index in order only when told so.
    return _heard(wanted, now).filter(PUBLIC, public__in=[True]).order_by("-said_at", "pk")


def hidden_small(n, smallest):
    """The number itself, or None when it is so small that it could point at somebody."""
    return None if 0 < n < smallest else n


def public_words(wanted, *, now):
    """All words anybody may read that fit, newest first (for the table to take away)."""
    return _shown(wanted, now)


def matching_matters(wanted, *, now):
    """All matters that fit (for the table to take away)."""
    return _fitting(wanted, _shown(wanted, now), now)


def try_without(wanted, *, now):
    """What a visitor could leave out to find something: ``[(what, Wanted, how many voices)]``."""
    tries = []
    if wanted.area:
        tries.append(("area", wanted.but(area=None, area_name="")))
    if wanted.group:
        tries.append(("group", wanted.but(group="")))
    if wanted.step:
        tries.append(("step", wanted.but(step=None)))
    if wanted.span != "all":
        tries.append(("span", wanted.but(span="all")))
    if len(words_of(wanted.query)) > 1:
        tries += [("word", wanted.but(query=word)) for word in words_of(wanted.query)[:3]]
    found = [(what, other, _shown(other, now).count()) for what, other in tries]
    return [(what, other.but(page=1), n) for what, other, n in found if n]


def _heard(wanted, now):
    voices = Voice.objects.filter(state=State.HEARD)
    if wanted.query:
        voices = search.matching(voices, "voice", wanted.query)
    if wanted.area:
        voices = voices.filter(area=wanted.area)
    if wanted.group:
        voices = voices.alias(groups_text=Cast("groups", TextField()))
        voices = voices.filter(groups_text__contains=f'"{wanted.group}"')
    if wanted.step:
        voices = voices.filter(membership__matter__step=wanted.step)
    start = since(wanted.span, now)
    return voices.filter(said_at__gte=start) if start else voices


def _page(shown, wanted, count):
    last = max(1, min(-(-count // VOICES_PAGE), LAST_PAGE))
    place = max(1, min(wanted.page, last))
    rows = shown.select_related("area", "membership__matter")
    rows = rows.defer("original_sealed", "code_mark")
    rows = rows[(place - 1) * VOICES_PAGE : place * VOICES_PAGE]
    return Page([said(row, wanted.query) for row in rows], place, count, VOICES_PAGE)


def said(voice, query="", with_matter=True):
    """One voice as everybody may read it, with its matter unless the page is about that anyway."""
    membership = getattr(voice, "membership", None) if with_matter else None
    return Said(
        title=pieces(voice.title, words_of(query)) if voice.title else [],
        text=voice.text,
        pieces=pieces(voice.text, words_of(query)),
        area=voice.area.name if voice.area else "",
        channel=str(Channel(voice.channel).label),
        said_at=voice.said_at,
        matter=membership.matter if membership else None,
    )


def _in_order(matters):
    return list(matters.order_by(SORTS["people"], "pk"))


def _fitting(wanted, shown, now):
    """Matters whose title has the words, or in which somebody said them."""
    matters = Matter.objects.filter(state=MatterState.OPEN, voice_count__gt=0)
    if not wanted.query:
        return narrowed_by_fields(matters, wanted, now)
    titled = search.matching(matters, "matter", wanted.query).values_list("pk", flat=True)
    spoken = shown.order_by().values_list("membership__matter", flat=True).distinct()
    keys = {*titled, *spoken} - {None}
    return narrowed_by_fields(matters.filter(pk__in=sorted(keys)), wanted, now)
