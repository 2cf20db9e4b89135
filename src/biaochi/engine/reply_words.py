"""The phrases of replies, read from `data/reply_*.txt`, and the plain way they are matched."""

import re
from functools import cache
from pathlib import Path

import rjieba

__all__ = ["ALIKE", "BODY", "COMMON", "DATE", "SIGNED", "Phrases", "phrases", "trimmed"]

DATA = Path(__file__).with_name("data")
GAP = "[^，。；！？,;!?：:\\n]{0,12}?"
SECTION = re.compile(r"\[(\w+)\]")


class Phrases:
    """One section of the list. `find` gives the places of its phrases in a text, in order."""

    def __init__(self, lines):
        self._not = _joined(line[1:] for line in lines if line.startswith("!"))
        self._said = _joined(line for line in lines if not line.startswith("!"))

    def find(self, text):
        """Return ((start, end), …), not overlapping."""
        hidden = self._not.sub(lambda found: "\0" * len(found[0]), text) if self._not else text
        return tuple(found.span() for found in self._said.finditer(hidden))

    def __contains__(self, text):
        return bool(self.find(text))


@cache
def phrases(name):
    """Return the Phrases of a section of `reply_words.txt`."""
    return Phrases(_sections()[name])


@cache
def _sections():
    found = {}
    for line in (DATA / "reply_words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        head = SECTION.fullmatch(line)
        if head:
            lines = found[head[1]] = []
        else:
            lines.append(line)
    return found


def _joined(lines):
    lines = list(lines)
    return re.compile("|".join(line.replace("…", GAP) for line in lines)) if lines else None


def _words(name):
    return (DATA / name).read_text(encoding="utf-8").split()


COMMON = frozenset(_words("reply_common.txt"))
# Words that name the same thing: each of a line stands for the first.
_GROUPS = (DATA / "reply_alike.txt").read_text(encoding="utf-8").splitlines()
ALIKE = {word: group.split() for group in _GROUPS for word in group.split()}

_NUMBER = "[0-9〇零一二两三四五六七八九十]"
_DAY = rf"(?:{_NUMBER}{{1,3}}[日号]|初|上旬|中旬|下旬|底|末)"
DATE = re.compile(
    rf"(?:{_NUMBER}{{4}}年|今年|明年|去年|后年|本年)?(?:度)?{_NUMBER}{{1,3}}月(?:份)?{_DAY}?(?:之前|以前|前)?"
    rf"|{_NUMBER}{{4}}年(?:底|初|末|年底|上半年|下半年)?(?:之前|以前|前)?"
    rf"|(?:今年|明年|去年|后年|本年)(?:年?底|年?初|年?末|上半年|下半年)?(?:之前|以前|前)?"
    r"|年底(?:之前|以前|前)|年内|年底|本月(?:底|内)?|下个?月(?:底|初)?|本周|下周|(?:本|下)学期|汛期前|春节前|入冬前"
    rf"|第?[一二三四]季度|{_NUMBER}{{1,4}}(?:个)?(?:工作日|天|日|小时|星期|个月|周)(?:之内|以内|内|后)"
    r"|20\d{2}[-./]\d{1,2}[-./]\d{1,2}"
)
# A day that stands by itself at the end of a reply says when it was written, not when is done.
SIGNED = re.compile(
    r"(?:20\d{2}年\d{1,2}月\d{1,2}日|20\d{2}[-./]\d{1,2}[-./]\d{1,2})(?=[\s）)]*(?:$|\n|网友|您好|“))"
)
# Words in front of a body that are no part of its name; the rest is told by the kind of word.
_LEADING = frozenset(_words("reply_before_bodies.txt"))
_FIRST = frozenset("由经请向对与和及将已在于以至为让转交找到离")
_LEADING_KINDS = frozenset("pdru")
_SELF = r"(?:我|本|贵|该)(?:局|办|镇|街道|公司|中心|单位|校|院|所|队|乡|委|处|司|区|县|市|站|馆|园)"
_SUFFIXES = sorted(_words("reply_bodies.txt"), key=len, reverse=True)
_NO_BODY = "(?![卡路街生门附里内外布])"
BODY = re.compile(
    rf"{_SELF}|(?:[一-鿿A-Za-z0-9]{{1,14}}?)?(?:{'|'.join(_SUFFIXES)}|(?<![布格结饭当])局)+{_NO_BODY}"
)


def trimmed(body):
    """Return how many letters at the front of a matched body do not belong to its name."""
    if re.fullmatch(_SELF, body):
        return 0
    at = cut = _first_letters(body)
    for word, kind in rjieba.tag(body[cut:]):
        at += len(word)
        if at < len(body) and (word in _LEADING or kind[:1] in _LEADING_KINDS):
            cut = at
    return cut


def _first_letters(body):
    """How many letters at the very front are words by themselves (由…, 和…), not of a name (和平…)."""
    cut = 0
    while body[cut] in _FIRST and not rjieba.has_word(body[cut : cut + 2]):
        cut += 1
    return cut
