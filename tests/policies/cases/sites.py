"""Cases of policies/rules/sites.py, and of the tables as sites add to them."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ROUTE, Case, office

VIOLATIONS: tuple[Case, ...] = (
    Case("site-routes-listed", "wider", office, "Route", "prod-a", {"destinationCidrBlock": "192.168.0.0/16"}),
    Case("site-routes-listed", "everything", office, "Route", "dev-a", {"destinationCidrBlock": "0.0.0.0/0"}),
    Case("site-routes-in-listed-tables", "a zone without", office, "Route", "prod-c", remove=True),
    Case(
        "site-routes-in-listed-tables",
        "the database tier's table too",
        office,
        "Route",
        "prod-a",
        add=(ROUTE, {"routeTableId": "rtb-database", "destinationCidrBlock": "192.168.100.0/24"}),
    ),
    Case("nacl-site-rows", "no requests", office, "NetworkAclRule", "prod-in", remove=True),
    Case("nacl-site-rows", "the rest as well", office, "NetworkAclRule", "prod-rest", remove=True),
    Case("nacl-site-rows", "replies to few ports", office, "NetworkAclRule", "dev-out", {"fromPort": 2000}),
    Case("nacl-nothing-beyond-table", "a wider port", office, "NetworkAclRule", "prod-in", {"toPort": 444}),
    Case(
        "nacl-nothing-beyond-table",
        "a number of the firm's",
        office,
        "NetworkAclRule",
        "prod-in",
        {"ruleNumber": 199},
    ),
    Case("sg-site-rows", "another port", office, "SecurityGroupIngressRule", "prod-ecs", {"toPort": 8443}),
    Case(
        "sg-nothing-beyond-table",
        "anybody instead of the office",
        office,
        "SecurityGroupIngressRule",
        "prod-ecs",
        {"cidrIpv4": "0.0.0.0/0"},
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case("site-routes-listed", "the block", office, "Route", "prod-a", {"destinationCidrBlock": UNKNOWN}),
    Case("site-routes-in-listed-tables", "a block", office, "Route", "prod-a", {"destinationCidrBlock": UNKNOWN}),
    Case("nacl-site-rows", "a port", office, "NetworkAclRule", "prod-in", {"toPort": UNKNOWN}),
    Case("sg-site-rows", "the peer", office, "SecurityGroupIngressRule", "prod-ecs", {"cidrIpv4": UNKNOWN}),
)
