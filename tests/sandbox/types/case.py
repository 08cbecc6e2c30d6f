"""What the contract test needs to know of a type: inputs, what may change, and where boto3 sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World

Inputs = Mapping[str, object]


@dataclass(frozen=True)
class Edit:
    """A change in place."""

    change: Callable[[World, Resource], Inputs]
    """Inputs that differ."""
    seen: Callable[[World, Resource], object]
    """What plain boto3 shows of it."""
    value: Callable[[World, Resource], object] | object
    """What it must show after the change."""


@dataclass(frozen=True)
class Case:
    """One type."""

    token: str
    inputs: Callable[[World], Inputs]
    """Inputs; what they refer to is deployed on the way."""
    seen: Callable[[World, Resource], object]
    """What plain boto3 shows of it: something while it exists, nothing (or an error) when it is gone."""
    edits: tuple[Edit, ...] = ()
    replacing: Inputs = field(default_factory=dict)
    """For each property, another value, which must make a new resource."""
    equal: Inputs = field(default_factory=dict)
    """Other spellings that AWS takes for the same."""
    import_id: Callable[[Resource], str] = lambda resource: resource.id
    """The id that `pulumi import` takes."""
    not_imported: frozenset[str] = frozenset()
    """Inputs that AWS does not tell, so that the first deployment after importing sets them."""
    adopted: bool = False
    """Deleting leaves it in AWS, as the real provider does."""
    lingers: bool = False
    """Deleting changes it in AWS, which cannot remove it."""
    account: Callable[[World], str] = lambda world: world.home
    """The account that it is deployed in."""
    region: str = REGION


def tag_edit(service: str = "ec2") -> Edit:
    """Tags change by adding, changing and removing."""

    def seen(world: World, resource: Resource) -> object:
        ec2: Any = world.boto(service)
        found = ec2.describe_tags(Filters=[{"Name": "resource-id", "Values": [resource.id]}])["Tags"]
        return {tag["Key"]: tag["Value"] for tag in found}

    return Edit(
        lambda world, resource: {"tags": {"Name": "changed", "New": "1"}},
        seen,
        {"Name": "changed", "New": "1"},
    )
