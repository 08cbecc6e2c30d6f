"""The security group rules of one network: its table's rows with addresses, and the fleet file's extras."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, ip_network

from securecart.components.blocks import Block, resolve
from securecart.components.security_group_table import (
    TABLES,
    Group,
    GroupRow,
    PrefixList,
    RequesterTiers,
    components,
)
from securecart.config.model import Direction, Network, SecurityGroupRule
from securecart.errors import ProgramError


@dataclass(frozen=True)
class GroupRule:
    """One standalone rule of one network; exactly one of cidr, group and prefix_list is set."""

    component: str
    """Component whose group takes the rule."""
    direction: Direction
    """Direction of the first packet."""
    label: str
    """Short name of the peer; with component, direction and ports it makes the logical name."""
    protocol: str
    """tcp, udp, icmp, or -1 for all."""
    ports: tuple[int, int] | None
    """First and last port (or ICMP type and code); None with protocol -1, where AWS takes none."""
    description: str
    """Why the rule exists."""
    cidr: str | None = None
    """Peer as an IPv4 or IPv6 block."""
    group: str | None = None
    """Peer as the security group of a component of the same network."""
    prefix_list: str | None = None
    """Peer as an AWS service, s3 or dynamodb."""

    @property
    def name(self) -> str:
        """Logical name, a stable state key, for example ``alb-in-internet-443``."""
        way = "in" if self.direction is Direction.INGRESS else "out"
        first, last = self.ports or (-1, -1)
        span = "all" if self.ports is None else str(first) if first == last else f"{first}-{last}"
        return f"{self.component}-{way}-{self.label}-{span}"


def table_rules(network: Network, supernet: IPv4Network) -> tuple[GroupRule, ...]:
    """Return the rules that the network's table gives it, one for each port, without those of peerings."""
    present = components(network)
    rows = [row for row in TABLES[network.profile] if row.component in present]
    return tuple(rule for row in rows for rule in _expand(row, network, supernet))


def extra_rules(network: Network) -> tuple[GroupRule, ...]:
    """Return the rules that the fleet file adds to the table.

    Raises:
        ProgramError: a rule names a component that has no group in the network.
    """
    return tuple(_extra(rule, network) for rule in network.security_group_rules)


def _expand(row: GroupRow, network: Network, supernet: IPv4Network) -> list[GroupRule]:
    """Return a rule for each port of a row; none where the peer does not exist in the network."""

    def rules(
        label: str, *, cidr: str | None = None, group: str | None = None, prefix_list: str | None = None
    ) -> list[GroupRule]:
        return [
            GroupRule(row.component, row.direction, label, "tcp", (port, port), row.why, cidr, group, prefix_list)
            for port in row.ports
        ]

    match row.peer:
        case Group(component):
            return rules(component, group=component) if component in components(network) else []
        case PrefixList(service):
            return rules(service, prefix_list=service)
        case RequesterTiers():
            return []
        case Block() as block:
            block_cidr = resolve(block, network, supernet)
            label = "internet" if block is Block.ANY else str(block)
            return rules(label, cidr=str(block_cidr)) if block_cidr else []


def _extra(rule: SecurityGroupRule, network: Network) -> GroupRule:
    """Return the fleet file's rule in the shape of the table's."""
    present = components(network)
    if rule.group not in present:
        raise ProgramError(
            f"security group rule {rule.description!r} names a component without a group",
            value=rule.group,
            rule=f"a group of this network: {', '.join(present)}",
            remedy="change `group` under security_group_rules in the fleet file",
        )
    # The label keeps clear of ":", which separates the parts of a URN.
    label = f"extra-{rule.protocol}-{str(ip_network(rule.cidr)).replace(':', '.').replace('/', '_')}"
    ports = None if rule.protocol == "-1" else (rule.from_port, rule.to_port)
    return GroupRule(
        rule.group,
        rule.direction,
        label,
        rule.protocol,
        ports,
        rule.description,
        cidr=str(ip_network(rule.cidr)),
    )
