"""Numbers that reach or name a person: identity, mobile, landline and bank card numbers.

A number is found as one run of digits, however it is written: half or full width, ringed,
Chinese, or a mixture, with spaces, dots or dashes in between. The run is then judged by its
structure and check digits (GB 11643 for identity numbers, the Luhn rule for cards), and by the
words before it. Where structure leaves a doubt about an identity or mobile number we mask.
"""

import re

HAN = "零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖"
RINGED = "⓪①②③④⑤⑥⑦⑧⑨"
DIGITS = {
    **dict(zip(HAN, "000123456789" + "12" + "123456789", strict=True)),
    **dict(zip(RINGED, "0123456789", strict=True)),
}
D = rf"[0-9{HAN}{RINGED}]"
SEP = r"[ \-—–_.·)/\u200b\ufe0f\u20e3]"
# The pattern begins with the letter itself, not with the look behind: that is what makes it fast.
RUN = re.compile(rf"{D}(?<![0-9].)(?:{SEP}{{0,3}}{D}){{6,}}(?:{SEP}?[xX](?![a-zA-Z]))?")

# The first two digits of an identity number: provinces, and the codes of residence permits.
PROVINCES = frozenset(
    str(code)
    for first, last in (
        (11, 15),
        (21, 23),
        (31, 37),
        (41, 46),
        (50, 54),
        (61, 65),
        (71, 71),
        (81, 83),
        (91, 91),
    )
    for code in range(first, last + 1)
)
DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
IDENTITY_18 = re.compile(rf"[1-9]\d{{5}}(?:18|19|20)\d{{2}}{DAY}\d{{3}}[\dXx]")
IDENTITY_15 = re.compile(rf"[1-9]\d{{5}}\d{{2}}{DAY}\d{{3}}")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

MOBILE = re.compile(r"(?:\+?(?:00)?86)?(1[3-9]\d{9})")
LANDLINE = re.compile(r"(?:(?:00)?86)?0\d{2,3}\d{7,8}")
SERVICE = re.compile(r"[48]00\d{7}")
DAYLIKE = re.compile(rf"(?:19|20)\d{{2}}{DAY}")

BEFORE = 16
SAYS_PHONE = re.compile(
    r"(?:电\s?话|手机|座机|固话|热线|联系方式|联系|致电|来电|去电|拨打|传真|短信|号码|总机|分机|"
    r"tel|phone|fax|mobile|call|☎|📞|\ue000\s*(?:[、/，,或和及转;；]|\s))[^0-9。！？\n]{0,8}$",
    re.IGNORECASE,
)
SAYS_CARD = re.compile(
    r"(?:卡\s?号|账\s?号|帐\s?号|账户|帐户|银行卡|银行|存折|转账|汇款)[^0-9。！？\n]{0,10}$"
)
SAYS_IDENTITY = re.compile(r"(?:身份证|公民身份|证件号|身份号)[^0-9。！？\n]{0,8}$")
SAYS_ORDER = re.compile(
    r"(?:文号|订单|工单|单号|编号|合同|发票|案号|许可证|信用代码|税号|QQ|qq)[^0-9。！？\n]{0,6}$"
)
AMOUNT_AFTER = re.compile(
    r"\s*(?:\.\d{1,2}(?!\d))?\s*(?:万|亿|千|百)?(?:元|块|平方|㎡|m2|吨|公里|人次|美元)"
)
EXTENSION = re.compile(r"\s*(?:转|分机|ext\.?|-|—)\s*\d{1,5}(?!\d)", re.IGNORECASE)


def find_numbers(text):
    """Yield (start, end, kind, rule) for identity, mobile, landline and card numbers.

    `text` has half-width ASCII letters and digits already.
    """
    for run in RUN.finditer(text):
        yield from _judge_run(text, *run.span())


def _judge_run(text, start, end):
    """Cut a run into numbers: the whole run, then each stretch of its groups."""
    places = [i for i in range(start, end) if text[i] in _PLAIN or text[i] in DIGITS]
    digits = "".join(DIGITS.get(text[i], text[i]) for i in places)
    # A stretch may only begin and end where the writer did: at the run's ends, at a gap, or where
    # the script changes (0731-8888888一直没人接).
    middle = [k for k in range(1, len(places)) if _is_cut(text, places[k - 1], places[k])]
    cuts = [0, *middle, len(places)]
    done = 0
    for low in cuts[:-1]:
        if low < done:
            continue
        for high in reversed([c for c in cuts if c > low]):
            first, last = places[low], places[high - 1] + 1
            found = _judge(text, digits[low:high], first, last)
            if found:
                kind, rule = found
                yield *_whole(text, first, last, kind), kind, rule
                done = high
                break
        else:
            high = next(c for c in cuts if c > low)
            yield from _inside(text, digits, places, low, high)


