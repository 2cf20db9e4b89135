"""The two tables of `biaochi group`, and what the real file must give."""

from dataclasses import dataclass
from datetime import datetime
from random import Random

import pytest

from biaochi.engine.group_table import MATTERS, MEMBERS, group_file, messages_of, sentence
from biaochi.engine.matter import Reason
from biaochi.engine.sheet import read
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Row, rows_to_messages
from tests.bench.planted import planted


@dataclass
class Line:
    row_number: int
    number: str
    text: str
    title: str = ""
    person: str = ""
    at: datetime | None = None
    place: str = ""
    likes: int | None = None


def lines():
    return [
        Line(n, m.id, m.text, m.title, m.person, m.at, m.place, m.likes)
        for n, m in enumerate(planted(matters=8, voices=5, seed=2)[0], 2)
    ]


def test_the_tables_have_their_columns_and_every_message_once():
    rows = lines()
    matters, members = group_file(rows)
    assert {tuple(row) for row in matters} == {MATTERS}
    assert {tuple(row) for row in members} == {MEMBERS}
    assert sorted(row["id"] for row in members) == sorted(row.number for row in rows)
    assert [row["matter"] for row in matters] == list(range(1, len(matters) + 1))


def test_shuffled_rows_give_the_same_tables():
    rows = lines()
    Random(5).shuffle(rows)
    assert group_file(rows) == group_file(lines())


def test_rows_without_a_number_or_with_one_that_stands_twice_are_kept():
    rows = [Line(2, "", "路灯坏了"), Line(3, "7", "停水了"), Line(4, "7", "又停水了")]
    assert [m.id for m in messages_of(rows)] == ["row 2", "7", "7 (row 4)"]


def test_reasons_are_said_in_plain_words():
    why = (Reason("name", "青禾小区"), Reason("phrase", "搅拌站"), Reason("days", 3))
    assert sentence(why) == "都提到“青禾小区”；相同说法“搅拌站”；相隔 3 天"
    assert sentence((Reason("alone", ""),)) == "暂时没有别人反映同一件事"


@pytest.mark.shared
def test_the_real_file_puts_the_matters_of_many_people_first(shared):
    sheet = read(shared / "voices" / "messages_2019.xlsx")
    mapping = guess_mapping(sheet.columns, sheet.sample)
    rows = [row for row in rows_to_messages(sheet, mapping) if isinstance(row, Row)]
    matters, members = group_file(rows)
    assert len(members) == len(rows) == 4326
    first = matters[:5]
    assert any("搅拌" in row["title"] and row["people"] >= 45 for row in first)
    assert any("车位" in row["title"] and row["people"] >= 45 for row in first)
    Random(1).shuffle(rows)
    assert group_file(rows) == (matters, members)
