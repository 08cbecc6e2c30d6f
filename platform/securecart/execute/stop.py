"""Ctrl-C: the first lets running stacks end and starts no new one, the second cancels the engines."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class StopSignal:
    """Counts interrupts; read by pools, written by the signal handler or by a caller's own thread."""

    def __init__(self, say: Callable[[str], None], cancel: Callable[[], int]) -> None:
        """Take where to tell the user, and how to cancel running engines."""
        self._say, self._cancel = say, cancel
        self._count = 0

    @property
    def requested(self) -> bool:
        """Whether nothing new may start."""
        return self._count > 0

    def request(self) -> None:
        """Take one interrupt."""
        self._count += 1
        if self._count == 1:
            self._say("interrupted: running stacks end, nothing new starts (once more cancels them)")
        else:
            self._say(f"cancelling {self._cancel()} engine process(es), each ends its current resource")


@contextmanager
def interrupts(stop: StopSignal) -> Iterator[None]:
    """Route SIGINT and SIGTERM to a StopSignal while the block runs; only in the main thread, elsewhere do nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_number: int, _frame: FrameType | None) -> None:
        stop.request()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
