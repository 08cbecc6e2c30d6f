"""The phases of a run, each a queue worked off by the pool: preview, deploy, destroy, refresh."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from securecart.errors import SecureCartError
from securecart.execute.operation import Diagnostic, Kind, Operation
from securecart.execute.outputs import OutputStore
from securecart.execute.pool import Skip, work_off
from securecart.execute.queue import reversed_edges
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


def preview(session: Session, names: Sequence[str], store: OutputStore) -> Phase:
    """Preview stacks in dependency order; outputs that do not exist yet are passed on as unknowns."""

    def work(name: str) -> Operation:
        session.creator.ensure(name)
        program = session.bind(name, store, unknown_allowed=True)
        operation = session.engine.preview(name, program, refresh=session.stale(name))
        if operation.outputs is not None:
            store.put(name, operation.outputs)
        return operation

    # A stack that breaks a rule does not hold back those that need it: all of them are to be judged at once.
    return _run(session, "preview", _edges(session, names), work, lambda op: op.ok or bool(op.broken))


def deploy(session: Session, names: Sequence[str], previews: Mapping[str, Operation], store: OutputStore) -> Phase:
    """Deploy stacks in dependency order; each gets the outputs of those before it as soon as they exist."""

    def work(name: str) -> Operation:
        if _nothing_to_do(session, name, previews, store):
            operation = previews[name]
        else:
            if session.sandbox is not None:
                stale = session.stale(name)
                session.settings.home.set_generation(name, session.sandbox.generation)
            else:
                stale = False
            program = session.bind(name, store, unknown_allowed=False)
            operation = session.engine.up(name, program, refresh=stale)
        if operation.outputs is not None:
            store.put(name, operation.outputs)
        return operation

    return _run(session, "up", _edges(session, names), work, lambda op: op.ok)


def destroy(session: Session, names: Sequence[str]) -> Phase:
    """Destroy stacks, those that need others first."""

    def work(name: str) -> Operation:
        operation = session.engine.destroy(name, refresh=session.stale(name))
        if operation.ok:
            session.settings.home.forget_generation(name)
        return operation

    return _run(session, "destroy", reversed_edges(_edges(session, names)), work, lambda op: op.ok)


def refresh(session: Session, names: Sequence[str], *, adopt: bool) -> Phase:
    """Compare stacks with their accounts, all at once; ``adopt`` writes what was found into the state."""
    apart: dict[str, frozenset[str]] = {name: frozenset() for name in names}
    return _run(session, "refresh", apart, lambda name: session.engine.refresh(name, run=adopt), lambda op: op.ok)


def _nothing_to_do(session: Session, name: str, previews: Mapping[str, Operation], store: OutputStore) -> bool:
    """Whether the preview found no change and saw the same inputs that a deployment would see."""
    operation = previews[name]
    if not operation.changes_nothing or operation.outputs is None or session.stale(name):
        return False
    spec = session.settings.graph.stacks[name]
    for ask in spec.asks:
        before = previews[ask.stack].outputs if ask.stack in previews else None
        if before is not None and before != store.get(ask.stack):
            return False
    return True


def _edges(session: Session, names: Sequence[str]) -> dict[str, frozenset[str]]:
    return session.settings.graph.among(names)


def _run(
    session: Session,
    kind: Kind,
    waits_for: Mapping[str, frozenset[str]],
    work: Callable[[str], Operation],
    succeeded: Callable[[Operation], bool],
) -> Phase:
    reporter, counter, total = session.settings.reporter, itertools.count(1), len(waits_for)

    def told(name: str) -> Operation:
        reporter.started(kind, name)
        try:
            operation = work(name)
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
