"""A real cluster on this machine, one master and two workers: the files are those of one process.

Skipped where Spark (the extra `spark`) or Java is absent.
"""

import csv
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from biaochi.engine.crew import Alone
from biaochi.engine.group_table import tables
from biaochi.engine.store import Memory
from tests.bench.planted import planted
from tests.engine.written import messages, written

ROOT = Path(__file__).parents[2]
SPARK = find_spec("pyspark")
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(SPARK is None, reason="pyspark is absent (pip install 'biaochi[spark]')"),
    pytest.mark.skipif(shutil.which("java") is None, reason="Java is absent"),
]
PATIENCE = 240


def until(check, what):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := check():
            return found
        time.sleep(0.05)
    raise AssertionError(f"waited too long for {what}")


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """Spark's own master and workers, each a process that a test may end."""

    def __init__(self, folder):
        self.folder, self.started = folder, []
        port = free_port()
        self.address = f"spark://127.0.0.1:{port}"
        ports = ("--port", str(port), "--webui-port", "0")
        self.start("master.Master", "master", "--host", "127.0.0.1", *ports)
        until(lambda: "New state: ALIVE" in self.log("master"), "the master")
        self.workers = [self.worker(f"worker{n}") for n in (1, 2)]
        for name in ("worker1", "worker2"):
            until(lambda name=name: "Successfully registered" in self.log(name), name)

    def worker(self, name):
        (self.folder / name).mkdir()
        room = ("--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / name))
        ports = ("--host", "127.0.0.1", "--webui-port", "0")
        return self.start("worker.Worker", name, *ports, *room, self.address)

    def start(self, what, name, *words):
        home = Path(SPARK.submodule_search_locations[0])
        quiet = {"SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable}
        command = [home / "bin" / "spark-class", f"org.apache.spark.deploy.{what}", *words]
        with open(self.folder / f"{name}.log", "wb") as log:
            done = subprocess.Popen(
                command, stdout=log, stderr=log, env=os.environ | quiet, start_new_session=True
            )
        self.started.append(done)
        return done

    def log(self, name):
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def busy(self, name):
        """Whether a worker has begun to work for somebody."""
        return any((self.folder / name).glob("app-*/*/stderr"))

    def end(self):
        for one in self.started:
            kill(one)


def kill(process):
    """End a process and those it started, at once and without a word."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def cluster(tmp_path):
    folder = tmp_path / "cluster"
    folder.mkdir()
    try:
        cluster = Cluster(folder)
        yield cluster
    finally:
        cluster.end()


def run(cluster, tmp_path, *words):
    env = os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    with open(tmp_path / "run.log", "wb") as log:
        command = [sys.executable, *map(str, words)]
        return subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)


def finished(process, tmp_path):
    try:
        assert process.wait(PATIENCE) == 0, (tmp_path / "run.log").read_text()[-3000:]
    finally:
        process.kill()


@pytest.mark.parametrize("lost", [False, True], ids=["two workers", "one is lost midway"])
def test_a_cluster_writes_what_one_process_writes(cluster, tmp_path, lost):
    folder, out = tmp_path / "shared", tmp_path / "out"
    folder.mkdir()
    running = run(cluster, tmp_path, "-m", "tests.engine.cluster_run", cluster.address, folder, out)
    if lost:
        until(lambda: (folder / "rows-1").exists() or running.poll() is not None, "the first rows")
        assert running.poll() is None
        assert cluster.busy("worker2")
        kill(cluster.workers[1])
        assert running.poll() is None
        assert not out.exists()
    finished(running, tmp_path)
    assert out.read_text() == written(tables(messages(), Alone(), Memory()))


def test_the_command_gives_the_same_files_by_either_engine(cluster, tmp_path):
    with open(tmp_path / "in.csv", "w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["留言编号", "留言用户", "留言主题", "留言时间", "留言详情"])
        for m in planted(matters=12, voices=5, seed=3)[0]:
            table.writerow([m.id, m.person, m.title, f"{m.at:%Y-%m-%d %H:%M:%S}", m.text])
    spark = ("--engine", "spark", "--address", cluster.address, "--folder", tmp_path)
    for name, words in (("local", ()), ("spark", spark)):
        command = ("-m", "biaochi", "group", tmp_path / "in.csv", "--out", tmp_path / f"{name}.csv")
        finished(run(cluster, tmp_path, *command, *words), tmp_path)
    for table in ("matters", "members"):
        local, spark = (tmp_path / f"{name}.{table}.csv" for name in ("local", "spark"))
        assert local.read_bytes() == spark.read_bytes()
