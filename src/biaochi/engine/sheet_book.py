"""Workbooks (xlsx, xls) and tables saved as web pages under the name of a workbook.

python-calamine reads a workbook many times faster than openpyxl. It lays a sheet out as a full
rectangle, though, so a sheet with far-off stray cells goes to openpyxl, which streams.
"""

import re
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from .sheet_limits import SheetError, note

BREAKS = {"br", "p", "div"}


def open_book(data, limits, corner, wanted=None):
    """Return (function that starts the rows anew, sheet name, all visible names, notes).

    Raises SheetError: encrypted, damaged, no_rows, no_such_sheet.
    """
    if corner > limits.cells:
        return _stream(data, limits, wanted)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        name = _wanted(wanted, names)
        sheets = [book.get_sheet_by_name(n) for n in ([name] if name else names)]
    except PasswordError as error:
        raise SheetError("encrypted") from error
    except (CalamineError, XmlError, ZipError, ValueError, OSError):
        return _stream(data, limits, wanted)
    filled = [sheet for sheet in sheets if sheet.height and sheet.width]
    if not filled:
        raise SheetError("no_rows")
    # The first sheet with rows under a heading; a cover sheet of one line is passed over.
    sheet = next((s for s in filled if s.height > 1), filled[0])
    return sheet.iter_rows, sheet.name, tuple(names), _others(sheet.name, names)


def _wanted(wanted, names):
    if wanted is not None and wanted not in names:
        raise SheetError("no_such_sheet", name=wanted, names=tuple(names))
    return wanted


def _others(name, names):
    others = tuple(n for n in names if n != name)
    return (note("other_sheets", names=others),) if others else ()


def _stream(data, limits, wanted):
    """The slower way: openpyxl, row by row, only as wide as we allow."""
    try:
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of a dozen kinds through on damaged files
        raise SheetError("damaged") from error
    visible = [s for s in book.worksheets if s.sheet_state == "visible"]
    names = [sheet.title for sheet in visible]
    name = _wanted(wanted, names)
    for sheet in visible:
        sheet.reset_dimensions()
    heights = {s.title: sum(1 for _ in _some(s, limits, 2)) for s in visible}
    name = name or next((n for n in names if heights[n] > 1), None)
    name = name or next((n for n in names if heights[n]), None)
    if name is None:
        raise SheetError("no_rows")
    return lambda: _some(book[name], limits), name, tuple(names), _others(name, names)


def _some(sheet, limits, rows=None):
    """Yield the rows of an openpyxl sheet; a broken part of the file becomes a SheetError."""
    rows = rows or limits.rows + 50
    try:
        yield from sheet.iter_rows(max_row=rows, max_col=limits.columns, values_only=True)
    except Exception as error:  # the parts of a workbook are parsed only now
        raise SheetError("damaged") from error


def open_page(text):
    """Return a function which starts the rows of the longest table of a web page anew.

    Many office systems "export to Excel" by sending a web page named .xls.
    Raises SheetError: not_a_sheet when the page has no table.
    """
    reader = _Tables()
    reader.feed(text)
    reader.close()
    rows = max(reader.tables, key=len, default=[])
    if not rows:
        raise SheetError("not_a_sheet", looks_like="page")
    return lambda: iter(rows)


class _Tables(HTMLParser):
    """Collects tables as lists of rows of text; a cell that spans columns is padded."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tables, self.cell, self.span = [], None, 1

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self._end_cell()
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self._end_cell()
            span = dict(attrs).get("colspan") or ""
            self.cell, self.span = [], min(int(span), 64) if span.isdecimal() else 1
        elif tag in BREAKS and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag):
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data):
        if self.cell is not None:
            # In a web page a line end in the source is only a space.
            self.cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _end_cell(self):
        if self.cell is not None:
            self.tables[-1][-1].extend(["".join(self.cell).strip()] + [""] * (self.span - 1))
            self.cell = None
