"""The verbs on a spreadsheet: try it, say what its columns are, take it in, undo, redo.

A dry run writes the batch and the refused rows, nothing else. Taking goes chunk by chunk, and
each chunk is one transaction that also moves ``next_row``; so a program that is killed goes on
with the row it had come to, and no row comes in twice: its fingerprint is unique.
"""

from base64 import b64encode
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Actor, Role
from biaochi.core.clock import due_on
from biaochi.core.moves import check_move
from biaochi.core.profiles import span
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours, Refused
from biaochi.core.seal import seal
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Batch, RefusedRow
from biaochi.voice.rules import BATCH_MOVES, BatchState
from biaochi.voice.sheets import analysis, files
from biaochi.voice.sheets.printing import report_lines
from biaochi.voice.sheets.rules import check_fields, check_has_words, check_undo
from biaochi.voice.sheets.signing import fields_used_before, signature_of
from biaochi.voice.sheets.taking import came_in_again, take_chunk
from biaochi.voice.sheets.weighing import chunks, weigh

SAMPLES = "sheet samples"
EXAMPLES = 5


def try_in(*, file_bytes_or_path, file_name, by, now, mapping=None):
    """Read a whole spreadsheet and report what would become of each row; take nothing.

    :param mapping: ``{field: column or [columns]}`` to correct the guess
    :raises NotYours: :raises Incomplete: the file cannot be read, or the mapping not be followed
    """
    check_move(BATCH_MOVES, None, BatchState.TRIED, by.roles)
    data = files.read_bytes(file_bytes_or_path)
    stored_as = files.keep(data)
    try:
        return _tried(data, file_name, stored_as, listed(mapping), by, now)
    except BaseException:
        files.remove(stored_as)
        raise


@transaction.atomic
def _tried(data, file_name, stored_as, mapping, by, now):
    book, notes = _open_first(data, file_name, mapping, now)
    batch = Batch.objects.create(
        file_name=file_name[-200:],
        file_hash=files.hash_of(data),
        stored_as=stored_as,
        by_id=by.account,
        tried_at=now,
    )
    earlier = Batch.objects.filter(file_hash=batch.file_hash, taken_at__isnull=False).first()
    if earlier:
        notes.append(("same_file", {"day": earlier.taken_at.date().isoformat()}))
    _report(batch, book, notes)
    record(by=by, verb="try sheet", thing=batch, at=now, after=BatchState.TRIED)
    return batch


def _open_first(data, file_name, mapping, now):
    """Open a file under the mapping given, or the one that the same columns had before."""
    book = analysis.open_book(data, file_name)
    if mapping is not None:
        check_fields(mapping, book.columns)
        fields = {**book.fields, **mapping}
        return analysis.open_book(data, file_name, fields=fields), []
    before = fields_used_before(book.columns)
    if before is None:
        return book, []
    fields, day = before
    note = ("same_columns", {"day": day.isoformat()})
    return analysis.open_book(data, file_name, fields=fields, why="as_before"), [note]


@transaction.atomic
def remap(*, batch, mapping, by, now):
    """Try the same file again with other columns: ``{field: [columns]}``, all of them.

    :raises NotNow: it is being taken already
    """
    batch = _locked(batch)
    _check_tried(batch, by)
    data = files.kept(batch.stored_as).read_bytes()
    fields = listed(mapping)
    book = analysis.open_book(data, batch.file_name)
    check_fields(fields, book.columns)
    notes = [note for note in batch.report.get("notes", []) if note[0] == "same_file"]
    _report(batch, analysis.open_book(data, batch.file_name, fields=fields), notes)
    record(by=by, verb="remap sheet", thing=batch, at=now)
    return batch


def listed(mapping):
    """A mapping with every value a list, or None."""
    if mapping is None:
        return None
    return {
        field: [columns] if isinstance(columns, str) else list(columns or ())
        for field, columns in mapping.items()
    }


def _report(batch, book, notes):
    """Weigh every row and write what was found; without words there is nothing to weigh yet."""
    RefusedRow.objects.filter(batch=batch).delete()
    has_words = bool(book.fields.get("text"))
    found = weigh(book, tried_at=batch.tried_at) if has_words else None
    batch.mapping = {"fields": book.fields, "signature": signature_of(book.columns)}
    batch.read_count = found.read if found else book.sheet.row_count
    batch.known_count = found.known if found else 0
    batch.refused_count = len(found.refused) if found else 0
    batch.taken_count = batch.next_row = 0
    batch.report = {
        "columns": list(book.columns),
        "why": {column: list(reason) for column, reason in book.why.items()},
        "samples_sealed": b64encode(seal(book.samples, SAMPLES)).decode(),
        "header_row": book.sheet.header_row,
        "sheet_name": book.sheet.sheet_name,
        "notes": [*notes, *book.notes, *(found.notes if found else ())],
        **(_figures(found) if found else {}),
    }
    batch.save()
    RefusedRow.objects.bulk_create(
        (
            RefusedRow(batch=batch, row_number=row.number, code=row.code, params=row.params)
            for row in (found.refused if found else ())
        ),
        batch_size=500,
    )


