"""Processes by pid: is it alive, is it the one we recorded, ask it to end. Never by name."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_POLL_SECONDS = 0.02


def start_mark(pid: int) -> str | None:
    """The system's start time of a living process, or None where no such process lives.

    A pid that was given to another process has another mark. On Linux the mark is the boot's id and the
    clock ticks of field 22 of /proc/PID/stat (proc(5)); elsewhere what `ps -o lstart=` prints. A zombie is
    dead.
    """
    if not Path("/proc/self/stat").exists():
        return _mark_of_ps(pid)
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The command's name, in parentheses, may hold blanks: count the fields after it.
    fields = text.rpartition(")")[2].split()
    if fields[0] in {"Z", "X"}:
        return None
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{boot}/{fields[19]}"


def _mark_of_ps(pid: int) -> str | None:
    answer = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.split(maxsplit=1)
    return answer[1].strip() if len(answer) == 2 and not answer[0].startswith("Z") else None


def spawn(arguments: Sequence[str], environment: Mapping[str, str], output: Path) -> int:
    """Start a process whose input is empty and whose output goes to a file; return its pid.

    None of the starter's own streams is inherited, so the starter's pipes close when the starter ends.
    """
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(output), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(arguments[0], list(arguments), dict(environment), file_actions=actions)


def exit_status(pid: int) -> int | None:
    """The status of a child of ours that has ended (negative: by that signal), else None."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return None
    return os.waitstatus_to_exitcode(status) if ended else None


def terminate(pid: int, mark: str) -> None:
    """Send SIGTERM to the process with this pid, if it is the one with this start mark; else do nothing.

    Where the system has process descriptors (Linux 5.3), one is opened before the check, so that the pid
    cannot pass to another process between the check and the signal.
    """
    with contextlib.suppress(ProcessLookupError):
        if not hasattr(os, "pidfd_open"):
            if start_mark(pid) == mark:
                os.kill(pid, signal.SIGTERM)
            return
        descriptor = os.pidfd_open(pid)
        try:
            if start_mark(pid) == mark:
                signal.pidfd_send_signal(descriptor, signal.SIGTERM)
        finally:
            os.close(descriptor)


def wait_until_gone(pid: int, mark: str, seconds: float) -> bool:
    """Wait at most so long for the process to end; a child of ours is reaped. True if it is gone."""
    deadline = time.monotonic() + seconds
    while True:
        exit_status(pid)
        if start_mark(pid) != mark:
            return True
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
