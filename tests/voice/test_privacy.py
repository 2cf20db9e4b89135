"""What a thief of the files, a reader of the log and a unit can learn about a speaker: nothing."""

import base64
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from biaochi.core.models import Entry
from biaochi.core.refusals import NotYours
from biaochi.people import vault
from biaochi.people.models import Speaker
from biaochi.voice import actions, queries
from biaochi.voice.models import Addition, Attachment, Draft, Notice, Voice

ROOT = Path(__file__).parents[2]
NAME, PHONE = "欧阳翠兰", "13812345678"
ANSWERS = {
    "text": f"我叫{NAME}，电话{PHONE}，六楼住着我瘫痪的母亲，电梯装不上。",
    "place": "梧桐里小区 7 号楼 2 单元 601",
    "phone": "138 1234 5678",
    "added": f"昨天{NAME}又去了一趟，没人理，打{PHONE}。",
}


def run(part, answers, home):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "biaochi.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PYTHONWARNINGS": "default",
        "BIAOCHI_DEBUG": "0",
        "BIAOCHI_HOME": str(home),
        "BIAOCHI_DATABASE": str(home / "walk.sqlite3"),
        "BIAOCHI_SECRET_KEY": "a secret for one walk" * 3,
        "BIAOCHI_VAULT_KEY": "a key for one walk" * 3,
        "BIAOCHI_HOSTS": "testserver",
        "BIAOCHI_LOG_LEVEL": "DEBUG",
        "A_PHOTO": str(home.parent / "family.jpg"),
    }
    done = subprocess.run(
        [sys.executable, str(ROOT / "tests/voice/a_walk.py"), part],
        input=json.dumps(answers),
        capture_output=True,
        text=True,
        env=environment,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout), done.stderr


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    """The way from the first question to erasing: answers, logs, and copies of all files."""
    home = tmp_path_factory.mktemp("walk") / "home"
    home.mkdir()
    exif = Image.Exif()
    exif[0x0110] = "PhoneOfCuilan"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    (home.parent / "family.jpg").write_bytes(out.getvalue())
    said, said_log = run("say", ANSWERS, home)
    said_files = copies(home)
    erased, erased_log = run("erase", {"code": said["code"]}, home)
    return {
        "home": home,
        "said": said,
        "erased": erased,
        "log": said_log + erased_log,
        "files": said_files,
        "files after": copies(home),
    }


def copies(home):
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


def traces(files, secret):
    """The files in which a secret stands, in any writing that somebody might think of."""
    bare = base64.b64encode(secret.encode()).rstrip(b"=")
    writings = {
        secret.encode(),
        secret.encode("utf-16-le"),
        secret.encode("gb18030"),
        json.dumps(secret).strip('"').encode(),
        bare[:-2],
    }
    return [path.name for path, content in files.items() if any(w in content for w in writings)]


SECRETS = [NAME, PHONE, PHONE[-8:], "2 单元 601", "203.0.113.77", "PhoneOfCuilan", "family.jpg"]


def test_the_walk_went_all_the_way(walk):
    assert walk["said"]["statuses"] == [302, 302, 302, 302, 200, 302, 422, 302, 200, 302]
    assert walk["said"]["shown"]
    assert walk["erased"]["statuses"] == [200, 422]
    assert any(path.suffix == ".jpg" for path in walk["files"])
    assert any(path.name == "walk.sqlite3" for path in walk["files"])


@pytest.mark.parametrize("secret", SECRETS)
def test_a_copy_of_the_files_tells_no_secret(walk, secret):
    assert not traces(walk["files"], secret)


@pytest.mark.parametrize("secret", [*SECRETS, "瘫痪的母亲", "没人理"])
def test_the_log_tells_nothing_that_was_said(walk, secret):
    assert walk["log"].count("biaochi.refusals") or walk["log"]  # it was loud enough to tell
    assert secret not in walk["log"]


def test_the_code_is_neither_in_the_files_nor_in_the_log(walk):
    code = walk["said"]["code"]
    for written in (code, code.replace("-", ""), code[3:], code[3:].replace("-", "")):
        assert not traces(walk["files"], written)
        assert not traces(walk["files after"], written)
        assert written not in walk["log"]


@pytest.mark.parametrize("words", ["瘫痪的母亲", "没人理", "电梯装不上", "梧桐里小区", *SECRETS])
def test_after_erasing_the_files_hold_no_word_of_it(walk, words):
    # The same words in somebody's unfinished draft are there, but sealed.
    assert not traces(walk["files after"], words)


