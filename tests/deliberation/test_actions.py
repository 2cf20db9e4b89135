"""The verbs of sitting down together, and each of their refusals."""

import hashlib

import pytest

from biaochi.core.actors import CLOCK, RESIDENT, Role
from biaochi.core.models import Entry
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.deliberation import actions, minutes, queries, story
from biaochi.deliberation.models import Said, Seat, Vote
from biaochi.deliberation.rules import Outcome, Stand, State, Wall
from biaochi.flow import Step
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Event, Voice
from tests.deliberation.conftest import DAY, NAME, PHONE


def events(matter):
    return [
        story.STORY[event.params["what"]](event.params)
        for event in Event.objects.filter(matter=matter, kind="stage")
    ]


def voice_of(told, n):
    return Voice.objects.select_related("membership").get(pk=told[n].voice.pk)


def test_a_session_runs_from_invitation_to_fingerprint(table, matter):
    session = table.finish()
    assert session.state == State.SIGNED
    agreed, split = session.points.all()
    assert (agreed.outcome, split.outcome) == (Outcome.RESERVED, Outcome.SPLIT)
    assert session.minutes_hash == hashlib.sha256(minutes.text_of(session).encode()).hexdigest()
    matter.refresh_from_db()
    assert matter.step == Step.PROPOSED
    titles = [title for title, _words in events(matter)]
    assert titles == ["要开协商会", "开始表态", "协商会的纪要签好了"]
    assert events(matter)[-1][1] == "谈拢但有保留 1 条，没谈拢 1 条。"


def test_the_days_are_counted_back_from_the_meeting(table):
    session = table.prepare()
    notice, papers, last = actions.days_of(table.held)
    assert (session.notice_by, session.papers_by, session.minutes_by) == (notice, papers, last)
    assert notice < papers < session.held_at.date() < last


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"question": ""}, "question"),
        ({"place": ""}, "place"),
        ({"held_at": None}, "held_at"),
        ({"matters": ()}, "about"),
    ],
)
def test_a_session_needs_what_it_is_about_when_and_where(table, change, field):
    deed = {"title": "灯", "question": "修不修？", "held_at": table.held, "place": "中心"}
    with pytest.raises(Incomplete) as wrong:
        actions.open_session(**{**deed, "matters": [table.matter], **change}, **table.by())
    assert wrong.value.field == field


def test_a_meeting_in_the_past_is_not_called(table):
    table.held = table.now
    with pytest.raises(Incomplete):
        table.prepare()


@pytest.mark.parametrize("role", [Role.MEMBER, Role.UNIT, Role.AUDITOR])
def test_only_the_office_calls_and_steers_a_session(table, city, role):
    table.prepare()
    by = {"by": city.actor(role), "now": table.now}
    with pytest.raises(NotYours):
        actions.open_session(
            title="灯", question="？", held_at=table.held, place="x", matters=[table.matter], **by
        )
    for verb in (actions.give_notice, actions.open_votes, actions.close_votes, actions.finish):
        with pytest.raises((NotYours, NotNow)):
            verb(session=table.session, **by)
    with pytest.raises(NotYours):
        actions.seat(session=table.session, who="x", side="other", **by)
    with pytest.raises(NotYours):
        actions.send_papers(session=table.session, papers="x", **by)
    assert table.fresh().state == State.PREPARING


def test_a_resident_sits_under_a_description_never_under_a_name(table):
    table.prepare()
    for who in (f"我叫{NAME}", f"代表 {PHONE}", ""):
        with pytest.raises(Incomplete) as wrong:
            table.invite(who, "resident")
        assert wrong.value.field == "who"


def test_a_unit_s_seat_names_its_unit_and_a_member_s_seat_a_member(table, city):
    table.prepare()
    with pytest.raises(Incomplete):
        table.invite("某单位", "unit")
    with pytest.raises(Incomplete):
        table.invite("委员", "member", member=city.users["staff"])
    with pytest.raises(Incomplete):
        table.invite("谁", "somewhere")


