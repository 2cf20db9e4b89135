"""Whatever anybody does in whatever order: a matter is closed only after three different hands.

A machine of chance plays all verbs of the last three stages with all roles, also those that are
not theirs, also at the wrong time. After every step the sentence must hold.
"""

import datetime as dt

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from biaochi.core.actors import CLOCK, RESIDENT, Role
from biaochi.core.models import Entry
from biaochi.core.record import label
from biaochi.core.refusals import Refused
from biaochi.evaluation import actions as evaluation
from biaochi.evaluation import queries as judged
from biaochi.evaluation.models import Ask, Round
from biaochi.evaluation.rules import Answer, Way
from biaochi.outcome import actions as outcome
from biaochi.outcome.models import Check
from biaochi.outcome.rules import How, Match
from biaochi.people import vault
from biaochi.task import actions as tasks
from biaochi.task.models import Claim
from biaochi.task.rules import Done
from biaochi.voice import actions as voices
from biaochi.voice.actions import Words
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Voice
from biaochi.voice.rules import Channel

DOERS = (Role.STAFF, Role.MEMBER, Role.UNIT, Role.AUDITOR, Role.OPERATOR, Role.RESIDENT, Role.CLOCK)
PEOPLE = 3


def mostly(role):
    """Any doer, but in most cases the one whose verb it is: else no story would go far."""
    return st.sampled_from((role,) * 6 + DOERS)


