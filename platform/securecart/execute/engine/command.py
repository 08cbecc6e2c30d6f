"""Engine processes: started with exactly the environment given, outside the terminal's reach, and cancellable."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

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
    answer = subprocess.run(
        [str(executable), "version"], capture_output=True, text=True, check=True, timeout=30
    )
    return answer.stdout.strip().removeprefix("v")


class EngineCommand(PulumiCommand):
    """The pulumi executable, whose version is known, so that no process is spent on asking for it.

    Each process gets a session of its own: Ctrl-C in the terminal reaches the orchestrator alone, which then decides
    what to drain and what to cancel.
    """

    def __init__(self, executable: Path, version: str) -> None:
        """Name the executable and its version, for example 3.259.0."""
        self.command = str(executable)
        self.version = VersionInfo.parse(version)
        self.started = 0
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[str]] = set()

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
        process = subprocess.Popen(
            [self.command, "--non-interactive", *args],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**additional_env, "PULUMI_AUTOMATION_API": "true"},
            encoding="utf-8",
            start_new_session=True,
        )
        with self._lock:
            self.started += 1
            self._running.add(process)
        try:
            result = _consume(process, on_output, on_error)
        finally:
            with self._lock:
                self._running.discard(process)
        if result.code != 0:
            raise EngineCommandError(result)
        return result

    def cancel(self) -> int:
        """Ask every running engine to stop (its first SIGINT is graceful); return how many were asked."""
        with self._lock:
            running = list(self._running)
        for process in running:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGINT)
        return len(running)


def _consume(
    process: subprocess.Popen[str], on_output: OnOutput | None, on_error: OnOutput | None
) -> CommandResult:
    chunks: dict[str, list[str]] = {"out": [], "err": []}

    def read(key: str, callback: OnOutput | None) -> None:
        stream = process.stdout if key == "out" else process.stderr
        assert stream is not None  # noqa: S101 - both are pipes
        with stream:
            for line in stream:
                chunks[key].append(line.rstrip())
                if callback:
                    callback(line.rstrip())

    error_reader = threading.Thread(target=read, args=("err", on_error), daemon=True)
    error_reader.start()
    read("out", on_output)
    error_reader.join()
    code = process.wait()
    return CommandResult(stdout="\n".join(chunks["out"]), stderr="\n".join(chunks["err"]), code=code)
