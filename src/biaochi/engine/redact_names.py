"""Names that people give themselves: 我叫…, 联系人：…, 我是某小区的业主…, a signature.

A name here is a Chinese surname and one or two letters, a longer name with a middle dot, or a
Latin name, and it must stand where a name is announced. Other people's names inside a sentence
are not looked for: that needs a reader, or a model.
"""

import re
from pathlib import Path

DATA = Path(__file__).with_name("data")


def _words(name):
    return (DATA / name).read_text(encoding="utf-8").split()


# The usual surnames of one and two letters; ordinary words that begin like a name; and what
# people write where their name is asked for (匿名, 保密).
_SURNAMES = _words("surnames.txt")
SURNAME = (
    f"(?:{'|'.join(name for name in _SURNAMES if len(name) > 1)}"
    f"|[{''.join(name for name in _SURNAMES if len(name) == 1)}])"
)
NO_NAMES = frozenset(_words("not_names.txt"))
ORDINARY = frozenset(_words("not_given_as_names.txt"))
H = r"[\u3400-\u9fff]"
HIDDEN = r"[某xX×＊*]"

# After the second letter these end a one-letter given name, unless the sentence ends with them.
STOPS = (
    "是在住系于现男女因我的与从就也已曾自向电身手联家户本属被把将请找说去到买购租做当任按根据经由及等其他她它们您你这那"
    "之者不没未可能会应该用让给使但且或再还又都只很更最今"
)
BOUNDARY = re.compile(r"$|[\s，,。．.；;：:！!？?、（(）)\[【】\]《》“”\"'…—\-\ue000/]|\d")
END = rf"(?={BOUNDARY.pattern})"
# 王某, 王某某, 王某明, 王小某: what the writer has hidden in part we hide in whole.
HALF = rf"{SURNAME}(?:{HIDDEN}{{2,3}}|{HIDDEN}(?![{STOPS}反投举称表提认要多主]){H}|{HIDDEN}|{H}{HIDDEN})"
LONG = rf"{H}{{2,10}}[·•]{H}{{2,12}}"
FULL = rf"(?:{HALF}|{SURNAME}(?:{H}{{1,2}}{END}|{H}(?=[{STOPS}])|{H}{{2}})|{LONG})"
STRICT = rf"(?:{HALF}|{SURNAME}(?:{H}{{1,2}}{END}|{H}{{1,2}}(?=[是在住系男女，的]))|{LONG})"
ANY = rf"(?:{FULL}|{H}{{2,4}}{END}|[A-Za-z][A-Za-z.]{{1,19}}(?: [A-Z][a-z]+)?)"
LABELS = (
    "紧急联系人|联系人|联络人|反映人|反应人|投诉人|举报人|申请人|信访人|来信人|来访人|来电人|诉求人|求助人|写信人|"
    "上访人|控告人|报案人|申诉人|建议人|当事人|留言人|受害人|发件人|收件人|署名|落款|"
    "姓\\s?名|名\\s?字|真实姓名|我的姓名|本人姓名"
)
# 业主是…, 村民为… go on with anything; only a colon announces a name.
PEOPLE = "户主|业主|住户|村民|居民|市民"
COLON = rf"(?:(?:{LABELS})(?:[（(][^）)]{{0,8}}[）)])?\s*(?:[:：]|是|为)|(?:{PEOPLE})\s*[:：])\s*"
ROLES = (
    "业主|居民|村民|住户|市民|群众|家长|职工|员工|教师|老师|学生|租户|商户|店主|户主|百姓|农民|农民工|患者|病人|家属|"
    "党员|工人|车主|司机|退休职工|退休工人|退休教师|退役军人|老兵|代表|负责人|经营者|投资人|当事人|网友|医生|护士|公民"
)
LATIN = r"[A-Z][A-Za-z]{1,19}(?: [A-Z][a-z]+)?"
CLAUSE = r"[^，,。！!？?；;\n\ue000]"
CALLED = (
    r"(?:我(?:的)?(?:名字|姓名|全名|大名|名)?(?:就)?(?:叫做|叫作|叫|是叫)"
    r"|(?:本人|名字|姓名)(?:就)?叫(?:做|作)?|名叫|我的名字是|本人姓名)\s*[:：，,]?\s*"
)
CLOSE = "联系人|反映人|投诉人|举报人|申请人|信访人|来信人|写信人|本人姓名[，,]?"
I_AM = r"(?:我|本人|我们|俺)(?:是|系|为|乃|们是)"
ALONE = rf"(?:{HALF}|{SURNAME}{H}{{1,2}}(?=[，,。（(：:\s]|$)|{LONG})"
AT_THE_END = rf"(?=\s*(?:\d{{4}}[年./\-]{CLAUSE}{{0,12}}|敬上|呈上|拜上)?\s*$)"
LAST_LETTERS = 60

