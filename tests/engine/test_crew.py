"""Several processes: none of them outlives the one that began the work."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEGIN = """
from tests.engine.test_crew import be_seen
from biaochi.engine.crew import Several

if __name__ == "__main__":
    with Several(1) as crew:
        list(crew.each(be_seen, None, [{path!r}]))
"""


def be_seen(_store, path):
    """A task that says which process does it, and then takes longer than anybody waits."""
    Path(path).write_text(str(os.getpid()))
    time.sleep(600)


def is_there(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return "\nState:\tZ" not in Path(f"/proc/{number}/status").read_text()


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked up in /proc")
def test_a_worker_leaves_when_its_parent_is_killed(tmp_path):
    script, seen = tmp_path / "begin.py", tmp_path / "seen"
    script.write_text(BEGIN.format(path=str(seen)))
    paths = {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    parent = subprocess.Popen([sys.executable, str(script)], env={**os.environ, **paths})
    try:
        end = time.monotonic() + 60
        while not (seen.exists() and seen.read_text()) and time.monotonic() < end:
            time.sleep(0.05)
        worker = int(seen.read_text())
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        while is_there(worker) and time.monotonic() < end:
            time.sleep(0.05)
        assert not is_there(worker)
    finally:
        parent.kill()
