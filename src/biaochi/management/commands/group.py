"""Group a spreadsheet of messages into matters, without a database: tables in, tables out."""

import csv
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from biaochi.engine.group_table import MATTERS, MEMBERS, group_file
from biaochi.engine.sheet import SheetError, read
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Refused, rows_to_messages
from biaochi.voice.sheets.sentences import of_file, of_row

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class Command(BaseCommand):
    help = "Group a spreadsheet of messages into matters (no database)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--out", type=Path, required=True, help="an .xlsx; or a .csv: two files"
        )
        parser.add_argument("--map", default="", metavar="FIELD=COLUMN,…", help="correct the guess")

    def handle(self, *args, file, out, map, **options):
        if out.suffix.lower() not in {".xlsx", ".csv"}:
            raise CommandError("--out has to end in .xlsx or .csv")
        if not out.parent.is_dir():
            raise CommandError(f"there is no folder {out.parent}; make it first")
        rows = self.rows_of(file, map)
        self.stderr.write(f"{len(rows):,} messages read; grouping …")
        matters, members = group_file(rows)
        if out.suffix.lower() == ".csv":
            paths = [
                write_csv(out.with_suffix(".matters.csv"), MATTERS, matters),
                write_csv(out.with_suffix(".members.csv"), MEMBERS, members),
            ]
        else:
            paths = [write_xlsx(out, matters, members)]
        shared = sum(matter["messages"] > 1 for matter in matters)
        self.stdout.write(f"{len(matters):,} matters, {shared:,} of them raised more than once")
        self.stdout.write("written: " + ", ".join(str(path) for path in paths))

    def rows_of(self, file, map):
        try:
            sheet = read(file, file.name)
            mapping = guess_mapping(sheet.columns, sheet.sample)
            corrections = dict(pair.split("=", 1) for pair in map.split(",") if "=" in pair)
            mapping = mapping.with_(**corrections)
            found = list(rows_to_messages(sheet, mapping))
        except SheetError as wrong:
            raise CommandError(of_file(wrong.code, wrong.params)) from None
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}") from None
        refused = [row for row in found if isinstance(row, Refused)]
        for row in refused[:20]:
            self.stderr.write(
                f"row {row.row_number} left out: {of_row(row.code, dict(row.params))}"
            )
        if len(refused) > 20:
            self.stderr.write(f"… and {len(refused) - 20} more rows left out")
        return [row for row in found if not isinstance(row, Refused)]


def safe(value):
    """A cell as a spreadsheet may open it: a text that looks like a formula stays a text."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        return f"'{value}" if value.startswith(DANGEROUS) else value
    return value


def write_csv(path, columns, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({key: safe(value) for key, value in row.items()} for row in rows)
    return path


def write_xlsx(path, matters, members):
    book = Workbook(write_only=True)
    for name, columns, rows in (("matters", MATTERS, matters), ("members", MEMBERS, members)):
        page = book.create_sheet(name)
        page.append(columns)
        for row in rows:
            page.append([safe(row[column]) for column in columns])
    book.save(path)
    return path
