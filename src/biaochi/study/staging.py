"""Does it look as if somebody had prepared for the visits? A few figures, from the visits alone."""

from collections import Counter
from dataclasses import dataclass

from biaochi.core.clock import local_day
from biaochi.study.rules import Announced, ChosenBy, Sign


@dataclass(frozen=True)
class Staging:
    """What the visits say of themselves.

    Numbers of people under the smallest cell are None. No total is given beside them, so that
    nothing can be found by subtraction.
    """

    visits: int
    unannounced: int
    leaked: int
    announced: int
    shortest: int  # minutes
    longest: int
    total: int
    most_a_day: int
    signs: tuple  # [(label, on how many visits)]
    chosen: tuple  # [(who chose them, people or None)]
    by_unit: int
    with_official: int | None
    any_official: bool


def staging_of(visits, smallest):
    """The figures of some visits (with ``met`` read beforehand), or None when there is none."""
    if not visits:
        return None
    minutes = [round((one.left_at - one.arrived_at).total_seconds() / 60) for one in visits]
    told = Counter(one.announced for one in visits)
    days = Counter(local_day(one.arrived_at) for one in visits)
    signs = Counter(sign for one in visits for sign in one.signs)
    met = [group for one in visits for group in one.met.all()]
    chosen = Counter()
    for group in met:
        chosen[ChosenBy(group.chosen_by)] += group.count
    present = sum(group.count for group in met if group.official_present)
    return Staging(
        visits=len(visits),
        unannounced=told[Announced.NO],
        leaked=told[Announced.LEAKED],
        announced=told[Announced.YES],
        shortest=min(minutes),
        longest=max(minutes),
        total=sum(minutes),
        most_a_day=max(days.values()),
        signs=tuple((str(Sign(key).label), n) for key, n in sorted(signs.items())),
        chosen=tuple(
            (str(key.label), chosen[key] if chosen[key] >= smallest else None)
            for key in ChosenBy
            if chosen[key]
        ),
        by_unit=chosen[ChosenBy.UNIT],
        with_official=present if present >= smallest else None,
        any_official=bool(present),
    )
