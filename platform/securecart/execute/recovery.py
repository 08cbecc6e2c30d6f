"""What a killed run leaves behind: engine processes that still end their work, and backend locks of dead ones.

The engine's file backend locks a stack with a file that names host and process, and a process that is killed leaves
it there. The caller holds the fleet's own lock, so no other run of ours can be meant by such a file.
"""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from securecart.errors import LockedError
from securecart.execute.engine.engine import Engine

PATIENCE_SECONDS = 120.0
"""How long an engine that outlived its orchestrator may take to end its current resources."""
POLL_SECONDS = 0.2


@dataclass(frozen=True)
class BackendLock:
    """A lock file of the file backend."""

    path: Path
    """The file."""
    stack: str
    """Stack that it locks."""
    pid: int
    """Process that made it."""
    host: str
    """Machine of that process."""

    @property
    def held(self) -> bool:
        """Whether its process may still run; one on another machine counts as running."""
        return self.path.exists() and (self.host != socket.gethostname() or _alive(self.pid))


def backend_locks(backend: Path) -> tuple[BackendLock, ...]:
    """Return the lock files of a file backend, by stack."""
    found = []
    for path in sorted((backend / ".pulumi" / "locks").glob("*/*/*/*.json")):
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue  # just being made or removed by its engine
        found.append(BackendLock(path, path.parent.name, int(content["pid"]), str(content["hostname"])))
    return tuple(found)


def recover_locks(backend: Path, engine: Engine, note: Callable[[str], None]) -> None:
    """Wait for engines that a killed run left, and remove the locks of those that are gone.

    Raises:
        LockedError: an engine still works after PATIENCE_SECONDS, or works on another machine.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    for lock in backend_locks(backend):
        if lock.held:
            note(f"an engine of an earlier run still works on {lock.stack} (process {lock.pid}): waiting for it")
        while lock.held:
            if time.monotonic() > deadline or lock.host != socket.gethostname():
                raise LockedError(
                    f"process {lock.pid} on {lock.host} works on stack {lock.stack}",
                    rule="one engine at a time per stack",
                    remedy=f"wait for it, or, if it is gone, `pulumi cancel {lock.stack}`",
                )
            time.sleep(POLL_SECONDS)
    for stack in sorted({lock.stack for lock in backend_locks(backend)}):
        note(f"the lock that a dead engine left on {stack} is removed")
        engine.unlock(stack)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
