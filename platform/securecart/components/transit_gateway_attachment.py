"""A VPC attached to a hub: requested by the network's account, accepted and routed by the hub's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.sdk import ec2, ec2transitgateway
from securecart.program.scope import Scope


@dataclass(frozen=True)
class TransitGatewayAttachmentArgs:
    """What an attachment needs."""

    hub_scope: Scope
    """Account of the hub, in the network's region."""
    transit_gateway_id: pulumi.Input[str]
    """Id of the hub's Transit Gateway."""
    vpc_id: pulumi.Input[str]
    """Id of the network's VPC."""
    subnet_ids: Mapping[str, pulumi.Input[str]]
    """Subnet in each availability zone that takes the attachment's interface."""
    association: pulumi.Input[str]
    """Transit Gateway route table that decides where traffic from the VPC goes."""
    propagations: Mapping[str, pulumi.Input[str]]
    """Transit Gateway route tables, by key, that learn the VPC's block."""
    route_table_ids: Mapping[str, pulumi.Input[str]]
    """The VPC's route tables, by availability zone, that take the routes."""
    destinations: Mapping[str, IPv4Network]
    """Blocks to reach through the hub, by the name of the network that has them."""


class TransitGatewayAttachment(pulumi.ComponentResource):
    """An accepted attachment, with routes on both sides."""

    attachment_id: pulumi.Output[str]
    """Id of the attachment."""

    def __init__(self, name: str, scope: Scope, args: TransitGatewayAttachmentArgs) -> None:
        """Attach the VPC, accept it, put it on its segment's tables and route the VPC's tables to it."""
        super().__init__("securecart:network:TransitGatewayAttachment", name, None, scope.component_opts())
        inner, hub = scope.within(self), args.hub_scope.within(self)
        shared = scope.account_id != hub.account_id
        attachment = _attachment(inner, name, args, shared)
        ready = _accepter(hub, name, attachment.id) if shared else attachment
        _hub_routing(hub, name, args, attachment.id, ready)
        _vpc_routes(inner, args, ready)
        self.attachment_id = attachment.id
        self.register_outputs({"attachment_id": attachment.id})


def _attachment(
    scope: Scope, name: str, args: TransitGatewayAttachmentArgs, shared: bool
) -> ec2transitgateway.VpcAttachment:
    """Attach the VPC.

    On a Transit Gateway of another account the default association and propagation are the hub's affair: the
    AWS provider cannot read them here, takes them for true, and would report a change for ever if they were
    set.
    """
    default = None if shared else False
    return ec2transitgateway.VpcAttachment(
        name,
        transit_gateway_id=args.transit_gateway_id,
        vpc_id=args.vpc_id,
        subnet_ids=[args.subnet_ids[az] for az in sorted(args.subnet_ids)],
        dns_support="enable",
        ipv6_support="disable",
        transit_gateway_default_route_table_association=default,
        transit_gateway_default_route_table_propagation=default,
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _accepter(hub: Scope, name: str, attachment_id: pulumi.Input[str]) -> ec2transitgateway.VpcAttachmentAccepter:
    """Accept the attachment with the hub's role; one of the hub's own account needs no acceptance."""
    return ec2transitgateway.VpcAttachmentAccepter(
        name,
        transit_gateway_attachment_id=attachment_id,
        transit_gateway_default_route_table_association=False,
        transit_gateway_default_route_table_propagation=False,
        tags=hub.tags(name),
        opts=hub.opts(),
    )


def _hub_routing(
    hub: Scope,
    name: str,
    args: TransitGatewayAttachmentArgs,
    attachment_id: pulumi.Input[str],
    ready: pulumi.Resource,
) -> None:
    """Put the attachment on its segment's route table, and its block on the tables that may reach it."""
    ec2transitgateway.RouteTableAssociation(
        name,
        transit_gateway_attachment_id=attachment_id,
        transit_gateway_route_table_id=args.association,
        opts=hub.opts(depends_on=[ready]),
    )
    for key, table_id in args.propagations.items():
        ec2transitgateway.RouteTablePropagation(
            f"{name}-{key}",
            transit_gateway_attachment_id=attachment_id,
            transit_gateway_route_table_id=table_id,
            opts=hub.opts(depends_on=[ready]),
        )


def _vpc_routes(scope: Scope, args: TransitGatewayAttachmentArgs, ready: pulumi.Resource) -> None:
    """Route the VPC's tables to the other networks; AWS wants the attachment accepted first."""
    for az, table_id in args.route_table_ids.items():
        for network, cidr in args.destinations.items():
            ec2.Route(
                f"{az}-to-{network}",
                route_table_id=table_id,
                destination_cidr_block=str(cidr),
                transit_gateway_id=args.transit_gateway_id,
                opts=scope.opts(depends_on=[ready]),
            )
