from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from securecart.errors import SandboxError
from securecart.sandbox import lifecycle, process
from securecart.sandbox.record import SandboxInfo, read_record, write_record
from tests.sandbox.accounts import DEV, Accounts


def start(home: Path) -> SandboxInfo:
    return lifecycle.start(home, on_progress=print)


def is_alive(pid: int) -> bool:
    return process.start_mark(pid) is not None


@pytest.fixture
def foreign_pid() -> Iterator[int]:
    """A process that no sandbox started."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as foreign:
        time.sleep(0.05)  # a start mark is a hundredth of a second: another one than the server's
        yield foreign.pid
        foreign.terminate()


def test_a_started_server_is_running_and_a_stopped_one_is_gone(home: Path) -> None:
    info = start(home)
    assert lifecycle.status(home).state == "running"
    assert is_alive(info.pid)
    assert lifecycle.stop(home) is True
    assert lifecycle.status(home).state == "stopped"
    assert not is_alive(info.pid)


def test_a_home_without_a_server_is_stopped_and_stop_says_that_nothing_ran(home: Path) -> None:
    assert lifecycle.status(home).state == "stopped"
    assert lifecycle.stop(home) is False


def test_a_second_start_reuses_the_running_server(home: Path) -> None:
    assert start(home) == start(home)


def test_of_concurrent_starts_one_server_results(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from securecart.sandbox import lifecycle;"
        "print(lifecycle.start(Path(sys.argv[1]), on_progress=lambda _: None).model_dump_json())"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def start_elsewhere(_: int) -> str:
        command = [sys.executable, "-c", script, str(home)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(3) as pool:
        printed = set(pool.map(start_elsewhere, range(3)))
    assert [SandboxInfo.model_validate_json(text) for text in printed] == [start(home)]


def test_a_restart_is_a_new_generation_with_an_empty_memory(home: Path) -> None:
    first = start(home)
    vpc = Accounts(first.endpoint).client("ec2", DEV).create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
    lifecycle.stop(home)
    second = start(home)
    found = Accounts(second.endpoint).client("ec2", DEV).describe_vpcs()["Vpcs"]
    assert found, "the default VPC is there"
    assert vpc not in {one["VpcId"] for one in found}
    assert second.generation != first.generation


def test_a_killed_server_is_stale_and_start_replaces_it(home: Path) -> None:
    first = start(home)
    os.kill(first.pid, signal.SIGKILL)
    mark = read_record(home)
    assert mark is not None
    assert process.wait_until_gone(first.pid, mark.start_mark, 5)
    assert lifecycle.status(home).state == "stale"
    second = start(home)
    assert lifecycle.status(home).info == second
    assert second.generation != first.generation


def test_a_foreign_process_with_the_recorded_pid_is_stale_and_is_left_alone(home: Path, foreign_pid: int) -> None:
    first = start(home)
    record = read_record(home)
    assert record is not None
    lifecycle.stop(home)
    foreign = record.model_copy(update={"info": first.model_copy(update={"pid": foreign_pid})})
    write_record(home, foreign)
    assert lifecycle.status(home).state == "stale"
    assert "another process" in lifecycle.status(home).detail
    assert lifecycle.stop(home) is False
    assert is_alive(foreign_pid)
    assert lifecycle.status(home).state == "stopped"


def test_a_server_that_hangs_is_unreachable_and_is_replaced(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "_HEALTH_SECONDS", 0.3)
    monkeypatch.setattr(lifecycle, "_STOP_SECONDS", 2.0)
    first = start(home)
    os.kill(first.pid, signal.SIGSTOP)
    try:
        assert lifecycle.status(home).state == "unreachable"
        with pytest.raises(SandboxError, match="ends neither when asked nor by SIGTERM"):
            start(home)
    finally:
        os.kill(first.pid, signal.SIGCONT)
    record = read_record(home)
    assert record is not None
    assert process.wait_until_gone(first.pid, record.start_mark, 5)
    assert start(home).generation != first.generation


def test_an_unreadable_record_is_stale_and_start_writes_a_new_one(home: Path) -> None:
    home.mkdir()
    (home / "sandbox.json").write_text("{}", encoding="utf-8")
    assert lifecycle.status(home).state == "stale"
    info = start(home)
    assert lifecycle.status(home).info == info


def test_a_server_whose_record_is_gone_ends_by_itself(home: Path) -> None:
    info = start(home)
    record = read_record(home)
    assert record is not None
    (home / "sandbox.json").unlink()
    assert process.wait_until_gone(info.pid, record.start_mark, 10)


def test_reset_stops_the_server_and_removes_record_and_log(home: Path) -> None:
    info = start(home)
    assert (home / "sandbox.log").exists()
    lifecycle.reset(home)
    assert not is_alive(info.pid)
    assert not (home / "sandbox.json").exists()
    assert not (home / "sandbox.log").exists()


def test_a_server_that_cannot_start_is_an_error_that_names_its_log(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle.sys, "executable", "/bin/false")
    with pytest.raises(SandboxError, match=r"status 1 .*sandbox\.log"):
        start(home)
    assert lifecycle.status(home).state == "stopped"


def test_a_start_that_takes_long_says_how_long(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifecycle, "_PATIENCE_SECONDS", 0.05)
    said: list[str] = []
    lifecycle.start(home, on_progress=said.append)
    assert said
    assert said[0] == "starting the sandbox server (0 s)"


def test_the_record_and_the_log_are_for_their_owner_alone(home: Path) -> None:
    start(home)
    for name in ("sandbox.json", "sandbox.log", "sandbox.lock"):
        assert (home / name).stat().st_mode & 0o777 == 0o600, name
    assert home.stat().st_mode & 0o777 == 0o700


def test_the_server_is_a_session_of_its_own_and_holds_none_of_the_starters_streams(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from securecart.sandbox import lifecycle;"
        "lifecycle.start(Path(sys.argv[1]), on_progress=lambda _: None)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    # Reading to the end of the pipe would hang if the server held it open.
    subprocess.run(
        [sys.executable, "-c", script, str(home)],
        env=environment,
        capture_output=True,
        check=True,
        timeout=30,
    )
    info = lifecycle.status(home).info
    assert info is not None
    assert os.getsid(info.pid) == info.pid
