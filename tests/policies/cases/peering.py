"""Cases of policies/rules/peering.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ROUTE, Case, dev, peering

VIOLATIONS: tuple[Case, ...] = (
    Case(
        "peering-listed",
        "another account",
        peering,
        "VpcPeeringConnection",
        props={"peerOwnerId": "210000000002"},
    ),
    Case(
        "peering-listed",
        "another region",
        peering,
        "VpcPeeringConnection",
        props={"peerRegion": "eu-west-1"},
    ),
    Case(
        "peering-listed",
        "in a network's stack",
        dev,
        "Vpc",
        add=("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", {"peerOwnerId": "210000000004"}),
    ),
    Case("peering-no-auto-accept", "accepted", peering, "VpcPeeringConnection", props={"autoAccept": True}),
    Case("peering-accepted-by-peer", "not accepted", peering, "VpcPeeringConnectionAccepter", remove=True),
    Case(
        "peering-routes-listed",
        "the whole VPC",
        peering,
        "Route",
        "prod-a",
        {"destinationCidrBlock": "10.40.0.0/16"},
    ),
    Case(
        "peering-routes-listed",
        "the database tier",
        peering,
        "Route",
        "prod-a",
        {"destinationCidrBlock": "10.40.64.0/19"},
    ),
    Case(
        "peering-routes-listed",
        "everything",
        peering,
        "Route",
        "payments-a",
        {"destinationCidrBlock": "0.0.0.0/0"},
    ),
    Case(
        "peering-routes-in-listed-tables",
        "a table more",
        peering,
        "Route",
        "prod-a",
        add=(
            ROUTE,
            {
                "routeTableId": "rtb-database",
                "destinationCidrBlock": "10.40.32.0/19",
                "vpcPeeringConnectionId": "prod-payments-id",
            },
        ),
    ),
    Case("peering-routes-in-listed-tables", "one way only", peering, "Route", "payments-a", remove=True),
)

UNDECIDED: tuple[Case, ...] = (
    Case("peering-listed", "the account", peering, "VpcPeeringConnection", props={"peerOwnerId": UNKNOWN}),
    Case("peering-no-auto-accept", "the flag", peering, "VpcPeeringConnection", props={"autoAccept": UNKNOWN}),
    Case(
        "peering-accepted-by-peer",
        "which connection",
        peering,
        "VpcPeeringConnectionAccepter",
        props={"vpcPeeringConnectionId": UNKNOWN},
    ),
    Case(
        "peering-routes-listed",
        "the destination",
        peering,
        "Route",
        "prod-a",
        {"destinationCidrBlock": UNKNOWN},
    ),
    Case(
        "peering-routes-in-listed-tables",
        "a destination",
        peering,
        "Route",
        "prod-a",
        {"destinationCidrBlock": UNKNOWN},
    ),
)
