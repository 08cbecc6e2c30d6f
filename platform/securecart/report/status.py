"""What is deployed, as `status` tells it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ResourceStatus(_Frozen):
    """One resource of the sandbox."""

    urn: str = Field(description="Pulumi URN.")
    type: str = Field(description="Pulumi type token.")
    id: str = Field(description="Physical id.")
    account: str = Field(description="Account id that holds it.")
    region: str = Field(description="AWS region.")
    status: Literal["realised", "recorded"] = Field(
        description="realised: moto holds it; recorded: moto has no API for it, the sandbox only keeps it."
    )


class StackStatus(_Frozen):
    """One stack of the fleet."""

    name: str = Field(description="Stack name.")
    kind: str = Field(description="Kind of stack.")
    account: str = Field(description="Name of the owning account.")
    region: str = Field(description="AWS region.")
    state: Literal["absent", "empty", "deployed", "stale"] = Field(
        description="stale: its state speaks of a sandbox memory that is gone; the next up brings it back."
    )
    resources: int = Field(ge=0, description="Resources in its state, components and providers included.")
    realised: int = Field(ge=0, description="Resources that the sandbox holds for it in moto.")
    recorded: int = Field(ge=0, description="Resources that the sandbox only records.")
    inventory: tuple[ResourceStatus, ...] = Field(default=(), description="The sandbox's resources of this stack.")


class FleetStatus(_Frozen):
    """The whole fleet."""

    target: str = Field(description="Target of the fleet file.")
    sandbox: str = Field(description="running, stopped, stale or unreachable; `none` for other targets.")
    endpoint: str = Field(default="", description="AWS endpoint of a running sandbox.")
    stacks: tuple[StackStatus, ...] = Field(description="Stacks, upstream first.")
    orphans: tuple[str, ...] = Field(default=(), description="Stacks in the backend that the fleet file lacks.")
