"""No SSH or RDP: access is by IAM roles, so 22 and 3389 stay closed, to the internet and to anybody else."""

from __future__ import annotations

from collections.abc import Iterator

from policies.facts import StackFacts
from policies.logic import Truth, equal, some
from policies.networks import from_internet
from policies.permissions import RULE_TYPES, PeerKind, Permission, permissions
from policies.rule import Claim, Rule
from policies.values import UNKNOWN
from policies.views import Resource

_ADMIN_PORTS = {22: "SSH", 3389: "RDP"}


def admin_ports_from_internet(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge each ingress permission whose peer holds public addresses, in IPv4 or IPv6."""
    for permission in permissions(resource):
        yield from _claims(resource, permission, _peer_public(permission), "the internet")


def admin_ports_from_anywhere(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge each ingress permission, whoever its peer is."""
    for permission in permissions(resource):
        yield from _claims(resource, permission, Truth.TRUE, "a peer")


def _peer_public(permission: Permission) -> Truth:
    if permission.kind is UNKNOWN:
        return Truth.UNKNOWN
    # A group or an AWS-managed prefix list is not "the internet"; the rule for every peer judges those.
    return from_internet(permission.peer) if permission.kind is PeerKind.CIDR else Truth.FALSE


def _claims(resource: Resource, permission: Permission, peer: Truth, whom: str) -> Iterator[Claim]:
    inbound = equal(permission.direction, "ingress")
    for port, service in _ADMIN_PORTS.items():
        # RDP also speaks UDP; for SSH UDP is judged too, since nothing of the firm's uses it.
        opened = some(permission.ports.opens(protocol, port) for protocol in ("tcp", "udp"))
        yield Claim(
            inbound & opened & peer,
            f"port {port} ({service}) is open to {whom}",
            resource.urn,
            str(permission),
        )


RULES = (
    Rule(
        id="sg-no-admin-ports-from-internet",
        title="No security group lets SSH (22) or RDP (3389) in from the internet, over IPv4 or IPv6.",
        mission_row="security groups: every one",
        controls=(
            "CKV_AWS_24",
            "CKV_AWS_25",
            "CKV_AWS_277",
            "EC2.13",
            "EC2.14",
            "EC2.19",
            "CIS 6.3",
            "CIS 6.4",
        ),
        remedy="remove the rule; operators reach tasks by IAM roles (ECS Exec, Session Manager)",
        applies_to=RULE_TYPES,
        resource=admin_ports_from_internet,
    ),
    Rule(
        id="sg-no-admin-ports",
        title="No security group lets SSH (22) or RDP (3389) in from anywhere at all.",
        mission_row="security groups: every one",
        controls=("EC2.13", "EC2.14", "EC2.18", "PCI DSS 1.3.1"),
        remedy="remove the rule; operators reach tasks by IAM roles (ECS Exec, Session Manager)",
        applies_to=RULE_TYPES,
        resource=admin_ports_from_anywhere,
    ),
)
