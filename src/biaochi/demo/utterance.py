"""From a problem and a person to the words she says: several independent parts, put together."""

from collections.abc import Mapping
from functools import cache
from random import Random
from types import MappingProxyType

from .city import Place
from .hand import manners, write
from .phrase import expand
from .problems import Problem, Wording, sayings
from .speakers import Speaker

LONGEST = 300
SHORTEST = 8
_SPOKEN_SHORT = {"幸福里小区": "幸福里", "柳园小区": "柳园", "北苑小区": "北苑"}
_ENDS = tuple("。！？：…")
_TYPED_BY_STAFF = ("phone", "counter", "member")
_MEMBER_HEADS = (
    "走访时{一位大姐|一位大爷|有位住户|一个小伙子|一位店主}{说|讲|拉着我说}：“",
    "{路上|楼下|车站|店里}碰到的居民说：“",
    "入户听来的原话：“",
    "{座谈|坐下来聊}时有人{说|讲}：“",
)
_SHEET_HEADS = ("来电原话：", "市民反映：", "【热线】", "来电人说：", "")


@cache
def _shared(slot: str) -> Wording:
    return Wording(MappingProxyType({slot: sayings(manners()[slot])}))


def _pick(problem: Problem, slot: str, persona: str, rng: Random) -> str:
    """A saying of this matter, or one everybody uses when the matter has none (or now and then)."""
    own = problem.wording.fitting(slot, persona)
    if slot == "short" and not own:
        own = problem.wording.fitting("core", persona)
    shared = {"asked": "asked", "so": "feel", "open": "open", "close": "close"}.get(slot)
    if shared and (not own or rng.random() < 0.35):
        own = _shared(shared).fitting(shared, persona)
    return rng.choice(own) if own else ""


def _slots(rng: Random, wordy: float) -> list[str]:
    """Which parts this voice has: from a bare complaint to the whole story."""
    length = rng.random() * 0.7 + wordy * 0.3
    if length < 0.14:
        return ["short"]
    if length < 0.3:
        return rng.choice((["core"], ["core", "so"], ["short", "asked"], ["core", "close"]))
    if length < 0.62:
        middle = rng.sample(("more", "asked", "so", "want"), 2)
        return [*rng.choice(([], [], ["open"])), "core", *middle]
    tail = ["more", "asked", "so", "want"]
    if length > 0.8:
        tail += ["core", "more", "more", "want"]
    if length > 0.86:
        tail = ["more", "core", "so", "more", "core", "want", "asked", "more", "so", "want"]
        return ["open", "core", *tail, "close", "close"]
    rng.shuffle(tail)
    return ["open", "core", "more", *tail[: rng.randint(2, len(tail))], "close"]


def _join(parts: list[str], rng: Random) -> str:
    text = ""
    for part in parts:
        if text and not _is_closed(text):
            text += rng.choice("，。。")
        text += part
    return text if _is_closed(text) else text + "。"


def _is_closed(text: str) -> bool:
    """Does it end with a stop, perhaps inside the closing quotation mark?"""
    return text.removesuffix("”")[-1:] in _ENDS


def short_name(name: str) -> str:
    """People shorten: 幸福里小区 becomes 幸福里."""
    return _SPOKEN_SHORT.get(name, name)


def _composed(
    problem: Problem, speaker: Speaker, channel: str, values: Mapping[str, str], rng: Random
) -> str:
    """Parts put together; a member who passes words on leaves greetings out."""
    picked: list[str] = []
    slots = _slots(rng, speaker.hand.wordy)
    if channel == "member":
        slots = [slot for slot in slots if slot not in ("open", "close")]
    for slot in slots:
        saying = _pick(problem, slot, speaker.persona, rng)
        if saying and saying not in picked:
            picked.append(saying)
    return _join([expand(saying, rng, values) for saying in picked], rng)


def _with_place(text: str, place: Place, word: str, rng: Random) -> str:
    """Most people say where, unless they have said so already."""
    if word[:2] in text or rng.random() > 0.4:
        return text
    heads = ["{$place}：", "{$place}，", "{$place}这边，", "说的是{$place}。"]
    if place.kind in ("estate", "village"):
        heads += ["我住{$place}。", "{$place}的住户。", "我是{$place}的，"]
    return rng.choice(heads).replace("{$place}", word) + text


def _framed(text: str, channel: str, rng: Random) -> str:
    if channel == "member":
        return expand(rng.choice(_MEMBER_HEADS), rng, {}) + text + "”"
    if channel == "sheet" and text.endswith("。") and rng.random() < 0.6:
        return rng.choice(_SHEET_HEADS) + text
    return text


def utter(
    template: str | None,
    problem: Problem,
    speaker: Speaker,
    channel: str,
    place: Place,
    values: Mapping[str, str],
    rng: Random,
) -> str:
    """The words of one voice: `template` when it is given, else parts put together.

    Between SHORTEST and LONGEST characters, so that a later cut never breaks a sentence.
    """
    word = short_name(place.name) if rng.random() < 0.5 else place.name
    filled = {**dict(problem.values), **values, "place": word}
    text = ""
    for _ in range(12):
        if template:
            text = expand(template, rng, filled)
        else:
            text = _composed(problem, speaker, channel, filled, rng)
        if not template or rng.random() < 0.3:
            text = _with_place(text, place, word, rng)
        text = write(text, speaker.hand, rng, typed_by_staff=channel in _TYPED_BY_STAFF)
        text = _framed(text, channel, rng)
        if SHORTEST <= len(text) <= LONGEST:
            return text
        if template and len(text) < SHORTEST:
            template = template + "，" + "{有人管吗|能不能管管|盼着给个说法}"
    return text[:LONGEST]


def headline(problem: Problem, place: str, rng: Random) -> str:
    """A title as residents write it, or nothing: many leave it out."""
    choices = problem.wording.fitting("short", "")
    if not choices or rng.random() < 0.6:
        return ""
    filled = {**dict(problem.values), "place": place, "date": "昨天"}
    return expand(rng.choice(choices), rng, filled)
