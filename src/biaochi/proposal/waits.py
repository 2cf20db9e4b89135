"""What waits in this stage for a doer: reviews, replies, signatures, ratings."""

from django.db.models import Q
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import calendar
from biaochi.proposal.models import Proposal, Report
from biaochi.proposal.rules import ANSWERED, Part, Rater, Signing, State
from biaochi.proposal.rules import Report as ReportState

SOON = 3  # working days
MOST = 50


def waiting(actor, today):
    """What waits for this doer: ``[{words, href_name, href_args, due_on, state}]``."""
    if actor.has(Role.STAFF):
        return _for_office(actor, today)
    if actor.has(Role.MEMBER):
        return _for_member(actor, today)
    if actor.has(Role.UNIT) and actor.unit is not None:
        return _for_unit(actor, today)
    return []


def _for_office(actor, today):
    states = (State.SUBMITTED, State.FILED, State.RETURNED, State.REPLIED)
    rows = Proposal.objects.filter(state__in=states).prefetch_related("reviews")
    found = []
    for one in rows.order_by("pk")[: MOST * 4]:
        name, args = "desk-proposal", [one.pk]
        if one.state == State.SUBMITTED:
            reviews = [row for row in one.reviews.all() if row.at >= one.submitted_at]
            if not any(row.by_id == actor.account for row in reviews):
                words = _("审提案：%(title)s") if not reviews else _("换个人审提案：%(title)s")
                found.append(_item(words, one, name, args, one.review_by, today))
        elif one.state == State.FILED:
            found.append(_item(_("立案了，等交办：%(title)s"), one, name, args, None, today))
        elif one.state == State.RETURNED:
            found.append(_item(_("单位退回提案：%(title)s"), one, name, args, today, today))
        else:
            words = _("公开提案和答复：%(title)s")
            found.append(_item(words, one, name, args, one.publish_by, today))
    reports = Report.objects.filter(state__in=(ReportState.SUBMITTED, ReportState.EDITED))
    for one in reports.order_by("submitted_at")[:MOST]:
        found.append(_item(_("编信息：%(title)s"), one, "desk-report", [one.pk], None, today))
    return found


def _for_member(actor, today):
    found = []
    asked = Proposal.objects.filter(
        state=State.DRAFT,
        cosigners__member_id=actor.account,
        cosigners__signing=Signing.ASKED,
    )
    for one in asked[:MOST]:
        words = _("请您看联名稿：%(title)s")
        found.append(_item(words, one, "member-proposal", [one.pk], None, today))
    mine = Proposal.objects.filter(lead_id=actor.account)
    for one in mine.filter(state=State.DRAFT).exclude(submitted_at=None)[:MOST]:
        words = _("请您补一处再交：%(title)s")
        found.append(_item(words, one, "member-proposal", [one.pk], None, today))
    answered = mine.filter(state__in=ANSWERED, feedback_by__gte=today)
    for one in answered.prefetch_related("replies__ratings")[:MOST]:
        if not _has_rated(one, Rater.MEMBER):
            words = _("看答复，说一说：%(title)s")
            found.append(_item(words, one, "member-proposal", [one.pk], one.feedback_by, today))
    return found


def _for_unit(actor, today):
    rows = Proposal.objects.filter(handlings__unit_id=actor.unit).filter(
        Q(state=State.HANDED) | Q(state__in=ANSWERED, feedback_by__gte=today)
    )
    rows = rows.prefetch_related("handlings", "contacts", "replies__ratings").distinct()
    found = []
    for one in rows.order_by("reply_by", "pk")[:MOST]:
        mine = next(row for row in one.handlings.all() if row.unit_id == actor.unit)
        if one.state != State.HANDED:
            if mine.part == Part.LEAD and not _has_rated(one, Rater.UNIT):
                words = _("说一说这件提案：%(title)s")
                found.append(_item(words, one, "unit-proposal", [one.pk], one.feedback_by, today))
        elif mine.part == Part.CO:
            if mine.opinion_at is None:
                words = _("给会办意见：%(title)s")
                found.append(_item(words, one, "unit-proposal", [one.pk], one.opinion_by, today))
        else:
            found.append(
                _item(_("答复提案：%(title)s"), one, "unit-reply", [one.pk], one.reply_by, today)
            )
            if not one.contacts.all():
                words = _("和提案的委员见面：%(title)s")
                found.append(_item(words, one, "unit-proposal", [one.pk], one.contact_by, today))
    return found


def _has_rated(proposal, side):
    replies = list(proposal.replies.all())
    return bool(replies) and any(row.side == side for row in replies[-1].ratings.all())


def _item(words, thing, name, args, due_on, today):
    return {
        "words": words % {"title": thing.title},
        "href_name": name,
        "href_args": args,
        "due_on": due_on,
        "state": _state(due_on, today),
    }


def _state(due_on, today):
    if due_on is None:
        return ""
    if today > due_on:
        return "stop"
    return "slow" if calendar().between(today, due_on) <= SOON else ""
