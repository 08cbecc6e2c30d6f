"""What a run tells while it works. The console and tests implement it; execution only calls it."""

from __future__ import annotations

from typing import Protocol

from securecart.execute.operation import Operation


class Reporter(Protocol):
    """Receives progress; may be called from several threads."""

    def note(self, text: str) -> None:
        """Tell something that concerns the whole run."""
        ...

    def started(self, phase: str, stack: str) -> None:
        """Tell that a stack starts a phase (preview, up, destroy, refresh)."""
        ...

    def ended(self, phase: str, stack: str, operation: Operation, done: int, total: int) -> None:
        """Tell that a stack ended a phase, as the ``done``-th of ``total``."""
        ...


class Silent:
    """A reporter for callers that only want the record."""

    def note(self, text: str) -> None:
        """Say nothing."""

    def started(self, phase: str, stack: str) -> None:
        """Say nothing."""

    def ended(self, phase: str, stack: str, operation: Operation, done: int, total: int) -> None:
        """Say nothing."""
