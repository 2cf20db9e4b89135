"""Five lights by rules that anyone can read: each one sentence and two measures.

A measure is a share of rows, or how even two groups of rows fare. Fewer rows than the smallest
cell give no light. Green is when no measure lies under the upper line, red when one lies under
the lower line. There is no sum of lights and no order of areas.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from biaochi.core.profiles import number
from biaochi.yardstick import measures
from biaochi.yardstick.parts import Words
from biaochi.yardstick.rules import Field, Light


@dataclass(frozen=True)
class Measure:
    """``rows`` gives the rows of a frame; ``even`` compares the two sides of the rows."""

    key: str
    label: Words
    how: Words
    rows: Callable
    even: bool = False


@dataclass(frozen=True)
class LightRule:
    field: Field
    sentence: Words
    measures: tuple


@dataclass(frozen=True)
class Measured:
    """``value`` is between 0 and 1, or None where there are too few rows."""

    measure: Measure
    good: int
    whole: int
    value: float | None
    rows: tuple
    before: float | None = None


@dataclass(frozen=True)
class Lit:
    rule: LightRule
    light: str
    measured: tuple

    @property
    def field(self):
        return Field(self.rule.field)


RULES = (
    LightRule(
        Field.INNOVATION,
        _("新办法别处用得上，试了没成也如实写。"),
        (
            Measure(
                "spread",
                _("新办法别的地方能照着做"),
                _("评议过的实绩里，“别的地方能照着做”这一条打了勾的有多少。"),
                measures.spread,
            ),
            Measure(
                "honest",
                _("调研报告里坏消息也写了"),
                _("出了报告的调研里，写了“看到的不好”的有多少。"),
                measures.honest,
            ),
        ),
    ),
    LightRule(
        Field.BALANCE,
        _("说的人少的事，和说的人多的事一样办；老人孩子的事不落下。"),
        (
            Measure(
                "few",
                _("人少的事和人多的事一样按期"),
                _(
                    "到了期的交办，按说过的人多少对半分成两堆，各算按期申报的比例，小的除以大的。一样快就是 100%。"
                ),
                measures.few_and_many,
                even=True,
            ),
            Measure(
                "weak",
                _("老人、孩子的事和别的事一样办成"),
                _(
                    "问过群众的事，分成“涉及老人、孩子、行动不便的”和“别的”，各算解决了的比例，小的除以大的。"
                ),
                measures.weak_and_others,
                even=True,
            ),
        ),
    ),
    LightRule(
        Field.GREEN,
        _("办完没有添新麻烦，以后谁来养也说清楚了。"),
        (
            Measure(
                "clean",
                _("办完以后没有添新麻烦"),
                _("核查属实、过了观察期的事里，同一个地方没有冒出新麻烦的有多少。"),
                measures.clean,
            ),
            Measure(
                "upkeep",
                _("写明了以后谁出钱养"),
                _("单位的申报里，写了维护的钱从哪来的有多少。"),
                measures.upkeep,
            ),
        ),
    ),
    LightRule(
        Field.OPENNESS,
        _("该公开的按时公开，开会请过不同意的人。"),
        (
            Measure(
                "in-time",
                _("该公开的按时公开"),
                _("到了日子的提案答复、协商纪要、调研计划，按时公开的有多少。"),
                measures.public_in_time,
            ),
            Measure(
                "dissent",
                _("不同意的话留在纪要里"),
                _("出了纪要的协商里，有人说了“有保留”或“不同意”、原话留着的有多少。"),
                measures.dissent,
            ),
        ),
    ),
    LightRule(
        Field.SHARING,
        _("提的人说解决了，家里有老人的也这么说。"),
        (
            Measure(
                "people",
                _("提的人说“解决了”"),
                _("问到头的事里，提的人说解决了的有多少。没问到人的也在分母里。"),
                measures.solved,
            ),
            Measure(
                "old",
                _("涉及老人的事说“解决了”"),
                _("同上，只数涉及老人的事。"),
                measures.solved_old,
            ),
        ),
    ),
)
BY_FIELD = {rule.field.value: rule for rule in RULES}


def light_of(values, green_from, red_under):
    """Which light shows for the values of the measures that have enough rows."""
    known = [value for value in values if value is not None]
    if not known:
        return Light.DARK
    if min(known) < red_under:
        return Light.STOP
    return Light.GO if min(known) >= green_from else Light.SLOW


def measured(measure, frame, before=None):
    """Measure one frame; with ``before`` also the frame of the year before."""
    rows = tuple(row for row in measure.rows(frame) if frame.holds(row))
    good = sum(row.good for row in rows)
    earlier = measured(measure, before).value if before else None
    return Measured(measure, good, len(rows), value_of(measure, rows), rows, earlier)


def value_of(measure, rows):
    least = number("smallest_cell")
    if not measure.even:
        return sum(row.good for row in rows) / len(rows) if len(rows) >= least else None
    sides = [[row.good for row in rows if row.side == side] for side in ("one", "other")]
    if min(map(len, sides)) < least:
        return None
    low, high = sorted(sum(side) / len(side) for side in sides)
    return low / high if high else None


def light(field, frame, before=None):
    rule = BY_FIELD[field]
    found = tuple(measured(measure, frame, before) for measure in rule.measures)
    lines = number("green_from"), number("red_under")
    return Lit(rule, light_of([one.value for one in found], *lines), found)


def lights(frame, before=None):
    """All five, in their fixed order."""
    return [light(rule.field.value, frame, before) for rule in RULES]