def test_a_code_is_shown_once_kept_as_a_mark_and_can_be_renewed(table):
    table.prepare()
    code, seat = table.codes["沿街居民代表"], table.seats["沿街居民代表"]
    assert actions.find_seat(code=code.lower().replace("-", " ")).pk == seat.pk
    assert code not in str(Seat.objects.filter(pk=seat.pk).values())
    fresh = actions.renew_code(seat=seat, **table.by())
    assert actions.find_seat(code=fresh).pk == seat.pk
    with pytest.raises(NotNow):
        actions.find_seat(code=code)
    with pytest.raises(Incomplete):
        actions.find_seat(code="ZW-1")


def test_a_notice_needs_both_sides_and_time_or_a_public_reason(table):
    table.prepare()
    Seat.objects.filter(side="unit").delete()
    with pytest.raises(Incomplete):
        actions.give_notice(session=table.session, **table.by())
    table.invite("市城管局", "unit", unit=table.city.roads)
    late = {"by": table.staff, "now": table.held - 3 * DAY}
    with pytest.raises(Incomplete) as wrong:
        actions.give_notice(session=table.session, **late)
    assert wrong.value.field == "why"
    actions.give_notice(session=table.session, why="汛期不等人", **late)
    assert table.fresh().short_why == "汛期不等人"


def test_papers_go_out_after_the_notice_in_time_and_without_names(table):
    table.prepare()
    with pytest.raises(NotNow):
        actions.send_papers(session=table.session, papers="x", **table.by())
    actions.give_notice(session=table.session, **table.by())
    with pytest.raises(Incomplete):
        actions.send_papers(session=table.session, papers=" ", **table.by())
    late = {"by": table.staff, "now": table.held - DAY}
    with pytest.raises(Incomplete):
        actions.send_papers(session=table.session, papers="账在这里", **late)
    actions.send_papers(session=table.session, papers=f"请找{PHONE}", why="刚算完", **late)
    session = table.fresh()
    assert PHONE not in session.papers
    assert session.short_why == "刚算完"


def test_interests_are_declared_before_anybody_votes(table):
    table.prepare()
    actions.give_notice(session=table.session, **table.by())
    actions.send_papers(session=table.session, papers="账", **table.by())
    table.put_up("先修学校门口的")
    with pytest.raises(Incomplete) as wrong:
        actions.open_votes(session=table.session, **table.by())
    assert wrong.value.field == "interest"
    for seat in table.seats.values():
        actions.declare(seat=seat, interest="没有", **table.by())
    actions.open_votes(session=table.session, **table.by())
    with pytest.raises(NotNow):
        actions.declare(seat=table.seats["委员"], interest="别的", **table.by())


def test_an_interest_is_said_in_words(table):
    table.prepare()
    with pytest.raises(Incomplete):
        actions.declare(seat=table.seats["委员"], interest=" ", **table.by())


def test_a_seat_is_declared_by_its_own_people_only(table, city, member, unit):
    table.prepare()
    now = table.now
    actions.declare(seat=table.seats["委员"], interest="没有", by=member, now=now)
    actions.declare(seat=table.seats["市城管局"], interest="要花钱", by=unit, now=now)
    for seat, by in ((table.seats["市城管局"], member), (table.seats["委员"], unit)):
        with pytest.raises(NotYours):
            actions.declare(seat=seat, interest="没有", by=by, now=now)
    with pytest.raises(NotYours):
        actions.declare(
            seat=table.seats["委员"], interest="没有", by=city.actor(Role.AUDITOR), now=now
        )


def test_votes_open_with_papers_with_a_wall_and_end_before_the_meeting(table):
    table.prepare()
    for seat in table.seats.values():
        actions.declare(seat=seat, interest="没有", **table.by())
    actions.give_notice(session=table.session, **table.by())
    with pytest.raises(Incomplete) as wrong:
        actions.open_votes(session=table.session, **table.by())
    assert wrong.value.field == "papers"
    actions.send_papers(session=table.session, papers="账", **table.by())
    with pytest.raises(Incomplete) as wrong:
        actions.open_votes(session=table.session, **table.by())
    assert wrong.value.field == "statements"
    table.put_up("先修学校门口的")
    for moment in (table.now, table.held + DAY):
        with pytest.raises(Incomplete) as wrong:
            actions.open_votes(session=table.session, closes_at=moment, **table.by())
        assert wrong.value.field == "closes_at"
    actions.open_votes(session=table.session, closes_at=table.held - DAY, **table.by())
    assert table.fresh().votes_close_at == table.held - DAY


