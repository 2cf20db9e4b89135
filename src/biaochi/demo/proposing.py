"""Proposals, replies and promises in 青溪, played through their verbs."""

import datetime as dt

from biaochi.core.clock import local_day
from biaochi.demo.working import DAY, moment
from biaochi.proposal import actions as proposals
from biaochi.proposal.rules import (
    QUESTIONS,
    Decision,
    How,
    Look,
    PassedTo,
    Passing,
    Rater,
    Refusal,
    ReplyClass,
    Signing,
)
from biaochi.task import debts

# What a proposal quotes from the library, letter by letter.
QUOTED = {
    "elevator": "补多少没有准数，同一条街从三千到四万都有，62 户里 38 户说到这一条",
    "pills": "不给任何人排名次，不数谁提了几件",
}
REPLY_AFTER = 70  # days after filing, sooner where a promise would fall due before


def propose(office, matters, going, story, now):
    """Write, sign, submit, review, hand over and answer one proposal; None if it is still to come."""
    told = story.proposal
    lead = office.members.get(told.lead, office.members["沈禾"])
    filed = told.filed_on
    begun = moment((filed or local_day(now)) - 20 * DAY)
    draft = proposals.begin(title=told.title, by=lead, now=begun)
    proposals.write(
        proposal=draft,
        clauses=[clause_of(one) for one in told.advice],
        matters=matters,
        studies=[going] if going else [],
        situation=told.situation,
        analysis=told.analysis,
        gains=told.who_gains,
        gains_when="照每条建议写的日子",
        pays=told.who_pays,
        loses=told.who_loses,
        by=lead,
        now=begun + DAY,
    )
    if story.key in QUOTED:
        proposals.cite(proposal=draft, words=QUOTED[story.key], by=lead, now=begun + DAY)
    sign_together(office, draft, told, lead, begun + 2 * DAY)
    if filed is None:
        return draft
    proposals.submit(proposal=draft, by=lead, now=moment(filed - 8 * DAY, 16))
    file(office, draft, story, told, filed)
    proposals.hand_over(proposal=draft, by=office.staff[0], now=moment(filed + DAY, 9))
    answer(office, draft, story, told, lead, now)
    draft.refresh_from_db()
    return draft


def clause_of(advice):
    return {
        "doer": advice.doer,
        "act": advice.act,
        "due_on": advice.due_on,
        "measure": advice.measure,
    }


def sign_together(office, draft, told, lead, at):
    draft.refresh_from_db()
    for name in told.co:
        other = office.members.get(name)
        if other is None or other.account == lead.account:
            continue
        proposals.ask_to_sign(proposal=draft, member=other.account, by=lead, now=at)
        proposals.sign(
            proposal=draft,
            signing=Signing.SIGNED,
            version=draft.version,
            by=other,
            now=at + DAY,
        )


def file(office, draft, story, told, filed):
    """Two of the staff review and agree."""
    units = [office.units[name].pk for name in story.co if name in office.units]
    for clerk, day in zip(office.staff, (filed - 4 * DAY, filed), strict=True):
        proposals.review(
            proposal=draft,
            looks=dict.fromkeys(Look.values, Passing.PASS),
            decision=Decision.FILE,
            why="一事一案，每条有人、有日子、有算数的样子",
            details={
                "category": "城乡建设" if "住建" in story.lead else "民政劳动",
                "lead": office.units[story.lead].pk,
                "co": units,
                "is_key": bool(story.session),
            },
            by=clerk,
            now=moment(day, 10),
        )


def answer(office, draft, story, told, lead, now):
    """The unit talks with the members and replies to each clause."""
    unit = office.unit_actors.get(story.lead)
    promised = [one.due_on for one in told.advice if one.answer == "B"]
    on = min([told.filed_on + REPLY_AFTER * DAY, *(day - DAY for day in promised)])
    on = min(on, local_day(now) - 5 * DAY)
    if unit is None or not all(one.answer for one in told.advice) or on <= told.filed_on + 2 * DAY:
        return
    talk = told.filed_on + dt.timedelta(days=min(15, (on - told.filed_on).days - 1))
    proposals.note_contact(
        proposal=draft,
        on=talk,
        how="面谈",
        words="上门谈了一次，逐条对过",
        by=unit,
        now=moment(talk, 17),
    )
    proposals.reply(
        proposal=draft,
        answers={n: answer_of(one) for n, one in enumerate(told.advice, 1)},
        number=f"青函〔{on.year}〕{draft.pk:02d} 号",
        by=unit,
        now=moment(on, 15),
    )
    debts.book(now=moment(on, 18))
    rate(draft, lead, unit, on, now)


def answer_of(advice):
    given = {"letter": ReplyClass(advice.answer), "answer": advice.reply}
    if advice.answer == "A":
        return given | {"proof": advice.measure}
    if advice.answer == "B":
        return given | {"promised_on": advice.due_on, "promise": advice.measure}
    return given | {"blocked_by": advice.reply, "can_do": "先把情况报上去，有回音就告诉提案人"}


def rate(draft, lead, unit, on, now):
    """Both sides write, back to back; then everything is published."""
    day = on + 6 * DAY
    if moment(day, 12) >= now:
        return
    sides = (
        (Rater.MEMBER, lead, "还差一截的那几条，接着办；别的先不用重办。"),
        (Rater.UNIT, unit, "下回附上分栋、分人的清单，更好办。"),
    )
    for side, actor, words in sides:
        proposals.rate(
            proposal=draft,
            answers=dict.fromkeys(QUESTIONS[side], (How.values[0], "具体的都写在答复里了")),
            words=words,
            by=actor,
            now=moment(day, 10),
        )


