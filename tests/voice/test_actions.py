"""The verbs on one voice."""

import datetime as dt

import pytest

from biaochi.core import search
from biaochi.core.actors import CLOCK
from biaochi.core.models import Entry
from biaochi.core.profiles import number
from biaochi.core.record import first_break
from biaochi.core.refusals import Incomplete, NotNow, NotYours
from biaochi.people import vault
from biaochi.people.models import Speaker
from biaochi.voice import actions, queries
from biaochi.voice.actions import Words
from biaochi.voice.models import Batch, Notice, Voice
from biaochi.voice.originals import open_words
from biaochi.voice.rules import NoticeKind, State

PHONE = "13800138000"
DAY = dt.timedelta(days=1)


def kinds(voice):
    return [notice.kind for notice in voice.notices.all()]


def test_what_is_heard_is_covered_in_the_open_and_whole_in_the_lock(speak):
    said = f"我叫王小明，电话{PHONE}，楼道灯坏了。"
    voice = speak(said, title="灯坏了，打13900139000", place="幸福里 12 号楼").voice
    voice.refresh_from_db()
    assert PHONE not in voice.text
    assert "13900139000" not in voice.title
    assert "楼道灯坏了" in voice.text
    assert "mobile" in voice.redacted_kinds
    assert open_words(voice) == Words(said, "灯坏了，打13900139000", "幸福里 12 号楼")


def test_the_code_finds_the_voice_and_only_its_hash_is_kept(speak):
    heard = speak()
    assert actions.find_by_code(code=heard.code.lower()) == heard.voice
    assert heard.code.replace("-", "")[2:] not in str(Voice.objects.values().get())


def test_a_wrong_code_and_an_unknown_code_are_told_apart_but_not_an_erased_one(
    speak, resident, now
):
    heard = speak()
    with pytest.raises(Incomplete):
        actions.find_by_code(code="QX-1234-5678")
    actions.erase(voice=heard.voice, by=resident, now=now)
    with pytest.raises(NotNow) as erased:
        actions.find_by_code(code=heard.code)
    with pytest.raises(NotNow) as unknown:
        actions.find_by_code(code=actions.fresh_code())
    assert str(erased.value) == str(unknown.value)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "长" * 5001}, "text"),
        ({"title": "长" * 201}, "title"),
        ({"place": "长" * 121}, "place"),
        ({"channel": "carrier pigeon"}, "channel"),
        ({"groups": ["old", "rich"]}, "groups"),
        ({"urgency": "whatever"}, "urgency"),
    ],
)
def test_what_cannot_be_heard_is_refused_with_the_field(speak, wrong, field):
    with pytest.raises(Incomplete) as refusal:
        speak(**wrong)
    assert refusal.value.field == field
    assert not Voice.objects.exists()
    assert not Entry.objects.exists()


def test_a_unit_an_auditor_and_the_clock_do_not_speak(speak, unit, city):
    for doer in (unit, city.actor("auditor"), CLOCK):
        with pytest.raises(NotYours):
            speak(by=doer)


def test_what_staff_heard_on_the_telephone_is_seen_at_once(speak, staff):
    voice = speak(channel="phone", by=staff, seen=True).voice
    assert voice in queries.public_voices()
    assert kinds(voice) == [NoticeKind.HEARD, NoticeKind.SEEN]


def test_nobody_reads_a_voice_before_the_office_has(speak, staff, now):
    voice = speak().voice
    assert not queries.public_voices().exists()
    assert list(queries.unseen()) == [voice]
    assert actions.mark_seen(voices=[voice], by=staff, now=now) == 1
    assert actions.mark_seen(voices=[voice], by=staff, now=now) == 0
    assert list(queries.public_voices()) == [voice]
    assert kinds(voice) == [NoticeKind.HEARD, NoticeKind.SEEN]


def test_what_cannot_wait_is_looked_at_first(speak, now):
    speak("慢慢来")
    urgent = speak("老人摔倒在电梯里", urgency="urgent", now=now + DAY).voice
    assert queries.unseen().first() == urgent


def test_a_voice_is_found_by_two_characters_and_no_longer_when_withdrawn(
    speak, staff, resident, now
):
    voice = speak("小区加装电梯", seen=True, by=staff).voice
    assert list(queries.public_voices(query="电梯")) == [voice]
    actions.withdraw(voice=voice, by=resident, now=now)
    assert found("电梯") == 0
    actions.come_back(voice=voice, by=resident, now=now)
    assert list(queries.public_voices(query="电梯")) == [voice]
    actions.erase(voice=voice, by=resident, now=now)
    assert found("电梯") == 0


def found(word):
    return search.matching(Voice.objects.all(), "voice", word).count()


