"""Before a saved plan is run: whether code, fleet file and reality are still those that it was made for.

Two steps, both before the first write. First what can be compared without an engine: files, versions, inputs, the
recorded states. Then every stack of the plan is previewed again, against its accounts as they are now, and what
would happen is compared with what was planned, resource by resource.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from securecart.errors import PlanMovedError
from securecart.execute import phases
from securecart.execute.freshness import Common
from securecart.execute.operation import Operation
from securecart.execute.outputs import OutputStore
from securecart.execute.phase import Phase
from securecart.execute.planned import stack_plan
from securecart.execute.run import Run
from securecart.findings import Finding
from securecart.plan.basis import Part, differences
from securecart.plan.compare import plan_differences
from securecart.plan.fleet_plan import FleetPlan, Manifest, StackPlan

_OWN_PARTS: Sequence[Part] = ("packages", "inputs", "facts", "provider", "target", "settings", "memory", "state")
"""What is compared stack by stack; programs, policies and engine are compared once for the whole plan."""


def differences_now(run: Run, plan: FleetPlan) -> None:
    """Compare all that can be compared without an engine.

    Raises:
        PlanMovedError: names each difference.
    """
    session = run.session
    findings = [_moved("plan", text) for text in _common_differences(plan.manifest, session.freshness.common())]
    graph = session.settings.graph
    if session.settings.target_name != plan.manifest.target:
        findings.append(_moved("plan", f"made for target {plan.manifest.target}, not {session.settings.target_name}"))
    for stack in plan.stacks:
        spec = graph.stacks.get(stack.name)
        if spec is None:
            findings.append(_moved(f"stack {stack.name}", "left the fleet file"))
            continue
        now = session.freshness.basis(spec, OutputStore())
        findings += [_moved(f"stack {stack.name}", text) for text in differences(stack.basis, now, _OWN_PARTS)]
    _refuse(findings)


def verify(run: Run, plan: FleetPlan, store: OutputStore) -> Phase:
    """Preview every stack of the plan again and compare; return what the previews said.

    Raises:
        PlanMovedError: names each difference.
    """
    by_name = {stack.name: stack for stack in plan.stacks}
    verified = phases.reconsider(run.session, tuple(by_name), store, {s.name for s in plan.stacks if s.runs})
    findings = [
        _moved(f"stack {name}", text)
        for name, operation in verified.operations.items()
        if operation.ok
        for text in _stack_differences(run, by_name[name], operation, store)
    ]
    _refuse(findings)
    why = {name: replace(op, why=by_name[name].why) for name, op in verified.operations.items()}
    return Phase(why, verified.skips)


def _stack_differences(run: Run, planned: StackPlan, operation: Operation, store: OutputStore) -> Iterator[str]:
    spec = run.session.settings.graph.stacks[planned.name]
    now = stack_plan(spec, operation, run.session.freshness.basis(spec, store), store)
    yield from differences(planned.basis, now.basis, ("upstream",))
    if planned.runs:
        yield from plan_differences(planned.resources, now.resources)


def _common_differences(manifest: Manifest, now: Common) -> Iterator[str]:
    if manifest.fleet_file != now.fleet_file:
        yield "the fleet file was changed"
    yield from _file_differences("program file", manifest.programs, now.programs)
    yield from _file_differences("policy file", manifest.policies, now.policies)
    if manifest.lock != now.lock:
        yield "the dependency lock file was changed"
    if manifest.engine != now.engine:
        yield f"the engine is {now.engine}, not {manifest.engine}"


def _file_differences(what: str, before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for path in sorted(before.keys() | now.keys()):
        if before.get(path) != now.get(path):
            how = "was changed" if path in before and path in now else ("is new" if path in now else "is gone")
            yield f"{what} {path} {how}"


def _moved(subject: str, text: str) -> Finding:
    return Finding(rule="plan-still-holds", subject=subject, message=text, remedy="save and review a new plan")


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise PlanMovedError("what the plan stands on has moved, and nothing was written", findings)
