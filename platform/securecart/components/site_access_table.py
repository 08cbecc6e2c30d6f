"""What sites beyond AWS add to the two tables: network ACL entries and security group rules of what they reach.

Flows go from the site to the listed tiers, so the network takes the requests in and lets the replies out. The site's
blocks lie outside the supernet, where row 219 would take them for the internet: a deny below it keeps out whatever
is no listed request, and with it the replies to connections that the network might open to the site by row 230.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network
from types import MappingProxyType

from securecart.components.network_acl_table import EPHEMERAL, AclEntry, Action, Ports
from securecart.components.security_group_rules import GroupRule
from securecart.config.model import Direction, Fleet, Reach, Tier
from securecart.errors import ProgramError

SITE_NUMBERS: Mapping[Direction, range] = MappingProxyType(
    {Direction.INGRESS: range(202, 209), Direction.EGRESS: range(239, 245)}
)
"""Rule numbers of the private tier's ACL that are kept free for sites, in each direction."""


@dataclass(frozen=True)
class SiteEntry:
    """An ACL entry that one site adds to one network."""

    site: str
    """Stack of the site's connection, which owns the entry."""
    entry: AclEntry
    """The entry."""


def site_entries(fleet: Fleet, network: str) -> tuple[SiteEntry, ...]:
    """Return the entries that all sites add to a network's private tier's ACL.

    Numbers go by the order of the sites in the fleet file, so a site added below moves none.

    Raises:
        ProgramError: the sites need more entries than there are numbers.
    """
    numbers = {direction: iter(SITE_NUMBERS[direction]) for direction in Direction}
    entries = []
    for stack, cidrs, reach in _reaches(fleet, network):
        for direction, action, ports, cidr in _rows(cidrs, reach):
            number = next(numbers[direction], None)
            if number is None:
                raise ProgramError(
                    f"stack {stack!r} leaves network {network!r} without a free ACL number",
                    value=direction.value,
                    rule=f"sites share the numbers {SITE_NUMBERS[direction]} of the private tier's ACL",
                    remedy="list fewer blocks or ports",
                )
            entries.append(SiteEntry(stack, AclEntry(number, Tier.PRIVATE, direction, action, ports, cidr)))
    return tuple(entries)


def site_rules(site: str, cidrs: tuple[IPv4Network, ...], reach: Reach) -> tuple[GroupRule, ...]:
    """Return the ingress rules that let a site reach what it lists of one network."""
    return tuple(
        GroupRule(
            component=reach.group,
            direction=Direction.INGRESS,
            label=f"{site}-{block_label(cidr)}",
            protocol="tcp",
            ports=(port, port),
            description=f"site {site}",
            cidr=str(cidr),
        )
        for cidr in cidrs
        for port in reach.ports
    )


def block_label(cidr: IPv4Network) -> str:
    """Return a block as a part of a logical name, for example ``192.168.100.0_24``."""
    return str(cidr).replace("/", "_")


def _reaches(fleet: Fleet, network: str) -> Iterator[tuple[str, tuple[IPv4Network, ...], Reach]]:
    """Yield every site's entry for a network, with the stack of its connection and its blocks."""
    for name, vpn in fleet.vpns.items():
        yield from ((f"vpn-{name}", vpn.cidrs, reach) for reach in vpn.reaches if reach.network == network)
    for name, link in fleet.direct_connects.items():
        yield from ((f"direct-connect-{name}", link.cidrs, reach) for reach in link.reaches if reach.network == network)


_Row = tuple[Direction, Action, Ports | None, IPv4Network]
"""Direction, action, ports (None: everything) and peer of an entry."""


def _rows(cidrs: tuple[IPv4Network, ...], reach: Reach) -> Iterator[_Row]:
    """Yield the entries of each block: requests in, nothing else in, replies out."""
    for cidr in cidrs:
        yield from ((Direction.INGRESS, Action.ALLOW, (port, port), cidr) for port in reach.ports)
        yield Direction.INGRESS, Action.DENY, None, cidr
        yield Direction.EGRESS, Action.ALLOW, EPHEMERAL, cidr
