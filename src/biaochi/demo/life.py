"""What became of the matters of the story: each goes as far as its days have come.

The short way (a voice, a unit, the people's word) and the long one (topic, study, proposal,
session) are played through the same verbs that pages call.
"""

import datetime as dt

from biaochi.core.clock import local_day
from biaochi.demo import choosing, meeting, proposing, working
from biaochi.demo.working import DAY, moment
from biaochi.task import actions as tasks
from biaochi.task.rules import Done
from biaochi.voice.rules import MatterState

START = dt.timedelta(days=40)  # how long before its last day a task was handed over
CLAIMED = ("done", "partly", "returned")


class Life:
    """The further life of matters; ``live`` plays one story."""

    def __init__(self, office, matters, now):
        self.office, self.matters, self.now = office, matters, now
        self.today = local_day(now)

    def live(self, story):
        matter = self.matters.get(story.key)
        if matter is None:
            return
        matter.refresh_from_db()
        if matter.state != MatterState.OPEN:
            return
        candidate = going = draft = None
        if story.choice:
            candidate = choosing.choose(self.office, matter, story, self.now)
        if story.study and candidate and candidate.state == "chosen":
            going = choosing.go_and_see(self.office, candidate, story, self.now)
        if story.proposal:
            draft = proposing.propose(self.office, [matter], going, story, self.now)
        if story.session and draft is not None:
            meeting.meet(self.office, draft, matter, story, self.now)
        if draft is not None and story.proposal.filed_on:
            proposing.publish(self.office, draft, self.now)
        for debt in story.debts:
            if not draft or str(draft.title) not in debt.source and "2026" not in debt.source:
                proposing.old_promise(self.office, debt, matter, self.now)
        self.work(matter, story)

    def work(self, matter, story):
        """Hand out the tasks of a story, one for each unit, and let the people judge."""
        by_unit = {}
        for one in story.tasks:
            by_unit.setdefault(one.unit.split("、")[0], []).append(one)
        handed = [self.start(matter, unit, own) for unit, own in by_unit.items()]
        claimed = [(task, own) for task, own in handed if task and self.claim(task, own)]
        if claimed and story.verdict:
            self.judge(matter, story, claimed)

    def start(self, matter, unit, own):
        """Hand one unit its part, with a clause for each act."""
        due = min(one.due_on for one in own)
        on = max(local_day(matter.opened_at) + 2 * DAY, due - START)
        task = working.hand(
            self.office,
            matter,
            unit=unit,
            what=own[0].act if len(own) == 1 else matter.title,
            items=[(one.act, "") for one in own],
            due=due if due > on else None,
            on=on,
            why="职责清单",
            now=self.now,
        )
        if task is None:
            return None, own
        first = own[0].done or own[0].undone or "先到现场看，再约人商量"
        waits = any("等收下" in one.undone for one in own)
        if waits or not working.take_on(self.office, task, on=on + DAY, first=first, now=self.now):
            return None, own
        self.note(task, own, on)
        return task, own

    def note(self, task, own, on):
        """What has moved, for work that is still going on."""
        words = own[0].done or own[0].undone
        day = min(on + 14 * DAY, self.today - DAY)
        if own[0].state in ("open", "overdue") and words and day > on + DAY:
            unit = self.office.unit_actors[task.unit.name]
            tasks.note_progress(task=task, words=words, by=unit, now=moment(day, 16))

    def claim(self, task, own):
        """The unit claims, and another hand looks; True when those who spoke are to be asked."""
        if all(one.state not in CLAIMED for one in own):
            return False
        on = min(min(one.due_on for one in own) - DAY, self.today - 40 * DAY)
        on = max(on, local_day(task.accepted_at) + DAY)
        if on + 6 * DAY >= self.today:
            return False
        working.claim(
            self.office,
            task,
            on=on,
            good="；".join(one.done for one in own if one.done),
            bad="；".join(one.undone + one.side_effect for one in own if one.undone),
            done=Done.YES if all(one.state == "done" for one in own) else Done.PARTLY,
        )
        working.check(self.office, task, on=on + 3 * DAY)
        task.refresh_from_db()
        return True

    def judge(self, matter, story, claimed):
        """Those who spoke are asked, and answer as in the story."""
        told = story.verdict
        on = max(local_day(task.claimed_at) for task, _own in claimed) + 4 * DAY
        round_ = working.ask(matter, on=on)
        shares = [n / told.asked for n in (told.solved, told.partly, told.unsolved)]
        round_ = working.answer_round(round_, shares=shares, words=told.words, on=on, days=12)
        round_ = working.close(round_, self.now)
        again = story.stage == "outcome" and round_.state == "unsolved"
        if again:  # the unit has claimed a second time, and waits for the check
            task, own = claimed[0]
            task.refresh_from_db()
            done = "；".join(one.done for one in own if one.done)
            working.claim(
                self.office,
                task,
                on=self.today - 2 * DAY,
                good=done,
                bad="；".join(one.undone for one in own if one.undone),
                done=Done.PARTLY,
            )
