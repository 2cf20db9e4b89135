import pytest

from biaochi.core.refusals import Incomplete
from biaochi.voice.sheets.rules import (
    check_fields,
    is_somebody,
    is_total,
    split_words,
    with_roles,
)


@pytest.mark.parametrize("first", ["合计", "总计", "小计：46 件", "共计 1,286 条", "Total"])
def test_a_row_that_only_adds_up_is_known_by_its_first_words(first):
    assert is_total([None, first, 3])


@pytest.mark.parametrize("first", ["合计费用太高了", "总计划什么时候公布", "小区"])
def test_a_sentence_that_begins_like_a_total_is_a_voice(first):
    assert not is_total([first, 3])


@pytest.mark.parametrize(
    "name", ["匿名网友", "市民", "王女士", "李先生", "某某", "", "guest", "张某"]
)
def test_a_name_that_many_go_by_is_nobody(name):
    assert not is_somebody(name)


@pytest.mark.parametrize("name", ["A00045364", "欧阳青山", "user8812"])
def test_a_name_of_ones_own_is_somebody(name):
    assert is_somebody(name)


@pytest.mark.parametrize("most", [5, 9, 40])
def test_a_long_text_is_cut_without_losing_a_letter(most):
    text = "灯坏了三天。没有人来修！老人看不见路，摔了一跤；谁来管一管呢？" * 3
    pieces = split_words(text, most)
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= most


def test_a_long_text_is_cut_between_sentences():
    assert split_words("灯坏了三天。没有人来修！老人摔了。", 12) == [
        "灯坏了三天。没有人来修！",
        "老人摔了。",
    ]


FIELDS = {"text": ["甲", "乙"], "title": ["甲", "丙"], "place": ["丙"]}
COLUMNS = ("甲", "乙", "丙", "丁")


def test_columns_left_as_they_were_keep_all_they_are_used_for():
    same = {"甲": "text", "乙": "text", "丙": "title", "丁": ""}
    assert with_roles(FIELDS, COLUMNS, same) == FIELDS


def test_a_column_that_was_changed_is_used_for_its_new_role_only():
    roles = {"甲": "text", "乙": "text", "丙": "", "丁": "text"}
    assert with_roles(FIELDS, COLUMNS, roles) == {"text": ["甲", "乙", "丁"], "title": ["甲"]}


@pytest.mark.parametrize(
    "fields",
    [{"colour": ["甲"]}, {"text": ["戊"]}, {"at": ["甲", "乙"]}],
    ids=["no such field", "no such column", "two columns for one day"],
)
def test_a_mapping_that_cannot_be_followed_is_refused(fields):
    with pytest.raises(Incomplete) as refusal:
        check_fields(fields, COLUMNS)
    assert refusal.value.field == "mapping"
