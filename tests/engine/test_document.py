"""Files of words: what is read, what is only counted, and what is refused with which code."""

import io
import zipfile
from dataclasses import replace

import pytest

from biaochi.engine.document import read
from biaochi.engine.document_limits import LIMITS, DocumentError
from biaochi.engine.plain import is_everyday
from tests.engine.docx_made import docx, paragraph

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
TEXT = "第一段，讲路灯。\n第二段，讲电梯。"


def code_of(data, limits=LIMITS):
    with pytest.raises(DocumentError) as refusal:
        read(data, limits)
    return refusal.value.code


def test_paragraphs_headings_and_the_title_of_a_word_file_are_read():
    found = read(
        docx(
            paragraph("到群众中去", "T"),
            paragraph("一、门开着", "1"),
            paragraph("去年冬天。"),
            paragraph("把小事当大事", "1"),
        )
    )
    assert found.kind == "docx"
    assert found.lines == ("到群众中去", "一、门开着", "去年冬天。", "把小事当大事")
    assert found.headings == ("一、门开着", "把小事当大事")
    assert found.title == "到群众中去"
    assert found.notes == ()


def test_runs_tabs_and_line_breaks_keep_the_words_together():
    body = (
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>路</w:t></w:r>'
        "<w:r><w:tab/><w:t>灯</w:t><w:br/><w:t>亮了</w:t><w:br w:type='page'/></w:r></w:p>"
    )
    assert read(docx(body)).lines == ("路\t灯", "亮了")


def test_a_row_of_a_table_is_one_line():
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(paragraph("谁来办")) + cell.format(paragraph("城管局")) + "</w:tr>"
    assert read(docx(f"<w:tbl>{row}{row}</w:tbl>")).lines == ("谁来办\t城管局",) * 2


def test_what_the_words_cannot_show_is_counted():
    body = (
        paragraph("看得见的话。")
        + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起来的话</w:t></w:r>"
        + "<w:r><w:footnoteReference w:id='1'/><w:drawing/></w:r>"
        + "<w:del><w:r><w:delText>删掉的话</w:delText></w:r></w:del></w:p>"
        + "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>自动编号的话。</w:t></w:r></w:p>"
    )
    found = read(docx(body))
    assert found.lines == ("看得见的话。", "", "自动编号的话。")
    counts = {code: params["count"] for code, params in found.notes}
    assert counts == {
        "hidden_words": 5,
        "footnotes": 1,
        "pictures": 1,
        "struck_words": 1,
        "numbering": 1,
    }


def test_a_text_box_is_read_once():
    box = paragraph("框里的话。")
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent><w:t>框外的话。</w:t></w:r></w:p>"
    )
    assert read(docx(body)).lines == ("框里的话。", "框外的话。")


@pytest.mark.parametrize(
    ("encoding", "notes"),
    [
        ("utf-8", ()),
        ("utf-8-sig", ()),
        ("gb18030", (("encoding", {"name": "GB18030"}),)),
        ("utf-16", (("encoding", {"name": "utf-16-le"}),)),
    ],
)
def test_plain_text_of_the_usual_encodings_is_read(encoding, notes):
    found = read(TEXT.encode(encoding))
    assert found.lines == tuple(TEXT.splitlines())
    assert found.notes == notes


def test_the_compilation_is_plain_text(shared):
    path = shared / "library" / "compilation_of_four_speeches.txt"
    found = read(path.read_bytes())
    assert (found.kind, found.notes) == ("txt", ())


def test_letters_that_nobody_sees_are_taken_out_and_counted():
    found = read("路\u200b灯\u202e坏了\ufeff。".encode())
    assert found.lines == ("路灯坏了。",)
    assert found.notes == (("unseen_letters", {"count": 3}),)


def test_a_text_in_a_third_encoding_is_not_read_as_rare_characters():
    assert code_of(("這是臺灣的編碼寫成的一段話，內容是關於路燈與電梯的。" * 5).encode("big5")) in {
        "unknown_encoding"
    }
    assert not is_everyday("锟斤拷烫烫烫屯屯屯")
    assert is_everyday("第十九条：承办单位应当在 3 个月内书面答复。")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\0", "empty"),
        (b"%PDF-1.7 ...", "not_a_document"),
        (b"\x89PNG\r\n", "not_a_document"),
        (b"{\\rtf1 abc}", "not_a_document"),
        (b"MZ\x90\x00" + b"\0" * 50, "not_a_document"),
        (b"<html><body>hello</body></html>", "not_a_document"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "old_word"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"PK\x03\x04 not a zip at all", "damaged"),
        ("路灯\0坏了".encode(), "not_text"),
        (b"\xff\xfe\x00", "unknown_encoding"),
        ("……，。".encode(), "no_words"),
        (docx("<w:p></w:p>"), "no_words"),
        (docx(paragraph("话"), doctype=BOMB), "declares_entities"),
        (docx(paragraph("话"), more={"word/vbaProject.bin": b"x"}), "has_macros"),
        (
            docx(
                paragraph("话"),
                more={
                    "word/_rels/settings.xml.rels": (
                        '<Relationships><Relationship Type="x/attachedTemplate" '
                        'Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
                    )
                },
            ),
            "fetches_from_outside",
        ),
        (docx("<w:p>" * 200 + "</w:p>" * 200), "too_deep"),
        (docx("<w:p><w:r>"), "damaged"),
        (docx(paragraph("话"))[:-40], "damaged"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused_with_its_code(data, code):
    assert code_of(data) == code


def test_a_link_in_the_text_is_no_reason_to_refuse():
    rels = (
        '<Relationships><Relationship Type="x/hyperlink" Target="http://example.org/" '
        'TargetMode="External"/></Relationships>'
    )
    assert read(docx(paragraph("话"), more={"word/_rels/document.xml.rels": rels})).lines == ("话",)


def test_a_zip_without_a_word_document_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    assert code_of(out.getvalue()) == "not_a_document"


def test_a_packing_that_word_never_uses_is_called_damage():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert code_of(out.getvalue()) == "damaged"


def test_a_file_that_unpacks_to_more_than_it_may_stops_at_the_limit():
    data = docx(paragraph("灯" * 400_000))
    assert len(data) < 10_000
    assert code_of(data, replace(LIMITS, unpacked_bytes=100_000)) == "unpacks_too_large"
    assert code_of(data, replace(LIMITS, letters=1_000)) == "too_long"
    assert code_of(data, replace(LIMITS, file_bytes=100)) == "too_large"


@pytest.mark.parametrize("place", range(60, 900, 40))
def test_a_file_with_a_bad_byte_anywhere_is_read_or_refused_but_never_breaks(place):
    data = bytearray(docx(paragraph("第一段。"), paragraph("第二段。"), more={"a": "b" * 400}))
    data[place % len(data)] ^= 0x5A
    try:
        assert read(bytes(data)).kind == "docx"
    except DocumentError as refusal:
        assert refusal.code in {"damaged", "encrypted", "not_a_document", "no_words"}
