"""The verbs of being judged: ask everybody who spoke, take their answers, and obey them.

The office opens rounds and writes down what people say on the telephone; it never answers for
them and never closes a round. A round that is decided moves its tasks: confirmed, worked on
again, or nobody reached. The clock may find that too few answered, and nothing else.
"""

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from biaochi.core.actors import CLOCK, RESIDENT, Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import number, span
from biaochi.core.record import record
from biaochi.core.refusals import NotNow, NotYours
from biaochi.evaluation import contacts
from biaochi.evaluation.asking import people_of, standing_asks, tally
from biaochi.evaluation.models import Ask, Round
from biaochi.evaluation.rules import (
    COUNTED,
    MOVES,
    REVISIT_AFTER,
    State,
    Way,
    check_answer,
    check_changeable,
    check_way,
    verdict,
)
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Revisit
from biaochi.outcome.rules import RevisitState
from biaochi.people import vault
from biaochi.people.models import Look
from biaochi.task import actions as tasks
from biaochi.task.models import Task
from biaochi.task.rules import UNDER_WAY
from biaochi.task.rules import State as TaskState
from biaochi.voice.analysis import cover, names_in
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter
from biaochi.voice.originals import open_words
from biaochi.voice.rules import EventKind, MatterState
from biaochi.voice.rules import State as VoiceState

DECIDED = (State.SOLVED, State.UNSOLVED)


def open_rounds(*, now, matter=None):
    """Open a round for every matter with checked work, or with a revisit that is due.

    One round at a time. What is checked before anybody has answered joins the round, so that
    nobody is asked twice in a row; what is checked later waits for the next one.

    :param matter: look at this matter only
    :returns: how many were opened
    """
    _join_standing_rounds(matter, now)
    rounds = Round.objects.filter(state=State.ASKING).values("matter")
    free = Matter.objects.filter(state=MatterState.OPEN).exclude(pk__in=rounds)
    if matter is not None:
        free = free.filter(pk=matter.pk)
    checked = free.filter(tasks__state=TaskState.CHECKED)
    due = free.filter(revisits__state=RevisitState.ASKING, revisits__round=None)
    keys = sorted({*checked.values_list("pk", flat=True), *due.values_list("pk", flat=True)})
    return sum(_open_round(key, now) is not None for key in keys)


@transaction.atomic
def _open_round(key, now):
    """Ask everybody who spoke of a matter; None if another hand was faster."""
    matter = Matter.objects.select_for_update().get(pk=key)
    if Round.objects.filter(matter=matter, state=State.ASKING).exists():
        return None  # opened meanwhile
    about = _to_ask_about(matter)
    revisit = None if about else _due_revisit(matter)
    if revisit is not None:
        about = list(Task.objects.filter(matter=matter, state=TaskState.CONFIRMED))
    if not about:
        return None
    check_move(MOVES, None, State.ASKING, CLOCK.roles)
    made = Round.objects.create(
        matter=matter,
        revisit=revisit,
        opened_at=now,
        closes_on=due_on(now, span("answered_by_people")),
        rule={"share": number("confirm_share"), "least": number("confirm_least")},
    )
    made.tasks.set(about)
    people = people_of(matter)
    Ask.objects.bulk_create(
        (Ask(round=made, voice_id=voice, speaker_id=speaker) for voice, speaker in people),
        batch_size=500,
    )
    record(by=CLOCK, verb="open round", thing=made, at=now, after=made.state, note=str(len(people)))
    facts = {"people": len(people), "closes_on": made.closes_on.isoformat()}
    _tell(made, "people asked again" if revisit else "people asked", CLOCK, now, **facts)
    return made


@transaction.atomic
def _join_standing_rounds(matter, now):
    """Put work that was checked since into rounds about work that nobody has answered yet."""
    answered = Ask.objects.filter(round=OuterRef("pk")).exclude(answer="")
    rounds = Round.objects.filter(~Exists(answered), state=State.ASKING, revisit=None)
    rounds = rounds.filter(matter__tasks__state=TaskState.CHECKED).distinct()
    rounds = rounds.filter(matter=matter) if matter is not None else rounds
    for key in rounds.order_by("pk").values_list("pk", flat=True):
        round_ = Round.objects.select_for_update().get(pk=key)
        new = Task.objects.filter(matter=round_.matter_id, state=TaskState.CHECKED)
        new = list(new.exclude(rounds=round_))
        if new and not Ask.objects.filter(round=round_).exclude(answer="").exists():
            round_.tasks.add(*new)
            record(by=CLOCK, verb="join round", thing=round_, at=now, note=str(len(new)))


def _to_ask_about(matter):
    """The work of a new round: what was checked, and with it what nobody answered about before.

    A newer round ends the late answers of an older one, so it takes over what that one left open.
    """
    found = Task.objects.filter(matter=matter)
    checked = list(found.filter(state=TaskState.CHECKED))
    return checked + list(found.filter(state=TaskState.UNREACHED)) if checked else []


