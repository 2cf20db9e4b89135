"""The verbs on complaints: somebody says that a text should not stand here, and is answered.

A complaint asks for no name. Whoever wrote it keeps an address under which the answer will stand.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.library.actions import take_down
from biaochi.library.models import Complaint, Document
from biaochi.library.rules import check_complaint, check_sentence, is_shown

LONGEST = 2_000  # letters


@transaction.atomic
def complain(*, document, reason, words, by, now):
    """Keep what somebody says about a document that they can read.

    :raises NotNow: it is not open, so nobody can be looking at it
    """
    document = Document.objects.select_related("parent").get(pk=document.pk)
    if not is_shown(document.state, document.parent.state if document.parent else None):
        raise NotNow(_("这份资料现在没有公开。"))
    check_complaint(reason, words)
    complaint = Complaint.objects.create(
        document=document, reason=reason, words=words.strip()[:LONGEST], at=now
    )
    record(by=by, verb="complain", thing=complaint, at=now, note=reason)
    return complaint


@transaction.atomic
def answer(*, complaint, words, by, now, down=False):
    """Answer a complaint; with ``down`` the document is taken down in the same deed.

    :raises NotYours: anybody but staff
    :raises NotNow: it was answered already
    """
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能答复。"))
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if complaint.answered_at:
        raise NotNow(_("这条已经答复过了。"))
    check_sentence(words, "answer", _("请写一句答复，提的人会看到。"))
    complaint.answer, complaint.answered_at = words.strip()[:LONGEST], now
    complaint.save(update_fields=["answer", "answered_at"])
    record(by=by, verb="answer complaint", thing=complaint, at=now, note="down" if down else "")
    if down:
        take_down(document=complaint.document, why=words, by=by, now=now)
    return complaint
