"""A VPC peering across accounts; routes, ACL entries and group rules no wider than its tiers and ports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.network_acl_rule import network_acl_rule
from securecart.components.network_acl_table import AclEntry
from securecart.components.sdk import ec2
from securecart.components.security_group_rules import GroupRule
from securecart.components.security_groups import RulePeers, security_group_rule
from securecart.program.scope import Scope


@dataclass(frozen=True)
class VpcPeeringSide:
    """One end of the peering."""

    network: str
    """Name of the network."""
    scope: Scope
    """Account and region of the network."""
    vpc_id: pulumi.Input[str]
    """Id of its VPC."""
    route_table_ids: Mapping[str, pulumi.Input[str]]
    """Route tables that take the routes, by ``TIER-AZ``."""
    destinations: Mapping[str, IPv4Network]
    """Blocks of the other end, by ``NETWORK-TIER``."""
    network_acl_id: pulumi.Input[str]
    """Network ACL that takes the entries."""
    acl_entries: Sequence[AclEntry]
    """Entries that the peering needs on this end."""


@dataclass(frozen=True)
class VpcPeeringArgs:
    """What a VPC peering needs."""

    requester: VpcPeeringSide
    """End that requests, and starts the flows."""
    accepter: VpcPeeringSide
    """End that accepts, with its own role, and serves the flows."""
    group_id: pulumi.Input[str]
    """Security group of the accepter that serves the flows."""
    rules: Sequence[GroupRule]
    """Rules that let the requester's tiers into that group."""


class VpcPeering(pulumi.ComponentResource):
    """An accepted VPC peering connection."""

    vpc_peering_connection_id: pulumi.Output[str]
    """Id of the connection, the same in both accounts."""

    def __init__(self, name: str, scope: Scope, args: VpcPeeringArgs) -> None:
        """Request the connection, accept it, and open both sides for its flows."""
        super().__init__("securecart:network:VpcPeering", name, None, scope.component_opts())
        requester, accepter = args.requester.scope.within(self), args.accepter.scope.within(self)
        connection = ec2.VpcPeeringConnection(
            name,
            vpc_id=args.requester.vpc_id,
            peer_vpc_id=args.accepter.vpc_id,
            peer_owner_id=accepter.account_id,
            # AWS wants the region only where it is another one.
            peer_region=accepter.region if accepter.region != requester.region else None,
            auto_accept=False,
            tags=requester.tags(name),
            opts=requester.opts(),
        )
        accepted = ec2.VpcPeeringConnectionAccepter(
            name,
            vpc_peering_connection_id=connection.id,
            auto_accept=True,
            tags=accepter.tags(name),
            opts=accepter.opts(),
        )
        _open_side(requester, args.requester, connection.id, accepted)
        _open_side(accepter, args.accepter, connection.id, accepted)
        for rule in args.rules:
            security_group_rule(accepter, rule.name, args.group_id, rule, RulePeers({}, {}))
        self.vpc_peering_connection_id = connection.id
        self.register_outputs({"vpc_peering_connection_id": connection.id})


def _open_side(scope: Scope, side: VpcPeeringSide, connection_id: pulumi.Input[str], accepted: pulumi.Resource) -> None:
    """Add the routes, once the connection is active, and the ACL entries of one end."""
    for key, table_id in side.route_table_ids.items():
        for target, cidr in side.destinations.items():
            ec2.Route(
                f"{side.network}-{key}-to-{target}",
                route_table_id=table_id,
                destination_cidr_block=str(cidr),
                vpc_peering_connection_id=connection_id,
                opts=scope.opts(depends_on=[accepted]),
            )
    for entry in side.acl_entries:
        network_acl_rule(scope, f"{side.network}-{entry.name}", side.network_acl_id, entry)
