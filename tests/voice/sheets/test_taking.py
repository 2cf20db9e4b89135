import datetime as dt
from pathlib import Path

import pytest

from biaochi.core.models import Entry
from biaochi.core.refusals import NotNow
from biaochi.people.models import Speaker
from biaochi.voice.matters import actions as matters
from biaochi.voice.models import Batch, Voice
from biaochi.voice.rules import BatchState, Channel, State
from biaochi.voice.sheets import actions, taking
from tests.voice.sheets.conftest import row

MANY = [row(n, f"第 {n} 盏路灯坏了，晚上看不见路。", person=f"用户{n % 7}") for n in range(1, 26)]


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    from biaochi.voice.sheets import weighing

    monkeypatch.setattr(weighing.chunks, "__defaults__", (10,))


def everything():
    return sorted(
        Voice.objects.values_list("fingerprint", "text", "said_at", "external_number", "state")
    )


def test_every_row_becomes_a_voice_of_its_person(try_in, ledger, as_csv, staff, now, city):
    batch = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    assert (batch.state, batch.taken_count, batch.taken_at) == (BatchState.TAKEN, 5, now)
    voices = Voice.objects.filter(batch=batch)
    assert voices.count() == 5
    assert Speaker.objects.count() == 4
    said = voices.get(external_number="QX2026-00001")
    assert (said.channel, said.area, said.seen_at) == (Channel.SHEET, city.east, None)
    assert said.said_at == dt.datetime(2026, 2, 3, 1, 10, tzinfo=dt.UTC)
    assert said.speaker == voices.get(external_number="QX2026-00003").speaker
    assert Entry.objects.filter(verb="hear").count() == 5


