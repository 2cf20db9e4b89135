"""The report of a dry run as lines of text, for the command line."""

from django.utils.translation import gettext as _

from biaochi.voice.sheets import report, sentences
from biaochi.voice.sheets.rules import FIELDS


def report_lines(batch):
    """Yield what a person at a terminal should know about a sheet that was tried."""
    figures = report.figures(batch)
    yield _(
        "%(file)s：读了 %(read)s 行，能收下 %(takes)s 行，以前收过 %(known)s 行，没收 %(refused)s 行"
    ) % {
        "file": batch.file_name,
        "read": figures.read,
        "takes": figures.takes,
        "known": figures.known,
        "refused": figures.refused,
    }
    for field, columns in batch.mapping["fields"].items():
        yield _("  %(field)s ← %(columns)s") % {
            "field": FIELDS[field],
            "columns": _("、").join(columns),
        }
    for note in report.notes(batch):
        yield f"  {note}"
    for group in report.refused_groups(batch):
        yield _("  没收 %(n)s 行：%(why)s（第 %(rows)s 行）") % {
            "n": group.count,
            "why": group.why,
            "rows": _("、").join(map(str, group.rows)),
        }
    for look in report.looks(batch):
        yield _("  要看一眼 %(n)s 行：%(what)s；%(then)s") % {
            "n": look.count,
            "what": look.what,
            "then": look.then,
        }
    if not batch.mapping["fields"].get("text"):
        yield sentences.of_file("no_text_column", {})
