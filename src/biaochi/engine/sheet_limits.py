"""What a spreadsheet may weigh, and the one way in which reading it fails.

A spreadsheet comes from outside: it may be a picture with the wrong name, a locked workbook,
or a few kilobytes that unpack to many gigabytes. Every such case ends in a `SheetError` which
carries a code and its parameters; the page makes the sentence.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """The largest sheet we take: bytes as sent and unpacked, rows, columns, cells, characters."""

    file_bytes: int = 64 * 2**20
    unpacked_bytes: int = 512 * 2**20
    entries: int = 5_000
    rows: int = 200_000
    columns: int = 256
    cells: int = 20_000_000
    text_length: int = 20_000


LIMITS = Limits()


class SheetError(Exception):
    """A sheet that cannot be read; `code` names the reason, `params` fill its sentence.

    Codes: empty, too_large (size, limit), unpacks_too_large (limit), too_many_rows (limit),
    too_many_columns (limit), encrypted, not_a_sheet (looks_like), save_as_xlsx (kind), damaged,
    unknown_encoding, quotes_unclosed (row), no_such_sheet (name, names), no_rows,
    no_text_column (columns), no_such_column (column, columns), no_such_field (field, fields),
    no_category_column.
    """

    def __init__(self, code, **params):
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self):
        return f"{self.code} {self.params}" if self.params else self.code


@dataclass(frozen=True)
class Note:
    """Something the reader should know about a sheet that was read; like an error, as data."""

    code: str
    params: tuple[tuple[str, object], ...] = ()


def note(code, **params):
    """Return a Note with its parameters in a fixed order."""
    return Note(code, tuple(sorted(params.items())))
