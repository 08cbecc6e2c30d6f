"""The fleet's lock: one run at a time per home folder, freed by the kernel whatever happens to its holder."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from securecart.errors import LockedError


@contextmanager
def run_lock(root: Path, command: str) -> Iterator[None]:
    """Hold the lock while the block runs.

    Raises:
        LockedError: another run holds it; names its process, command and start.
    """
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root / "run.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise LockedError(
                f"another run works on this fleet ({_holder(file.read())})",
                rule="one run at a time per home folder",
                remedy="wait for it to end, or interrupt that process",
            ) from error
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "command": command, "since": datetime.now(UTC).isoformat()}, file)
        file.flush()
        yield
        file.seek(0)
        file.truncate()


def _holder(text: str) -> str:
    try:
        holder = json.loads(text)
        return f"process {holder['pid']}, `{holder['command']}`, since {holder['since']}"
    except (ValueError, KeyError, TypeError):
        return "its holder is just starting"