def test_a_voice_has_one_vote_which_it_may_change(table, told):
    table.vote()
    first = table.statements()[0]
    table.cast(first, "agree", voice=voice_of(told, 1))
    table.cast(first, "disagree", voice=voice_of(told, 1))
    assert [vote.choice for vote in Vote.objects.all()] == ["disagree"]


def test_two_voices_of_one_speaker_are_one_vote(table, told, city, resident, staff, matter, now):
    from biaochi.people import vault
    from biaochi.voice.rules import Channel

    again = voices.hear(
        words=voices.Words("还是不亮", title="路灯不亮"),
        channel=Channel.WEB,
        area=city.east,
        speaker=vault.speaker_for(phone="13812345671"),
        by=resident,
        now=now,
    ).voice
    voices.mark_seen(voices=[again], by=staff, now=now)
    matters.join(matter=matter, voices=[again], by=staff, now=now)
    table.vote()
    first = table.statements()[0]
    table.cast(first, "agree", voice=voice_of(told, 1))
    table.cast(first, "pass", voice=Voice.objects.get(pk=again.pk))
    assert [vote.choice for vote in Vote.objects.all()] == ["pass"]


def test_whoever_did_not_speak_in_the_matter_cannot_vote(table, told, staff, now):
    table.vote()
    first = table.statements()[0]
    matters.take_out(matter=table.matter, voices=[told[2].voice], by=staff, now=now)
    for who in ({"voice": voice_of(told, 2)}, {"voice": None}, {}):
        with pytest.raises(NotYours):
            table.cast(first, "agree", **who)
    voices.withdraw(voice=told[3].voice, by=RESIDENT, now=now)
    with pytest.raises(NotYours):
        table.cast(first, "agree", voice=voice_of(told, 3))
    assert not Vote.objects.exists()


def test_a_voice_votes_after_its_matter_was_merged_into_another(table, told, city, staff, now):
    table.vote()
    other = voices.hear(
        words=voices.Words("路口也黑", title="路口"),
        channel="web",
        area=city.east,
        by=RESIDENT,
        now=now,
    ).voice
    voices.mark_seen(voices=[other], by=staff, now=now)
    target = matters.open_matter(
        title="几条街都黑", voices=[other], category=city.lamps, by=staff, now=now
    )
    matters.merge(into=target, matters=[table.matter], by=staff, now=now)
    table.cast(table.statements()[0], "agree", voice=voice_of(told, 1))
    assert Vote.objects.count() == 1
    assert queries.of_matter(target)[0].pk == table.session.pk


@pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.OPERATOR])
def test_nobody_of_the_office_votes(table, told, city, role):
    table.vote()
    with pytest.raises(NotYours):
        actions.vote(
            statement=table.statements()[0],
            choice="agree",
            voice=voice_of(told, 1),
            by=city.actor(role),
            now=table.now,
        )


def test_a_seat_votes_once_if_it_declared_and_did_not_step_back(table):
    table.notice()
    silent = table.invite("租户代表", "resident")
    actions.declare(seat=table.seats["委员"], interest="亲戚卖灯", recused=True, **table.by())
    actions.open_votes(session=table.session, **table.by())
    first = table.statements()[0]
    table.cast(first, "agree", seat=table.seats["沿街居民代表"])
    with pytest.raises(NotYours):
        table.cast(first, "agree", seat=table.seats["委员"])
    with pytest.raises(NotNow):
        table.cast(first, "agree", seat=silent)
    assert Vote.objects.count() == 1


def test_votes_are_taken_only_while_they_are_open_and_only_on_the_wall(table, told):
    table.notice()
    first = table.statements()[0]
    with pytest.raises(NotNow):
        table.cast(first, "agree", voice=voice_of(told, 1))
    actions.open_votes(session=table.session, **table.by())
    waiting = actions.say(session=table.session, text="等看的话", by=RESIDENT, now=table.now)
    with pytest.raises(NotNow):
        table.cast(waiting, "agree", voice=voice_of(told, 1))
    with pytest.raises(Incomplete):
        table.cast(first, "yes", voice=voice_of(told, 1))
    with pytest.raises(NotNow):
        actions.vote(
            statement=first,
            choice="agree",
            voice=voice_of(told, 1),
            by=RESIDENT,
            now=table.held,
        )


