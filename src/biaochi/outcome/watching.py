"""New trouble at the same place after a matter was checked: a question, never a verdict.

One problem solved may leave another behind. For some days after a check the product looks
whether more different people than before spoke of something else at the same place. What it
finds goes to the office as a question with its rows; nothing else happens by itself.
"""

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, Role
from biaochi.core.clock import due_on, local_day, start_of
from biaochi.core.profiles import number, span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.outcome.models import Check, SideEffect
from biaochi.outcome.rules import CheckState, is_question
from biaochi.voice.analysis import cover
from biaochi.voice.matters.counting import person
from biaochi.voice.models import Voice
from biaochi.voice.rules import MatterState, State

ANSWER_LENGTH = 300


def watch(*, now):
    """Look at every place whose days of watching are over; returns how many became questions.

    Each check that found a claim true is looked at once. A row is kept for each, so that one can
    count the watches that found nothing.
    """
    length, today = span("watched_after"), local_day(now)
    looked = SideEffect.objects.filter(matter=OuterRef("claim__task__matter"), since=OuterRef("at"))
    checked = Check.objects.filter(
        ~Exists(looked), state=CheckState.TRUE, claim__task__matter__state=MatterState.OPEN
    )
    places = {
        (check.claim.task.matter, check.at)
        for check in checked.select_related("claim__task__matter")
        if due_on(check.at, length) < today
    }
    return sum(
        _look(matter, since, start_of(due_on(since, length)), now)
        for matter, since in sorted(places, key=lambda place: (place[1], place[0].pk))
    )


@transaction.atomic
def answer_side_effect(*, effect, answer, by, now):
    """The office says in a sentence what the new voices at the place are about.

    :raises NotYours: anybody but staff
    :raises NotNow: there is nothing to answer
    :raises Incomplete: no sentence
    """
    if not by.has(Role.STAFF):
        raise NotYours(_("只有办公室工作人员能回这个问。"))
    effect = SideEffect.objects.select_for_update().get(pk=effect.pk)
    if not is_question(effect.before_count, effect.after_count, number("watch_least")):
        raise NotNow(_("这里没有要回的问。"))
    if not (answer or "").strip():
        raise Incomplete(_("请写一句：新说的是不是这件事带出来的，打算怎么办。"), "answer")
    effect.answer, effect.answered_at = cover(answer.strip()).text[:ANSWER_LENGTH], now
    effect.save(update_fields=["answer", "answered_at"])
    record(by=by, verb="answer side effect", thing=effect, at=now)
    return effect


@transaction.atomic
def _look(matter, since, until, now):
    """Count the people before and after, and keep both with the rows; 1 if it is a question."""
    near = _near(matter)
    before = near.filter(said_at__gte=since - (until - since), said_at__lt=since)
    after = near.filter(said_at__gte=since, said_at__lt=until)
    counts = [rows.aggregate(n=Count(person(), distinct=True))["n"] for rows in (before, after)]
    effect = SideEffect.objects.create(
        matter=matter,
        since=since,
        until=until,
        before_count=counts[0],
        after_count=counts[1],
        noticed_at=now,
    )
    asks = is_question(*counts, number("watch_least"))
    if asks:
        effect.voices.set(after.order_by("pk"))
        record(by=CLOCK, verb="ask about side effect", thing=effect, at=now)
    return int(asks)


def _near(matter):
    """Voices of other matters at the same place, or of the same kind in the same areas."""
    near = Q(pk__in=[])
    if matter.place.strip():
        near |= Q(place__icontains=matter.place.strip())
    if matter.category_id and matter.areas:
        kind = Q(category=matter.category_id) | Q(membership__matter__category=matter.category_id)
        near |= kind & Q(area__name__in=matter.areas)
    heard = Voice.objects.filter(state=State.HEARD)
    return heard.filter(near).exclude(membership__matter=matter.pk)