@transaction.atomic
def answer(*, ask, answer, by, now, words="", words_public=False, way=Way.CODE):
    """Take an answer: from its owner by the code, or as the office was told it.

    It may be changed for the days of the profile. After its round is decided it is kept and
    shown to its owner, and changes nothing; a round that had reached nobody goes on with it.

    :raises NotYours: a unit, a member, or the office in the place of the one who spoke
    :raises NotNow: a newer round has begun, the voice is withdrawn, or the days are over
    :raises Incomplete: none of the four answers
    """
    check_way(way, by.roles)
    check_answer(answer, words)
    round_, ask = _locked(ask)
    _check_standing(ask, round_)
    last_day = changeable_until(ask)
    check_changeable(ask.first_answered_at, last_day, local_day(now))
    if by.has(Role.STAFF):
        _check_may_write(ask, way, by, round_)
    ask.answer, ask.way, ask.answered_at = answer, way, now
    ask.words, ask.words_public = _covered(ask, words), bool(words_public and words.strip())
    if ask.first_answered_at is None and answer in COUNTED:
        ask.first_answered_at = now
    ask.save()
    record(by=by, verb="answer round", thing=round_, at=now, note=str(way))
    _settle(round_, now)
    return ask


@transaction.atomic
def note_try(*, ask, by, now):
    """The office called and reached nobody. That is silence, and it stays silence.

    :raises NotYours: anybody but staff
    :raises NotNow: the person has answered, or is not being asked any more
    """
    if not by.has(Role.STAFF):
        raise NotYours(_("只有回访的工作人员能记没打通。"))
    round_, ask = _locked(ask)
    _check_callable(ask, round_)
    ask.tried_count, ask.tried_at = ask.tried_count + 1, now
    ask.save(update_fields=["tried_count", "tried_at"])
    record(by=by, verb="note try", thing=round_, at=now)
    return ask


@transaction.atomic
def look_at_contact(*, ask, why, by, now):
    """Open the contact of one person who has not answered, to call. The person reads the look.

    :raises NotYours: anybody but staff
    :raises NotNow: the person has answered, or left nothing
    """
    round_, ask = _locked(ask)
    _check_callable(ask, round_)
    speaker = ask.voice.speaker
    if not vault.can_be_reached(speaker):
        raise NotNow(_("没有留联系方式，或者已经删掉了。"))
    return vault.look_at_contact(speaker=speaker, why=why, by=by, now=now)


def close_due(*, now):
    """Decide the rounds whose days are over; returns how many.

    Too few answers: nobody reached. Otherwise those who answered have decided.
    """
    over = Round.objects.filter(state=State.ASKING, closes_on__lt=local_day(now))
    return sum(_close(key, now) for key in over.order_by("pk").values_list("pk", flat=True))


def plan_late(*, now):
    """Plan the revisits of what was solved while another unit still had work; returns how many.

    They are planned when the round is decided; here only where the last of the other work was
    taken back by the office and nobody had to be asked about it.
    """
    solved = Round.objects.filter(
        state=State.SOLVED, revisit=None, matter__state=MatterState.OPEN
    ).exclude(matter__revisits__since__gte=F("decided_at"))
    planned = 0
    for round_ in solved.select_related("matter").order_by("pk"):
        newer = Round.objects.filter(matter=round_.matter_id, pk__gt=round_.pk)
        if not newer.exists() and not _under_way(round_):
            since = round_.decided_at
            planned += len(outcome.plan_revisits(matter=round_.matter, since=since, now=now))
            contacts.let_go(matter=round_.matter, now=now)
    return planned


def forget_erased(*, now):
    """Empty the answers of those who had their voice erased; returns how many."""
    gone = Ask.objects.filter(voice__state=VoiceState.ERASED).exclude(answer="", words="")
    return gone.update(answer="", words="", words_public=False, way="")


def changeable_until(ask):
    """The last day on which an answer can be changed, or None before there is one."""
    if ask.first_answered_at is None:
        return None
    return due_on(ask.first_answered_at, span("answer_changed"))


@transaction.atomic
def _close(key, now):
    round_ = Round.objects.select_for_update().get(pk=key)
    if round_.state != State.ASKING:
        return 0
    state = _verdict(round_, over=True)
    _decide(round_, state, CLOCK if state == State.UNREACHED else RESIDENT, now)
    return 1


def _settle(round_, now):
    """Move a round to where its answers say: those who spoke move it, through their answers."""
    if round_.state in DECIDED:
        return
    over = round_.state == State.UNREACHED or local_day(now) > round_.closes_on
    state = _verdict(round_, over=over)
    if state in DECIDED:
        _decide(round_, state, RESIDENT, now)


def _verdict(round_, *, over):
    found = tally(round_)
    return verdict(
        found.solved,
        found.partly,
        found.unsolved,
        found.silent,
        round_.rule["share"],
        round_.rule["least"],
        over,
    )


