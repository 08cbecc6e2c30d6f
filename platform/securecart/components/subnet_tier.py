"""One tier of a network: a subnet and a route table per availability zone, and the tier's network ACL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.network_acl_rule import network_acl_rule
from securecart.components.network_acl_table import AclEntry
from securecart.components.sdk import ec2
from securecart.config.model import Tier
from securecart.program.scope import Scope


@dataclass(frozen=True)
class SubnetTierArgs:
    """What a tier needs."""

    vpc_id: pulumi.Input[str]
    """Id of the VPC."""
    tier: Tier
    """Which tier it is; the label ``securecart:tier`` of its resources."""
    cidrs: Mapping[str, IPv4Network]
    """Block of the subnet in each availability zone."""
    acl_entries: Sequence[AclEntry]
    """Entries of the tier's network ACL."""


class SubnetTier(pulumi.ComponentResource):
    """A tier without any way out: whoever needs one adds routes to its route tables."""

    tier: Tier
    """Which tier it is."""
    subnet_ids: Mapping[str, pulumi.Output[str]]
    """Subnet id of each availability zone."""
    route_table_ids: Mapping[str, pulumi.Output[str]]
    """Route table id of each availability zone."""
    network_acl_id: pulumi.Output[str]
    """Id of the tier's network ACL."""

    def __init__(self, name: str, scope: Scope, args: SubnetTierArgs) -> None:
        """Create the tier's subnets, route tables and network ACL."""
        super().__init__("securecart:network:SubnetTier", name, None, scope.component_opts())
        inner = scope.within(self)
        self.tier = args.tier
        self.subnet_ids = {az: _subnet(inner, args, az).id for az in args.cidrs}
        self.route_table_ids = {
            az: _route_table(inner, args, az, subnet_id).id for az, subnet_id in self.subnet_ids.items()
        }
        self.network_acl_id = _network_acl(inner, args, self.subnet_ids).id
        self.register_outputs({"subnet_ids": dict(self.subnet_ids), "network_acl_id": self.network_acl_id})


def _subnet(scope: Scope, args: SubnetTierArgs, az: str) -> ec2.Subnet:
    """Create the subnet of one zone; nothing launched in it gets a public address."""
    name = f"{args.tier}-{az}"
    return ec2.Subnet(
        name,
        vpc_id=args.vpc_id,
        availability_zone=az,
        cidr_block=str(args.cidrs[az]),
        map_public_ip_on_launch=False,
        tags=scope.tags(name, tier=args.tier),
        opts=scope.opts(),
    )


def _route_table(scope: Scope, args: SubnetTierArgs, az: str, subnet_id: pulumi.Input[str]) -> ec2.RouteTable:
    """Create the route table of one zone, for the zone's subnet. Routes are resources of their own."""
    name = f"{args.tier}-{az}"
    table = ec2.RouteTable(name, vpc_id=args.vpc_id, tags=scope.tags(name, tier=args.tier), opts=scope.opts())
    ec2.RouteTableAssociation(name, subnet_id=subnet_id, route_table_id=table.id, opts=scope.opts())
    return table


def _network_acl(scope: Scope, args: SubnetTierArgs, subnet_ids: Mapping[str, pulumi.Input[str]]) -> ec2.NetworkAcl:
    """Create the tier's ACL, on every subnet of it, with the table's entries."""
    name = str(args.tier)
    acl = ec2.NetworkAcl(
        name,
        vpc_id=args.vpc_id,
        subnet_ids=[subnet_ids[az] for az in sorted(subnet_ids)],
        tags=scope.tags(name, tier=args.tier),
        opts=scope.opts(),
    )
    for entry in args.acl_entries:
        network_acl_rule(scope, entry.name, acl.id, entry)
    return acl
