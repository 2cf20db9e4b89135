import io
import zipfile
import zlib
from datetime import datetime

import openpyxl
import pytest

from biaochi.engine.sheet import Limits, SheetError, read

HEADER = ["留言编号", "留言主题", "留言时间", "留言详情"]
ROWS = [
    ["1001", "路灯不亮", "2019/2/28 11:25:05", "幸福路的路灯坏了一个月，\n晚上看不见路。"],
    ["1002", "井盖缺失", "2019/3/1 8:00:00", '有人说"马上修"，至今没有修。'],
    ["1003", "噪音扰民", "2019/3/2 9:30:00", "工地夜里施工，老人睡不着觉。"],
]


def csv_text(rows, delimiter=","):
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    return "\r\n".join(delimiter.join(row) for row in quoted) + "\r\n"


def book(rows, title="留言", before=()):
    workbook = openpyxl.Workbook()
    first = workbook.active
    for name, content in before:
        first.title = name
        for row in content:
            first.append(row)
        first = workbook.create_sheet(title)
    first.title = title
    for row in rows:
        first.append(row)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def refusal(*args, **options):
    with pytest.raises(SheetError) as caught:
        read(*args, **options)
    return caught.value


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_same_rows_come_out_of_every_encoding_and_separator(encoding, told, delimiter):
    sheet = read(csv_text([HEADER, *ROWS], delimiter).encode(encoding), "留言.csv")
    assert sheet.encoding == told
    assert sheet.columns == tuple(HEADER)
    assert [tuple(row) for row in ROWS] == [
        tuple(cell.replace("\r\n", "\n") for cell in row) for row in sheet.rows
    ]
    assert (sheet.header_row, sheet.row_count, sheet.sheet_name) == (1, 3, "留言")


def test_a_workbook_gives_the_same_rows_as_text_whatever_its_name_says():
    sheet = read(book([HEADER, *ROWS]), "留言.csv")
    assert (sheet.kind, sheet.sheet_name, sheet.encoding) == ("xlsx", "留言", None)
    assert list(sheet.rows) == [tuple(row) for row in ROWS]


def test_rows_can_be_walked_again_and_taken_up_where_they_stopped():
    sheet = read(csv_text([HEADER, *ROWS]).encode())
    assert list(sheet.rows) == list(sheet.rows)
    assert [number for number, _ in sheet.numbered(after=2)] == [3, 4]


def test_a_title_and_a_blank_line_above_the_names_are_passed_over():
    rows = [["某市留言汇总表（2019年）"], [], HEADER, *ROWS]
    sheet = read(book(rows))
    assert sheet.header_row == 3
    assert sheet.columns == tuple(HEADER)
    assert [number for number, _ in sheet.numbered()] == [4, 5, 6]


def test_a_sheet_without_names_keeps_its_first_row():
    sheet = read(csv_text(ROWS).encode())
    assert sheet.header_row == 0
    assert sheet.columns == ("第1列", "第2列", "第3列", "第4列")
    assert sheet.row_count == 3
    assert "no_header" in [note.code for note in sheet.notes]


def test_blank_and_repeated_names_become_names_of_their_own():
    sheet = read(book([["编号", "电话", "电话", None, "内容"], ["1", "2", "3", "4", "路灯坏了"]]))
    assert sheet.columns == ("编号", "电话", "电话（2）", "第4列", "内容")
    assert dict(sheet.notes[-1].params)["columns"] == ("电话（2）", "第4列")


def test_a_cover_sheet_is_passed_over_and_the_others_are_told():
    data = book([HEADER, *ROWS], before=[("封面", [["说明"]])])
    sheet = read(data)
    assert sheet.sheet_name == "留言"
    assert dict(sheet.notes[0].params) == {"names": ("封面",)}
    assert refusal(data, sheet="没有").code == "no_such_sheet"


def test_a_web_page_named_xls_is_read():
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in r) + "</tr>" for r in [HEADER, *ROWS])
    sheet = read(f"<html><body><table>{cells}</table></body></html>".encode("gbk"), "导出.xls")
    assert (sheet.kind, sheet.columns, sheet.row_count) == ("html", tuple(HEADER), 3)