class ThreeHands(RuleBasedStateMachine):
    """One matter of three people, one unit, and everybody trying everything."""

    city = moment = None  # given by the test
    closed = 0  # how often a matter was seen closed: otherwise the sentence would be empty

    def __init__(self):
        super().__init__()
        self.now = self.moment
        self.matter = self.begin()
        self.task = None

    def begin(self):
        staff = self.doer(Role.STAFF)
        heard = [
            voices.hear(
                words=Words(f"巷口的路灯坏了，第 {n} 个人说"),
                channel=Channel.PHONE,
                area=self.city.east,
                speaker=vault.speaker_for(visit=f"{id(self)} {n}"),
                seen=True,
                by=staff,
                now=self.now,
            ).voice
            for n in range(PEOPLE)
        ]
        return matters.open_matter(title="巷口路灯坏了", voices=heard, by=staff, now=self.now)

    def doer(self, role):
        if role == Role.RESIDENT:
            return RESIDENT
        return CLOCK if role == Role.CLOCK else self.city.actor(role)

    def tried(self, verb, **values):
        """Do it, or be refused with a sentence; anything else is a fault of the product."""
        self.now += dt.timedelta(minutes=5)
        try:
            return verb(**values, now=self.now)
        except Refused as refusal:
            assert str(refusal)
            return None

    @rule(answer=st.sampled_from((Answer.SOLVED, Answer.SOLVED, Answer.PARTLY, Answer.UNSOLVED)))
    def what_is_next(self, answer):
        """The right hand does the right thing: else chance alone would not come far."""
        state = None
        if self.task:
            self.task.refresh_from_db()
            state = self.task.state
        if state in (None, "recalled", "confirmed"):
            self.hand_over(Role.STAFF)
        elif state == "handed":
            self.accept(Role.UNIT)
        elif state == "accepted":
            self.claim(Role.UNIT, Done.YES)
        elif state == "claimed":
            self.check(Role.STAFF, True)
        else:
            evaluation.open_rounds(now=self.now)
            for ask in Ask.objects.filter(round__state="asking", answer="").order_by("pk")[:2]:
                self.tried(evaluation.answer, ask=ask, answer=answer, by=RESIDENT)

    @rule(days=st.integers(1, 40))
    def time_passes(self, days):
        self.now += dt.timedelta(days=days)

    @rule(role=mostly(Role.STAFF))
    def hand_over(self, role):
        made = self.tried(
            tasks.hand_over,
            matter=self.matter,
            unit=self.city.roads,
            what="修好路灯",
            by=self.doer(role),
        )
        self.task = made or self.task

    @precondition(lambda self: self.task)
    @rule(role=mostly(Role.UNIT))
    def accept(self, role):
        self.tried(tasks.accept, task=self.task, first_act="先去看", by=self.doer(role))

    @precondition(lambda self: self.task)
    @rule(role=st.sampled_from(DOERS))
    def recall(self, role):
        self.tried(tasks.recall, task=self.task, why="交错了", by=self.doer(role))

    @precondition(lambda self: self.task)
    @rule(role=mostly(Role.UNIT), done=st.sampled_from(Done))
    def claim(self, role, done):
        lines = {item.pk: (done, "换了灯头") for item in self.task.items.all()}
        self.tried(
            tasks.claim,
            task=self.task,
            lines=lines,
            good="亮了",
            bad="还有一盏没亮",
            by=self.doer(role),
        )

    @precondition(lambda self: self.task)
    @rule(role=st.sampled_from(DOERS))
    def take_back_claim(self, role):
        self.tried(tasks.take_back_claim, task=self.task, by=self.doer(role))

    @precondition(lambda self: self.task)
    @rule(
        role=st.sampled_from(DOERS),
        verb=st.sampled_from((tasks.pass_check, tasks.confirm, tasks.not_reached)),
    )
    def call_the_inner_verbs(self, role, verb):
        # A page never does; even so the table of moves lets only the right hands through. The
        # people's own verb is called in their name by a round alone, so it is not tried as them.
        if verb is tasks.pass_check and role == Role.STAFF:
            return
        if role in (Role.RESIDENT, Role.CLOCK):
            return
        self.tried(verb, task=self.task, by=self.doer(role))

    @rule(role=mostly(Role.STAFF), true=st.booleans())
    def check(self, role, true):
        outcome.open_checks(now=self.now)
        one = Check.objects.order_by("pk").last()
        if one is None:
            return
        match = Match.YES if true else Match.NO
        self.tried(
            outcome.check,
            check=one,
            how=How.SITE,
            before="黑着",
            after="亮了" if true else "还黑着",
            matches={item.pk: match for item in one.claim.task.items.all()},
            why="去看过",
            true=true,
            by=self.doer(role),
        )

    @rule()
    def people_are_asked(self):
        evaluation.open_rounds(now=self.now)

    @rule(
        who=st.integers(0, PEOPLE - 1),
        answer=st.sampled_from(Answer),
        role=mostly(Role.RESIDENT),
        way=st.sampled_from(Way),
    )
    def somebody_answers(self, who, answer, role, way):
        asks = list(Ask.objects.order_by("-round_id", "pk"))
        if who < len(asks):
            self.tried(evaluation.answer, ask=asks[who], answer=answer, way=way, by=self.doer(role))

    @rule()
    def the_clock_strikes(self):
        evaluation.close_due(now=self.now)
        outcome.start_revisits(now=self.now)

    @rule(who=st.integers(0, PEOPLE - 1))
    def somebody_withdraws(self, who):
        voice = list(Voice.objects.order_by("pk"))[who]
        self.tried(matters.withdraw, voice=voice, by=RESIDENT)

    @invariant()
    def closed_means_three_hands(self):
        if not judged.standing(self.matter).closed:
            return
        type(self).closed += 1
        round_ = judged.standing(self.matter).round
        about = list(round_.tasks.all())
        assert about, "closed without any work"
        for task in about:
            claim = Claim.objects.filter(task=task, taken_back_at=None).order_by("at").last()
            assert claim and claim.by.role == Role.UNIT
            check = Check.objects.get(claim=claim)
            assert check.state == "true" and check.by.role == Role.STAFF
            assert check.by_id != claim.by_id
            lines = Entry.objects.filter(thing=label(task), verb="confirm task")
            assert {line.actor for line in lines} == {RESIDENT.name}
        counted = Ask.objects.filter(round=round_)
        solved = counted.filter(answer=Answer.SOLVED).count()
        answered = counted.exclude(answer="").exclude(answer=Answer.LATER).count()
        assert solved > 0 and answered > 0

    @invariant()
    def silence_is_never_content(self):
        for round_ in Round.objects.filter(state="solved"):
            assert Ask.objects.filter(round=round_, answer=Answer.SOLVED).exists()


@pytest.mark.django_db
def test_no_sequence_of_moves_closes_a_matter_without_all_three_hands(city, now):
    class Machine(ThreeHands):
        def __init__(self):
            self.point = transaction.savepoint()
            super().__init__()

        def teardown(self):
            transaction.savepoint_rollback(self.point)

    Machine.city, Machine.moment = city, now
    case = Machine.TestCase
    case.settings = settings(
        max_examples=60,
        stateful_step_count=40,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    case("runTest").runTest()
    assert Machine.closed > 10
