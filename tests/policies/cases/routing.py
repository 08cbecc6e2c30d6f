"""Cases of policies/rules/routing.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ROUTE, Case, dev, peering

VIOLATIONS: tuple[Case, ...] = (
    Case(
        "route-database-local-only",
        "to NAT",
        dev,
        "Route",
        "private-0",
        {"routeTableId": "database-us-east-1a-id"},
    ),
    Case(
        "route-database-local-only",
        "to a peering",
        dev,
        "Route",
        add=(
            ROUTE,
            {
                "routeTableId": "database-us-east-1a-id",
                "destinationCidrBlock": "10.40.0.0/16",
                "vpcPeeringConnectionId": "pcx-1",
            },
        ),
    ),
    Case(
        "route-internet-gateway-public-only",
        "private tier",
        dev,
        "Route",
        "public-0",
        {"routeTableId": "private-us-east-1a-id"},
    ),
    Case(
        "route-internet-gateway-public-only",
        "a foreign gateway",
        dev,
        "Route",
        add=(
            ROUTE,
            {
                "routeTableId": "private-us-east-1a-id",
                "gatewayId": "igw-1",
                "destinationCidrBlock": "1.0.0.0/8",
            },
        ),
    ),
    Case(
        "route-ways-out",
        "half of the internet",
        dev,
        "Route",
        "private-0",
        {"destinationCidrBlock": "0.0.0.0/1"},
    ),
    Case(
        "route-ways-out",
        "IPv6",
        dev,
        "Route",
        add=(
            ROUTE,
            {
                "routeTableId": "private-us-east-1a-id",
                "destinationIpv6CidrBlock": "::/0",
                "egressOnlyGatewayId": "eigw-1",
            },
        ),
    ),
    Case(
        "route-in-its-own-stack",
        "a peering in a network",
        dev,
        "Route",
        add=(
            ROUTE,
            {
                "routeTableId": "private-us-east-1a-id",
                "destinationCidrBlock": "10.40.32.0/19",
                "vpcPeeringConnectionId": "pcx-1",
            },
        ),
    ),
    Case(
        "route-in-its-own-stack",
        "an interface",
        peering,
        "Route",
        add=(ROUTE, {"routeTableId": "rtb", "networkInterfaceId": "eni-1"}),
    ),
    Case(
        "route-standalone-only",
        "inline",
        dev,
        "RouteTable",
        "database-us-east-1a",
        {"routes": [{"cidrBlock": "0.0.0.0/0", "natGatewayId": "nat-1"}]},
    ),
    Case(
        "route-standalone-only",
        "VPN routes",
        dev,
        "RouteTable",
        "database-us-east-1a",
        {"propagatingVgws": ["vgw-1"]},
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case("route-database-local-only", "the table", dev, "Route", "private-0", {"routeTableId": UNKNOWN}),
    Case(
        "route-internet-gateway-public-only",
        "the table",
        dev,
        "Route",
        "public-0",
        {"routeTableId": UNKNOWN},
    ),
    Case(
        "route-internet-gateway-public-only",
        "the gateway",
        dev,
        "Route",
        add=(ROUTE, {"routeTableId": "private-us-east-1a-id", "gatewayId": UNKNOWN}),
    ),
    Case("route-ways-out", "the destination", dev, "Route", "private-0", {"destinationCidrBlock": UNKNOWN}),
    Case(
        "route-in-its-own-stack",
        "a gateway",
        dev,
        "Route",
        add=(ROUTE, {"routeTableId": "private-us-east-1a-id", "vpcEndpointId": UNKNOWN}),
    ),
    Case("route-standalone-only", "routes", dev, "RouteTable", "database-us-east-1a", {"routes": UNKNOWN}),
)
