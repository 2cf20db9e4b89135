from collections import Counter
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.engine.sheet import Limits, SheetError, read
from biaochi.engine.sheet_categories import read_categories
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Refused, Row, clean_text, rows_to_messages

TABLE = """留言编号,留言用户,留言主题,留言时间,留言详情,点赞数,反对数
1001,U1,路灯不亮,2019/2/28 11:25:05,幸福路的路灯坏了一个月，晚上看不见路。,3,0
1002,U2,井盖缺失,2019/3/1 8:00:00,学校门口的井盖不见了，孩子差点掉下去。,12,1
1003,U1,噪音扰民,2019/3/2 9:30:00,工地夜里施工，老人睡不着觉，已经半个月了。,0,0
"""


def messages(text, name="", **options):
    sheet = read(text if isinstance(text, bytes) else text.encode(), name)
    return list(rows_to_messages(sheet, guess_mapping(sheet.columns, sheet.sample), **options))


def mapped(text):
    sheet = read(text.encode())
    return guess_mapping(sheet.columns, sheet.sample)


def test_a_plain_table_is_mapped_and_every_guess_says_why():
    mapping = mapped(TABLE)
    assert mapping.text == ("留言详情",)
    assert (mapping.number, mapping.at) == (("留言编号",), ("留言时间",))
    assert (mapping.likes, mapping.dislikes) == (("点赞数",), ("反对数",))
    assert all(0.35 <= guess.confidence < 1 and guess.why for guess in mapping.guesses)


def test_a_row_carries_what_the_sheet_says():
    row = messages(TABLE)[1]
    assert (row.row_number, row.number, row.person, row.title) == (3, "1002", "U2", "井盖缺失")
    assert (row.at, row.likes, row.dislikes) == (datetime(2019, 3, 1, 8), 12, 1)
    assert row.place == row.category == row.contact == ""


def test_a_person_may_change_a_guess():
    mapping = mapped(TABLE).with_(text="留言主题", title=None, person=("留言用户", "留言编号"))
    assert (mapping.text, mapping.title) == (("留言主题",), ())
    assert mapping.guess("text").confidence == 1.0
    assert "留言详情" in mapping.unused


def test_a_wrong_change_is_refused_by_name():
    for wrong, code in (
        ({"text": "没有"}, "no_such_column"),
        ({"mood": "留言主题"}, "no_such_field"),
    ):
        with pytest.raises(SheetError) as caught:
            mapped(TABLE).with_(**wrong)
        assert caught.value.code == code


def test_columns_of_the_answer_are_not_taken_for_the_question():
    mapping = mapped(
        "编号,诉求内容,回复内容,回复时间,办理单位,登记时间\n"
        "1,幸福路的路灯坏了一个月，请派人来修,您好，已经转交城管局处理，感谢您的支持,2019/3/5,城管局,2019/3/1\n"
        "2,学校门口的井盖不见了，孩子差点掉下去,您好，井盖已经补上，请您放心通行,2019/3/6,住建局,2019/3/2\n"
    )
    assert (mapping.text, mapping.at) == (("诉求内容",), ("登记时间",))
    assert (mapping.reply, mapping.replied_at) == (("回复内容",), ("回复时间",))


def test_without_names_the_values_speak():
    mapping = mapped(
        "2019/2/28,幸福路的路灯坏了一个月，晚上看不见路，请派人来修一修。,13800000000\n"
        "2019/3/1,学校门口的井盖不见了，孩子差点掉下去，太危险了，快来看看。,13800000001\n"
    )
    assert (mapping.at, mapping.text, mapping.contact) == (("第1列",), ("第2列",), ("第3列",))


def test_a_sheet_without_free_text_is_told_from_its_types():
    lines = [f"2014-Jan-0{i % 9 + 1} 10:00:00,Ward {i % 5},{'Noise' if i % 3 else 'Snow'},Bylaw,CC PHONE"
             for i in range(60)]  # fmt: skip
    sheet = read(
        (
            "creation_date,ward,call_description,call_type,priority_name\n" + "\n".join(lines)
        ).encode()
    )
    mapping = guess_mapping(sheet.columns, sheet.sample)
    assert mapping.text == ("call_description", "call_type")
    assert mapping.title == ("call_description", "ward")
    assert mapping.channel == ("priority_name",)
    assert mapping.guess("text").why[0].code == "composed"
    row = next(iter(rows_to_messages(sheet, mapping)))
    assert (row.title, row.text) == ("Snow；Ward 0", "Snow；Bylaw")