def test_filters_narrow_and_a_percent_sign_is_no_wildcard(speak, city, staff):
    voice = speak(
        area=city.east, category=city.lamps, groups=["old"], urgency="hard", by=staff, seen=True
    ).voice
    speak("别的", by=staff, seen=True)
    for one in (
        {"area": city.east},
        {"category": city.lamps},
        {"group": "old"},
        {"urgency": "hard"},
        {"query": "楼道"},
    ):
        assert list(queries.public_voices(**one)) == [voice]
    assert not queries.public_voices(group="%").exists()
    assert queries.public_voices(channel="web").count() == 2


def test_what_is_added_is_covered_too_and_told(speak, resident, now):
    voice = speak().voice
    added = actions.add_words(voice=voice, text=f"打{PHONE}找我", by=resident, now=now)
    assert PHONE not in added.text
    voice.refresh_from_db()
    assert open_words(voice).added == (f"打{PHONE}找我",)
    assert "mobile" in voice.redacted_kinds
    assert kinds(voice)[-1] == NoticeKind.ADDED
    with pytest.raises(Incomplete):
        actions.add_words(voice=voice, text=" ", by=resident, now=now)


def test_a_name_that_was_given_once_is_covered_everywhere_and_later_too(speak, resident, now):
    voice = speak("我叫欧阳翠兰，楼道灯坏了。欧阳翠兰敬上", title="欧阳翠兰反映灯坏了").voice
    added = actions.add_words(voice=voice, text="昨天欧阳翠兰又去了一趟", by=resident, now=now)
    assert "欧阳翠兰" not in voice.text + voice.title + added.text
    assert "又去了一趟" in added.text


def test_a_new_number_replaces_the_old_one_and_keeps_who_looked(speak, staff, resident, now):
    voice = speak(speaker=vault.speaker_for(phone=PHONE)).voice
    vault.look_at_contact(speaker=voice.speaker, why="回访", by=staff, now=now)
    old = voice.speaker
    voice = actions.change_contact(voice=voice, phone="13900139000", by=resident, now=now)
    assert vault.tail(voice.speaker) == "9000"
    assert not Speaker.objects.filter(pk=old.pk).exists()
    assert [look.why for look in queries.looks(voice)] == ["回访"]


def test_a_number_left_with_two_voices_stays_for_the_other(speak, resident, now):
    one = speak(speaker=vault.speaker_for(phone=PHONE)).voice
    other = speak("另一件", speaker=vault.speaker_for(phone=PHONE)).voice
    actions.change_contact(voice=one, relay="请小王转告", by=resident, now=now)
    other.refresh_from_db()
    assert vault.tail(other.speaker) == "8000"


def test_a_contact_can_be_taken_away_and_a_wrong_one_changes_nothing(speak, resident, now):
    voice = speak(speaker=vault.speaker_for(phone=PHONE)).voice
    with pytest.raises(Incomplete):
        actions.change_contact(voice=voice, phone="12ab", by=resident, now=now)
    voice.refresh_from_db()
    assert vault.tail(voice.speaker) == "8000"
    actions.change_contact(voice=voice, by=resident, now=now)
    voice.refresh_from_db()
    assert not vault.can_be_reached(voice.speaker)


def test_only_the_speaker_decides_about_the_words(speak, staff, unit, member, now):
    voice = speak().voice
    for doer in (staff, unit, member):
        for verb in (actions.withdraw, actions.erase, actions.come_back):
            with pytest.raises((NotYours, NotNow)):
                verb(voice=voice, by=doer, now=now)
        with pytest.raises(NotYours):
            actions.set_public(voice=voice, public=False, by=doer, now=now)
        with pytest.raises(NotYours):
            actions.change_contact(voice=voice, phone=PHONE, by=doer, now=now)
    voice.refresh_from_db()
    assert (voice.state, voice.public) == (State.HEARD, True)


def test_hiding_says_why_to_the_speaker_and_is_undone(speak, staff, unit, now):
    voice = speak(by=staff, seen=True).voice
    with pytest.raises(Incomplete):
        actions.hide(voice=voice, reason=" ", by=staff, now=now)
    with pytest.raises(NotYours):
        actions.hide(voice=voice, reason="骂人", by=unit, now=now)
    actions.hide(voice=voice, reason="写了别人家的病情", by=staff, now=now)
    assert not queries.public_voices().exists()
    assert voice.notices.last().params == {"why": "写了别人家的病情"}
    actions.show_again(voice=voice, by=staff, now=now)
    assert queries.public_voices().exists()
    with pytest.raises(NotNow):
        actions.show_again(voice=voice, by=staff, now=now)