def _decide(round_, state, by, now):
    check_move(MOVES, State(round_.state), state, by.roles)
    before, round_.state, round_.decided_at = round_.state, state, now
    round_.save(update_fields=["state", "decided_at"])
    record(by=by, verb="decide round", thing=round_, at=now, before=before, after=state)
    about = list(round_.tasks.select_related("matter").order_by("pk"))
    if round_.revisit_id:
        outcome.finish_revisit(revisit=round_.revisit, state=REVISIT_AFTER[state], by=by, now=now)
        if state != State.UNSOLVED:
            _tell(round_, f"revisit {REVISIT_AFTER[state]}", by, now, **_months(round_))
            return
    for task in about:
        _move_task(task, round_, state, by, now)
    if state == State.SOLVED and not _under_way(round_):
        outcome.plan_revisits(matter=round_.matter, since=now, now=now)
        contacts.let_go(matter=round_.matter, now=now)
    if state == State.UNSOLVED:
        contacts.hold(matter=round_.matter)


def _move_task(task, round_, state, by, now):
    """Let a task follow the people; one that the office took back meanwhile is left alone."""
    ready = (TaskState.CHECKED, TaskState.UNREACHED)
    if state == State.SOLVED and task.state in ready:
        tasks.confirm(task=task, by=by, now=now)
    elif state == State.UNSOLVED and task.state in (*ready, TaskState.CONFIRMED):
        tasks.reopen(task=task, why=_why(round_), by=by, now=now)
    elif state == State.UNREACHED and task.state == TaskState.CHECKED:
        tasks.not_reached(task=task, by=by, now=now)


def _why(round_):
    """Why work goes on, in figures for everybody. Words of residents are read elsewhere."""
    found = tally(round_)
    with translation.override(settings.LANGUAGE_CODE):
        if found.answered < number("smallest_cell"):
            return _("回头看，又坏了。") if round_.revisit_id else _("提的人说没有解决。")
        text = ngettext(
            "%(n)s 位回了话：%(a)s 位说解决了，%(b)s 位说解决了一部分，%(c)s 位说没解决。",
            "%(n)s 位回了话：%(a)s 位说解决了，%(b)s 位说解决了一部分，%(c)s 位说没解决。",
            found.answered,
        )
        return text % {
            "n": found.answered,
            "a": found.solved,
            "b": found.partly,
            "c": found.unsolved,
        }


def _tell(round_, what, by, now, **facts):
    matter = Matter.objects.get(pk=round_.matter_id)
    if matter.state == MatterState.OPEN:
        params = {"what": what, "round": round_.pk, **facts}
        matters.reach(matter=matter, by=by, now=now, kind=EventKind.STAGE, params=params)


def _months(round_):
    return {"months": round_.revisit.months}


def _due_revisit(matter):
    due = Revisit.objects.filter(matter=matter, state=RevisitState.ASKING, round=None)
    return due.order_by("due_on", "pk").first()


def _under_way(round_):
    live = (*UNDER_WAY, TaskState.RETURNED)
    return Task.objects.filter(matter=round_.matter_id, state__in=live).exists()


def _locked(ask):
    round_ = Round.objects.select_for_update().get(pk=ask.round_id)
    locked = Ask.objects.select_for_update(of=("self",)).select_related("voice__speaker")
    return round_, locked.get(pk=ask.pk)


def _check_standing(ask, round_):
    if not standing_asks(round_).filter(pk=ask.pk).exists():
        raise NotNow(_("这条话已经撤回了，先恢复再答。"))
    newer = Round.objects.filter(matter=round_.matter_id, opened_at__gt=round_.opened_at)
    if newer.exists():
        raise NotNow(_("后来又问了一轮，请答新的那一轮。"))


def _check_callable(ask, round_):
    """Only who has not answered, and is still being asked, is called."""
    _check_standing(ask, round_)
    if round_.state in DECIDED:
        raise NotNow(_("这一轮已经有结果了，不用再打电话。"))
    if ask.answer in COUNTED:
        raise NotNow(_("这一位已经回过话了，不用再打。"))


def _check_may_write(ask, way, by, round_):
    """The office writes only what it could have heard, and never over the owner's own answer."""
    if ask.answer and ask.way == Way.CODE:
        raise NotNow(_("本人已经凭查询码答过了，要改也由本人改。"))
    if way == Way.PHONE:
        looks = Look.objects.filter(
            speaker=ask.voice.speaker_id, who=by.name, at__gte=round_.opened_at
        )
        if not looks.exists():
            raise NotNow(_("请先在这一页看号码、打电话，再记他说的话。"))


def _covered(ask, words):
    """Words with identity covered, also names that the voice itself gave away."""
    words = (words or "").strip()
    if not words:
        return ""
    voice = ask.voice
    names = names_in(open_words(voice).text) if voice.original_sealed else ()
    return cover(words, names).text