def test_the_file_is_gone_when_everything_is_in(
    try_in, ledger, as_csv, staff, now, settings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        batch = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    assert (batch.stored_as, batch.report["samples_sealed"]) == ("", "")
    assert list(Path(settings.MEDIA_ROOT).glob("sheets/*")) == []


def test_people_with_a_common_name_are_not_one_person(try_in, as_csv, staff, now):
    rows = [row(n, f"第 {n} 号楼没有水。", person="王女士") for n in range(1, 4)]
    actions.take_in(batch=try_in(as_csv(rows)), by=staff, now=now)
    assert not Speaker.objects.exists()


def test_a_message_too_long_for_one_voice_is_taken_whole(try_in, as_csv, staff, now):
    text = "".join(f"第{n}盏灯坏了很久没有人来修。" for n in range(600))
    actions.take_in(batch=try_in(as_csv([row(1, text)])), by=staff, now=now)
    voice = Voice.objects.get()
    assert voice.text + "".join(a.text for a in voice.additions.all()) == text
    assert voice.additions.count() == 1


def test_stopped_and_gone_on_with_it_is_as_if_never_stopped(try_in, as_csv, staff, now):
    batch = try_in(as_csv(MANY))
    half = actions.take_in(batch=batch, by=staff, now=now, stop=lambda: True)
    assert (half.state, half.taken_count, half.next_row) == (BatchState.TAKING, 10, 11)
    done = actions.take_in(batch=half, by=staff, now=now)
    assert (done.state, done.taken_count, Voice.objects.count()) == (BatchState.TAKEN, 25, 25)
    assert Speaker.objects.count() == 7


def test_a_chunk_that_fails_leaves_no_trace(try_in, as_csv, staff, now, monkeypatch):
    batch = try_in(as_csv(MANY))
    real = taking.voices.hear_many

    def broken(*, items, **more):
        heard = real(items=items, **more)
        if Voice.objects.count() > 10:
            raise RuntimeError("the power is gone")
        return heard

    monkeypatch.setattr(taking.voices, "hear_many", broken)
    with pytest.raises(RuntimeError):
        actions.take_in(batch=batch, by=staff, now=now)
    batch.refresh_from_db()
    assert (batch.taken_count, batch.next_row, Voice.objects.count()) == (10, 11, 10)
    assert Speaker.objects.count() == 7
    monkeypatch.setattr(taking.voices, "hear_many", real)
    actions.resume(now=now)
    assert Voice.objects.count() == 25


def test_two_programs_at_once_take_no_row_twice(try_in, as_csv, staff, now):
    batch = try_in(as_csv(MANY))

    def another(done, _total):
        if done == 10:
            actions.take_in(batch=batch, by=staff, now=now)

    mine = actions.take_in(batch=batch, by=staff, now=now, on_progress=another)
    assert (mine.state, mine.taken_count) == (BatchState.TAKEN, 25)
    assert Voice.objects.count() == 25


def test_progress_is_told_after_every_chunk(try_in, as_csv, staff, now):
    told = []
    batch = try_in(as_csv(MANY))
    actions.take_in(batch=batch, by=staff, now=now, on_progress=lambda *at: told.append(at))
    assert told == [(10, 25), (20, 25), (25, 25)]


def test_the_sweep_goes_on_but_not_with_a_sheet_that_somebody_stopped(try_in, as_csv, staff, now):
    batch = actions.begin(batch=try_in(as_csv(MANY)), by=staff, now=now)
    actions.hold(batch=batch, by=staff, now=now)
    assert (actions.resume(now=now), Voice.objects.count()) == (0, 0)
    actions.go_on(batch=batch, by=staff, now=now)
    assert (actions.resume(now=now), Voice.objects.count()) == (1, 25)
    assert Entry.objects.get(verb="take sheet").actor == staff.name


def test_stop_pressed_while_the_sweep_runs_is_obeyed_after_the_chunk(try_in, as_csv, staff, now):
    batch = actions.begin(batch=try_in(as_csv(MANY)), by=staff, now=now)

    def press(done, _total):
        if done == 10:
            actions.hold(batch=batch, by=staff, now=now)

    actions.resume(now=now, on_progress=press)
    batch.refresh_from_db()
    assert (batch.state, batch.taken_count) == (BatchState.TAKING, 10)


def test_a_sheet_whose_file_is_gone_stops_and_the_others_go_on(
    try_in, as_csv, ledger, staff, now, settings
):
    lost = actions.begin(batch=try_in(as_csv(MANY)), by=staff, now=now)
    (Path(settings.MEDIA_ROOT) / "sheets" / lost.stored_as).unlink()
    actions.begin(batch=try_in(as_csv(ledger)), by=staff, now=now)
    actions.resume(now=now)
    lost.refresh_from_db()
    assert lost.held
    assert Voice.objects.count() == 5


def test_undone_and_done_again_is_the_same(try_in, ledger, as_csv, staff, now, monkeypatch):
    batch = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    matter = matters.open_matter(
        title="站台没有灯", voices=list(Voice.objects.all()), by=staff, now=now
    )
    before, counted = everything(), (matter.people_count, matter.voice_count)
    undone = actions.undo(batch=batch, by=staff, now=now)
    assert undone.state == BatchState.UNDONE
    assert set(Voice.objects.values_list("state", flat=True)) == {State.RECALLED}
    matter.refresh_from_db()
    assert (matter.people_count, matter.voice_count) == (0, 0)
    redone = actions.redo(batch=batch, by=staff, now=now)
    assert redone.state == BatchState.TAKEN
    matter.refresh_from_db()
    assert (everything(), (matter.people_count, matter.voice_count)) == (before, counted)


def test_a_sheet_can_be_undone_for_as_long_as_the_profile_says(try_in, ledger, as_csv, staff, now):
    batch = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    with pytest.raises(NotNow, match="整批撤回的日子过了"):
        actions.undo(batch=batch, by=staff, now=now + dt.timedelta(days=15))
    actions.undo(batch=batch, by=staff, now=now + dt.timedelta(days=14))
    assert Batch.objects.get().state == BatchState.UNDONE


def test_a_sheet_taken_back_can_be_imported_anew_and_then_not_be_done_again(
    try_in, ledger, as_csv, staff, now
):
    wrong = actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    actions.undo(batch=wrong, by=staff, now=now)
    right = actions.take_in(batch=try_in(as_csv(ledger), "again.csv"), by=staff, now=now)
    assert (right.taken_count, right.known_count) == (5, 0)
    with pytest.raises(NotNow, match="恢复这一批就重了"):
        actions.redo(batch=wrong, by=staff, now=now)
    assert Voice.objects.filter(state=State.HEARD).count() == 5


def test_a_sheet_called_off_half_way_takes_no_more_rows(try_in, as_csv, staff, now):
    batch = actions.take_in(batch=try_in(as_csv(MANY)), by=staff, now=now, stop=lambda: True)
    actions.undo(batch=batch, by=staff, now=now)
    assert actions.resume(now=now) == 0
    assert list(Voice.objects.values_list("state", flat=True)) == [State.RECALLED] * 10


def test_a_voice_that_was_erased_does_not_come_in_again(
    try_in, ledger, as_csv, staff, now, resident
):
    actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now)
    matters.erase(voice=Voice.objects.get(external_number="QX2026-00002"), by=resident, now=now)
    actions.take_in(batch=try_in(as_csv(ledger), "again.csv"), by=staff, now=now)
    assert Voice.objects.count() == 5
    assert not Voice.objects.filter(text__contains="电梯").exists()


def test_words_vouched_for_are_shown_at_once(try_in, ledger, as_csv, staff, now):
    actions.take_in(batch=try_in(as_csv(ledger)), by=staff, now=now, seen=True)
    assert not Voice.objects.filter(seen_at=None).exists()
