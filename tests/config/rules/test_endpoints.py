"""Endpoints that AWS would refuse, that let nothing through, or without which no image can be pulled.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.endpoints import expanded
from securecart.config.rules.endpoints import ENDPOINT_RULES

DEV = "    nat: single\n"
PAYMENTS = "    tiers: [private, database]\n"


def endpoints(after: str, *lines: str) -> list[tuple[str, str]]:
    """Give the network whose last key stands in a line its endpoints."""
    return [(after, f"{after}    endpoints: # HERE\n" + "".join(f"      {line}\n" for line in lines))]


def marked(after: str, *lines: str) -> list[tuple[str, str]]:
    """The same, with a mark of the test's own."""
    return [(old, new.replace("endpoints: # HERE", "endpoints:")) for old, new in endpoints(after, *lines)]


CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "a service twice",
        marked(DEV, "gateway: [s3, s3] # HERE"),
        "endpoints-unique",
        "networks.dev.endpoints.gateway[1]",
    ),
    (
        "a bucket twice",
        marked(DEV, "gateway: [s3]", "buckets: [shop-a, shop-a] # HERE"),
        "endpoints-unique",
        "networks.dev.endpoints.buckets[1]",
    ),
    (
        "buckets without an endpoint",
        marked(DEV, "gateway: []", "buckets: [shop-a] # HERE"),
        "endpoints-named",
        "networks.dev.endpoints.buckets",
    ),
    (
        "tables without an endpoint",
        marked(DEV, "gateway: [s3]", "tables: [orders] # HERE"),
        "endpoints-named",
        "networks.dev.endpoints.tables",
    ),
    ("no table for DynamoDB", endpoints(DEV, "gateway: [dynamodb]"), "endpoints-named", "networks.dev.endpoints"),
    (
        "a long bucket",
        marked(DEV, "gateway: [s3]", f'buckets: ["{"a" * 41}-{{account}}-{{region}}"] # HERE'),
        "endpoints-name-length",
        "networks.dev.endpoints.buckets[0]",
    ),
    (
        "images without layers",
        endpoints(PAYMENTS, "gateway: []", "interface: [ecr.api, ecr.dkr]"),
        "endpoints-of-ecr",
        "networks.payments.endpoints",
    ),
    (
        "images without their registry",
        endpoints(PAYMENTS, "gateway: [s3]", "interface: [ecr.api]"),
        "endpoints-of-ecr",
        "networks.payments.endpoints",
    ),
    (
        "a service that has none",
        marked(DEV, "gateway: [sqs] # HERE"),
        "not-a-choice",
        "networks.dev.endpoints.gateway[0]",
    ),
    (
        "every bucket",
        marked(DEV, "gateway: [s3]", 'buckets: ["*"] # HERE'),
        "malformed",
        "networks.dev.endpoints.buckets[0]",
    ),
    (
        "another placeholder",
        marked(DEV, "gateway: [s3]", 'buckets: ["shop-{zone}"] # HERE'),
        "malformed",
        "networks.dev.endpoints.buckets[0]",
    ),
    (
        "a key that does not exist",
        marked(DEV, "gateway: [s3]", "bucket: [shop-a] # HERE"),
        "unknown-key",
        "networks.dev.endpoints.bucket",
    ),
    (
        "an organization's name",
        [("home_region: us-east-1", "organization_id: shop # HERE\nhome_region: us-east-1")],
        "malformed",
        "organization_id",
    ),
]


@pytest.mark.parametrize(("changes", "rule", "subject"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_fleet_is_refused(refused, changes: list[tuple[str, str]], rule: str, subject: str) -> None:
    refused(changes, rule, subject)


def test_every_rule_has_a_case() -> None:
    assert {case[2] for case in CASES} >= {rule.id for rule in ENDPOINT_RULES}


def test_endpoints_of_every_service_are_sound(judged, edited) -> None:
    lines = "    endpoints:\n      buckets: [shop-media]\n      tables: [orders]\n"
    checked = judged(edited((DEV, DEV + lines)))
    assert checked.findings == ()
    found = checked.fleet.networks["dev"].endpoints
    assert (len(found.gateway), len(found.interface)) == (2, 7)


def test_with_nat_one_endpoint_of_ecr_is_enough(judged, edited) -> None:
    lines = "    endpoints:\n      gateway: []\n      interface: [ecr.api]\n"
    assert judged(edited((DEV, DEV + lines))).findings == ()


def test_placeholders_take_the_networks_account_and_region() -> None:
    assert expanded("shop-{account}-*-{region}", "210000000002", "eu-west-1") == "shop-210000000002-*-eu-west-1"
