"""Letters and digits that lead to a person: e-mail, chat accounts, plates, papers, doors."""

import re

EMAIL = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}\s?(?:@|\[at\]|\(at\)|#at#)\s?"
    r"(?:[A-Za-z0-9\-]{1,63}\s?(?:\.|点|。)\s?){1,4}(?:com|cn|net|org|edu|gov|hk|tw|me|cc|io|info)(?![A-Za-z0-9])",
    re.IGNORECASE,
)
SAYS = r"(?:\s?(?:号码?|帐号|账号|ID|id|联系))?\s?(?:[:：]|是|为|加)?\s?(?:[（(【])?\s?"
QQ = re.compile(
    rf"(?:QQ|qq|Qq|扣扣|企鹅号|球球)(?:群|邮箱)?{SAYS}(?P<it>[1-9]\d(?:[ \-]?\d){{3,10}})(?!\d)"
)
CHAT_LETTERS = ("VX", "vx", "Vx", "WX", "wx", "weixin", "WeChat", "wechat", "Wechat")
CHAT = re.compile(
    rf"(?:微\s?信|微❤|薇信|威信|V信|v信|(?<![A-Za-z])(?:{'|'.join(CHAT_LETTERS)}))"
    rf"(?!公众|小程序|支付|群){SAYS}"
    r"(?P<it>(?!https?|www)[A-Za-z][A-Za-z0-9_\-]{5,19}(?![A-Za-z0-9_])|[1-9]\d{4,11}(?!\d))"
)
# Names of things one does with WeChat, not of people who use it.
NO_ACCOUNT = re.compile(r"(?i)(?:wechat|weixin|alipay|online|android|iphone|windows|service)")

PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
TAIL = r"[A-HJ-NP-Za-hj-np-z0-9]"
PLATE = re.compile(
    rf"[{PROVINCE}使领][A-Za-z]\s?[·•.\-—]?\s?(?=[A-Za-z]{{0,3}}\d)"
    rf"(?:{TAIL}{{6}}|{TAIL}{{4}}[A-HJ-NP-Za-hj-np-z0-9挂学警港澳试超领使])(?![A-Za-z0-9])"
)
PLATE_SAID = re.compile(
    rf"(?:车牌(?:号码?)?|牌照(?:号码?)?|牌号)(?:[:：]|是|为)?\s?"
    rf"(?P<it>[A-Z][·•.]?(?=[A-Z]{{0,3}}\d){TAIL}{{5,6}})(?![A-Za-z0-9])"
)
PLATE_POLICE = re.compile(rf"WJ[{PROVINCE}]?\s?\d{{4}}[\dA-Z](?![A-Za-z0-9])")
PASSPORT_SAID = re.compile(
    r"(?:护照|通行证|回乡证|台胞证)(?:号码?|编号)?[^A-Za-z0-9\n。]{0,6}"
    r"(?P<it>[A-Za-z]{1,3}\d{6,10}|\d{8,9})(?![A-Za-z0-9])"
)
PASSPORT = re.compile(
    r"[EGDSPHMCegdsphmc](?<![A-Za-z0-9].)(?:(?<=[EGDSPegdsp])\d{8}|(?<=[Ee])[A-HJ-NP-Z]\d{7}"
    r"|(?<=[HMChmc])\d{10})(?![A-Za-z0-9])"
)
OFFICER = re.compile(
    r"(?:军官|士兵|警官|文职|军人|士官|学员|退伍|退役军人|残疾军人|义务兵)(?:干部)?(?:优待)?(?:证|身份证)(?:件)?"
    r"(?:号码?|编号)?\s?(?:[:：]|是|为)?\s?(?P<it>[^\s，,。；;：:0-9\ue000]{0,4}字?第?\s?\d{5,10}\s?号?)"
    r"|(?P<seal>[军兵士文海空政后装参南沈北兰成济广]{1,2}字第\s?\d{5,8}\s?号)"
)

