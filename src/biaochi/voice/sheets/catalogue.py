"""Bring an office's own category table into the published catalogue, without losing its units."""

from dataclasses import dataclass

from django.db import transaction

from biaochi.core.record import record
from biaochi.people import actions as people
from biaochi.people import queries as lists
from biaochi.people.actions import check_office
from biaochi.voice.sheets import analysis, files

NAME_MOST = 60


@dataclass(frozen=True)
class Brought:
    """How many names were read, new, and there before, and how many levels there are."""

    read: int
    new: int
    known: int
    levels: int


@transaction.atomic
def import_categories(*, file_bytes_or_path, file_name, by, now):
    """Add every name of a category table (one to any number of levels) that is not there yet.

    A line that stands keeps its unit; words that are new are added to its words.

    :raises NotYours: only the office keeps the catalogue
    :raises Incomplete: the file cannot be read
    """
    check_office(by)
    data = files.read_bytes(file_bytes_or_path)
    names = analysis.read_category_tree(data, file_name)
    standing = {(line.name, line.parent_id): line for line in lists.categories()}
    at, new = {(): None}, 0
    for path, words in names:
        parent = at[path[:-1]]
        name = path[-1][:NAME_MOST]
        line = standing.get((name, parent.pk if parent else None))
        if line is None or set(words) - set(line.words.split()):
            new += line is None
            line = _name(name, parent, line, words, by, now)
            standing[line.name, line.parent_id] = line
        at[path] = line
    record(
        by=by, verb="import categories", thing="catalogue", at=now,
        note=f"read {len(names)}, new {new}",
    )  # fmt: skip
    levels = max((len(path) for path, _words in names), default=0)
    return Brought(len(names), new, len(names) - new, levels)


def _name(name, parent, line, words, by, now):
    before = line.words.split() if line else []
    return people.name_category(
        name=name,
        parent=parent,
        unit=line.unit if line else None,
        words=" ".join(dict.fromkeys([*before, *words])),
        by=by,
        now=now,
    )
