"""An import that is killed half way and run again gives the same tables as one that was not."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import psycopg
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


class Place(NamedTuple):
    """An installation of its own: where its files lie, and its database."""

    home: Path
    database: str


@pytest.fixture
def places(tmp_path):
    """Two installations that begin with the same rows, on the database the suite runs on."""
    once, twice = tmp_path / "once", tmp_path / "twice"
    once.mkdir()
    server = os.environ.get("BIAOCHI_DATABASE", "")
    if not server.startswith(("postgresql://", "postgres://")):
        begin(Place(once, str(once / "biaochi.sqlite3")))
        shutil.copytree(once, twice)
        yield [Place(home, str(home / "biaochi.sqlite3")) for home in (once, twice)]
        return
    names = [f"biaochi_killed_{os.getpid()}_{which}" for which in ("once", "twice")]
    rooms = [urlsplit(server)._replace(path=f"/{name}").geturl() for name in names]
    with psycopg.connect(server, autocommit=True) as clerk:
        try:
            clerk.execute(f"CREATE DATABASE {names[0]}")
            begin(Place(once, rooms[0]))
            shutil.copytree(once, twice)
            clerk.execute(f"CREATE DATABASE {names[1]} TEMPLATE {names[0]}")
            yield [Place(once, rooms[0]), Place(twice, rooms[1])]
        finally:
            for name in names:
                clerk.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def begin(place):
    subprocess.run([sys.executable, "-c", OPEN_ACCOUNT], env=environment(place), check=True)


def environment(place):
    return {
        **os.environ,
        "BIAOCHI_DEBUG": "1",
        "BIAOCHI_HOME": str(place.home),
        "BIAOCHI_DATABASE": place.database,
        "BIAOCHI_VAULT_KEY": "a key for tests only",
        "DJANGO_SETTINGS_MODULE": "biaochi.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }


def start(place, path):
    return subprocess.Popen(
        [sys.executable, "-m", "biaochi", "import", "voices", str(path), "--as", "lin"],
        env=environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(place, path):
    with start(place, path) as program:
        out, err = program.communicate()
    assert program.returncode == 0, (out + err).decode()[-2000:]


def kill_half_way(place, path):
    """Start the import and kill it in the middle of the chunk after the first one."""
    with start(place, path) as program:
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


def tables(place):
    """What stands in the database, without keys and without what is random or is the hour."""
    on_sqlite = place.database.endswith(".sqlite3")
    with closing((sqlite3 if on_sqlite else psycopg).connect(place.database)) as database:

        def rows(query):
            return sorted(database.execute(query).fetchall())

        key = "rowid" if on_sqlite else "ref"
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
            "refused": rows(
                "SELECT row_number, code, CAST(params AS TEXT) FROM biaochi_refusedrow"
            ),
            "lines": rows("SELECT count(*) FROM biaochi_entry WHERE verb = 'hear'"),
            "found": rows(
                "SELECT v.text, v.said_at FROM biaochi_voice v "
                f"JOIN biaochi_find_voice f ON f.{key} = v.id"
            ),
            "found_count": rows("SELECT count(*) FROM biaochi_find_voice"),
        }


def made(folder):
    """Three chunks of rows by 300 people, some refused: enough that it cannot be done before the kill."""
    path = folder / "made.csv"
    lines = ["编号,用户,内容,时间"]
    for n in range(1200):
        text = "" if n % 97 == 0 else f"第 {n} 盏路灯坏了好几天，晚上看不见路，请来修。"
        lines.append(f"LD-{n:06d},u{n % 300:04d},{text},2026-02-{n % 28 + 1:02d} 09:{n % 60:02d}")
    path.write_text("\n".join(lines), encoding="gb18030")
    return path


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("source", ["made", pytest.param("real", marks=pytest.mark.shared)])
def test_killed_half_way_and_run_again_equals_one_run(source, places, tmp_path, request):
    if source == "real":
        path = request.getfixturevalue("shared") / "voices" / "messages_2019.xlsx"
    else:
        path = made(tmp_path)
    once, twice = places
    run(once, path)
    kill_half_way(twice, path)
    half = tables(twice)["voices"]
    assert 0 < len(half) < len(tables(once)["voices"])
    run(twice, path)
    assert tables(twice) == tables(once)
    assert list(twice.home.glob("media/sheets/*")) == []
