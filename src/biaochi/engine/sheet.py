"""Read a spreadsheet that nobody prepared for us.

`read` takes bytes or a path and returns a `Sheet`: named columns and rows that can be walked as
often as needed, from any row on. Nothing here knows what the columns mean; that is
`sheet_mapping.guess_mapping` and `sheet_rows.rows_to_messages`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .sheet_book import open_book, open_page
from .sheet_file import kind_of, weigh_zip
from .sheet_header import filled_width, guess_header, is_blank, name_columns
from .sheet_limits import LIMITS, Limits, Note, SheetError, note
from .sheet_text import decode, open_rows, sniff_delimiter

__all__ = ["LIMITS", "Limits", "Note", "Sheet", "SheetError", "read"]

HEAD = 200
STRIDE = 97
SAMPLE = 600


@dataclass(frozen=True)
class Sheet:
    """One table. `header_row` is counted from 1 as a spreadsheet shows it, 0 when there is none.

    `row_count` counts the rows under the header that hold anything. `notes` says what was assumed
    on the way (other sheets left aside, broken letters, renamed columns, no header).
    """

    columns: tuple[str, ...]
    encoding: str | None
    kind: str
    sheet_name: str
    sheet_names: tuple[str, ...]
    header_row: int
    row_count: int
    sample: tuple[tuple, ...]
    notes: tuple[Note, ...]
    _open: Callable[[], Iterator] = field(repr=False, compare=False)

    @property
    def rows(self):
        """Walk the filled rows below the header, as tuples at least as long as `columns`."""
        return (cells for _, cells in self.numbered())

    def numbered(self, after=0):
        """Yield (row number, cells); with `after`, only rows below that number.

        Row numbers are those the spreadsheet shows, so work can be taken up again where it
        stopped, and a refusal can name its row.
        """
        first = max(self.header_row, after)
        width = len(self.columns)
        for number, cells in enumerate(islice(self._open(), first, None), first + 1):
            if not is_blank(cells):
                yield number, tuple(cells) + ("",) * (width - len(cells))


def read(source, name="", *, sheet=None, limits=LIMITS):
    """Return the Sheet in `source` (bytes or a path).

    `name` is the file's name as the sender gave it; `sheet` chooses a sheet of a workbook.
    The kind is decided by the bytes, never by the name. Raises SheetError (see its codes).
    """
    data = _bytes(source, limits)
    kind = kind_of(data)
    encoding, sheet_name, sheet_names = None, Path(name).stem, ()
    if kind in ("xlsx", "xls"):
        corner = weigh_zip(data, limits) if kind == "xlsx" else 0
        start, sheet_name, sheet_names, notes = open_book(data, limits, corner, sheet)
    else:
        text, encoding, notes = decode(data)
        if kind == "html":
            start = open_page(text)
        else:
            delimiter = sniff_delimiter(text)
            kind = "tsv" if delimiter == "\t" else "csv"
            start = open_rows(text, delimiter)
    return _sheet(start, kind, encoding, sheet_name, sheet_names, notes, limits)


def _bytes(source, limits):
    if isinstance(source, bytes | bytearray | memoryview):
        data = bytes(source)
    else:
        path = Path(source)
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise SheetError("too_large", size=size, limit=limits.file_bytes)
        data = path.read_bytes()
    if len(data) > limits.file_bytes:
        raise SheetError("too_large", size=len(data), limit=limits.file_bytes)
    return data


def _sheet(start, kind, encoding, sheet_name, sheet_names, notes, limits):
    """Walk the rows once: find the header, count, and keep a spread sample."""
    head = [tuple(cells) for cells in islice(start(), HEAD)]
    header_row = guess_header(head)
    count, widths, sample = 0, [], []
    for number, cells in enumerate(islice(start(), header_row, None), header_row + 1):
        if is_blank(cells):
            continue
        count += 1
        if count > limits.rows:
            raise SheetError("too_many_rows", limit=limits.rows)
        if number <= HEAD or (number % STRIDE == 0 and len(sample) < SAMPLE):
            widths.append(filled_width(cells))
            sample.append(tuple(cells))
    if not count:
        raise SheetError("no_rows")
    header = head[header_row - 1] if header_row else ()
    columns, renamed = name_columns(header, _width(header, widths, kind))
    if len(columns) > limits.columns:
        raise SheetError("too_many_columns", limit=limits.columns)
    more = () if header_row else (note("no_header"),)
    more += (note("columns_renamed", columns=renamed),) if renamed else ()
    sample = tuple((cells + ("",) * len(columns))[: len(columns)] for cells in sample)
    return Sheet(
        columns, encoding, kind, sheet_name, sheet_names, header_row, count, sample,
        tuple(notes) + more, start,
    )  # fmt: skip


def _width(header, widths, kind):
    """How many columns the rows need.

    A workbook's cells cannot slip, so any filled cell counts. In delimited text an unquoted comma
    makes one row too long; only when many rows are longer than the header does it lack names.
    """
    named = filled_width(header)
    longer = [width for width in widths if width > named]
    slips = kind in ("csv", "tsv") and named and len(longer) * 5 < len(widths)
    return named if slips or not longer else max(longer)