def test_not_public_is_the_speakers_own_wish_and_the_office_still_reads_it(
    speak, staff, resident, now
):
    voice = speak(by=staff, seen=True).voice
    actions.set_public(voice=voice, public=False, by=resident, now=now)
    assert not queries.public_voices().exists()
    assert list(queries.visible_to(staff)) == [voice]
    actions.set_public(voice=voice, public=True, by=resident, now=now)
    assert queries.public_voices().exists()


def test_a_withdrawal_can_be_regretted_for_seven_days_and_not_on_the_eighth(speak, resident, now):
    voice = speak().voice
    actions.withdraw(voice=voice, by=resident, now=now)
    with pytest.raises(NotNow):
        actions.withdraw(voice=voice, by=resident, now=now)
    with pytest.raises(NotNow):
        actions.come_back(voice=voice, by=resident, now=now + 8 * DAY)
    voice = actions.come_back(voice=voice, by=resident, now=now + 7 * DAY)
    assert (voice.state, voice.withdrawn_at) == (State.HEARD, None)
    assert kinds(voice)[-2:] == [NoticeKind.WITHDRAWN, NoticeKind.RETURNED]


def test_what_is_withdrawn_is_not_changed(speak, resident, staff, now):
    voice = speak().voice
    actions.withdraw(voice=voice, by=resident, now=now)
    for verb, rest in (
        (actions.add_words, {"text": "再说"}),
        (actions.set_public, {"public": False}),
        (actions.change_contact, {"phone": PHONE}),
    ):
        with pytest.raises(NotNow):
            verb(voice=voice, by=resident, now=now, **rest)
    with pytest.raises(NotNow):
        actions.hide(voice=voice, reason="x", by=staff, now=now)


def test_opening_the_original_needs_a_reason_and_the_speaker_reads_it(
    speak, staff, unit, member, now
):
    voice = speak(f"我的电话{PHONE}").voice
    for doer in (unit, member):
        with pytest.raises(NotYours):
            actions.open_original(voice=voice, why="想看", by=doer, now=now)
    with pytest.raises(Incomplete):
        actions.open_original(voice=voice, why="", by=staff, now=now)
    words = actions.open_original(voice=voice, why="核对门牌", by=staff, now=now)
    assert words.text == f"我的电话{PHONE}"
    assert [(look.who, look.why, look.contact) for look in queries.looks(voice)] == [
        ("staff", "核对门牌", False)
    ]


def rows(count, **rest):
    return [
        {"words": Words(f"第{n}条，打{PHONE}"), "channel": "sheet", "fingerprint": str(n), **rest}
        for n in range(count)
    ]


@pytest.fixture
def batch(db, now):
    return Batch.objects.create(file_name="x.xlsx", file_hash="0" * 64, tried_at=now)


def test_many_are_heard_with_a_line_in_the_record_each(staff, batch, now):
    taken = actions.hear_many(items=rows(1200), batch=batch, by=staff, now=now)
    assert len(taken) == Voice.objects.filter(batch=batch).count() == 1200
    assert Entry.objects.filter(verb="hear").count() == 1200
    assert first_break() is None
    assert PHONE not in "".join(Voice.objects.values_list("text", flat=True))
    assert len(set(Voice.objects.values_list("code_mark", flat=True))) == 1200
    assert not Notice.objects.exists()


def test_one_bad_row_keeps_all_of_them_out(staff, batch, now):
    items = [*rows(1001), {"words": Words(" "), "channel": "sheet"}]
    with pytest.raises(Incomplete):
        actions.hear_many(items=items, batch=batch, by=staff, now=now)
    assert not Voice.objects.exists()
    assert found("条") == 0


def test_a_unit_brings_in_no_spreadsheet_of_voices(unit, batch, now):
    with pytest.raises(NotYours):
        actions.hear_many(items=rows(1), batch=batch, by=unit, now=now)


def test_a_batch_is_recalled_as_a_whole_and_comes_back_without_what_was_erased(
    staff, resident, batch, now
):
    taken = actions.hear_many(items=rows(5, seen=True), batch=batch, by=staff, now=now)
    actions.erase(voice=taken[0], by=resident, now=now)
    with pytest.raises(NotYours):
        actions.recall_batch(batch=batch, by=resident, now=now)
    assert len(actions.recall_batch(batch=batch, by=staff, now=now)) == 4
    assert not queries.public_voices().exists()
    assert found("条") == 0
    assert len(actions.return_batch(batch=batch, by=staff, now=now)) == 4
    assert queries.public_voices(query="第3条").count() == 1
    assert first_break() is None


def test_the_words_a_voice_may_have_come_from_the_profile(speak):
    assert speak("长" * number("words_a_voice")).voice.pk
