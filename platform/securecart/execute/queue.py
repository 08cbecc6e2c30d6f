"""Which stack may start next. A pure state machine: no threads, no clock, no input or output.

Algorithm
    Every stack is waiting, running, settling, done, failed, skipped or withheld.
    1. A waiting stack is ready once all it waits for is done, or settling: what others need of it exists, and only
       deletions are left, which may themselves wait until the others let go. There are no levels: one slow stack
       holds back only those that need it.
    2. Of the ready ones, those with the most work behind them come first (the number of stacks that need them, at any
       distance), since they decide how long the whole run takes; ties go by name, so that the order is the same
       for the same input.
    3. When a stack fails, everything that needs it is skipped and remembers the one that failed.
    4. After ``withhold`` nothing new starts: what was waiting is withheld, what runs is left to end.
    Destroying uses the same queue over the reversed edges (``reversed_edges``).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a stack is in the run."""

    WAITING = "waiting"
    RUNNING = "running"
    SETTLING = "settling"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    WITHHELD = "withheld"


_ACTIVE = (State.RUNNING, State.SETTLING)
_USABLE = (State.DONE, State.SETTLING)


class Queue:
    """The state of every stack of one run."""

    def __init__(self, waits_for: Mapping[str, frozenset[str]]) -> None:
        """Take each stack with those it waits for; all of them must be keys themselves."""
        self._waits_for = {name: frozenset(needs) for name, needs in waits_for.items()}
        self._states = dict.fromkeys(self._waits_for, State.WAITING)
        self._causes: dict[str, str] = {}
        self._needed_by = _needed_by(self._waits_for)

    def ready(self) -> tuple[str, ...]:
        """Return the stacks that may start now, most needed first."""
        candidates = [
            name
            for name, state in self._states.items()
            if state is State.WAITING and all(self._states[needed] in _USABLE for needed in self._waits_for[name])
        ]
        return tuple(sorted(candidates, key=lambda name: (-len(self._needed_by[name]), name)))

    def start(self, name: str) -> None:
        """Mark a ready stack as running."""
        self._move(name, (State.WAITING,), State.RUNNING)

    def settle(self, name: str) -> None:
        """Mark a running stack as settling."""
        self._move(name, (State.RUNNING,), State.SETTLING)

    def succeed(self, name: str) -> None:
        """Mark a running or settling stack as done."""
        self._move(name, _ACTIVE, State.DONE)

    def fail(self, name: str) -> tuple[str, ...]:
        """Mark a running or settling stack as failed; return the stacks that are skipped because of it, by name."""
        self._move(name, _ACTIVE, State.FAILED)
        skipped = sorted(other for other in self._needed_by[name] if self._states[other] is State.WAITING)
        for other in skipped:
            self._states[other] = State.SKIPPED
            self._causes[other] = name
        return tuple(skipped)

    def withhold(self) -> tuple[str, ...]:
        """Let nothing new start; return the stacks that were still waiting, by name."""
        waiting = sorted(name for name, state in self._states.items() if state is State.WAITING)
        for name in waiting:
            self._states[name] = State.WITHHELD
        return tuple(waiting)

    def state(self, name: str) -> State:
        """Return where a stack is."""
        return self._states[name]

    def cause(self, name: str) -> str | None:
        """Return the failed stack because of which this one was skipped."""
        return self._causes.get(name)

    @property
    def finished(self) -> bool:
        """Whether nothing runs and nothing can start any more."""
        return not any(state in _ACTIVE for state in self._states.values()) and not self.ready()

    def _move(self, name: str, before: tuple[State, ...], after: State) -> None:
        if self._states[name] not in before:
            raise ValueError(f"stack {name!r} is {self._states[name]}, not {' or '.join(before)}")
        self._states[name] = after


def reversed_edges(waits_for: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Turn every edge round: what was needed now waits for those that needed it."""
    return {name: frozenset(other for other, needs in waits_for.items() if name in needs) for name in waits_for}


def _needed_by(waits_for: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    direct = reversed_edges(waits_for)
    closed: dict[str, frozenset[str]] = {}

    def close(name: str) -> frozenset[str]:
        if name not in closed:
            closed[name] = direct[name].union(*(close(other) for other in direct[name]))
        return closed[name]

    for name in waits_for:
        close(name)
    return closed
