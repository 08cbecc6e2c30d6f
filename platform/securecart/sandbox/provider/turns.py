"""Turns: how many requests work at once, and how many deletions wait meanwhile without holding up the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_GLANCE_SECONDS = 0.25
"""A request that rests looks this often whether anybody still wants its answer."""
GIVEN_UP = "the engine cancelled it"
"""Why a rest ended early: the engine sent Cancel, or is gone."""
FULL = "as many deletions wait already as may"
"""Why there was no rest at all."""


class Turns:
    """A turn for each request at work; one that rests gives its turn to others. Safe for threads."""

    def __init__(self, working: int, waiting: int) -> None:
        """Allow so many requests to work at once, and so many to wait."""
        self.working, self.places = threading.Semaphore(working), threading.Semaphore(waiting)
        self.threads = working + waiting
        """Threads with which every request that has a turn, or waits, also has a thread."""

    def __enter__(self) -> None:
        """Wait for a turn and take it."""
        self.working.acquire()

    def __exit__(self, *raised: object) -> None:
        """Give the turn back."""
        self.working.release()


class Changes:
    """Counts what may have freed a resource: deletions and changes in place, of whatever stack. Safe for threads."""

    def __init__(self) -> None:
        """Start at none."""
        self._lock, self._count = threading.Lock(), 0

    @property
    def count(self) -> int:
        """Return how many there have been."""
        return self._count

    def note(self) -> None:
        """Count one more."""
        with self._lock:
            self._count += 1


class Wait:
    """The wait of one request that has a turn: it takes a place with its first rest, and keeps it to its end."""

    def __init__(self, turns: Turns, changes: Changes, ended: Callable[[float], bool]) -> None:
        """Begin without a place.

        Args:
            turns: Where the request has its turn.
            changes: What may end the reason for waiting.
            ended: Waits at most so many seconds, and tells whether nobody wants the answer any more.
        """
        self._turns, self._changes, self._ended = turns, changes, ended
        self._placed, self._seen = False, changes.count

    def __enter__(self) -> Wait:
        """Begin."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Give the place back."""
        if self._placed:
            self._turns.places.release()

    def rest(self, least: float, most: float) -> str:
        """Let time pass without a turn, and return why to give up; empty: go on.

        Args:
            least: Seconds to rest in any case.
            most: Seconds to rest when nothing changes: others than the provider change things unseen.
        """
        self._placed = self._placed or self._turns.places.acquire(blocking=False)
        if not self._placed:
            return FULL
        self._turns.working.release()
        try:
            return self._rest(time.monotonic(), least, most)
        finally:
            self._turns.working.acquire()
            self._seen = self._changes.count

    def _rest(self, begun: float, least: float, most: float) -> str:
        while True:
            until = begun + (least if self._changes.count != self._seen else most)
            left = until - time.monotonic()
            if left <= 0:
                return ""
            if self._ended(min(left, least, _GLANCE_SECONDS)):
                return GIVEN_UP
