"""What models of the fleet are made of: the base of all, names, and the words that several of them use."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$", description="Lower case letters, digits, hyphens.")]
RegionName = Annotated[str, Field(pattern=r"^[a-z]{2}(-[a-z]+)+-[0-9]$", description="AWS region, e.g. `us-east-1`.")]
StackName = Annotated[str, Field(pattern=r"^[a-zA-Z0-9._-]{1,100}$", description="Name of a stack.")]


class Model(BaseModel):
    """Base of every part of the fleet: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tier(StrEnum):
    """Subnet tier; decides routing, network ACL and which components may live in it."""

    PUBLIC = "public"
    """Load balancers and NAT gateways only."""
    PRIVATE = "private"
    """ECS tasks, Lambda functions, interface endpoints."""
    DATABASE = "database"
    """RDS only; no default route."""
