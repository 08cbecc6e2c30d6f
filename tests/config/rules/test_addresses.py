"""Address blocks that do not fit together.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.addresses import ADDRESS_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "overlap",
        [("cidr: 10.40.0.0/16", "cidr: 10.30.64.0/18 # HERE")],
        "cidr-overlap",
        "networks.payments.cidr",
    ),
    (
        "same block",
        [("cidr: 10.30.0.0/16", "cidr: 10.10.0.0/16 # HERE")],
        "cidr-overlap",
        "networks.prod.cidr",
    ),
    (
        "outside the supernet",
        [("cidr: 10.10.0.0/16", "cidr: 172.16.0.0/16 # HERE")],
        "cidr-outside-supernet",
        "networks.dev.cidr",
    ),
    ("too small", [("cidr: 10.10.0.0/16", "cidr: 10.10.0.0/23 # HERE")], "cidr-size", "networks.dev.cidr"),
    ("too large", [("cidr: 10.10.0.0/16", "cidr: 10.12.0.0/15 # HERE")], "cidr-size", "networks.dev.cidr"),
    (
        "no prefix length",
        [("cidr: 10.10.0.0/16", "cidr: 10.10.0.0 # HERE")],
        "cidr-size",
        "networks.dev.cidr",
    ),
    (
        "public supernet",
        [("supernet: 10.0.0.0/8", "supernet: 0.0.0.0/0 # HERE")],
        "supernet-private",
        "supernet",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in ADDRESS_RULES}