def test_after_erasing_no_file_of_the_speaker_is_left(walk):
    assert not [path for path in walk["files after"] if path.suffix in {".jpg", ".ogg"}]


def test_after_erasing_the_tables_hold_one_empty_line(walk):
    table = sqlite3.connect(walk["home"] / "walk.sqlite3")
    counts = {
        name: table.execute(f"SELECT count(*) FROM biaochi_{name}").fetchone()[0]
        for name in ("voice", "speaker", "attachment", "addition", "notice", "membership", "draft")
    }
    row = table.execute(
        "SELECT state, title, text, place, original_sealed, speaker_id, groups FROM biaochi_voice"
    ).fetchone()
    table.close()
    assert counts == {
        "voice": 1,
        "speaker": 0,
        "attachment": 0,
        "addition": 0,
        "notice": 0,
        "membership": 0,
        "draft": 1,  # what somebody else has not finished writing
    }
    assert row == ("erased", "", "", "", None, None, "[]")


def test_the_record_names_no_resident_and_quotes_no_word(speak, resident, now):
    voice = speak(ANSWERS["text"], speaker=vault.speaker_for(phone=PHONE)).voice
    actions.add_words(voice=voice, text=ANSWERS["added"], by=resident, now=now)
    actions.change_contact(voice=voice, relay=NAME, by=resident, now=now)
    actions.erase(voice=voice, by=resident, now=now)
    assert set(Entry.objects.values_list("actor", flat=True)) == {"resident"}
    lines = str(list(Entry.objects.values_list("thing", "note", "before", "after")))
    for secret in (NAME, PHONE, "电梯", "speaker:"):
        assert secret not in lines


def test_erasing_leaves_nothing_that_hangs_on_the_voice(speak, staff, resident, now):
    heard = speak(ANSWERS["text"], area=None, speaker=vault.speaker_for(phone=PHONE))
    voice = heard.voice
    actions.add_words(voice=voice, text="再说一句", by=resident, now=now)
    actions.hide(voice=voice, reason="写了病情", by=staff, now=now)
    actions.erase(voice=voice, by=resident, now=now)
    for table in (Addition, Notice, Attachment, Draft, Speaker):
        assert not table.objects.exists()
    row = Voice.objects.values().get()
    kept = {"id", "code_mark", "state", "channel", "said_at", "heard_at", "public"}
    assert {key for key, value in row.items() if value not in ("", None, [], 0)} <= kept | {
        "seen_at",
        "withdrawn_at",
    }


def test_erasing_one_of_two_voices_keeps_the_number_for_the_other(speak, resident, now):
    one = speak("一件", speaker=vault.speaker_for(phone=PHONE)).voice
    other = speak("两件", speaker=vault.speaker_for(phone=PHONE)).voice
    actions.erase(voice=one, by=resident, now=now)
    other.refresh_from_db()
    assert vault.tail(other.speaker) == PHONE[-4:]


def test_a_unit_has_no_entrance_to_single_voices(speak, unit, staff):
    voice = speak(ANSWERS["text"], by=staff, seen=True).voice
    assert not queries.visible_to(unit).exists()
    assert queries.get(unit, voice.pk) is None
    with pytest.raises(NotYours):
        actions.open_original(voice=voice, why="想看", by=unit, now=voice.heard_at)


@pytest.mark.parametrize("role", ["member", "auditor", "operator", "resident"])
def test_others_read_public_voices_only(speak, staff, city, resident, role):
    hidden = speak("不公开的", public=False, by=staff, seen=True).voice
    unseen = speak("还没看的").voice
    shown = speak("公开的", by=staff, seen=True).voice
    actor = resident if role == "resident" else city.actor(role)
    assert list(queries.visible_to(actor)) == [shown]
    assert queries.get(actor, hidden.pk) is None
    assert queries.get(actor, unseen.pk) is None


def test_a_sealed_original_opens_with_no_other_key(speak, settings):
    voice = speak(ANSWERS["text"]).voice
    settings.VAULT_KEY = b"another key"
    with pytest.raises(ValueError):
        queries.original_of(voice)


def test_nothing_is_logged_while_a_voice_is_heard_and_erased(speak, resident, now, caplog):
    caplog.set_level("DEBUG")
    heard = speak(ANSWERS["text"], speaker=vault.speaker_for(phone=PHONE))
    actions.erase(voice=heard.voice, by=resident, now=now)
    for secret in (NAME, PHONE, heard.code, "瘫痪"):
        assert secret not in caplog.text
