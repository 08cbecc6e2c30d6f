"""SecureCart's network ACL table, and its expansion into the entries of one network.

The firm's own rows keep their numbers (column *origin*: ``row 100``). Network ACLs are stateless and take the
entry with the lowest matching number (VPC user guide, "Network ACL rules"), so the firm's rows alone let no
reply return. The rows of decision D1 stand between them: replies, as narrow as the flow allows, and the
denies that a range of ephemeral ports would otherwise open. Decisions D2 and D3 add the ports that the flows
really use; docs/adr/0005 tells the whole story.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network

from securecart.components.blocks import Block, resolve
from securecart.config.model import Direction, Nat, Network, Profile, Tier

Ports = tuple[int, int]
"""First and last TCP port, inclusive."""

HTTP: Ports = (80, 80)
HTTPS: Ports = (443, 443)
SERVICE: Ports = (8080, 8080)
POSTGRES: Ports = (5432, 5432)
RDP: Ports = (3389, 3389)
EPHEMERAL: Ports = (1024, 65535)
"""Ports that clients take replies on where a load balancer, a NAT gateway, Lambda or anybody on the internet
is the client (VPC user guide, "Custom network ACLs", section Ephemeral ports)."""
LINUX: Ports = (32768, 61000)
"""Ports that Linux clients take replies on (same section); enough where ECS tasks talk to PostgreSQL."""
ALL = None
"""Every protocol, and so every port."""


class Action(StrEnum):
    """What an entry does with the traffic that matches it, in AWS's words."""

    ALLOW = "allow"
    DENY = "deny"


class Need(StrEnum):
    """What a network must have for a row to be of use in it."""

    NOTHING = "nothing"
    """Every network has use for the row."""
    NAT = "nat"
    """NAT gateways."""
    REPLIES = "replies"
    """NAT gateways, or gateway endpoints that Lambda uses too: replies from public addresses, to any client."""
    ECS_REPLIES = "ecs-replies"
    """Gateway endpoints, and neither NAT nor Lambda: replies from public addresses, to ECS tasks alone."""


@dataclass(frozen=True)
class AclRow:
    """One row of the table."""

    number: int
    """Rule number: 1 to 32766, lowest evaluated first (EC2 API, CreateNetworkAclEntry)."""
    tier: Tier
    """Tier whose network ACL takes the entry."""
    direction: Direction
    """Into or out of the tier's subnets."""
    action: Action
    """Allow or deny."""
    ports: Ports | None
    """TCP destination ports; None means every protocol."""
    peer: Block
    """Source of ingress, destination of egress."""
    origin: str
    """``row N`` for the firm's row N, else the decision (D1, D2, D3) that adds the row."""
    why: str
    """Why the row exists."""
    need: Need = Need.NOTHING
    """What a network must have; the row is left out of others."""


@dataclass(frozen=True)
class AclEntry:
    """One entry of one network's ACL: a row with its peer's addresses."""

    number: int
    """Rule number, evaluated lowest first."""
    tier: Tier
    """Tier whose network ACL takes the entry."""
    direction: Direction
    """Into or out of the tier's subnets."""
    action: Action
    """Allow or deny."""
    ports: Ports | None
    """TCP destination ports; None means every protocol."""
    cidr: IPv4Network
    """Source of ingress, destination of egress."""

    @property
    def name(self) -> str:
        """Logical name, a stable state key: tier, direction and number, for example ``private-in-200``."""
        way = "in" if self.direction is Direction.INGRESS else "out"
        return f"{self.tier}-{way}-{self.number}"


_PUB, _PRI, _DB = Tier.PUBLIC, Tier.PRIVATE, Tier.DATABASE
_IN, _OUT = Direction.INGRESS, Direction.EGRESS
_OK, _NO = Action.ALLOW, Action.DENY
_NAT, _REPLIES, _ECS_REPLIES = Need.NAT, Need.REPLIES, Need.ECS_REPLIES
_ANY, _FLEET, _VPC = Block.ANY, Block.FLEET, Block.VPC
_PUBLIC, _PRIVATE, _DATABASE = Block.PUBLIC, Block.PRIVATE, Block.DATABASE

