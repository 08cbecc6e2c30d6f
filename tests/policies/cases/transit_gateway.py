"""Cases of policies/rules/transit_gateway.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ROUTE, Case, attach, hub, hubs

VIOLATIONS: tuple[Case, ...] = (
    Case(
        "tgw-no-auto-accept",
        "enabled",
        hub,
        "TransitGateway",
        props={"autoAcceptSharedAttachments": "enable"},
    ),
    Case(
        "tgw-no-default-route-tables",
        "association",
        hub,
        "TransitGateway",
        props={"defaultRouteTableAssociation": "enable"},
    ),
    Case(
        "tgw-no-default-route-tables",
        "propagation by default",
        hub,
        "TransitGateway",
        drop=("defaultRouteTablePropagation",),
    ),
    Case(
        "tgw-attachment-no-default-route-tables",
        "acceptance",
        attach,
        "VpcAttachmentAccepter",
        drop=("transitGatewayDefaultRouteTableAssociation",),
    ),
    Case(
        "tgw-attachment-no-default-route-tables",
        "propagation",
        attach,
        "VpcAttachmentAccepter",
        props={"transitGatewayDefaultRouteTablePropagation": True},
    ),
    Case(
        "tgw-attachment-no-default-route-tables",
        "attachment within one account",
        hub,
        "TransitGateway",
        add=("aws:ec2transitgateway/vpcAttachment:VpcAttachment", {}),
    ),
    Case(
        "ram-no-external-principals",
        "allowed",
        hub,
        "ResourceShare",
        props={"allowExternalPrincipals": True},
    ),
    Case("ram-principals-attach", "payments", hub, "PrincipalAssociation", props={"principal": "210000000004"}),
    Case(
        "ram-principals-attach",
        "a stranger",
        hub,
        "PrincipalAssociation",
        props={"principal": "999999999999"},
    ),
    Case("tgw-table-per-segment", "dev and prod share", hub, "RouteTable", "dev", remove=True),
    Case(
        "tgw-table-per-segment",
        "a table besides",
        hub,
        "RouteTable",
        "dev",
        {"tags": {"securecart:segment": "all"}},
    ),
    Case(
        "tgw-segments-apart",
        "two associations",
        attach,
        "RouteTableAssociation",
        add=(
            "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
            {"transitGatewayRouteTableId": "tgw-rtb-dev"},
        ),
    ),
    Case(
        "tgw-segments-apart",
        "a propagation more",
        attach,
        "RouteTablePropagation",
        add=(
            "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
            {"transitGatewayRouteTableId": "tgw-rtb-dev"},
        ),
    ),
    Case(
        "tgw-segments-apart",
        "announced elsewhere",
        attach,
        "RouteTableAssociation",
        props={"transitGatewayRouteTableId": "tgw-rtb-dev"},
    ),
    Case(
        "tgw-segments-apart",
        "propagation in a hub peering",
        hubs,
        "PeeringAttachment",
        add=("aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation", {}),
    ),
    Case("tgw-static-routes-listed", "everything", hubs, "Route", props={"destinationCidrBlock": "10.0.0.0/8"}),
    Case(
        "tgw-static-routes-listed",
        "the own side",
        hubs,
        "Route",
        "us-east-1",
        {"destinationCidrBlock": "10.30.0.0/16"},
    ),
    Case(
        "tgw-static-routes-listed",
        "in a hub",
        hub,
        "TransitGateway",
        add=("aws:ec2transitgateway/route:Route", {"destinationCidrBlock": "10.30.0.0/16"}),
    ),
    Case(
        "route-transit-gateway-in-segment",
        "another segment",
        attach,
        "Route",
        props={"destinationCidrBlock": "10.10.0.0/16"},
    ),
    Case(
        "route-transit-gateway-in-segment",
        "the database tier's table too",
        attach,
        "Route",
        add=(
            ROUTE,
            {
                "routeTableId": "rtb-database-a",
                "destinationCidrBlock": "10.31.0.0/16",
                "transitGatewayId": "tgw-1",
            },
        ),
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case(
        "tgw-no-auto-accept",
        "the setting",
        hub,
        "TransitGateway",
        props={"autoAcceptSharedAttachments": UNKNOWN},
    ),
    Case(
        "tgw-no-default-route-tables",
        "the setting",
        hub,
        "TransitGateway",
        props={"defaultRouteTableAssociation": UNKNOWN},
    ),
    Case(
        "tgw-attachment-no-default-route-tables",
        "the setting",
        attach,
        "VpcAttachmentAccepter",
        props={"transitGatewayDefaultRouteTableAssociation": UNKNOWN},
    ),
    Case(
        "ram-no-external-principals",
        "the setting",
        hub,
        "ResourceShare",
        props={"allowExternalPrincipals": UNKNOWN},
    ),
    Case("ram-principals-attach", "the principal", hub, "PrincipalAssociation", props={"principal": UNKNOWN}),
    Case("tgw-table-per-segment", "a segment", hub, "RouteTable", "dev", {"tags": UNKNOWN}),
    Case(
        "tgw-segments-apart",
        "the table",
        attach,
        "RouteTableAssociation",
        props={"transitGatewayRouteTableId": UNKNOWN},
    ),
    Case("tgw-static-routes-listed", "the destination", hubs, "Route", props={"destinationCidrBlock": UNKNOWN}),
    Case(
        "route-transit-gateway-in-segment",
        "the destination",
        attach,
        "Route",
        props={"destinationCidrBlock": UNKNOWN},
    ),
)
