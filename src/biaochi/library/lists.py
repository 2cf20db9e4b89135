"""The verbs on reading lists: plain lists by field, kept by staff. Nobody's reading is counted."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.library.models import Document, ReadingItem, ReadingList
from biaochi.library.rules import State, check_sentence


@transaction.atomic
def make_list(*, title, by, now, why="", category=None):
    """Begin a reading list.

    :raises NotYours: anybody but staff
    """
    _check_staff(by)
    check_sentence(title, "title", _("请写书单的名字。"))
    made = ReadingList.objects.create(
        title=title.strip()[:80], why=why.strip()[:200], category=category, made_at=now
    )
    record(by=by, verb="make reading list", thing=made, at=now)
    return made


@transaction.atomic
def change_list(*, reading_list, title, by, now, why="", category=None, closed=False):
    """Rename a list, say anew what it is for, close it or open it again."""
    _check_staff(by)
    check_sentence(title, "title", _("请写书单的名字。"))
    found = ReadingList.objects.select_for_update().get(pk=reading_list.pk)
    found.title, found.why = title.strip()[:80], why.strip()[:200]
    found.category, found.closed = category, closed
    found.save()
    record(by=by, verb="change reading list", thing=found, at=now)
    return found


@transaction.atomic
def put_on(*, reading_list, document, by, now, what_for=""):
    """Put an open document at the end of a list.

    :raises NotNow: it stands there already, or nobody may read it
    """
    _check_staff(by)
    document = Document.objects.get(pk=document.pk)
    if document.state != State.OPEN:
        raise NotNow(_("这份资料没有公开，不能放进书单。"))
    items = ReadingItem.objects.select_for_update().filter(reading_list=reading_list)
    if items.filter(document=document).exists():
        raise NotNow(_("书单里已经有这份资料了。"))
    last = items.aggregate(last=Max("order"))["last"] or 0
    item = ReadingItem.objects.create(
        reading_list=reading_list,
        document=document,
        order=last + 1,
        what_for=what_for.strip()[:120],
    )
    record(by=by, verb="put on list", thing=reading_list, at=now, note=f"document:{document.pk}")
    return item


@transaction.atomic
def take_off(*, item, by, now):
    """Take a document off a list; the document itself stays as it is."""
    _check_staff(by)
    record(
        by=by,
        verb="take off list",
        thing=item.reading_list,
        at=now,
        note=f"document:{item.document_id}",
    )
    item.delete()


def _check_staff(by):
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能改书单。"))
