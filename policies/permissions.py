"""Security group rules in one form, however they are declared: standalone, legacy or inline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from policies import aws_types as t
from policies.networks import Ports
from policies.values import UNKNOWN, Props, Unknown, Value, items, nested, number, text
from policies.views import Resource


class PeerKind(Enum):
    """What the other end of a security group rule is."""

    CIDR = "cidr"
    GROUP = "group"
    PREFIX_LIST = "prefix list"


@dataclass(frozen=True)
class Permission:
    """One protocol, port range and peer, in one direction, on one group."""

    direction: str | Unknown | None
    """``ingress`` or ``egress``."""
    ports: Ports
    """Protocol and ports."""
    kind: PeerKind | Unknown
    """What the peer is; UNKNOWN where a whole rule is not known."""
    peer: str | Unknown
    """CIDR, group id or prefix list id; ``self`` for the group itself."""
    key: str
    """Property that names the peer, for its dependencies."""

    def __str__(self) -> str:
        """Ports and peer."""
        peer = "?" if self.peer is UNKNOWN else self.peer
        return f"{self.ports} {peer}"


# Property of the peer in standalone rules (one value) and in legacy and inline rules (lists).
_STANDALONE_PEERS = {
    "cidrIpv4": PeerKind.CIDR,
    "cidrIpv6": PeerKind.CIDR,
    "referencedSecurityGroupId": PeerKind.GROUP,
    "prefixListId": PeerKind.PREFIX_LIST,
}
_LISTED_PEERS = {
    "cidrBlocks": PeerKind.CIDR,
    "ipv6CidrBlocks": PeerKind.CIDR,
    "securityGroups": PeerKind.GROUP,
    "sourceSecurityGroupId": PeerKind.GROUP,
    "prefixListIds": PeerKind.PREFIX_LIST,
}
_STANDALONE_DIRECTION = {t.INGRESS_RULE: "ingress", t.EGRESS_RULE: "egress"}
RULE_TYPES = frozenset({*t.SECURITY_GROUP_RULES, *t.SECURITY_GROUP, *t.DEFAULT_SECURITY_GROUP})
"""Types that can hold security group rules."""


def permissions(resource: Resource) -> Iterator[Permission]:
    """Return every permission that a resource of one of RULE_TYPES grants."""
    props = resource.props
    if resource.type in _STANDALONE_DIRECTION:
        ports = Ports(text(props, "ipProtocol"), number(props, "fromPort"), number(props, "toPort"))
        direction = _STANDALONE_DIRECTION[resource.type]
        for key, kind in _STANDALONE_PEERS.items():
            if (peer := text(props, key)) is not None:
                yield Permission(direction, ports, kind, peer, key)
    elif resource.type == t.LEGACY_RULE:
        yield from _listed(props, text(props, "type"))
    else:
        for direction in ("ingress", "egress"):
            yield from _inline(items(props, direction), direction)


def _inline(rules: tuple[Value, ...] | Unknown, direction: str) -> Iterator[Permission]:
    for rule in (UNKNOWN,) if rules is UNKNOWN else rules:
        if rule is UNKNOWN:
            yield Permission(direction, Ports(UNKNOWN, UNKNOWN, UNKNOWN), UNKNOWN, UNKNOWN, direction)
        else:
            yield from _listed(nested(rule), direction)


def _listed(props: Props, direction: str | Unknown | None) -> Iterator[Permission]:
    ports = Ports(text(props, "protocol"), number(props, "fromPort"), number(props, "toPort"))
    for key, kind in _LISTED_PEERS.items():
        peers = items(props, key)
        for peer in (UNKNOWN,) if peers is UNKNOWN else peers:
            yield Permission(direction, ports, kind, UNKNOWN if peer is UNKNOWN else str(peer), key)
    own = text(props, "self")
    if own is UNKNOWN or own == "true":
        yield Permission(direction, ports, PeerKind.GROUP, UNKNOWN if own is UNKNOWN else "self", "self")
