"""A compilation is several texts in one file: where each begins, which are absent, which break off.

Three signs of a beginning are known, tried in this order: the announced title stands again where
a sentence has ended; short lines count the texts (篇一, 第二篇, 【篇3】); the file's own headings of
the first level. Nothing is guessed: without a sign the file is one text.
"""

import re
from dataclasses import dataclass

ENDS = "。！？!?…"
CLOSERS = "”’」』）)》"
NUMERALS = "零一二三四五六七八九十"
COUNTED = re.compile(
    r"^[【\[（(]?(?:第\s*([一二三四五六七八九十\d]{1,3})\s*篇|篇\s*([一二三四五六七八九十\d]{1,3}))"
    r"[】\])）]?[:：、.．\s]*(.{0,60})$"
)
LONG_LINE = 30  # letters; a shorter last line may be a date or a name


@dataclass(frozen=True)
class Part:
    """One text of a compilation; ``number`` counts from 1."""

    number: int
    title: str
    text: str
    truncated: bool


@dataclass(frozen=True)
class Parts:
    """The texts that were found, what stands before the first, and the numbers that are absent."""

    parts: tuple
    lead: str
    absent: tuple


def split(text, *, title="", announced=0, headings=()):
    """Find the texts of a compilation.

    :param title: the title that the texts are announced under
    :param announced: how many texts there should be; 0 if nobody said
    :param headings: lines of the text that its own file calls headings of the first level
    :returns: ``Parts``, empty where no beginning could be found
    """
    begins = (
        _by_title(text, title, least=1 if announced > 1 else 2)
        or _by_counting(text)
        or _by_headings(text, headings)
    )
    if not begins:
        return Parts((), text, ())
    parts = []
    ends = [start for start, _body, _title in begins[1:]] + [len(text)]
    for number, ((_start, body, name), end) in enumerate(zip(begins, ends, strict=True), 1):
        words = text[body:end].strip()
        parts.append(Part(number, name, words, breaks_off(words)))
    absent = tuple(range(len(parts) + 1, announced + 1))
    return Parts(tuple(parts), text[: begins[0][0]].strip(), absent)


def breaks_off(text):
    """Whether a text stops in the middle of a sentence.

    A short last line without a mark (a date, an office's name) is an ending like any other.
    """
    last = text.rstrip().rsplit("\n", 1)[-1].rstrip()
    if not last:
        return False
    bare = last.rstrip(CLOSERS)
    if bare and bare[-1] in ENDS:
        return False
    return last[-1] in "，,、；;：:" or len(last) >= LONG_LINE


def _by_title(text, title, least):
    """Beginnings ``[(start, start of the body, title)]`` where the title stands again."""
    letters = re.sub(r"\s", "", title)
    if len(letters) < 4:
        return []
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    found = [
        (match.start(), match.end(), title)
        for match in pattern.finditer(text)
        if _is_beginning(text, match.start())
    ]
    return found if len(found) >= least else []


def _is_beginning(text, place):
    before = text[:place]
    if not before.strip() or before[-1] == "\n":
        return True
    bare = before.rstrip().rstrip(CLOSERS)
    return bool(bare) and bare[-1] in ENDS


def _by_counting(text):
    found, place = [], 0
    for line in text.splitlines(keepends=True):
        match = COUNTED.match(line.strip())
        if match and _number(match[1] or match[2]) == len(found) + 1:
            found.append((place, place + len(line), match[3].strip() or line.strip()))
        place += len(line)
    return found if len(found) >= 2 else []


def _by_headings(text, headings):
    wanted, found, place = {line.strip() for line in headings}, [], 0
    for line in text.splitlines(keepends=True):
        if line.strip() in wanted:
            found.append((place, place + len(line), line.strip()))
        place += len(line)
    return found if len(found) >= 2 else []


def _number(words):
    """一, 十二, 二十, 7 → a number; 0 if it is none."""
    if words.isdigit():
        return int(words)
    tens, mark, ones = words.rpartition("十")
    if not mark:
        return NUMERALS.find(words) if len(words) == 1 else 0
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (NUMERALS.find(tens) if tens else 1) * 10 + (NUMERALS.find(ones) if ones else 0)
