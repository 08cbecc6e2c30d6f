"""Preview, destroy and refresh: each a queue of stacks worked off by the pool."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from securecart.execute.operation import Operation
from securecart.execute.outputs import OutputStore
from securecart.execute.phase import Phase, edges, left_alone, run_phase
from securecart.execute.pool import Release
from securecart.execute.queue import reversed_edges
from securecart.execute.session import Session


def preview(session: Session, names: Sequence[str], store: OutputStore, *, save: Path | None = None) -> Phase:
    """Preview stacks in dependency order; outputs that do not exist yet are passed on as unknowns.

    A stack that stands on the same as in its last successful run is not previewed: it has no changes.

    Args:
        session: The run.
        names: The stacks.
        store: Outputs of stacks outside the selection; filled with those of the stacks previewed.
        save: Folder for the engine's plans, ``STACK.engine.json`` each; then reality is compared too, since a plan
            says what will happen and not only what the recorded state lets one expect.
    """

    def work(name: str, _release: Release) -> Operation:
        why = session.why_run(name, store)
        if not why:
            return left_alone(session, name, store)
        session.creator.ensure(name)
        deployed = session.creator.deployed(name)
        operation = session.engine.preview(
            name,
            session.bind(name, store, unknown_allowed=True),
            refresh=session.stale(name) or (deployed and (save is not None or session.settings.refresh)),
            save_plan=save / f"{name}.engine.json" if save is not None else None,
        )
        if operation.outputs is not None:
            store.put(name, operation.outputs)
        return replace(operation, why=why)

    # A stack that breaks a rule does not hold back those that need it: all of them are to be judged at once.
    return run_phase(session, "preview", edges(session, names), work, lambda op: op.ok or bool(op.broken))


def reconsider(session: Session, names: Sequence[str], store: OutputStore, run: Collection[str]) -> Phase:
    """Preview again the stacks that a saved plan runs, against their accounts as they are now; load the others."""

    def work(name: str, _release: Release) -> Operation:
        if name not in run:
            return left_alone(session, name, store)
        operation = session.engine.preview(
            name,
            session.bind(name, store, unknown_allowed=True),
            refresh=session.creator.deployed(name),
        )
        if operation.outputs is not None:
            store.put(name, operation.outputs)
        return operation

    return run_phase(session, "preview", edges(session, names), work, lambda op: op.ok or bool(op.broken))


def destroy(session: Session, names: Sequence[str], *, remove: Collection[str] = ()) -> Phase:
    """Destroy stacks, those that need others first; those to ``remove`` leave the backend, too."""

    def work(name: str, _release: Release) -> Operation:
        session.freshness.ledger.forget(name)
        operation = session.engine.destroy(name, refresh=session.stale(name))
        if operation.ok:
            session.settings.home.forget_generation(name)
            if name in remove:
                session.creator.forget(name)
        return operation

    return run_phase(session, "destroy", reversed_edges(edges(session, names)), work, lambda op: op.ok)


def refresh(session: Session, names: Sequence[str], *, adopt: bool) -> Phase:
    """Compare stacks with their accounts, all at once; ``adopt`` writes what was found into the state."""
    apart: dict[str, frozenset[str]] = {name: frozenset() for name in names}

    def work(name: str, _release: Release) -> Operation:
        return session.engine.refresh(name, run=adopt)

    return run_phase(session, "refresh", apart, work, lambda op: op.ok)
