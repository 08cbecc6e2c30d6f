"""Deploying stacks, in order, and finishing the deletions that had to wait for other stacks."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from securecart.execute.engine.capture import OnOutputs
from securecart.execute.ledger import LedgerEntry
from securecart.execute.operation import DELETIONS, Diagnostic, Operation
from securecart.execute.outputs import OutputStore, StackOutput, asked_output
from securecart.execute.phase import Phase, edges, left_alone, run_phase
from securecart.execute.pool import Release
from securecart.execute.queue import reversed_edges
from securecart.execute.session import Session


def deploy(
    session: Session,
    names: Sequence[str],
    previews: Mapping[str, Operation],
    store: OutputStore,
    *,
    plans: Path | None = None,
) -> Phase:
    """Deploy stacks in dependency order; each gets the outputs of those before it as soon as they exist.

    A stack whose preview announced deletions releases those that need it once only deletions are left: what is to
    be deleted may still be in use by them, and its deletion then waits until they have moved.

    Args:
        session: The run.
        names: The stacks.
        previews: What their previews said.
        store: Outputs of stacks outside the selection; filled with those of the stacks deployed.
        plans: Folder with the engine's plans, which the engine is then held to.
    """

    def work(name: str, release: Release) -> Operation:
        previewed = previews[name]
        if not previewed.ran and (plans is not None or not session.why_run(name, store)):
            return left_alone(session, name, store)
        if _nothing_to_do(session, name, previews, store):
            return _remembered(session, name, previewed, store)

        def on_outputs(outputs: Mapping[str, StackOutput]) -> None:
            store.put(name, outputs)
            release()

        operation = _up(session, name, store, plans, on_outputs if _deletes(previewed) else None)
        return _remembered(session, name, replace(operation, why=previewed.why), store)

    first = run_phase(session, "up", edges(session, names), work, lambda op: op.ok or op.leftovers)
    return _with_leftovers(session, first, previews, store)


def _up(session: Session, name: str, store: OutputStore, plans: Path | None, on_outputs: OnOutputs | None) -> Operation:
    home, stale = session.settings.home, session.stale(name)
    session.freshness.ledger.forget(name)
    if session.sandbox is not None:
        home.set_generation(name, session.sandbox.generation)
    saved = plans / f"{name}.engine.json" if plans is not None else None
    if not stale and (saved is not None or session.settings.refresh) and session.creator.deployed(name):
        # A call of its own: a deployment that refreshes shows the policies also what it is about to delete.
        refreshed = session.engine.refresh(name)
        if not refreshed.ok:
            return replace(refreshed, kind="up")
    return session.engine.up(
        name,
        session.bind(name, store, unknown_allowed=False),
        refresh=stale,
        plan=saved if saved is not None and saved.exists() else None,
        on_outputs=on_outputs,
    )


def _with_leftovers(session: Session, first: Phase, previews: Mapping[str, Operation], store: OutputStore) -> Phase:
    """Finish the deletions that failed while other stacks still used what was to go.

    Those have moved by now, as they were released before. What is left is previewed, must be deletions that the first
    preview announced, and is held to that by a plan of the engine's.
    """
    left = [name for name, operation in first.operations.items() if operation.leftovers]
    if not left or session.stop.requested:
        return first
    session.note(f"deletions that other stacks held back are finished now: {', '.join(sorted(left))}")

    def work(name: str, _release: Release) -> Operation:
        before = first.operations[name]
        after = _finish(session, name, _deleted(previews[name]), store)
        ended = replace(
            before, ok=after.ok, seconds=before.seconds + after.seconds, diagnostics=after.diagnostics, failed=()
        )
        return _remembered(session, name, replace(ended, outputs=after.outputs, findings=after.findings), store)

    second = run_phase(session, "up", reversed_edges(edges(session, left)), work, lambda op: op.ok)
    return Phase({**first.operations, **second.operations}, (*first.skips, *second.skips))


def _finish(session: Session, name: str, announced: frozenset[str], store: OutputStore) -> Operation:
    program = session.bind(name, store, unknown_allowed=False)
    with tempfile.TemporaryDirectory() as folder:
        plan = Path(folder) / "engine.json"
        previewed = session.engine.preview(name, program, save_plan=plan)
        if not previewed.ok:
            return previewed
        strange = sorted(step.urn for step in previewed.steps if step.op not in DELETIONS or step.urn not in announced)
        if strange:
            message = f"what is left to do was not announced: {', '.join(strange)}; preview the stack anew"
            return replace(previewed, kind="up", ok=False, diagnostics=(Diagnostic("error", message),))
        return session.engine.up(name, program, plan=plan)


def _remembered(session: Session, name: str, operation: Operation, store: OutputStore) -> Operation:
    """Pass a deployed stack's outputs on, and keep what it stood on for the next run."""
    if operation.outputs is None or not operation.ok:
        return operation
    store.put(name, operation.outputs)
    spec = session.settings.graph.stacks[name]
    entry = LedgerEntry.of(
        session.run_id,
        spec,
        session.freshness.basis(spec, store),
        operation.outputs,
        operation.resource_count,
        operation.findings,
        session.freshness.digest,
    )
    session.freshness.ledger.put(name, entry)
    return operation


def _deletes(operation: Operation) -> bool:
    return bool(_deleted(operation))


def _deleted(operation: Operation) -> frozenset[str]:
    return frozenset(step.urn for step in operation.steps if step.op in DELETIONS)


def _nothing_to_do(session: Session, name: str, previews: Mapping[str, Operation], store: OutputStore) -> bool:
    """Whether the preview found no change and saw the same inputs that a deployment would see."""
    operation = previews[name]
    if not operation.changes_nothing or operation.outputs is None or session.stale(name):
        return False
    if not all(output.known for output in operation.outputs.values()):
        return False
    spec = session.settings.graph.stacks[name]
    for ask in spec.asks:
        before, now = previews[ask.stack].outputs if ask.stack in previews else None, store.get(ask.stack) or {}
        if before is not None and any(asked_output(before, name) != asked_output(now, name) for name in ask.outputs):
            return False
    return True
