"""How voices move between matters: one way for every deed, so that one way back fits them all.

A deed collects what it moves and changes; ``keep`` writes that down as a ``Regroup``, tells the
speakers, writes the events and makes the counts anew. ``undoing`` reads it.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from biaochi.core import search
from biaochi.core.actors import Actor, Role
from biaochi.core.moves import check_move
from biaochi.core.record import record, record_all
from biaochi.voice.actions import tell
from biaochi.voice.matters.counting import recount
from biaochi.voice.matters.rules import is_handed
from biaochi.voice.models import Event, Matter, Membership, Regroup, Verdict, Voice
from biaochi.voice.rules import MATTER_MOVES, EventKind, MatterState, NoticeKind, State

PART = 500  # how many keys go into one statement


@dataclass
class Deed:
    """One deed of bringing together or taking apart, while it happens."""

    kind: EventKind
    by: Actor
    now: object
    moves: list = field(default_factory=list)  # [voice, matter before, matter after]
    kept: dict = field(default_factory=dict)  # voice -> how it was in the matter before
    before: dict = field(default_factory=dict)  # matter -> {field: value}
    after: dict = field(default_factory=dict)
    verdicts: list = field(default_factory=list)  # [one, other, what was decided before or null]

    def touched(self):
        """The keys of all matters that gave or took voices or changed themselves."""
        ends = {key for _voice, *pair in self.moves for key in pair if key}
        return ends | {int(key) for key in self.after}


def locked_matters(matters):
    """Return fresh, locked rows in the order that was asked for; keys or rows are fine."""
    keys = [getattr(matter, "pk", matter) for matter in matters]
    rows = Matter.objects.select_for_update().order_by("pk").in_bulk(keys)
    return [rows[key] for key in keys if key in rows]


def locked_voices(voices):
    """Return fresh, locked rows by key, each voice once."""
    keys = sorted({getattr(voice, "pk", voice) for voice in voices})
    rows = []
    for part in parts(keys):
        rows += Voice.objects.select_for_update().filter(pk__in=part).order_by("pk")
    return rows


def members(matter):
    """The keys of all voices in a matter, also of those that were withdrawn."""
    return set(Membership.objects.filter(matter=matter).values_list("voice", flat=True))


def first_voice(matter):
    """The voice that stands for a matter in verdicts: the earliest that came in."""
    found = Membership.objects.filter(matter=matter).order_by("voice_id")
    return found.values_list("voice_id", flat=True).first()


def parts(keys):
    for start in range(0, len(keys), PART):
        yield keys[start : start + PART]


def put(deed, voices, matter, *, how="staff", scores=None, reasons=None):
    """Put voices (rows or keys) into a matter, or into none; what was is kept in the deed."""
    scores, reasons = scores or {}, reasons or {}
    keys = sorted({getattr(voice, "pk", voice) for voice in voices})
    after = matter.pk if matter else None
    for part in parts(keys):
        were = Membership.objects.select_for_update().filter(voice__in=part)
        were = {row.voice_id: row for row in were.order_by("voice_id")}
        for key in part:
            row = were.get(key)
            deed.moves.append([key, row.matter_id if row else None, after])
            if row:
                deed.kept[str(key)] = [row.at.isoformat(), row.how, row.score, row.reasons]
        Membership.objects.filter(voice__in=part).delete()
        if matter:
            Membership.objects.bulk_create(
                Membership(
                    matter=matter,
                    voice_id=key,
                    at=deed.now,
                    how=how,
                    score=scores.get(key),
                    reasons=reasons.get(key, []),
                )
                for key in part
            )


def change(deed, matter, **values):
    """Change fields of a matter; a change of state has to be a move of the table."""
    if "state" in values:
        going = MatterState(values["state"])
        check_move(MATTER_MOVES, MatterState(matter.state), going, deed.by.roles)
    was = {name: getattr(matter, name) for name in values}
    key = str(matter.pk)
    deed.before[key] = {**was, **deed.before.get(key, {})}
    deed.after[key] = {**deed.after.get(key, {}), **values}
    set_fields(matter, values)


def set_fields(matter, values):
    """Write fields of a matter and keep the search index in step."""
    shown, text = is_found(matter), words_of(matter)
    for name, value in values.items():
        setattr(matter, name, value)
    matter.save(update_fields=list(values))
    if (shown, text) != (is_found(matter), words_of(matter)):
        if shown:
            search.remove("matter", matter.pk, text)
        if is_found(matter):
            search.add("matter", matter.pk, words_of(matter))


def is_found(matter):
    return matter.state == MatterState.OPEN


def words_of(matter):
    """What a search finds a matter by."""
    return f"{matter.title} {matter.place}".strip()


def judge(deed, pairs, *, same):
    """Write down what people decided about pairs of voices; a later decision replaces it."""
    pairs = sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})
    for one, other in pairs:
        row = Verdict.objects.filter(one=one, other=other).first()
        was = [row.same, row.at.isoformat()] if row else None
        deed.verdicts.append([one, other, was])
        Verdict.objects.update_or_create(
            one_id=one, other_id=other, defaults={"same": same, "at": deed.now}
        )


def close_empty(deed):
    """A matter out of which the last voice went is dissolved, unless a unit works on it."""
    if not deed.by.has(Role.STAFF):
        return
    gave = {before for _voice, before, after in deed.moves if before and before != after}
    left = set(Membership.objects.filter(matter__in=gave).values_list("matter", flat=True))
    for matter in locked_matters(sorted(gave - left)):
        if matter.state == MatterState.OPEN and not is_handed(matter):
            change(deed, matter, state=MatterState.DISSOLVED)


def keep(deed, *, why, events):
    """Finish a deed: write it down, make the counts anew, tell everybody it concerns.

    :param why: how it came about, for the speakers: a key of ``reasons.WHY``
    :param events: ``{key of a matter: (kind, params)}`` for everybody to read
    """
    close_empty(deed)
    regroup = Regroup.objects.create(
        kind=deed.kind,
        at=deed.now,
        by=Role.RESIDENT.value if deed.by.has(Role.RESIDENT) else deed.by.name,
        moves=deed.moves,
        matters={
            "before": deed.before,
            "after": deed.after,
            "kept": deed.kept,
            "verdicts": deed.verdicts,
        },
    )
    recount(matters=deed.touched())
    write_events(events, now=deed.now)
    tell_speakers(deed.moves, split=deed.kind == EventKind.SPLIT, why=why, now=deed.now)
    record(by=deed.by, verb=f"regroup {deed.kind}", thing=regroup, at=deed.now)
    lines = [
        (f"matter:{key}", deed.before[key]["state"], values["state"], str(deed.kind))
        for key, values in deed.after.items()
        if "state" in values
    ]
    if lines:
        record_all(by=deed.by, verb="change matter", at=deed.now, lines=lines)
    return regroup


def write_events(events, *, now):
    Event.objects.bulk_create(
        Event(matter_id=key, at=now, kind=kind, params=params)
        for key, (kind, params) in events.items()
    )


def tell_speakers(moves, *, split, why, now):
    """Tell everyone whose words were moved where they are now."""
    ways = defaultdict(list)
    for voice, before, after in moves:
        if before != after:
            ways[before, after].append(voice)
    titles = dict(
        Matter.objects.filter(pk__in={key for way in ways for key in way if key}).values_list(
            "pk", "title"
        )
    )
    for (before, after), keys in ways.items():
        params = {"matter": after or before, "title": titles[after or before], "why": why}
        if before and after:
            params |= {"from": before, "from_title": titles[before]}
        kind = NoticeKind.MOVED if before else NoticeKind.JOINED
        if after is None or (split and before):
            kind = NoticeKind.PARTED
        for part in parts(keys):
            voices = Voice.objects.filter(pk__in=part).exclude(state=State.ERASED)
            tell(voices=list(voices), kind=kind, params=params, now=now)
