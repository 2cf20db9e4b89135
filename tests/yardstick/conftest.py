"""Matters, tasks, claims, checks and rounds in the states that the yardstick reads.

The yardstick reads what the earlier stages wrote, hundreds of lines at a time; those are laid
down here directly, as their verbs leave them. Its own lines are written by its own verbs.
"""

import datetime as dt
from itertools import count

import pytest

from biaochi.core.clock import start_of
from biaochi.evaluation.models import Ask, Round
from biaochi.outcome.models import Check, CheckLine
from biaochi.task.models import Claim, ClaimLine, Item, Task
from biaochi.voice.models import Matter, Voice

DAY = dt.timedelta(days=1)


class Facts:
    """Lays down what the earlier stages leave behind."""

    def __init__(self, city, user):
        self.city, self.user, self.numbers = city, user, count(1)

    def matter(self, on, **fields):
        n = next(self.numbers)
        given = {"areas": ["城东"], "category": self.city.lamps, "people_count": 8}
        return Matter.objects.create(
            number=f"试〔2026〕{n:04d}",
            title=f"第{n}件事",
            opened_at=start_of(on),
            **{**given, **fields},
        )

    def task(self, on, state="handed", due=None, matter=None, unit=None, items=0, **fields):
        task = Task.objects.create(
            matter=matter or self.matter(on, **fields),
            unit=unit or self.city.roads,
            what=f"要办的第{next(self.numbers)}样",
            state=state,
            handed_at=start_of(on),
            accept_by=on + 3 * DAY,
            return_by=on + 5 * DAY,
            due_on=due or on + 30 * DAY,
        )
        for place in range(1, items + 1):
            Item.objects.create(task=task, position=place, act=f"第{place}条")
        return task

    def claim(self, task, on, done=True, state="claimed", check="", matches=(), paid_by=""):
        """A claim of everything (or of a part), with its check if there was one."""
        claim = Claim.objects.create(
            task=task, at=start_of(on), by=self.user, good="修了", bad="慢", paid_by=paid_by
        )
        items = list(task.items.all()) or [Item.objects.create(task=task, position=1, act="做")]
        for item in items:
            ClaimLine.objects.create(
                claim=claim, item=item, done="yes" if done else "partly", words="有"
            )
        Task.objects.filter(pk=task.pk).update(state=state, claimed_at=start_of(on))
        if check:
            looked = Check.objects.create(
                claim=claim, state=check, opened_at=start_of(on), due_on=on, at=start_of(on)
            )
            for item, match in zip(items, matches or ["yes"] * len(items), strict=True):
                CheckLine.objects.create(check_of=looked, item=item, match=match)
        return claim

    def round(self, task, on, state, solved=0, partly=0, unsolved=0):
        asked = Round.objects.create(
            matter=task.matter,
            state=state,
            opened_at=start_of(on),
            closes_on=on + 30 * DAY,
            decided_at=None if state == "asking" else start_of(on),
        )
        asked.tasks.add(task)
        said = ["solved"] * solved + ["partly"] * partly + ["unsolved"] * unsolved
        for answer in said:
            voice = Voice.objects.create(
                code_mark=f"mark {next(self.numbers)}",
                channel="web",
                said_at=start_of(on),
                heard_at=start_of(on),
            )
            Ask.objects.create(round=asked, voice=voice, answer=answer, answered_at=start_of(on))
        return asked

    def whole(self, on, verdict="", done=True, unit=None, **fields):
        """A matter from handing over to the people's word, in one go."""
        task = self.task(on, unit=unit, **fields)
        state = {"solved": "confirmed", "unreached": "unreached"}.get(verdict, "checked")
        self.claim(task, on + 5 * DAY, done, state, check="true")
        if verdict:
            self.round(task, on + 10 * DAY, verdict)
        task.refresh_from_db()
        return task


@pytest.fixture
def facts(city):
    from biaochi.core.actors import Role

    return Facts(city, city.users[Role.UNIT])


@pytest.fixture
def today():
    return dt.date(2026, 7, 2)


@pytest.fixture
def frame(today):
    from biaochi.yardstick import queries

    return queries.Frame("", queries.periods.Period("all", None, None), today)
