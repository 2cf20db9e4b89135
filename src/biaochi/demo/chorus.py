"""Ordinary voices: everybody who speaks of one matter, each in her own words."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from .city import City, Place
from .dice import dice
from .problems import Problem
from .rhythm import clock_time, window_weights
from .speakers import Crowd, Speaker
from .spoken import URGENCIES, SpokenVoice
from .utterance import headline, short_name, utter

_USUAL_CHANNELS = ("web", "phone", "counter", "member", "sheet")
_USUAL_WEIGHTS = {"老": (16, 33, 34, 5, 12), "残": (40, 25, 15, 10, 10)}
_OTHER_WEIGHTS = (56, 15, 7, 5, 17)
_SECOND_LOOKS = 40
# A statement from the other side, and one that only makes sense after the work was done.
OTHER, LATE = "other", "late"
# Whom people turn to first: in town, in a village.
_OFFICES = (("物业", "社区", "居委会", "街道"), ("村委会", "村里", "乡里", "驻村干部"))
_ELDERS = (("楼长", "小组长", "社区的老主任"), ("村支书", "组长", "老会计"))


def dealt(pairs: Iterable[tuple[object, int]], size: int, rng: Random) -> list:
    """`size` values in random order, in the proportions of the pairs (exact when they add up)."""
    pairs = tuple(pairs)
    values = [value for value, count in pairs for _ in range(count)]
    if len(values) < size:
        kinds = [value for value, _ in pairs]
        values += rng.choices(kinds, weights=[n for _, n in pairs], k=size - len(values))
    rng.shuffle(values)
    return values[:size]


class Chorus:
    """Tells one matter after another; remembers texts so that no two people say the same."""

    def __init__(self, city: City, crowd: Crowd, until: datetime, seed: int) -> None:
        self._city = city
        self._crowd = crowd
        self._until = until
        self._seed = seed
        self._said: set[str] = set()

    def tell(self, problem: Problem) -> list[SpokenVoice]:
        """All voices of one matter: `size` people, and some of them once more."""
        rng = dice(self._seed, problem.key)
        places = dealt(problem.places, problem.size, rng)
        channels = dealt(problem.channels, problem.size, rng) if problem.channels else None
        templates = self._templates(problem, rng)
        told: list[SpokenVoice] = []
        speakers: list[Speaker] = []
        for i, place in enumerate(places):
            template, stance = templates[i]
            place = _named_place(problem, template) or place
            speaker = self._speaker(problem, place, {s.key for s in speakers}, rng)
            speakers.append(speaker)
            channel = channels[i] if channels else _usual_channel(speaker, rng)
            told.append(self._voice(problem, speaker, place, channel, template, stance, rng))
        plain = [i for i, voice in enumerate(told) if not voice.stance]
        for i in rng.sample(plain, min(problem.extra, len(plain))):
            place = self._city.place(told[i].place)
            told.append(self._voice(problem, speakers[i], place, told[i].channel, None, "", rng))
        return told

    def _speaker(self, problem: Problem, place: Place, taken: set[str], rng: Random) -> Speaker:
        return self._crowd.somebody(rng.choice(problem.personas), place.area, taken)

    def _templates(self, problem: Problem, rng: Random) -> list[tuple[str | None, str]]:
        """Whole statements are said once; the other side gets its seventh; the rest is free."""
        whole = [(text, "") for text in problem.wording.fitting("says", "")]
        others = problem.wording.fitting("other", "")
        others += [text for text in others if "{" in text]
        against = [(text, OTHER) for text in others[: round(problem.size * 0.14)]]
        late = [(text, LATE) for text in problem.wording.fitting("late", "")]
        rng.shuffle(whole)
        chosen: list[tuple[str | None, str]] = [*against, *late, *whole]
        del chosen[problem.size :]
        chosen += [(None, "")] * (problem.size - len(chosen))
        rng.shuffle(chosen)
        return chosen

    def _voice(
        self,
        problem: Problem,
        speaker: Speaker,
        place: Place,
        channel: str,
        template: str | None,
        stance: str,
        rng: Random,
    ) -> SpokenVoice:
        window = (problem.settled, 1) if stance == LATE else problem.window
        at = self._moment(problem, channel, window, rng)
        text = self._fresh_text(template, problem, speaker, channel, place, at, rng)
        return SpokenVoice(
            number=0,
            text=text,
            title=headline(problem, place.name, rng) if channel in ("web", "sheet") else "",
            at=at,
            channel=channel,
            area=place.area,
            place=place.name,
            groups=problem.groups if rng.random() < 0.8 else (),
            urgency=_urgency(problem.urgency, rng),
            person=speaker.key,
            contact=None if channel == "member" else speaker.contact,
            likes=_likes(problem, rng) if channel == "sheet" else None,
            public=rng.random() < 0.73,
            category=problem.category,
            truth=problem.key,
            kind="ordinary",
            stance=stance if stance == OTHER else "",
        )

    def _moment(
        self, problem: Problem, channel: str, window: tuple[int, int], rng: Random
    ) -> datetime:
        days, weights = window_weights(
            self._until.date(), channel, window, problem.shape, problem.months
        )
        return clock_time(rng, channel, rng.choices(days, cum_weights=weights)[0], self._until)

    def _fresh_text(
        self,
        template: str | None,
        problem: Problem,
        speaker: Speaker,
        channel: str,
        place: Place,
        at: datetime,
        rng: Random,
    ) -> str:
        values = {
            "date": _spoken_date(at - timedelta(days=rng.randint(1, 12))),
            "bus": rng.choice(self._city.buses),
            "office": rng.choice(_OFFICES[place.kind == "village"]),
            "elder": rng.choice(_ELDERS[place.kind == "village"]),
        }
        for _ in range(_SECOND_LOOKS):
            text = utter(template, problem, speaker, channel, place, values, rng)
            if text not in self._said:
                self._said.add(text)
                return text
            speaker = replace(speaker, hand=replace(speaker.hand, wordy=1.0))
        raise ValueError(f"too few words for {problem.key}")


def _named_place(problem: Problem, template: str | None) -> Place | None:
    """The place a whole statement names itself, so that the two never disagree."""
    for place, _ in problem.places:
        if template and short_name(place.name) in template:
            return place
    return None


def _spoken_date(at: datetime) -> str:
    return f"{at.month}月{at.day}日"


def _usual_channel(speaker: Speaker, rng: Random) -> str:
    weights = _USUAL_WEIGHTS.get(speaker.persona, _OTHER_WEIGHTS)
    return rng.choices(_USUAL_CHANNELS, weights=weights)[0]


def _urgency(usual: str, rng: Random) -> str:
    draw = rng.random()
    if draw < 0.12:
        return ""
    return rng.choice(URGENCIES) if draw < 0.3 else usual


def _likes(problem: Problem, rng: Random) -> int:
    """Likes have little to do with how many people are hit: a few are loud, most have none."""
    if problem.likes:
        return int(problem.likes * (0.4 + rng.random()))
    return min(int(rng.paretovariate(1.05)) - 1, 600)
