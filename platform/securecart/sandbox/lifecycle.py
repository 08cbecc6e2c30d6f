"""Start, stop and inspect the sandbox server of one home directory.

A server is known by HOME/sandbox.json. It counts as ours only if its pid carries the recorded start mark and
its health route answers with the recorded generation; everything else is stale and is never signalled.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import securecart
from securecart.errors import SandboxError
from securecart.sandbox import client, process
from securecart.sandbox.record import (
    LOG_NAME,
    SandboxInfo,
    SandboxStatus,
    ServerRecord,
    read_record,
    remove_record,
)

if TYPE_CHECKING:
    from securecart.sandbox.provider.inventory import ResourceEntry

_LOCK_NAME = "sandbox.lock"
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0
_ANSWER_SECONDS = 30.0
_HEALTH_SECONDS = 10.0
"""A busy machine may take a while to answer; a server that is taken for hung loses moto's memory."""
_PATIENCE_SECONDS = 2.0
"""Silence that a waiting person is left with before the first word, and between words."""
_POLL_SECONDS = 0.02


def start(home: Path, *, on_progress: Callable[[str], None]) -> SandboxInfo:
    """The running server of this home, or a new one; of concurrent starts, one starts and the others reuse.

    A new server has a new generation: moto's memory is then empty, and the caller brings state back.

    Args:
        home: Directory of the sandbox, made (0700) if missing.
        on_progress: Receives a sentence now and then when the start takes longer than two seconds.

    Raises:
        SandboxError: The server ended, or did not become healthy, within a minute.
    """
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(home, on_progress):
        known = status(home)
        if known.state == "running" and known.info is not None:
            return known.info
        if known.state == "unreachable":
            on_progress("the sandbox server does not answer: stopping it")
        if known.state != "stopped":
            _stop_recorded(home)
        return _start_new(home, on_progress)


def stop(home: Path) -> bool:
    """Stop the server of this home and forget it. True if one was running.

    It is asked over HTTP with its token first; SIGTERM follows only to the process that is provably the
    recorded one. A foreign process that got the pid is left alone.

    Raises:
        SandboxError: The server is still there after both.
    """
    home = home.resolve()
    if not home.is_dir():
        return False
    with _locked(home, lambda _: None):
        return _stop_recorded(home)


def status(home: Path) -> SandboxStatus:
    """What is known about the sandbox of this home; changes nothing."""
    home = home.resolve()
    try:
        record = read_record(home)
    except SandboxError as error:
        return SandboxStatus(state="stale", detail=error.what)
    if record is None:
        return SandboxStatus(state="stopped", detail="no server is recorded")
    info = record.info
    mark = process.start_mark(info.pid)
    if mark != record.start_mark:
        detail = f"process {info.pid} has ended" if mark is None else f"pid {info.pid} is another process now"
        return SandboxStatus(state="stale", info=info, detail=detail)
    answer = client.health(info.endpoint, seconds=_HEALTH_SECONDS)
    if answer is None:
        return SandboxStatus(state="unreachable", info=info, detail=f"{info.endpoint} does not answer")
    if (answer.generation, answer.pid) != (info.generation, info.pid):
        return SandboxStatus(state="stale", info=info, detail=f"{info.endpoint} is served by another sandbox")
    return SandboxStatus(state="running", info=info, detail="healthy")


def reset(home: Path) -> None:
    """Stop the server, so that moto's memory is gone, and remove the record and the log, readable or not."""
    home = home.resolve()
    if not home.is_dir():
        return
    with _locked(home, lambda _: None):
        _stop_recorded(home)
        (home / LOG_NAME).unlink(missing_ok=True)


def inventory(info: SandboxInfo) -> list[ResourceEntry]:
    """Every resource that the running server's provider holds.

    Raises:
        SandboxError: The server does not answer.
    """
    return client.inventory(info.endpoint, seconds=_ANSWER_SECONDS)


