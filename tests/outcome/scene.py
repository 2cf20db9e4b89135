"""A matter on its way to the people's word, made by the verbs: told, handed, claimed, checked."""

import datetime as dt

from biaochi.evaluation import actions as evaluation
from biaochi.evaluation.asking import ask_of
from biaochi.evaluation.models import Round
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check
from biaochi.outcome.rules import Match
from biaochi.people import vault
from biaochi.task import actions as tasks
from biaochi.task.rules import Done
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

NAME, PHONE = "张三丰", "1380000%04d"


class Scene:
    """What happens, in order; every step is a verb of the product."""

    def __init__(self, city, staff, unit, resident, now):
        self.city, self.staff, self.unit, self.resident = city, staff, unit, resident
        self.now = now
        self.told, self.matter, self.task, self.claim = [], None, None, None

    def later(self, **span):
        self.now += dt.timedelta(**span)
        return self.now

    def speak(self, n, *, first=0, reachable=True, place="", **changes):
        """``n`` different people speak; who is not reachable leaves only the trace of a visit."""
        for number in range(first, first + n):
            speaker = (
                vault.speaker_for(phone=PHONE % number)
                if reachable
                else vault.speaker_for(visit=f"visit {number}")
            )
            text = f"后街第 {number} 盏路灯不亮，我叫{NAME}。"
            words = voices.Words(text, title="路灯不亮", place=place)
            deed = {"words": words, "channel": Channel.WEB, "area": self.city.east}
            deed |= {"speaker": speaker, "by": self.resident, "now": self.now}
            self.told.append(voices.hear(**deed | changes))
        return self.told[-n:]

    def open(self, n=5, **changes):
        self.speak(n, **changes)
        heard = [one.voice for one in self.told]
        voices.mark_seen(voices=heard, by=self.staff, now=self.now)
        self.matter = matters.open_matter(
            title="后街的路灯不亮",
            place="后街",
            voices=heard,
            category=self.city.lamps,
            by=self.staff,
            now=self.now,
        )
        return self.matter

    def hand(self, **changes):
        deed = {"matter": self.matter, "unit": self.city.roads, "what": "把后街的路灯修亮"}
        deed |= {"items": [("换好六盏灯", "六盏都亮"), ("贴出报修电话", "")]}
        self.task = tasks.hand_over(**deed | changes, by=self.staff, now=self.now)
        tasks.accept(task=self.task, first_act="先查线路", by=self.unit, now=self.now)
        return self.task

    def claims(self, task=None):
        """The unit reports: the first clause done, the second not."""
        task = task or self.task
        said = [(Done.YES, "六盏都换了"), (Done.NO, "电话还没贴")]
        items = list(task.items.order_by("position"))
        self.claim = tasks.claim(
            task=task,
            lines={item.pk: said[n % 2] for n, item in enumerate(items)},
            good="六盏灯都换成了新的",
            bad="电话还没贴",
            by=self.unit,
            now=self.now,
        )
        outcome.open_checks(now=self.now)
        return Check.objects.get(claim=self.claim)

    def checked(self, check, *, true=True, by=None, **changes):
        items = check.claim.task.items.all()
        deed = {
            "how": "site",
            "before": "夜里全黑，呼声里有照片",
            "after": "今晚八点去看，六盏都亮",
            "matches": {item.pk: Match.YES if true else Match.NO for item in items},
            "why": "和报的一样",
        }
        return outcome.check(
            check=check, true=true, by=by or self.staff, now=self.now, **deed | changes
        )

    def to_the_people(self, n=5, **changes):
        """All of it: ``n`` people are asked. Returns the round."""
        self.open(n, **changes)
        self.hand()
        self.checked(self.claims())
        return self.ask()

    def again(self):
        """The unit works once more on what came back."""
        self.task.refresh_from_db()
        self.checked(self.claims())
        return self.ask()

    def ask(self):
        evaluation.open_rounds(now=self.now)
        return Round.objects.order_by("-pk").first()

    def says(self, number, answer, **changes):
        """One person answers by the code."""
        voice = self.told[number].voice
        voice.refresh_from_db()
        deed = {"answer": answer, "by": self.resident, "now": self.now}
        return evaluation.answer(ask=ask_of(voice), **deed | changes)

    def all_say(self, *answers):
        for number, answer in enumerate(answers):
            self.says(number, answer)
