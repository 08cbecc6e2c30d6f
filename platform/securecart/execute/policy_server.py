"""Starts and stops the policy server of a run, and tells engines how to reach it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Timer
from types import TracebackType

from securecart.errors import EngineError

_ROOT = Path(__file__).resolve().parents[3]
_START_SECONDS = 60.0
_STOP_SECONDS = 5.0


class PolicyServer:
    """One policy server for all engine processes of a run; a context manager."""

    pack_dir: Path = _ROOT / "policies" / "warm"
    """Pack directory to give to the engine; its runtime makes the engine attach to this server."""

    def __init__(self, fleet_path: Path) -> None:
        """Start the server for a fleet file and wait until it listens.

        Raises:
            EngineError: it did not start; its own words are on standard error.
        """
        self._process = _start(fleet_path)
        self._port = _read_port(self._process)
        if self._port is None:
            self.close()
            raise EngineError(
                f"the policy server did not start (exit code {self._process.returncode})",
                rule="a run deploys nothing that the policy pack has not judged",
                remedy="read what it says above; `python -m policies.server` starts it by hand",
            )

    def __enter__(self) -> PolicyServer:
        """Return the running server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.close()

    def env(self) -> dict[str, str]:
        """Return the variables that an engine needs: PATH with the pack's shim first, and the port."""
        path = os.pathsep.join([str(self.pack_dir / "bin"), os.environ.get("PATH", os.defpath)])
        return {"PATH": path, "SECURECART_POLICY_PORT": str(self._port)}

    def close(self) -> None:
        """Stop the server and wait for its end; a second call does nothing."""
        process = self._process
        for pipe in (process.stdin, process.stdout):
            if pipe is not None and not pipe.closed:
                pipe.close()
        try:
            process.wait(timeout=_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _start(fleet_path: Path) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "SECURECART_FLEET": str(fleet_path.resolve()),
        "PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "platform")]),
    }
    # Its own session: Ctrl-C reaches the orchestrator alone, which still needs verdicts while it drains.
    return subprocess.Popen(
        [sys.executable, "-m", "policies.server"],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _read_port(process: subprocess.Popen[str]) -> int | None:
    """Return the port that the server prints; None where it ends first, or says nothing in time."""
    if process.stdout is None:
        return None
    deadline = Timer(_START_SECONDS, process.kill)
    deadline.start()
    try:
        line = process.stdout.readline().strip()
    finally:
        deadline.cancel()
    return int(line) if line.isdigit() else None
