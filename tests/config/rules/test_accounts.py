"""Accounts and regions that do not fit together.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.accounts import ACCOUNT_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "unknown account",
        [("    account: dev", "    account: devv # HERE")],
        "account-exists",
        "networks.dev.account",
    ),
    (
        "unknown account of the archive",
        [("log_archive: {account: network, retention_days: 400}", "log_archive: {account: logs} # HERE")],
        "account-exists",
        "log_archive.account",
    ),
    (
        "unknown account of a hub",
        [
            (
                "eu: {account: network, region: eu-west-1, asn: 64513, segments: [prod]}",
                "eu: {account: hub, region: eu-west-1, asn: 64513, segments: [prod]} # HERE",
            )
        ],
        "account-exists",
        "hubs.eu.account",
    ),
    (
        "shared account id",
        [
            (
                '"210000000004", role: Deploy, external_id: shop-prod}',
                '"210000000002", role: Deploy, external_id: shop-prod} # HERE',
            )
        ],
        "account-id-unique",
        "accounts.prod.id",
    ),
    (
        "home region not listed",
        [("home_region: us-east-1", "home_region: us-west-2 # HERE")],
        "region-listed",
        "home_region",
    ),
    (
        "region listed twice",
        [("regions: [us-east-1, eu-west-1]", "regions: [us-east-1, eu-west-1, us-east-1] # HERE")],
        "region-unique",
        "regions[2]",
    ),
    (
        "region of another partition",
        [("regions: [us-east-1, eu-west-1]", "regions: [us-east-1, eu-west-1, cn-north-1] # HERE")],
        "region-partition",
        "regions[2]",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in ACCOUNT_RULES}
