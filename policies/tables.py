"""SecureCart's security group and network ACL tables, stated here a second time on purpose.

The programs have tables of their own. A change to one of the two alone does not pass the gate: nothing here
is imported from a program or a component. D1, D2, D3, D7 are decisions that docs/adr tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network
from typing import Final

from policies.subjects import NetworkFacts, tier_block
from securecart.config.model import Profile, Tier


class Block(StrEnum):
    """Addresses that a row names by their meaning."""

    ANY = "any"
    FLEET = "fleet"
    VPC = "vpc"
    PUBLIC = "public"
    PRIVATE = "private"
    DATABASE = "database"


_TIERS: Final = {Block.PUBLIC: Tier.PUBLIC, Block.PRIVATE: Tier.PRIVATE, Block.DATABASE: Tier.DATABASE}


def resolve(block: Block, network: NetworkFacts) -> IPv4Network | None:
    """Return a block's addresses in a network; None where the network lacks the tier."""
    tier = _TIERS.get(block)
    if tier is not None:
        return tier_block(network.cidr, tier) if tier in network.tiers else None
    return {Block.ANY: IPv4Network("0.0.0.0/0"), Block.FLEET: network.supernet, Block.VPC: network.cidr}[block]


@dataclass(frozen=True)
class Group:
    """Peer: the security group of another component of the same network."""

    component: str
    """Its component."""


@dataclass(frozen=True)
class ServicePrefixLists:
    """Peer: AWS's prefix lists of S3 and DynamoDB, one rule each."""

    count: int = 2
    """How many different lists there must be."""


@dataclass(frozen=True)
class GroupRow:
    """A row of the security group table: TCP to one port."""

    profile: Profile
    """Networks that take the row."""
    component: str
    """Whose group takes the rule."""
    direction: str
    """``ingress`` or ``egress``."""
    peer: Block | Group | ServicePrefixLists
    """The other end."""
    port: int
    """TCP port."""
    origin: str = ""
    """Decision that adds the row; empty for the firm's own."""

    @property
    def id(self) -> str:
        """Id of the rule that demands the row."""
        way = "in" if self.direction == "ingress" else "out"
        prefix = "payments-" if self.profile is Profile.PAYMENTS else ""
        return f"sg-row-{prefix}{self.component}-{way}-{self.peer_name}-{self.port}"

    @property
    def peer_name(self) -> str:
        """Short name of the peer."""
        if isinstance(self.peer, Group):
            return self.peer.component
        if isinstance(self.peer, ServicePrefixLists):
            return "service-prefix-lists"
        return self.peer.value

    def applies(self, network: NetworkFacts) -> bool:
        """Tell whether a network takes the row: its profile, its tiers, and the peer's tier."""
        if self.profile is not network.profile or self.component not in components(network):
            return False
        if isinstance(self.peer, Group):
            return self.peer.component in components(network)
        return not (self.peer in _TIERS and _TIERS[Block(self.peer)] not in network.tiers)


_APP, _PAY = Profile.APPLICATION, Profile.PAYMENTS
_S3_DYNAMODB = ServicePrefixLists()

# fmt: off
GROUP_ROWS: Final[tuple[GroupRow, ...]] = (
    #        profile component    direction  peer                port  decision
    GroupRow(_APP, "alb",         "ingress", Block.ANY,          80),
    GroupRow(_APP, "alb",         "ingress", Block.ANY,          443),
    GroupRow(_APP, "alb",         "egress",  Block.VPC,          80),
    GroupRow(_APP, "alb",         "egress",  Block.VPC,          443),
    GroupRow(_APP, "alb",         "egress",  Group("ecs"),       8080, "D2"),
    GroupRow(_APP, "ecs",         "ingress", Group("alb"),       8080),
    GroupRow(_APP, "ecs",         "egress",  Group("rds"),       5432, "D3"),
    GroupRow(_APP, "ecs",         "egress",  Group("endpoints"), 443),
    GroupRow(_APP, "ecs",         "egress",  _S3_DYNAMODB,       443),
    GroupRow(_APP, "ecs",         "egress",  Block.ANY,          443,  "D7"),
    GroupRow(_APP, "rds",         "ingress", Group("ecs"),       5432),
    GroupRow(_APP, "lambda",      "egress",  Block.ANY,          443),
    GroupRow(_APP, "endpoints",   "ingress", Block.PRIVATE,      443),
    GroupRow(_PAY, "service",     "egress",  Group("rds"),       5432, "D3"),
    GroupRow(_PAY, "service",     "egress",  Group("endpoints"), 443),
    GroupRow(_PAY, "service",     "egress",  _S3_DYNAMODB,       443),
    GroupRow(_PAY, "rds",         "ingress", Group("service"),   5432),
    GroupRow(_PAY, "endpoints",   "ingress", Block.PRIVATE,      443),
    GroupRow(_PAY, "nlb",         "egress",  Group("service"),   443),
    GroupRow(_PAY, "service",     "ingress", Group("nlb"),       443),
)
"""The security group table. What no row lists is forbidden, save for rules that the fleet file declares."""
# fmt: on

