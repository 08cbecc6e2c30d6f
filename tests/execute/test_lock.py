"""The fleet's lock, between real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from securecart.errors import LockedError
from securecart.execute.lock import run_lock

HOLD = """
import sys
from pathlib import Path
from securecart.execute.lock import run_lock
with run_lock(Path(sys.argv[1]), "up"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(name="holder")
def _holder(tmp_path: Path):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2] / "platform")},
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_run_is_refused_and_told_who_holds_the_lock(tmp_path: Path, holder):
    with (
        pytest.raises(LockedError, match=f"process {holder.pid}, `up`") as caught,
        run_lock(tmp_path, "preview"),
    ):
        pass
    assert caught.value.exit_code == 6


def test_a_killed_holder_leaves_no_lock_behind(tmp_path: Path, holder):
    holder.kill()
    holder.wait()
    with run_lock(tmp_path, "preview"):
        assert (tmp_path / "run.lock").exists()
