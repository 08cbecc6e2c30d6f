"""Names that collide or grow too long.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.names import NAME_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "stacks of the same name",
        [
            (
                "  eu: {account",
                "  peering-hubs: {account: network, region: us-east-1, asn: 64514, segments: [x]}\n  eu: {account",
            ),
            ("segments: [prod]}\n  pay", "segments: [prod]} # HERE\n  pay"),
        ],
        "stack-name-unique",
        "connections.hubs",
    ),
    (
        "bucket name too long",
        [
            ("name: shop", "name: a234567890123456789012345678901 # HERE"),
            ("[us-east-1, eu-west-1]", "[us-east-1, eu-west-1, ap-southeast-1]"),
        ],
        "bucket-name-length",
        "name",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in NAME_RULES}