def test_moments_in_a_workbook_stay_moments():
    sheet = read(book([["时间", "内容"], [datetime(2019, 2, 28, 11, 25, 5), "路灯坏了"]]))
    assert next(iter(sheet.rows))[0] == datetime(2019, 2, 28, 11, 25, 5)


def test_a_stray_quote_does_not_swallow_the_rows_below_it():
    text = '编号,内容\n1,"路灯坏了\n2,井盖没了\n3,太吵了\n'
    sheet = read(text.encode())
    assert sheet.row_count == 3


def test_an_unclosed_quote_among_uneven_rows_is_named_by_its_row():
    error = refusal('编号,内容\n1,好\n2,"路灯,坏了\n3,a,b,c\n'.encode())
    assert (error.code, error.params) == ("quotes_unclosed", {"row": 3})


def test_an_unquoted_comma_makes_one_row_long_and_not_one_column_more():
    body = "".join(f"{i},路灯坏了\n" for i in range(20))
    sheet = read(f"编号,内容\n{body}21,路灯坏了,没人修\n".encode())
    assert sheet.columns == ("编号", "内容")
    assert list(sheet.rows)[-1] == ("21", "路灯坏了", "没人修")


def test_a_few_broken_letters_are_counted_and_do_not_stop_the_reading():
    data = csv_text([HEADER, *ROWS * 40]).encode()
    data = data[:3000] + b"\xff\xfe" + data[3000:]
    sheet = read(data)
    assert sheet.row_count == 120
    assert sheet.notes[0].code == "letters_lost"


def test_western_letters_are_not_taken_for_chinese():
    sheet = read("id,description\n1,Rue Montréal fermée à midi\n2,Déneigement\n".encode("cp1252"))
    assert next(iter(sheet.rows))[1] == "Rue Montréal fermée à midi"


@pytest.mark.parametrize(
    ("data", "code", "params"),
    [
        (b"", "empty", {}),
        (b" \r\n", "empty", {}),
        ("编号,内容\n".encode(), "no_rows", {}),
        (b"%PDF-1.7 ....", "not_a_sheet", {"looks_like": "pdf"}),
        (b"\x89PNG\r\n\x1a\n....", "not_a_sheet", {"looks_like": "picture"}),
        (b"PK\x03\x04broken", "damaged", {}),
        (bytes(range(256)) * 40, "not_a_sheet", {"looks_like": "binary"}),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 99, "not_a_sheet", {"looks_like": "office"}),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
            {},
        ),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(data, code, params):
    error = refusal(data, "留言.xlsx")
    assert (error.code, error.params) == (code, params)


def test_a_word_document_is_named_as_a_document():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(stream.getvalue()).params == {"looks_like": "document"}


def test_limits_hold_for_bytes_rows_and_columns(tmp_path):
    data = csv_text([HEADER, *ROWS]).encode()
    path = tmp_path / "留言.csv"
    path.write_bytes(data)
    small = Limits(file_bytes=10)
    assert refusal(data, limits=small).code == refusal(path, limits=small).code == "too_large"
    assert refusal(data, limits=Limits(rows=2)).params == {"limit": 2}
    assert refusal(data, limits=Limits(columns=3)).code == "too_many_columns"


def test_a_zip_bomb_is_stopped_even_when_its_directory_lies():
    data = book([HEADER, *ROWS])
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(b"\0" * 30_000_000) + bomb.flush()
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item))
        new.writestr("xl/media/big.bin", packed)
    raw = bytearray(stream.getvalue())
    # Call the stored bytes deflated, and small: both headers of the last entry.
    for mark, method_at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = raw.rfind(mark)
        raw[at + method_at : at + method_at + 2] = (8).to_bytes(2, "little")
    assert refusal(bytes(raw), limits=Limits(unpacked_bytes=2**20)).code == "unpacks_too_large"


def test_two_cells_in_far_corners_do_not_fill_the_memory():
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.append(["编号", "内容"])
    page.append(["1", "路灯坏了"])
    page["XFD1048576"] = "x"
    stream = io.BytesIO()
    workbook.save(stream)
    sheet = read(stream.getvalue(), limits=Limits(rows=500))
    assert sheet.columns == ("编号", "内容")
    assert next(iter(sheet.rows))[:2] == ("1", "路灯坏了")