def test_votes_close_at_the_moment_that_was_promised_and_not_before(table):
    table.vote()
    with pytest.raises(NotNow):
        actions.close_votes(session=table.session, **table.by())
    assert actions.close_due(now=table.held - DAY) == 0
    assert actions.close_due(now=table.held) == 1
    assert actions.close_due(now=table.held) == 0
    assert table.fresh().state == State.RECORDING


def test_closing_cuts_the_tie_between_code_and_vote_but_keeps_persons_together(table, told):
    table.vote()
    for statement in table.statements():
        table.cast(statement, "agree", voice=voice_of(told, 1))
        table.cast(statement, "pass", voice=voice_of(told, 2))
    before = set(Vote.objects.values_list("mark", flat=True))
    actions.close_votes(session=table.session, by=CLOCK, now=table.held)
    after = set(Vote.objects.values_list("mark", flat=True))
    assert len(after) == 2
    assert not before & after
    assert sorted(Vote.objects.values_list("choice", flat=True)) == ["agree"] * 3 + ["pass"] * 3
    one = Vote.objects.filter(mark=Vote.objects.filter(choice="agree").first().mark)
    assert {vote.choice for vote in one} == {"agree"}
    own = queries.own_votes(
        table.session, actions.mark_of(table.session, by=RESIDENT, voice=voice_of(told, 1))
    )
    assert own == {}


def test_the_wall_holds_back_only_for_its_two_reasons_and_can_think_better_of_it(table):
    table.notice()
    said = actions.say(
        session=table.session, text=f"{NAME}就是懒，{PHONE}", by=RESIDENT, now=table.now
    )
    assert said.wall == Wall.WAITING
    assert PHONE not in said.text
    with pytest.raises(Incomplete):
        actions.hold_back(statement=said, reason="opinion", why="不爱听", **table.by())
    with pytest.raises(NotYours):
        actions.hold_back(statement=said, reason="abuse", why="骂人", by=RESIDENT, now=table.now)
    actions.hold_back(statement=said, reason="abuse", why="骂了人", **table.by())
    assert queries.held_back(table.session) == [("骂人", "骂了人")]
    actions.put_up(statement=said, **table.by())
    with pytest.raises(NotNow):
        actions.hold_back(statement=said, reason="abuse", why="骂人", **table.by())
    assert queries.held_back(table.session) == []


def test_sentences_come_from_the_side_that_speaks(table, member, unit):
    table.notice()
    now, session = table.now, table.session
    sides = [
        actions.say(session=session, text="一句", by=member, now=now).side,
        actions.say(session=session, text="二句", by=unit, now=now).side,
        actions.say(session=session, text="三句", by=RESIDENT, now=now, side="expert").side,
        actions.say(session=session, text="四句", by=table.staff, now=now, side="expert").side,
        actions.say(
            session=session, text="五句", seat=table.seats["市城管局"], by=RESIDENT, now=now
        ).side,
    ]
    assert sides == ["member", "unit", "resident", "expert", "unit"]


def test_no_sentence_is_added_before_the_notice_or_after_the_votes(table):
    table.prepare()
    with pytest.raises(NotNow):
        actions.say(session=table.session, text="早了", by=RESIDENT, now=table.now)
    actions.say(session=table.session, text="办公室先记的", **table.by())
    table.record()
    with pytest.raises(NotNow):
        actions.say(session=table.session, text="晚了", by=RESIDENT, now=table.now)
    with pytest.raises(NotNow):
        actions.put_up(statement=table.session.statements.first(), **table.by())