N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
# The building itself stays, so its number need not be found, only its last letter.
BUILDING = r"(?:栋|幢|号楼|(?<=[0-9A-Za-z])(?:座|#楼?))"
UNIT = rf"(?:{N}|[A-Za-z甲乙丙丁东西南北中左右])\s?(?:单元|门洞|梯)"
FLOOR = rf"(?:{N})\s?(?:楼|层)"
NOT_A_ROOM = r"(?!\d|\s?(?:户|人|元|米|平|多|余|套|家|个|㎡|年|亩|万|亿|辆|车|条|件|路|月|天|小时|分|%|％|块|间|栋|幢|点|吨|[mM]|:|：))"
ROOM = (
    r"(?:(?:[A-Za-z]\s?)?(?:\d{3,4}|\d{1,4}[A-Za-z]?(?=\s?(?:室|号房|房号|房间)))\s?(?:室|号房|房(?![屋子产价款东])|号|房间)"
    rf"|[A-Za-z]?\d{{3,4}}{NOT_A_ROOM})"
)
DASH = r"\s?[-—–－~,，、 ]?\s?"
DOOR = re.compile(
    rf"{BUILDING}{DASH}(?P<it>{UNIT}(?:{DASH}{FLOOR})?(?:{DASH}{ROOM}|{DASH}{N}\s?(?:号|户|室)(?!楼|线|地))?"
    rf"|(?:{FLOOR}{DASH})?{ROOM}|{N}\s?[-—–]\s?\d{{3,4}}(?:\s?(?:室|房|号|户))?(?!\d))"
)
UNIT_ROOM = re.compile(rf"(?P<it>{UNIT}{DASH}(?:{FLOOR}{DASH})?{ROOM})")
HOME = r"(?:小区|花园|苑|家园|公寓|宿舍|大厦|新村|新城|广场|府|城|湾|住|家住|现住|房号|门牌)"
HOME_ROOM = re.compile(
    rf"{HOME}[^，,。！!？?；;\n\ue000]{{0,12}}?(?<![\d\-])(?P<it>"
    rf"\d{{1,3}}\s?[-—–]\s?(?:\d{{1,2}}\s?[-—–]\s?)?\d{{3,4}}(?!\d|年|-|元|米)(?:\s?(?:室|房|号))?"
    rf"|\d{{3,4}}\s?(?:室|号房|房(?![屋子产价款东])))"
)
GROUP = re.compile(
    rf"(?:村|社区|屯|组|队)\s?(?:{N}\s?(?:组|队|村民小组|社)\s?)(?P<it>\d{{1,4}}\s?号(?!线|楼|地|文|令|公路|国道))"
)

# Kind, pattern, and pieces of which a text must hold one before the pattern is tried at all.
SEARCHES = (
    ("email", EMAIL, ("@", "[at]", "(at)", "#at#", "[AT]")),
    ("account", QQ, ("QQ", "qq", "Qq", "扣扣", "企鹅", "球球")),
    ("account", CHAT, ("微", "薇", "威信", "V信", "v信", *CHAT_LETTERS)),
    ("plate", PLATE, ()),
    ("plate", PLATE_SAID, ("牌",)),
    ("plate", PLATE_POLICE, ("WJ",)),
    ("passport", PASSPORT_SAID, ("护照", "通行证", "回乡证", "台胞证")),
    ("passport", PASSPORT, ()),
    ("officer", OFFICER, ("军", "兵", "警官", "文职", "士官", "学员", "退伍", "字第")),
    ("door", DOOR, ("栋", "幢", "号楼", "座", "#")),
    ("door", UNIT_ROOM, ("单元", "门洞", "梯")),
    ("door", HOME_ROOM, ()),
    ("door", GROUP, ("组", "队", "社")),
)


def find_codes(text):
    """Yield (start, end, kind, rule) for e-mail, accounts, plates, papers and doors.

    Of an address the estate and the building stay; unit, floor and room go.
    """
    for kind, pattern, needs in SEARCHES:
        if needs and not any(piece in text for piece in needs):
            continue
        for match in pattern.finditer(text):
            groups = [name for name, value in match.groupdict().items() if value]
            start, end = match.span(groups[0]) if groups else match.span()
            if kind == "account" and NO_ACCOUNT.match(text, start):
                continue
            yield start, end, kind, "said" if groups else "structure"
