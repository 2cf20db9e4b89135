"""Learn from a sorted spreadsheet, and suggest a label for every message of another."""

import csv
from pathlib import Path

from django.core.management.base import CommandError
from openpyxl import Workbook

from biaochi.engine.route import RouteError, load, save
from biaochi.engine.route_table import COLUMNS, UNSURE, suggest_rows, train_rows

from .group import Command as Group
from .group import safe

WRONG = {
    "no_labels": "no row has a label; name the column with --map category=COLUMN",
    "no_texts": "there is nothing to learn from",
    "one_label": "all rows have the same label; there is nothing to tell apart",
    "not_a_model": "the model file is damaged, changed, or of another version; train it again",
}


class Command(Group):
    """Rows are read, and refused with the same sentences, as `biaochi group` reads them."""

    help = "Learn where messages belong, and suggest it for others (no database)."

    def add_arguments(self, parser):
        deeds = parser.add_subparsers(dest="deed", required=True, metavar="train | suggest")
        train = deeds.add_parser("train", help="learn from a spreadsheet with a column of labels")
        suggest = deeds.add_parser("suggest", help="suggest a label for each message")
        suggest.add_argument("--out", type=Path, required=True, help="an .xlsx or a .csv")
        for deed in (train, suggest):
            deed.add_argument("file", type=Path)
            deed.add_argument("--model", type=Path, required=True, help="the model's file")
            deed.add_argument(
                "--map", default="", metavar="FIELD=COLUMN,…", help="correct the guess"
            )

    def handle(self, *args, deed, file, model, map, out=None, **options):
        try:
            if deed == "train":
                self.train(file, model, map)
            else:
                self.suggest(file, model, map, out)
        except RouteError as wrong:
            raise CommandError(WRONG[wrong.code]) from None

    def train(self, file, target, map):
        needs_folder(target)
        rows = list(self.rows_of(file, map))
        self.stderr.write(f"{len(rows):,} messages read; learning …")
        model, left = train_rows(rows)
        with target.open("wb") as stream:
            save(model, stream)
        seen = model.quality
        if left:
            self.stderr.write(f"{left:,} rows without a label taught nothing")
        self.stdout.write(f"{len(model.labels)} labels from {seen.texts:,} messages")
        self.stdout.write(
            f"on messages it had not seen: {seen.accuracy:.1%} right, "
            f"macro-F1 {seen.macro_f1:.3f}, calibration error {seen.calibration_error:.3f}"
        )
        self.stdout.write(f"written: {target}")

    def suggest(self, file, source, map, out):
        if out.suffix.lower() not in {".xlsx", ".csv"}:
            raise CommandError("--out has to end in .xlsx or .csv")
        needs_folder(out)
        try:
            model = load(source)
        except OSError as wrong:
            raise CommandError(f"{source} cannot be read: {wrong.strerror}") from None
        rows = self.rows_of(file, map)
        table = suggest_rows(rows, model)
        write(out, [COLUMNS, *([safe(row[column]) for column in COLUMNS] for row in table)])
        unsure = sum(row["label"] == UNSURE for row in table)
        self.stdout.write(f"{len(table):,} messages, {unsure:,} of them not sure")
        self.stdout.write(f"written: {out}")


def needs_folder(path):
    if not path.parent.is_dir():
        raise CommandError(f"there is no folder {path.parent}; make it first")


def write(path, rows):
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return
    book = Workbook(write_only=True)
    page = book.create_sheet("suggestions")
    for row in rows:
        page.append(row)
    book.save(path)
