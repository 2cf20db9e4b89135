"""The readers of this room: batches and their reports, for the office only."""

import csv
import io
from base64 import b64decode
from dataclasses import dataclass

from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.profiles import span
from biaochi.core.seal import unseal
from biaochi.voice.models import Batch
from biaochi.voice.rules import BatchState
from biaochi.voice.sheets import analysis, files, sentences
from biaochi.voice.sheets.rules import FIELDS

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: what it is taken for, and how that was guessed."""

    name: str
    samples: tuple
    field: str
    also: tuple  # what else it is used for, in words
    why: str
    sure: bool


def visible_to(actor):
    """The batches this actor may see: all of them for the office, none for anybody else."""
    if not actor.has(Role.STAFF):
        return Batch.objects.none()
    return Batch.objects.select_related("by")


def get(actor, pk):
    return visible_to(actor).filter(pk=pk).first()


def earlier(actor, *, without=None, limit=8):
    """The newest batches that were taken or are on their way."""
    batches = visible_to(actor).exclude(state=BatchState.TRIED)
    return list(batches.exclude(pk=without)[:limit])


def tried(actor):
    """The sheets that were tried and wait to be taken or dropped."""
    return list(visible_to(actor).filter(state=BatchState.TRIED)[:8])


def can_undo(batch, now):
    """Whether the sheet may still be taken back as a whole, and until which day."""
    if batch.state == BatchState.TAKING:
        return True, None
    if batch.state != BatchState.TAKEN:
        return False, None
    last = due_on(batch.taken_at, span("undo_import"))
    return local_day(now) <= last, last


def undo_days():
    return span("undo_import").amount


def columns(batch):
    """The columns of a batch with what they are taken for; samples only until it is taken."""
    report, fields = batch.report, batch.mapping.get("fields", {})
    sealed = report.get("samples_sealed")
    samples = unseal(b64decode(sealed), "sheet samples") if sealed else {}
    found = []
    for name in report.get("columns", []):
        code, params, sure = report["why"].get(name, ("unused", {}, True))
        roles = [field for field in FIELDS if name in fields.get(field, ())]
        found.append(
            Column(
                name=name,
                samples=tuple(samples.get(name, ())),
                field=roles[0] if roles else "",
                also=tuple(str(FIELDS[field]) for field in roles[1:]),
                why=sentences.of_guess(code, params, roles[0] if roles else ""),
                sure=sure,
            )
        )
    return found


def choices():
    """What a column may be taken for, for a select."""
    return [*((field, str(label)) for field, label in FIELDS.items()), ("", _("不要"))]


def refused_table(batch):
    """The rows that were not taken as CSV: number, reason, remedy and, while the file is here,
    the row itself, to be put right and brought again.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    rows = list(batch.refused_rows.all())
    names, cells = [], {}
    if batch.stored_as:
        data = files.kept(batch.stored_as).read_bytes()
        book = analysis.open_book(data, batch.file_name, fields=batch.mapping["fields"])
        names = list(book.columns)
        cells = analysis.cells_of(book, [row.row_number for row in rows])
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*map(harmless, names), _("第几行"), _("为什么没收"), _("怎么办")])
    for row in rows:
        told = [
            str(row.row_number),
            sentences.of_row(row.code, row.params),
            sentences.remedy(row.code),
        ]
        own = cells.get(row.row_number, [""] * len(names))
        writer.writerow(map(harmless, [*own, *told]))
    return "\ufeff" + out.getvalue()


def harmless(cell):
    """A cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(FORMULA) else cell
