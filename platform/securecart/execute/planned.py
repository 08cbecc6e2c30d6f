"""From what previews said to the fleet plan's models: one word an operation, unknowns followed to their origins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from pydantic import JsonValue

from securecart.execute.operation import Operation as EngineOperation
from securecart.execute.operation import Step
from securecart.execute.outputs import OutputStore, StackOutput
from securecart.plan.basis import Basis
from securecart.plan.fleet_plan import (
    Operation,
    Origin,
    PlannedOutput,
    PlannedResource,
    Reference,
    StackPlan,
    UnknownProperty,
)
from securecart.plan.stack import StackSpec
from securecart.program.provenance import Source

ENGINE_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine's events mark a value that is not known (sdk/go/common/resource/plugin/rpc.go)."""
UNKNOWN = "[unknown]"
"""How a plan shows it."""
_AWS_PROVIDER = "pulumi:providers:aws"
_PLACE = re.compile(r"(?P<account>.+)-(?P<region>[a-z]{2}(?:-(?:gov|iso[a-z]?))?-[a-z]+-[0-9])")
"""Name of an AWS provider; regions of other partitions have four words (AWS General Reference, Regions)."""
_WORDS: Mapping[str, Operation] = {
    "create": Operation.CREATE,
    "update": Operation.UPDATE,
    "replace": Operation.REPLACE,
    "create-replacement": Operation.REPLACE,
    "delete-replaced": Operation.REPLACE,
    "delete": Operation.DELETE,
    "read": Operation.READ,
    "same": Operation.SAME,
}
"""The engine's words; a replacement takes three steps there. Others, such as refresh, announce nothing."""


def stack_plan(spec: StackSpec, operation: EngineOperation, basis: Basis, store: OutputStore) -> StackPlan:
    """Return what a run does to a stack.

    Args:
        spec: The stack.
        operation: Its preview.
        basis: What the preview stood on.
        store: Outputs of all stacks, by which origins are followed across stacks.
    """
    return StackPlan(
        name=spec.name,
        kind=spec.kind,
        account=spec.account,
        region=spec.region,
        environment=spec.environment,
        protected=spec.protected,
        runs=operation.ran,
        why=operation.why,
        basis=basis,
        resources=tuple(_resources(operation.resources, store)),
        kept=0 if operation.ran else operation.resource_count,
        outputs=tuple(_output(name, output, store) for name, output in sorted((operation.outputs or {}).items())),
        findings=operation.findings,
    )


def origins(sources: Iterable[Source], store: OutputStore) -> tuple[Origin, ...]:
    """Follow sources to the resources that have the values, through as many stacks as it takes."""
    found = {origin for source in sources for origin in _followed(source, store, ())}
    return tuple(sorted(found, key=lambda origin: (origin.outputs, origin.urn, origin.property)))


def unknown_paths(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of each value that the engine does not know, such as ``ingress[0].cidrBlocks[1]``."""
    if isinstance(value, str) and value == ENGINE_UNKNOWN:
        yield path
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from unknown_paths(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from unknown_paths(item, f"{path}[{index}]")


def _followed(source: Source, store: OutputStore, passed: tuple[str, ...]) -> Iterator[Origin]:
    if not source.stack:
        yield Origin(outputs=passed, urn=source.urn, property=source.property)
        return
    label = f"{source.stack}.{source.output}" + (f"[{source.key}]" if source.key else "")
    if label in passed:
        return
    outputs = store.get(source.stack) or {}
    output = outputs.get(source.output)
    by_key = output.sources if output is not None else {}
    further = by_key.get(source.key, ()) if source.key in by_key else tuple(s for ss in by_key.values() for s in ss)
    if not further:
        yield Origin(outputs=(*passed, label))
    for one in further:
        yield from _followed(one, store, (*passed, label))


def _resources(steps: Iterable[Step], store: OutputStore) -> Iterator[PlannedResource]:
    """Yield one resource for the steps of each URN; an old one that only waits to be deleted is one of its own."""
    merged: dict[tuple[str, Operation], Step] = {}
    for step in steps:
        operation = _WORDS.get(step.op)
        if operation is None:
            continue
        known = merged.get((step.urn, operation))
        # Of a replacement's steps, the one that creates has the new inputs, the logical one tells what forces it.
        merged[step.urn, operation] = step if known is None else _merged(known, step)
    for (_, operation), step in merged.items():
        yield _resource(operation, step, store)


def _merged(one: Step, other: Step) -> Step:
    new = next((step for step in (one, other) if step.op in ("create-replacement", "create")), one)
    diffs = tuple(sorted({*one.diffs, *other.diffs}))
    replaces = tuple(sorted({*one.replaces, *other.replaces}))
    inputs = new.inputs or one.inputs or other.inputs
    return Step(new.urn, new.type, new.op, diffs, replaces, new.provider or one.provider, inputs, new.sources)


def _resource(operation: Operation, step: Step, store: OutputStore) -> PlannedResource:
    account, region = _place(step.provider)
    paths = list(unknown_paths(step.inputs))
    return PlannedResource(
        urn=step.urn,
        type=step.type,
        name=step.urn.rsplit("::", 1)[-1],
        account=account,
        region=region,
        operation=operation,
        inputs=cast(Mapping[str, JsonValue], _shown(step.inputs)),
        unknown=tuple(
            UnknownProperty(path=path, origins=origins(step.sources.get(_top(path), ()), store)) for path in paths
        ),
        references=tuple(
            Reference(property=key, known=key not in {_top(path) for path in paths}, origins=origins(sources, store))
            for key, sources in sorted(step.sources.items())
        ),
        diffs=step.diffs,
        replaces=step.replaces,
    )


def _output(name: str, output: StackOutput, store: OutputStore) -> PlannedOutput:
    return PlannedOutput(
        name=name,
        known=output.known,
        secret=output.secret,
        origins={key: found for key, sources in output.sources.items() if (found := origins(sources, store))},
    )


def _place(provider: str) -> tuple[str, str]:
    """Return account and region of an AWS provider, which is named ``ACCOUNT-REGION``; empty for other providers."""
    parts = provider.split("::")
    if len(parts) < 4 or not parts[2].endswith(_AWS_PROVIDER):
        return "", ""
    found = _PLACE.fullmatch(parts[3])
    return (found["account"], found["region"]) if found else ("", "")


def _top(path: str) -> str:
    return path.split(".", 1)[0].split("[", 1)[0]


def _shown(value: object) -> object:
    if isinstance(value, str):
        return UNKNOWN if value == ENGINE_UNKNOWN else value
    if isinstance(value, Mapping):
        return {str(key): _shown(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(item) for item in value]
    return value
