import datetime as dt

import pytest

from biaochi.core import search
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.flow import Step
from biaochi.people import vault
from biaochi.voice.actions import Words, hear_many
from biaochi.voice.matters import actions
from biaochi.voice.models import Batch, Event, Matter, Membership, Notice, Regroup, Verdict
from biaochi.voice.rules import EventKind, MatterState, NoticeKind


def members(matter):
    return set(Membership.objects.filter(matter=matter).values_list("voice_id", flat=True))


def keys(voices):
    return {voice.pk for voice in voices}


def found(words):
    return set(search.matching(Matter.objects, "matter", words).values_list("title", flat=True))


@pytest.fixture
def matter(three, staff, now):
    return actions.open_matter(title="文化路路灯", voices=three, by=staff, now=now)


def test_a_matter_gets_a_number_that_runs_within_the_year(matter, three, say, staff, now):
    other = actions.open_matter(title="别的", voices=[say("公交太少")], by=staff, now=now)
    later = now + dt.timedelta(days=366)
    next_year = actions.open_matter(title="明年的", voices=[say("井盖")], by=staff, now=later)
    assert matter.number == "青民〔2026〕0001"
    assert other.number == "青民〔2026〕0002"
    assert next_year.number == "青民〔2027〕0001"


def test_numbers_go_on_after_a_matter_was_opened_for_an_earlier_year(matter, say, staff, now):
    earlier = now - dt.timedelta(days=366)
    actions.open_matter(title="补登的", voices=[say("井盖")], by=staff, now=earlier)
    again = actions.open_matter(title="新的", voices=[say("公交")], by=staff, now=now)
    assert again.number == "青民〔2026〕0002"


@pytest.mark.parametrize("who", ["resident", "member", "unit"])
def test_only_the_office_opens_a_matter(who, three, request, now):
    with pytest.raises(NotYours):
        actions.open_matter(title="路灯", voices=three, by=request.getfixturevalue(who), now=now)
    assert not Matter.objects.exists()


def test_everybody_whose_words_joined_is_told_where_they_are(matter, three):
    told = Notice.objects.filter(kind=NoticeKind.JOINED)
    assert {notice.voice_id for notice in told} == keys(three)
    assert told[0].params == {"matter": matter.pk, "title": "文化路路灯", "why": "staff"}


def test_merging_keeps_every_voice_and_leads_on(matter, say, staff, now):
    voice = say("文化路晚上看不见")
    other = actions.open_matter(title="看不见路", voices=[voice], by=staff, now=now)
    actions.merge(into=matter, matters=[other], by=staff, now=now)
    other.refresh_from_db()
    matter.refresh_from_db()
    assert voice.pk in members(matter)
    assert (other.state, other.merged_into, other.voice_count) == (MatterState.MERGED, matter, 0)
    assert matter.voice_count == 4
    assert found("看不见") == set()
    assert Notice.objects.filter(voice=voice, kind=NoticeKind.MOVED).exists()
    kinds = set(Event.objects.filter(matter=matter).values_list("kind", flat=True))
    assert kinds == {EventKind.OPENED, EventKind.MERGED}


def test_a_matter_in_a_units_hands_does_not_vanish_into_another(matter, say, staff, now):
    other = actions.open_matter(title="看不见", voices=[say("黑")], by=staff, now=now)
    actions.reach(
        matter=other, step=Step.HANDED, by=staff, now=now, kind=EventKind.HANDED, params={}
    )
    with pytest.raises(NotNow, match="已经交给单位"):
        actions.merge(into=matter, matters=[other], by=staff, now=now)


def test_splitting_opens_a_matter_with_a_place_and_a_decision(matter, three, staff, now):
    actions.rename(matter=matter, title="文化路路灯", place="文化路", by=staff, now=now)
    actions.split(matter=matter, voices=three[2:], by=staff, now=now, title="两周没修")
    new = Matter.objects.get(title="两周没修")
    assert (members(new), new.place) == (keys(three[2:]), "文化路")
    assert members(matter) == keys(three[:2])
    verdict = Verdict.objects.get()
    assert (verdict.one, verdict.other, verdict.same) == (three[0], three[2], False)
    assert Notice.objects.filter(voice=three[2], kind=NoticeKind.PARTED).exists()
    assert found("两周") == {"两周没修"}


