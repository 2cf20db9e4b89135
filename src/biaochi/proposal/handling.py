"""The verbs of units on a proposal: give back, give an opinion, note a talk, reply.

Only the lead unit replies, clause by clause; its co-units give it an opinion. What a member
thinks of the class that a unit gave its own answer is written here as well.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from biaochi.core.actors import Role
from biaochi.core.clock import due_on, local_day
from biaochi.core.moves import check_move
from biaochi.core.profiles import profile, span
from biaochi.core.record import record
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.proposal.drafting import PROFILE, check_own, locked
from biaochi.proposal.filing import lead_of
from biaochi.proposal.models import Contact, Reply
from biaochi.proposal.rules import MOVES, Part, ReplyClass, State, check_answer, overall
from biaochi.proposal.telling import tell

ANSWER = ("letter", "answer", "proof", "promised_on", "promise", "blocked_by", "can_do")
OF_CLASS = {
    ReplyClass.A: ("proof",),
    ReplyClass.B: ("promised_on", "promise"),
    ReplyClass.C: ("blocked_by", "can_do"),
}


@transaction.atomic
def give_back(*, proposal, words, by, now):
    """The lead unit returns a proposal to the office, with a reason, within the days for it.

    :raises NotYours: a co-unit, or another unit
    :raises NotNow: it was replied to, or the last day for returning is over
    """
    proposal = locked(proposal)
    lead = check_lead(proposal, by)
    check_move(MOVES, proposal.state, State.RETURNED, by.roles)
    if not (words or "").strip():
        raise Incomplete(_("请写为什么退回，大家都看得到。"), "words")
    if local_day(now) > proposal.return_by:
        raise NotNow(
            _("退回的最后一天是%(month)s月%(day)s日，已经过了。请办，办不动的按 C 类写明卡在哪。")
            % {"month": proposal.return_by.month, "day": proposal.return_by.day}
        )
    before, proposal.state = proposal.state, State.RETURNED
    proposal.return_words = words.strip()[:500]
    proposal.save(update_fields=["state", "return_words"])
    record(
        by=by,
        verb="return proposal",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=proposal.return_words,
    )
    tell(
        proposal,
        "proposal returned",
        by,
        now,
        number=proposal.number,
        unit=lead.unit.name,
        why=proposal.return_words,
    )
    return proposal


@transaction.atomic
def give_opinion(*, proposal, opinion, by, now):
    """A co-unit tells the lead unit what it can do. It may be changed until the reply is sent."""
    proposal = locked(proposal)
    mine = check_handling(proposal, by)
    if mine.part != Part.CO:
        raise NotYours(_("主办单位直接写答复，不另给意见。"))
    if proposal.state != State.HANDED:
        raise NotNow(_("现在不用给意见了。"))
    if not (opinion or "").strip():
        raise Incomplete(_("请写意见：您单位能做什么、什么时候。"), "opinion")
    mine.opinion, mine.opinion_at = opinion.strip(), now
    mine.save(update_fields=["opinion", "opinion_at"])
    record(by=by, verb="give opinion on proposal", thing=proposal, at=now)
    return mine


@transaction.atomic
def note_contact(*, proposal, on, how, words, by, now):
    """Note a talk with the members: the day, the way, and what was said in short."""
    proposal = locked(proposal)
    mine = check_handling(proposal, by)
    if proposal.state not in (State.HANDED, State.REPLIED):
        raise NotNow(_("现在不用记沟通了。"))
    if on is None or not local_day(proposal.handed_at) <= on <= local_day(now):
        raise Incomplete(_("请写哪天谈的：交办以后、今天以前。"), "on")
    if how not in profile(PROFILE)["classes"]["contact_mode"]:
        raise Incomplete(_("请选怎么谈的。"), "how")
    talk = Contact.objects.create(
        proposal=proposal, unit=mine.unit, on=on, how=how, words=(words or "").strip()[:500]
    )
    record(by=by, verb="note talk", thing=proposal, at=now, note=how)
    return talk


@transaction.atomic
def keep_reply(*, proposal, answers, number, by, now):
    """Keep an unfinished reply for the unit alone. It is sent to nobody and binds nobody."""
    proposal = locked(proposal)
    check_lead(proposal, by)
    if proposal.state != State.HANDED:
        raise NotNow(_("现在不能写答复。"))
    proposal.reply_draft = {"number": number, "answers": plain(answers)}
    proposal.save(update_fields=["reply_draft"])
    record(by=by, verb="keep reply", thing=proposal, at=now)
    return proposal


@transaction.atomic
def reply(*, proposal, answers, number, by, now):
    """Reply to every clause. A late reply is taken, and says that it is late.

    :param answers: ``{position: {letter, answer, proof, promised_on, promise, blocked_by, can_do}}``
    :raises NotYours: a co-unit, or another unit
    :raises Incomplete: a clause is not answered as its class demands
    """
    proposal = locked(proposal)
    lead = check_lead(proposal, by)
    check_move(MOVES, proposal.state, State.REPLIED, by.roles)
    clauses = list(proposal.clauses.select_for_update())
    for clause in clauses:
        given = {name: answers.get(clause.position, {}).get(name) for name in ANSWER}
        given["words"] = given.pop("answer")
        check_answer(**given, today=local_day(now), position=clause.position)
    for clause in clauses:
        _answer(clause, answers[clause.position], now)
    before, proposal.state, proposal.replied_at = proposal.state, State.REPLIED, now
    proposal.reply_number = (number or "").strip()[:60]
    proposal.feedback_by = due_on(now, span("proposer_feedback", PROFILE))
    proposal.publish_by = due_on(now, span("publish_after_reply", PROFILE))
    proposal.reply_draft, proposal.again_why = {}, ""
    proposal.save()
    letters = [clause.letter for clause in clauses]
    sent = Reply.objects.create(
        proposal=proposal,
        unit=lead.unit,
        number=proposal.reply_number,
        at=now,
        due_on=proposal.reply_by,
        letter=overall(letters),
        answers=plain({clause.position: answers[clause.position] for clause in clauses}),
    )
    late = local_day(now) > proposal.reply_by
    record(
        by=by,
        verb="reply to proposal",
        thing=proposal,
        at=now,
        before=before,
        after=proposal.state,
        note=f"{sent.letter}{' late' if late else ''}",
    )
    tell(
        proposal,
        "proposal replied",
        by,
        now,
        number=proposal.number,
        unit=lead.unit.name,
        classes={key.lower(): letters.count(key) for key in ReplyClass.values},
        late=late,
    )
    return proposal


@transaction.atomic
def judge_classes(*, proposal, takes, by, now):
    """The member takes, or does not take, the class that the unit gave each answer.

    :param takes: ``{position: bool}``; what is not named stays open
    :raises NotYours: anybody but the member who leads it
    """
    proposal = locked(proposal)
    check_own(proposal, by)
    if proposal.state not in (State.REPLIED, State.PUBLISHED):
        raise NotNow(_("还没有答复。"))
    if not takes:
        raise Incomplete(_("请至少说一条：认，还是不认。"), "takes")
    for clause in proposal.clauses.filter(position__in=takes):
        clause.accepted = bool(takes[clause.position])
        clause.save(update_fields=["accepted"])
    refused = sorted(position for position, taken in takes.items() if not taken)
    record(
        by=by,
        verb="judge classes",
        thing=proposal,
        at=now,
        note=",".join(map(str, refused)),
    )
    return proposal


def check_handling(proposal, by):
    """The part of the doer's unit in a proposal; another unit has none."""
    mine = None
    if by.has(Role.UNIT) and by.unit is not None:
        mine = proposal.handlings.select_related("unit").filter(unit=by.unit).first()
    if mine is None:
        raise NotYours(_("这件提案没有交给您的单位。"))
    return mine


def check_lead(proposal, by):
    mine = check_handling(proposal, by)
    if mine.part != Part.LEAD:
        raise NotYours(_("只有主办单位能做这一步。"))
    return lead_of(proposal)


def plain(answers):
    """Answers as values that are kept: days as text."""
    return {
        str(position): {
            name: value.isoformat() if isinstance(value, dt.date) else (value or "")
            for name, value in given.items()
        }
        for position, given in answers.items()
    }


def _answer(clause, given, now):
    """Write one answer; what belongs to another class than the chosen one is left out."""
    clause.letter, clause.answer = ReplyClass(given["letter"]), given["answer"].strip()
    for letter, names in OF_CLASS.items():
        for name in names:
            empty = None if name == "promised_on" else ""
            value = given.get(name) if letter == clause.letter else empty
            if isinstance(value, str):
                value = value.strip()
                most = clause._meta.get_field(name).max_length
                if len(value) > most:
                    raise Incomplete(
                        _("这一栏最多写 %(n)s 个字。") % {"n": most}, f"{name}-{clause.position}"
                    )
            setattr(clause, name, value)
    clause.answered_at, clause.accepted = now, None
    clause.save()
