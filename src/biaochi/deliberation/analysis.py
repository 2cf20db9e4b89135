"""The door to the engine: votes that are closed → groups of opinion, in tenths and never in rows.

Nothing here may be asked before the votes are closed; ``opinion_of`` then answers None. A group
under the smallest cell is not shown, and a group's answer to a sentence is not shown while fewer
than that many of it answered.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils.translation import gettext_lazy

from biaochi.deliberation.models import Statement, Vote
from biaochi.deliberation.rules import APART_TENTHS, SHARED_TENTHS, Choice, Wall
from biaochi.engine.opinion import groups, in_tenths

VALUES = {Choice.AGREE: 1.0, Choice.DISAGREE: -1.0, Choice.PASS: 0.0}
ORDER = (1.0, 0.0, -1.0)  # agree, unsure, disagree
NAMES = (
    gettext_lazy("甲"),
    gettext_lazy("乙"),
    gettext_lazy("丙"),
    gettext_lazy("丁"),
    gettext_lazy("戊"),
)
SHAPES = ("c", "s", "t", "d", "p")
WIDE, HIGH, EDGE = 360, 300, 46
DRAWN = 240  # so many dots at most; a larger crowd is drawn by a sample


@dataclass(frozen=True)
class Group:
    """People who voted alike: how many, where they are drawn, what marks them."""

    name: str
    shape: str
    count: int
    points: tuple
    most: str  # the sentence that they agree to more than the others
    least: str

    def drawn(self):
        """The group as the drawing takes it."""
        named = {"name": self.name, "shape": self.shape, "count": self.count}
        return {**named, "points": list(self.points)}


@dataclass(frozen=True)
class Line:
    """One sentence: ``tenths`` holds (agree, unsure, disagree) for each group, or None."""

    text: str
    side: str
    tenths: tuple
    spread: int  # between the groups' shares of agreement, in tenths


@dataclass(frozen=True)
class Picture:
    """What everybody sees of closed votes. ``groups`` is empty when too few voted."""

    people: int | None  # None: fewer than the smallest cell
    groups: tuple
    few: bool  # some voted so differently that their group is too small to show
    sparse: bool  # some answered too little to be placed
    clear: bool
    tried: tuple
    shared: tuple
    refused: tuple
    apart: tuple
    other: tuple


def opinion_of(session, smallest):
    """The Picture of a session's votes, or None while they are not closed."""
    if session.votes_closed_at is None:
        return None
    shown = list(Statement.objects.filter(session=session, wall=Wall.UP).order_by("position", "pk"))
    places = {statement.pk: place for place, statement in enumerate(shown)}
    cast = Vote.objects.filter(statement__in=places).values_list("mark", "statement", "choice")
    rows: dict = {}
    for mark, statement, choice in cast:
        rows.setdefault(mark, [math.nan] * len(shown))[places[statement]] = VALUES[Choice(choice)]
    if len(rows) < smallest:
        return Picture(None, (), False, False, False, (), (), (), (), ())
    table = np.array(sorted(rows.values(), key=_order), float)
    opinion = _found(table.tobytes(), table.shape, smallest)
    return _picture(shown, table, opinion, smallest)


@lru_cache(maxsize=64)
def _found(votes, shape, smallest):
    """Closed votes never change, so the same table is grouped once."""
    return groups(np.frombuffer(votes).reshape(shape), least=smallest)


def _order(row):
    return [-2.0 if math.isnan(vote) else vote for vote in row]


def _picture(shown, table, opinion, smallest):
    large = [rows for rows in opinion.groups if len(rows) >= smallest][: len(NAMES)]
    lines = [_line(statement, table[:, k], large, smallest) for k, statement in enumerate(shown)]
    spots = _on_paper(opinion.points, large)
    found = tuple(
        Group(
            name=str(NAMES[k]),
            shape=SHAPES[k],
            count=len(rows),
            points=spots[k],
            most=_mark_of(lines, k, 1),
            least=_mark_of(lines, k, -1),
        )
        for k, rows in enumerate(large)
    )
    full = [line for line in lines if line.tenths and None not in line.tenths]
    shared = [line for line in full if _all(line, 0)]
    refused = [line for line in full if _all(line, 2)]
    apart = sorted(
        (line for line in full if line.spread >= APART_TENTHS and line not in shared + refused),
        key=lambda line: -line.spread,
    )
    told = shared + refused + apart
    return Picture(
        people=len(table),
        groups=found,
        few=sum(map(len, large)) < sum(map(len, opinion.groups)),
        sparse=sum(map(len, opinion.groups)) < len(table),
        clear=opinion.clear,
        tried=tuple(sorted(opinion.tried.items())),
        shared=tuple(sorted(shared, key=lambda line: -min(part[0] for part in line.tenths))),
        refused=tuple(refused),
        apart=tuple(apart),
        other=tuple(line for line in lines if line not in told),
    )


def _line(statement, votes, large, smallest):
    tenths = []
    for rows in large:
        said = votes[list(rows)]
        counts = [int((said == value).sum()) for value in ORDER]
        tenths.append(in_tenths(counts) if sum(counts) >= smallest else None)
    agreed = [part[0] for part in tenths if part]
    spread = max(agreed) - min(agreed) if agreed else 0
    return Line(statement.text, statement.side, tuple(tenths), spread)


def _all(line, which):
    return all(part[which] >= SHARED_TENTHS for part in line.tenths)


def _mark_of(lines, k, sign):
    """The sentence by which group ``k`` differs most from the others, agreeing (1) or not (-1)."""
    best, widest = "", 1
    for line in lines:
        others = [part[0] for place, part in enumerate(line.tenths) if part and place != k]
        if line.tenths and line.tenths[k] and others:
            gap = sign * (line.tenths[k][0] - sum(others) / len(others))
            if gap > widest:
                best, widest = line.text, gap
    return best


def _on_paper(points, large):
    """Places inside the box of the drawing, moved a little so that no dot is one known person."""
    rows = [row for group in large for row in group]
    if not rows:
        return []
    xs, ys = zip(*(points[row] for row in rows), strict=True)
    step = max(1, -(-len(rows) // DRAWN))

    def scaled(value, values, size):
        wide = max(values) - min(values)
        return EDGE + (size - 2 * EDGE) * ((value - min(values)) / wide if wide > 1e-9 else 0.5)

    drawn = []
    for group in large:
        spots = []
        for place, row in enumerate(group[::step]):
            turn, away = 2.399963 * place, 2.2 * math.sqrt(1 + place % 17)
            x = scaled(points[row][0], xs, WIDE) + away * math.cos(turn)
            y = scaled(points[row][1], ys, HIGH) + away * math.sin(turn)
            spots.append((round(x, 1), round(y, 1)))
        drawn.append(tuple(spots))
    return drawn
