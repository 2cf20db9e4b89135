"""The record of deeds: append-only, hash-chained, written inside the deed's own transaction.

Each line's hash covers its content and the hash of the line before, so that a changed, removed
or inserted line breaks every later one. The database guards the table with triggers as well.
"""

import hashlib
import json
from datetime import UTC

from django.db import connection, transaction

from biaochi.core.actors import Role
from biaochi.core.models import Entry, Head

GENESIS = "0" * 64

GUARDS = {
    "sqlite": (
        (
            "CREATE TRIGGER biaochi_entry_no_{verb} BEFORE {verb} ON biaochi_entry "
            "BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END"
        ),
        "DROP TRIGGER IF EXISTS biaochi_entry_no_{verb}",
    ),
    "postgresql": (
        (
            "CREATE TRIGGER biaochi_entry_no_{verb} BEFORE {verb} ON biaochi_entry "
            "FOR EACH ROW EXECUTE FUNCTION biaochi_refuse_change()"
        ),
        "DROP TRIGGER IF EXISTS biaochi_entry_no_{verb} ON biaochi_entry",
    ),
}
REFUSE_CHANGE = (
    "CREATE OR REPLACE FUNCTION biaochi_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$"
)


def record(*, by, verb, thing, at, before="", after="", note=""):
    """Write one line of the record. Call it inside the transaction of the deed itself.

    Officials act under their name. A resident is recorded by role only: otherwise the record
    would join every voice to its speaker, whom another table keeps apart. ``note`` holds reasons
    that officials gave, and counts; never a resident's words.
    """
    return record_all(by=by, verb=verb, at=at, lines=[(thing, before, after, note)])[0]


@transaction.atomic(savepoint=False)  # the deed's own transaction is the one that counts
def record_all(*, by, verb, at, lines):
    """Write many lines of one verb: ``lines`` is ``[(thing, before, after, note)]``."""
    actor = Role.RESIDENT.value if by.has(Role.RESIDENT) else by.name
    head, _ = Head.objects.select_for_update().get_or_create(pk=1, defaults={"hash": GENESIS})
    entries, last = [], head.hash
    for thing, before, after, note in lines:
        entry = Entry(
            at=at,
            actor=actor,
            verb=verb,
            thing=label(thing),
            before=str(before or ""),
            after=str(after or ""),
            note=note,
            previous=last,
        )
        entry.hash = last = digest(entry)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    Head.objects.filter(pk=1).update(hash=last, count=head.count + len(entries))
    return entries


def label(thing):
    """The name under which a thing stands in the record: table and key."""
    return thing if isinstance(thing, str) else f"{thing._meta.model_name}:{thing.pk}"


def digest(entry):
    """SHA-256 over the previous hash and the line's content, as hex."""
    content = [
        entry.previous,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.verb,
        entry.thing,
        entry.before,
        entry.after,
        entry.note,
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def first_break(chunk=2000):
    """Return the first line that does not follow from the one before, or None if all do.

    A chain that was cut off at its end shows as a head that no line carries: then the answer
    is the last line that is left (or the string ``"empty"`` when none is).
    """
    last, entry, count = GENESIS, None, 0
    for entry in Entry.objects.order_by("pk").iterator(chunk_size=chunk):
        if entry.previous != last or digest(entry) != entry.hash:
            return entry
        last, count = entry.hash, count + 1
    head = Head.objects.filter(pk=1).first()
    if head and (head.hash, head.count) != (last, count):
        return entry or "empty"
    return None


def guard():
    """Put the triggers on the table of the record."""
    create, _ = GUARDS[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE_CHANGE)
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(create.format(verb=verb))


def unguard():
    """Take the triggers off: only to undo the migration, and for tests that clear tables."""
    _, drop = GUARDS[connection.vendor]
    with connection.cursor() as cursor:
        for verb in ("UPDATE", "DELETE"):
            cursor.execute(drop.format(verb=verb))
