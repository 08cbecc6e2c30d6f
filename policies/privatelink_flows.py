"""What PrivateLink's clients need and may have: security group rules of the load balancer before the service."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.networks import same_cidr
from policies.permissions import PeerKind, Permission, permissions
from policies.rule import Claim
from policies.values import UNKNOWN
from policies.views import Resource, Stack

PORT = 443
"""Port that clients call."""


def client_permission(resource: Resource, permission: Permission, facts: StackFacts) -> Truth:
    """Tell whether a rule lets a listed client in to the load balancer, where the service is, and nobody else."""
    service = facts.endpoint_service
    if service is None or resource.provider is None:
        return Truth.FALSE
    at_service = truth(resource.provider.name == service.place.provider_name)
    return at_service & some(_lets_in(permission, block) for block in service.clients)


def client_rows_present(stack: Stack) -> Iterator[Claim]:
    """Judge a service's stack: the load balancer's group lets each listed client in."""
    service = stack.facts.endpoint_service
    if service is None or not stack.of(t.VPC_ENDPOINT_SERVICE):
        return
    granted = [found for rule in stack.of(t.SECURITY_GROUP_RULES) for found in permissions(rule)]
    for block in service.clients:
        found = some(_lets_in(permission, block) for permission in granted)
        yield Claim(~found, f"no rule lets {block} in on tcp {PORT}", stack.urn, block)


def _lets_in(permission: Permission, block: str) -> Truth:
    if permission.kind not in (PeerKind.CIDR, UNKNOWN):
        return Truth.FALSE
    ports = permission.ports.exactly("tcp", PORT, PORT)
    return equal(permission.direction, "ingress") & ports & same_cidr(permission.peer, block)
