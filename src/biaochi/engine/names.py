"""Proper names in Chinese messages, by rule: estates, streets, schools, companies, lines, districts.

    names("A3区兰亭湾畔小区违规开餐饮")      ("兰亭湾畔小区",)
    districts("A3区兰亭湾畔小区违规开餐饮")  ("A3区",)

No list of places is kept. A name is what stands in quotation marks, or a run of words which holds
something no dictionary knows (or knows as a name) or ends as names of places end.
"""

import re

import rjieba

__all__ = ["districts", "names"]

LONGEST = 14
_DISTRICT = re.compile(
    r"[A-Za-z]\d{0,2}[省市区县](?![政民场委])"
    r"|[一-鿿]{2,3}?(?:省|自治州)"
    r"|(?<![一-鿿])[一-鿿]{2,3}?(?:市(?![场民政容]))"
    r"|(?<=[市省州\s，。])[一-鿿]{1,3}?(?:(?<![小社园片城校景新库学])区(?![间域别])|县(?![委政]))"
    r"|^[一-鿿]{2,3}?(?:(?<![小社园片城校景新库学])区(?![间域别])|县(?![委政]))"
)
_QUOTED = re.compile(r"[“\"「『《]([^”\"」』》“，。？！]{2,12})[”\"」』》]")
_NOT_LETTERS = re.compile(r"[^0-9A-Za-z一-鿿]+")
_KINDS = frozenset(
    [
        "小区",
        "社区",
        "街道",
        "公司",
        "有限公司",
        "集团",
        "学校",
        "小学",
        "中学",
        "大学",
        "学院",
        "幼儿园",
        "医院",
        "银行",
        "公园",
        "广场",
        "大厦",
        "花园",
        "家园",
        "嘉园",
        "佳园",
        "新城",
        "新村",
        "公寓",
        "山庄",
        "大道",
        "高速",
        "高速公路",
        "公路",
        "国道",
        "路口",
        "大桥",
        "立交桥",
        "车站",
        "地铁站",
        "水库",
        "市场",
        "商场",
        "商城",
        "酒店",
        "饭店",
        "工业园",
        "产业园",
        "开发区",
        "经开区",
        "高新区",
        "号线",
        "路",
        "街",
        "巷",
        "村",
        "镇",
        "乡",
        "桥",
        "站",
        "苑",
        "园",
        "城",
        "湾",
        "府",
        "庭",
        "墅",
        "庄",
        "湖",
        "岛",
        "阁",
        "郡",
        "轩",
        "厂",
        "网",
        "线",
    ]
)
_ENDS = tuple("苑园城湾府庭墅庄村镇乡街路巷道桥站厂湖岛阁郡轩网畔坪冲塘")
_PROPER = frozenset(("ns", "nr", "nt", "nz", "nrt", "nrfg"))
_OPEN = frozenset(
    ("n", "m", "j", "b", "g", "ng", "nz", "ns", "nr", "nt", "nrt", "nrfg", "eng", "s")
)
_SMALL = frozenset(
    "的了在是和与及或被把请将对为有无不没到由给向从让使我你他它这那该本各每某多少再又还要能会可应等于以"
    "楼栋期号户层室内外前后旁里上下边处时年月日天次个位台家元万亿违乱停开建修改拆办收卖买住用做说看问"
)
_NOT_NAMES = frozenset(
    [
        "业主",
        "居民",
        "村民",
        "市民",
        "群众",
        "领导",
        "书记",
        "市长",
        "政府",
        "部门",
        "物业",
        "开发商",
        "老百姓",
    ]
)


def districts(text):
    """Return the provinces, cities, districts and counties named in text, each once, in order."""
    return tuple(dict.fromkeys(_DISTRICT.findall(text)))


def names(text):
    """Return the proper names in a short text (a title, a sentence), each once, in order."""
    found = _QUOTED.findall(text)
    for piece in _NOT_LETTERS.split(_DISTRICT.sub(" ", text)):
        run = []
        for word, kind in [*rjieba.tag(piece), ("", "")] if piece else ():
            if _may_belong(word, kind):
                run.append((word, kind))
                continue
            found += _named(run)
            run = []
    return tuple(dict.fromkeys(name for name in found if 2 <= len(name) <= LONGEST))


def _may_belong(word, kind):
    if not word or word in _NOT_NAMES:
        return False
    if len(word) == 1:
        return word not in _SMALL
    return kind in _OPEN or word in _KINDS


def _named(run):
    """Return the name in a run of words: up to its last proper or place-like word."""
    last = max((k for k, (word, kind) in enumerate(run) if _telling(word, kind)), default=-1)
    words = [word for word, _ in run[: last + 1]]
    name = "".join(words)
    if len(name) < 3 or name in _KINDS or (len(words) == 1 and run[0][1] not in _PROPER):
        return []
    return [name]


def _telling(word, kind):
    unknown = len(word) == 1 and not word.isdigit()
    return kind in _PROPER or unknown or word in _KINDS or word.endswith(_ENDS)