def test_splitting_everything_off_is_refused(matter, three, staff, now):
    with pytest.raises(Incomplete):
        actions.split(matter=matter, voices=three, by=staff, now=now, title="一样的")


def test_taking_the_last_voice_out_dissolves_the_matter(matter, three, staff, now):
    actions.take_out(matter=matter, voices=three, by=staff, now=now)
    matter.refresh_from_db()
    assert matter.state == MatterState.DISSOLVED
    assert not Membership.objects.exists()


def test_a_voice_that_is_not_inside_cannot_be_taken_out(matter, say, staff, now):
    with pytest.raises(NotNow):
        actions.take_out(matter=matter, voices=[say("别的")], by=staff, now=now)


def test_a_resident_joins_and_leaves_with_one_voice_of_their_own(matter, say, resident, now):
    mine, other = say("我也是"), say("别人的")
    actions.join(matter=matter, voices=[mine], by=resident, now=now, how="self")
    assert mine.pk in members(matter)
    actions.take_out(matter=matter, voices=[mine], by=resident, now=now)
    assert mine.pk not in members(matter)
    with pytest.raises(NotYours):
        actions.join(matter=matter, voices=[mine, other], by=resident, now=now, how="self")
    assert Regroup.objects.latest("pk").by == "resident"


def test_undoing_is_refused_when_a_later_deed_touched_the_same_voices(matter, three, staff, now):
    first = Regroup.objects.get()
    actions.take_out(matter=matter, voices=three[:1], by=staff, now=now)
    with pytest.raises(NotNow, match="后来又动过"):
        actions.undo(regroup=first, by=staff, now=now)


def test_undoing_is_refused_when_others_have_joined_what_would_vanish(matter, say, staff, now):
    first = Regroup.objects.get()
    actions.join(matter=matter, voices=[say("又一条")], by=staff, now=now)
    with pytest.raises(NotNow):
        actions.undo(regroup=first, by=staff, now=now)
    matter.refresh_from_db()
    assert (matter.state, matter.voice_count) == (MatterState.OPEN, 4)


def test_undoing_is_refused_when_the_voice_would_go_back_into_a_merged_matter(
    matter, three, say, staff, now
):
    taken = actions.take_out(matter=matter, voices=three[:1], by=staff, now=now)
    other = actions.open_matter(title="大的", voices=[say("黑")], by=staff, now=now)
    actions.merge(into=other, matters=[matter], by=staff, now=now)
    with pytest.raises(NotNow):
        actions.undo(regroup=taken, by=staff, now=now)
    assert three[0].pk not in Membership.objects.values_list("voice_id", flat=True)


def test_undoing_twice_is_refused(matter, staff, now):
    first = Regroup.objects.get()
    actions.undo(regroup=first, by=staff, now=now)
    with pytest.raises(NotNow, match="已经撤销过"):
        actions.undo(regroup=first, by=staff, now=now)


def test_undoing_tells_everybody_and_stands_in_the_events(matter, three, staff, now):
    actions.undo(regroup=Regroup.objects.get(), by=staff, now=now)
    matter.refresh_from_db()
    assert matter.state == MatterState.DISSOLVED
    assert keys(n.voice for n in Notice.objects.filter(kind=NoticeKind.PARTED)) == keys(three)
    assert Event.objects.filter(matter=matter, kind=EventKind.UNDONE).exists()
    assert found("路灯") == set()


def test_undoing_leaves_a_voice_withdrawn_that_was_withdrawn_since(
    matter, three, say, staff, resident, now
):
    other = actions.open_matter(title="别的", voices=[say("x 黑")], by=staff, now=now)
    merged = actions.merge(into=other, matters=[matter], by=staff, now=now)
    actions.withdraw(voice=three[0], by=resident, now=now)
    actions.undo(regroup=merged, by=staff, now=now)
    matter.refresh_from_db()
    assert (matter.voice_count, members(matter)) == (2, keys(three))