def test_a_record_is_written_only_after_the_meeting(table):
    table.vote()
    session = table.session
    session = actions.close_votes(session=session, by=CLOCK, now=table.held)
    early = {"by": table.staff, "now": table.held - DAY}
    for verb in (
        lambda: actions.note_came(session=session, seats=[], **early),
        lambda: actions.note_point(session=session, text="x", **early),
        lambda: actions.close_record(session=session, minutes="x", **early),
    ):
        with pytest.raises(NotNow):
            verb()


def test_silence_is_absence_and_reservations_keep_their_words(table):
    session = table.sign()
    agreed, split = session.points.all()
    stands = {said.seat.who: said.stand for said in agreed.said.select_related("seat")}
    assert stands["委员"] == Stand.ABSENT
    assert stands["夜班工人代表"] == Stand.RESERVED
    assert agreed.said.get(stand=Stand.RESERVED).words == "先修学校门口的才算"
    assert split.outcome == Outcome.SPLIT


def test_a_split_point_without_two_ways_on_keeps_the_record_open(table):
    table.write()
    actions.note_point(
        session=table.session,
        point=table.points[1],
        text=table.points[1].text,
        options=["只有一个"],
        **table.after(),
    )
    with pytest.raises(Incomplete) as wrong:
        actions.close_record(session=table.session, minutes="记录", **table.after())
    assert wrong.value.field == "options"
    assert table.fresh().state == State.RECORDING


@pytest.mark.parametrize("minutes_", ["", "  "])
def test_a_record_needs_minutes_and_points(table, minutes_):
    table.record()
    with pytest.raises(Incomplete):
        actions.close_record(session=table.session, minutes="记录", **table.after())
    table.fresh()
    actions.note_point(session=table.session, text="一条", **table.after())
    with pytest.raises(Incomplete):
        actions.close_record(session=table.session, minutes=minutes_, **table.after())


def test_where_no_resident_came_nothing_is_called_agreed(table):
    table.write(came=["市城管局", "委员"])
    table.points[0].options = []
    actions.note_point(
        session=table.session,
        point=table.points[0],
        text=table.points[0].text,
        options=["再请居民来谈", "先试三个月"],
        **table.after(),
    )
    actions.close_record(session=table.session, minutes="居民没来。", **table.after())
    assert {point.outcome for point in table.session.points.all()} == {Outcome.SPLIT}


def test_a_changed_point_has_to_be_agreed_anew(table):
    table.write()
    point = table.points[0]
    assert point.said.count() == 3
    actions.note_point(session=table.session, point=point, text="十盏修好八盏", **table.after())
    assert point.said.count() == 0


def test_a_signed_seat_s_word_is_changed_by_nobody(table):
    table.sign()
    seat, point = table.seats["沿街居民代表"], table.points[0]
    table.say(point, seat, "reserved", "要写明日子", by=RESIDENT)
    actions.sign(seat=seat, by=RESIDENT, now=table.held + DAY)
    for by in (table.staff, RESIDENT):
        with pytest.raises(NotNow):
            table.say(point, seat, "agreed", by=by)
        with pytest.raises(NotNow):
            actions.sign(seat=seat, by=by, now=table.held + DAY)
    assert Said.objects.get(point=point, seat=seat).words == "要写明日子"


def test_a_dissent_at_signing_counts_at_once_and_the_office_adds_the_ways_on(table):
    table.sign()
    seat, point = table.seats["沿街居民代表"], table.points[0]
    table.say(point, seat, "disagreed", "我没有同意过", by=RESIDENT)
    point.refresh_from_db()
    assert point.outcome == Outcome.SPLIT
    late = {"by": table.staff, "now": table.held + 60 * DAY}
    with pytest.raises(Incomplete):
        actions.finish(session=table.session, **late)
    assert actions.finish_due(now=late["now"]) == 0
    deed = {"session": table.session, "point": point, "text": point.text}
    with pytest.raises(Incomplete):
        actions.note_point(**deed, options=["一个"], **late)
    actions.note_point(**deed, options=["再谈一次", "报上去"], **late)
    assert actions.finish_due(now=late["now"]) == 1
    assert actions.finish_due(now=late["now"]) == 0


def test_while_seats_sign_no_point_is_added_or_rewritten(table):
    table.sign()
    with pytest.raises(NotNow):
        actions.note_point(session=table.session, text="新的一条", **table.after())
    with pytest.raises(NotNow):
        actions.note_point(
            session=table.session, point=table.points[0], text="改了", **table.after()
        )