def _is_cut(text, left, right):
    return right - left > 1 or (text[left] in _PLAIN) != (text[right] in _PLAIN)


_PLAIN = frozenset("0123456789xX")


def _inside(text, digits, places, low, high):
    """Mobile numbers written one after the other, or in Chinese digits after a name (张三一三八…)."""
    group = digits[low:high]
    starts = ()
    if len(group) in (22, 33):
        starts = range(0, len(group), 11)
    elif len(group) in (12, 13) and text[places[low]] not in _PLAIN:
        starts = (1,) if MOBILE.fullmatch(group[1:12]) else (2,)
    if starts and all(MOBILE.fullmatch(group[i : i + 11]) for i in starts):
        first, last = low + starts[0], low + starts[-1] + 10
        yield places[first], places[last] + 1, "mobile", "structure"


def _judge(text, digits, first, last):
    """Return (kind, rule) for one stretch of digits, or None when it is no personal number."""
    before = text[max(0, first - BEFORE) : first]
    if AMOUNT_AFTER.match(text, last):
        return None
    for kind, judge in JUDGES:
        rule = judge(digits, before)
        if rule:
            return kind, rule
    return None


def _identity(digits, before):
    if IDENTITY_18.fullmatch(digits) and digits[:2] in PROVINCES:
        return "check_digit" if identity_checks(digits) else "structure"
    if IDENTITY_15.fullmatch(digits) and digits[:2] in PROVINCES:
        return "structure"
    return "said" if len(digits) in (15, 16, 17, 18, 19) and SAYS_IDENTITY.search(before) else None


def identity_checks(digits):
    """True if the last letter of an 18-digit identity number fits the others (ISO 7064 MOD 11-2)."""
    total = sum(int(d) * w for d, w in zip(digits[:17], WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == digits[17].upper()


def _mobile(digits, before):
    if MOBILE.fullmatch(digits):
        return "structure"
    # A mistyped number after the word is still somebody's number.
    return (
        "said" if digits[:1] == "1" and len(digits) in (10, 12) and _says_mobile(before) else None
    )


def _says_mobile(before):
    return bool(re.search(r"(?:手机|电话|联系方式)[^0-9。！？\n]{0,6}$", before))


def _card(digits, before):
    if not digits.isdigit():
        return None
    if 16 <= len(digits) <= 19 and digits[0] in "34569" and luhn_checks(digits):
        return None if SAYS_ORDER.search(before) else "check_digit"
    return "said" if 12 <= len(digits) <= 23 and SAYS_CARD.search(before) else None


def luhn_checks(digits):
    """True if a card number's last digit fits the others (ISO/IEC 7812-1)."""
    turned = [int(d) for d in reversed(digits)]
    doubled = (d * 2 - 9 * (d > 4) for d in turned[1::2])
    return (sum(turned[0::2]) + sum(doubled)) % 10 == 0


def _landline(digits, before):
    if LANDLINE.fullmatch(digits) or SERVICE.fullmatch(digits):
        return "structure"
    if len(digits) in (7, 8) and not DAYLIKE.fullmatch(digits) and SAYS_PHONE.search(before):
        return None if SAYS_ORDER.search(before) else "said"
    return None


def _whole(text, first, last, kind):
    """Take in what belongs to a number: +, opening bracket, marks of key caps, extension."""
    if text[first - 1 : first] == "(" and ")" in text[first:last] and "(" not in text[first:last]:
        first -= 1
    if text[first - 1 : first] == "+":
        first -= 1
    while text[last : last + 1] in ("\ufe0f", "\u20e3"):
        last += 1
    extension = EXTENSION.match(text, last) if kind == "landline" else None
    return first, extension.end() if extension else last


JUDGES = (("identity", _identity), ("mobile", _mobile), ("card", _card), ("landline", _landline))
