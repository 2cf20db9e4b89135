"""The verbs of the office: review by two, file or not, hand over, ask again, publish."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.clock import due_on
from biaochi.core.moves import check_move
from biaochi.core.profiles import profile, span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.people.models import Unit
from biaochi.proposal.drafting import PROFILE, locked
from biaochi.proposal.models import Handling, Report, Review
from biaochi.proposal.numbering import PROPOSAL, give_number
from biaochi.proposal.reporting import as_report
from biaochi.proposal.rules import (
    MOVES,
    Decision,
    Look,
    Part,
    PassedTo,
    State,
    check_refusal,
    check_review,
    settled,
)
from biaochi.proposal.telling import tell, tell_not_filed


@transaction.atomic
def review(*, proposal, looks, decision, why, details, by, now):
    """One person's review. Two different people have to decide the same; a third may settle it.

    To ask for mending takes one person only: it refuses nothing.

    :param looks: ``{Look: Passing}``, all three
    :param details: to file: ``{category, lead, co, is_key}`` (units by key);
        not to file: ``{case, passed_to, where}``
    :raises NotYours: anybody but staff, or somebody who has reviewed this text
    :raises Incomplete: a look, a reason or where it goes on is missing
    """
    proposal = locked(proposal)
    goes_to = {Decision.FILE: State.FILED, Decision.NOT_FILE: State.NOT_FILED}
    check_move(MOVES, proposal.state, goes_to.get(decision, State.DRAFT), by.roles)
    earlier = list(reviews_of(proposal))
    if any(one.by_id == by.account for one in earlier):
        raise NotYours(_("您审过这一件了，要换一个人来审。"))
    check_review(looks, decision, why)
    details = _checked(decision, why, details)
    one = Review.objects.create(
        proposal=proposal,
        version=proposal.version,
        by_id=by.account,
        at=now,
        looks={look: looks[look] for look in Look.values},
        decision=decision,
        why=(why or "").strip()[:500],
        details=details,
    )
    record(by=by, verb="review proposal", thing=proposal, at=now, after=decision, note=one.why)
    if decision == Decision.MEND:
        return _mend(proposal, one, by, now)
    agreed = settled([review.decision for review in earlier] + [decision])
    if agreed == Decision.FILE:
        _file(proposal, one, by, now)
    elif agreed == Decision.NOT_FILE:
        _not_file(proposal, one, by, now)
    return proposal


@transaction.atomic
def hand_over(*, proposal, by, now, lead=None, co=None):
    """Hand a filed or returned proposal to its units. All clocks begin now.

    :param lead: another lead unit than before (its key); ``co`` the other co-units
    """
    proposal = locked(proposal)
    check_move(MOVES, proposal.state, State.HANDED, by.roles)
    if proposal.state == State.REPLIED:
        raise NotNow(_("已经答复了。要重新答，请写为什么不对题。"))
    if lead is not None:
        put_units(proposal, lead, co or [])
    before, proposal.state, proposal.handed_at = proposal.state, State.HANDED, now
    for field, clock, book in (
        ("return_by", "refuse", PROFILE),
        ("contact_by", "first_contact", PROFILE),
        ("reply_by", "reply", PROFILE),
        ("opinion_by", "co_unit_opinion", "everyday"),
    ):
        setattr(proposal, field, due_on(now, span(clock, book)))
    proposal.return_words = ""
    proposal.save()
    record(
        by=by, verb="hand over proposal", thing=proposal, at=now, before=before, after=State.HANDED
    )
    tell(
        proposal,
        "proposal handed over",
        by,
        now,
        number=proposal.number,
        unit=lead_of(proposal).unit.name,
        reply_by=proposal.reply_by.isoformat(),
    )
    return proposal


@transaction.atomic
def ask_again(*, proposal, why, by, now):
    """A reply that misses the point goes back, with a reason that everybody reads.

    What was replied stays; its promises stay promises.
    """
    proposal = locked(proposal)
    check_move(MOVES, proposal.state, State.HANDED, by.roles)
    if proposal.state != State.REPLIED:
        raise NotNow(_("还没有答复，不用请它重新答。"))
    why = (why or "").strip()
    if not why:
        raise Incomplete(_("请写哪里不对题，大家都看得到。"), "again_why")
    before, proposal.state, proposal.again_why = proposal.state, State.HANDED, why[:500]
    proposal.reply_by = due_on(now, span("reply_again", PROFILE))
    proposal.replied_at = proposal.feedback_by = proposal.publish_by = None
    proposal.save()
    proposal.clauses.update(accepted=None)
    record(
        by=by,
        verb="ask for another reply",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=proposal.again_why,
    )
    tell(
        proposal,
        "proposal asked again",
        by,
        now,
        number=proposal.number,
        why=proposal.again_why,
    )
    return proposal


@transaction.atomic
def publish(*, proposal, by, now):
    """Open the whole text and the reply to everybody; what leads to a person is covered."""
    proposal = locked(proposal)
    check_move(MOVES, proposal.state, State.PUBLISHED, by.roles)
    before, proposal.state, proposal.published_at = proposal.state, State.PUBLISHED, now
    proposal.save(update_fields=["state", "published_at"])
    record(
        by=by, verb="publish proposal", thing=proposal, at=now, before=before, after=proposal.state
    )
    tell(proposal, "proposal published", by, now, number=proposal.number)
    return proposal


def reviews_of(proposal):
    """The reviews of the text that stands: those since it was handed in."""
    if proposal.submitted_at is None:
        return Review.objects.none()
    return Review.objects.filter(proposal=proposal, at__gte=proposal.submitted_at)


def lead_of(proposal):
    """The handling of the lead unit."""
    return Handling.objects.select_related("unit").get(proposal=proposal, part=Part.LEAD)


def put_units(proposal, lead, co):
    """Set who handles a proposal. An opinion that a co-unit gave stays with it."""
    keys = [key for key in dict.fromkeys(co) if key != lead]
    standing = set(Unit.objects.filter(pk__in=[lead, *keys], active=True).values_list("pk", flat=1))
    if lead not in standing:
        raise Incomplete(_("请选一个主办单位。"), "lead")
    proposal.handlings.exclude(unit_id__in=[*keys]).delete()
    proposal.handlings.filter(part=Part.LEAD).update(part=Part.CO)
    Handling.objects.create(proposal=proposal, unit_id=lead, part=Part.LEAD)
    for key in keys:
        if key in standing:
            Handling.objects.get_or_create(
                proposal=proposal, unit_id=key, defaults={"part": Part.CO}
            )


def _checked(decision, why, details):
    """The details that the decision needs, as plain values."""
    if decision == Decision.FILE:
        if details.get("category") not in profile(PROFILE)["classes"]["category"]:
            raise Incomplete(_("请选归哪一类。"), "category")
        if not Unit.objects.filter(pk=details.get("lead") or 0, active=True).exists():
            raise Incomplete(_("请选一个主办单位。"), "lead")
        return {
            "category": details["category"],
            "lead": details["lead"],
            "co": list(details.get("co") or []),
            "is_key": bool(details.get("is_key")),
        }
    if decision == Decision.NOT_FILE:
        case, passed_to = details.get("case"), details.get("passed_to")
        check_refusal(case, why, passed_to, details.get("where"))
        return {"case": case, "passed_to": passed_to, "where": details["where"].strip()[:300]}
    return {}


def _mend(proposal, one, by, now):
    before, proposal.state = proposal.state, State.DRAFT
    proposal.decided_why = one.why
    proposal.save(update_fields=["state", "decided_why"])
    record(
        by=by,
        verb="ask to mend proposal",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=one.why,
    )
    return proposal


def _file(proposal, one, by, now):
    check_move(MOVES, proposal.state, State.FILED, by.roles)
    before, proposal.state, proposal.decided_at = proposal.state, State.FILED, now
    proposal.category, proposal.is_key = one.details["category"], one.details["is_key"]
    proposal.decided_why = one.why
    proposal.save()
    put_units(proposal, one.details["lead"], one.details["co"])
    give_number(proposal, PROPOSAL, now)
    record(by=by, verb="file proposal", thing=proposal, at=now, before=before, after=proposal.state)
    tell(proposal, "proposal filed", by, now, number=proposal.number, title=proposal.title)


def _not_file(proposal, one, by, now):
    check_move(MOVES, proposal.state, State.NOT_FILED, by.roles)
    before, proposal.state, proposal.decided_at = proposal.state, State.NOT_FILED, now
    proposal.refusal, proposal.decided_why = one.details["case"], one.why
    proposal.passed_to, proposal.passed_where = one.details["passed_to"], one.details["where"]
    if proposal.passed_to == PassedTo.REPORT:
        proposal.passed_report = _passed_on(proposal, by, now)
    proposal.save()
    record(
        by=by,
        verb="do not file proposal",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=proposal.decided_why,
    )
    tell_not_filed(proposal, by, now)


def _passed_on(proposal, by, now):
    """The same words as a draft of an information report, which its writer sends off."""
    report = Report.objects.create(
        title=proposal.title, text=as_report(proposal), writer=proposal.lead, begun_at=now
    )
    report.matters.set(proposal.matters.all())
    record(by=by, verb="begin report", thing=report, at=now, after=report.state)
    return report
