"""Stacks of sites beyond AWS."""

from __future__ import annotations

from dataclasses import replace

from policies.values import Value
from policies.views import Resource, Stack
from tests.policies.examples.builder import Builder, Ref, tags
from tests.policies.examples.fleet import BLOCKS
from tests.policies.examples.network import acl_entry
from tests.policies.examples.rows import EPHEMERAL

OFFICE = "192.168.100.0/24"
_STRONG: dict[str, Value] = {
    "IkeVersions": ["ikev2"],
    **{f"Phase{phase}EncryptionAlgorithms": ["AES256", "AES256-GCM-16"] for phase in (1, 2)},
    **{f"Phase{phase}IntegrityAlgorithms": ["SHA2-256"] for phase in (1, 2)},
    **{f"Phase{phase}DhGroupNumbers": [14, 20] for phase in (1, 2)},
    "DpdTimeoutAction": "restart",
    "StartupAction": "start",
    "LogOptions": {"cloudwatchLogOptions": {"logEnabled": True, "logGroupArn": "arn:aws:logs:vpn"}},
}


def vpn_stack(*, deployed: bool = False) -> Stack:
    build = Builder("vpn-office", "network", "us-east-1", deployed)
    gateway = build.made("tgw-1")
    log_group(build, "office")
    connection = vpn_connection(
        build, "office", "203.0.113.10", "network", transitGatewayId=gateway, staticRoutesOnly=True
    )
    table = build.add(
        "aws:ec2transitgateway/routeTable:RouteTable", "office", transitGatewayId=gateway, tags=tags(site="office")
    )
    build.add(
        "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
        "office",
        transitGatewayAttachmentId=Ref(connection, "transitGatewayAttachmentId"),
        transitGatewayRouteTableId=Ref(table),
    )
    for network, zones in (("dev", "ab"), ("prod", "abc")):
        build.add(
            "aws:ec2transitgateway/route:Route",
            f"office-to-{network}",
            transitGatewayRouteTableId=Ref(table),
            destinationCidrBlock=BLOCKS[network]["PRIVATE"],
            transitGatewayAttachmentId=build.made(f"tgw-attach-{network}"),
        )
        build.add(
            "aws:ec2transitgateway/route:Route",
            f"{network}-to-office",
            transitGatewayRouteTableId=build.made(f"tgw-rtb-{network}"),
            destinationCidrBlock=OFFICE,
            transitGatewayAttachmentId=Ref(connection, "transitGatewayAttachmentId"),
        )
        site_access(build, network, OFFICE, zones, transitGatewayId=gateway)
    return build.stack()


def site_access(build: Builder, network: str, site: str, zones: str, **gateway: Value | Ref) -> None:
    """What a site is let in by, in one network."""
    for zone in zones:
        build.add(
            "aws:ec2/route:Route",
            f"{network}-{zone}",
            network,
            routeTableId=build.made(f"rtb-{network}-{zone}"),
            destinationCidrBlock=site,
            **gateway,
        )
    acl = build.made(f"acl-{network}")
    acl_entry(build, f"{network}-in", acl, 202, False, "allow", (443, 443), site, network)
    acl_entry(build, f"{network}-rest", acl, 203, False, "deny", None, site, network)
    acl_entry(build, f"{network}-out", acl, 239, True, "allow", EPHEMERAL, site, network)
    build.add(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        f"{network}-ecs",
        network,
        securityGroupId=build.made(f"sg-{network}-ecs"),
        ipProtocol="tcp",
        fromPort=443,
        toPort=443,
        cidrIpv4=site,
    )


def log_group(build: Builder, name: str) -> None:
    """An encrypted log group."""
    key = build.add("aws:kms/key:Key", name, enableKeyRotation=True, arn=build.made(f"arn:aws:kms:{name}"))
    build.add("aws:cloudwatch/logGroup:LogGroup", name, kmsKeyId=Ref(key, "arn"), retentionInDays=400)


def vpn_connection(build: Builder, name: str, device_address: str, account: str, **end: Value | Ref) -> Resource:
    """A strong connection with its device and its alarms."""
    device = build.add("aws:ec2/customerGateway:CustomerGateway", name, account, ipAddress=device_address)
    connection = build.add(
        "aws:ec2/vpnConnection:VpnConnection",
        name,
        account,
        customerGatewayId=Ref(device),
        presharedKeyStorage="SecretsManager",
        transitGatewayAttachmentId=build.made("tgw-attach-office"),
        **{f"{tunnel}{key}": value for tunnel in ("tunnel1", "tunnel2") for key, value in _STRONG.items()},
        **end,
    )
    for tunnel in ("tunnel1", "tunnel2"):
        _alarm(build, f"{name}-{tunnel}", connection, build.made(f"192.0.2.{tunnel[-1]}"))
    return connection


def _alarm(build: Builder, name: str, connection: Resource, address: Value) -> None:
    alarm = build.add(
        "aws:cloudwatch/metricAlarm:MetricAlarm",
        name,
        namespace="AWS/VPN",
        metricName="TunnelState",
        comparisonOperator="LessThanThreshold",
        threshold=1,
        treatMissingData="breaching",
        dimensions={"VpnId": connection.props["id"], "TunnelIpAddress": address},
    )
    build.resources[-1] = replace(alarm, dependencies={"dimensions": (connection.urn,)})