def _figures(found):
    return {
        "takes": found.takes,
        "people": found.people,
        "reachable": found.reachable,
        "look_count": found.look_count,
        "looks": [
            [code, len(rows), rows[:EXAMPLES]]
            for code, rows in sorted(found.looks.items(), key=lambda item: -len(item[1]))
        ],
    }


@transaction.atomic
def begin(*, batch, by, now, seen=False):
    """Decide that a tried sheet is to be taken; ``take_in`` or the worker does it.

    :param seen: the office vouches that these words may be shown at once
    :raises Incomplete: nobody has said which column holds the words
    """
    batch = _locked(batch)
    check_move(BATCH_MOVES, batch.state, BatchState.TAKING, by.roles)
    check_has_words(batch.mapping["fields"])
    batch.state, batch.known_count, batch.taken_count = BatchState.TAKING, 0, 0
    batch.mapping = {**batch.mapping, "seen": bool(seen)}
    batch.save()
    record(
        by=by, verb="begin sheet", thing=batch, at=now,
        before=BatchState.TRIED, after=BatchState.TAKING,
    )  # fmt: skip
    return batch


def take_in(*, batch, by, now, on_progress=None, stop=None, seen=False):
    """Take a sheet in, from where it stands to its end. Killed half way, call it again.

    :param on_progress: called with (rows done, rows of the sheet) after each chunk
    :param stop: called after each chunk; when it answers true the rest is left for later
    :returns: the batch, TAKEN, or still TAKING when it was stopped
    """
    batch = Batch.objects.get(pk=batch.pk)
    if batch.state == BatchState.TRIED:
        batch = begin(batch=batch, by=by, now=now, seen=seen)
    check_move(BATCH_MOVES, batch.state, BatchState.TAKEN, by.roles)
    data = files.kept(batch.stored_as).read_bytes()
    book = analysis.open_book(data, batch.file_name, fields=batch.mapping["fields"])
    for chunk in chunks(analysis.rows(book, tried_at=batch.tried_at, after=batch.next_row)):
        took = take_chunk(batch=batch, rows=chunk, by=by, now=now)
        if took is None:  # somebody else goes on with it, or has called it off
            return Batch.objects.get(pk=batch.pk)
        batch = took
        if on_progress:
            on_progress(batch.taken_count + batch.known_count, _to_take(batch))
        if stop and stop():
            return batch
    return _finish(batch, by, now)


def _to_take(batch):
    return batch.read_count - batch.refused_count


@transaction.atomic
def _finish(batch, by, now):
    batch = _locked(batch)
    if batch.state != BatchState.TAKING:
        return batch
    check_move(BATCH_MOVES, batch.state, BatchState.TAKEN, by.roles)
    stored_as, batch.stored_as = batch.stored_as, ""
    batch.state, batch.taken_at, batch.held = BatchState.TAKEN, now, False
    batch.report = {**batch.report, "samples_sealed": ""}
    batch.save()
    note = f"taken {batch.taken_count}, known {batch.known_count}, refused {batch.refused_count}"
    record(
        by=by, verb="take sheet", thing=batch, at=now,
        before=BatchState.TAKING, after=BatchState.TAKEN, note=note,
    )  # fmt: skip
    transaction.on_commit(lambda: files.remove(stored_as))
    return batch


def import_file(
    path, *, by, now, dry_run=False, mapping_words=None, on_progress=None, echo=print, seen=False
):
    """Try a file, tell what was found, and take it in: the command ``biaochi import voices``.

    A file that was left half way is gone on with, not begun again.

    :param mapping_words: ``{field: column}`` as typed; several columns joined by +
    :returns: the batch
    """
    files.check_size(Path(path).stat().st_size)
    data = Path(path).read_bytes()
    half = Batch.objects.filter(state=BatchState.TAKING, file_hash=files.hash_of(data)).first()
    mapping = {field: names.split("+") for field, names in (mapping_words or {}).items()}
    batch = half or try_in(
        file_bytes_or_path=data, file_name=Path(path).name, by=by, now=now, mapping=mapping or None
    )
    for line in report_lines(batch):
        echo(line)
    if dry_run:
        return batch
    batch = take_in(batch=batch, by=by, now=now, on_progress=on_progress, seen=seen)
    echo(
        _("收下 %(taken)s 行，以前收过 %(known)s 行，没收 %(refused)s 行。")
        % {
            "taken": batch.taken_count,
            "known": batch.known_count,
            "refused": batch.refused_count,
        }
    )
    return batch


