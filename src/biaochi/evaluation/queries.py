"""The readers of rounds: sums from five answers on, words as their owners allowed, no persons.

A page for the office shows how far a round is; whom to call is found one by one (``next_call``).
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.profiles import number
from biaochi.core.refusals import NotYours
from biaochi.evaluation.asking import Tally, ask_of, standing, standing_asks, tally
from biaochi.evaluation.models import Ask, Round
from biaochi.evaluation.rules import COUNTED, Answer, State, Way
from biaochi.people.models import Look
from biaochi.task.models import Claim, Exhibit
from biaochi.voice import actions as voices

__all__ = ["ask_of", "standing"]
PAGE = 20
TABS = ("asking", "unreached", "solved", "unsolved")
READERS = (Role.STAFF, Role.AUDITOR, Role.OPERATOR)
WORDS = 20


@dataclass(frozen=True)
class Said:
    """A sentence that came with an answer. ``answer`` and ``area`` are empty where few spoke."""

    text: str
    answer: str = ""
    area: str = ""
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Judged:
    """One round as the public page of its matter shows it.

    ``tally`` is None while fewer than ``smallest`` people answered: then no part is shown.
    """

    state: str
    label: str
    opened_at: dt.datetime
    closes_on: dt.date
    decided_at: dt.datetime | None
    months: int | None  # of a revisit
    asked: int | None  # None where fewer than ``smallest`` were asked
    tally: Tally | None
    smallest: int
    said: tuple
    rule: dict


@dataclass(frozen=True)
class Mine:
    """What one person was asked and said, for that person only."""

    state: str
    again: bool  # a revisit
    answer: str
    answered_at: dt.datetime | None
    way: str
    closes_on: dt.date
    newer: bool  # another round began in which this person is not asked


@dataclass(frozen=True)
class Progress:
    """How far a round is, in numbers of people and without any of them."""

    asked: int
    answered: int
    later: int
    callable: int  # left a contact and have not answered
    tried: int  # of these, called without reaching anybody
    by_code: int  # answered by the code themselves
    by_office: int  # told the office
    code_only: int  # have not answered, left no contact, hold a code
    none: int  # have not answered, left no contact and hold no code


def visible_to(actor):
    """The rounds that a doer may read: the office and the auditor all of them, nobody else."""
    rounds = Round.objects.select_related("matter", "revisit")
    return rounds if actor.has(*READERS) else rounds.none()


def get(actor, pk):
    """One round.

    :raises NotYours: there is none, or it is not for this doer
    """
    found = visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise NotYours(_("没有这一轮验收，或者不对您的身份开放。"))
    return found


def listing(actor, tab, page=1):
    """One drawer: ``(rounds, how many in all)``. Rounds carry ``asked_count, answered_count``."""
    order = ("closes_on", "pk") if tab == "asking" else ("-decided_at", "-pk")
    rounds = visible_to(actor).filter(state=tab)
    first = (max(page, 1) - 1) * PAGE
    shown = rounds.annotate(
        asked_count=Count("asks"),
        answered_count=Count("asks", filter=Q(asks__answer__in=COUNTED)),
    )
    return list(shown.order_by(*order)[first : first + PAGE]), rounds.count()


def counts(actor):
    """How many rounds lie in each drawer: one query."""
    return visible_to(actor).aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State}
    )


def progress(round_):
    """How far a round is: one query."""
    waits, contact = ~Q(answer__in=COUNTED), Q(voice__speaker__contact_sealed__isnull=False)
    has_code = Q(voice__batch=None)
    parts = {
        "asked": Q(),
        "answered": Q(answer__in=COUNTED),
        "later": Q(answer=Answer.LATER),
        "callable": waits & contact,
        "tried": waits & Q(tried_count__gt=0),
        "by_code": Q(answer__in=COUNTED, way=Way.CODE),
        "by_office": Q(answer__in=COUNTED) & ~Q(way=Way.CODE),
        "code_only": waits & ~contact & has_code,
        "none": waits & ~contact & ~has_code,
    }
    found = standing_asks(round_).aggregate(
        **{f"n_{name}": Count("pk", filter=part) for name, part in parts.items()}
    )
    return Progress(**{name: found[f"n_{name}"] for name in parts})


def next_call(round_, after=None):
    """The next person to call: the one tried least, then longest ago; None when all is done.

    :param after: an ask to leave out, if there is another
    """
    waiting = standing_asks(round_).exclude(answer__in=COUNTED)
    waiting = waiting.filter(voice__speaker__contact_sealed__isnull=False)
    waiting = waiting.select_related("voice__speaker").order_by("tried_count", "tried_at", "pk")
    other = waiting.exclude(pk=after).first() if after else None
    return other or waiting.first()


def ask_to_call(round_, pk):
    """One person of a round who may be called, or None."""
    asks = standing_asks(round_).filter(pk=pk).select_related("voice__speaker")
    return asks.filter(voice__speaker__contact_sealed__isnull=False).first()


def ask_by_code(round_, code):
    """The question of this round to the holder of a code, or None.

    :raises Incomplete: it cannot be a code :raises NotNow: no voice has it
    """
    found = ask_of(voices.find_by_code(code=code))
    return found if found is not None and found.round_id == round_.pk else None


def looked_at(ask, actor):
    """Whether this doer has opened the contact since the round began."""
    looks = Look.objects.filter(speaker=ask.voice.speaker_id, who=actor.name)
    return looks.filter(at__gte=ask.round.opened_at).exists()


def claims_of(round_):
    """What the units say that they did: the latest claim of each task of a round, with its lines."""
    tasks = round_.tasks.values("pk")
    later = Claim.objects.filter(task=OuterRef("task"), taken_back_at=None, at__gt=OuterRef("at"))
    claims = Claim.objects.filter(~Exists(later), task__in=tasks, taken_back_at=None)
    return list(claims.select_related("task__unit").prefetch_related("lines__item", "exhibits"))


def exhibit_for(ask, pk):
    """A photo of the claims that a round is about, for somebody who is asked; else None."""
    shown = Exhibit.objects.filter(claim__in=claims_of(ask.round), stored_as__isnull=False)
    return shown.filter(pk=pk).first()


def judged(round_, *, words=True):
    """A round as everybody may read it: two queries."""
    smallest, found = number("smallest_cell"), tally(round_)
    shown = found if found.answered >= smallest else None
    return Judged(
        state=round_.state,
        label=str(State(round_.state).label),
        opened_at=round_.opened_at,
        closes_on=round_.closes_on,
        decided_at=round_.decided_at,
        months=round_.revisit.months if round_.revisit else None,
        asked=found.asked if found.asked >= smallest else None,
        tally=shown,
        smallest=smallest,
        said=_public_words(round_, told=shown is not None) if words else (),
        rule=round_.rule,
    )


def words_for_unit(round_):
    """What people wrote for those who work on it: no answer, no place, no day, in no order.

    Everybody was told before that the unit reads these words without name and number.
    """
    asks = standing_asks(round_).exclude(words="")
    return sorted(asks.values_list("words", flat=True))[:WORDS]


def of_matter(matter):
    """The latest round of a matter as its public page shows it, or None: three queries at most."""
    rounds = Round.objects.filter(matter=matter).select_related("revisit")
    latest = rounds.order_by("-opened_at", "-pk").first()
    return judged(latest) if latest else None


def latest_of_task(task):
    """The newest decided or asking round about one task, or None."""
    return Round.objects.filter(tasks=task).select_related("revisit").order_by("-pk").first()


def of_voice(voice):
    """What the page of “my matter” shows of this stage, or None while nobody is asked."""
    ask = ask_of(voice)
    if ask is None:
        return None
    newer = Round.objects.filter(matter=ask.round.matter_id, opened_at__gt=ask.round.opened_at)
    return Mine(
        state=ask.round.state,
        again=ask.round.revisit_id is not None,
        answer=str(Answer(ask.answer).label) if ask.answer else "",
        answered_at=ask.answered_at,
        way=str(Way(ask.way).label) if ask.way else "",
        closes_on=ask.round.closes_on,
        newer=newer.exists(),
    )


def waiting(actor, today):
    """What waits for a doer here: rounds in which somebody can still be called."""
    if not actor.has(Role.STAFF):
        return []
    to_call = Ask.objects.filter(voice__speaker__contact_sealed__isnull=False)
    to_call = to_call.exclude(answer__in=COUNTED).filter(round=OuterRef("pk"))
    rounds = visible_to(actor).filter(Exists(to_call), state=State.ASKING)
    return [
        {
            "words": _("问提的人：%(title)s") % {"title": round_.matter.title},
            "href_name": "desk-round",
            "href_args": [round_.pk],
            "due_on": round_.closes_on,
            "state": _pressing(round_.closes_on, today),
        }
        for round_ in rounds.order_by("closes_on", "pk")[:PAGE]
    ]


def _pressing(day, today):
    if day < today:
        return "stop"
    return "slow" if (day - today).days <= 3 else ""


def _public_words(round_, *, told):
    asks = standing_asks(round_).filter(words_public=True).exclude(words="")
    asks = asks.select_related("voice__area").order_by("-answered_at", "pk")[:WORDS]
    if not told:
        return tuple(Said(text) for text in sorted(ask.words for ask in asks))
    return tuple(
        Said(
            ask.words,
            str(Answer(ask.answer).label),
            ask.voice.area.name if ask.voice.area else "",
            ask.answered_at,
        )
        for ask in asks
    )
