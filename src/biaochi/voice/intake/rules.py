"""What is read out, read back and asked on the telephone, at the counter and on a visit."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from biaochi.core.actors import Role
from biaochi.core.refusals import Incomplete, NotYours
from biaochi.voice.rules import Channel

CHANNELS = (Channel.PHONE, Channel.COUNTER)
EMPTY = {
    "channel": str(Channel.PHONE),
    "agreed": False,
    "emergency": False,
    "words": "",
    "area": "",
    "place": "",
    "when": "",
    "groups": [],
    "urgency": "",
    "hope": "",
    "join": "",
}
# The same words in the table whatever the language of the page: they are part of what was said.
WHEN, HOPE = "什么时候：", "盼着："

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]*[”’」]?")
HAN = "一二三四五六七八九"
AGE = re.compile(rf"(?:\d{{2,3}}|[{HAN}]?十[{HAN}]|[{HAN}]十|百[零一二三四五六七八九十]*)(?=周?岁)")
AGE_TOLD = re.compile(rf"(?:[我俺咱]|今年)(?:今年)?(\d{{2}}|[{HAN}]?十[{HAN}]|[{HAN}]十)了")
DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
# For letters that sound alike on the telephone: a city whose name begins so in pinyin.
CITIES = {
    "A": "安庆",
    "B": "北京",
    "C": "成都",
    "D": "大连",
    "E": "恩施",
    "F": "福州",
    "G": "广州",
    "H": "杭州",
    "J": "济南",
    "K": "昆明",
    "L": "兰州",
    "M": "绵阳",
    "N": "南京",
    "P": "莆田",
    "Q": "青岛",
    "R": "日照",
    "S": "上海",
    "T": "天津",
    "W": "武汉",
    "X": "西安",
    "Y": "银川",
    "Z": "郑州",
}
SHAPES = {"U": gettext_lazy("马蹄形的 U"), "V": gettext_lazy("胜利手势的 V")}


def check_taker(by):
    """Raise unless this person may write down what somebody else says."""
    if not by.has(Role.STAFF, Role.MEMBER):
        raise NotYours(_("只有工作人员和委员能替人填。"))


def check_agreed(content):
    """Raise unless the person was told what becomes of their words, and said yes."""
    if not content["agreed"]:
        raise Incomplete(_("请先把上面的话念给他听，他说行，再勾上。"), "agreed")


def channel_for(by, channel):
    """The channel of what this person writes down: a member's is always the visit."""
    if by.has(Role.MEMBER):
        return Channel.MEMBER
    return channel if channel in CHANNELS else Channel.PHONE


def whole_text(content):
    """All that was said as one text, in the order of the page."""
    lines = [content["words"].strip()]
    if content["when"].strip():
        lines.append(WHEN + content["when"].strip())
    if content["hope"].strip():
        lines.append(HOPE + content["hope"].strip())
    return "\n".join(line for line in lines if line)


def sentences(text):
    """A text cut for reading out: one sentence, one breath."""
    return [found.strip() for found in SENTENCE.findall(text) if found.strip()]


def exact_age(text):
    """An exact age in a text and how to blur it, such as (“八十一”, “八十多”), or None."""
    match = AGE.search(text)
    age = match[0] if match else None
    if age is None and (told := AGE_TOLD.search(text)):
        age = told[1]
    if age is None:
        return None
    if age.isdecimal():
        return age, _("%(n)s 多") % {"n": int(age) // 10 * 10}
    if age.startswith("百"):
        return age, "百来"
    return age, age[: age.index("十") + 1] + "多"


def spelled(code):
    """A code as it is read out, part by part: digits by their Chinese names."""
    return [" ".join(DIGITS.get(letter, letter) for letter in part) for part in code.split("-")]


def letter_hints(code):
    """How to say the letters of a code that are easily misheard, once each, in order."""
    letters = dict.fromkeys(letter for letter in code if letter.isalpha())
    return [
        str(SHAPES[letter])
        if letter in SHAPES
        else _("%(city)s的 %(letter)s") % {"city": CITIES[letter], "letter": letter}
        for letter in letters
        if letter in CITIES or letter in SHAPES
    ]
