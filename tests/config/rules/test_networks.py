"""Networks that cannot work.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.networks import NETWORK_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "zone without a slot",
        [("azs: [us-east-1a, us-east-1b]\n    nat", "azs: [us-east-1a, us-east-1z] # HERE\n    nat")],
        "az-name",
        "networks.dev.azs[1]",
    ),
    (
        "local zone",
        [("azs: [us-east-1a, us-east-1b]\n    nat", "azs: [us-east-1a, us-east-1-bos-1a] # HERE\n    nat")],
        "az-name",
        "networks.dev.azs[1]",
    ),
    (
        "zone of another region",
        [("azs: [us-east-1a, us-east-1b]\n    nat", "azs: [us-east-1a, eu-west-1b] # HERE\n    nat")],
        "az-in-region",
        "networks.dev.azs[1]",
    ),
    (
        "zone twice",
        [
            (
                "azs: [us-east-1a, us-east-1b, us-east-1c]",
                "azs: [us-east-1a, us-east-1b, us-east-1c, us-east-1a] # HERE",
            )
        ],
        "az-unique",
        "networks.prod.azs[3]",
    ),
    (
        "one zone",
        [("azs: [us-east-1a, us-east-1b]\n    nat", "azs: [us-east-1a] # HERE\n    nat")],
        "az-count",
        "networks.dev.azs",
    ),
    (
        "two zones in prod",
        [("azs: [us-east-1a, us-east-1b, us-east-1c]", "azs: [us-east-1a, us-east-1b] # HERE")],
        "az-count",
        "networks.prod.azs",
    ),
    (
        "tier twice",
        [("tiers: [private, database]", "tiers: [private, database, private] # HERE")],
        "tiers",
        "networks.payments.tiers[2]",
    ),
    (
        "no private tier",
        [("nat: single", "nat: single\n    tiers: [public, database] # HERE")],
        "tiers",
        "networks.dev.tiers",
    ),
    ("no tier", [("tiers: [private, database]", "tiers: [] # HERE")], "tiers", "networks.payments.tiers"),
    (
        "NAT without the public tier",
        [("tiers: [private, database]", "tiers: [private, database]\n    nat: single # HERE")],
        "nat-needs-public-tier",
        "networks.payments.nat",
    ),
    (
        "single NAT in prod",
        [("nat: per-az", "nat: single # HERE")],
        "nat-per-az-in-prod",
        "networks.prod.nat",
    ),
    (
        "payments rows in dev",
        [("nat: single", "nat: single\n    profile: payments # HERE")],
        "profile-of-environment",
        "networks.dev.profile",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in NETWORK_RULES}
