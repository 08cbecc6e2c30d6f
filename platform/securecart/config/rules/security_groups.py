"""Extra security group rules: such that AWS takes them. Whether they are wise is the policy pack's to say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_network
from types import MappingProxyType
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Network, Profile, SecurityGroupRule, Tier
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.words import suggestion

GROUPS: Final[Mapping[Profile, Mapping[str, Tier]]] = MappingProxyType(
    {
        Profile.APPLICATION: MappingProxyType(
            {
                "alb": Tier.PUBLIC,
                "ecs": Tier.PRIVATE,
                "lambda": Tier.PRIVATE,
                "endpoints": Tier.PRIVATE,
                "rds": Tier.DATABASE,
            }
        ),
        Profile.PAYMENTS: MappingProxyType(
            {"service": Tier.PRIVATE, "nlb": Tier.PRIVATE, "endpoints": Tier.PRIVATE, "rds": Tier.DATABASE}
        ),
    }
)
"""Components with a security group in each profile, and the tier they live in."""

_DESCRIPTION = re.compile(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]*")
"""What a rule's description may hold (EC2 API reference, IpRange)."""


def _rules(draft: Draft) -> Iterator[tuple[KeyPath, Network, SecurityGroupRule]]:
    for name, network in draft.networks.items():
        for position, rule in enumerate(network.security_group_rules):
            yield ("networks", name, "security_group_rules", position), network, rule


def _groups(draft: Draft) -> Iterator[Breach]:
    for path, network, rule in _rules(draft):
        groups = [group for group, tier in GROUPS[network.profile].items() if tier in network.tiers]
        if rule.group not in groups:
            message = f"the network has no security group {rule.group!r}"
            yield Breach((*path, "group"), message, remedy=suggestion(rule.group, groups))


def _ports(draft: Draft) -> Iterator[Breach]:
    for path, _, rule in _rules(draft):
        ports = (rule.from_port, rule.to_port)
        if rule.protocol in ("icmp", "-1"):
            if ports != (-1, -1):
                yield Breach((*path, "from_port"), f"protocol {rule.protocol} has no ports: both must be -1")
        elif min(ports) < 0:
            yield Breach((*path, "from_port"), f"protocol {rule.protocol} needs ports from 0 to 65535")
        elif rule.from_port > rule.to_port:
            yield Breach((*path, "from_port"), f"from_port {rule.from_port} is above to_port {rule.to_port}")


def _cidrs(draft: Draft) -> Iterator[Breach]:
    for path, _, rule in _rules(draft):
        where = (*path, "cidr")
        try:
            whole = str(ip_network(rule.cidr, strict=False))
        except ValueError:
            yield Breach(where, f"{rule.cidr!r} is neither an IPv4 nor an IPv6 CIDR block")
            continue
        if rule.cidr != whole:
            message = f"{rule.cidr} has host bits set, or is written in another way than AWS writes blocks"
            yield Breach(where, message, remedy=f"write {whole}")


def _twins(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        rules = network.security_group_rules
        keys = [(rule.group, rule.direction, rule.protocol, rule.from_port, rule.to_port, rule.cidr) for rule in rules]
        for first, again in repeated(keys):
            path = ("networks", name, "security_group_rules")
            yield Breach((*path, again), f"the same as rule [{first}]", ((*path, first),))


def _descriptions(draft: Draft) -> Iterator[Breach]:
    for path, _, rule in _rules(draft):
        if not _DESCRIPTION.fullmatch(rule.description):
            yield Breach((*path, "description"), "the description holds characters that AWS refuses")


SECURITY_GROUP_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "sg-rule-group",
        "An extra rule names a component that has a security group in its network.",
        "name one of the network's components",
        _groups,
    ),
    Rule(
        "sg-rule-ports",
        "tcp and udp have ports from 0 to 65535 in order; icmp and -1 have -1 for both.",
        "correct from_port and to_port",
        _ports,
    ),
    Rule(
        "sg-rule-cidr",
        "The peer is a CIDR block without host bits, as AWS writes it.",
        "write for example 10.0.0.0/8",
        _cidrs,
    ),
    Rule("sg-rule-unique", "No rule stands twice: AWS refuses the second.", "remove one of them", _twins),
    Rule(
        "sg-rule-description",
        "A description holds ASCII letters, digits, spaces and ._-:/()#,@[]+=&;{}!$* only.",
        "use these characters",
        _descriptions,
    ),
)
"""Rules about extra security group rules."""