def test_whoever_stepped_back_takes_no_stand_and_signs_nothing(table):
    table.notice()
    actions.declare(seat=table.seats["委员"], interest="亲戚卖灯", recused=True, **table.by())
    table.notice = lambda: None
    table.vote()
    actions.close_votes(session=table.session, by=CLOCK, now=table.held)
    came = [seat.pk for seat in table.seats.values()]
    actions.note_came(session=table.session, seats=came, **table.after())
    point = actions.note_point(
        session=table.session, text="一条", options=["甲", "乙"], **table.after()
    )
    with pytest.raises(NotYours):
        table.say(point, table.seats["委员"], "agreed")
    actions.close_record(session=table.session, minutes="记录", **table.after())
    with pytest.raises(NotYours):
        actions.sign(seat=table.seats["委员"], **table.after())


def test_an_empty_chair_signs_nothing(table):
    table.sign(came=["沿街居民代表", "夜班工人代表", "市城管局"])
    with pytest.raises(NotYours):
        actions.sign(seat=table.seats["委员"], **table.after())


def test_who_declares_only_at_the_meeting_may_speak_there(table):
    table.notice()
    late = table.invite("租户代表", "resident")
    table.notice = lambda: None
    table.vote()
    actions.close_votes(session=table.session, by=CLOCK, now=table.held)
    point = actions.note_point(session=table.session, text="一条", **table.after())
    with pytest.raises(Incomplete) as wrong:
        table.say(point, late, "agreed")
    assert wrong.value.field == "interest"
    actions.declare(seat=late, interest="租房住在后街", **table.after())
    table.say(point, late, "agreed")
    with pytest.raises(NotNow):
        actions.declare(seat=late, interest="改一改", **table.after())


def test_a_record_waits_for_signatures_until_its_last_day(table):
    table.sign()
    with pytest.raises(NotNow):
        actions.finish(session=table.session, **table.after())
    assert actions.finish_due(now=table.held + DAY) == 0
    assert actions.finish_due(now=table.held + 30 * DAY) == 1
    session = table.fresh()
    assert session.state == State.SIGNED
    assert not session.seats.filter(signed_at__isnull=False).exists()


def test_a_point_of_another_session_is_not_taken(table, city, staff, matter, now):
    from tests.deliberation.conftest import Table

    table.write()
    other = Table(city, staff, matter, now, table.held)
    other.write()
    with pytest.raises(NotYours):
        table.say(other.points[0], table.seats["委员"], "agreed")


def test_the_fingerprint_changes_with_one_word_and_hides_what_was_not_to_be_public(table):
    table.sign()
    seat, point = table.seats["夜班工人代表"], table.points[0]
    table.say(point, seat, "reserved", "只跟办公室说", words_public=False)
    text = minutes.text_of(table.session)
    assert "只跟办公室说" not in text
    before = minutes.digest_of(table.session)
    table.say(point, seat, "reserved", "只跟办公室说", words_public=True)
    assert minutes.digest_of(table.session) != before


def test_a_session_is_called_off_with_a_reason_before_the_votes_only(table, matter):
    table.notice()
    with pytest.raises(Incomplete):
        actions.call_off(session=table.session, why=" ", **table.by())
    actions.call_off(session=table.session, why="提案人撤回了", **table.by())
    assert events(matter)[-1] == ("协商会没有开成", "提案人撤回了")
    table.vote()
    with pytest.raises(NotNow):
        actions.call_off(session=table.session, why="不想开了", **table.by())


def test_no_seat_is_added_once_people_vote(table):
    table.vote()
    with pytest.raises(NotNow):
        table.invite("再来一位", "other")


def test_the_record_of_deeds_keeps_residents_as_a_role(table, told):
    table.vote()
    table.cast(table.statements()[0], "agree", voice=voice_of(told, 1))
    line = Entry.objects.filter(verb="vote").get()
    assert line.actor == "resident"
    assert line.thing == f"session:{table.session.pk}"
    assert "agree" not in (line.note, line.after, line.before)
