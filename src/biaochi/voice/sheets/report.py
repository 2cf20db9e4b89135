"""What a dry run found, in figures and sentences: for pages and for the command line."""

from collections import defaultdict
from dataclasses import dataclass

from biaochi.voice.sheets import sentences

EXAMPLES = 3


@dataclass(frozen=True)
class Figures:
    """The five figures of a report, in rows. ``plain`` rows are taken without need of a look."""

    read: int
    takes: int
    known: int
    look: int
    refused: int

    @property
    def plain(self):
        return self.takes - self.look


@dataclass(frozen=True)
class RefusedGroup:
    """All rows that were not taken for one reason."""

    why: str
    remedy: str
    count: int
    rows: tuple
    more: bool


@dataclass(frozen=True)
class LookGroup:
    """Rows that are taken but worth a look, for one reason."""

    what: str
    then: str
    count: int
    rows: tuple


def figures(batch):
    """The figures of the dry run, whatever has become of the sheet since."""
    takes = batch.report.get("takes", 0)
    return Figures(
        read=batch.read_count,
        takes=takes,
        known=batch.read_count - batch.refused_count - takes if takes or _weighed(batch) else 0,
        look=batch.report.get("look_count", 0),
        refused=batch.refused_count,
    )


def _weighed(batch):
    return "takes" in batch.report


def progress(batch):
    """How far a sheet on its way in has come: (rows done, rows to do)."""
    return batch.taken_count + batch.known_count, batch.read_count - batch.refused_count


def notes(batch):
    """What was assumed on the way, as sentences."""
    told = (sentences.of_note(code, params) for code, params in batch.report.get("notes", []))
    return [sentence for sentence in told if sentence]


def refused_groups(batch):
    """The rows that were not taken, by reason, most rows first."""
    rows = defaultdict(list)
    for row in batch.refused_rows.all():
        rows[row.code].append(row)
    groups = []
    for code, found in sorted(rows.items(), key=lambda item: -len(item[1])):
        values = [str(row.params.get("value", "")) for row in found]
        values = list(dict.fromkeys(value for value in values if value.strip("… ")))[:EXAMPLES]
        groups.append(
            RefusedGroup(
                why=sentences.of_group(code, values),
                remedy=sentences.remedy(code),
                count=len(found),
                rows=tuple(row.row_number for row in found[:EXAMPLES]),
                more=len(found) > EXAMPLES,
            )
        )
    return groups


def looks(batch):
    """The rows that are taken but worth a look, by reason, most rows first."""
    return [
        LookGroup(*sentences.of_look(code), count, tuple(rows))
        for code, count, rows in batch.report.get("looks", [])
    ]
