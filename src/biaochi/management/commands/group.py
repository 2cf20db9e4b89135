"""Group a spreadsheet of messages into matters, without a database: tables in, tables out."""

import csv
import os
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management.base import BaseCommand, CommandError
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from biaochi.engine.crew import Alone, Several
from biaochi.engine.group_table import MATTERS, MEMBERS, tables, walk
from biaochi.engine.sheet import SheetError, read
from biaochi.engine.sheet_mapping import guess_mapping
from biaochi.engine.sheet_rows import Refused, rows_to_messages
from biaochi.engine.store import Folder, Memory
from biaochi.voice.sheets.sentences import of_file, of_row

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
SMALL = 20_000  # messages that are grouped in memory, by this process alone
NAMED = 20  # rows left out that are named one by one
SHEET_ROWS = 1_048_576


class Command(BaseCommand):
    help = "Group a spreadsheet of messages into matters (no database)."
    requires_system_checks = ()
    read_count = refused_count = 0

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--out", type=Path, required=True, help="an .xlsx; or a .csv: two files"
        )
        parser.add_argument("--map", default="", metavar="FIELD=COLUMN,…", help="correct the guess")
        parser.add_argument(
            "--engine",
            choices=("local", "spark"),
            default="local",
            help="this machine, or a Spark cluster; the result is the same",
        )
        parser.add_argument(
            "--address", default="local[2]", help="with --engine spark: spark://host:7077"
        )
        parser.add_argument(
            "--workers", type=int, default=os.cpu_count() or 1, help="processes of this machine"
        )
        parser.add_argument(
            "--folder",
            type=Path,
            help="where to keep large work for the while; with spark, one that all machines see",
        )

    def handle(self, *args, file, out, **options):
        if out.suffix.lower() not in {".xlsx", ".csv"}:
            raise CommandError("--out has to end in .xlsx or .csv")
        for folder in (out.parent, options["folder"] or out.parent):
            if not folder.is_dir():
                raise CommandError(f"there is no folder {folder}; make it first")
        rows = self.rows_of(file, options["map"])
        first = list(islice(rows, SMALL))
        self.stderr.write("grouping …")
        with workshop(len(first) < SMALL, options) as (crew, store):
            found = tables(walk(chain(first, rows)), crew, store)
            counts, paths = write(out, found)
        self.stderr.write(f"{self.read_count:,} messages read")
        self.stdout.write(f"{counts[0]:,} matters, {counts[1]:,} of them raised more than once")
        self.stdout.write("written: " + ", ".join(str(path) for path in paths))

    def rows_of(self, file, map):
        """Yield the rows; those that cannot be read are named (the first of them) and counted."""
        try:
            sheet = read(file, file.name)
            mapping = guess_mapping(sheet.columns, sheet.sample)
            corrections = dict(pair.split("=", 1) for pair in map.split(",") if "=" in pair)
            mapping = mapping.with_(**corrections)
            for row in rows_to_messages(sheet, mapping):
                if isinstance(row, Refused):
                    self.refuse(row)
                else:
                    self.read_count += 1
                    yield row
        except SheetError as wrong:
            raise CommandError(of_file(wrong.code, wrong.params)) from None
        except OSError as wrong:
            raise CommandError(f"{file} cannot be read: {wrong.strerror}") from None
        if self.refused_count > NAMED:
            self.stderr.write(f"… and {self.refused_count - NAMED} more rows left out")

    def refuse(self, row):
        self.refused_count += 1
        if self.refused_count <= NAMED:
            said = of_row(row.code, dict(row.params))
            self.stderr.write(f"row {row.row_number} left out: {said}")


@contextmanager
def workshop(small, options):
    """Give (crew, store): in memory where the file is small, else in a folder that is removed."""
    spark = options["engine"] == "spark"
    if small and not spark:
        yield Alone(), Memory()
        return
    with ExitStack() as stack:
        place = TemporaryDirectory(prefix="biaochi-", dir=options["folder"])
        folder = Folder(stack.enter_context(place))
        crew = cluster(options["address"]) if spark else Several(options["workers"])
        yield stack.enter_context(crew), folder


def cluster(address):
    """A crew of many machines; Spark is an extra, not needed for anything else."""
    try:
        return import_module("biaochi.engine.cluster").Spark(address)
    except ImportError as missing:
        raise CommandError(
            f"--engine spark needs {missing.name}: pip install 'biaochi[spark]'"
        ) from None


def write(out, found):
    """Write the tables; return ((matters, shared matters), paths)."""
    return write_csv(out, found) if out.suffix.lower() == ".csv" else write_xlsx(out, found)


def safe(value):
    """A cell as a spreadsheet may open it: a text that looks like a formula stays a text."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        return f"'{value}" if value.startswith(DANGEROUS) else value
    return value


def write_csv(out, found):
    paths = [out.with_suffix(".matters.csv"), out.with_suffix(".members.csv")]
    with ExitStack() as stack:
        files = [
            stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")) for path in paths
        ]
        tables = [csv.writer(file, lineterminator="\r\n") for file in files]
        return put_down(found, *(table.writerow for table in tables)), paths


def write_xlsx(out, found):
    book = Workbook(write_only=True)
    pages = [book.create_sheet(name) for name in ("matters", "members")]
    counts = put_down(within(found), *(page.append for page in pages))
    book.save(out)
    return counts, [out]


def within(found):
    """Pass on what a spreadsheet can hold."""
    rows = 1
    for matter, inside in found:
        rows += len(inside)
        if rows > SHEET_ROWS:
            raise CommandError("that is more than a spreadsheet holds; let --out end in .csv")
        yield matter, inside


def put_down(found, matters, members):
    """Write every row by the two functions given; return (matters, shared matters)."""
    matters(MATTERS)
    members(MEMBERS)
    count = shared = 0
    for matter, inside in found:
        count, shared = count + 1, shared + (matter["messages"] > 1)
        matters([safe(matter[column]) for column in MATTERS])
        for row in inside:
            members([safe(row[column]) for column in MEMBERS])
    return count, shared