# Rule, pieces of which a text must hold one, pattern. The signature is looked for at the end only.
RULES = (
    ("i_am_called", ("叫", "我的名字是", "本人姓名"), rf"{CALLED}(?P<name>{FULL}|{LATIN})"),
    (
        "label",
        ("人", "主", "民", "名", "户", "款"),
        rf"{COLON}(?P<name>{ANY})",
    ),
    ("label_close", ("人",), rf"(?:{CLOSE})\s?(?P<name>{STRICT})"),
    (
        "role",
        ("我", "本人", "俺"),
        rf"{I_AM}{CLAUSE}{{0,40}}?(?:{ROLES})(?:代表)?[\s：:—]*(?P<name>{STRICT})",
    ),
    (
        "myself",
        ("本人", "我是", "我系", "俺是"),
        rf"(?:^|[，,。！!？?；;：:\s])(?:本人是|本人系|本人|我是|我系|俺是)[\s：:]?(?P<name>{ALONE})",
    ),
    ("surname", ("姓",), rf"(?:我|本人|免贵)姓(?P<name>{SURNAME})(?!什么|名|甚)"),
    (
        "title",
        ("先生", "女士", "小姐"),
        rf"{I_AM}{CLAUSE}{{0,30}}?(?P<name>{SURNAME}{H}{{0,2}})(?=先生|女士|小姐)",
    ),
    (
        "signature",
        ("\n", "敬礼", "谢"),
        (
            rf"(?:\n|敬礼[！!。]?|(?:谢谢|感谢|致谢)[！!。]?[ \n])\s*(?:(?:{LABELS}|{PEOPLE}|{ROLES})[:：]?\s*)?"
            rf"(?P<name>{SURNAME}(?:{HIDDEN}{{1,3}}|{H}{{1,2}})){AT_THE_END}"
        ),
    ),
)
PATTERNS = tuple((rule, needs, re.compile(pattern)) for rule, needs, pattern in RULES)


def find_names(text):
    """Yield (start, end, "name", rule) for names a person announces as their own or a contact's."""
    for rule, needs, pattern in PATTERNS:
        if not any(piece in text for piece in needs):
            continue
        begin = max(0, len(text.rstrip()) - LAST_LETTERS) if rule == "signature" else 0
        for match in pattern.finditer(text, begin):
            start, end = match.span("name")
            if not _is_word(text[start:end], bool(BOUNDARY.match(text, end)), rule):
                yield start, end, "name", rule


def _is_word(name, ends, rule):
    """True when an ordinary word stands where a name was expected.

    `ends`: the clause ends with the name. Then only the whole word counts (高新民 is a name), and
    after 我叫 not even that.
    """
    if rule == "surname":
        return False
    if rule in ("myself", "signature") and len(name) == 3 and name[-1] in PLACE_ENDS:
        return True
    if name[1:] in TITLES:
        return True
    if ends:
        return name in ORDINARY or (rule != "i_am_called" and name in NO_NAMES)
    return name in ORDINARY or name[:2] in NO_NAMES or name[:3] in NO_NAMES


# 王老师 and 李先生 name nobody; after 我是 the rule "title" hides the surname.
TITLES = frozenset(
    (
        "老师",
        "先生",
        "女士",
        "小姐",
        "阿姨",
        "师傅",
        "经理",
        "主任",
        "书记",
        "医生",
        "警官",
        "律师",
        "老板",
        "总",
    )
)
PLACE_ENDS = "人市县区镇乡村组路街局院校厂站"
