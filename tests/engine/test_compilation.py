"""Splitting a compilation: what was announced, what is there, what breaks off."""

import re

import pytest

from biaochi.engine.compilation import breaks_off, split
from biaochi.engine.paging import pages, paragraphs
from biaochi.engine.slices import join_slices, read_wrapper


@pytest.fixture
def joined(shared):
    path = shared / "library" / "compilation_of_four_speeches.txt"
    return join_slices(path.read_text(encoding="utf-8"))


@pytest.fixture
def found(joined):
    wrapper = read_wrapper(joined.lead)
    return split(joined.text, title=wrapper.title, announced=wrapper.announced)


def test_one_speech_is_whole_and_the_second_breaks_off(found, joined):
    first, second = found.parts
    assert (first.truncated, second.truncated) == (False, True)
    assert first.text.endswith("。")
    assert joined.text.endswith(second.text)


def test_the_absent_speeches_are_named_by_their_numbers(found, joined):
    announced = read_wrapper(joined.lead).announced
    assert found.absent == tuple(range(3, announced + 1))
    assert len(found.absent) == announced - len(found.parts)


def test_nothing_between_the_speeches_is_lost(found, joined):
    title = re.sub(r"\s", "", found.parts[0].title)
    assert "".join(title + part.text for part in found.parts) == joined.text
    assert found.lead == ""


def test_the_pages_of_the_compilation_hold_every_letter_in_order(found):
    for part in found.parts:
        lines, made = paragraphs(part.text, restore=True)
        assert "".join(lines) == part.text
        assert made == len(lines) - 1
        assert max(map(len, lines)) <= 420
        laid = pages(lines)
        assert [line for page in laid for line in page] == list(lines)
        assert all(sum(map(len, page)) <= 900 for page in laid)


def test_the_sections_of_a_speech_that_lost_its_lines_begin_paragraphs(found):
    lines, _made = paragraphs(found.parts[0].text, restore=True)
    begins = [line[0] for line in lines if line[1:2] == "、"]
    assert begins == list("一二三四")


def test_a_title_inside_a_sentence_is_no_beginning():
    text = "办实事发言。今天读《办实事发言》，大家都说好。办实事发言。又一篇。"
    assert len(split(text, title="办实事发言").parts) == 2


def test_counted_lines_are_beginnings():
    text = "前言。\n篇一：门开着\n第一段。\n【篇二】把小事当大事\n第二段，还没有\n"
    found = split(text, announced=3)
    assert [part.title for part in found.parts] == ["门开着", "把小事当大事"]
    assert [part.truncated for part in found.parts] == [False, False]
    assert found.lead == "前言。"
    assert found.absent == (3,)


def test_a_count_with_a_gap_ends_there():
    found = split("第一篇\n甲。\n第二篇\n乙。\n第四篇\n丁。")
    assert [part.text for part in found.parts] == ["甲。", "乙。\n第四篇\n丁。"]


def test_headings_of_the_file_are_beginnings_only_where_there_are_two():
    text = "门开着\n甲。\n小事\n乙。"
    assert len(split(text, headings=["门开着", "小事"]).parts) == 2
    assert split(text, headings=["门开着"]).parts == ()


def test_without_a_sign_a_file_is_one_text():
    found = split("一段平常的话。", title="别的标题", announced=4)
    assert found.parts == ()
    assert found.absent == ()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("办完了。", False),
        ("他说：“办完了。”", False),
        ("办完了。\n青溪市政协办公室\n2026年9月1日", False),
        ("通水那天站在台上的人，应当把前两任的", False),  # short: might be a signature
        ("通水那天站在台上的人，", True),
        ("通水那天站在台上的人，应当把前两任一个一个请上来，请他们也看一看这", True),
        ("", False),
    ],
)
def test_a_text_that_stops_inside_a_sentence_is_known(text, cut):
    assert breaks_off(text) is cut


def test_a_heading_is_never_the_last_thing_on_a_page():
    lines = ("字" * 590 + "。", "二、把小事当自己的大事", "字" * 500 + "。")
    assert pages(lines) == (lines[:1], lines[1:])


def test_a_very_long_line_without_any_mark_is_still_laid_on_pages():
    lines, _made = paragraphs("字" * 10_000)
    assert "".join(lines) == "字" * 10_000
    assert max(map(len, lines)) <= 420
