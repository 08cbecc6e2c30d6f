"""Stacks of hubs, attachments and peerings."""

from __future__ import annotations

from policies.views import Stack
from tests.policies.examples.builder import Builder, Ref, tags
from tests.policies.examples.fleet import BLOCKS, FLEET
from tests.policies.examples.network import acl_entry
from tests.policies.examples.rows import EPHEMERAL


def hub_stack(name: str = "us", *, deployed: bool = False) -> Stack:
    hub = FLEET.hubs[name]
    build = Builder(f"hub-{name}", hub.account, hub.region, deployed)
    gateway = build.add(
        "aws:ec2transitgateway/transitGateway:TransitGateway",
        name,
        autoAcceptSharedAttachments="disable",
        defaultRouteTableAssociation="disable",
        defaultRouteTablePropagation="disable",
    )
    for segment in (*hub.segments, "inter-region"):
        build.add(
            "aws:ec2transitgateway/routeTable:RouteTable",
            segment,
            transitGatewayId=Ref(gateway),
            tags=tags(segment=segment),
        )
    build.add(
        "aws:ec2/flowLog:FlowLog",
        name,
        transitGatewayId=Ref(gateway),
        logDestinationType="s3",
        logDestination=f"arn:aws:s3:::securecart-flow-logs-210000000005-{hub.region}",
    )
    share = build.add("aws:ram/resourceShare:ResourceShare", name, allowExternalPrincipals=False)
    for principal in {"us": ("210000000002", "210000000003"), "eu": ("210000000003",)}[name]:
        build.add(
            "aws:ram/principalAssociation:PrincipalAssociation",
            principal,
            principal=principal,
            resourceShareArn=Ref(share),
        )
    return build.stack()


def attach_stack(*, deployed: bool = False) -> Stack:
    build = Builder("attach-prod", "prod", "us-east-1", deployed)
    gateway, own = build.made("tgw-1"), build.made("tgw-rtb-prod")
    attachment = build.add(
        "aws:ec2transitgateway/vpcAttachment:VpcAttachment",
        "prod",
        transitGatewayId=gateway,
        transitGatewayDefaultRouteTableAssociation=True,
    )
    build.add(
        "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
        "prod",
        "network",
        transitGatewayAttachmentId=Ref(attachment),
        transitGatewayDefaultRouteTableAssociation=False,
        transitGatewayDefaultRouteTablePropagation=False,
    )
    build.add(
        "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
        "prod",
        "network",
        transitGatewayAttachmentId=Ref(attachment),
        transitGatewayRouteTableId=own,
    )
    for name, table in (("prod", own), ("inter-region", build.made("tgw-rtb-inter-region"))):
        build.add(
            "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
            name,
            "network",
            transitGatewayAttachmentId=Ref(attachment),
            transitGatewayRouteTableId=table,
        )
    for az in ("a", "b", "c"):
        build.add(
            "aws:ec2/route:Route",
            f"prod-{az}-to-prod-eu",
            routeTableId=build.made(f"rtb-private-{az}"),
            destinationCidrBlock="10.31.0.0/16",
            transitGatewayId=gateway,
        )
    return build.stack()


def hub_peering_stack(*, deployed: bool = False) -> Stack:
    build = Builder("hub-peering-hubs", "network", "us-east-1", deployed)
    peering = build.add("aws:ec2transitgateway/peeringAttachment:PeeringAttachment", "hubs")
    for region, beyond in (("us-east-1", "10.31.0.0/16"), ("eu-west-1", "10.30.0.0/16")):
        build.add(
            "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
            region,
            "network",
            region,
            transitGatewayAttachmentId=Ref(peering),
            transitGatewayRouteTableId=build.made(f"tgw-rtb-inter-region-{region}"),
        )
        build.add(
            "aws:ec2transitgateway/route:Route",
            region,
            "network",
            region,
            transitGatewayAttachmentId=Ref(peering),
            transitGatewayRouteTableId=build.made(f"tgw-rtb-prod-{region}"),
            destinationCidrBlock=beyond,
        )
    return build.stack()


def peering_stack(*, deployed: bool = False) -> Stack:
    build = Builder("peering-prod-payments", "prod", "us-east-1", deployed)
    connection = build.add(
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        "prod-payments",
        peerOwnerId="210000000004",
        autoAccept=False,
    )
    build.add(
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        "prod-payments",
        "payments",
        vpcPeeringConnectionId=Ref(connection),
        autoAccept=True,
    )
    prod, payments = BLOCKS["prod"]["PRIVATE"], BLOCKS["payments"]["PRIVATE"]
    for account, table, beyond in (
        ("prod", "prod-a", payments),
        ("prod", "prod-b", payments),
        ("prod", "prod-c", payments),
        ("payments", "payments-a", prod),
        ("payments", "payments-b", prod),
    ):
        build.add(
            "aws:ec2/route:Route",
            table,
            account,
            routeTableId=build.made(f"rtb-{table}"),
            destinationCidrBlock=beyond,
            vpcPeeringConnectionId=Ref(connection),
        )
    acl = build.made("acl-private")
    acl_entry(build, "prod-in", acl, 214, False, "allow", EPHEMERAL, payments, "prod")
    acl_entry(build, "payments-in", acl, 214, False, "allow", (443, 443), prod, "payments")
    acl_entry(build, "payments-out", acl, 235, True, "allow", EPHEMERAL, prod, "payments")
    build.add(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "service",
        "payments",
        securityGroupId=build.made("sg-service"),
        ipProtocol="tcp",
        fromPort=443,
        toPort=443,
        cidrIpv4=prod,
    )
    return build.stack()
