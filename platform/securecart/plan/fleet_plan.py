"""The fleet plan: what a run will do, resource by resource, before anything exists. Frozen models, no engine needed.

A saved plan is a folder: ``manifest.json`` (a Manifest), and for each stack ``stacks/NAME.json`` (a StackPlan),
``stacks/NAME.engine.json`` (the engine's own plan) and ``stacks/NAME.diff`` (the engine's rendered diff).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from securecart.findings import Finding
from securecart.plan.basis import Basis


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Operation(StrEnum):
    """What happens to a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    DELETE = "delete"
    READ = "read"
    SAME = "same"


class Origin(_Frozen):
    """Where a value comes from, followed across stacks to the resource that has it."""

    outputs: tuple[str, ...] = Field(
        default=(),
        description="Outputs of other stacks that it passes through, nearest first: STACK.OUTPUT or STACK.OUTPUT[KEY].",
    )
    urn: str = Field(
        default="", description="Resource that has it; empty where the stack that has it was never previewed here."
    )
    property: str = Field(
        default="", description="Property of that resource; empty where it was computed from several or on the way."
    )


class UnknownProperty(_Frozen):
    """An input that is not known before other resources exist."""

    path: str = Field(description="Path in the inputs, for example `vpcId` or `ingress[0].cidrBlocks[1]`.")
    origins: tuple[Origin, ...] = Field(description="What it waits for.")


class Reference(_Frozen):
    """An input that comes from another resource, known or not: the way from stack to stack."""

    property: str = Field(description="Top-level input property.")
    known: bool = Field(description="Whether its value is known.")
    origins: tuple[Origin, ...] = Field(description="Where it comes from.")


class PlannedResource(_Frozen):
    """One resource of a stack, and what happens to it."""

    urn: str = Field(description="Pulumi URN.")
    type: str = Field(description="Pulumi type token.")
    name: str = Field(description="Logical name.")
    account: str = Field(default="", description="Account of its provider; empty for components and providers.")
    region: str = Field(default="", description="Region of its provider.")
    operation: Operation = Field(description="What happens to it.")
    inputs: Mapping[str, JsonValue] = Field(
        default={}, description="Inputs; secrets read `[secret]`, what is not known yet reads `[unknown]`."
    )
    unknown: tuple[UnknownProperty, ...] = Field(default=(), description="Inputs that are not known yet.")
    references: tuple[Reference, ...] = Field(default=(), description="Inputs that come from other resources.")
    diffs: tuple[str, ...] = Field(default=(), description="Property paths that differ.")
    replaces: tuple[str, ...] = Field(default=(), description="Property paths that force the replacement.")


class PlannedOutput(_Frozen):
    """An output of a stack after the run."""

    name: str = Field(description="Name of the output.")
    known: bool = Field(description="Whether it is known before the run.")
    secret: bool = Field(default=False, description="Whether it is a secret.")
    origins: Mapping[str, tuple[Origin, ...]] = Field(default={}, description="Where it comes from, by key.")


class StackPlan(_Frozen):
    """What a run does to one stack."""

    name: str = Field(description="Stack name.")
    kind: str = Field(description="Kind of stack, for example network.")
    account: str = Field(description="Name of the account that owns it.")
    region: str = Field(description="AWS region.")
    environment: str = Field(description="Environment it serves, `shared` where it serves several.")
    protected: bool = Field(description="Whether destroying it takes its name.")
    runs: bool = Field(description="Whether it runs; false where nothing that it stands on has changed.")
    why: tuple[str, ...] = Field(default=(), description="Why it runs: what differs from its last successful run.")
    basis: Basis = Field(description="What the plan stands on: where this has moved, the plan is not run.")
    resources: tuple[PlannedResource, ...] = Field(default=(), description="Every resource, `same` ones too.")
    kept: int = Field(default=0, ge=0, description="Resources of a stack that does not run.")
    outputs: tuple[PlannedOutput, ...] = Field(default=(), description="Outputs, by name.")
    findings: tuple[Finding, ...] = Field(default=(), description="What the policy pack said.")

    def of(self, *operations: Operation) -> tuple[PlannedResource, ...]:
        """Return the resources with one of these operations."""
        return tuple(resource for resource in self.resources if resource.operation in operations)

    @property
    def changes(self) -> bool:
        """Whether any resource changes."""
        return any(resource.operation not in (Operation.SAME, Operation.READ) for resource in self.resources)


class PlannedStack(_Frozen):
    """A stack's place in the manifest."""

    name: str = Field(description="Stack name.")
    runs: bool = Field(description="Whether it runs.")
    files: Mapping[str, str] = Field(description="SHA-256 of each of its files, by path below the plan's folder.")


class Author(_Frozen):
    """Who made a plan, and from what."""

    user: str = Field(description="Login name.")
    host: str = Field(description="Machine.")
    commit: str = Field(default="", description="Git commit of the checkout; empty outside git.")
    dirty: bool = Field(default=False, description="Whether the checkout had changes beyond that commit.")


class Manifest(_Frozen):
    """A saved plan as a whole."""

    format: int = Field(default=1, description="Version of the plan's format.")
    created: str = Field(description="When, ISO 8601, UTC.")
    by: Author = Field(description="Who made it, and from what.")
    fleet: str = Field(description="Name of the fleet.")
    target: str = Field(description="Target of the fleet file.")
    fleet_file: str = Field(description="SHA-256 of the fleet file.")
    programs: Mapping[str, str] = Field(description="SHA-256 of every source file of the programs, by path.")
    policies: Mapping[str, str] = Field(description="SHA-256 of every source file of the policy pack, by path.")
    lock: str = Field(description="SHA-256 of the dependency lock file.")
    engine: str = Field(description="Version of the engine.")
    stacks: tuple[PlannedStack, ...] = Field(description="Stacks, upstream first.")
    orphans: tuple[str, ...] = Field(
        default=(), description="Stacks in the backend that left the fleet file; a run leaves them as they are."
    )
    seal: str = Field(default="", description="Keyed digest of all the above; empty only while it is computed.")


class FleetPlan(_Frozen):
    """A plan in memory: the manifest and every stack's plan."""

    manifest: Manifest = Field(description="The plan as a whole.")
    id: str = Field(description="SHA-256 of the manifest: names exactly this plan.")
    stacks: tuple[StackPlan, ...] = Field(description="Stacks, upstream first.")
