"""A deliberation in 青溪: both sides sit down, people vote blind, nothing is smoothed over."""

from biaochi.core.actors import RESIDENT
from biaochi.deliberation import actions as sessions
from biaochi.deliberation.rules import Choice, Side, Stand
from biaochi.demo.working import DAY, moment
from biaochi.voice.models import Voice

SEATS = (
    ("居民代表，赞成的一方", Side.RESIDENT, "等着用，越早越好", False),
    ("居民代表，担心的一方", Side.RESIDENT, "怕吵、怕吃亏", False),
    ("居民代表，刚搬来的", Side.RESIDENT, "没有", False),
    ("主办单位", Side.UNIT, "要出人、要花钱", False),
    ("会办单位", Side.UNIT, "要出钱", False),
    ("牵头委员", Side.MEMBER, "没有", False),
    ("一位委员", Side.MEMBER, "", True),
)
VOTERS = 48


def meet(office, draft, matter, story, now):
    """Call, vote, meet, record and sign, as far as the days have come."""
    told, clerk = story.session, office.staff[0]
    held = moment(told.on, 14)
    call = told.on - 30 * DAY
    session = sessions.open_session(
        title=f"协商会：{story.title}"[:120],
        question=f"{story.title}：大家能谈拢哪几条？",
        held_at=held,
        place=told.place,
        proposal=draft,
        matters=[matter],
        by=clerk,
        now=moment(call),
    )
    seats = invite(office, session, story, told, clerk, call)
    for one in told.statements:
        said = sessions.say(
            session=session, text=one.text, side=Side.RESIDENT, by=clerk, now=moment(call + DAY)
        )
        sessions.put_up(statement=said, by=clerk, now=moment(call + DAY, 11))
    sessions.give_notice(session=session, by=clerk, now=moment(call + 2 * DAY))
    sessions.send_papers(
        session=session,
        papers=f"{story.title}。眼下的情况、几种办法、各要花多少，都写在提案里。谁来都能看。",
        by=clerk,
        now=moment(call + 5 * DAY),
    )
    sessions.open_votes(session=session, by=clerk, now=moment(call + 8 * DAY))
    session.refresh_from_db()
    vote(session, matter, told, call + 9 * DAY)
    if held + DAY >= now:
        return session
    sessions.close_votes(session=session, by=clerk, now=held)
    write_record(session, seats, told, clerk, held)
    if held + 4 * DAY < now:
        for seat in seats[:-1]:
            sessions.sign(seat=seat, by=clerk, now=held + 2 * DAY)
        sessions.finish(session=session, by=clerk, now=held + 3 * DAY)
    return session


def invite(office, session, story, told, clerk, call):
    """Seats on both sides, each with a declared interest; the last one steps back."""
    co = next((name for name in story.co if name in office.units), story.lead)
    units = iter((office.units[story.lead], office.units[co]))
    seats = []
    for who, side, interest, recused in SEATS:
        unit = next(units) if side == Side.UNIT else None
        seat, _code = sessions.seat(
            session=session,
            who=unit.name if unit else who,
            side=side,
            unit=unit,
            how="报名以后抽签" if side == Side.RESIDENT else "请来的",
            by=clerk,
            now=moment(call, 11),
        )
        sessions.declare(
            seat=seat,
            interest=interest or told.recused,
            recused=recused,
            by=clerk,
            now=moment(call, 12),
        )
        seats.append(seat)
    return seats


def vote(session, matter, told, day):
    """People who spoke vote by their code, each group of opinion in its own way."""
    voices = Voice.objects.filter(membership__matter=matter, state="heard").order_by("pk")
    voices = list(voices.select_related("speaker", "membership")[:VOTERS])
    statements = list(session.statements.order_by("position"))
    groups = len(told.statements[0].agree)
    for place, voice in enumerate(voices):
        group, turn = place % groups, place // groups
        for statement, one in zip(statements, told.statements, strict=True):
            tenths = one.agree[group]
            agrees = (turn * 7 + statement.position * 3) % 10 < tenths
            unsure = not agrees and (turn + statement.position) % 5 == 0
            choice = Choice.AGREE if agrees else Choice.PASS if unsure else Choice.DISAGREE
            sessions.vote(
                statement=statement, choice=choice, voice=voice, by=RESIDENT, now=moment(day)
            )


def write_record(session, seats, told, clerk, held):
    """Who came, each point with what every seat says to it, the minutes."""
    session.refresh_from_db()
    came = [seat.pk for seat in seats if "会办" not in seat.how]
    sessions.note_came(session=session, seats=came, by=clerk, now=held + DAY / 8)
    for point in told.points:
        written = sessions.note_point(
            session=session,
            text=point.text,
            options=list(point.options),
            by=clerk,
            now=held + DAY / 6,
        )
        for seat in seats[:-1]:
            stand, words = stand_of(seat, point)
            sessions.stand(
                point=written, seat=seat, stand=stand, words=words, by=clerk, now=held + DAY / 5
            )
    sessions.close_record(
        session=session,
        minutes=f"到会：{told.present}。没到：{told.absent}。回避：{told.recused}。领导最后说。",
        by=clerk,
        now=held + DAY / 4,
    )


def stand_of(seat, point):
    """What a seat says: the worried resident speaks the reservation or the dissent of the story."""
    worried = "担心" in seat.who
    if point.state == "split" and (worried or seat.side == Side.UNIT):
        return Stand.DISAGREED, point.dissent or "这一条我们没谈拢，不能写成谈拢了。"
    if worried and point.dissent:
        return Stand.RESERVED, point.dissent
    if worried and point.reservation:
        return Stand.RESERVED, point.reservation
    return Stand.AGREED, ""
