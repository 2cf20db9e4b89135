"""Spreadsheets small enough to read, as bytes."""

import csv
import io

import openpyxl
import pytest

COLUMNS = ("工单编号", "来电人", "诉求内容", "受理时间", "联系电话", "地点")


def row(n, text, day="2026-02-03 09:10", person="用户甲", phone="", place="城东"):
    return (f"QX2026-{n:05d}", person, text, day, phone, place)


@pytest.fixture
def ledger():
    """Five good rows of four people, as a hotline writes them."""
    return [
        row(1, "公交站台的灯三个都不亮，晚上下班看不见路。", phone="13800000001"),
        row(2, "小区里没有电梯，老人上下六楼很难。", person="用户乙"),
        row(3, "站台还是黑的，没有人来修。", phone="13800000001", day="2026-02-04 20:00"),
        row(4, "菜市场门口的下水道又堵了，味道很大。", person="用户丙"),
        row(5, "学校门口早上堵车，孩子过马路很危险。", person="用户丁", day="2026年2月5日"),
    ]


@pytest.fixture
def as_csv():
    def write(rows, columns=COLUMNS, encoding="utf-8"):
        out = io.StringIO()
        csv.writer(out).writerows([columns, *rows])
        return out.getvalue().encode(encoding)

    return write


@pytest.fixture
def as_xlsx():
    def write(rows, columns=COLUMNS):
        book = openpyxl.Workbook()
        for cells in [columns, *rows]:
            book.active.append(list(cells))
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    return write


@pytest.fixture
def try_in(staff, now):
    from biaochi.voice.sheets import actions

    def attempt(data, name="台账.csv", **more):
        return actions.try_in(file_bytes_or_path=data, file_name=name, by=staff, now=now, **more)

    return attempt
