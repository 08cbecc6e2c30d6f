"""Alias records: a name of the fleet's zone that leads to an AWS resource, for IPv4 and, where it has it, IPv6."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from securecart.components.sdk import route53
from securecart.program.scope import Scope

RECORD_TYPES: Mapping[bool, tuple[str, ...]] = {False: ("A",), True: ("A", "AAAA")}
"""Records of a name, by whether its target answers on IPv6 too."""


@dataclass(frozen=True)
class AliasArgs:
    """What an alias needs."""

    zone_id: pulumi.Input[str]
    """Hosted zone that gets the records."""
    host: str
    """Name of the records; it lies in the zone."""
    target_dns_name: pulumi.Input[str]
    """DNS name that AWS gave to the target."""
    target_zone_id: pulumi.Input[str]
    """Hosted zone of the target's own DNS name, which is AWS's."""
    ipv6: bool
    """Whether the target answers on IPv6, so that the name gets an AAAA record beside its A record."""
    evaluate_target_health: bool
    """Whether Route 53 asks for the target's health; never for CloudFront (Route 53 developer guide, "Values specific
    for simple alias records")."""


def alias_records(scope: Scope, name: str, args: AliasArgs) -> tuple[route53.Record, ...]:
    """Create the records of one host below the scope's parent.

    Args:
        scope: Account of the zone; Route 53 is global, so that its region matters to nothing but the endpoint.
        name: Prefix of the resources' names, unique within the stack.
        args: Zone, host and target.
    """
    return tuple(
        route53.Record(
            f"{name}-{record_type.lower()}",
            zone_id=args.zone_id,
            name=args.host,
            type=record_type,
            aliases=[
                route53.RecordAliasArgs(
                    name=args.target_dns_name,
                    zone_id=args.target_zone_id,
                    evaluate_target_health=args.evaluate_target_health,
                )
            ],
            opts=scope.opts(),
        )
        for record_type in RECORD_TYPES[args.ipv6]
    )