def test_withdrawing_and_coming_back_recounts_the_matter(matter, three, resident, now):
    actions.withdraw(voice=three[0], by=resident, now=now)
    matter.refresh_from_db()
    assert matter.people_count == 2
    actions.come_back(voice=three[0], by=resident, now=now)
    matter.refresh_from_db()
    assert matter.people_count == 3


def test_heat_and_people_count_a_person_once_however_often_they_speak(say, staff, now):
    one = vault.speaker_for(visit="one")
    loud = [
        say(f"天天说，第 {n} 遍", speaker=one, moment=now + dt.timedelta(hours=n))
        for n in range(92)
    ]
    quiet = [say("我也说一句"), say("还有我")]
    noisy = actions.open_matter(title="一个人说", voices=loud, by=staff, now=now)
    once = actions.open_matter(title="也是一个人", voices=loud[:1], by=staff, now=now)
    noisy.refresh_from_db()
    two = actions.open_matter(title="两个人说", voices=quiet, by=staff, now=now)
    assert (noisy.people_count, noisy.voice_count) == (1, 91)
    assert two.people_count == 2
    assert two.heat_log > noisy.heat_log
    assert once.heat_log == pytest.approx(noisy.heat_log, abs=0.01)


def test_areas_groups_and_likes_are_counted_from_the_voices(city, say, staff, now):
    voices = [
        say("一", area=city.east, groups=["old"], likes=3, urgency="hard"),
        say("二", area=city.north, groups=["old", "frail"], urgency="hard"),
        say("三", area=city.north, groups=["child"], likes=4, urgency="urgent"),
    ]
    matter = actions.open_matter(title="数一数", voices=voices, by=staff, now=now)
    assert matter.areas == ["北关", "城东"]
    assert matter.groups == ["old", "child", "frail"]
    assert (matter.like_count, matter.urgency) == (7, "hard")


def test_renaming_and_care_stand_in_the_events_for_everybody(matter, staff, now):
    actions.rename(matter=matter, title="文化路没有灯", place="文化路", by=staff, now=now)
    actions.care(matter=matter, why="有老人摔过", by=staff, now=now)
    assert found("没有灯") == {"文化路没有灯"}
    assert found("路灯") == set()
    assert list(Event.objects.filter(matter=matter).values_list("kind", "params"))[1:] == [
        (EventKind.RENAMED, {"before": "文化路路灯", "after": "文化路没有灯"}),
        (EventKind.CARED, {"why": "有老人摔过"}),
    ]
    actions.uncare(matter=matter, by=staff, now=now)
    matter.refresh_from_db()
    assert not matter.needs_care


def test_a_mark_of_care_needs_a_reason(matter, staff, now):
    with pytest.raises(Incomplete):
        actions.care(matter=matter, why=" ", by=staff, now=now)


def test_erasing_a_voice_empties_what_old_deeds_kept_of_it(three, staff, resident, now):
    reasons = {three[0].pk: [{"kind": "phrase", "value": "路灯全黑"}]}
    matter = actions.open_matter(
        title="路灯", voices=three, by=staff, now=now, reasons=reasons, how="suggested"
    )
    taken = actions.take_out(matter=matter, voices=three[:1], by=staff, now=now)
    assert "路灯全黑" in str(Regroup.objects.get(pk=taken.pk).matters)
    actions.erase(voice=three[0], by=resident, now=now)
    assert "路灯全黑" not in str([deed.matters for deed in Regroup.objects.all()])


def test_a_spreadsheet_taken_back_leaves_the_matters_counts_and_returns_to_them(staff, now):
    batch = Batch.objects.create(file_name="x.xlsx", file_hash="0", tried_at=now)
    rows = [{"words": Words(text=f"路灯坏了 {n}"), "channel": "sheet"} for n in range(3)]
    voices = hear_many(items=rows, batch=batch, by=staff, now=now)
    matter = actions.open_matter(title="路灯", voices=voices, by=staff, now=now)
    actions.recall_batch(batch=batch, by=staff, now=now)
    matter.refresh_from_db()
    assert (matter.people_count, matter.heat_log) == (0, -1e9)
    actions.return_batch(batch=batch, by=staff, now=now)
    matter.refresh_from_db()
    assert matter.people_count == 3
