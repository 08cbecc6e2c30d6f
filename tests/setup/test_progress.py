from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from securecart.setup.progress import run

PLATFORM = str(Path(__file__).resolve().parents[2] / "platform")


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_both_streams_are_kept_in_order_and_the_code_is_told() -> None:
    code = "import os; os.write(1, b'one\\n'); os.write(2, b'two\\n'); raise SystemExit(7)"
    outcome = run(python(code), label="work")
    assert outcome.output == ("one", "two")
    assert outcome.code == 7
    assert not outcome.ok


def test_a_long_command_shows_how_long_and_how_far(capfd: pytest.CaptureFixture[str]) -> None:
    code = "import time; print('a', flush=True); time.sleep(2.6)"
    assert run(python(code), label="building", counter=lambda lines: f"{len(lines)} done").ok
    assert "set-up:   building: 2 s, 1 done" in capfd.readouterr().err


def test_a_short_command_shows_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(python("print('a')"), label="building").output == ("a",)
    assert capfd.readouterr().err == ""


def test_a_command_that_takes_too_long_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    child = f"import time; time.sleep(2.5); open({str(alive)!r}, 'w')"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    outcome = run(python(code), label="hanging", timeout=0.5)
    assert outcome.code is None
    assert outcome.seconds < 2.4
    assert "stopped after" in outcome.tail()
    time.sleep(3)
    assert not alive.exists()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_set_up_ends_what_it_started_and_shows_no_traceback(tmp_path: Path, stop: signal.Signals) -> None:
    started, alive = tmp_path / "started", tmp_path / "alive"
    child = f"import time; open({str(started)!r}, 'w'); time.sleep(2); open({str(alive)!r}, 'w')"
    code = (
        # A shell that starts this in the background has SIGINT ignored, and children inherit that.
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from securecart.setup.progress import run, stoppable;"
        f"sys.exit(stoppable(lambda: run([sys.executable, '-c', {child!r}], label='work').code))"
    )
    with subprocess.Popen(python(code), env={"PYTHONPATH": PLATFORM}, stderr=subprocess.PIPE, text=True) as setup:
        while not started.exists():
            time.sleep(0.05)
        setup.send_signal(stop)
        _, err = setup.communicate(timeout=20)
    assert setup.returncode == 130
    assert err == "set-up: stopped; the next call does what is left\n"
    time.sleep(2.5)
    assert not alive.exists()


def test_a_command_that_does_not_exist_is_an_outcome_not_an_exception(tmp_path: Path) -> None:
    outcome = run([tmp_path / "missing"], label="nothing")
    assert not outcome.ok
    assert "No such file" in outcome.tail()


def test_only_the_last_lines_are_shown_of_a_long_output() -> None:
    outcome = run(python("print(*range(100), sep='\\n')"), label="work")
    assert outcome.tail().splitlines()[-1].strip() == "99"
    assert len(outcome.tail().splitlines()) == 15
