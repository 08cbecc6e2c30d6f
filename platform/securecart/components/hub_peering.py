"""Two hubs of different regions peered, with static routes for the segments that cross."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.sdk import ec2transitgateway
from securecart.program.scope import Scope


@dataclass(frozen=True)
class HubSide:
    """One end of the peering."""

    name: str
    """Name of the hub."""
    scope: Scope
    """Account and region of the hub."""
    transit_gateway_id: pulumi.Input[str]
    """Id of its Transit Gateway."""
    inter_region_table_id: pulumi.Input[str]
    """Route table for traffic that arrives by the peering."""
    segment_table_ids: Mapping[str, pulumi.Input[str]]
    """Route table of each segment that crosses."""
    remote: Mapping[str, Mapping[str, IPv4Network]]
    """Blocks at the other end, by segment and network name."""


@dataclass(frozen=True)
class HubPeeringArgs:
    """What a hub peering needs."""

    requester: HubSide
    """End that requests."""
    accepter: HubSide
    """End that accepts, with its own provider."""


class HubPeering(pulumi.ComponentResource):
    """An accepted Transit Gateway peering that carries the listed segments and no others.

    Peering attachments take static routes alone, no propagation (VPC Transit Gateways guide, "Peering
    attachments"), so each segment's table names the networks of the same segment beyond.
    """

    attachment_id: pulumi.Output[str]
    """Id of the peering attachment, the same in both regions."""

    def __init__(self, name: str, scope: Scope, args: HubPeeringArgs) -> None:
        """Request the peering, accept it, and route both sides."""
        super().__init__("securecart:network:HubPeering", name, None, scope.component_opts())
        requester, accepter = args.requester, args.accepter
        ours, theirs = requester.scope.within(self), accepter.scope.within(self)
        attachment = ec2transitgateway.PeeringAttachment(
            name,
            transit_gateway_id=requester.transit_gateway_id,
            peer_account_id=theirs.account_id,
            peer_region=theirs.region,
            peer_transit_gateway_id=accepter.transit_gateway_id,
            tags=ours.tags(name),
            opts=ours.opts(),
        )
        accepted = ec2transitgateway.PeeringAttachmentAccepter(
            name, transit_gateway_attachment_id=attachment.id, tags=theirs.tags(name), opts=theirs.opts()
        )
        _route_side(ours, requester, attachment.id, accepted)
        _route_side(theirs, accepter, attachment.id, accepted)
        self.attachment_id = attachment.id
        self.register_outputs({"attachment_id": attachment.id})


def _route_side(scope: Scope, side: HubSide, attachment_id: pulumi.Input[str], accepted: pulumi.Resource) -> None:
    """Associate the peering with one hub's inter-region table and route that hub's segments to the other."""
    ec2transitgateway.RouteTableAssociation(
        side.name,
        transit_gateway_attachment_id=attachment_id,
        transit_gateway_route_table_id=side.inter_region_table_id,
        opts=scope.opts(depends_on=[accepted]),
    )
    for segment, networks in side.remote.items():
        for network, cidr in networks.items():
            ec2transitgateway.Route(
                f"{side.name}-{segment}-to-{network}",
                transit_gateway_route_table_id=side.segment_table_ids[segment],
                destination_cidr_block=str(cidr),
                transit_gateway_attachment_id=attachment_id,
                opts=scope.opts(depends_on=[accepted]),
            )
