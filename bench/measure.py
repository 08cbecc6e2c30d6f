"""Wall time, CPU and peak memory of a command with everything it starts, the sandbox's own process included."""

from __future__ import annotations

import resource
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from securecart.sandbox.record import SandboxInfo

SAMPLE_SECONDS = 0.5
"""Reading the memory of a process tree costs CPU itself, most of all that of a large sandbox."""


@dataclass(frozen=True)
class Measurement:
    """What one command cost."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """CPU seconds, user and system, of the command, its children and the sandbox."""
    peak: float
    """Largest sum of proportional memory (PSS) over the process tree and the sandbox, in MB."""
    code: int
    """Exit code."""
    stdout: str
    """What it printed."""

    def __str__(self) -> str:
        """One line of figures."""
        return f"wall {self.wall:6.1f} s   CPU {self.cpu:6.1f} s   peak {self.peak:6.0f} MB   exit {self.code}"


def measured(command: list[str], sandbox: Callable[[], SandboxInfo | None]) -> Measurement:
    """Run a command to its end and account for it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    sampler = _Sampler(process.pid, sandbox)
    sampler.start()
    stdout, _ = process.communicate()
    wall = time.monotonic() - began
    sampler.stop()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measurement(wall, own + sampler.sandbox_cpu(), sampler.peak / 2**20, process.returncode, stdout)


class _Sampler(threading.Thread):
    """Looks at the process tree often, and remembers the largest sum."""

    def __init__(self, pid: int, sandbox: Callable[[], SandboxInfo | None]) -> None:
        super().__init__(daemon=True)
        self._pid, self._sandbox, self._done = pid, sandbox, threading.Event()
        self._info: SandboxInfo | None = None
        self.peak = 0.0

    def run(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            self.peak = max(self.peak, sum(_memory(process) for process in self._processes()))

    def stop(self) -> None:
        self._done.set()
        self.join()

    def sandbox_cpu(self) -> float:
        info = self._sandbox()
        if info is None:
            return 0.0
        times = psutil.Process(info.pid).cpu_times()
        return float(times.user + times.system)

    def _processes(self) -> list[psutil.Process]:
        try:
            root = psutil.Process(self._pid)
            found = [root, *root.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []
        # Asked until there is one, and then no more: each question is a request to the sandbox.
        self._info = self._info or self._sandbox()
        info = self._info
        return [*found, psutil.Process(info.pid)] if info and psutil.pid_exists(info.pid) else found


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_full_info().pss)
    except psutil.Error:
        return 0.0
