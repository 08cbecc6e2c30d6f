"""From what the phases did to the run record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from securecart.execute.operation import Operation
from securecart.execute.phase import Phase
from securecart.execute.session import Session
from securecart.plan.stack import StackSpec
from securecart.report.record import (
    Changes,
    Diagnostic,
    Result,
    StackRecord,
    Status,
    StepRecord,
)

_INTERRUPTED = "the run was interrupted before it started"


def stack_records(
    session: Session,
    names: Sequence[str],
    phases: Sequence[Phase],
    recorded: Mapping[str, int],
    *,
    withheld: str = "",
) -> tuple[StackRecord, ...]:
    """Return a record per stack: the last phase that reached it tells how it ended.

    Args:
        session: The run.
        names: Stacks of the run, upstream first.
        phases: Phases in the order they ran.
        recorded: Resources per stack that the sandbox only records.
        withheld: Why stacks that were previewed well were not deployed; empty where they were, or were not to be.
    """
    specs = session.settings.graph.stacks
    return tuple(_record(specs[name], phases, recorded.get(name, 0), withheld) for name in names)


def result_of(stacks: Sequence[StackRecord], *, interrupted: bool) -> Result:
    """Return how the run as a whole ended; the gravest stack decides."""
    statuses = {stack.status for stack in stacks}
    if interrupted:
        return Result.INTERRUPTED
    if Status.FAILED in statuses:
        return Result.FAILED
    if Status.BLOCKED in statuses:
        return Result.BLOCKED
    return Result.SUCCEEDED


def _record(spec: StackSpec, phases: Sequence[Phase], recorded: int, withheld: str) -> StackRecord:
    operations = [phase.operations[spec.name] for phase in phases if spec.name in phase.operations]
    skip = next((s for phase in reversed(phases) for s in phase.skips if s.name == spec.name), None)
    status, cause = _ending(operations[-1] if operations else None, withheld)
    if skip is not None:
        status = Status.SKIPPED
        cause = f"{skip.cause} {_how_it_ended(phases, skip.cause)}" if skip.cause else _INTERRUPTED
    last = operations[-1] if operations else None
    return StackRecord(
        name=spec.name,
        kind=spec.kind,
        account=spec.account,
        region=spec.region,
        status=status,
        cause=cause,
        ran=any(operation.ran for operation in operations),
        why=next((operation.why for operation in operations if operation.why), ()),
        seconds=round(sum({id(op): op.seconds for op in operations}.values()), 3),
        changes=Changes.from_engine(last.changes) if last else Changes(),
        recorded=recorded,
        steps=tuple(
            StepRecord(urn=s.urn, type=s.type, op=s.op, diffs=s.diffs, replaces=s.replaces)
            for s in (last.steps if last else ())
        ),
        findings=last.findings if last else (),
        diagnostics=tuple(
            Diagnostic(severity="error" if d.severity == "error" else "warning", message=d.message, resource=d.urn)
            for d in (last.diagnostics if last else ())
        ),
    )


def _how_it_ended(phases: Sequence[Phase], name: str) -> str:
    ended = [phase.operations[name] for phase in phases if name in phase.operations]
    return "was blocked by policy" if ended and ended[-1].broken else "failed"


def _ending(operation: Operation | None, withheld: str) -> tuple[Status, str]:
    if operation is None:
        return Status.SKIPPED, withheld or "not reached"
    if operation.broken:
        rules = sorted({finding.rule for finding in operation.broken})
        return Status.BLOCKED, f"policy: {', '.join(rules)}"
    if not operation.ok:
        return Status.FAILED, operation.error
    if withheld:
        return Status.SKIPPED, withheld
    return (Status.UNCHANGED if operation.changes_nothing else Status.SUCCEEDED), ""
