"""The one door of this room to the engine: rows in, values out. Nothing here reads the database."""

from collections import Counter
from dataclasses import dataclass

from biaochi.engine import route
from biaochi.engine.group import group
from biaochi.engine.heat import join_logs, voice_log
from biaochi.engine.matter import Message
from biaochi.engine.near import Index

COLD = -1e9
WEAK = 0.7  # under this a page points at the voice which fits least
FAR = 90  # days between the first and the last voice that a page points out
LEARNABLE = 5  # decisions of a kind before it is learnt
NAMED = 4  # how many shared words are shown


@dataclass(frozen=True)
class Found:
    """Voices that seem to belong together, with reasons and doubts as data.

    ``matter`` is the key of the matter to which they seem to belong, or None for a new one.
    ``scores`` is ``{key of a voice: probability}``, ``voice_reasons`` likewise. ``probability``
    is that of the voice which fits least: a group is as sure as its weakest link.
    """

    matter: int | None
    scores: dict
    voice_reasons: dict
    title: str
    place: str
    probability: float
    reasons: list
    doubts: list


@dataclass(frozen=True)
class Near:
    """A matter to which a text may belong."""

    matter: int
    probability: float
    same: bool
    reasons: list


def heat_log(moments, half_life_days):
    """log2 Σ 2^(tᵢ/h) over one moment for each person; t in days since 1970."""
    logs = [voice_log(moment, half_life_days) for moment in moments]
    return join_logs(logs) if logs else COLD


def joining(rows, near, titles):
    """Which waiting voices seem to belong to a matter that stands.

    :param near: ``{key of a voice: [Near, …]}``, best first, without what people kept apart
    :param titles: ``{key of a matter: title}``
    :returns: one ``Found`` for every matter that some voice seems to belong to
    """
    homes = {}
    for row in rows:
        fitting = [found for found in near.get(row["pk"], ()) if found.same]
        if fitting:
            homes.setdefault(fitting[0].matter, []).append((row, fitting))
    return [_join(key, inside, titles) for key, inside in sorted(homes.items())]


def _join(matter, inside, titles):
    rows = [row for row, _fitting in inside]
    scores = {row["pk"]: round(fitting[0].probability, 4) for row, fitting in inside}
    reasons = {row["pk"]: fitting[0].reasons for row, fitting in inside}
    doubts = _doubts(rows, scores)
    other = next((fitting[1].matter for _row, fitting in inside if len(fitting) > 1), None)
    if other in titles:
        doubts.append({"kind": "other_matter", "value": titles[other]})
    return Found(
        matter=matter,
        scores=scores,
        voice_reasons=reasons,
        title="",
        place="",
        probability=min(scores.values()),
        reasons=_shared(rows, reasons),
        doubts=doubts,
    )


def belonging(rows, pairs):
    """What belongs together among waiting voices.

    :param rows: ``{pk, title, text, place, said_at, speaker_id, area__name, likes}``
    :param pairs: decisions of people ``[(one, other, same)]`` on keys of voices
    :returns: ``Found`` values of two voices or more, largest first
    """
    waiting = {row["pk"]: row for row in rows}
    same, different = decisions(pairs, waiting)
    grouping = group([message(row) for row in rows], same=same, different=different)
    found = [
        _new(cluster, grouping.members, waiting)
        for cluster in grouping.matters
        if len(cluster.members) > 1
    ]
    return sorted(found, key=lambda one: (-len(one.scores), min(one.scores)))


def message(row):
    return Message(
        id=str(row["pk"]),
        text=row["text"],
        title=row["title"],
        person=str(row["speaker_id"] or ""),
        at=row["said_at"],
        place=row["place"],
        likes=row["likes"],
    )


def decisions(pairs, known):
    """Return (same, different) pairs of ids that do not contradict one another.

    Where people said that two are the same and, through a third, that they are not, the first
    is kept.
    """
    roots = {}

    def root(key):
        while roots.setdefault(key, key) != key:
            key = roots[key]
        return key

    inside = [(a, b, alike) for a, b, alike in pairs if a in known and b in known]
    same = [(a, b) for a, b, alike in inside if alike]
    for a, b in same:
        roots[root(a)] = root(b)
    apart = [(a, b) for a, b, alike in inside if not alike and root(a) != root(b)]
    return [(str(a), str(b)) for a, b in same], [(str(a), str(b)) for a, b in apart]


def _new(cluster, members, waiting):
    keys = sorted(int(key) for key in cluster.members)
    rows = [waiting[key] for key in keys]
    scores = {key: round(members[str(key)].probability, 4) for key in keys}
    reasons = {key: _plain(members[str(key)].why) for key in keys}
    return Found(
        matter=None,
        scores=scores,
        voice_reasons=reasons,
        title=cluster.title[:60],
        place=cluster.place[:60],
        probability=min(scores.values()),
        reasons=_shared(rows, reasons),
        doubts=_doubts(rows, scores),
    )


def _plain(why):
    """The engine's reasons as plain data, to be kept and put into words by ``reasons``."""
    return [
        {"kind": reason.kind, "value": reason.value} for reason in why if reason.kind != "alone"
    ]