COMPONENT_TIERS: Final = {
    "alb": Tier.PUBLIC,
    "ecs": Tier.PRIVATE,
    "lambda": Tier.PRIVATE,
    "service": Tier.PRIVATE,
    "nlb": Tier.PRIVATE,
    "endpoints": Tier.PRIVATE,
    "rds": Tier.DATABASE,
}
"""Tier that each component lives in."""


def components(network: NetworkFacts) -> frozenset[str]:
    """Return the components that have a group in a network: those of its profile whose tier it has."""
    named = {row.component for row in GROUP_ROWS if row.profile is network.profile}
    return frozenset(name for name in named if COMPONENT_TIERS[name] in network.tiers)


class Use(StrEnum):
    """Which networks take a row of the network ACL table."""

    ALWAYS = "always"
    NAT = "with NAT"
    REPLIES = "with NAT, or application networks with gateway endpoints, which Lambda uses"
    ECS_REPLIES = "payments networks with gateway endpoints and no NAT: ECS alone uses them"


def _is_for(use: Use, network: NetworkFacts) -> bool:
    """Tell whether a network is one of those that take a row."""
    nat, application = network.nat_gateways > 0, network.profile is Profile.APPLICATION
    return {
        Use.ALWAYS: True,
        Use.NAT: nat,
        Use.REPLIES: nat or (application and network.gateway_endpoints),
        Use.ECS_REPLIES: network.gateway_endpoints and not nat and not application,
    }[use]


@dataclass(frozen=True)
class AclRow:
    """A row of the network ACL table."""

    number: int
    """Entry number; the lowest that matches decides."""
    tier: Tier
    """Tier whose network ACL has the entry."""
    egress: bool
    """Whether it judges what leaves."""
    allow: bool
    """Whether it allows or denies."""
    ports: tuple[int, int] | None
    """TCP ports, inclusive; None means every protocol."""
    peer: Block
    """The other end's addresses."""
    origin: str
    """``row N`` of the firm's table, or the decision that adds the entry."""
    use: Use = Use.ALWAYS
    """Which networks take it."""

    @property
    def id(self) -> str:
        """Id of the rule that demands the entry."""
        variant = "-ecs-replies" if self.use is Use.ECS_REPLIES else ""
        return f"nacl-row-{self.number}-{self.tier}-{'out' if self.egress else 'in'}{variant}"

    def applies(self, network: NetworkFacts) -> bool:
        """Tell whether a network takes the row: its tiers, and whom the row is for."""
        tiers = {self.tier, _TIERS.get(self.peer, self.tier)}
        return tiers <= set(network.tiers) and _is_for(self.use, network)


_PUB, _PRI, _DB = Tier.PUBLIC, Tier.PRIVATE, Tier.DATABASE
_IN, _OUT, _ALLOW, _DENY = False, True, True, False
_EPHEMERAL, _LINUX = (1024, 65535), (32768, 61000)

