"""A year in 青溪, played through the product's own verbs, so that nothing in it is fake but the city.

Week by week: people speak, the office reads, brings together what belongs together, and hands
over. The last days are left as they came in, so that there is something to do at the desk.
"""

import datetime as dt
from collections import Counter, defaultdict

from biaochi.core.actors import RESIDENT
from biaochi.core.clock import calendar, local_day
from biaochi.core.refusals import Incomplete
from biaochi.people import vault
from biaochi.task import actions as tasks
from biaochi.voice import actions as voices
from biaochi.voice.actions import Words
from biaochi.voice.matters import actions as matters
from biaochi.voice.matters import queries
from biaochi.voice.rules import Answer, Channel, Group, Urgency

GROUPS = {
    "一老": Group.OLD,
    "一小": Group.CHILD,
    "一青壮": Group.ADULT,
    "行动不便": Group.FRAIL,
    "街坊": Group.ALL,
}
URGENCIES = {"急": Urgency.URGENT, "难": Urgency.HARD, "愁": Urgency.WORRY, "盼": Urgency.HOPE}
LATELY = 3  # for so many weeks the office sorts every Friday, before that a few times a year
UNREAD = dt.timedelta(days=2)  # what came in since then nobody has read yet
UNSORTED = dt.timedelta(days=12)  # since then the machine's suggestions wait for an answer
HANDED = dt.timedelta(
    days=34
)  # only matters of the last weeks are in a unit's hands; few are overdue


