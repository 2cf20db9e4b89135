"""`biaochi route`: a sorted spreadsheet in, a model out; another spreadsheet in, suggestions out."""

import csv
import hashlib

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook

from biaochi.engine.route import RouteError
from biaochi.engine.route_table import COLUMNS, UNSURE, suggest_rows, train_rows
from tests.engine.test_group_table import Line
from tests.engine.test_route import sorted_texts


class Sorted(Line):
    category = ""


def lines():
    rows = []
    for number, (text, label) in enumerate(zip(*sorted_texts(), strict=True), 2):
        rows.append(Sorted(number, str(number), text))
        rows[-1].category = label
    return rows


@pytest.fixture
def files(tmp_path):
    """A sorted csv, a model trained on it, and an xlsx to be sorted."""
    with (tmp_path / "sorted.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["留言编号", "留言详情", "一级标签"])
        writer.writerows([row.number, row.text, row.category] for row in lines())
    book = Workbook()
    book.active.append(["留言编号", "留言详情"])
    for number, text in enumerate(("江边有三盏路灯坏了，请来修", "城南的门诊报销太慢", "啊啊啊啊")):
        book.active.append([f"W{number}", text])
    book.save(tmp_path / "new.xlsx")
    call_command("route", "train", str(tmp_path / "sorted.csv"), model=tmp_path / "model.npz")
    return tmp_path


def read(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    head, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def suggest(files, out):
    target = files / out
    call_command("route", "suggest", str(files / "new.xlsx"), model=files / "model.npz", out=target)
    return target


def test_each_message_gets_its_label_or_a_plain_not_sure(files):
    rows = read(suggest(files, "out.csv"))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == ["W0", "W1", "W2"]
    assert [row["label"] for row in rows] == ["路灯", "医保", UNSURE]
    assert "“路灯”" in rows[0]["reason"]
    assert rows[2]["second"].count("、") == 1
    assert rows[2]["reason"] == "原话里没有认得的说法，请人看"


def test_a_workbook_says_the_same_as_a_csv(files):
    def said(name):
        return [{**row, "probability": float(row["probability"])} for row in read(files / name)]

    suggest(files, "out.csv")
    suggest(files, "out.xlsx")
    assert said("out.csv") == said("out.xlsx")


def test_twice_gives_the_same_bytes(files):
    first = hashlib.sha256((files / "model.npz").read_bytes()).hexdigest()
    call_command("route", "train", str(files / "sorted.csv"), model=files / "again.npz")
    assert hashlib.sha256((files / "again.npz").read_bytes()).hexdigest() == first
    assert suggest(files, "a.csv").read_bytes() == suggest(files, "b.csv").read_bytes()


def test_bad_input_ends_with_one_sentence_and_writes_nothing(files):
    (files / "broken.npz").write_bytes((files / "model.npz").read_bytes()[:-400])
    (files / "empty.csv").write_bytes(b"")
    out = files / "never.csv"
    calls = [
        (["train", files / "new.xlsx"], {"model": files / "m.npz"}, "--map category="),
        (["train", files / "empty.csv"], {"model": files / "m.npz"}, "空的"),
        (["train", files / "sorted.csv"], {"model": files / "no" / "m.npz"}, "no folder"),
        (["suggest", files / "new.xlsx"], {"model": files / "broken.npz", "out": out}, "damaged"),
        (["suggest", files / "new.xlsx"], {"model": files / "no.npz", "out": out}, "cannot be read"),
        (["suggest", files / "no.csv"], {"model": files / "model.npz", "out": out}, "cannot be read"),
        (["suggest", files / "new.xlsx"], {"model": files / "model.npz", "out": files / "x.pdf"}, "csv"),
    ]  # fmt: skip
    for args, named, sentence in calls:
        with pytest.raises(CommandError, match=sentence) as caught:
            call_command("route", *map(str, args), **named)
        assert "\n" not in str(caught.value)
    assert not out.exists()
    assert not (files / "m.npz").exists()


def test_rows_without_a_label_teach_nothing_and_are_counted():
    rows = lines()
    rows[0].category = ""
    model, left = train_rows(rows)
    assert (left, model.quality.texts) == (1, len(rows) - 1)
    for row in rows:
        row.category = ""
    with pytest.raises(RouteError, match="no_labels"):
        train_rows(rows)


def test_every_row_is_answered_once_in_its_order():
    rows = lines()
    model, _ = train_rows(rows)
    assert [row["id"] for row in suggest_rows(rows, model)] == [row.number for row in rows]
