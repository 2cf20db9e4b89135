"""A session from the invitation to the signed record, made by the verbs, one step at a time."""

import datetime as dt

import pytest
from django.utils import timezone

from biaochi.deliberation import actions
from biaochi.deliberation.models import Seat, Session, Statement
from biaochi.people import vault
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.rules import Channel

DAY = dt.timedelta(days=1)
PHONE, NAME = "13812345678", "张三丰"


@pytest.fixture
def told(city, resident, now):
    """Eight people about the same lamps; the first leaves a name and a number in the words."""
    return [
        voices.hear(
            words=voices.Words(
                f"第{n}盏路灯不亮，晚上黑得看不见路。"
                + (f"我叫{NAME}，{PHONE}。" if n == 0 else ""),
                title="路灯不亮",
            ),
            channel=Channel.WEB,
            area=city.east,
            speaker=vault.speaker_for(phone=f"1381234567{n}"),
            by=resident,
            now=now,
        )
        for n in range(8)
    ]


@pytest.fixture
def matter(told, city, staff, now):
    heard = [one.voice for one in told]
    voices.mark_seen(voices=heard, by=staff, now=now)
    return matters.open_matter(
        title="后街的路灯不亮", voices=heard, category=city.lamps, by=staff, now=now
    )


class Table:
    """The same session at every step; ``held`` is the moment of the meeting."""

    def __init__(self, city, staff, matter, now, held):
        self.city, self.staff, self.matter, self.now, self.held = city, staff, matter, now, held
        self.codes = {}

    def by(self, **more):
        return {"by": self.staff, "now": self.now, **more}

    def prepare(self):
        self.session = actions.open_session(
            title="后街的灯怎么修",
            question="灯坏了先修哪几盏，钱谁出？",
            held_at=self.held,
            place="城东便民中心",
            matters=[self.matter],
            **self.by(),
        )
        people = [("沿街居民代表", "resident", None), ("夜班工人代表", "resident", None)]
        self.seats = {}
        for who, side, unit in [*people, ("市城管局", "unit", self.city.roads)]:
            self.invite(who, side, unit=unit)
        self.invite("委员", "member", member=self.city.users["member"])
        return self.session

    def invite(self, who, side, **more):
        seat, code = actions.seat(session=self.session, who=who, side=side, **more, **self.by())
        self.seats[who], self.codes[who] = seat, code
        return seat

    def notice(self):
        self.prepare()
        for seat in self.seats.values():
            actions.declare(seat=seat, interest="晚上要走这条路", **self.by())
        actions.give_notice(session=self.session, **self.by())
        actions.send_papers(session=self.session, papers="一共十盏，修好要三万元。", **self.by())
        for text in ("先修学校门口的", "钱由全市出", "坏了三天内要修好"):
            self.put_up(text)
        return self.fresh()

    def put_up(self, text, side="resident"):
        said = actions.say(session=self.session, text=text, side=side, **self.by())
        return actions.put_up(statement=said, **self.by())

    def vote(self):
        self.notice()
        actions.open_votes(session=self.session, **self.by())
        return self.fresh()

    def record(self, votes=()):
        """``votes``: a list of (voice or seat as keyword arguments, choices of the sentences)."""
        self.vote()
        for who, choices in votes:
            for statement, choice in zip(self.statements(), choices, strict=True):
                self.cast(statement, choice, **who)
        actions.close_votes(session=self.session, by=self.staff, now=self.held)
        return self.fresh()

    def cast(self, statement, choice, **who):
        from biaochi.core.actors import RESIDENT

        actions.vote(statement=statement, choice=choice, by=RESIDENT, now=self.now, **who)

    def after(self, days=1):
        return {"by": self.staff, "now": self.held + days * DAY}

    def write(self, came=None):
        """Two points: one agreed with a reservation, one split."""
        self.record()
        came = self.seats.values() if came is None else [self.seats[who] for who in came]
        keys = [seat.pk for seat in came]
        actions.note_came(session=self.session, seats=keys, **self.after())
        self.points = [
            actions.note_point(
                session=self.session, text="十盏都修好", doer="市城管局", **self.after()
            ),
            actions.note_point(
                session=self.session,
                text="以后的维修钱谁出",
                options=["全市出", "街道出一半"],
                **self.after(),
            ),
        ]
        one, two, unit, _member = self.seats.values()
        agreed, split = self.points
        for seat, stand, words in (
            (one, "agreed", ""),
            (two, "reserved", "先修学校门口的才算"),
            (unit, "agreed", ""),
        ):
            self.say(agreed, seat, stand, words)
        self.say(split, one, "disagreed", "不该我们出")
        self.say(split, unit, "agreed", "")
        return self.fresh()

    def say(self, point, seat, stand, words="", **more):
        deed = {**self.after(), **more}
        return actions.stand(point=point, seat=seat, stand=stand, words=words, **deed)

    def sign(self, came=None):
        self.write(came)
        actions.close_record(session=self.session, minutes="先读了表态结果。", **self.after())
        return self.fresh()

    def finish(self, came=None):
        self.sign(came)
        for seat in Seat.objects.filter(session=self.session, came=True, recused=False):
            actions.sign(seat=seat, **self.after(2))
        actions.finish(session=self.session, **self.after(2))
        return self.fresh()

    def statements(self):
        return list(Statement.objects.filter(session=self.session, wall="up"))

    def fresh(self):
        self.session = Session.objects.get(pk=self.session.pk)
        return self.session


@pytest.fixture
def table(city, staff, matter, now):
    """A meeting forty days from the first day of the tests."""
    return Table(city, staff, matter, now, now + 40 * DAY)


@pytest.fixture
def coming(city, staff, matter):
    """A meeting forty days from today, for pages."""
    now = timezone.now()
    return Table(city, staff, matter, now, now + 40 * DAY)


@pytest.fixture
def past(city, staff, matter):
    """A meeting that was yesterday, for pages; it was called forty days before."""
    now = timezone.now()
    return Table(city, staff, matter, now - 41 * DAY, now - 3 * DAY)
