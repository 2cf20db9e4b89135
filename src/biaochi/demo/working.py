"""Work in 青溪: a unit takes it on, claims, the office checks, and those who spoke answer."""

import datetime as dt

from biaochi.core.actors import RESIDENT
from biaochi.core.clock import local_day, start_of
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.models import Ask
from biaochi.evaluation.rules import Answer, Way
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check
from biaochi.outcome.rules import How, Match
from biaochi.task import actions as tasks
from biaochi.task.rules import Done

DAY = dt.timedelta(days=1)


def moment(day, hour=10):
    """An hour of a day in the city's time."""
    return start_of(day) + dt.timedelta(hours=hour)


def hand(office, matter, *, unit, what, on, now, due=None, items=(), why=""):
    """Hand a matter to a unit on a day; None if that day has not come."""
    at = moment(on)
    if at >= now:
        return None
    return tasks.hand_over(
        matter=matter,
        unit=office.units[unit],
        what=what[:200],
        why=why,
        due=due,
        items=list(items) or None,
        by=office.staff[0],
        now=at,
    )


def take_on(office, task, *, on, first, now):
    """The unit accepts, if it has somebody who signs in; True if it did."""
    unit = office.unit_actors.get(task.unit.name)
    if unit is None or moment(on, 15) >= now:
        return False
    tasks.accept(task=task, first_act=first[:200], by=unit, now=moment(on, 15))
    task.refresh_from_db()
    return True


def claim(office, task, *, on, good, bad, done=Done.YES):
    """The unit claims every clause, with good and bad."""
    items = list(task.items.all())
    lines = {
        item.pk: (done if n == 0 or done == Done.YES else Done.PARTLY, (good or bad)[:300])
        for n, item in enumerate(items)
    }
    return tasks.claim(
        task=task,
        lines=lines,
        good=good,
        bad=bad,
        one_sided_why="" if good and bad else "这一栏眼下没有可写的，以后有了再补",
        by=office.unit_actors[task.unit.name],
        now=moment(on, 16),
    )


def check(office, task, *, on, why="现场看过，和报的一致", before="", after=""):
    """Another hand than the claimer looks: the second of the staff."""
    at = moment(on, 11)
    outcome.open_checks(now=at)
    one = Check.objects.filter(claim__task=task, state="waiting").latest("pk")
    matches = {item.pk: Match.YES for item in task.items.all()}
    outcome.check(
        check=one,
        how=How.QUIET,
        before=before or "大家说的那样，委员走访时也看到过",
        after=after or "换一个人去现场看了，也问了在场的人",
        matches=matches,
        why=why,
        true=True,
        by=office.staff[1],
        now=at,
    )


def ask(matter, *, on):
    """Everybody who spoke is asked; the round."""
    evaluation.open_rounds(now=moment(on, 12), matter=matter)
    return matter.rounds.latest("pk")


def answer_round(round_, *, shares, words, on, days, most=None):
    """People answer over some days.

    :param shares: how many of all who were asked say solved, partly, unsolved: three numbers
        that add up to at most 1; the rest stays silent
    :param words: what the first few say; they may be shown
    """
    asks = list(Ask.objects.filter(round=round_).order_by("pk"))[:most]
    wanted = spread(shares, len(asks))
    for place, (one, said) in enumerate(zip(asks, wanted, strict=True)):
        if said is None:
            continue
        round_.refresh_from_db()
        if round_.state != "asking":
            break
        evaluation.answer(
            ask=one,
            answer=said,
            words=words[place] if place < len(words) else "",
            words_public=place < len(words),
            way=Way.CODE,
            by=RESIDENT,
            now=moment(on, 18) + dt.timedelta(hours=place * 24 * days / max(len(asks), 1)),
        )
    round_.refresh_from_db()
    return round_


def spread(shares, n):
    """``n`` answers in the wanted shares, silent ones last and mixed evenly before that."""
    kinds = (Answer.SOLVED, Answer.PARTLY, Answer.UNSOLVED, None)
    counts = [round(share * n) for share in shares]
    while sum(counts) > n:
        counts[counts.index(max(counts))] -= 1
    counts.append(n - sum(counts))
    credit, left, found = [0.0] * 4, counts[:], []
    for _turn in range(n):
        credit = [have + want / n for have, want in zip(credit, counts, strict=True)]
        best = max((k for k in range(4) if left[k]), key=lambda k: credit[k])
        credit[best] -= 1
        left[best] -= 1
        found.append(kinds[best])
    return found


def close(round_, now):
    """The days for answering are over."""
    day = round_.closes_on + DAY
    if round_.state == "asking" and day < local_day(now):
        evaluation.close_due(now=moment(day, 8))
        round_.refresh_from_db()
    return round_
