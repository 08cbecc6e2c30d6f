"""Small plans for tests."""

from collections.abc import Sequence

from securecart.plan.basis import Basis
from securecart.plan.fleet_plan import (
    Author,
    FleetPlan,
    Manifest,
    Operation,
    Origin,
    PlannedOutput,
    PlannedResource,
    StackPlan,
    UnknownProperty,
)

BASIS = Basis(
    program={},
    packages={},
    inputs={},
    policies={},
    facts={},
    provider={},
    target={},
    engine="3.259.0",
    settings="",
    upstream={"network-dev.vpc_id": "digest-of-an-output"},
)
VPC = "aws:ec2/vpc:Vpc"
VPC_ORIGIN = Origin(
    outputs=("network-dev.vpc_id",),
    urn=f"urn:pulumi:network-dev::securecart::securecart:network:Vpc${VPC}::dev",
    property="id",
)


def resource(token: str, operation: Operation, name: str = "one", **more: object) -> PlannedResource:
    urn = f"urn:pulumi:network-dev::securecart::{token}::{name}"
    return PlannedResource(
        **{"urn": urn, "type": token, "name": name, "account": "dev", "region": "us-east-1", "operation": operation}
        | more
    )


def waits_for(path: str, *origins: Origin) -> UnknownProperty:
    return UnknownProperty(path=path, origins=origins or (VPC_ORIGIN,))


def stack(*resources: PlannedResource, name: str = "network-dev", runs: bool = True, **more: object) -> StackPlan:
    fixed = {"name": name, "kind": "network", "account": "dev", "region": "us-east-1", "environment": "dev"}
    return StackPlan(
        **fixed | {"protected": False, "runs": runs, "basis": BASIS, "resources": resources} | more,
    )


def fleet_plan(*stacks: StackPlan, orphans: Sequence[str] = (), **more: object) -> FleetPlan:
    fixed = {
        "created": "2026-01-01T00:00:00+00:00",
        "by": Author(user="ada", host="desk", commit="0123456789abcdef", dirty=True),
        "fleet": "securecart",
        "target": "sandbox",
        "fleet_file": "f" * 64,
        "programs": {},
        "policies": {},
        "lock": "a" * 64,
        "engine": "3.259.0",
        "stacks": (),
        "orphans": tuple(orphans),
        "seal": "seal-of-the-plan",
    }
    return FleetPlan(manifest=Manifest(**fixed | more), id="c0ffee" * 10, stacks=stacks)


def unknown_output(name: str) -> PlannedOutput:
    return PlannedOutput(name=name, known=False)
