import pytest
from django.db import Error, connection, transaction

from biaochi.core.actors import RESIDENT, Actor, Role
from biaochi.core.models import Entry, Head
from biaochi.core.record import first_break, guard, record, record_all, unguard

pytestmark = pytest.mark.django_db
LI = Actor("li", frozenset({Role.STAFF}))


def write(count, now):
    for n in range(count):
        record(by=LI, verb="rename", thing=f"matter:{n}", at=now, note=f"reason {n}")


def test_an_untouched_chain_has_no_break(now):
    write(5, now)
    record_all(by=LI, verb="hear", at=now, lines=[("voice:1", "", "heard", "")] * 3)
    assert first_break() is None
    assert Head.objects.get().count == Entry.objects.count() == 8


@pytest.mark.parametrize("field", ["actor", "verb", "thing", "before", "after", "note", "hash"])
def test_changing_any_field_of_any_line_shows(now, field):
    write(4, now)
    second = Entry.objects.order_by("pk")[1]
    Entry.objects.filter(pk=second.pk).update(**{field: "x" * 64 if field == "hash" else "other"})
    assert first_break() == second


def test_removing_a_line_shows(now):
    write(4, now)
    second, third = Entry.objects.order_by("pk")[1:3]
    second.delete()
    assert first_break() == third


def test_cutting_off_the_end_shows(now):
    write(3, now)
    last = Entry.objects.order_by("-pk").first()
    last.delete()
    assert first_break() is not None


def test_an_emptied_record_shows(now):
    write(3, now)
    Entry.objects.all().delete()
    assert first_break() == "empty"


def test_a_resident_is_recorded_by_role_only(now):
    entry = record(by=RESIDENT, verb="hear", thing="voice:1", at=now)
    assert entry.actor == "resident"


def test_nothing_is_recorded_when_the_deed_fails(now):
    with pytest.raises(RuntimeError), transaction.atomic():
        write(1, now)
        raise RuntimeError
    assert not Entry.objects.exists()
    write(1, now)
    assert first_break() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_the_record(now, change):
    write(1, now)
    guard()
    try:
        with pytest.raises(Error), transaction.atomic():
            if change == "update":
                Entry.objects.update(note="other")
            else:
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM biaochi_entry")
    finally:
        unguard()
    assert first_break() is None
