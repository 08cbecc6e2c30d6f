"""Every row of the firm's tables has a rule; the ids of this part's rows are written out."""

from __future__ import annotations

import pytest

from policies.rules import ALL_RULES, rule_table

# The firm's network rows and the rules that guard them.
GUARDS = {
    "N1": {"vpc-cidr-declared"},
    "N2": {"subnet-in-tier-block", "subnet-no-public-ip-on-launch", "subnet-network-acl-of-own-tier"},
    "N3": {
        "route-table-per-tier-and-az",
        "route-internet-gateway-public-only",
        "route-database-local-only",
        "nat-in-public-tier",
        "nat-as-declared",
    },
    "N4": {"peering-listed", "peering-accepted-by-peer", "peering-routes-listed"},
    "N5": {
        "tgw-no-auto-accept",
        "tgw-no-default-route-tables",
        "tgw-segments-apart",
        "ram-no-external-principals",
    },
    "N6": {
        "flow-log-on-every-vpc",
        "flow-log-on-every-transit-gateway",
        "flow-log-to-archive",
        "archive-encrypted",
    },
    "N7": {"default-security-group-adopted", "default-security-group-empty", "default-network-acl-empty"},
    "C1": {"endpoint-gateway-private-route-tables"},
    "C2": {"endpoint-interface-private-subnets", "endpoint-interface-own-group", "endpoint-interface-private-dns"},
    "C1, C2": {
        "endpoint-listed",
        "endpoint-policy-present",
        "endpoint-policy-firms-principals",
        "endpoint-policy-own-resources",
        "endpoint-policy-named-actions",
    },
    "security groups: alb": {
        "sg-row-alb-in-any-80",
        "sg-row-alb-in-any-443",
        "sg-row-alb-out-vpc-80",
        "sg-row-alb-out-vpc-443",
        "sg-row-alb-out-ecs-8080",
    },
    "security groups: ecs": {
        "sg-row-ecs-in-alb-8080",
        "sg-row-ecs-out-rds-5432",
        "sg-row-ecs-out-endpoints-443",
        "sg-row-ecs-out-service-prefix-lists-443",
        "sg-row-ecs-out-any-443",
    },
    "security groups: rds": {"sg-row-rds-in-ecs-5432"},
    "security groups: lambda": {"sg-row-lambda-out-any-443"},
    "security groups: every one": {
        "sg-no-admin-ports",
        "sg-no-admin-ports-from-internet",
        "sg-nothing-beyond-table",
    },
    "NACL 100": {"nacl-row-100-public-in", "nacl-row-101-public-in"},
    "NACL 110": {"nacl-row-110-public-in"},
    "NACL 120": {"nacl-row-120-public-out", "nacl-row-121-public-out"},
    "NACL 130": {"nacl-row-130-public-out"},
    "NACL 200": {"nacl-row-200-private-in"},
    "NACL 210": {"nacl-row-210-private-in"},
    "NACL 220": {"nacl-row-220-private-in"},
    "NACL 230": {"nacl-row-230-private-out"},
    "NACL 300": {"nacl-row-300-database-in"},
    "NACL 310": {"nacl-row-310-database-in"},
    "NACL 320": {"nacl-row-320-database-out"},
}


@pytest.mark.parametrize("row", sorted(GUARDS))
def test_row_of_the_firms_tables_is_guarded(row: str) -> None:
    assert {rule.id for rule in ALL_RULES if rule.mission_row == row} >= GUARDS[row]


def test_every_rule_of_this_part_is_mandatory_and_says_what_to_do() -> None:
    rows = rule_table()
    assert [row.id for row in rows] == [rule.id for rule in ALL_RULES]
    assert all(row.enforcement == "mandatory" and row.title and row.remedy and row.mission_row for row in rows)
