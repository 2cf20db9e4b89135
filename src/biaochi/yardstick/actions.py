"""The verbs on alerts: a question is asked, answered, looked into, or called wrong.

An alert is never a verdict and never about a person. Calling it wrong needs one sentence and
nobody's permission.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import CLOCK, Role
from biaochi.core.clock import due_on, local_day, start_of
from biaochi.core.models import Entry
from biaochi.core.moves import check_move
from biaochi.core.profiles import number, span
from biaochi.core.record import record
from biaochi.core.refusals import NotYours
from biaochi.yardstick.asking import looks
from biaochi.yardstick.models import Alert
from biaochi.yardstick.rules import (
    MOVES,
    State,
    check_answer,
    check_finding,
    check_why,
    check_wrong,
)


@transaction.atomic
def ask(*, now):
    """Look at everything once a day and ask where chance alone hardly explains it.

    The adjusted values run over all that was looked at, so that of the questions asked only the
    profile's share is there by chance, on average. Everything is asked once. Returns how many
    were asked.
    """
    today = local_day(now)
    if Entry.objects.filter(verb="ask questions", at__gte=start_of(today)).exists():
        return 0
    found, line = looks(today), number("false_alarm_share")
    asked = [_ask(look, now) for look in found if look.q <= line]
    if found:
        note = f"{len(found)} / {sum(asked)}"
        record(by=CLOCK, verb="ask questions", thing="alerts", at=now, note=note)
    return sum(asked)


def _ask(look, now):
    """Write one question, unless it was asked before; 1 if it is new."""
    check_move(MOVES, None, State.ASKED, CLOCK.roles)
    alert, new = Alert.objects.get_or_create(
        mark=look.mark,
        defaults={
            "question": look.question,
            "unit_id": look.unit,
            "area_id": look.area,
            "asked_at": now,
            "answer_by": due_on(now, span("alert_answered")),
            "figures": look.figures,
            "p_value": look.p,
            "q_value": look.q,
        },
    )
    if new:
        record(by=CLOCK, verb="ask", thing=alert, at=now, after=State.ASKED, note=look.mark)
    return int(new)


@transaction.atomic
def answer(*, alert, words, by, now):
    """A unit says how it is; the answer is public. For a question about an area the office does.

    :raises NotYours: another unit's question
    :raises NotNow: it was answered already
    """
    alert = _locked(alert)
    _check_own(alert, by)
    check_move(MOVES, alert.state, State.ANSWERED, by.roles)
    alert.answer, alert.answered_at = check_answer(words), now
    return _moved(alert, State.ANSWERED, ["answer", "answered_at"], "answer question", by, now)


@transaction.atomic
def settle(*, alert, finding, found, by, now):
    """The office has looked and says what it found: something real, or well explained."""
    alert = _locked(alert)
    check_move(MOVES, alert.state, State.SETTLED, by.roles)
    alert.finding, alert.found = finding, check_finding(finding, found)
    alert.settled_at = now
    fields = ["finding", "found", "settled_at"]
    return _moved(alert, State.SETTLED, fields, "settle question", by, now, note=alert.found)


@transaction.atomic
def call_wrong(*, alert, kind, words, by, now):
    """Say that the question itself is wrong: one sentence, no permission, counted in the open."""
    alert = _locked(alert)
    _check_own(alert, by)
    check_move(MOVES, alert.state, State.WRONG, by.roles)
    alert.wrong_kind, alert.wrong_words = kind, check_wrong(kind, words)
    alert.wrong_at = now
    fields = ["wrong_kind", "wrong_words", "wrong_at"]
    return _moved(alert, State.WRONG, fields, "call question wrong", by, now, note=kind)


@transaction.atomic
def ask_anew(*, alert, why, by, now):
    """The office asks again what was called wrong; the reason stands in the record."""
    alert = _locked(alert)
    check_move(MOVES, alert.state, State.ASKED, by.roles)
    why = check_why(why)
    alert.wrong_kind = alert.wrong_words = ""
    alert.wrong_at, alert.answer_by = None, due_on(now, span("alert_answered"))
    fields = ["wrong_kind", "wrong_words", "wrong_at", "answer_by"]
    return _moved(alert, State.ASKED, fields, "ask anew", by, now, note=why)


def _locked(alert):
    return Alert.objects.select_for_update().get(pk=alert.pk)


def _check_own(alert, by):
    if by.has(Role.UNIT) and (by.unit is None or alert.unit_id != by.unit):
        raise NotYours(_("这一条问的不是您的单位。"))


def _moved(alert, state, fields, verb, by, now, note=""):
    before, alert.state = alert.state, state
    alert.save(update_fields=["state", *fields])
    record(by=by, verb=verb, thing=alert, at=now, before=before, after=state, note=note)
    return alert