def writes(info: SandboxInfo) -> dict[str, int]:
    """How often each AWS operation that writes was called since the server started.

    The difference of two answers is what a run did to the accounts; that of a run without changes is empty.
    Keys are such as ec2:CreateVpc, or s3:PUT where a service's calls have no name of their own.

    Raises:
        SandboxError: The server does not answer.
    """
    return client.writes(info.endpoint, seconds=_ANSWER_SECONDS)


@contextlib.contextmanager
def _locked(home: Path, on_progress: Callable[[str], None]) -> Iterator[None]:
    """Hold the home's lock, an flock that the system drops when this process ends."""
    descriptor = os.open(home / _LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        waiting = _Patience(on_progress, "waiting for another start or stop of the sandbox")
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if waiting.seconds > _START_SECONDS + 2 * _STOP_SECONDS:
                    raise SandboxError(
                        "another process holds the sandbox's lock",
                        value=str(home / _LOCK_NAME),
                        remedy="wait for the other start or stop to end, or end it",
                    ) from None
                waiting.pause()
        yield
    finally:
        os.close(descriptor)


def _start_new(home: Path, on_progress: Callable[[str], None]) -> SandboxInfo:
    arguments = [sys.executable, "-m", "securecart.sandbox.server", "--home", str(home)]
    pid = process.spawn(arguments, _environment(), home / LOG_NAME)
    waiting = _Patience(on_progress, "starting the sandbox server")
    while waiting.seconds < _START_SECONDS:
        ended = process.exit_status(pid)
        if ended is not None:
            raise SandboxError(
                f"the sandbox server ended with status {ended} while it started",
                remedy=f"read {home / LOG_NAME}",
            )
        record = read_record(home)
        if record is not None and record.info.pid == pid and status(home).state == "running":
            return record.info
        waiting.pause()
    mark = process.start_mark(pid)
    if mark is not None:
        process.terminate(pid, mark)
        process.wait_until_gone(pid, mark, _STOP_SECONDS)
    raise SandboxError(
        f"the sandbox server was not healthy within {_START_SECONDS:.0f} s", remedy=f"read {home / LOG_NAME}"
    )


def _environment() -> dict[str, str]:
    """The starter's environment, less what could lead boto3 elsewhere, plus the way to this package."""
    source = Path(next(iter(securecart.__path__))).parent
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AWS_", "PULUMI_", "MOTO_")) and not name.upper().endswith("_PROXY")
    }
    path = os.pathsep.join(filter(None, [str(source), kept.get("PYTHONPATH", "")]))
    return kept | {"PYTHONPATH": path, "AWS_EC2_METADATA_DISABLED": "true", "PYTHONUNBUFFERED": "1"}


def _stop_recorded(home: Path) -> bool:
    try:
        record = read_record(home)
    except SandboxError:
        record = None
    stopped = record is not None and _stop_process(record)
    remove_record(home)
    return stopped


def _stop_process(record: ServerRecord) -> bool:
    pid, mark = record.info.pid, record.start_mark
    if process.start_mark(pid) != mark:
        return False
    if client.ask_to_stop(record, seconds=_HEALTH_SECONDS) and process.wait_until_gone(pid, mark, _STOP_SECONDS):
        return True
    process.terminate(pid, mark)
    if not process.wait_until_gone(pid, mark, _STOP_SECONDS):
        raise SandboxError(
            "the sandbox server ends neither when asked nor by SIGTERM",
            value=pid,
            remedy=f"look at process {pid}; if it hangs, `kill -9 {pid}`",
        )
    return True


class _Patience:
    """A wait that says how long it has lasted once it is longer than a person expects."""

    def __init__(self, on_progress: Callable[[str], None], what: str) -> None:
        self._on_progress, self._what = on_progress, what
        self._begin = time.monotonic()
        self._next = _PATIENCE_SECONDS

    @property
    def seconds(self) -> float:
        """How long the wait has lasted."""
        return time.monotonic() - self._begin

    def pause(self) -> None:
        """Sleep a moment; every two seconds, say what is waited for."""
        if self.seconds >= self._next:
            self._on_progress(f"{self._what} ({self.seconds:.0f} s)")
            self._next += _PATIENCE_SECONDS
        time.sleep(_POLL_SECONDS)
