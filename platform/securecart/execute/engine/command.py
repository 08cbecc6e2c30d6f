"""Engine processes: started with exactly the environment given, outside the terminal's reach, and cancellable."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TextIO

from pulumi.automation import CommandError, CommandResult, PulumiCommand
from semver import VersionInfo

OnOutput = Callable[[str], object]


class EngineCommandError(CommandError):
    """An engine command ended with another code than 0; keeps what it printed."""

    def __init__(self, result: CommandResult) -> None:
        """Keep the result."""
        self.result = result
        super().__init__(result)


def version_of(executable: Path) -> str:
    """Return an engine's version: the installer's folder names it, elsewhere the engine is asked (0.15 s)."""
    folder = executable.parent.parent.name
    if VersionInfo.is_valid(folder):
        return folder
    answer = subprocess.run([str(executable), "version"], capture_output=True, text=True, check=True, timeout=30)
    return answer.stdout.strip().removeprefix("v")


class EngineCommand(PulumiCommand):
    """The pulumi executable, whose version is known, so that no process is spent on asking for it.

    Each process gets a session of its own: Ctrl-C in the terminal reaches the orchestrator alone, which then decides
    what to drain and what to cancel. Output goes to files, not pipes: an engine that outlives a killed orchestrator
    would die of the broken pipe in the middle of an operation, before it has written down what it created.
    """

    def __init__(self, executable: Path, version: str) -> None:
        """Name the executable and its version, for example 3.259.0."""
        self.command = str(executable)
        self.version = VersionInfo.parse(version)
        self.started = 0
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()

    def run(
        self,
        args: list[str],
        cwd: str,
        additional_env: Mapping[str, str],
        on_output: OnOutput | None = None,
        on_error: OnOutput | None = None,
    ) -> CommandResult:
        """Run one engine command to its end.

        Raises:
            EngineCommandError: it ended with another code than 0.
        """
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen(
                [self.command, "--non-interactive", *args],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=cwd,
                env={**additional_env, "PULUMI_AUTOMATION_API": "true"},
                start_new_session=True,
            )
            self._wait(process)
            result = CommandResult(stdout=_told(out, on_output), stderr=_told(err, on_error), code=process.returncode)
        if result.code != 0:
            raise EngineCommandError(result)
        return result

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self.started += 1
            self._running.add(process)
        try:
            process.wait()
        finally:
            with self._lock:
                self._running.discard(process)

    def cancel(self) -> int:
        """Ask every running engine to stop (its first SIGINT is graceful); return how many were asked."""
        with self._lock:
            running = list(self._running)
        for process in running:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGINT)
        return len(running)


def _told(file: TextIO, callback: OnOutput | None) -> str:
    file.seek(0)
    lines = [line.rstrip() for line in file]
    if callback:
        for line in lines:
            callback(line)
    return "\n".join(lines)
