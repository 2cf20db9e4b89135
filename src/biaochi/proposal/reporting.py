"""The verbs of information reports (社情民意信息): shorter than a proposal, with a way back."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.moves import check_move
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.proposal.models import Report
from biaochi.proposal.numbering import REPORT, give_number
from biaochi.proposal.rules import REPORT_MOVES, TITLE_LENGTH, check_report
from biaochi.proposal.rules import Report as State


@transaction.atomic
def begin_report(*, title, text, matters, by, now):
    """Begin a report. Its draft is read by its writer only.

    :raises NotYours: anybody but members and staff
    """
    check_move(REPORT_MOVES, None, State.DRAFT, by.roles)
    title = _title(title)
    report = Report.objects.create(
        title=title, text=(text or "").strip(), writer_id=by.account, begun_at=now
    )
    report.matters.set(matters)
    record(by=by, verb="begin report", thing=report, at=now, after=report.state)
    return report


@transaction.atomic
def write_report(*, report, title, text, matters, by, now):
    """Change an own draft."""
    report = _own(report, by)
    if report.state != State.DRAFT:
        raise NotNow(_("已经交了，文字不能再改。"))
    report.title, report.text = _title(title), (text or "").strip()
    report.save(update_fields=["title", "text"])
    report.matters.set(matters)
    record(by=by, verb="write report", thing=report, at=now)
    return report


@transaction.atomic
def submit_report(*, report, by, now):
    """Hand a report in to the office's editor."""
    report = _own(report, by)
    check_report(report.title, report.text)
    report.submitted_at = now
    return _moved(report, State.SUBMITTED, "submit report", by, now)


@transaction.atomic
def edit_report(*, report, text, by, now):
    """The office's edited words. The writer's own stay beside them."""
    report = _locked(report)
    check_move(REPORT_MOVES, report.state, State.EDITED, by.roles)
    if not (text or "").strip():
        raise Incomplete(_("请写编好的文字。"), "edited_text")
    report.edited_text, report.edited_at = text.strip(), now
    return _moved(report, State.EDITED, "edit report", by, now)


@transaction.atomic
def not_use(*, report, why, by, now):
    """Not used, with the reason that its writer reads."""
    report = _locked(report)
    check_move(REPORT_MOVES, report.state, State.NOT_USED, by.roles)
    if not (why or "").strip():
        raise Incomplete(_("请写为什么没有采用，写的人会看到。"), "why")
    report.why = why.strip()[:300]
    return _moved(report, State.NOT_USED, "do not use report", by, now, note=report.why)


@transaction.atomic
def send(*, report, sent_to, by, now):
    """Send the edited report off under its number."""
    report = _locked(report)
    check_move(REPORT_MOVES, report.state, State.SENT, by.roles)
    if not (sent_to or "").strip():
        raise Incomplete(_("请写报到哪里。"), "sent_to")
    report.sent_to, report.sent_at = sent_to.strip()[:120], now
    _moved(report, State.SENT, "send report", by, now, note=report.sent_to)
    give_number(report, REPORT, now)
    return report


@transaction.atomic
def note_answer(*, report, answer, by, now):
    """What came back. Its writer reads it."""
    report = _locked(report)
    check_move(REPORT_MOVES, report.state, State.ANSWERED, by.roles)
    if not (answer or "").strip():
        raise Incomplete(_("请写回音说了什么。"), "answer")
    report.answer, report.answered_at = answer.strip(), now
    return _moved(report, State.ANSWERED, "note answer to report", by, now)


def as_report(proposal):
    """The words of a proposal, one part after the other."""
    clauses = [
        _("%(doer)s：%(act)s") % {"doer": clause.doer, "act": clause.act}
        for clause in proposal.clauses.all()
    ]
    return "\n\n".join(part for part in (proposal.situation, proposal.analysis, *clauses) if part)


def _title(title):
    title = (title or "").strip()
    if not title:
        raise Incomplete(_("请写题目。"), "title")
    if len(title) > TITLE_LENGTH:
        raise Incomplete(_("题目最多写 %(n)s 个字。") % {"n": TITLE_LENGTH}, "title")
    return title


def _own(report, by):
    report = _locked(report)
    if by.account is None or report.writer_id != by.account:
        raise NotYours(_("这不是您写的信息。"))
    return report


def _locked(report):
    return Report.objects.select_for_update().get(pk=report.pk)


def _moved(report, state, verb, by, now, note=""):
    check_move(REPORT_MOVES, report.state, state, by.roles)
    before, report.state = report.state, state
    report.save()
    record(by=by, verb=verb, thing=report, at=now, before=before, after=state, note=note)
    return report