def test_no_text_at_all_stops_the_import():
    with pytest.raises(SheetError) as caught:
        messages("编号,点赞数\n1,2\n3,4\n")
    assert caught.value.code == "no_text_column"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1004,U3,,2019/3/3,,0,0", "no_text"),
        ("1004,U3,,2019/3/3,-,0,0", "no_text"),
        ("1004,U3,标题,2019/3/3,路灯坏了,没人修,0,0", "too_many_cells"),
        ("留言编号,留言用户,留言主题,留言时间,留言详情,点赞数,反对数", "header_again"),
        ("1003,U1,噪音扰民,2019/3/2 9:30:00,工地夜里施工，老人睡不着觉，已经半个月了。,0,0", "same_row_again"),
        ("1004,U3,标题,2019/3/3," + "坏" * 101 + ",0,0", "text_too_long"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_says_why_and_where(line, code):
    many = TABLE + "".join(f"2{i:03},U,标题{i},2019/3/3,第{i}盏路灯坏了,0,0\n" for i in range(60))
    out = messages(many + line + "\n", limits=Limits(text_length=100))
    assert [type(one) for one in out[:-1]] == [Row] * 63
    assert isinstance(out[-1], Refused)
    assert (out[-1].code, out[-1].row_number) == (code, 65)


def test_an_unreadable_date_costs_the_date_and_not_the_voice():
    many = "".join(f"2{i:03},U,标题{i},2019/3/3,第{i}盏路灯坏了,0,0\n" for i in range(60))
    row = messages(TABLE + many + "1004,U3,标题,上周三,幸福路又黑了,很多,0\n")[-1]
    assert (row.at, row.likes) == (None, None)
    assert [note.code for note in row.notes] == ["moment_unread", "count_unread"]


def test_a_title_alone_is_a_voice():
    assert (
        messages(TABLE + "1004,U3,幸福路的路灯又坏了,2019/3/3,,0,0\n")[-1].text
        == "幸福路的路灯又坏了"
    )


def test_a_stopped_import_goes_on_where_it_was():
    whole = messages(TABLE)
    assert messages(TABLE, after=2) == whole[1:]


def test_the_fingerprint_forgets_place_encoding_and_form():
    lines = TABLE.splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])])
    first = {row.number: row.fingerprint for row in messages(TABLE)}
    again = {row.number: row.fingerprint for row in messages(turned.encode("gb18030"))}
    liked = {row.number: row.fingerprint for row in messages(TABLE.replace(",12,1", ",40,2"))}
    assert first == again == liked
    assert len(set(first.values())) == 3
    other = messages(TABLE.replace("学校门口", "医院门口"))
    assert other[1].fingerprint != first["1002"]


def test_two_like_requests_without_numbers_are_two_and_stay_the_same_two():
    text = "内容,时间\n幸福路的路灯坏了,2019/3/1\n幸福路的路灯坏了,2019/3/1\n学校门口的井盖没了,2019/3/1\n"
    prints = [row.fingerprint for row in messages(text)]
    assert len(set(prints)) == 3
    assert prints == [row.fingerprint for row in messages(text)]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\n\t\t\t\n\t\t\t路灯坏了\n\t\t\n\t修一修  吧 ", "路灯坏了\n修一修 吧"),
        ("电话１３８，ＡＢＣ！", "电话138，ABC！"),
        ("零\u200b宽\ufeff\x07字\u3000符", "零宽字 符"),
        ("⼀⽅\uf9b5", "一方例"),
        ("①②㎡½", "①②㎡½"),
        (188006.0, "188006"),
        (0.5, "0.5"),
        (None, ""),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("第一行_x000D_\n第二行", "第一行\n第二行"),
    ],
)
def test_text_is_cleaned_and_its_words_are_not_touched(raw, clean):
    assert clean_text(raw) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)


def test_a_table_of_categories_becomes_a_tree():
    tree = read_categories(
        "一级分类,二级分类,三级分类,关键词\n城建,路灯,坏了,灯不亮、太黑\n,,没装,\n,井盖,丢失,\n教育,,,学校 老师\n".encode()
    )
    assert Counter(node.level for node in tree) == {1: 2, 2: 2, 3: 3}
    assert tree[2].path == ("城建", "路灯", "坏了")
    assert tree[2].keywords == ("灯不亮", "太黑")
    assert tree[-1].keywords == ("学校", "老师")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "count", "fields"),
    [
        ("voices/messages_2019.xlsx", 4326, "number person title text at likes dislikes"),
        ("voices/messages_with_replies.xlsx", 2816, "number person title text at reply replied_at"),
        ("voices/labelled_train.csv", 2464, "text category"),
        ("requests/JanSR-2014.csv", 16780, "title text at place category channel"),
        ("requests/FebSR-2014.csv", 13462, "title text at place category channel"),
    ],
)
def test_real_sheets_are_read_without_a_hand(shared, file, count, fields):
    sheet = read(shared / file, file)
    mapping = guess_mapping(sheet.columns, sheet.sample)
    assert [guess.field for guess in mapping.guesses] == fields.split()
    rows = list(rows_to_messages(sheet, mapping))
    assert [type(row) for row in rows] == [Row] * count
    assert len({row.fingerprint for row in rows}) == count
    assert not any(row.notes for row in rows)


@pytest.mark.shared
def test_the_real_tree_of_categories_has_three_levels(shared):
    tree = read_categories(shared / "voices/category_tree.xlsx")
    names = [len({node.name for node in tree if node.level == level}) for level in (1, 2, 3)]
    assert names == [15, 103, 390]


def test_a_table_of_categories_needs_no_names_above_it():
    tree = read_categories("城建,路灯\n城建,井盖\n教育,学校\n".encode())
    assert [node.path for node in tree if node.level == 2] == [
        ("城建", "路灯"),
        ("城建", "井盖"),
        ("教育", "学校"),
    ]
