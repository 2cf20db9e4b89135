"""What kind of file is this? Decided by its bytes; the name only helps for plain text."""

import re
import zipfile
import zlib
from io import BytesIO

from .sheet_limits import SheetError

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
SIGNATURES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"{\\rtf", "document"),
    (b"SQLite format 3", "database"),
)
BLOCK = 1 << 20
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,8})"')
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,8})"')


def kind_of(data):
    """Return xlsx, xls, html or text for the bytes of a file; refuse anything else.

    Raises SheetError: empty, encrypted, not_a_sheet, save_as_xlsx, damaged.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise SheetError("empty")
    for signature, looks_like in SIGNATURES:
        if data.startswith(signature):
            raise SheetError("not_a_sheet", looks_like=looks_like)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(data)
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise SheetError("save_as_xlsx", kind="xml")
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head")):
        return "html"
    return "text"


def _kind_of_ole(data):
    """An old Office container: a locked xlsx, a true xls, or a Word file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SheetError("encrypted")
    if any(word.encode("utf-16-le") in data for word in ("Workbook", "Book\0")):
        return "xls"
    looks_like = "document" if "WordDocument".encode("utf-16-le") in data else "office"
    raise SheetError("not_a_sheet", looks_like=looks_like)


def _kind_of_zip(data):
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SheetError("damaged") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise SheetError("save_as_xlsx", kind="xlsb")
    if "content.xml" in names:
        raise SheetError("save_as_xlsx", kind="ods")
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise SheetError("not_a_sheet", looks_like="document")
    raise SheetError("not_a_sheet", looks_like="archive")


def weigh_zip(data, limits):
    """Unpack every part once without keeping it; return the widest row × column product.

    The sizes written in a zip's directory are the sender's claim, so we count what really comes
    out, and stop at the limit. The product guards the readers: two cells in opposite corners of a
    sheet are a small file but a table of seventeen thousand million cells.
    Raises SheetError: unpacks_too_large, damaged, encrypted.
    """
    total, corner = 0, 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > limits.entries:
                raise SheetError("unpacks_too_large", limit=limits.unpacked_bytes)
            for part in parts:
                if part.flag_bits & 1:
                    raise SheetError("encrypted")
                size, cells = _weigh_part(data, part, limits.unpacked_bytes - total)
                total += size
                corner = max(corner, cells)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, IndexError) as error:
        raise SheetError("damaged") from error
    return corner


def _weigh_part(data, part, room):
    """Return (unpacked bytes, rows × columns) of one part; `room` is what may still come out."""
    is_grid = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, rows, columns, tail = 0, 0, 0, b""
    for block in _blocks(data, part):
        size += len(block)
        if size > room:
            raise SheetError("unpacks_too_large", limit=room)
        if is_grid:
            rows, columns = _corner(tail + block, rows, columns)
            tail = block[-256:]
    return size, rows * columns


def _corner(xml, rows, columns):
    for match in ROW.finditer(xml):
        rows = max(rows, int(match[1]))
    for letters, row in set(CELL.findall(xml)):
        rows = max(rows, int(row))
        index = 0
        for letter in letters:
            index = index * 26 + letter - 64
        columns = max(columns, index)
    return rows, columns


def _blocks(data, part):
    """Yield what a part unpacks to, in blocks, whatever size its header claims."""
    head = part.header_offset
    names = int.from_bytes(data[head + 26 : head + 28], "little")
    extra = int.from_bytes(data[head + 28 : head + 30], "little")
    start = head + 30 + names + extra
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[i : i + BLOCK]) for i in range(0, len(packed), BLOCK))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise SheetError("damaged")
    machine = zlib.decompressobj(-15)
    feed = bytes(packed)
    while feed and not machine.eof:
        yield machine.decompress(feed, BLOCK)
        feed = machine.unconsumed_tail
