"""De-slicing: what a document-sharing site cut into numbered pieces is one text again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from biaochi.engine.slices import join_slices, read_wrapper

LABELLED = re.compile(r"(?m)^\d+、(.*)$")


@pytest.fixture
def compilation(shared):
    return (shared / "library" / "compilation_of_four_speeches.txt").read_text(encoding="utf-8")


def sliced(text, length, first=1):
    """A text as such a site shows it."""
    pieces = [text[i : i + length] for i in range(0, len(text), length)]
    return "\n".join(f"{n}、{piece}" for n, piece in enumerate(pieces, first))


def test_the_compilation_becomes_one_text_with_every_letter_kept(compilation):
    pieces = LABELLED.findall(compilation)
    joined = join_slices(compilation)
    assert joined.text == "".join(pieces)
    assert joined.slices == len(pieces)
    assert {len(piece) for piece in pieces[:-1]} == {joined.length}
    assert joined.tail == ""


def test_the_seam_at_which_the_number_meets_a_mark_of_the_text_is_told(compilation):
    """A label "n、" before a piece that begins with 、 is taken off once, not twice."""
    odd = [n for n, piece in enumerate(LABELLED.findall(compilation), 1) if piece[0] in "、，,；"]
    joined = join_slices(compilation)
    assert odd
    assert [seam.number for seam in joined.seams] == odd
    for seam in joined.seams:
        assert f"{seam.number}、、" in seam.before
        assert seam.after == seam.before.replace(f"{seam.number}、", "", 1)
        assert seam.after in joined.text


def test_the_wrapper_says_what_was_announced(compilation):
    joined = join_slices(compilation)
    wrapper = read_wrapper(joined.lead)
    first = compilation.splitlines()[0]
    assert wrapper.announced == int(re.search(r"\((\d+)篇\)", first)[1])
    assert wrapper.pages == int(re.search(r"\((\d+)页", first)[1])
    assert wrapper.compiled_on == re.search(r"(\d+年\d+月)整理", first)[1]
    assert wrapper.kind == "docx"
    assert "篇)" not in wrapper.title and "整理" not in wrapper.title
    assert re.sub(r"\s", "", wrapper.title) in joined.text


@given(
    st.text(alphabet="甲乙丙丁戊己庚辛、。1234567890", min_size=700, max_size=2000),
    st.integers(100, 300),
)
def test_whatever_was_cut_comes_back_to_the_letter(text, length):
    if text[length - 1 :: length].count("。") * 2 > len(text) // length:
        return  # then it does not look cut in the middle of sentences
    joined = join_slices(sliced(text, length))
    assert joined.text == text
    assert joined.lead == joined.tail == ""


def test_numbered_paragraphs_of_a_real_text_stay_as_they_are():
    lines = [f"{n}、{'这一条有自己的长短' * (n + 12)}。" for n in range(1, 9)]
    assert join_slices("\n".join(lines)) is None


def test_a_list_of_equally_short_points_stays_as_it_is():
    assert join_slices("\n".join(f"{n}、先看路灯" for n in range(1, 9))) is None


def test_equally_long_paragraphs_that_end_like_sentences_stay_as_they_are():
    lines = [f"{n}、{'每段都一样长的话' * 20}。" for n in range(1, 9)]
    assert join_slices("\n".join(lines)) is None


def test_a_missing_number_means_it_was_not_such_a_site():
    text = sliced("把人家的小事当作自己的大事来办" * 60, 200).replace("3、", "", 1)
    assert join_slices(text) is None


def test_words_after_the_last_slice_are_kept_apart():
    text = "把人家的小事当作自己的大事来办" * 60
    joined = join_slices(sliced(text, 200) + "\n点击查看更多")
    assert joined.text == text
    assert joined.tail == "点击查看更多"


@pytest.mark.parametrize("words", ["", "一段平常的话。", "《路灯》由近及远照过去。"])
def test_a_text_without_a_wrapper_has_none(words):
    assert read_wrapper(words) is None
