"""A network behind a Direct Connect gateway: its virtual private gateway, the VPN that stands in, what is opened."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

import pulumi

from securecart.components.direct_connect import GatewayEnd, associate
from securecart.components.encrypted_log_group import EncryptedLogGroup, EncryptedLogGroupArgs
from securecart.components.sdk import ec2
from securecart.components.vpn_connection import VpnConnectionArgs, vpn_connection
from securecart.program.scope import Scope


@dataclass(frozen=True)
class FailoverArgs:
    """The VPN device of the site."""

    ip_address: IPv4Address
    """Its public address."""
    bgp_asn: int
    """Its ASN."""


@dataclass(frozen=True)
class DirectConnectNetworkArgs:
    """What a network behind the gateway needs."""

    site: str
    """Name of the Direct Connect connection."""
    gateway_scope: Scope
    """Account of the Direct Connect gateway."""
    dx_gateway_id: pulumi.Input[str]
    """Id of the Direct Connect gateway."""
    gateway_asn: int
    """ASN of AWS's side, the same by either way."""
    vpc_id: pulumi.Input[str]
    """Id of the network's VPC."""
    cidr: IPv4Network
    """Block of the network, which is announced to the site."""
    failover: FailoverArgs | None
    """VPN device to connect as well; None without failover."""


class DirectConnectNetwork(pulumi.ComponentResource):
    """A virtual private gateway, associated, with a VPN connection as failover.

    The gateway prefers what it learns by Direct Connect to what it learns by VPN (Site-to-Site VPN user guide, "Route
    priority"), so both announce the same blocks by BGP and nothing has to be switched.
    """

    vpn_gateway_id: pulumi.Output[str]
    """Id of the virtual private gateway."""

    def __init__(self, name: str, scope: Scope, args: DirectConnectNetworkArgs) -> None:
        """Create the gateway, associate it, and connect the failover."""
        super().__init__("securecart:network:DirectConnectNetwork", name, None, scope.component_opts())
        inner, label = scope.within(self), f"{args.site}-{name}"
        gateway = ec2.VpnGateway(
            name,
            vpc_id=args.vpc_id,
            amazon_side_asn=str(args.gateway_asn),
            tags=inner.tags(label),
            opts=inner.opts(),
        )
        end = GatewayEnd(gateway.id, (args.cidr,))
        associate(args.gateway_scope.within(self), inner, name, args.dx_gateway_id, end)
        if args.failover:
            _fail_over(inner, label, gateway.id, args.failover)
        self.vpn_gateway_id = gateway.id
        self.register_outputs({"vpn_gateway_id": gateway.id})


def _fail_over(scope: Scope, label: str, gateway_id: pulumi.Input[str], device: FailoverArgs) -> None:
    """Connect the site by VPN to the same gateway; routes come by BGP, as they do by Direct Connect."""
    logs = EncryptedLogGroup(
        label, scope, EncryptedLogGroupArgs(f"/aws/vendedlogs/securecart/vpn-{label}", f"SecureCart VPN logs {label}")
    )
    vpn_connection(
        scope,
        label,
        VpnConnectionArgs(
            device.ip_address,
            device.bgp_asn,
            logs.log_group_arn,
            vpn_gateway_id=gateway_id,
            static_routes_only=False,
        ),
    )
