"""Outputs on their way from one stack to the next: captured from a program, passed on, unknown where unknown."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pulumi
from pulumi.output import UNKNOWN, Unknown

from securecart.errors import ProgramError
from securecart.program.provenance import Source

T = TypeVar("T")


@dataclass(frozen=True)
class StackOutput:
    """One output of a stack: JSON-like, with pulumi's UNKNOWN in the places that are not known yet."""

    value: object
    """The value; never printed where ``secret`` is set."""
    secret: bool = False
    """Whether the value is a secret."""
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict, compare=False)
    """Where it comes from: by key where the output maps keys to values, else under the empty key."""
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Stand for a secret whose value is left with the engine: keyed digest of the whole under the empty key, and of
    each entry under its own. Nothing is given such an output; it only tells whether another one is the same."""

    @property
    def known(self) -> bool:
        """Whether no part of the value is unknown."""
        return not _has_unknown(self.value)

    def __repr__(self) -> str:
        """Hide secrets, also in tracebacks."""
        return "StackOutput([secret])" if self.secret else f"StackOutput({self.value!r})"


class OutputStore:
    """Outputs of the stacks of one phase of a run; filled by one thread per stack, read by others."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._outputs: dict[str, Callable[[], Mapping[str, StackOutput]]] = {}
        self._unread: dict[str, Mapping[str, StackOutput]] = {}

    def copy(self) -> OutputStore:
        """Return a store of its own with the same outputs."""
        other = OutputStore()
        with self._lock:
            other._outputs, other._unread = dict(self._outputs), dict(self._unread)
        return other

    def put(self, stack: str, outputs: Mapping[str, StackOutput]) -> None:
        """Keep the outputs of a stack."""
        kept = dict(outputs)
        with self._lock:
            self._outputs[stack] = lambda: kept
            self._unread.pop(stack, None)

    def put_later(
        self,
        stack: str,
        load: Callable[[], Mapping[str, StackOutput]],
        unread: Mapping[str, StackOutput] | None = None,
    ) -> None:
        """Keep how to read the outputs of a stack; read at first use, once.

        Args:
            stack: The stack.
            load: Reads them.
            unread: The same outputs with digests in place of secrets; None where that is not known.
        """
        with self._lock:
            self._outputs[stack] = _once(load)
            self._unread.pop(stack, None)
            if unread is not None:
                self._unread[stack] = unread

    def get(self, stack: str) -> Mapping[str, StackOutput] | None:
        """Return the outputs of a stack, or None where it does not exist yet."""
        with self._lock:
            load = self._outputs.get(stack)
        return None if load is None else load()

    def compared(self, stack: str) -> Mapping[str, StackOutput] | None:
        """Return the outputs of a stack to compare with others: not read for that, where digests do."""
        with self._lock:
            unread = self._unread.get(stack)
        return self.get(stack) if unread is None else unread


def asked_output(outputs: Mapping[str, StackOutput], name: str) -> StackOutput | None:
    """Return an output as a spec asks for it: by name, or one entry as ``NAME[KEY]``; None where there is none."""
    whole, bracket, key = name.partition("[")
    found = outputs.get(whole)
    if found is None or not bracket:
        return found
    if isinstance(found.value, Unknown):
        return found
    entries = found.value if isinstance(found.value, Mapping) else {}
    key = key.removesuffix("]")
    if key in found.digests:
        return StackOutput(None, secret=True, digests={"": found.digests[key]})
    return StackOutput(entries[key], secret=found.secret) if key in entries else None


class PassedOutputs:
    """An OutputSource over a store: what a stack does not have yet is passed on as an unknown."""

    def __init__(self, store: OutputStore, *, unknown_allowed: bool) -> None:
        """Take the store; unknowns are allowed in previews only."""
        self._store, self._unknown_allowed = store, unknown_allowed

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        """Return an output as the engine sees it.

        Raises:
            ProgramError: it is missing or unknown where a deployment needs its value.
        """
        outputs = self._store.get(stack)
        found = outputs.get(name) if outputs is not None else StackOutput(UNKNOWN)
        if found is None or not (found.known or self._unknown_allowed):
            raise ProgramError(
                f"stack {stack!r} has no output {name!r} yet",
                rule="a deployment is given values, never unknowns",
                remedy=f"deploy {stack!r} first, or select it too",
            )
        return _as_pulumi_output(found)


def _once(load: Callable[[], Mapping[str, StackOutput]]) -> Callable[[], Mapping[str, StackOutput]]:
    lock = threading.Lock()
    loaded: list[Mapping[str, StackOutput]] = []

    def read() -> Mapping[str, StackOutput]:
        with lock:
            if not loaded:
                loaded.append(load())
            return loaded[0]

    return read


def _as_pulumi_output(found: StackOutput) -> pulumi.Output[object]:
    return pulumi.Output(set(), _resolved(found.value), _resolved(found.known), _resolved(found.secret))


def _resolved(value: T) -> asyncio.Future[T]:
    future: asyncio.Future[T] = asyncio.get_event_loop().create_future()
    future.set_result(value)
    return future


def _has_unknown(value: object) -> bool:
    if isinstance(value, Unknown):
        return True
    if isinstance(value, Mapping):
        return any(_has_unknown(item) for item in value.values())
    return isinstance(value, list | tuple) and any(_has_unknown(item) for item in value)
