"""Security group rules between Pulumi's inline form and EC2's IpPermissions, by way of single rules. Pure.

Sources: EC2 API reference, IpPermission; pulumi-aws 7, aws.ec2.SecurityGroup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from securecart.sandbox.types.normalise import group_protocol, port

_PEERS = (
    ("cidrBlocks", "IpRanges", "CidrIp"),
    ("ipv6CidrBlocks", "Ipv6Ranges", "CidrIpv6"),
    ("prefixListIds", "PrefixListIds", "PrefixListId"),
    ("securityGroups", "UserIdGroupPairs", "GroupId"),
)
"""Pulumi's list of peers, EC2's list, and the member of that which names the peer."""
SELF = "self"
"""Stands for the group itself as a peer."""


@dataclass(frozen=True, order=True)
class Rule:
    """One protocol, port range and peer."""

    protocol: str
    """Name, number or `-1` for all."""
    from_port: int
    """First port, or ICMP type; 0 where the protocol has none."""
    to_port: int
    """Last port, or ICMP code."""
    kind: str
    """Pulumi's list that the peer stands in, such as `cidrBlocks`."""
    peer: str
    """CIDR block, prefix list id, group id or SELF."""
    description: str = ""
    """What the rule is for."""


def from_inline(items: object) -> frozenset[Rule]:
    """Return the rules in Pulumi's inline `ingress` or `egress`."""
    rules: set[Rule] = set()
    for item in items if isinstance(items, list) else ():
        peers = [(kind, str(peer)) for kind, _, _ in _PEERS for peer in item.get(kind) or ()]
        peers += [("securityGroups", SELF)] if item.get("self") else []
        rules.update(
            Rule(
                str(group_protocol(item.get("protocol"))),
                _number(item.get("fromPort")),
                _number(item.get("toPort")),
                kind,
                peer,
                str(item.get("description") or ""),
            )
            for kind, peer in peers
        )
    return frozenset(rules)


def from_permissions(permissions: object, group_id: str) -> frozenset[Rule]:
    """Return the rules in EC2's IpPermissions of a group."""
    rules: set[Rule] = set()
    for item in permissions if isinstance(permissions, list) else ():
        for kind, listed, member in _PEERS:
            for peer in item.get(listed) or ():
                name = SELF if peer[member] == group_id else str(peer[member])
                rules.add(
                    Rule(
                        str(group_protocol(item.get("IpProtocol"))),
                        _number(item.get("FromPort")),
                        _number(item.get("ToPort")),
                        kind,
                        name,
                        str(peer.get("Description") or ""),
                    )
                )
    return frozenset(rules)


def to_permissions(rules: Iterable[Rule], group_id: str) -> list[dict[str, object]]:
    """Return rules as EC2's IpPermissions, one for each."""
    return [_permission(rule, group_id) for rule in sorted(rules)]


def to_inline(rules: Iterable[Rule]) -> list[dict[str, object]]:
    """Return rules in Pulumi's inline form, those that differ only in the peer as one."""
    grouped: dict[tuple[str, int, int, str], list[Rule]] = {}
    for rule in sorted(rules):
        grouped.setdefault((rule.protocol, rule.from_port, rule.to_port, rule.description), []).append(rule)
    return [_inline(members) for members in grouped.values()]


def comparable(items: object) -> object:
    """Return inline rules as one value for equal sets of rules, however they are grouped."""
    return from_inline(items)


def _permission(rule: Rule, group_id: str) -> dict[str, object]:
    listed, member = next((listed, member) for kind, listed, member in _PEERS if kind == rule.kind)
    peer = {member: group_id if rule.peer == SELF else rule.peer}
    ports = {} if rule.protocol == "-1" else {"FromPort": rule.from_port, "ToPort": rule.to_port}
    described = {**peer, "Description": rule.description} if rule.description else peer
    return {"IpProtocol": rule.protocol, **ports, listed: [described]}


def _inline(rules: list[Rule]) -> dict[str, object]:
    first = rules[0]
    item: dict[str, object] = {
        "protocol": first.protocol,
        "fromPort": first.from_port,
        "toPort": first.to_port,
        "description": first.description,
        "self": any(rule.peer == SELF for rule in rules),
    }
    for kind, _, _ in _PEERS:
        item[kind] = [rule.peer for rule in rules if rule.kind == kind and rule.peer != SELF]
    return item


def _number(value: object) -> int:
    return int(str(port(value)))


def group_of(answer: Mapping[str, object]) -> Mapping[str, object]:
    """Return the one group in an answer of DescribeSecurityGroups; {} when there is none."""
    groups = answer.get("SecurityGroups")
    return groups[0] if isinstance(groups, list) and groups else {}
