"""What a VPC peering adds to the two tables: network ACL entries on both sides, security group rules on one.

Flows go from the requester's tiers to the accepter's tiers, so the requester needs the replies in and the
accepter the requests in and the replies out. Row 230 already lets 443 out of the requester; other ports take
a row of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from types import MappingProxyType

from securecart.components.network_acl_table import EPHEMERAL, HTTPS, AclEntry, Action, Ports
from securecart.components.security_group_rules import GroupRule
from securecart.components.security_group_table import TABLES, RequesterTiers
from securecart.config.addressing import tier_block
from securecart.config.model import Direction, Fleet, Peering, PeeringSide, Tier
from securecart.errors import ProgramError

PEERING_NUMBERS: Mapping[Direction, range] = MappingProxyType(
    {Direction.INGRESS: range(214, 218), Direction.EGRESS: range(235, 239)}
)
"""Rule numbers of the private tier's ACL that are kept free for peerings, in each direction."""


@dataclass(frozen=True)
class PeeringEntry:
    """An ACL entry that one connection adds to one network."""

    connection: str
    """Name of the connection; its stack owns the entry."""
    entry: AclEntry
    """The entry."""


def peering_entries(fleet: Fleet, network: str) -> tuple[PeeringEntry, ...]:
    """Return the entries that all peerings of a network add to its private tier's ACL.

    Numbers go by the order of the connections in the fleet file, so a connection added below moves none.

    Raises:
        ProgramError: the peerings need more entries than there are numbers, or a side names another tier.
    """
    numbers = {direction: iter(PEERING_NUMBERS[direction]) for direction in Direction}
    entries = []
    for name, connection in fleet.connections.items():
        if not isinstance(connection, Peering):
            continue
        for direction, ports, cidr in _rows(fleet, connection, network):
            number = next(numbers[direction], None)
            if number is None:
                raise ProgramError(
                    f"connection {name!r} leaves network {network!r} without a free ACL number",
                    value=direction.value,
                    rule=f"peerings share the numbers {PEERING_NUMBERS[direction]} of the private tier's ACL",
                    remedy="merge connections, or list fewer tiers and ports",
                )
            entries.append(PeeringEntry(name, AclEntry(number, Tier.PRIVATE, direction, Action.ALLOW, ports, cidr)))
    return tuple(entries)


def accepter_group(fleet: Fleet, peering: Peering) -> str:
    """Return the component whose security group serves the accepter's side.

    Raises:
        ProgramError: no row of the accepter's table takes peers.
    """
    network = fleet.networks[peering.accepter.network]
    for row in TABLES[network.profile]:
        if isinstance(row.peer, RequesterTiers):
            return row.component
    raise ProgramError(
        f"network {peering.accepter.network!r} cannot accept a peering",
        value=network.profile.value,
        rule="the accepter's security group table has a row for requesters",
        remedy="make the network with the payments profile the accepter",
    )


def peering_rules(fleet: Fleet, peering: Peering) -> tuple[GroupRule, ...]:
    """Return the ingress rules that let the requester's tiers reach the accepter's service."""
    component = accepter_group(fleet, peering)
    requester = peering.requester.network
    return tuple(
        GroupRule(
            component=component,
            direction=Direction.INGRESS,
            label=f"{requester}-{tier}",
            protocol="tcp",
            ports=(port, port),
            description=f"{requester} {tier} tier by VPC peering",
            cidr=str(tier_block(fleet.networks[requester].cidr, tier)),
        )
        for tier in peering.requester.tiers
        for port in peering.ports
    )


def _rows(fleet: Fleet, peering: Peering, network: str) -> Iterator[tuple[Direction, Ports, IPv4Network]]:
    """Yield what one peering adds to one network: direction, ports, the other side's addresses."""
    ports = [(port, port) for port in peering.ports]
    if network == peering.requester.network:
        for cidr in _blocks(fleet, peering.accepter):
            yield Direction.INGRESS, EPHEMERAL, cidr
            yield from ((Direction.EGRESS, port, cidr) for port in ports if port != HTTPS)
    elif network == peering.accepter.network:
        for cidr in _blocks(fleet, peering.requester):
            yield from ((Direction.INGRESS, port, cidr) for port in ports)
            yield Direction.EGRESS, EPHEMERAL, cidr


def _blocks(fleet: Fleet, side: PeeringSide) -> list[IPv4Network]:
    """Return the blocks of a side's tiers."""
    if set(side.tiers) != {Tier.PRIVATE}:
        raise ProgramError(
            f"the peering of network {side.network!r} lists a tier without ACL numbers for peerings",
            value=[tier.value for tier in side.tiers],
            rule="only the private tier takes part in peerings: load balancers and databases do not",
            remedy="list the private tier alone",
        )
    return [tier_block(fleet.networks[side.network].cidr, tier) for tier in side.tiers]
