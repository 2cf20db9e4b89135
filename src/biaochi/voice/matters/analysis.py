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


def belonging(rows, matters, pairs):
    """What belongs together among waiting voices, and to which matters.

    :param rows: waiting voices ``{pk, title, text, place, said_at, speaker_id, area__name, likes}``
    :param matters: ``{key: {title, place, voices: [row, …]}}``, the voices that stand for them
    :param pairs: decisions of people ``[(one, other, same)]`` on keys of voices
    :returns: ``Found`` values, largest first
    """
    waiting = {row["pk"]: row for row in rows}
    owner = {row["pk"]: key for key, matter in matters.items() for row in matter["voices"]}
    messages = [message(row) for row in waiting.values()]
    messages += [
        message(row)
        for matter in matters.values()
        for row in matter["voices"]
        if row["pk"] not in waiting
    ]
    same, different = decisions(owner, pairs, {int(m.id) for m in messages})
    grouping = group(messages, same=same, different=different)
    found = [
        _found(cluster, grouping.members, waiting, owner, matters) for cluster in grouping.matters
    ]
    return sorted((f for f in found if f), key=lambda f: (-len(f.scores), min(f.scores)))


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


def decisions(owner, pairs, known):
    """Return (same, different) pairs of ids without contradictions.

    Who is in a matter now was decided last, so that wins; then what was said to be the same.
    """
    roots = {}

    def root(key):
        while roots.setdefault(key, key) != key:
            key = roots[key]
        return key

    first = {}
    same = [(first.setdefault(matter, voice), voice) for voice, matter in sorted(owner.items())]
    same += [(a, b) for a, b, alike in pairs if alike]
    same = [(a, b) for a, b in same if a != b and a in known and b in known]
    for a, b in same:
        roots[root(a)] = root(b)
    apart = [(a, b) for a, b, alike in pairs if not alike and a in known and b in known]
    apart = [(a, b) for a, b in apart if root(a) != root(b)]
    return [(str(a), str(b)) for a, b in same], [(str(a), str(b)) for a, b in apart]


def _found(cluster, members, waiting, owner, matters):
    keys = [int(key) for key in cluster.members]
    new = sorted(key for key in keys if key in waiting)
    homes = Counter(owner[key] for key in keys if key in owner)
    if not new or (not homes and len(new) < 2):
        return None
    home = min(homes, key=lambda key: (-homes[key], key)) if homes else None
    rows = [waiting[key] for key in new]
    scores = {key: round(members[str(key)].probability, 4) for key in new}
    reasons = {key: _plain(members[str(key)].why) for key in new}
    return Found(
        matter=home,
        scores=scores,
        voice_reasons=reasons,
        title="" if home else cluster.title[:60],
        place="" if home else cluster.place[:60],
        probability=min(scores.values()),
        reasons=_shared(rows, reasons, cluster),
        doubts=_doubts(rows, scores, homes, home, matters),
    )


def _plain(why):
    """The engine's reasons as plain data, to be kept and put into words by ``reasons``."""
    return [
        {"kind": reason.kind, "value": reason.value} for reason in why if reason.kind != "alone"
    ]


def _shared(rows, reasons, cluster):
    """What a whole group shares: wording, area, days."""
    words = Counter(
        reason["value"]
        for of_one in reasons.values()
        for reason in of_one
        if reason["kind"] in {"name", "phrase"}
    )
    least = 2 if len(rows) > 1 else 1
    names = [word for word, n in words.most_common() if n >= least][:NAMED]
    shared = [{"kind": "words", "value": names}] if names else []
    areas = {row["area__name"] for row in rows} - {None}
    if len(areas) == 1 and all(row["area__name"] for row in rows):
        shared.append({"kind": "area", "value": areas.pop()})
    copies = sum(any(r["kind"] == "copy" for r in of_one) for of_one in reasons.values())
    if copies:
        shared.append({"kind": "copies", "value": copies})
    return [*shared, {"kind": "similarity", "value": round(cluster.cohesion, 2)}]


def _doubts(rows, scores, homes, home, matters):
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
    others = [matters[key]["title"] for key in sorted(homes) if key != home]
    if others:
        doubts.append({"kind": "other_matter", "value": others[0]})
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
    """The model kept in a file."""
    return route.load(path)