# fmt: off
ROWS: tuple[AclRow, ...] = (
    #      no.  tier  way   act  ports      peer       origin     why
    AclRow(100, _PUB, _IN,  _OK, HTTP,      _ANY,      "row 100", "customers; 80 only redirects to 443"),
    AclRow(101, _PUB, _IN,  _OK, HTTPS,     _ANY,      "row 100", "customers to the ALB, ECS to NAT"),
    # D1: from here to the firm's deny 110, what the stateless ACL needs and the firm's rows leave out.
    AclRow(102, _PUB, _IN,  _NO, RDP,       _ANY,      "D1",      "3389 lies in the ranges of 103 and 105"),
    AclRow(103, _PUB, _IN,  _OK, EPHEMERAL, _PRIVATE,  "D1",      "replies of ECS to the ALB"),
    AclRow(104, _PUB, _IN,  _NO, ALL,       _FLEET,    "D1",      "keeps the firm's networks out of 105"),
    AclRow(105, _PUB, _IN,  _OK, EPHEMERAL, _ANY,      "D1",      "replies of the internet to NAT", _NAT),
    AclRow(110, _PUB, _IN,  _NO, ALL,       _ANY,      "row 110", "nothing else enters"),

    AclRow(120, _PUB, _OUT, _OK, HTTP,      _VPC,      "row 120", "ALB to the VPC"),
    AclRow(121, _PUB, _OUT, _OK, HTTPS,     _VPC,      "row 120", "ALB to the VPC"),
    # D2: the ALB forwards to 8080, which the firm's row 120 leaves out.
    AclRow(122, _PUB, _OUT, _OK, SERVICE,   _PRIVATE,  "D2",      "ALB to ECS"),
    AclRow(123, _PUB, _OUT, _NO, RDP,       _ANY,      "D1",      "3389 lies in the ranges of 124 and 127"),
    AclRow(124, _PUB, _OUT, _OK, EPHEMERAL, _PRIVATE,  "D1",      "NAT hands replies back", _NAT),
    AclRow(125, _PUB, _OUT, _NO, ALL,       _FLEET,    "D1",      "keeps 126, 127 off the firm's networks"),
    AclRow(126, _PUB, _OUT, _OK, HTTPS,     _ANY,      "D1",      "NAT to the internet", _NAT),
    AclRow(127, _PUB, _OUT, _OK, EPHEMERAL, _ANY,      "D1",      "replies of the ALB to customers"),
    AclRow(130, _PUB, _OUT, _NO, ALL,       _ANY,      "row 130", "nothing else leaves"),

    AclRow(200, _PRI, _IN,  _OK, SERVICE,   _PUBLIC,   "row 200", "ALB to ECS"),
    AclRow(201, _PRI, _IN,  _OK, HTTPS,     _PRIVATE,  "D1",      "to endpoints in another AZ"),
    # D3: the firm's row has the connection backwards (RDS never opens one). It is kept, and dead: the
    # database tier's own ACL lets nothing out but replies (311). Row 231 is the connection as it runs.
    AclRow(210, _PRI, _IN,  _OK, POSTGRES,  _DATABASE, "row 210", "as the firm states it; see D3"),
    AclRow(211, _PRI, _IN,  _OK, LINUX,     _DATABASE, "D1",      "replies of RDS"),
    AclRow(212, _PRI, _IN,  _NO, RDP,       _ANY,      "D1",      "3389 lies in the ranges of 213 to 219"),
    AclRow(213, _PRI, _IN,  _OK, EPHEMERAL, _PRIVATE,  "D1",      "replies of endpoints in another AZ"),
    # 214 to 217 belong to peerings, see peering_table.
    AclRow(218, _PRI, _IN,  _NO, ALL,       _FLEET,    "D1",      "keeps the firm's networks out of 219"),
    AclRow(219, _PRI, _IN,  _OK, EPHEMERAL, _ANY,      "D1",      "replies by NAT, gateway endpoints", _REPLIES),
    AclRow(219, _PRI, _IN,  _OK, LINUX,     _ANY,      "D1",      "replies by gateway endpoints", _ECS_REPLIES),
    AclRow(220, _PRI, _IN,  _NO, ALL,       _ANY,      "row 220", "nothing else enters"),

    AclRow(230, _PRI, _OUT, _OK, HTTPS,     _ANY,      "row 230", "endpoints, NAT, the payments service"),
    # D3: ECS opens the connection to RDS.
    AclRow(231, _PRI, _OUT, _OK, POSTGRES,  _DATABASE, "D3",      "ECS to RDS"),
    AclRow(232, _PRI, _OUT, _NO, RDP,       _ANY,      "D1",      "3389 lies in the ranges of 233 to 238"),
    AclRow(233, _PRI, _OUT, _OK, EPHEMERAL, _PUBLIC,   "D1",      "replies of ECS to the ALB"),
    AclRow(234, _PRI, _OUT, _OK, EPHEMERAL, _PRIVATE,  "D1",      "replies of endpoints in another AZ"),
    # 235 to 238 belong to peerings, see peering_table. AWS's own last entry denies the rest.

    AclRow(300, _DB,  _IN,  _OK, POSTGRES,  _PRIVATE,  "row 300", "ECS to RDS"),
    AclRow(310, _DB,  _IN,  _NO, ALL,       _ANY,      "row 310", "nothing else enters"),
    AclRow(311, _DB,  _OUT, _OK, LINUX,     _PRIVATE,  "D1",      "replies of RDS"),
    AclRow(320, _DB,  _OUT, _NO, ALL,       _ANY,      "row 320", "nothing else leaves"),
)
"""The table, in the order of the firm's own."""
# fmt: on

_GATEWAY_CLIENTS = {Profile.APPLICATION: Need.REPLIES, Profile.PAYMENTS: Need.ECS_REPLIES}
"""Who uses gateway endpoints in a network without NAT: only application networks have Lambda."""


def network_acl_entries(network: Network, supernet: IPv4Network, tier: Tier) -> tuple[AclEntry, ...]:
    """Return the entries of one tier's ACL in table order, without those of peerings.

    A row whose peer is a tier that the network lacks is left out, and so is one that it has no need of.

    Args:
        network: The network.
        supernet: Block that holds every network of the fleet.
        tier: Tier whose ACL it is; one of the network's own.
    """
    needs = _needs(network)
    rows = [row for row in ROWS if row.tier is tier and row.need in needs]
    peers = [(row, resolve(row.peer, network, supernet)) for row in rows]
    return tuple(
        AclEntry(row.number, row.tier, row.direction, row.action, row.ports, cidr)
        for row, cidr in peers
        if cidr is not None
    )


def _needs(network: Network) -> frozenset[Need]:
    """Return what a network has use for."""
    if network.nat is not Nat.NONE:
        return frozenset({Need.NOTHING, Need.NAT, Need.REPLIES})
    if network.endpoints is None or not network.endpoints.gateway:
        return frozenset({Need.NOTHING})
    return frozenset({Need.NOTHING, _GATEWAY_CLIENTS[network.profile]})
