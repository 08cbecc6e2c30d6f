"""A fleet plan as JSON, for tools: each resource of each stack, and where what is not known yet comes from.

Its schema is docs/schema/plan.schema.json. What a plan is checked against before it runs (digests, the basis of each
stack, the seal) is left out: tools that need it read the plan's folder.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from securecart.findings import Finding
from securecart.plan.fleet_plan import Author, FleetPlan, PlannedOutput, PlannedResource
from securecart.report.plan_clean import clean_value


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StackDocument(_Frozen):
    """What a run does to one stack."""

    name: str = Field(description="Stack name.")
    kind: str = Field(description="Kind of stack, for example network.")
    account: str = Field(description="Name of the account that owns it.")
    region: str = Field(description="AWS region.")
    environment: str = Field(description="Environment it serves, `shared` where it serves several.")
    protected: bool = Field(description="Whether destroying it takes its name.")
    runs: bool = Field(description="Whether it runs; false where nothing that it stands on has changed.")
    why: tuple[str, ...] = Field(description="Why it runs: what differs from its last successful run.")
    resources: tuple[PlannedResource, ...] = Field(description="Every resource, `same` ones too.")
    kept: int = Field(ge=0, description="Resources of a stack that does not run.")
    outputs: tuple[PlannedOutput, ...] = Field(description="Outputs, by name.")
    findings: tuple[Finding, ...] = Field(description="What the policy pack said.")


class PlanDocument(_Frozen):
    """A fleet plan."""

    format: Literal[1] = Field(default=1, description="Version of this document's form.")
    id: str = Field(description="SHA-256 of the manifest: names exactly this plan.")
    created: str = Field(description="When, ISO 8601, UTC.")
    by: Author = Field(description="Who made it, and from what.")
    fleet: str = Field(description="Name of the fleet.")
    target: str = Field(description="Target of the fleet file.")
    engine: str = Field(description="Version of the engine.")
    orphans: tuple[str, ...] = Field(description="Stacks that left the fleet file; a run leaves them as they are.")
    stacks: tuple[StackDocument, ...] = Field(description="Stacks, upstream first.")


def document(plan: FleetPlan) -> PlanDocument:
    """Return what is told of a plan, without secrets."""
    manifest = plan.manifest.model_dump(mode="json", include={"created", "by", "fleet", "target", "engine", "orphans"})
    stacks: list[JsonValue] = [stack.model_dump(mode="json", exclude={"basis"}) for stack in plan.stacks]
    return PlanDocument.model_validate(clean_value({"id": plan.id, **manifest, "stacks": stacks}))


def as_json(plan: FleetPlan) -> str:
    """Return a plan as JSON text; the same for the same plan."""
    return document(plan).model_dump_json(indent=2) + "\n"