def _shared(rows, reasons):
    """What the voices of a card share: wording, area, copies, how near on average."""
    words = Counter(
        reason["value"]
        for of_one in reasons.values()
        for reason in of_one
        if reason["kind"] in {"name", "phrase"}
    )
    least = 2 if len(rows) > 1 else 1
    names = [word for word, n in words.most_common() if n >= least][:NAMED]
    shared = [{"kind": "words", "value": names}] if names else []
    areas = {row["area__name"] for row in rows}
    if len(areas) == 1 and len(rows) > 1 and None not in areas:
        shared.append({"kind": "area", "value": areas.pop()})
    copies = sum(any(r["kind"] == "copy" for r in of_one) for of_one in reasons.values())
    if copies:
        shared.append({"kind": "copies", "value": copies})
    near = [r["value"] for of_one in reasons.values() for r in of_one if r["kind"] == "similarity"]
    if near:
        shared.append({"kind": "similarity", "value": round(sum(near) / len(near), 2)})
    return shared


def _doubts(rows, scores):
    """What is unsure, as data; ``which`` counts the voices of the card from one."""
    doubts = []
    nowhere = [n for n, row in enumerate(rows, 1) if not (row["area__name"] or row["place"])]
    if nowhere and len(nowhere) < len(rows):
        doubts.append({"kind": "no_place", "which": nowhere[:6]})
    areas = sorted({row["area__name"] for row in rows} - {None})
    if len(areas) > 1:
        doubts.append({"kind": "areas", "value": areas[:4]})
    days = [row["said_at"] for row in rows]
    if (max(days) - min(days)).days > FAR:
        doubts.append({"kind": "far", "value": (max(days) - min(days)).days})
    weak = [n for n, row in enumerate(rows, 1) if scores[row["pk"]] < WEAK]
    if weak:
        doubts.append({"kind": "weak", "which": weak[:6]})
    people = {row["speaker_id"] or -row["pk"] for row in rows}
    if len(people) == 1 and len(rows) > 1:
        doubts.append({"kind": "one_person"})
    return doubts


class Shelf:
    """The open matters in memory, to ask quickly which of them a new text may belong to."""

    def __init__(self, matters):
        """:param matters: ``{key: {title, place, voices: [row, …]}}`` as for ``belonging``"""
        self._index = Index.of_groups(
            (str(key), _as_messages(matter)) for key, matter in matters.items()
        )
        self._keys = set(matters)
        self.built_with = len(matters)

    def __len__(self):
        return len(self._keys)

    def renew(self, key, matter):
        """Put a matter in anew, or (with None) take it out."""
        if key in self._keys:
            self._index.remove(str(key))
            self._keys.discard(key)
        if matter is not None:
            for one in _as_messages(matter):
                self._index.add(str(key), one)
            self._keys.add(key)

    def nearest(self, text, limit):
        """Up to ``limit`` ``Near`` values, best first."""
        return [
            Near(int(near.matter), near.chance, near.same, _plain(near.why))
            for near in self._index.nearest(text, limit)
        ]


def _as_messages(matter):
    heading = Message(id="0", text=f"{matter['title']} {matter['place']}")
    return [heading, *(message(row) for row in matter["voices"])]


@dataclass(frozen=True)
class Kind:
    """A line of the catalogue that a text may belong to, with the words that spoke for it.

    ``probability`` is None where nothing was learnt yet: then there is only an order.
    """

    kind: int
    probability: float | None
    second: int | None
    sure: bool
    words: list
    learnt_from: int


class Kinds:
    """Suggests a line of the catalogue: by its own words, and by what the office decided."""

    def __init__(self, lines, learnt=None):
        """Start from the catalogue; what was learnt goes first where it is sure.

        :param lines: ``[(key, name, words)]`` :param learnt: a model of ``learn`` or None
        """
        table = [((str(key), name), tuple(words.split())) for key, name, words in lines]
        self._keys = {str(key) for key, _name, _words in lines}
        self._cold = route.from_categories(table, level=1) if len(table) > 1 else None
        self._learnt = learnt

    def suggest(self, text):
        """Return the likeliest ``Kind``, or None where no word speaks for any line."""
        learnt = self._said(self._learnt, text)
        if learnt and learnt.sure:
            return learnt
        return self._said(self._cold, text) or learnt

    def _said(self, model, text):
        if model is None:
            return None
        (found,) = model.suggest([text])
        if found.label not in self._keys or not found.reasons:
            return None
        second = found.second[0] if found.second else ""
        return Kind(
            kind=int(found.label),
            probability=found.probability if model.quality.calibrated else None,
            second=int(second) if second in self._keys else None,
            sure=found.sure and model.quality.calibrated,
            words=[reason.phrase for reason in found.reasons],
            learnt_from=model.quality.texts,
        )


def learn(decided, path):
    """Learn from what the office decided, ``[(key, text)]``, and keep the model in a file.

    :returns: from how many texts; nought where fewer than two kinds were decided often enough
    """
    often = Counter(key for key, _text in decided)
    decided = [(key, text) for key, text in decided if often[key] >= LEARNABLE]
    if len({key for key, _text in decided}) < 2:
        return 0
    texts, kinds = [text for _key, text in decided], [str(key) for key, _text in decided]
    model = route.train(texts, kinds, groups=range(len(texts)))  # each matter is one of its own
    half = path.with_suffix(".half")
    with open(half, "wb") as file:
        route.save(model, file)
    half.replace(path)  # readers see the old file or the new one, never half of it
    return model.quality.texts


def learnt(path):
    """The model kept in a file; None for one that is damaged or was made in another form."""
    try:
        return route.load(path)
    except route.RouteError:
        return None
