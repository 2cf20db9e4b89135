"""Invented personal data of every kind, in the ways people write it, for tests and measurements.

`plant(kind, rng)` returns (sentence, secret): of the secret nothing may be left to read.
"""

from biaochi.engine.redact_numbers import WEIGHTS

SENTENCES = (
    "小区门口的路灯坏了三个月，晚上老人出门很不安全。",
    "2019年5月10日我们已经反映过一次，至今没有人来修。",
    "每平方米收费1.85元，一年要多交2300元，业主们很有意见。",
    "901路公交车改道以后，孩子上学要多走20分钟。",
    "打了12345和110，都说不归他们管。",
    "工地从22:00施工到第二天6:30，噪音有80分贝。",
    "Ａ区的广场舞从早上６点跳到晚上１０点。",
    "请有关部门尽快核实处理，谢谢！",
    "学校门口的井盖不见了，前后已经有5个人摔倒。",
    "去年投入资金12000000元，至今没有完工。",
)
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
LETTERS = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红玲建国志文辉力鑫宇婷浩凯丹萍飞鹏家中年有为和林海云波宁亮成龙生东春雪琴梅莉荣新利清彬富顺信子星光天达安岩茂进坚才发武友裕河哲江浩"
PROVINCES = ("11", "31", "32", "37", "42", "43", "44", "51", "61")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
HAN = str.maketrans("0123456789", "零一二三四五六七八九")


def digits(rng, count):
    return "".join(str(rng.randrange(10)) for _ in range(count))


def grouped(rng, number, sizes):
    """A number in groups, with one kind of gap."""
    gap = rng.choice([" ", "-", " - ", "–", "."])
    pieces, at = [], 0
    for size in sizes:
        pieces.append(number[at : at + size])
        at += size
    return gap.join(pieces)


def mobile(rng):
    number = "1" + rng.choice("3456789") + digits(rng, 9)
    forms = (
        number,
        grouped(rng, number, (3, 4, 4)),
        "+86 " + number,
        "86" + number,
        number.translate(FULL_WIDTH),
        grouped(rng, number, (3, 4, 4)).translate(FULL_WIDTH),
        number.translate(HAN),
        number.translate(HAN).replace("一", "幺"),
        " ".join(number),
    )
    written = rng.choice(forms)
    return rng.choice(["手机{}", "{}", "请打{}联系我", "电话：{}", "（{}）"]), written


def identity(rng):
    born = f"{rng.randrange(1930, 2010)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    body = rng.choice(PROVINCES) + digits(rng, 4) + born + digits(rng, 3)
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    number = body + "10X98765432"[total % 11]
    old = body[:6] + body[8:17]
    forms = (
        number,
        number.lower(),
        grouped(rng, number, (6, 8, 4)),
        number.translate(FULL_WIDTH),
        old,
    )
    return rng.choice(["身份证号：{}", "{}", "身份证{}", "公民身份号码是{}"]), rng.choice(forms)


def landline(rng):
    area = rng.choice(["010", "021", "0731", "0755", "0571", "0898"])
    local = rng.choice("2345678") + digits(rng, 7 if len(area) == 3 else rng.choice([6, 7]))
    forms = (
        f"{area}-{local}",
        f"{area}{local}",
        f"（{area}）{local}",
        f"{area} {local}",
        f"{area}－{local}".translate(FULL_WIDTH),
        f"{area}—{local}转{digits(rng, 3)}",
        f"400-{digits(rng, 3)}-{digits(rng, 4)}",
    )
    if rng.random() < 0.3:
        return rng.choice(["电话{}", "联系电话：{}", "请致电{}", "座机是{}"]), local
    return rng.choice(["{}", "电话：{}", "传真{}"]), rng.choice(forms)


def card(rng):
    body = rng.choice(["6222", "6217", "6228", "4367", "5240"]) + digits(rng, rng.choice([11, 14]))
    for last in "0123456789":
        turned = [int(d) for d in reversed(body + last)]
        if (sum(turned[::2]) + sum(d * 2 - 9 * (d > 4) for d in turned[1::2])) % 10 == 0:
            break
    number = body + last
    forms = (number, " ".join(number[i : i + 4] for i in range(0, len(number), 4)))
    return rng.choice(["{}", "银行卡号：{}", "打到账号{}"]), rng.choice(forms)


