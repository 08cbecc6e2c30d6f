"""Attachments that would join what must stay apart, or cannot work.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.attachments import ATTACHMENT_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "attachment of an unknown network",
        [("network: dev, hub: us, segment: dev}", "network: devv, hub: us, segment: dev} # HERE")],
        "attachment-ends-exist",
        "connections.dev.network",
    ),
    (
        "attachment to an unknown hub",
        [("network: dev, hub: us, segment: dev}", "network: dev, hub: asia, segment: dev} # HERE")],
        "attachment-ends-exist",
        "connections.dev.hub",
    ),
    (
        "attachment to another region",
        [("network: prod, hub: us, segment: prod}", "network: prod, hub: eu, segment: prod} # HERE")],
        "attachment-region",
        "connections.prod.hub",
    ),
    (
        "dev connected to prod",
        [("network: dev, hub: us, segment: dev}", "network: dev, hub: us, segment: prod} # HERE")],
        "environment-isolation",
        "connections.dev.segment",
    ),
    (
        "payments connected to prod",
        [("  pay:\n", "  p: {kind: attachment, network: payments, hub: us, segment: prod} # HERE\n  pay:\n")],
        "environment-isolation",
        "connections.p.segment",
    ),
    (
        "attachment to a segment that the hub lacks",
        [
            (
                "  pay:\n",
                "  p: {kind: attachment, network: payments, hub: us, segment: payments} # HERE\n  pay:\n",
            )
        ],
        "attachment-segment-exists",
        "connections.p.segment",
    ),
    (
        "network attached twice",
        [("  pay:\n", "  dev2: {kind: attachment, network: dev, hub: us, segment: dev} # HERE\n  pay:\n")],
        "attachment-unique",
        "connections.dev2.network",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in ATTACHMENT_RULES}
