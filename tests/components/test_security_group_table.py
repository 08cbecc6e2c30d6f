"""The security group table: the firm's rows are all there, corrected as decided, and nothing else is open."""

import re

import pytest

from securecart.components.blocks import Block
from securecart.components.security_group_table import (
    APPLICATION,
    PAYMENTS,
    TABLES,
    Group,
    PrefixList,
    RequesterTiers,
    components,
)
from securecart.config.model import Direction, Environment, Network, Profile, Tier

FIRM = [
    ("alb", "ingress", Block.ANY, (80, 443)),
    ("alb", "egress", Block.VPC, (80, 443)),
    ("alb", "egress", Group("ecs"), (8080,)),
    ("ecs", "ingress", Group("alb"), (8080,)),
    ("ecs", "egress", Group("rds"), (5432,)),
    ("ecs", "egress", Group("endpoints"), (443,)),
    ("ecs", "egress", PrefixList("s3"), (443,)),
    ("ecs", "egress", PrefixList("dynamodb"), (443,)),
    ("rds", "ingress", Group("ecs"), (5432,)),
    ("lambda", "egress", Block.ANY, (443,)),
]
"""SecureCart's own table with decisions D2 and D3 carried out."""

ADDED = [
    ("ecs", "egress", Block.ANY, (443,)),
    ("endpoints", "ingress", Block.PRIVATE, (443,)),
]
"""What D7 and the interface endpoints add."""


def _cells(rows) -> set[tuple[object, ...]]:
    return {(row.component, str(row.direction), row.peer, row.ports) for row in rows}


@pytest.mark.parametrize("row", FIRM)
def test_each_row_of_the_firm_is_in_the_application_table(row):
    assert row in _cells(APPLICATION)


def test_nothing_is_in_the_application_table_but_the_firms_rows_and_what_decisions_add():
    assert _cells(APPLICATION) == {*FIRM, *ADDED}


def test_the_payments_table_has_the_service_behind_a_peering_and_a_load_balancer_and_no_internet():
    assert ("service", "ingress", RequesterTiers(), (443,)) in _cells(PAYMENTS)
    assert ("rds", "ingress", Group("service"), (5432,)) in _cells(PAYMENTS)
    assert ("service", "ingress", Group("nlb"), (443,)) in _cells(PAYMENTS)
    assert Block.ANY not in {row.peer for row in PAYMENTS}


@pytest.mark.parametrize("profile", Profile)
def test_databases_and_endpoints_open_no_connection(profile):
    silent = {row.component for row in TABLES[profile] if row.direction is Direction.INGRESS}
    assert {"rds", "endpoints"} <= silent
    assert not {"rds", "endpoints"} & {row.component for row in TABLES[profile] if row.direction is Direction.EGRESS}


def test_lambda_takes_no_connection():
    assert {row.direction for row in APPLICATION if row.component == "lambda"} == {Direction.EGRESS}


@pytest.mark.parametrize("profile", Profile)
def test_nobody_is_let_in_by_ssh_or_rdp(profile):
    ports = {port for row in TABLES[profile] if row.direction is Direction.INGRESS for port in row.ports}
    assert ports
    assert not ports & {22, 3389}


@pytest.mark.parametrize("profile", Profile)
def test_descriptions_hold_only_what_aws_accepts(profile):
    assert all(re.fullmatch(r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{1,255}", row.why) for row in TABLES[profile])


def _network(profile: Profile, *tiers: Tier) -> Network:
    return Network(
        account="prod",
        region="us-east-1",
        environment=Environment.PROD,
        profile=profile,
        cidr="10.30.0.0/16",
        azs=("us-east-1a", "us-east-1b"),
        tiers=tiers,
    )


def test_a_component_exists_where_its_tier_does():
    assert components(_network(Profile.APPLICATION, *Tier)) == ("alb", "ecs", "rds", "lambda", "endpoints")
    assert components(_network(Profile.APPLICATION, Tier.PRIVATE)) == ("ecs", "lambda", "endpoints")
    assert components(_network(Profile.PAYMENTS, Tier.PRIVATE, Tier.DATABASE)) == (
        "service",
        "rds",
        "endpoints",
        "nlb",
    )
