import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from biaochi.engine.redact import MARKERS, Redacted, parts, redact
from biaochi.engine.redact_numbers import identity_checks, luhn_checks
from biaochi.engine.sheet import read
from tests.engine.redact_examples import KINDS, SENTENCES, leaked, plant

CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=20)
LOOSE = st.text(
    st.sampled_from("0123456789０１３８一二三四五六七八九零幺xX -—()（）：:，。\n我叫姓名本人是业主电话手机号张王李伟栋单元室京湘A@.qQ微信")
)  # fmt: skip
TREACHEROUS = st.one_of(LOOSE, st.text(), st.sampled_from(sorted(MARKERS.values())))


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_kind_at_least_99_in_100_are_hidden_in_whole(kind):
    rng = random.Random(f"redact {kind}")
    missed = []
    for _ in range(600):
        text, secret = plant(kind, rng)
        if leaked(text, secret, redact(text).spans):
            missed.append(text)
    assert len(missed) <= 6, missed


@given(st.sampled_from(["identity", "mobile", "plate", "email"]), st.randoms(), CHINESE, CHINESE)
def test_structured_numbers_are_hidden_whatever_stands_around(kind, rng, before, after):
    text, secret = plant(kind, rng)
    text = f"{before}，{text}{after}"
    assert leaked(text, secret, redact(text).spans) == ""


@settings(max_examples=400)
@given(st.lists(TREACHEROUS, max_size=6).map("".join))
def test_redacting_twice_changes_nothing_more(text):
    once = redact(text).text
    assert redact(once) == Redacted(once, ())


@given(st.lists(TREACHEROUS, max_size=6).map("".join))
def test_spans_are_in_order_and_rebuild_the_shown_text(text):
    seen = redact(text)
    built, done = [], 0
    for span in seen.spans:
        assert done <= span.start < span.end
        built += [text[done : span.start], MARKERS[span.kind]]
        done = span.end
    assert "".join([*built, text[done:]]) == seen.text


@pytest.mark.parametrize("text", [
    *SENTENCES,
    "2019年2月28日11:25:05，2019-02-28 11:25，2019/2/28至2019/12/31。",
    "总投资13812345678元，合0.5亿元，面积12345678平方米。",
    "请拨12345、110、120、119、12315或95598，邮编410000。",
    "801路、旅1路、地铁2号线，G1325次列车，S103省道。",
    "长政发〔2019〕12号文件，规划（2016-2020年），预售证2018-0311。",
    "每月5000-6000元，GB 50368-2005标准，高度100-120米。",
    "3栋320户居民，8栋2019年建成，5栋有6部电梯，共12栋2300套。",
    "我叫他们过来看看，我叫停了施工，我是业主，本人认为不合理。",
    "联系人不明，姓名不详，业主是外地人，信访人：您好！",
    "小区业主方便出行，我是农民工，我是长沙人，本人于2018年购房。",
    "微信支付和支付宝都可以，关注微信公众号，QQ群里都在说。",
    "这个老师叫什么我不知道，王老师说可以。",
])  # fmt: skip
def test_what_leads_to_nobody_stays(text):
    assert redact(text).spans == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("我叫张三丰，今年50岁", "我叫［姓名已隐去］，今年50岁"),
        ("我叫高新民，住城东", "我叫［姓名已隐去］，住城东"),
        ("阳光小区3栋2单元501室漏水", "阳光小区3栋［门牌号已隐去］漏水"),
        ("我是阳光小区的业主王某某。", "我是阳光小区的业主［姓名已隐去］。"),
        ("我姓张，是一名司机", "我姓［姓名已隐去］，是一名司机"),
        ("电话84612345、84612346", "电话［电话已隐去］、［电话已隐去］"),
        ("打138 1234 5678或（0731）84612345", "打［手机号已隐去］或［电话已隐去］"),
        ("电话一三八零零一三八零零零", "电话［手机号已隐去］"),
        ("张三一三八零零一三八零零零", "张三［手机号已隐去］"),
        ("1381234567813987654321", "［手机号已隐去］"),
        ("此致\n敬礼\n张伟\n2019年3月1日", "此致\n敬礼\n［姓名已隐去］\n2019年3月1日"),
    ],
)
def test_only_the_personal_part_is_replaced(text, shown):
    assert redact(text).text == shown


def test_a_page_can_take_the_markers_apart():
    shown = redact("我叫张三丰，电话13812345678。").text
    assert parts(shown) == (
        ("我叫", None), ("［姓名已隐去］", "name"), ("，电话", None),
        ("［手机号已隐去］", "mobile"), ("。", None),
    )  # fmt: skip


def test_check_digits_follow_the_published_rules():
    # The example of GB 11643-1999, and the example of ISO/IEC 7812-1.
    assert identity_checks("11010519491231002X")
    assert not identity_checks("110105194912310021")
    assert luhn_checks("79927398713")
    assert not luhn_checks("79927398710")


@pytest.mark.shared
def test_in_real_texts_no_mobile_number_and_no_introduced_name_is_left(shared):
    texts = [str(row[4]) for row in read(shared / "voices/messages_2019.xlsx").rows]
    spans = [span for text in texts for span in redact(text).spans]
    assert sum(span.kind == "mobile" for span in spans) == 1
    assert sum(span.rule == "i_am_called" for span in spans) >= 32


@pytest.mark.shared
def test_landlines_in_real_replies_are_hidden(shared):
    replies = [str(row[5]) for row in read(shared / "voices/messages_with_replies.xlsx").rows]
    hidden = sum(any(span.kind == "landline" for span in redact(text).spans) for text in replies)
    assert hidden >= 570