def resume(*, now, on_progress=None, stop=None):
    """Go on with every sheet that was left half way, under the name of who began it.

    :returns: how many sheets were gone on with
    """
    left = Batch.objects.filter(state=BatchState.TAKING, held=False).order_by("pk")
    sheets = list(left.select_related("by"))
    for batch in sheets:
        by = _beginner(batch)
        until = stop or partial(_is_held, batch.pk)
        try:
            take_in(batch=batch, by=by, now=now, on_progress=on_progress, stop=until)
        except Refused:  # its file is gone, say: somebody has to look, the others go on
            hold(batch=batch, by=by, now=now)
    forget_tried(now=now)
    return len(sheets)


def _beginner(batch):
    name = batch.by.username if batch.by else "sheet"
    return Actor(name, frozenset({Role.STAFF}), None, batch.by_id)


def _is_held(pk):
    return Batch.objects.filter(pk=pk, held=True).exists()


@transaction.atomic
def hold(*, batch, by, now):
    """Stop a sheet on its way in; what is in stays in."""
    return _held(batch, True, by, now)


@transaction.atomic
def go_on(*, batch, by, now):
    """Let a stopped sheet go on; ``take_in`` or the worker does it."""
    return _held(batch, False, by, now)


def _held(batch, held, by, now):
    check_office(by)
    batch = _locked(batch)
    if batch.state != BatchState.TAKING:
        raise NotNow(_("这张表现在没有在收。"))
    batch.held = held
    batch.save(update_fields=["held"])
    record(by=by, verb="hold sheet" if held else "go on with sheet", thing=batch, at=now)
    return batch


@transaction.atomic
def undo(*, batch, by, now):
    """Take the whole sheet back, within the days that the profile gives.

    :raises NotNow: the days are over, or nothing of it is in
    """
    batch = _locked(batch)
    before = batch.state
    check_move(BATCH_MOVES, before, BatchState.UNDONE, by.roles)
    check_undo(batch.taken_at, span("undo_import"), now)
    moved = matters.recall_batch(batch=batch, by=by, now=now)
    stored_as, batch.stored_as = batch.stored_as, ""
    batch.state, batch.held = BatchState.UNDONE, False
    batch.taken_at = batch.taken_at or now
    batch.report = {**batch.report, "samples_sealed": ""}
    batch.save()
    record(
        by=by, verb="undo sheet", thing=batch, at=now,
        before=before, after=BatchState.UNDONE, note=str(len(moved)),
    )  # fmt: skip
    transaction.on_commit(lambda: files.remove(stored_as))
    return batch


@transaction.atomic
def redo(*, batch, by, now):
    """Let a sheet that was taken back come in again, as far as it had come.

    :raises NotNow: its rows came in with another sheet meanwhile
    """
    batch = _locked(batch)
    check_move(BATCH_MOVES, batch.state, BatchState.TAKEN, by.roles)
    if came_in_again(batch):
        raise NotNow(_("这些行后来又导了一次，恢复这一批就重了，不能再恢复。"))
    moved = matters.return_batch(batch=batch, by=by, now=now)
    batch.state = BatchState.TAKEN
    batch.save(update_fields=["state"])
    record(
        by=by, verb="redo sheet", thing=batch, at=now,
        before=BatchState.UNDONE, after=BatchState.TAKEN, note=str(len(moved)),
    )  # fmt: skip
    return batch


@transaction.atomic
def drop(*, batch, by, now):
    """Forget a sheet that was only tried, with its file."""
    batch = _locked(batch)
    _check_tried(batch, by)
    record(by=by, verb="drop sheet", thing=batch, at=now, before=BatchState.TRIED)
    stored_as = batch.stored_as
    batch.delete()
    transaction.on_commit(lambda: files.remove(stored_as))


def forget_tried(*, now):
    """Forget the sheets that were tried and never taken for as long as drafts are kept."""
    kept, forgotten = span("draft_kept"), 0
    for batch in Batch.objects.filter(state=BatchState.TRIED).select_related("by"):
        if due_on(batch.tried_at, kept) < now.date():
            drop(batch=batch, by=_beginner(batch), now=now)
            forgotten += 1
    return forgotten


def check_office(by):
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能导表格。"))


def _check_tried(batch, by):
    check_office(by)
    if batch.state != BatchState.TRIED:
        raise NotNow(_("这张表已经在收或者收完了，列的对法不能再改。"))


def _locked(batch):
    return Batch.objects.select_for_update().get(pk=batch.pk)