class Year:
    """The telling of one year; ``play`` is its only door."""

    def __init__(self, office, titles, now, echo, stories=()):
        self.office, self.now, self.echo = office, now, echo
        self.stories = {story.key: story for story in stories}
        self.staff = office.staff[0]
        self.titles = titles  # truth -> title
        self.matters = {}  # truth -> Matter
        self.waiting = defaultdict(list)  # truth -> [Voice]
        self.categories = {}
        self.codes = {}  # a few receipt codes to try the pages with: truth -> code

    def play(self, spoken):
        """Tell the whole year. ``spoken`` is in order of time."""
        weeks = defaultdict(list)
        for voice in spoken:
            weeks[(self.now - voice.at).days // 7].append(voice)
        unsorted = []
        for left in sorted(weeks, reverse=True):
            heard = [said for voice in weeks[left] if (said := self.hear(voice))]
            self.read(heard)
            unsorted = self.open_stories(unsorted + heard)
            if left <= LATELY or left % 16 == 0:
                self.sort(unsorted)
                unsorted = []
            self.echo(len(heard))
        matters.suggest(now=self.now)
        self.answer_some()
        self.mark_the_few()
        self.hand_over()

    def hear(self, spoken):
        """Somebody speaks. A resident on the web, everybody else through the office.

        Among the odd inputs of the story are some that say nothing at all: they are refused.
        """
        try:
            return spoken, self.take_in(spoken)
        except Incomplete:
            return None

    def take_in(self, spoken):
        by = RESIDENT if spoken.channel == "web" else self.staff
        speaker = (
            vault.speaker_for(phone=spoken.contact)
            if spoken.contact
            else vault.speaker_for(visit=f"demo {spoken.person}")
        )
        heard = voices.hear(
            words=Words(spoken.text, spoken.title, spoken.place),
            channel=Channel(spoken.channel),
            area=self.office.areas.get(spoken.area),
            groups=[GROUPS[group] for group in spoken.groups],
            urgency=URGENCIES.get(spoken.urgency, ""),
            public=spoken.public,
            speaker=speaker,
            likes=spoken.likes or 0,
            seen=spoken.channel != "web",
            by=by,
            now=spoken.at,
        )
        if spoken.category in self.office.categories:
            self.categories[spoken.truth] = self.office.categories[spoken.category]
        if spoken.channel == "web" and spoken.kind == "ordinary":
            self.codes[spoken.truth] = heard.code
        return heard.voice

    def read(self, heard):
        """The office reads the web's voices on a working morning: lately every day, before weekly."""
        mornings = defaultdict(list)
        for spoken, voice in heard:
            if spoken.channel == "web":
                lately = spoken.at > self.now - UNSORTED
                came = local_day(spoken.at if lately else heard[-1][0].at)
                mornings[calendar().after(came, 1)].append(voice)
        for day, unread in sorted(mornings.items()):
            moment = self.now.replace(year=day.year, month=day.month, day=day.day, hour=9)
            if moment < self.now - UNREAD:
                voices.mark_seen(voices=unread, by=self.staff, now=moment)

    def open_stories(self, unsorted):
        """The matters of the story are opened on their day; the rest waits to be sorted."""
        if not unsorted:
            return unsorted
        day = local_day(unsorted[-1][0].at)
        due = {
            key
            for key, story in self.stories.items()
            if story.opened_on <= day and key not in self.matters
        }
        own = [pair for pair in unsorted if pair[0].truth in due]
        if not own:
            return unsorted
        self.sort(own)
        return [pair for pair in unsorted if pair[0].truth not in due]

    def sort(self, heard):
        """On Friday the office brings together what belongs together."""
        known = defaultdict(list)
        for spoken, voice in heard:
            if spoken.kind == "hostile" or spoken.at > self.now - UNSORTED:
                continue
            here = known if spoken.truth in self.matters else self.waiting
            here[spoken.truth].append(voice)
        if not heard:
            return
        friday = min(heard[-1][0].at + dt.timedelta(days=1), self.now)
        for truth, group in known.items():
            matters.join(matter=self.matters[truth], voices=group, by=self.staff, now=friday)
        ready = [truth for truth, group in self.waiting.items() if len(group) > 1]
        for truth in ready:
            group = self.waiting.pop(truth)
            self.matters[truth] = matters.open_matter(
                title=self.titles.get(truth) or short(group[0]),
                place=Counter(voice.place for voice in group).most_common(1)[0][0],
                voices=group,
                category=self.categories.get(truth),
                by=self.staff,
                now=friday,
            )

    def answer_some(self):
        """Of the fresh suggestions the office has answered half of the sure ones."""
        for place, card in enumerate(queries.suggestions(limit=200)):
            if card.suggestion.probability >= 0.9 and card.suggestion.matter_id and place % 2:
                matters.answer(
                    suggestion=card.suggestion, answer=Answer.YES, by=self.staff, now=self.now
                )

    def mark_the_few(self):
        """A few people with a serious need are marked, so that numbers do not bury them."""
        for matter in self.matters.values():
            matter.refresh_from_db()
            few = 2 <= matter.people_count < 5 and matter.urgency == Urgency.URGENT
            if few and matter.last_at > self.now - HANDED:
                why = "人不多，但眼下有人离不开，等不得"
                matters.care(matter=matter, why=why, by=self.staff, now=self.now)

    def hand_over(self):
        """Fresh matters with enough voices, or urgent ones, are handed to the unit in charge."""
        for number, (truth, matter) in enumerate(sorted(self.matters.items())):
            category = self.categories.get(truth)
            if truth in self.stories:
                continue
            fresh = matter.opened_at > self.now - 2 * HANDED and matter.people_count >= 3
            if not category or not (fresh or matter.people_count >= 30):
                continue
            day = self.now - dt.timedelta(days=2 + number * 7 % (HANDED.days - 2))
            task = tasks.hand_over(
                matter=matter,
                unit=category.unit,
                what=f"{matter.title}：查清原因，拿出办法，把结果告诉提的人"[:200],
                why=f"职责清单：{category.name}",
                by=self.staff,
                now=max(day, matter.opened_at),
            )
            self.let_unit_act(number, task)

    def let_unit_act(self, number, task):
        """Most units accept within days, some return what is not theirs, some say nothing."""
        unit = self.office.unit_actors.get(task.unit.name)
        later = task.handed_at + dt.timedelta(days=1 + number % 3)
        if unit is None or later > self.now or number % 7 == 3:
            return
        if number % 9 == 4:
            tasks.give_back(
                task=task,
                reason="not_ours",
                words="这段路归区里养护，请转给属地",
                suggested_unit="城东街道",
                by=unit,
                now=later,
            )
        else:
            tasks.accept(task=task, first_act="先到现场看，再约人商量", by=unit, now=later)


def short(voice):
    """A title from the words of a voice: its first clause."""
    for mark in "，。！？；,.!?;\n":
        head = voice.text.split(mark)[0].strip()
        if 6 <= len(head) <= 28:
            return head
    return voice.text.strip()[:28]
