"""What every phase of a run has in common: stacks in order, told as they end, and those that are left alone."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from securecart.errors import SecureCartError
from securecart.execute.ledger import LedgerEntry
from securecart.execute.operation import Diagnostic, Kind, Operation
from securecart.execute.outputs import OutputStore
from securecart.execute.pool import Release, Skip, work_off
from securecart.execute.session import Session


@dataclass(frozen=True)
class Phase:
    """What a phase did."""

    operations: Mapping[str, Operation]
    """Ended engine calls by stack."""
    skips: tuple[Skip, ...]
    """Stacks that were not run."""

    @property
    def ok(self) -> bool:
        """Whether every stack was run and ended well."""
        return not self.skips and all(operation.ok for operation in self.operations.values())


def edges(session: Session, names: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the stacks, each with those of them that it waits for."""
    return session.settings.graph.among(names)


def run_phase(
    session: Session,
    kind: Kind,
    waits_for: Mapping[str, frozenset[str]],
    work: Callable[[str, Release], Operation],
    succeeded: Callable[[Operation], bool],
) -> Phase:
    """Work stacks off, each told as it starts and ends; an error of ours is that stack's failure.

    Args:
        session: The run.
        kind: What is done.
        waits_for: Stacks, each with those it waits for.
        work: Does one stack.
        succeeded: Whether those that need a stack may start.
    """
    reporter, counter, total = session.settings.reporter, itertools.count(1), len(waits_for)

    def told(name: str, release: Release) -> Operation:
        reporter.started(kind, name)
        try:
            operation = work(name, release)
        except SecureCartError as error:
            operation = Operation(kind, ok=False, seconds=0, changes={}, diagnostics=(Diagnostic("error", str(error)),))
        reporter.ended(kind, name, operation, next(counter), total)
        return operation

    operations, skips = work_off(
        waits_for,
        told,
        succeeded=succeeded,
        parallel=session.settings.parallel,
        stopping=lambda: session.stop.requested,
    )
    return Phase(operations, skips)


def pass_on_recorded(session: Session, name: str, entry: LedgerEntry | None, store: OutputStore) -> None:
    """Pass on what a deployed stack has; the engine is asked only by those that need the value of a secret."""
    if entry is not None and not entry.has_secrets:
        store.put(name, entry.plain_outputs())
    else:
        store.put_later(name, lambda: session.engine.outputs(name), entry.compared_outputs() if entry else None)


def left_alone(session: Session, name: str, store: OutputStore) -> Operation:
    """Return what a stack that need not run would have said, from its last successful run.

    A saved plan may be run where that is not known: the engine then tells what the stack has.
    """
    entry = session.freshness.recorded(name)
    pass_on_recorded(session, name, entry, store)
    resources = entry.resources if entry is not None else session.creator.resources(name)
    findings = entry.findings if entry is not None else ()
    return Operation("preview", ok=True, seconds=0.0, changes={"same": resources}, findings=findings, ran=False)
