"""One set-up at a time: a lock that the operating system drops when its holder ends, however that is."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from securecart.setup.progress import say


@contextmanager
def exclusive(lock_file: Path, doing: str) -> Iterator[None]:
    """Hold `lock_file`, waiting for another set-up that holds it.

    Args:
        lock_file: Created if missing, with its folders; stays empty.
        doing: What the holder does, for the line shown while waiting.
    """
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"another set-up is {doing}; waiting for it")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
