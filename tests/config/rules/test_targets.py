"""Targets that Pulumi could not use.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.targets import TARGET_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "unknown default target",
        [("name: shop", "name: shop\ndefault_target: azure # HERE")],
        "target-exists",
        "default_target",
    ),
    (
        "no target named sandbox",
        [("name: shop", "name: shop # HERE"), ("  sandbox: {kind", "  local: {kind")],
        "target-exists",
        "default_target",
    ),
    (
        "real accounts without state",
        [
            (
                'backend: "s3://state", secrets_provider: "awskms://alias/state"}',
                'secrets_provider: "awskms://alias/state"} # HERE',
            )
        ],
        "target-aws-state",
        "targets.aws.backend",
    ),
    (
        "real accounts without key",
        [
            (
                'backend: "s3://state", secrets_provider: "awskms://alias/state"}',
                'backend: "s3://state"} # HERE',
            )
        ],
        "target-aws-state",
        "targets.aws.secrets_provider",
    ),
    (
        "a sandbox with a backend of its own",
        [("  sandbox: {kind: sandbox}", '  sandbox: {kind: sandbox, backend: "file:///tmp/state"} # HERE')],
        "target-sandbox-state",
        "targets.sandbox.backend",
    ),
    (
        "unknown kind of backend",
        [
            (
                'backend: "s3://state", secrets_provider: "awskms://alias/state"}',
                'backend: "ftp://state", secrets_provider: "awskms://alias/state"} # HERE',
            )
        ],
        "target-scheme",
        "targets.aws.backend",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in TARGET_RULES}
