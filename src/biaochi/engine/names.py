"""Proper names in Chinese messages, by rule: estates, streets, schools, companies, lines, districts.

    names("A3区兰亭湾畔小区违规开餐饮")      ("兰亭湾畔小区",)
    districts("A3区兰亭湾畔小区违规开餐饮")  ("A3区",)

No list of places is kept. A name is what stands in quotation marks, or a run of words which holds
something no dictionary knows (or knows as a name) or ends as names of places end.
"""

import re
from functools import lru_cache

import rjieba

__all__ = ["KINDS", "districts", "names"]

LONGEST = 14
MOST_WORDS, MOST_COMMON = 6, 2
_NO_AREA = "(?<![小社园片城校景新库学地])区(?![间域别])"
_DISTRICT = re.compile(
    r"[A-Za-z]\d{0,2}[省市区县](?![政民场委])"
    r"|[一-鿿]{2,3}?(?:省|自治州)"
    r"|(?<![一-鿿])[一-鿿]{2,3}?市(?![场民政容])"
    rf"|(?:(?<=[市省州\s，。])|^)[一-鿿]{{1,3}}?(?:{_NO_AREA}|县(?![委政]))"
)
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》“，。？！]{2,12})[”\"」』》]")
_NOT_LETTERS = re.compile(r"[^0-9A-Za-z一-鿿]+")
_KIND_WORDS = (
    "小区/社区/街道/公司/有限公司/集团/学校/小学/中学/大学/学院/幼儿园/医院/银行/公园/广场/大厦/花园/家园/嘉园/"
    "佳园/新城/新村/公寓/公馆/山庄/大道/高速/高速公路/公路/国道/大桥/立交桥/车站/地铁站/水库/市场/商场/商城/"
    "工业园/产业园/开发区/经开区/高新区/名苑/华府/号线/路/街/巷/村/镇/乡/桥/站/苑/园/城/湾/府/庭/墅/庄/湖/岛/"
    "阁/郡/轩/厂/网/线/畔/坪/冲/塘/组"
)
KINDS = frozenset(_KIND_WORDS.split("/"))
_UNKNOWN = "unknown"
_NUMBERS = frozenset("0123456789一二三四五六七八九十百千两几")
_PROPER = frozenset(("ns", "nr", "nt", "nz", "nrt", "nrfg", _UNKNOWN))
_OPEN = _PROPER | {"n", "m", "j", "b", "g", "ng", "eng", "s"}
_STANDS = _PROPER | {"n", "ng", "g", "j", "zg", "x", "q"}
_SMALL = frozenset(
    "的了在是和与及或被把请将对为有无不没到由给向从让使我你他它这那该本各每某多少再又还要能会可应等于以交"
    "楼栋期号户层室内外前后旁里上下边处时年月日天次个位台家元万亿违乱停开建修改拆办收卖买住用做说看问"
)
_COMMON = "业主/居民/村民/市民/群众/领导/书记/市长/政府/部门/物业/开发商/老百姓/公共/问题"
_NOT_NAMES = frozenset(_COMMON.split("/"))


def districts(text):
    """Return the provinces, cities, districts and counties named in text, each once, in order."""
    return tuple(dict.fromkeys(_DISTRICT.findall(text)))


def names(text):
    """Return the proper names in a short text (a title, a sentence), each once, in order."""
    found = _QUOTED.findall(text)
    for piece in _NOT_LETTERS.split(_DISTRICT.sub(" ", text)):
        run = []
        for tagged in rjieba.tag(piece) if piece else ():
            belonging = _belonging(*tagged)
            if belonging:
                run.append(belonging)
            elif run:
                found += _in_run(run)
                run = []
        if run:
            found += _in_run(run)
            run = []
    return tuple(dict.fromkeys(name for name in found if 2 <= len(name) <= LONGEST))


@lru_cache(maxsize=65_536)
def _belonging(word, kind):
    """Return (word, kind) where the word may stand in a name, or None."""
    kind = _UNKNOWN if _is_unknown(word) else kind
    return (word, kind) if _may_belong(word, kind) else None


def _is_unknown(word):
    """A word no dictionary has and which holds no small word: most likely a piece of a name."""
    known = len(word) < 2 or word.isascii() or rjieba.has_word(word)
    return not known and not _SMALL.intersection(word) and not _NUMBERS.intersection(word)


def _may_belong(word, kind):
    if not word or word in _NOT_NAMES:
        return False
    if len(word) == 1:
        return word not in _SMALL
    return kind in _OPEN or word in KINDS


def _in_run(run):
    """Return the names in a run of words. Common nouns may stand inside a name, not behind it.

    Once the kind of place is said (… + 小区), a common noun ends the name, unless another kind
    follows at once (湿地 + 公园).
    """
    found, start, last = [], 0, -1
    for k, (word, kind) in enumerate(run):
        if not _telling(word, kind):
            continue
        ended = last > start and run[last][0] in KINDS
        gap = k - last - 1
        if last >= 0 and gap > (word in KINDS if ended else MOST_COMMON):
            found += _name(run[start : last + 1])
            start = k
        last = k
    return found + _name(run[start : last + 1])


def _name(run):
    words = [word for word, _ in run[-MOST_WORDS:]]
    name = "".join(words)
    if len(name) < 2 or name in KINDS:
        return []
    if len(words) == 1:
        return [name] if run[0][1] in _PROPER and len(name) > 2 else []
    return [name] if len(name) > 2 else []


@lru_cache(maxsize=65_536)
def _telling(word, kind):
    unknown = len(word) == 1 and not word.isdigit() and kind in _STANDS
    return kind in _PROPER or unknown or word in KINDS
