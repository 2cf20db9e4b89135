"""Member and unit rate each other's part, back to back. No points, no satisfaction rate."""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import local_day
from biaochi.core.record import record
from biaochi.core.refusals import NotNow
from biaochi.proposal.drafting import check_own, locked
from biaochi.proposal.handling import check_lead
from biaochi.proposal.models import Rating
from biaochi.proposal.rules import ANSWERED, QUESTIONS, Rater, check_rating


@transaction.atomic
def rate(*, proposal, answers, words, by, now):
    """Write what one side says of the other. It stands: the other side's is read afterwards.

    :param answers: ``{question: (how, sentence)}``
    :raises NotYours: neither the member who leads it nor its lead unit
    :raises NotNow: no reply yet, written already, or the days for it are over
    """
    proposal = locked(proposal)
    if by.has(Role.MEMBER):
        check_own(proposal, by)
        side = Rater.MEMBER
    else:
        check_lead(proposal, by)
        side = Rater.UNIT
    if proposal.state not in ANSWERED:
        raise NotNow(_("答复以后再评。"))
    if local_day(now) > proposal.feedback_by:
        raise NotNow(_("评的日子过了，两边写的已经打开。"))
    reply = proposal.replies.last()
    if reply.ratings.filter(side=side).exists():
        raise NotNow(_("您这一边已经写过了，写了就不改。"))
    check_rating(side, answers, words)
    rating = Rating.objects.create(
        proposal=proposal,
        reply=reply,
        side=side,
        by_id=by.account,
        at=now,
        answers={key: list(answers[key]) for key in QUESTIONS[side]},
        words=words.strip()[:1000],
    )
    record(by=by, verb="rate", thing=proposal, at=now, after=side)
    return rating