def plate(rng):
    start = rng.choice("京沪粤湘鄂川浙苏鲁豫") + rng.choice("ABCDEFGHJK")
    usual = rng.choice("ABCDEFGH0123456789") + digits(rng, 4)
    green = rng.choice("DF") + rng.choice("ABCDE0123456789") + digits(rng, 4)
    tail = rng.choice([usual, green, digits(rng, 4) + "学", digits(rng, 5)])
    written = rng.choice(
        [start + tail, f"{start}·{tail}", f"{start} {tail}", (start + tail).lower()]
    )
    return rng.choice(["车牌{}", "{}的货车", "一辆{}"]), written


def email(rng):
    user = rng.choice(["zhang.san", "li_4", "wang-wu", "a" + digits(rng, 5), digits(rng, 9)])
    host = rng.choice(["qq.com", "163.com", "mail.example.com.cn", "example.org"])
    written = rng.choice(
        [f"{user}@{host}", f"{user}＠{host}", f"{user} @ {host}", f"{user}@{host}".upper()]
    )
    return rng.choice(["邮箱：{}", "{}", "发到{}"]), written


def account(rng):
    number = rng.choice("123456789") + digits(rng, rng.choice([4, 7, 9]))
    name = rng.choice(
        ["zhang_san99", "wxid_" + digits(rng, 8), "Li-Si2019", "lucky" + digits(rng, 4)]
    )
    form, written = rng.choice(
        [("QQ：{}", number), ("QQ号{}", number), ("qq {}", number), ("扣扣是{}", number),
         ("微信号：{}", name), ("加微信{}", name), ("VX：{}", name), ("微信{}", "1" + digits(rng, 8))]
    )  # fmt: skip
    return form, written


def name(rng):
    given = "".join(rng.choice(LETTERS) for _ in range(rng.choice([1, 2, 2])))
    full = rng.choice([*SURNAMES, "欧阳", "司马", "诸葛"]) + given
    if rng.random() < 0.05:
        full = "买买提·" + rng.choice(["吐尔逊", "阿不都拉"])
    forms = (
        "我叫{}", "我叫{}，男，今年45岁", "我叫{}是一名退休教师", "我名叫{}，住在附近", "本人{}，退休职工",
        "本人姓名：{}", "联系人：{}", "姓名：{}", "反映人：{}", "我是幸福小区3栋的业主{}", "我是某村三组村民{}，家里",
        "投诉人 {}", "我的名字叫{}", "我是{}，", "我叫{}家住城东",
    )  # fmt: skip
    return rng.choice(forms), full


def door(rng):
    unit = rng.choice(["2单元", "一单元", "A单元", "3单元"])
    room = rng.choice(["501室", "1203", "302房", "602号", "1801室"])
    form, written = rng.choice(
        [("幸福花园3栋{}", unit + room), ("幸福花园十二栋{}", unit + room), ("住6号楼{}", unit + room),
         ("阳光小区A座{}", room), ("3栋{}业主", room), ("B3栋{}", "2-501"), ("幸福小区{}", "3-2-501"),
         ("学府苑5幢{}", "2单元4楼402"), ("家住{}", "3单元1202室"), ("幸福村8组{}", "15号")]
    )  # fmt: skip
    return form, written


def passport(rng):
    number = rng.choice(["E" + digits(rng, 8), "G" + digits(rng, 8), "EA" + digits(rng, 7)])
    permit = rng.choice(["H", "M", "C"]) + digits(rng, 8)
    return rng.choice(
        [("护照号{}", number), ("{}", number), ("港澳通行证{}", permit), ("护照：{}", number)]
    )


def officer(rng):
    number = rng.choice(["南字第{}号", "军字第{}号", "政字第{}号"]).format(
        digits(rng, rng.choice([7, 8]))
    )
    return rng.choice(["军官证：{}", "军官证号{}", "士兵证{}"]), number


KINDS = {
    "identity": identity, "mobile": mobile, "landline": landline, "card": card, "plate": plate,
    "email": email, "account": account, "name": name, "door": door, "passport": passport,
    "officer": officer,
}  # fmt: skip
AROUND = ("，", "。", "；", "\n", "（", "！")


def plant(kind, rng):
    """Return (text with one invented secret of a kind between two random sentences, secret)."""
    form, secret = KINDS[kind](rng)
    before, after = rng.choice(SENTENCES), rng.choice(SENTENCES)
    if rng.random() < 0.2:
        before = ""
    return before + form.format(secret) + rng.choice(AROUND) + after, secret


def leaked(text, secret, spans):
    """Return the letters and digits of a secret which no span of the text covers."""
    at = text.index(secret)
    return "".join(
        letter
        for place, letter in enumerate(secret, at)
        if letter.isalnum() and not any(span.start <= place < span.end for span in spans)
    )
