"""SecureCart's security group table, and its expansion into the rules of one network.

Security groups are stateful, so a row is the first packet's direction alone. Three rows differ from the
firm's own wording, each by a decision that docs/adr/0005 explains:

- D2: the ALB forwards to port 8080, so it may also leave to the ECS group on 8080.
- D3: "ECS, inbound 5432 from RDS" has the connection backwards; it is ECS outbound to the RDS group.
- D7: the firm's list of flows has ECS reach the internet on 443 through NAT, so ECS may leave to anywhere
  on 443.

The payments rows of ``nlb`` carry PrivateLink (docs/adr/0014).

Nobody is let in on 22 or 3389: access is by IAM roles. A security group rule's description may hold letters,
digits, spaces and ``._-:/()#,@[]+=&;{}!$*`` (EC2 API, AuthorizeSecurityGroupIngress), at most 255.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from securecart.components.blocks import Block
from securecart.config.model import Direction, Network, Profile, Tier


@dataclass(frozen=True)
class Group:
    """Peer: the security group of another component of the same network."""

    component: str
    """Component whose group it is, for example ``ecs``."""


@dataclass(frozen=True)
class PrefixList:
    """Peer: the addresses of an AWS service, which AWS itself keeps."""

    service: str
    """Last part of the prefix list's name, ``s3`` or ``dynamodb``."""


@dataclass(frozen=True)
class RequesterTiers:
    """Peer: the tiers at the other end of a peering; its rules are made by the peering's own stack."""


Peer = Block | Group | PrefixList | RequesterTiers
"""What a rule may name on its far side."""


@dataclass(frozen=True)
class GroupRow:
    """One row of the table."""

    component: str
    """Component whose security group takes the rules."""
    direction: Direction
    """Direction of the first packet."""
    peer: Peer
    """Source of ingress, destination of egress."""
    ports: tuple[int, ...]
    """TCP ports, a rule each."""
    why: str
    """Description of the rules."""


_IN, _OUT = Direction.INGRESS, Direction.EGRESS
_ALB, _ECS, _RDS, _ENDPOINTS, _SERVICE, _NLB = "alb", "ecs", "rds", "endpoints", "service", "nlb"

# fmt: off
APPLICATION: tuple[GroupRow, ...] = (
    #        component   way   peer                    ports      why
    GroupRow(_ALB,       _IN,  Block.ANY,              (80, 443), "customers; 80 only redirects to 443"),
    GroupRow(_ALB,       _OUT, Block.VPC,              (80, 443), "ALB to the VPC"),
    GroupRow(_ALB,       _OUT, Group(_ECS),            (8080,),   "D2: ALB forwards to ECS"),
    GroupRow(_ECS,       _IN,  Group(_ALB),            (8080,),   "only the ALB reaches ECS"),
    GroupRow(_ECS,       _OUT, Group(_RDS),            (5432,),   "D3: ECS connects to RDS"),
    GroupRow(_ECS,       _OUT, Group(_ENDPOINTS),      (443,),    "AWS services by interface endpoint"),
    GroupRow(_ECS,       _OUT, PrefixList("s3"),       (443,),    "S3 by gateway endpoint"),
    GroupRow(_ECS,       _OUT, PrefixList("dynamodb"), (443,),    "DynamoDB by gateway endpoint"),
    GroupRow(_ECS,       _OUT, Block.ANY,              (443,),    "D7: internet by NAT; payments service"),
    GroupRow(_RDS,       _IN,  Group(_ECS),            (5432,),   "only ECS reaches RDS"),
    GroupRow("lambda",   _OUT, Block.ANY,              (443,),    "order processor to the internet"),
    GroupRow(_ENDPOINTS, _IN,  Block.PRIVATE,          (443,),    "private tier to interface endpoints"),
)
"""Rows of an application network. RDS and endpoints have no egress, Lambda has no ingress."""

PAYMENTS: tuple[GroupRow, ...] = (
    #        component   way   peer                    ports      why
    GroupRow(_SERVICE,   _IN,  RequesterTiers(),       (443,),    "application to the payments service"),
    GroupRow(_SERVICE,   _OUT, Group(_RDS),            (5432,),   "D3: the service connects to RDS"),
    GroupRow(_SERVICE,   _OUT, Group(_ENDPOINTS),      (443,),    "AWS and the provider by endpoint"),
    GroupRow(_SERVICE,   _OUT, PrefixList("s3"),       (443,),    "S3 by gateway endpoint"),
    GroupRow(_SERVICE,   _OUT, PrefixList("dynamodb"), (443,),    "DynamoDB by gateway endpoint"),
    GroupRow(_RDS,       _IN,  Group(_SERVICE),        (5432,),   "only the service reaches RDS"),
    GroupRow(_ENDPOINTS, _IN,  Block.PRIVATE,          (443,),    "private tier to interface endpoints"),
    GroupRow(_NLB,       _OUT, Group(_SERVICE),        (443,),    "PrivateLink consumers to the payments service"),
    GroupRow(_SERVICE,   _IN,  Group(_NLB),            (443,),    "PrivateLink consumers by the load balancer"),
)
"""Rows of the payments network, which has no internet at all."""
# fmt: on

TABLES: Mapping[Profile, tuple[GroupRow, ...]] = MappingProxyType(
    {Profile.APPLICATION: APPLICATION, Profile.PAYMENTS: PAYMENTS}
)
"""Table of each profile."""

COMPONENT_TIERS: Mapping[str, Tier] = MappingProxyType(
    {
        _ALB: Tier.PUBLIC,
        _ECS: Tier.PRIVATE,
        "lambda": Tier.PRIVATE,
        _SERVICE: Tier.PRIVATE,
        _NLB: Tier.PRIVATE,
        _ENDPOINTS: Tier.PRIVATE,
        _RDS: Tier.DATABASE,
    }
)
"""Tier that each component lives in; a network without the tier has no such component."""


def components(network: Network) -> tuple[str, ...]:
    """Return the components that have a security group in a network, in table order."""
    named = dict.fromkeys(row.component for row in TABLES[network.profile])
    return tuple(component for component in named if COMPONENT_TIERS[component] in network.tiers)