# fmt: off
ACL_ROWS: Final[tuple[AclRow, ...]] = (
    #      no.  tier  way   action  ports         peer            origin
    AclRow(100, _PUB, _IN,  _ALLOW, (80, 80),     Block.ANY,      "row 100"),
    AclRow(101, _PUB, _IN,  _ALLOW, (443, 443),   Block.ANY,      "row 100"),
    AclRow(102, _PUB, _IN,  _DENY,  (3389, 3389), Block.ANY,      "D1"),
    AclRow(103, _PUB, _IN,  _ALLOW, _EPHEMERAL,   Block.PRIVATE,  "D1"),
    AclRow(104, _PUB, _IN,  _DENY,  None,         Block.FLEET,    "D1"),
    AclRow(105, _PUB, _IN,  _ALLOW, _EPHEMERAL,   Block.ANY,      "D1", Use.NAT),
    AclRow(110, _PUB, _IN,  _DENY,  None,         Block.ANY,      "row 110"),
    AclRow(120, _PUB, _OUT, _ALLOW, (80, 80),     Block.VPC,      "row 120"),
    AclRow(121, _PUB, _OUT, _ALLOW, (443, 443),   Block.VPC,      "row 120"),
    AclRow(122, _PUB, _OUT, _ALLOW, (8080, 8080), Block.PRIVATE,  "D2"),
    AclRow(123, _PUB, _OUT, _DENY,  (3389, 3389), Block.ANY,      "D1"),
    AclRow(124, _PUB, _OUT, _ALLOW, _EPHEMERAL,   Block.PRIVATE,  "D1", Use.NAT),
    AclRow(125, _PUB, _OUT, _DENY,  None,         Block.FLEET,    "D1"),
    AclRow(126, _PUB, _OUT, _ALLOW, (443, 443),   Block.ANY,      "D1", Use.NAT),
    AclRow(127, _PUB, _OUT, _ALLOW, _EPHEMERAL,   Block.ANY,      "D1"),
    AclRow(130, _PUB, _OUT, _DENY,  None,         Block.ANY,      "row 130"),
    AclRow(200, _PRI, _IN,  _ALLOW, (8080, 8080), Block.PUBLIC,   "row 200"),
    AclRow(201, _PRI, _IN,  _ALLOW, (443, 443),   Block.PRIVATE,  "D1"),
    AclRow(210, _PRI, _IN,  _ALLOW, (5432, 5432), Block.DATABASE, "row 210"),
    AclRow(211, _PRI, _IN,  _ALLOW, _LINUX,       Block.DATABASE, "D1"),
    AclRow(212, _PRI, _IN,  _DENY,  (3389, 3389), Block.ANY,      "D1"),
    AclRow(213, _PRI, _IN,  _ALLOW, _EPHEMERAL,   Block.PRIVATE,  "D1"),
    AclRow(218, _PRI, _IN,  _DENY,  None,         Block.FLEET,    "D1"),
    AclRow(219, _PRI, _IN,  _ALLOW, _EPHEMERAL,   Block.ANY,      "D1", Use.REPLIES),
    AclRow(219, _PRI, _IN,  _ALLOW, _LINUX,       Block.ANY,      "D1", Use.ECS_REPLIES),
    AclRow(220, _PRI, _IN,  _DENY,  None,         Block.ANY,      "row 220"),
    AclRow(230, _PRI, _OUT, _ALLOW, (443, 443),   Block.ANY,      "row 230"),
    AclRow(231, _PRI, _OUT, _ALLOW, (5432, 5432), Block.DATABASE, "D3"),
    AclRow(232, _PRI, _OUT, _DENY,  (3389, 3389), Block.ANY,      "D1"),
    AclRow(233, _PRI, _OUT, _ALLOW, _EPHEMERAL,   Block.PUBLIC,   "D1"),
    AclRow(234, _PRI, _OUT, _ALLOW, _EPHEMERAL,   Block.PRIVATE,  "D1"),
    AclRow(300, _DB,  _IN,  _ALLOW, (5432, 5432), Block.PRIVATE,  "row 300"),
    AclRow(310, _DB,  _IN,  _DENY,  None,         Block.ANY,      "row 310"),
    AclRow(311, _DB,  _OUT, _ALLOW, _LINUX,       Block.PRIVATE,  "D1"),
    AclRow(320, _DB,  _OUT, _DENY,  None,         Block.ANY,      "row 320"),
)
"""The network ACL table. Peerings add entries 214 to 217 and 235 to 238, sites 202 to 208 and 239 to 244."""
# fmt: on

PEERING_INGRESS_NUMBERS: Final = range(214, 218)
PEERING_EGRESS_NUMBERS: Final = range(235, 239)
SITE_INGRESS_NUMBERS: Final = range(202, 209)
SITE_EGRESS_NUMBERS: Final = range(239, 245)
EPHEMERAL: Final = _EPHEMERAL
"""Ports that replies go to (Amazon VPC user guide, Custom network ACLs, ephemeral ports)."""
