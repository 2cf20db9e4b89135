"""The verbs on the achievement ledger, and on published spending.

An achievement is credited to all who carried it, as a chain of offices, units and groups. Whoever
wrote it may not tick that it lasts.
"""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.record import record
from biaochi.core.refusals import NotYours
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import EventKind, MatterState
from biaochi.yardstick.models import Achievement, Hand, Spending
from biaochi.yardstick.rules import (
    OFFICE,
    WRITERS,
    check_achievement,
    check_hands,
    check_spending,
    check_ticks,
)


@transaction.atomic
def write_achievement(
    *, title, for_whom, what, by_what, kind, horizon, by, now, matter=None, area=None, hands=()
):
    """Write a line of the ledger: for whom, what, by what means, and through whose hands.

    :param hands: ``[(year, who, what they did)]``, the first hand first; no persons by name
    """
    _check(by, WRITERS, _("只有办公室和委员能记。"))
    check_achievement(title, for_whom, what, by_what, kind, horizon)
    hands = check_hands(hands, now.year)
    achievement = Achievement.objects.create(
        title=title.strip(),
        for_whom=for_whom.strip(),
        what=what.strip(),
        by_what=by_what.strip(),
        kind=kind,
        horizon=horizon,
        matter=matter,
        area=area,
        at=now,
        by_id=by.account,
    )
    Hand.objects.bulk_create(
        Hand(achievement=achievement, position=place, year=year, who=who, did=did)
        for place, (year, who, did) in enumerate(hands, 1)
    )
    record(by=by, verb="write achievement", thing=achievement, at=now, note=title.strip())
    if matter is not None and matter.state == MatterState.OPEN:
        params = {
            "what": "achievement written",
            "achievement": achievement.pk,
            "kind": kind,
        }
        matters.reach(matter=matter, by=by, now=now, kind=EventKind.STAGE, params=params)
    return achievement


@transaction.atomic
def tick(*, achievement, ticks, by, now):
    """Somebody else than the writer says which of the six signs that it lasts are there, and why.

    What is not ticked any more is gone; the record keeps how many there were.

    :param ticks: ``{sign: one sentence}``
    :raises NotYours: the writer, or anybody but office and members
    """
    achievement = Achievement.objects.select_for_update().get(pk=achievement.pk)
    _check(by, WRITERS, _("只有办公室和委员能打勾。"))
    if by.account == achievement.by_id:
        raise NotYours(_("写的人不能自己打勾，请换一个人。"))
    check_ticks(ticks)
    before = len(achievement.ticks)
    achievement.ticks = {sign: sentence.strip()[:300] for sign, sentence in ticks.items()}
    achievement.save(update_fields=["ticks"])
    record(
        by=by,
        verb="tick achievement",
        thing=achievement,
        at=now,
        before=str(before),
        after=str(len(ticks)),
        note=", ".join(sorted(ticks)),
    )
    return achievement


@transaction.atomic
def note_spending(*, title, category_name, year, amount, source, by, now, area=None):
    """The office notes what was spent on a kind of matter, from a published source.

    :param amount: in ten thousand yuan
    """
    _check(by, OFFICE, _("只有办公室能记花了多少钱。"))
    check_spending(title, category_name, year, amount, source, now.year)
    spending = Spending.objects.create(
        area=area,
        title=title.strip(),
        category_name=category_name,
        year=year,
        amount=Decimal(amount),
        source=source.strip(),
    )
    note = f"{category_name} {year}: {amount}"
    record(by=by, verb="note spending", thing=spending, at=now, note=note)
    return spending


def _check(by, roles, sentence):
    if not by.roles & roles or by.account is None:
        raise NotYours(sentence)
