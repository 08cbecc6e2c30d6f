"""An office's VPN connection on a hub, with a Transit Gateway route table that leads to the listed tiers alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

import pulumi

from securecart.components.encrypted_log_group import EncryptedLogGroup, EncryptedLogGroupArgs
from securecart.components.sdk import ec2, ec2transitgateway
from securecart.components.site_access import SiteAccess, SiteAccessArgs
from securecart.components.site_access_table import block_label
from securecart.components.vpn_connection import VpnConnectionArgs, vpn_connection
from securecart.program.provenance import computed
from securecart.program.scope import Scope


@dataclass(frozen=True)
class OfficeTarget:
    """A network that the office reaches."""

    scope: Scope
    """Account and region of the network."""
    attachment_id: pulumi.Input[str]
    """Its attachment to the hub."""
    blocks: Mapping[str, IPv4Network]
    """Block of each tier that the office reaches."""
    access: SiteAccessArgs
    """What is opened in the network."""


@dataclass(frozen=True)
class OfficeVpnArgs:
    """What an office's connection needs."""

    ip_address: IPv4Address
    """Public address of the office's VPN device."""
    bgp_asn: int
    """ASN of the office's VPN device."""
    cidrs: Sequence[IPv4Network]
    """Blocks of the office."""
    transit_gateway_id: pulumi.Input[str]
    """Id of the hub's Transit Gateway."""
    segment_table_ids: Mapping[str, pulumi.Input[str]]
    """Route table of each segment with a network that the office reaches."""
    targets: Mapping[str, OfficeTarget]
    """What the office reaches, by network name."""


class OfficeVpn(pulumi.ComponentResource):
    """A VPN connection that is in a route table of its own, so that it meets no segment but by listed routes.

    Every route is static and the fleet file's: nothing is propagated, whatever the office may announce.
    """

    vpn_connection_id: pulumi.Output[str]
    """Id of the VPN connection."""
    preshared_key_arn: pulumi.Output[str]
    """ARN of the secret with the tunnels' keys, which the office's administrators read."""

    def __init__(self, name: str, scope: Scope, args: OfficeVpnArgs) -> None:
        """Connect the office, route both ways, and open what it lists of each network."""
        super().__init__("securecart:network:OfficeVpn", name, None, scope.component_opts())
        inner = scope.within(self)
        logs = EncryptedLogGroup(
            name, inner, EncryptedLogGroupArgs(f"/aws/vendedlogs/securecart/vpn-{name}", f"SecureCart VPN logs {name}")
        )
        connection = vpn_connection(
            inner,
            name,
            VpnConnectionArgs(args.ip_address, args.bgp_asn, logs.log_group_arn, args.transit_gateway_id),
        )
        attachment_id = _attachment_id(connection, args.transit_gateway_id)
        _office_table(inner, name, args, attachment_id)
        _return_routes(inner, name, args, attachment_id)
        for network, target in args.targets.items():
            SiteAccess(network, target.scope.within(self), target.access)
        self.vpn_connection_id, self.preshared_key_arn = connection.id, connection.preshared_key_arn
        self.register_outputs({"vpn_connection_id": connection.id, "preshared_key_arn": connection.preshared_key_arn})


def _attachment_id(connection: ec2.VpnConnection, gateway_id: pulumi.Input[str]) -> pulumi.Output[str]:
    """Return the connection's attachment on the gateway; unknown where the gateway is.

    AWS moves a connection to another gateway in place and gives it another attachment. The provider does not say so in
    a preview: it would show the old id, and routes that stay.
    """
    both = pulumi.Output.all(connection.transit_gateway_attachment_id, gateway_id)
    return computed(both.apply(lambda known: str(known[0])), connection, "transit_gateway_attachment_id")


def _office_table(scope: Scope, name: str, args: OfficeVpnArgs, attachment_id: pulumi.Input[str]) -> None:
    """Create the office's own route table, with a route to each listed tier and to nothing else."""
    table = ec2transitgateway.RouteTable(
        name, transit_gateway_id=args.transit_gateway_id, tags=scope.tags(name, site=name), opts=scope.opts()
    )
    ec2transitgateway.RouteTableAssociation(
        name,
        transit_gateway_attachment_id=attachment_id,
        transit_gateway_route_table_id=table.id,
        opts=scope.opts(),
    )
    for network, target in args.targets.items():
        for tier, cidr in target.blocks.items():
            ec2transitgateway.Route(
                f"{name}-to-{network}-{tier}",
                transit_gateway_route_table_id=table.id,
                destination_cidr_block=str(cidr),
                transit_gateway_attachment_id=target.attachment_id,
                opts=scope.opts(),
            )


def _return_routes(scope: Scope, name: str, args: OfficeVpnArgs, attachment_id: pulumi.Input[str]) -> None:
    """Route the office's blocks in the tables of the segments that it reaches."""
    for segment, table_id in args.segment_table_ids.items():
        for cidr in args.cidrs:
            ec2transitgateway.Route(
                f"{segment}-to-{name}-{block_label(cidr)}",
                transit_gateway_route_table_id=table_id,
                destination_cidr_block=str(cidr),
                transit_gateway_attachment_id=attachment_id,
                opts=scope.opts(),
            )
