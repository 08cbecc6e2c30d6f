"""Locks that dead engines leave in the file backend."""

import json
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from securecart.errors import LockedError
from securecart.execute import recovery
from securecart.execute.recovery import backend_locks, recover_locks


class Unlocking:
    """Stands for the engine's `cancel`, which removes a stack's lock files."""

    def __init__(self, backend: Path) -> None:
        self.backend, self.unlocked = backend, []

    def unlock(self, stack: str) -> None:
        self.unlocked.append(stack)
        for lock in backend_locks(self.backend):
            lock.path.unlink()


def lock(backend: Path, stack: str, pid: int, host: str | None = None) -> Path:
    folder = backend / ".pulumi" / "locks" / "organization" / "securecart" / stack
    folder.mkdir(parents=True)
    path = folder / "0fa0296f.json"
    path.write_text(json.dumps({"pid": pid, "username": "u", "hostname": host or socket.gethostname()}))
    return path


@pytest.fixture(name="dead")
def _dead() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_backend_without_locks_needs_nothing(tmp_path: Path):
    engine = Unlocking(tmp_path)
    recover_locks(tmp_path, engine, pytest.fail)
    assert engine.unlocked == []


def test_the_lock_of_a_dead_engine_is_removed_and_told(tmp_path: Path, dead: int):
    lock(tmp_path, "network-dev", dead)
    engine, notes = Unlocking(tmp_path), []
    recover_locks(tmp_path, engine, notes.append)
    assert engine.unlocked == ["network-dev"]
    assert "network-dev" in notes[0]


def test_an_engine_that_still_works_is_waited_for(tmp_path: Path):
    path = lock(tmp_path, "network-dev", os.getpid())
    threading.Timer(0.5, path.unlink).start()
    engine, notes = Unlocking(tmp_path), []
    recover_locks(tmp_path, engine, notes.append)
    assert "waiting" in notes[0]
    assert engine.unlocked == []


@pytest.mark.parametrize("host", [None, "another-machine"])
def test_a_lock_that_stays_is_never_removed(tmp_path: Path, host: str | None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(recovery, "PATIENCE_SECONDS", 0.3)
    path = lock(tmp_path, "network-dev", os.getpid(), host)
    with pytest.raises(LockedError, match="network-dev"):
        recover_locks(tmp_path, Unlocking(tmp_path), lambda _: None)
    assert path.exists()
