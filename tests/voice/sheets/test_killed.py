"""An import that is killed half way and run again gives the same tables as one that was not."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
OPEN_ACCOUNT = """
import datetime as dt, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from biaochi.core.actors import Actor, Role
from biaochi.people.actions import open_account
operator = Actor("operator", frozenset({Role.OPERATOR}))
now = dt.datetime(2026, 3, 2, 1, tzinfo=dt.UTC)
open_account(username="lin", shown_name="lin", role=Role.STAFF, password="a long password 42",
             by=operator, now=now)
"""


def environment(home):
    return {
        **os.environ,
        "BIAOCHI_DEBUG": "1",
        "BIAOCHI_HOME": str(home),
        "BIAOCHI_VAULT_KEY": "a key for tests only",
        "DJANGO_SETTINGS_MODULE": "biaochi.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def start(home, path):
    return subprocess.Popen(
        [sys.executable, "-m", "biaochi", "import", "voices", str(path), "--as", "lin"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(home, path):
    with start(home, path) as program:
        out, err = program.communicate()
    assert program.returncode == 0, (out + err).decode()[-2000:]


def kill_half_way(home, path):
    """Start the import and kill it in the middle of the chunk after the first one."""
    with start(home, path) as program:
        told = b""
        while b"/" not in told:
            letter = program.stderr.read(1)
            assert letter, program.stdout.read().decode()[-2000:]
            told += letter
        try:
            program.wait(timeout=0.4)
        except subprocess.TimeoutExpired:
            program.send_signal(signal.SIGKILL)
        program.communicate()
    assert program.returncode == -signal.SIGKILL


def tables(home):
    """What stands in the database, without keys and without what is random or is the hour."""
    with closing(sqlite3.connect(home / "biaochi.sqlite3")) as database:

        def rows(query):
            return sorted(database.execute(query).fetchall())

        return {
            "voices": rows(
                "SELECT v.text, v.title, v.place, v.said_at, v.fingerprint, v.external_number, "
                "v.likes, v.dislikes, v.state, v.channel, COALESCE(s.mark, '') "
                "FROM biaochi_voice v LEFT JOIN biaochi_speaker s ON s.id = v.speaker_id"
            ),
            "speakers": rows("SELECT mark, kind FROM biaochi_speaker"),
            "additions": rows("SELECT text FROM biaochi_addition"),
            "batches": rows(
                "SELECT state, read_count, taken_count, known_count, refused_count, next_row, "
                "stored_as FROM biaochi_batch"
            ),
            "refused": rows("SELECT row_number, code, params FROM biaochi_refusedrow"),
            "lines": rows("SELECT count(*) FROM biaochi_entry WHERE verb = 'hear'"),
            "found": rows("SELECT rowid FROM biaochi_find_voice"),
        }


def made(folder):
    """1,100 rows of 300 people, some refused."""
    path = folder / "made.csv"
    lines = ["编号,用户,内容,时间"]
    for n in range(1100):
        text = "" if n % 97 == 0 else f"第 {n} 盏路灯坏了好几天，晚上看不见路，请来修。"
        lines.append(f"LD-{n:06d},u{n % 300:04d},{text},2026-02-{n % 28 + 1:02d} 09:{n % 60:02d}")
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("source", ["made", pytest.param("real", marks=pytest.mark.shared)])
def test_killed_half_way_and_run_again_equals_one_run(source, tmp_path, request):
    if source == "real":
        path = request.getfixturevalue("shared") / "voices" / "messages_2019.xlsx"
    else:
        path = made(tmp_path)
    once, twice = tmp_path / "once", tmp_path / "twice"
    once.mkdir()
    subprocess.run([sys.executable, "-c", OPEN_ACCOUNT], env=environment(once), check=True)
    shutil.copytree(once, twice)
    run(once, path)
    kill_half_way(twice, path)
    half = tables(twice)["voices"]
    assert 0 < len(half) < len(tables(once)["voices"])
    run(twice, path)
    assert tables(twice) == tables(once)
    assert list(twice.glob("media/sheets/*")) == []
