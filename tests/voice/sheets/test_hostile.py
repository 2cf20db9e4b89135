"""Files that are not what they say: each gets one sentence, and nothing of it stays."""

import io
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from biaochi.core.refusals import Incomplete
from biaochi.voice.models import Batch
from biaochi.voice.sheets import analysis, report

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def bomb(megabytes):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (megabytes * 2**20))
    return out.getvalue()


FILES = {
    "empty": (b"", "这个文件是空的"),
    "only a header": ("诉求内容,时间\n".encode(), "一行内容也没有"),
    "locked": (OLE + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
    "a document": (OLE + "WordDocument".encode("utf-16-le"), "不是表格"),
    "a picture named xlsx": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "看着像图片"),
    "a pdf": (b"%PDF-1.7 ...", "看着像PDF 文档"),
    "a page without a table named xls": (b"<html><body>hello</body></html>", "看着像网页"),
    "a broken workbook": (b"PK\x03\x04 not really", "文件坏了"),
    "random bytes": (bytes(range(256)) * 40, "不是表格|认不出"),
    "quotes never closed": (
        '内容,时间\n站台的灯坏了,2026-01-01\n"没有收尾的话,1,2,3\n又一行,2026-01-02\n'.encode(),
        "引号没有配对",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_sheet_gets_one_sentence(name, try_in, settings):
    data, sentence = FILES[name]
    with pytest.raises(Incomplete, match=sentence) as refusal:
        try_in(data, "台账.xlsx")
    assert refusal.value.field == "file"
    assert not Batch.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).glob("sheets/*")) == []


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(try_in, monkeypatch):
    narrow = replace(analysis.engine.LIMITS, unpacked_bytes=2**22)
    monkeypatch.setattr(analysis.engine, "read", partial(analysis.engine.read, limits=narrow))
    data = bomb(8)
    assert len(data) < 2**14
    with pytest.raises(Incomplete, match="大得不正常"):
        try_in(data, "台账.xlsx")


def test_a_page_with_a_table_named_xls_is_read(try_in):
    page = "<html><table><tr><td>诉求内容<td>时间<tr><td>站台的灯坏了三天<td>2026-01-05</table>"
    assert report.figures(try_in(page.encode(), "导出.xls")).takes == 1


def test_macros_are_neither_run_nor_kept(try_in, ledger, as_xlsx):
    out = io.BytesIO(as_xlsx(ledger))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    batch = try_in(out.getvalue(), "台账.xlsm")
    assert "表里有宏，没有运行，也没有保存" in report.notes(batch)
    assert report.figures(batch).takes == 5


@pytest.mark.parametrize("columns", [("诉求内容",), ("意见",)])
def test_one_column_is_enough(try_in, as_csv, columns):
    rows = [(f"第 {n} 号楼的电梯坏了好几天老人下不来楼。",) for n in range(5)]
    batch = try_in(as_csv(rows, columns=columns))
    assert report.figures(batch).takes == 5


def test_a_sheet_without_a_header_is_read_and_says_so(try_in, as_csv):
    rows = [
        (f"第 {n} 号楼的电梯坏了好几天，老人下不来楼。", f"2026-01-{n + 1:02d}") for n in range(9)
    ]
    batch = try_in(as_csv(rows[1:], columns=rows[0]))
    assert report.figures(batch).takes == 9
    assert "没有表头，列名是我们起的" in report.notes(batch)
