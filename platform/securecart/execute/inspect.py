"""Looking at a fleet without a run: no lock, no sandbox started, nothing written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Literal

from securecart.errors import EngineError
from securecart.execute.engine.command import version_of
from securecart.execute.engine.engine import Engine, EngineSettings
from securecart.execute.environment import aws_environment, sandbox_environment
from securecart.execute.session import Settings
from securecart.plan.stack import StackSpec
from securecart.report.status import FleetStatus, ResourceStatus, StackStatus
from securecart.sandbox import lifecycle
from securecart.sandbox.record import SandboxInfo
from securecart.setup.find import find_engine


class _NoSandbox:
    """Addresses for an engine call that only reads the backend."""

    endpoint = "http://127.0.0.1:9"
    provider_port = 9


def fleet_status(settings: Settings, names: Sequence[str]) -> FleetStatus:
    """Return what the backend and the sandbox hold (one engine call)."""
    sandboxed = settings.target.kind == "sandbox"
    found = lifecycle.status(settings.home.root) if sandboxed else None
    sandbox = found.info if found is not None and found.state == "running" else None
    counts = _counts(settings, sandbox)
    inventory = [ResourceStatus(**entry.model_dump()) for entry in lifecycle.inventory(sandbox)] if sandbox else []
    return FleetStatus(
        target=settings.target_name,
        sandbox=found.state if found is not None else "none",
        endpoint=sandbox.endpoint if sandbox else "",
        stacks=tuple(_stack(settings, settings.graph.stacks[name], counts, sandbox, inventory) for name in names),
        orphans=tuple(sorted(_orphans(settings, counts))),
    )


def orphan_stacks(settings: Settings) -> tuple[str, ...]:
    """Return the stacks with resources that the fleet file does not have (one engine call)."""
    return tuple(sorted(_orphans(settings, _counts(settings, None))))


def _orphans(settings: Settings, counts: dict[str, int]) -> Iterator[str]:
    return (name for name, count in counts.items() if count and name not in settings.graph.stacks)


def _counts(settings: Settings, sandbox: SandboxInfo | None) -> dict[str, int]:
    if settings.target.kind == "sandbox" and not settings.home.workspace.exists():
        return {}
    executable = find_engine(os.environ)
    if executable is None:
        raise EngineError("no Pulumi engine was found", remedy="run `make setup`")
    environment = (
        aws_environment(os.environ, settings.target)
        if settings.target.kind == "aws"
        else sandbox_environment(os.environ, settings.home, sandbox or _NoSandbox())
    )
    return Engine(
        EngineSettings(
            executable=executable,
            version=version_of(executable),
            workspace=settings.home.workspace,
            environment=environment,
            logs=settings.home.runs,
        )
    ).resource_counts()


def _stack(
    settings: Settings,
    spec: StackSpec,
    counts: dict[str, int],
    sandbox: SandboxInfo | None,
    inventory: Sequence[ResourceStatus],
) -> StackStatus:
    own = tuple(entry for entry in inventory if entry.urn.split(":")[2] == spec.name)
    return StackStatus(
        name=spec.name,
        kind=spec.kind,
        account=spec.account,
        region=spec.region,
        state=_state(settings, spec.name, counts, sandbox),
        resources=counts.get(spec.name, 0),
        realised=sum(entry.status == "realised" for entry in own),
        recorded=sum(entry.status == "recorded" for entry in own),
        inventory=own,
    )


def _state(
    settings: Settings, name: str, counts: dict[str, int], sandbox: SandboxInfo | None
) -> Literal["absent", "empty", "deployed", "stale"]:
    if name not in counts:
        return "absent"
    if not counts[name]:
        return "empty"
    if settings.target.kind == "aws":
        return "deployed"
    current = sandbox.generation if sandbox else None
    return "deployed" if current and settings.home.generation_of(name) == current else "stale"
