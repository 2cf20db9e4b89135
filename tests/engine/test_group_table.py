"""The two tables of `biaochi group`, and what the real file must give."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from random import Random

import numpy as np
import pytest

from biaochi.engine.crew import Alone
from biaochi.engine.group_table import (
    MATTERS,
    MEMBERS,
    group_file,
    messages_of,
    sentence,
    tables,
    walk,
)
from biaochi.engine.matter import Message, Reason
from biaochi.engine.sheet import read
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Row, rows_to_messages
from biaochi.engine.store import Folder
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


def test_a_folder_on_disk_gives_the_tables_of_memory(tmp_path):
    for days in (30.0, 7.0):
        matters, members = group_file(lines(), half_life_days=days)
        folder = tmp_path / str(days)
        folder.mkdir()
        small = {"chunk": 9, "span": 11, "half_life_days": days}
        found = list(tables(walk(lines()), Alone(), Folder(folder), **small))
        assert [matter for matter, _ in found] == matters
        assert [row for _, inside in found for row in inside] == members


def test_a_folder_keeps_a_message_as_it_is(tmp_path):
    kept = [
        Message("1", "一行\n又一行", "题\u2028目", "谁", datetime(2024, 1, 2, 3, 4, 5, 6), "处", 7),
        Message("2", "", at=datetime(2024, 1, 2, tzinfo=timezone(timedelta(hours=8)))),
        Message("3", "\ud800没有另一半"),
    ]
    folder = Folder(tmp_path)
    assert folder.fill(kept) == ["1", "2", "3"]
    assert folder.messages(np.array([2, 0, 1])) == [kept[2], kept[0], kept[1]]


def test_a_set_that_is_written_twice_is_whole_and_stays(tmp_path):
    folder = Folder(tmp_path)
    folder.put("a", one=np.arange(3))
    folder.put("a", one=np.arange(3))
    assert [part.name for part in tmp_path.iterdir()] == ["a"]
    assert folder.get("a")["one"].tolist() == [0, 1, 2]


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
