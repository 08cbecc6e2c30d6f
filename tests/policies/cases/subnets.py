"""Cases of policies/rules/subnets.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, hub, prod

VIOLATIONS: tuple[Case, ...] = (
    Case(
        "subnet-in-tier-block",
        "in a hub",
        hub,
        "TransitGateway",
        add=("aws:ec2/subnet:Subnet", {"cidrBlock": "10.10.0.0/22", "tags": {"securecart:tier": "public"}}),
    ),
    Case(
        "subnet-network-acl-of-own-tier",
        "by association",
        dev,
        "NetworkAcl",
        "public",
        add=(
            "aws:ec2/networkAclAssociation:NetworkAclAssociation",
            {"subnetId": "database-us-east-1a-id", "networkAclId": "public-id"},
        ),
    ),
    Case(
        "subnet-network-acl-of-own-tier",
        "a subnet of another stack",
        dev,
        "NetworkAcl",
        "public",
        {"subnetIds": ["public-us-east-1a-id", "subnet-elsewhere"]},
    ),
    Case(
        "subnet-in-tier-block",
        "another tier's block",
        dev,
        "Subnet",
        "database-us-east-1a",
        {"cidrBlock": "10.10.0.0/22"},
    ),
    Case("subnet-in-tier-block", "no tier", dev, "Subnet", "database-us-east-1a", drop=("tags",)),
    Case(
        "subnet-route-table-of-own-tier",
        "database on the public table",
        dev,
        "RouteTableAssociation",
        "database-us-east-1a",
        {"routeTableId": "public-us-east-1a-id"},
    ),
    Case(
        "subnet-network-acl-of-own-tier",
        "database on the public ACL",
        dev,
        "NetworkAcl",
        "public",
        {"subnetIds": ["public-us-east-1a-id", "database-us-east-1a-id"]},
    ),
    Case(
        "route-table-per-tier-and-az",
        "one table for two zones",
        prod,
        "RouteTable",
        "private-us-east-1b",
        remove=True,
    ),
    Case("route-table-per-tier-and-az", "a subnet too few", prod, "Subnet", "database-us-east-1b", remove=True),
)

UNDECIDED: tuple[Case, ...] = (
    Case(
        "subnet-network-acl-of-own-tier",
        "one subnet",
        dev,
        "NetworkAcl",
        "public",
        {"subnetIds": ["public-us-east-1a-id", UNKNOWN]},
    ),
    Case("subnet-in-tier-block", "the block", dev, "Subnet", "database-us-east-1a", {"cidrBlock": UNKNOWN}),
    Case(
        "subnet-route-table-of-own-tier",
        "the table",
        dev,
        "RouteTableAssociation",
        "database-us-east-1a",
        {"routeTableId": UNKNOWN},
    ),
    Case("subnet-network-acl-of-own-tier", "the subnets", dev, "NetworkAcl", "public", {"subnetIds": UNKNOWN}),
    Case("route-table-per-tier-and-az", "a tier", prod, "RouteTable", "private-us-east-1b", {"tags": UNKNOWN}),
)
