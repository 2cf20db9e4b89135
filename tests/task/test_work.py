"""Working on a task: clauses, co-units, progress, more time, claims, and the hands that judge."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from PIL import Image

from biaochi.core.actors import CLOCK, RESIDENT, Actor, Role
from biaochi.core.models import Entry
from biaochi.core.record import first_break, label
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.deliberation.rules import Outcome
from biaochi.flow import Step
from biaochi.task import actions, queries, sources, story
from biaochi.task.models import Exhibit, Task
from biaochi.task.rules import Done, More, State
from biaochi.voice import actions as voices
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Matter
from biaochi.voice.rules import Channel
from tests.deliberation.conftest import Table

DAY = dt.timedelta(days=1)


def told(matter):
    return [(line.title, line.words) for line in story.told(matter)]


def step(matter):
    return Matter.objects.get(pk=matter.pk).step


def photo(size=(60, 40)):
    """A photo as it is uploaded, with a place in its metadata."""
    out = io.BytesIO()
    image, exif = Image.new("RGB", size, "navy"), Image.Exif()
    exif[0x010E] = "幸福里7号楼"
    image.save(out, "JPEG", exif=exif)
    out.size = out.tell()
    out.seek(0)
    return out


def test_a_task_without_clauses_gets_what_is_to_be_done_as_its_one_clause(hand):
    assert [(item.position, item.act) for item in hand().items.all()] == [(1, "把后街的路灯修亮")]


def test_clauses_and_co_units_are_told_to_everybody(hand, city, matter, now):
    task = hand(items=[("换灯", "都亮"), ("公布电话", "")], helpers=[city.homes])
    assert [item.measure for item in task.items.all()] == ["都亮", ""]
    assert task.helpers.get().due_on == dt.date(2026, 3, 12)
    _title, words = told(matter)[-1]
    assert "分成 2 条" in words
    assert "请市住建局会办" in words


def test_the_unit_in_the_lead_is_not_its_own_co_unit(hand, city):
    with pytest.raises(Incomplete) as wrong:
        hand(helpers=[city.roads])
    assert wrong.value.field == "helpers"


def test_a_unit_that_claimed_does_not_get_the_same_matter_again(take_on, claim_of, hand):
    claim_of(take_on())
    with pytest.raises(NotNow):
        hand()


def test_what_a_unit_writes_is_covered_before_everybody_reads_it(hand, unit, matter, now):
    words = "请找张三丰，电话13812345678，我们不管"
    task = actions.give_back(task=hand(), reason="not_ours", words=words, by=unit, now=now)
    assert "13812345678" not in task.return_words
    assert "13812345678" not in told(matter)[-1][1]


def test_a_co_unit_gives_its_opinion_and_everybody_reads_when(
    hand, city, other_unit, unit, matter, now
):
    task = hand(helpers=[city.homes])
    helper = queries.help_of(other_unit, task.helpers.get().pk)
    with pytest.raises(NotYours):
        queries.help_of(unit, helper.pk)
    with pytest.raises(NotYours):
        actions.give_opinion(helper=helper, opinion="我们来", by=unit, now=now)
    with pytest.raises(Incomplete):
        actions.give_opinion(helper=helper, opinion=" ", by=other_unit, now=now)
    actions.give_opinion(helper=helper, opinion="物业这边我们去说", by=other_unit, now=now)
    assert told(matter)[-1] == ("会办单位给了意见", "市住建局把意见给了市城管局。")
    events = len(told(matter))
    actions.give_opinion(helper=helper, opinion="物业答应了", by=other_unit, now=now)
    assert len(told(matter)) == events, "an opinion that is mended is not told twice"
    helper.refresh_from_db()
    assert helper.opinion == "物业答应了"


def test_progress_is_told_and_only_while_it_is_worked_on(hand, take_on, unit, matter, now):
    task = take_on()
    with pytest.raises(Incomplete):
        actions.note_progress(task=task, words=" ", by=unit, now=now)
    actions.note_progress(task=task, words="换了四盏", by=unit, now=now)
    assert told(matter)[-1] == ("市城管局说有了进展", "换了四盏")
    actions.recall(task=task, why="改由物业办", by=Actor("s", frozenset({Role.STAFF})), now=now)
    with pytest.raises(NotNow):
        actions.note_progress(task=task, words="又换了两盏", by=unit, now=now)


def test_more_time_is_asked_answered_and_both_are_public(take_on, unit, staff, matter, now):
    task = take_on()
    until = dt.date(2026, 4, 30)
    asked = actions.ask_more_time(
        task=task, until=until, why="灯杆要定做", meanwhile="先装临时灯", by=unit, now=now
    )
    assert "先装临时灯" in told(matter)[-1][1]
    with pytest.raises(NotNow):
        actions.ask_more_time(task=task, until=until, why="a", meanwhile="b", by=unit, now=now)
    with pytest.raises(NotYours):
        actions.answer_more_time(extension=asked, granted=True, why="可以", by=unit, now=now)
    with pytest.raises(Incomplete):
        actions.answer_more_time(extension=asked, granted=True, why="", by=staff, now=now)
    answered = actions.answer_more_time(
        extension=asked, granted=True, why="定做确实要时间", by=staff, now=now
    )
    task.refresh_from_db()
    assert (answered.state, task.due_on) == (More.GRANTED, until)
    assert answered.before == dt.date(2026, 3, 30), "the old day stays"
    assert told(matter)[-1][0] == "办公室批了市城管局的延期"
    with pytest.raises(NotNow):
        actions.answer_more_time(extension=asked, granted=False, why="算了", by=staff, now=now)


def test_refused_more_time_changes_nothing_but_is_told(take_on, unit, staff, matter, now):
    task = take_on()
    asked = actions.ask_more_time(
        task=task, until=dt.date(2026, 4, 30), why="忙", meanwhile="先等", by=unit, now=now
    )
    actions.answer_more_time(extension=asked, granted=False, why="不是理由", by=staff, now=now)
    task.refresh_from_db()
    assert task.due_on == dt.date(2026, 3, 30)
    assert told(matter)[-1] == ("办公室没有批市城管局的延期", "还是3月30日前办完，因为：不是理由")


def test_nobody_puts_a_task_off_longer_than_the_profile_allows(take_on, unit, now):
    with pytest.raises(Incomplete, match="2026年9月2日"):
        actions.ask_more_time(
            task=take_on(), until=dt.date(2026, 9, 3), why="a", meanwhile="b", by=unit, now=now
        )


def test_a_claim_reports_every_clause_and_closes_nothing(take_on, claim_of, matter, now):
    task = take_on()
    made = claim_of(task, costs={"once_cost": "3 万元"})
    task.refresh_from_db()
    assert (task.state, task.claimed_at) == (State.CLAIMED, now)
    assert task.check_by == dt.date(2026, 3, 9)
    assert [line.done for line in made.lines.all()] == [Done.YES, Done.NO]
    assert (made.once_cost, made.paid_by) == ("3 万元", "")
    assert step(matter) == Step.HANDED
    assert told(matter)[-1][0] == "市城管局报了办理情况"
    assert "办了 1 条，一部分 0 条，没办 1 条" in told(matter)[-1][1]


def test_a_claim_that_leaves_a_clause_out_is_not_taken(take_on, claim_of):
    task = take_on()
    first = task.items.first()
    with pytest.raises(Incomplete, match="第 2 条"):
        claim_of(task, lines={first.pk: (Done.YES, "换了")})
    task.refresh_from_db()
    assert task.state == State.ACCEPTED


def test_only_the_unit_claims_and_takes_back(take_on, claim_of, other_unit, staff, unit, now):
    task = take_on()
    for by in (other_unit, staff, RESIDENT):
        with pytest.raises(NotYours):
            claim_of(task, by=by)
    claim_of(task)
    for by in (other_unit, staff, RESIDENT):
        with pytest.raises(NotYours):
            actions.take_back_claim(task=task, by=by, now=now)
    task = actions.take_back_claim(task=task, by=unit, now=now)
    assert (task.state, task.claimed_at) == (State.ACCEPTED, None)
    assert queries.standing_claim(task) is None


def test_a_unit_cannot_send_its_own_claim_back_as_if_it_were_the_office(
    take_on, claim_of, unit, now
):
    task = take_on()
    claim_of(task)
    with pytest.raises(NotYours):
        actions.send_back(task=task, why="我们自己退", by=unit, now=now)


def test_a_photo_is_written_anew_and_a_paper_only_named(take_on, claim_of, unit, now):
    task = take_on()
    exhibits = [
        {"when": "after", "caption": "后街", "file": photo(), "taken_on": now.date()},
        {"when": "paper", "caption": "验收单，2 页", "file": None},
    ]
    claim_of(task, exhibits=exhibits)
    kept = Exhibit.objects.exclude(stored_as=None).get()
    content = actions.path_of(kept).read_bytes()
    assert "幸福里".encode() not in content
    assert (kept.width, kept.height) == (60, 40)
    assert Exhibit.objects.count() == 2


def test_what_is_no_photo_undoes_the_whole_claim(take_on, claim_of):
    task = take_on()
    bad = io.BytesIO(b"no photo at all")
    bad.size = 15
    with pytest.raises(Incomplete) as wrong:
        claim_of(task, exhibits=[{"when": "after", "caption": "后街", "file": bad}])
    assert wrong.value.field == "after-file"
    task.refresh_from_db()
    assert (task.state, task.claims.count()) == (State.ACCEPTED, 0)


def test_exhibits_are_added_until_the_check_and_not_without_end(
    take_on, claim_of, unit, staff, other_unit, now
):
    task = take_on()
    made = claim_of(task)
    with pytest.raises(NotYours):
        actions.add_exhibit(claim=made, when="paper", caption="x", by=other_unit, now=now)
    for n in range(12):
        actions.add_exhibit(claim=made, when="paper", caption=f"第{n}份", by=unit, now=now)
    with pytest.raises(Incomplete, match="12"):
        actions.add_exhibit(claim=made, when="paper", caption="再一份", by=unit, now=now)
    actions.pass_check(task=task, by=staff, now=now)
    with pytest.raises(NotNow):
        actions.add_exhibit(claim=made, when="paper", caption="晚了", by=unit, now=now)


def test_strays_are_removed_and_what_belongs_to_a_claim_stays(take_on, claim_of, now):
    claim_of(take_on(), exhibits=[{"when": "after", "caption": "后街", "file": photo()}])
    kept = actions.path_of(Exhibit.objects.get())
    stray = kept.parent / "f00d.jpg"
    stray.write_bytes(b"x")
    later = dt.datetime.now(dt.UTC) + 3 * DAY
    assert actions.forget_strays(now=later) == 1
    assert kept.exists() and not stray.exists()


def test_three_hands_close_a_task(take_on, claim_of, unit, staff, matter, now):
    task = take_on()
    claim_of(task)
    for by in (unit, RESIDENT, CLOCK):
        with pytest.raises(NotYours):
            actions.pass_check(task=task, by=by, now=now)
    actions.pass_check(task=task, by=staff, now=now)
    assert step(matter) == Step.JUDGED
    for by in (unit, staff, CLOCK):
        with pytest.raises(NotYours):
            actions.confirm(task=task, by=by, now=now)
    task = actions.confirm(task=task, by=RESIDENT, now=now)
    assert (task.state, task.confirmed_at) == (State.CONFIRMED, now)
    assert step(matter) == Step.JUDGED
    line = Entry.objects.filter(thing=label(task), verb="confirm task").get()
    assert line.actor == Role.RESIDENT
    assert first_break() is None


def test_a_claim_that_is_not_true_goes_back_with_the_old_day(take_on, claim_of, staff, now):
    task = take_on()
    claim_of(task)
    with pytest.raises(Incomplete):
        actions.send_back(task=task, why=" ", by=staff, now=now)
    task = actions.send_back(task=task, why="只亮了四盏", by=staff, now=now)
    assert (task.state, task.due_on) == (State.ACCEPTED, dt.date(2026, 3, 30))
    late = dt.datetime(2026, 3, 30, 9, tzinfo=now.tzinfo)
    claim_of(task, now=late)
    task = actions.send_back(task=task, why="还差两盏", by=staff, now=late)
    assert task.due_on == dt.date(2026, 4, 7), "five working days are left at least"


def test_what_is_not_solved_is_worked_on_again_with_new_days(
    take_on, claim_of, staff, unit, matter, now
):
    task = take_on()
    claim_of(task)
    actions.pass_check(task=task, by=staff, now=now)
    later = now + 30 * DAY
    with pytest.raises(NotYours):
        actions.reopen(task=task, why="没解决", by=staff, now=later)
    task = actions.reopen(task=task, why="12 人里 9 人说没解决", by=RESIDENT, now=later)
    assert (task.state, task.reopened_count, task.reopened_at) == (State.ACCEPTED, 1, later)
    assert task.due_on == dt.date(2026, 4, 30)
    assert step(matter) == Step.HANDED
    day, title, words = story.why_again(task)
    assert (day, title) == (later.date(), "提的人说没解决，退回重办")
    assert "12 人里 9 人" in words
    assert queries.clock_of(task, later.date()).day == 0, "the days count anew"
    claim_of(task, now=later)
    actions.pass_check(task=task, by=staff, now=later)
    actions.confirm(task=task, by=RESIDENT, now=later)
    task = actions.reopen(task=task, why="又黑了", by=RESIDENT, now=later)
    assert (task.reopened_count, task.confirmed_at) == (2, None)


def test_silence_is_a_state_of_its_own(take_on, claim_of, staff, matter, now):
    task = take_on()
    claim_of(task)
    actions.pass_check(task=task, by=staff, now=now)
    with pytest.raises(NotYours):
        actions.not_reached(task=task, by=staff, now=now)
    task = actions.not_reached(task=task, by=CLOCK, now=now)
    assert (task.state, step(matter)) == (State.UNREACHED, Step.JUDGED)
    assert actions.confirm(task=task, by=RESIDENT, now=now).state == State.CONFIRMED


def test_a_matter_that_a_unit_or_the_people_have_does_not_go_into_another(
    take_on, claim_of, staff, matter, resident, now
):
    task = take_on()
    claim_of(task)
    heard = voices.hear(words=voices.Words("路灯不亮"), channel=Channel.WEB, by=resident, now=now)
    into = matters.open_matter(title="路灯不亮", voices=[heard.voice], by=staff, now=now)
    for _state in ("claimed", "checked"):
        with pytest.raises(NotNow):
            mine = Matter.objects.get(pk=matter.pk)
            matters.merge(into=into, matters=[mine], by=staff, now=now)
        if task.state != State.CHECKED:
            task = actions.pass_check(task=task, by=staff, now=now)


def test_two_lines_of_one_moment_are_both_told(hand, city, unit, matter, now):
    hand()
    hand(unit=city.homes)
    words = " ".join(line for _title, line in told(matter))
    assert "市城管局" in words and "市住建局" in words


def test_a_task_from_a_clause_stands_beside_the_proposal(replied, matter, hand, unit, staff, now):
    clause = replied.clauses.get(position=1)
    task = hand(clause=clause, source="clause", items=[(clause.act, clause.measure)])
    assert (task.source, task.clause) == ("clause", clause)
    with pytest.raises(NotNow):
        hand(clause=clause, source="clause")
    assert hand().source == "matter", "the same unit may have the matter itself as well"
    actions.give_back(task=task, reason="unclear", words="哪条？", by=unit, now=now)
    other = queries.tasks_of(matter)[0]
    actions.recall(task=other, why="重了", by=staff, now=now)
    assert step(matter) == Step.PROPOSED, "it falls back to what stands before, not to the start"


def test_what_cannot_be_done_now_or_belongs_elsewhere_is_not_handed_over(
    replied, hand, staff, resident, city, now
):
    with pytest.raises(NotNow, match="办不了"):
        hand(clause=replied.clauses.get(letter="C"), source="clause")
    heard = voices.hear(words=voices.Words("电梯坏了"), channel=Channel.WEB, by=resident, now=now)
    other = matters.open_matter(title="电梯坏了", voices=[heard.voice], by=staff, now=now)
    with pytest.raises(NotNow, match="没有连在一起"):
        hand(matter=other, clause=replied.clauses.get(letter="A"), source="clause")


def test_the_page_of_a_matter_costs_one_query_when_there_is_nothing(
    matter, take_on, claim_of, now, django_assert_num_queries
):
    with django_assert_num_queries(1):
        assert queries.of_matter(matter) is None
    claim_of(take_on())
    fresh = Matter.objects.get(pk=matter.pk)
    with django_assert_num_queries(3):
        shown = queries.of_matter(fresh, now.date())
    (one,) = shown.tasks
    assert (shown.working, one.late, [line.done for line in one.lines]) == (1, False, ["yes", "no"])


def test_what_waits_is_said_to_whom_it_waits_for(
    hand, take_on, unit, staff, other_unit, member, city, now
):
    today = now.date()
    task = take_on(helpers=[city.homes])
    (mine,) = queries.waiting(unit, today)
    assert (mine["href_name"], mine["href_args"], mine["state"]) == ("unit-task", [task.pk], "")
    assert [one["href_name"] for one in queries.waiting(other_unit, today)] == ["unit-help"]
    assert queries.waiting(staff, today) == []
    actions.ask_more_time(
        task=task, until=dt.date(2026, 4, 30), why="a", meanwhile="b", by=unit, now=now
    )
    assert [one["href_name"] for one in queries.waiting(staff, today)] == ["desk-task"]
    assert queries.waiting(member, today) == []
    assert queries.waiting(unit, dt.date(2026, 3, 31))[0]["state"] == "stop"


@pytest.fixture
def signed(city, staff, matter, now):
    """A session about the lamps whose record everybody signed."""
    table = Table(city, staff, matter, now - 41 * DAY, now - 3 * DAY)
    table.finish()
    return table.fresh()


def test_only_a_point_that_was_agreed_and_signed_becomes_a_task(signed, hand, unit, now):
    by_outcome = {point.outcome: point for point in signed.points.all()}
    agreed, split = by_outcome[Outcome.RESERVED], by_outcome[Outcome.SPLIT]
    task = hand(point=agreed, source="point", items=[(agreed.text, agreed.measure)])
    assert (task.point, task.source) == (agreed, "point")
    with pytest.raises(NotNow, match="谈拢"):
        hand(point=split, source="point")
    lines = sources.point_lines(signed)
    assert agreed.pk in {line.key for line in lines}
    assert split.pk not in {line.key for line in lines}


def test_the_office_turns_a_point_into_a_task_on_a_page(signed, client, city, matter):
    client.login(username=Role.STAFF.value, password=city.password)
    address = reverse("desk-session-tasks", args=[signed.pk])
    line = sources.point_lines(signed)[0]
    assert line.title in client.get(address).content.decode()
    sent = {"key": line.key, "matter": matter.pk, "unit": city.roads.pk, "what": "按谈拢的办"}
    answer = client.post(address, sent, follow=True)
    assert "交给市城管局了" in answer.content.decode()
    assert Task.objects.get().point_id == line.key
