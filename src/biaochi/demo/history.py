"""A year of everyday work in 青溪 beside the stories: most of it quiet, some of it refused.

One unit finishes suspiciously much in the last days of a quarter, so that there is something to
ask about. Nothing of it is written but through the verbs.
"""

import datetime as dt

from biaochi.core.clock import local_day
from biaochi.demo import working
from biaochi.demo.dice import dice
from biaochi.demo.working import DAY
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.models import Round
from biaochi.outcome import actions as outcome
from biaochi.voice.rules import MatterState

OLD = dt.timedelta(days=75)  # younger matters are handed out elsewhere
HURRIED = "市城管局"  # claims most of its work of a quarter in the quarter's last days
GOOD = (
    "修好了，连着看了三天都没再出问题。",
    "人到了现场，按大家说的改了。",
    "换了新的，原来的拉走了。",
)
BAD = ("边上还有一截没修，等明年的钱。", "白天好了，夜里还要再看。", "施工那几天，门口走不了车。")
WORDS = ("是好了，谢谢。", "好多了，还差一点。", "跟没修一样。")


def live_through(office, year, seed):
    """Hand out, claim, check and judge the older everyday matters; ``year`` is the told year."""
    throw = dice(seed, "history")
    today = local_day(year.now)
    for truth, matter in sorted(year.matters.items()):
        category = year.categories.get(truth)
        if truth in year.stories or not category or category.unit.name not in office.unit_actors:
            continue
        matter.refresh_from_db()
        if matter.state != MatterState.OPEN or matter.opened_at > year.now - OLD:
            continue
        if not matter.tasks.exists():
            one_matter(office, matter, category.unit, throw, today, year.now)
    look_again(year.now, throw)


def one_matter(office, matter, unit, throw, today, now):
    """The short way of one matter: some are late, some refused, some nobody answers."""
    on = local_day(matter.opened_at) + throw.randint(2, 9) * DAY
    task = working.hand(
        office,
        matter,
        unit=unit.name,
        what=f"{matter.title}：查清原因，拿出办法，办完告诉提的人",
        why="职责清单",
        on=on,
        now=now,
    )
    if task is None or not working.take_on(
        office, task, on=on + DAY, first="先到现场看，再约人商量", now=now
    ):
        return
    done = claim_day(unit, task, throw)
    if throw.random() < 0.12 or done + 5 * DAY >= today:
        return  # still being worked on, some of it late
    one_sided = throw.random() < 0.2
    working.claim(
        office,
        task,
        on=done,
        good=throw.choice(GOOD),
        bad="" if one_sided else throw.choice(BAD),
    )
    checked = done + throw.randint(1, 4) * DAY
    working.check(office, task, on=checked)
    round_ = working.ask(matter, on=checked)
    solved = throw.choice((0.75, 0.7, 0.6, 0.5, 0.3, 0.0))
    rest = 1 - solved
    shares = (solved, rest * 0.3, rest * (0.4 if solved else 0.1))
    working.answer_round(round_, shares=shares, words=WORDS, on=checked, days=14, most=16)
    working.close(round_, now)


def claim_day(unit, task, throw):
    """When a unit says it is done: mostly before the last day, one of them at quarter's end."""
    day = task.due_on + throw.randint(-12, 6) * DAY
    if unit.name != HURRIED or throw.random() < 0.2:
        return max(day, local_day(task.accepted_at) + DAY)
    month = (day.month - 1) // 3 * 3 + 3
    after = dt.date(day.year + month // 12, month % 12 + 1, 1)
    return after - throw.randint(1, 6) * DAY


def look_again(now, throw):
    """The revisits that have come are asked; most still hold."""
    outcome.start_revisits(now=now - 10 * DAY)
    evaluation.open_rounds(now=now - 10 * DAY)
    rounds = Round.objects.filter(state="asking", revisit__isnull=False).order_by("pk")
    for round_ in rounds:
        solved = throw.choice((0.8, 0.8, 0.7, 0.0))
        shares = (solved, 0.1, 0.8 if not solved else 0.0)
        on = local_day(now) - 10 * DAY
        working.answer_round(round_, shares=shares, words=WORDS, on=on, days=6, most=12)
