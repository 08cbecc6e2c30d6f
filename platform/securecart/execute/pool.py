"""A bounded pool of threads that works a queue off: a stack starts as soon as its own dependencies are done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TypeVar

from securecart.execute.queue import Queue, State

T = TypeVar("T")
Release = Callable[[], None]
"""Lets those that need a stack start before the stack has ended."""

POLL_SECONDS = 0.2
"""How often a running pool looks whether it was asked to stop."""


@dataclass(frozen=True)
class Skip:
    """A stack that was not run."""

    name: str
    """Name of the stack."""
    cause: str | None
    """The failed stack that it needed; None where the run was stopped."""


def work_off(
    waits_for: Mapping[str, frozenset[str]],
    work: Callable[[str, Release], T],
    *,
    succeeded: Callable[[T], bool],
    parallel: int,
    stopping: Callable[[], bool],
) -> tuple[dict[str, T], tuple[Skip, ...]]:
    """Run ``work`` for every stack, at most ``parallel`` at once.

    Args:
        waits_for: Stacks, each with those it waits for.
        work: Does one stack and returns its result; must not raise for a stack's own failure. It may call the
            function that it is given to release those that need the stack before it has ended; from then on it does
            not count as one of the ``parallel``, since it may itself be waiting for them.
        succeeded: Whether a result lets those that need the stack start.
        parallel: Bound on stacks at once, at least 1.
        stopping: Whether nothing new may start; looked at often.

    Returns:
        Results by stack in order of completion, and the stacks that were not run.
    """
    queue = Queue(waits_for)
    results: dict[str, T] = {}
    running: dict[Future[T], str] = {}
    released: SimpleQueue[str] = SimpleQueue()
    with ThreadPoolExecutor(max_workers=max(1, len(waits_for)), thread_name_prefix="stack") as executor:
        while True:
            if stopping():
                queue.withhold()
            for name in _drained(released):
                if queue.state(name) is State.RUNNING:
                    queue.settle(name)
            busy = sum(queue.state(name) is State.RUNNING for name in running.values())
            for name in queue.ready()[: max(0, parallel - busy)]:
                queue.start(name)
                running[executor.submit(work, name, partial(released.put, name))] = name
            if not running:
                break
            finished, _ = wait(running, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            for future in finished:
                name = running.pop(future)
                results[name] = future.result()
                if succeeded(results[name]):
                    queue.succeed(name)
                else:
                    queue.fail(name)
    return results, _skips(queue, waits_for)


def _drained(released: SimpleQueue[str]) -> list[str]:
    """Return what is in the queue now."""
    return [released.get() for _ in range(released.qsize())]


def _skips(queue: Queue, waits_for: Mapping[str, frozenset[str]]) -> tuple[Skip, ...]:
    unrun = (State.SKIPPED, State.WITHHELD)
    return tuple(Skip(name, queue.cause(name)) for name in waits_for if queue.state(name) in unrun)
