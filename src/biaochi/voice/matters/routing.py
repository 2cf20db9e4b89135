"""What kind of matter it is, and so whose: suggested from the catalogue and the office's decisions.

The published catalogue starts it off: each line says which words usually mean it. Every matter to
which the office gave a kind teaches it; learning takes a while, so the sweep does it and keeps
the result in a file, which the pages read. The words of the speakers are read, never anything
about them.
"""

from dataclasses import dataclass
from threading import Lock

from django.conf import settings

from biaochi.people.models import Category, Unit
from biaochi.people.queries import categories
from biaochi.voice.matters import analysis
from biaochi.voice.matters.reasons import said_doubts, said_reasons
from biaochi.voice.matters.witnesses import voice_rows, witnesses
from biaochi.voice.models import Matter, Membership

READ = 5  # voices of a matter that are read
ENOUGH = 200  # decisions before there is anything to learn
TAUGHT = 3_000  # the latest decisions that teach
GROWN = 1.2  # learn anew when there are so many times more


@dataclass(frozen=True)
class Route:
    """A kind with its unit, why, and what else it could be. ``reasons`` are sentences.

    ``probability`` is None as long as nothing was learnt: then it is only the best fit.
    """

    unit: Unit | None
    category: Category
    probability: float | None
    second: Category | None
    reasons: list
    doubts: list


class Held:
    """What one process holds: the model of this catalogue and this file."""

    lock = Lock()
    of = None
    kinds = None


def route(matter):
    """Suggest whose a matter is; None where the catalogue is empty or no word fits."""
    lines = {line.pk: line for line in categories()}
    if matter.category_id in lines:
        return _decided(lines[matter.category_id])
    leaves = {key: line for key, line in lines.items() if line.unit_id or line.words}
    if not leaves:
        return None
    found = _kinds(leaves).suggest(_text(matter))
    if found is None:
        return None
    best, second = leaves[found.kind], leaves.get(found.second)
    return Route(
        unit=best.unit,
        category=best,
        probability=found.probability,
        second=second,
        reasons=said_reasons(_reasons(found, best)),
        doubts=said_doubts(_doubts(found, best, second)),
    )


def learn():
    """Learn from the office's decisions, when there are enough and many new ones.

    :returns: from how many it learnt now, or nought
    """
    path = model_path()
    decided = Matter.objects.exclude(category=None)
    count = min(decided.count(), TAUGHT)
    model = analysis.learnt(path) if path.exists() else None
    known = model.quality.texts if model else 0
    if count < ENOUGH or count <= known * GROWN:
        return 0
    kinds = dict(decided.order_by("-pk").values_list("pk", "category")[:TAUGHT])
    rows = witnesses(list(kinds))
    path.parent.mkdir(parents=True, exist_ok=True)
    return analysis.learn([(kinds[key], _taught(row)) for key, row in rows.items()], path)


def model_path():
    return settings.HOME / "kinds.model"


def _decided(line):
    doubts = [] if line.unit else [{"kind": "no_unit", "value": line.name}]
    reasons = [{"kind": "decided", "value": line.name}]
    return Route(line.unit, line, 1.0, None, said_reasons(reasons), said_doubts(doubts))


def _reasons(found, best):
    reasons = [{"kind": "phrase", "value": word} for word in found.words]
    if found.learnt_from:
        return [*reasons, {"kind": "decisions", "value": best.name, "n": found.learnt_from}]
    return [*reasons, {"kind": "catalogue", "value": best.name}]


def _doubts(found, best, second):
    doubts = [] if found.sure else [{"kind": "unsure"}]
    if second and second.unit and second.unit_id != best.unit_id:
        doubts.append({"kind": "second", "value": second.name, "unit": second.unit.name})
    if best.unit is None:
        doubts.append({"kind": "no_unit", "value": best.name})
    return doubts


def _text(matter):
    keys = Membership.objects.filter(matter=matter).order_by("voice")
    rows = voice_rows(list(keys.values_list("voice", flat=True)[:READ]))
    said = "\n".join(f"{row['title']} {row['text']}" for row in rows)
    return f"{matter.title} {matter.place}\n{said}"


def _taught(row):
    return "\n".join([f"{row['title']} {row['place']}", *(v["text"] for v in row["voices"])])


def _kinds(leaves):
    """The model of this process; built anew when the catalogue or the file has changed."""
    path = model_path()
    written = path.stat().st_mtime_ns if path.exists() else 0
    lines = tuple((key, line.name, line.words) for key, line in sorted(leaves.items()))
    with Held.lock:
        if Held.of != (lines, written):
            learnt = analysis.learnt(path) if written else None
            Held.kinds = analysis.Kinds(lines, learnt)
            Held.of = (lines, written)
        return Held.kinds
