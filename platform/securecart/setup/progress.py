"""Runs one long command: a line every few seconds while it works, its output kept for when it fails."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_FIRST_LINE_SECONDS = 2.0
_NEXT_LINE_SECONDS = 5.0
_LAST_LINES = 15


class Outcome(NamedTuple):
    """How a command ended."""

    code: int | None
    """Exit code; None if it was stopped for taking too long or could not be started."""
    output: tuple[str, ...]
    """Every line that it printed, both streams."""
    seconds: float
    """Wall time."""

    @property
    def ok(self) -> bool:
        """Whether it ended with 0."""
        return self.code == 0

    def tail(self) -> str:
        """The last lines of the output, indented, for an error message."""
        return "\n".join(f"    {line}" for line in self.output[-_LAST_LINES:])


Counter = Callable[[Sequence[str]], str]
"""Turns the output so far into a few words on how far the work is."""


def say(text: str) -> None:
    """Tell the user one thing; on stderr, so that a command's own output stays clean."""
    print(f"set-up: {text}", file=sys.stderr, flush=True)


def stoppable(command: Callable[[], int]) -> int:
    """Run a whole command; Ctrl-C or SIGTERM ends what it has started and then the command, with 130."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return command()
    except KeyboardInterrupt:
        say("stopped; the next call does what is left")
        return 130


def run(
    command: Sequence[str | Path],
    *,
    label: str,
    counter: Counter = lambda lines: "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Outcome:
    """Run a command to its end, telling the user how long it has been at it and how far it is.

    Args:
        command: Program and arguments.
        label: What is being done, the start of every line shown.
        counter: Says how far the work is.
        cwd: Folder to run in; this process's by default.
        env: Environment variables; this process's by default.
        timeout: Seconds after which the command, with all that it started, is stopped.
    """
    started = time.monotonic()
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        return Outcome(None, (str(error),), 0.0)
    try:
        lines = _follow(process, label, counter, started, timeout)
    except BaseException:
        _stop(process)
        raise
    seconds = time.monotonic() - started
    if lines is None:
        _stop(process)
        return Outcome(None, (f"stopped after {seconds:.0f} s without an end",), seconds)
    return Outcome(process.wait(), tuple(lines), seconds)


def _follow(
    process: subprocess.Popen[str], label: str, counter: Counter, started: float, timeout: float | None
) -> list[str] | None:
    """Collect the output until it closes, with a line now and then; None if `timeout` seconds pass first."""
    arriving: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(process, arriving), daemon=True).start()
    lines: list[str] = []
    next_line = started + _FIRST_LINE_SECONDS
    while True:
        now = time.monotonic()
        if timeout is not None and now - started > timeout:
            return None
        if now >= next_line:
            far = counter(lines)
            say(f"  {label}: {now - started:.0f} s{', ' if far else ''}{far}")
            next_line = now + _NEXT_LINE_SECONDS
        try:
            line = arriving.get(timeout=0.5)
        except queue.Empty:
            continue
        if line is None:
            return lines
        lines.append(line)


def _read(process: subprocess.Popen[str], arriving: queue.SimpleQueue[str | None]) -> None:
    if process.stdout is not None:
        with process.stdout as lines:
            for line in lines:
                arriving.put(line.rstrip())
    arriving.put(None)


def _stop(process: subprocess.Popen[str]) -> None:
    """End the command and all that it started; its session is its own, so nothing else is in that group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