def publish(office, draft, now):
    """Open the proposal and its reply to everybody."""
    draft.refresh_from_db()
    if draft.replied_at and draft.replied_at + 10 * DAY < now:
        proposals.publish(proposal=draft, by=office.staff[0], now=draft.replied_at + 10 * DAY)


def old_promise(office, debt, matter, now):
    """A promise of an earlier year: a small proposal of that time, whose reply was class B."""
    lead, unit = office.members["沈禾"], office.unit_actors.get(debt.unit)
    if unit is None:
        return
    begun = debt.due_on - 200 * DAY
    draft = proposals.begin(
        title=f"{debt.source}提案里的一条：{debt.promise}"[:120], by=lead, now=moment(begun)
    )
    linked = [matter] if matter.opened_at < moment(begun) else []
    proposals.write(
        proposal=draft,
        clauses=[
            {"doer": debt.unit, "act": debt.promise, "due_on": debt.due_on, "measure": debt.promise}
        ],
        matters=linked,
        no_link_why="" if linked else "那时候还没有把大家的话归到一起，只记得是委员走访时听到的",
        situation="从前的提案，只搬来答应过的这一条。",
        analysis="当时答应了，日子也写了，所以记成一笔账。",
        gains="当时提这件事的人",
        gains_when=debt.due_on.isoformat(),
        pays="当时的答复里没有写",
        loses="没有写；这一条只为记账搬来",
        by=lead,
        now=moment(begun, 11),
    )
    proposals.submit(proposal=draft, by=lead, now=moment(begun, 12))
    for hour, clerk in enumerate(office.staff):
        proposals.review(
            proposal=draft,
            looks=dict.fromkeys(Look.values, Passing.PASS),
            decision=Decision.FILE,
            why="一条一条，有人有日子",
            details={"category": "政务服务", "lead": office.units[debt.unit].pk, "co": []},
            by=clerk,
            now=moment(begun + DAY, 10 + hour),
        )
    proposals.hand_over(proposal=draft, by=office.staff[0], now=moment(begun + DAY, 15))
    answers = {
        1: {
            "letter": ReplyClass.B,
            "answer": debt.promise,
            "promised_on": debt.due_on,
            "promise": debt.promise,
        }
    }
    on = begun + 30 * DAY
    proposals.reply(
        proposal=draft, answers=answers, number=debt.source, by=unit, now=moment(on, 15)
    )
    debts.book(now=moment(on, 18))
    publish(office, draft, now)
    if debt.state in ("kept", "late"):
        keep(office, draft, unit, lead, debt.kept_on or debt.due_on)


def keep(office, draft, unit, lead, on):
    """Three hands: the unit says it, the office checks, the one who asked agrees."""
    owed = draft.clauses.get(position=1).debt
    debts.say_kept(debt=owed, words="办成了，材料附在办公室", by=unit, now=moment(on, 9))
    debts.check_kept(
        debt=owed, words="去看过，和说的一样", by=office.staff[1], now=moment(on + 2 * DAY, 9)
    )
    debts.acknowledge(debt=owed, words="认", by=lead, now=moment(on + 3 * DAY, 9))


def refuse_and_pass_on(office, matter, now):
    """A proposal that names no concrete advice is not filed; its words go on as a report."""
    lead, day = office.members["白露"], local_day(now) - 40 * DAY
    draft = proposals.begin(title="关于让高铁在青溪多停几趟的提案", by=lead, now=moment(day))
    proposals.write(
        proposal=draft,
        clauses=[
            {
                "doer": "有关部门",
                "act": "争取让高铁在青溪多停几趟",
                "due_on": local_day(now) + 300 * DAY,
                "measure": "多停几趟",
            }
        ],
        matters=[matter],
        situation="跑生意的、在外念书的都盼着多停几趟，眼下一天只停两趟。",
        analysis="站小、客流没有数过，停不停由省里和铁路定。",
        gains="常出门的人，人数没有数过",
        gains_when="说不准",
        pays="市里不花钱",
        loses="没有，路过的车要慢几分钟",
        by=lead,
        now=moment(day, 11),
    )
    proposals.submit(proposal=draft, by=lead, now=moment(day, 16))
    for hour, clerk in enumerate(office.staff):
        proposals.review(
            proposal=draft,
            looks=dict.fromkeys(Look.values, Passing.PASS) | {Look.WHAT.value: Passing.FAIL},
            decision=Decision.NOT_FILE,
            why="是大家的盼望，可是市里定不了，也没有写清谁来做；转成信息报上去更快。",
            details={
                "case": Refusal.EMPTY,
                "passed_to": PassedTo.REPORT,
                "where": "写成社情民意信息，报省政协",
            },
            by=clerk,
            now=moment(day + 3 * DAY, 10 + hour),
        )
    draft.refresh_from_db()
    report, clerk = draft.passed_report, office.staff[0]
    proposals.submit_report(report=report, by=lead, now=moment(day + 4 * DAY))
    proposals.edit_report(
        report=report,
        text="青溪居民盼高铁多停：跑生意的、在外念书的眼下一天只有两趟可坐，建议先数客流再定。",
        by=clerk,
        now=moment(day + 5 * DAY),
    )
    proposals.send(report=report, sent_to="省政协办公厅", by=clerk, now=moment(day + 6 * DAY))
    proposals.note_answer(
        report=report,
        answer="省里批复：纳入研究，明年先数客流。",
        by=clerk,
        now=moment(day + 30 * DAY),
    )
