"""The quotation checker: to the letter, nearly, or not at all, with the place and what differs."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.engine.folding import fold, marked, runs
from biaochi.engine.overlap import overlaps, probes
from biaochi.engine.quotation import differences, letters_of, locate, nearest, quotations
from biaochi.engine.slices import join_slices

TEXT = (
    "第十九条　承办单位应当在三个月内书面答复，并逐条说明办到哪一步。\n"
    "答复以前，应当走访提的人，听他说冷不冷，不问满意不满意。\n"
    "不准用“正在研究”代替日子。"
)


def test_a_quotation_to_the_letter_is_exact_and_has_its_place():
    place = locate("应当走访提的人，听他说冷不冷", TEXT)
    assert place.kind == "exact"
    assert TEXT[place.start : place.end] == "应当走访提的人，听他说冷不冷"


@pytest.mark.parametrize(
    "quoted",
    [
        "应当走访提的人,听他说冷不冷",  # half-width comma
        " 应当走访 提的人，\n听他说冷不冷。",  # spaces, a full stop of the quoter's own
        "“应当走访提的人，听他说冷不冷”",
        "不准用「正在研究」代替日子",
    ],
)
def test_width_spaces_and_kinds_of_quotation_marks_make_no_difference(quoted):
    assert locate(quoted, TEXT).kind == "exact"


def test_a_missing_comma_is_told_apart_from_a_wrong_letter():
    place = locate("应当走访提的人听他说冷不冷", TEXT)
    assert place.kind == "marks"
    assert [piece.original for piece in place.pieces if not piece.same] == ["，"]
    assert [piece.why for piece in place.pieces if not piece.same] == ["marks"]


def test_what_differs_is_marked_on_both_sides_and_called_by_its_weight():
    place = locate("承办单位可以在两个月内书面答复，并逐件说明办到哪一步", TEXT)
    assert place.kind == "near"
    apart = [(p.quoted, p.original, p.why) for p in place.pieces if not p.same]
    assert apart == [("可以", "应当", "duty"), ("两", "三", "number"), ("件", "条", "words")]
    assert place.edits == 4
    assert "".join(p.quoted for p in place.pieces) == (
        "承办单位可以在两个月内书面答复，并逐件说明办到哪一步"
    )
    assert "".join(p.original for p in place.pieces) == TEXT[place.start : place.end]


def test_a_lost_negation_is_called_a_negation():
    place = locate("答复以前，应当走访提的人，听他说冷不冷，问满意不满意", TEXT)
    assert [(p.quoted, p.original, p.why) for p in place.pieces if not p.same] == [
        ("", "不", "not")
    ]


@pytest.mark.parametrize(
    "quoted", ["一张蓝图要让三代人接着画", "答复", "承办公司要在十天以内口头答复"]
)
def test_what_is_not_there_is_not_found_unless_it_is_short_and_exact(quoted):
    place = locate(quoted, TEXT)
    assert (place.kind if place else None) == ("exact" if quoted == "答复" else None)


def test_a_short_quotation_is_never_called_near():
    assert locate("逐件说明", TEXT) is None


@pytest.mark.parametrize("quoted", ["", "，。", "字" * 1001])
def test_what_has_no_letters_or_too_many_is_refused(quoted):
    with pytest.raises(ValueError, match="letters"):
        locate(quoted, TEXT)


def test_the_quotations_of_a_draft_are_those_in_marks():
    draft = '他说“冷不冷”，又说：「办到哪一步」。"逐条说明"是规定。'
    assert quotations(draft) == ["冷不冷", "办到哪一步", "逐条说明"]


def test_a_draft_without_marks_is_quoted_line_by_line():
    assert quotations("第一句。\n\n 第二句。\n……") == ["第一句。", " 第二句。"]


def edit_distance(a, b):
    """The plain table, to hold the swift one against."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, row = row, [i]
        for j, y in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (x != y)))
    return row[-1]


@given(st.text("甲乙丙", min_size=1, max_size=8), st.text("甲乙丙丁", min_size=1, max_size=14))
def test_the_nearest_place_is_as_near_as_any_place(wanted, held):
    edits, start, end = nearest(wanted, held)
    every = min(
        edit_distance(wanted, held[i:j])
        for i in range(len(held) + 1)
        for j in range(i, len(held) + 1)
    )
    assert edits == every
    assert edit_distance(wanted, held[start:end]) == edits


@given(st.text("甲乙丙，。 ", max_size=12), st.text("甲乙丙，。 ", max_size=12))
def test_the_pieces_of_a_comparison_add_up_to_both_texts(a, b):
    pieces = differences(a, b)
    assert fold("".join(p.quoted for p in pieces)).text == fold(a).text
    assert fold("".join(p.original for p in pieces)).text == fold(b).text
    for piece in pieces:
        assert (fold(piece.quoted).text == fold(piece.original).text) is piece.same


def test_misquotations_of_the_compilation_open_at_the_place_they_came_from(shared):
    """Every tenth letter of 60 passages is changed, lost or doubled; each is found again."""
    path = shared / "library" / "compilation_of_four_speeches.txt"
    text = join_slices(path.read_text(encoding="utf-8")).text
    dice = random.Random(7)
    for _ in range(60):
        start = dice.randrange(len(text) - 80)
        original = text[start : start + dice.randrange(20, 80)]
        quoted = list(original)
        for place in range(4, len(quoted), 10):
            quoted[place] = dice.choice(["某", "", quoted[place] * 2])
        found = locate("".join(quoted), text)
        assert found is not None
        assert abs(found.start - start) <= 2
        assert abs(found.end - start - len(original)) <= 2


def test_a_run_that_two_texts_share_is_shown_as_each_of_them_has_it():
    first = "我们常说，办实事，实不实，不在报了几条。"
    second = "老话：办实事、实不实、不在报了几条，在那双手暖了没有。"
    (shared,) = overlaps(first, second)
    assert first[shared.start : shared.end] == "办实事，实不实，不在报了几条"
    assert second[shared.there : shared.there_end] == "办实事、实不实、不在报了几条"
    assert shared.letters == 12


def test_a_short_run_is_no_overlap():
    assert overlaps("今天去看路灯亮不亮", "明天去看路灯亮不亮") == ()


@given(st.text("甲乙丙丁戊己", max_size=40), st.text("甲乙丙丁戊己", max_size=40))
def test_no_common_run_is_missed(a, b):
    longest = max(
        (k for i in range(len(a)) for k in range(1, len(a) - i + 1) if a[i : i + k] in b),
        default=0,
    )
    found = overlaps(a, b, least=6)
    assert (found[0].letters if found else 0) == (longest if longest >= 6 else 0)


def test_probes_lie_inside_clauses():
    text = "去年冬天，我跟着城建组去了机床厂宿舍。没打招呼，也没让人陪"
    assert probes(text) == ("我跟着城建组", "去了机床厂宿", "也没让人陪")


def test_the_words_of_a_search_are_marked_where_they_stand():
    assert marked("谁得实惠、谁来办。", "实惠 谁来") == [
        ("谁得", False),
        ("实惠", True),
        ("、", False),
        ("谁来", True),
        ("办。", False),
    ]
    assert marked("ＡＢＣ 路灯", "abc") == [("ＡＢＣ", True), (" 路灯", False)]
    assert marked("", "路灯") == []


def test_the_runs_of_a_query_are_those_of_the_index():
    assert runs("路灯，不亮  LED 路灯") == ["路灯", "不亮", "led"]


def test_letters_are_counted_without_marks():
    assert letters_of("“办，到 了！”") == 3
