"""A Site-to-Site VPN connection with its customer gateway and an alarm for each tunnel."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Any, cast

import pulumi

from securecart.components.sdk import cloudwatch, ec2
from securecart.components.vpn_tunnels import TUNNELS, tunnel_options
from securecart.program.scope import Scope

ALARM_PERIOD_SECONDS = 300
"""VPN metrics arrive every five minutes (Site-to-Site VPN user guide, "Monitor VPN tunnels using CloudWatch")."""


@dataclass(frozen=True)
class VpnConnectionArgs:
    """What a connection needs."""

    ip_address: IPv4Address
    """Public address of the site's VPN device."""
    bgp_asn: int
    """ASN of the site's VPN device."""
    log_group_arn: pulumi.Input[str]
    """Log group that takes the tunnels' logs."""
    transit_gateway_id: pulumi.Input[str] | None = None
    """Transit Gateway that ends the connection; exactly one of the two gateways is set."""
    vpn_gateway_id: pulumi.Input[str] | None = None
    """Virtual private gateway that ends it."""
    static_routes_only: bool = True
    """Whether routes are the fleet file's alone, instead of what the site announces by BGP."""


def vpn_connection(scope: Scope, name: str, args: VpnConnectionArgs) -> ec2.VpnConnection:
    """Create the connection and its alarms.

    AWS makes the pre-shared keys and keeps them in a secret of Secrets Manager, so that no program ever holds one
    and answers of the EC2 API leave them out.
    """
    device = ec2.CustomerGateway(
        name,
        type="ipsec.1",
        ip_address=str(args.ip_address),
        bgp_asn=str(args.bgp_asn),
        device_name=name,
        tags=scope.tags(name),
        opts=scope.opts(),
    )
    # The names are those of the SDK's arguments, which a type checker cannot follow through a mapping.
    options = cast("dict[str, Any]", tunnel_options(args.log_group_arn))
    connection = ec2.VpnConnection(
        name,
        type="ipsec.1",
        customer_gateway_id=device.id,
        transit_gateway_id=args.transit_gateway_id,
        vpn_gateway_id=args.vpn_gateway_id,
        static_routes_only=args.static_routes_only,
        preshared_key_storage="SecretsManager",
        tags=scope.tags(name),
        opts=scope.opts(),
        **options,
    )
    addresses = (connection.tunnel1_address, connection.tunnel2_address)
    for number, address in zip(TUNNELS, addresses, strict=True):
        _alarm(scope, f"{name}-tunnel{number}", connection.id, address)
    return connection


def _alarm(scope: Scope, name: str, connection_id: pulumi.Input[str], address: pulumi.Input[str]) -> None:
    """Raise the alarm when a tunnel is down, or when nothing is heard of it."""
    cloudwatch.MetricAlarm(
        name,
        name=f"vpn-{name}-down",
        alarm_description=f"VPN tunnel {name} is down: AWS has taken the other one, if that is up",
        namespace="AWS/VPN",
        metric_name="TunnelState",
        dimensions={"VpnId": connection_id, "TunnelIpAddress": address},
        statistic="Maximum",
        period=ALARM_PERIOD_SECONDS,
        evaluation_periods=1,
        comparison_operator="LessThanThreshold",
        threshold=1,
        treat_missing_data="breaching",
        tags=scope.tags(name),
        opts=scope.opts(),
    )
