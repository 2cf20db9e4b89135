"""What kind of matter it is, and so whose: suggested from the catalogue and the office's decisions.

The published catalogue starts it off: each line says which words usually mean it. From then on
every matter to which the office gave a kind teaches it. The words of the speakers are read, never
anything about them.
"""

from dataclasses import dataclass
from threading import Lock

from biaochi.people.models import Category, Unit
from biaochi.people.queries import categories
from biaochi.voice.matters import analysis
from biaochi.voice.matters.reasons import said_doubts, said_reasons
from biaochi.voice.matters.witnesses import voice_rows, witnesses
from biaochi.voice.models import Matter, Membership

READ = 5  # voices of a matter that are read
UNSURE = 0.6  # under this the page says that it is not sure
LEAST = 0.2  # under this nothing is suggested
TAUGHT = 4_000  # the latest decisions that teach
GROWN = 1.1  # learn anew when there are so many times more decisions


@dataclass(frozen=True)
class Route:
    """A kind with its unit, why, and what else it could be. ``reasons`` are sentences."""

    unit: Unit | None
    category: Category
    probability: float
    second: Category | None
    reasons: list
    doubts: list


class Learnt:
    """What one process has learnt, and from what."""

    lock = Lock()
    lines = None
    decisions = -1
    model = None


def route(matter):
    """Suggest whose a matter is; None where the catalogue is empty or nothing fits."""
    lines = categories()
    if matter.category_id:
        chosen = next((line for line in lines if line.pk == matter.category_id), None)
        return _decided(chosen) if chosen else None
    leaves = {line.pk: line for line in lines if line.unit_id or line.words}
    if not leaves:
        return None
    ranked = _model(leaves).suggest(_text(matter))
    ranked = [found for found in ranked if found.kind in leaves]
    if not ranked or ranked[0].probability < LEAST:
        return None
    best, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    other = leaves[second.kind] if second else None
    return Route(
        unit=leaves[best.kind].unit,
        category=leaves[best.kind],
        probability=best.probability,
        second=other,
        reasons=said_reasons(_reasons(best, leaves)),
        doubts=said_doubts(_doubts(best, other, leaves)),
    )


def _decided(line):
    doubts = [] if line.unit else [{"kind": "no_unit", "value": line.name}]
    reasons = [{"kind": "decided", "value": line.name}]
    return Route(line.unit, line, 1.0, None, said_reasons(reasons), said_doubts(doubts))


def _reasons(best, leaves):
    name = leaves[best.kind].name
    reasons = [{"kind": "phrase", "value": word} for word in best.words]
    if best.decisions:
        return [*reasons, {"kind": "decisions", "value": name, "n": best.decisions}]
    return [*reasons, {"kind": "catalogue", "value": name}]


def _doubts(best, other, leaves):
    doubts = []
    if best.probability < UNSURE:
        doubts.append({"kind": "unsure"})
    if other and other.unit and other.unit_id != leaves[best.kind].unit_id:
        doubts.append({"kind": "second", "value": other.name, "unit": other.unit.name})
    if leaves[best.kind].unit is None:
        doubts.append({"kind": "no_unit", "value": leaves[best.kind].name})
    return doubts


def _text(matter):
    keys = Membership.objects.filter(matter=matter).order_by("voice")
    rows = voice_rows(list(keys.values_list("voice", flat=True)[:READ]))
    said = "\n".join(f"{row['title']} {row['text']}" for row in rows)
    return f"{matter.title} {matter.place}\n{said}"


def _model(leaves):
    """The model of this process; learnt anew when the catalogue or the decisions have changed."""
    lines = tuple((pk, line.name, line.words) for pk, line in sorted(leaves.items()))
    decided = Matter.objects.exclude(category=None)
    count = decided.count()
    with Learnt.lock:
        old = Learnt.lines != lines or count < Learnt.decisions
        if old or count > Learnt.decisions * GROWN:
            newest = decided.order_by("-pk").values_list("pk", "category")[:TAUGHT]
            kinds = dict(newest)
            taught = witnesses(list(kinds))
            Learnt.model = analysis.Kinds(
                lines, [(kinds[pk], _taught(row)) for pk, row in taught.items()]
            )
            Learnt.lines, Learnt.decisions = lines, count
        return Learnt.model


def _taught(row):
    return "\n".join([f"{row['title']} {row['place']}", *(v["text"] for v in row["voices"])])
