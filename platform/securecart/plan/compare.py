"""What differs between what was planned for a stack and what would happen now. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue

from securecart.plan.basis import changed_paths
from securecart.plan.fleet_plan import PlannedResource

_GENERATED = "[generated]"
_MOST_TOLD = 20


def plan_differences(planned: Sequence[PlannedResource], now: Sequence[PlannedResource]) -> Iterator[str]:
    """Yield in words each resource whose operation or inputs are not the planned ones.

    Names that the engine generates, ``NAME-`` and seven hexadecimal digits, differ between two previews; the
    engine's own plan fixes them, so they are not compared.
    """
    before, after = _by_key(planned), _by_key(now)
    told = 0
    for key in [*before, *(key for key in after if key not in before)]:
        for text in _resource_differences(before.get(key), after.get(key)):
            told += 1
            if told <= _MOST_TOLD:
                yield text
    if told > _MOST_TOLD:
        yield f"{told - _MOST_TOLD} more differences"


def _by_key(resources: Sequence[PlannedResource]) -> dict[tuple[str, bool], PlannedResource]:
    """Index resources by URN; an old one that is deleted stands beside a new one of the same URN."""
    return {(resource.urn, resource.operation == "delete"): resource for resource in resources}


def _resource_differences(planned: PlannedResource | None, now: PlannedResource | None) -> Iterator[str]:
    if planned is None:
        if now is not None:
            yield f"{now.urn}: not in the plan, now {now.operation}"
        return
    if now is None:
        yield f"{planned.urn}: planned to {planned.operation}, now not part of the stack"
        return
    if planned.operation != now.operation:
        yield f"{planned.urn}: planned {planned.operation}, now {now.operation}"
        return
    for change in changed_paths(_comparable(planned), _comparable(now)):
        yield f"{planned.urn}: {change}"


def _comparable(resource: PlannedResource) -> Mapping[str, JsonValue]:
    generated = re.compile(rf"{re.escape(resource.name)}-[0-9a-f]{{7}}")
    inputs = {
        key: _GENERATED if isinstance(value, str) and generated.fullmatch(value) else value
        for key, value in resource.inputs.items()
    }
    return {
        "account": resource.account,
        "region": resource.region,
        "inputs": inputs,
        "diffs": list(resource.diffs),
        "replaces": list(resource.replaces),
    }
