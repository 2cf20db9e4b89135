"""The record of deeds, read: what was done to a thing, by whom, and whether the chain holds."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from biaochi.core.actors import Role
from biaochi.core.clock import start_of
from biaochi.core.models import Entry, Head
from biaochi.core.record import first_break, label
from biaochi.core.refusals import NotYours
from biaochi.people.models import User
from biaochi.task.models import Task
from biaochi.trace.words import (
    THINGS,
    VERBS,
    actor_words,
    note_words,
    state_words,
    verb_words,
)
from biaochi.voice.models import Regroup

PAGE = 50
READERS = (Role.AUDITOR, Role.OPERATOR)


@dataclass(frozen=True)
class Line:
    """One line of the record in words. ``who`` is a kind of doer for the public, a name inside."""

    number: int
    at: dt.datetime
    who: str
    what: str
    thing: str
    before: str
    after: str
    note: str
    previous: str
    hash: str


@dataclass(frozen=True)
class Sieve:
    """Which lines an auditor wants. Days are dates here, both included."""

    verb: str = ""
    kind: str = ""
    thing: str = ""
    who: str = ""
    first: dt.date | None = None
    last: dt.date | None = None

    def is_open(self):
        return self == Sieve()


def of_matter(matter):
    """Every line about a matter, its regroupings and its tasks, oldest first, for anybody.

    Doers are told by what they are (the office, the unit's name, a resident), and reasons stay
    out: those meant for everybody stand in the matter's own timeline.
    """
    tasks = Task.objects.filter(matter=matter).values_list("pk", flat=True)
    things = [
        label(matter),
        *(f"task:{pk}" for pk in tasks),
        *(f"regroup:{pk}" for pk in _regroups(matter)),
    ]
    entries = list(Entry.objects.filter(thing__in=things).order_by("pk"))
    kinds = _kinds({entry.actor for entry in entries})
    return [_line(entry, kinds.get(entry.actor, entry.actor), note="") for entry in entries]


def page(actor, sieve, page=1):
    """One page of the whole record, newest first, and whether there are older lines.

    :raises NotYours: anybody but auditors and operators
    """
    check_reader(actor)
    first = (max(page, 1) - 1) * PAGE
    entries = list(_sieved(sieve)[first : first + PAGE + 1])
    lines = [
        _line(entry, actor_words(entry.actor), note=note_words(entry.verb, entry.note))
        for entry in entries[:PAGE]
    ]
    return lines, len(entries) > PAGE


def length(actor):
    """How many lines the record has, and the hash that stands for all of them."""
    check_reader(actor)
    head = Head.objects.filter(pk=1).first()
    return (head.count, head.hash) if head else (0, "")


def check_chain(actor):
    """Walk the whole chain: None if it holds, otherwise the number of the first bad line.

    The number is 0 when the record is empty although its head says otherwise.
    """
    check_reader(actor)
    broken = first_break()
    if broken is None:
        return None
    return getattr(broken, "pk", 0)


def check_reader(actor):
    if not actor.has(*READERS):
        raise NotYours()


def _regroups(matter):
    # A regrouping keeps its moves as [[voice, matter before, matter after], …] in one column.
    rows = Regroup.objects.alias(text=Cast("moves", TextField()))
    gave, took = f", {matter.pk}, ", f", {matter.pk}]"
    found = rows.filter(Q(text__contains=gave) | Q(text__contains=took))
    return found.values_list("pk", flat=True)


def _sieved(sieve):
    entries = Entry.objects.order_by("-pk")
    if sieve.verb:
        entries = entries.filter(verb=sieve.verb)
    if sieve.kind:
        entries = entries.filter(thing__startswith=f"{sieve.kind}:")
    if sieve.thing:
        entries = entries.filter(thing=sieve.thing)
    if sieve.who:
        entries = entries.filter(actor=sieve.who)
    if sieve.first:
        entries = entries.filter(at__gte=start_of(sieve.first))
    if sieve.last:
        entries = entries.filter(at__lt=start_of(sieve.last + dt.timedelta(days=1)))
    return entries


def _kinds(names):
    """What the doers behind some names are: a unit by its name, anybody else by role."""
    found = {name: actor_words(name) for name in names}
    users = User.objects.filter(username__in=names).select_related("unit")
    return found | {
        user.username: user.unit.name if user.unit else str(Role(user.role).label) for user in users
    }


def _line(entry, who, *, note):
    kind, _colon, key = entry.thing.partition(":")
    return Line(
        number=entry.pk,
        at=entry.at,
        who=who,
        what=verb_words(entry.verb),
        thing=f"{THINGS.get(kind, kind)} {key}".strip(),
        before=state_words(kind, entry.before),
        after=state_words(kind, entry.after),
        note=note,
        previous=entry.previous,
        hash=entry.hash,
    )


def verbs():
    """The verbs of the record with their words, for a list to choose from."""
    return sorted(((verb, str(words)) for verb, words in VERBS.items()), key=lambda pair: pair[1])


def kinds():
    """The kinds of things in the record with their words."""
    return [(kind, str(words)) for kind, words in THINGS.items()]
