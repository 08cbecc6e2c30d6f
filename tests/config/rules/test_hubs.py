"""Hubs and peerings between them that cannot work.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.hubs import HUB_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "public ASN",
        [("asn: 64513, segments: [prod]}", "asn: 65535, segments: [prod]} # HERE")],
        "hub-asn-private",
        "hubs.eu.asn",
    ),
    (
        "ASN between the private ranges",
        [("asn: 64513, segments: [prod]}", "asn: 4199999999, segments: [prod]} # HERE")],
        "hub-asn-private",
        "hubs.eu.asn",
    ),
    (
        "shared ASN",
        [("asn: 64513, segments: [prod]}", "asn: 64512, segments: [prod]} # HERE")],
        "hub-asn-unique",
        "hubs.eu.asn",
    ),
    (
        "segment twice",
        [("asn: 64513, segments: [prod]}", "asn: 64513, segments: [prod, prod]} # HERE")],
        "hub-segments",
        "hubs.eu.segments[1]",
    ),
    (
        "reserved segment",
        [("asn: 64513, segments: [prod]}", "asn: 64513, segments: [prod, inter-region]} # HERE")],
        "hub-segments",
        "hubs.eu.segments[1]",
    ),
    (
        "peering of an unknown hub",
        [("accepter: eu, segments: [prod]}", "accepter: asia, segments: [prod]} # HERE")],
        "hub-peering-hub-exists",
        "connections.hubs.accepter",
    ),
    (
        "hub peered in its region",
        [("accepter: eu, segments: [prod]}", "accepter: us, segments: [prod]} # HERE")],
        "hub-peering-regions",
        "connections.hubs.accepter",
    ),
    (
        "hubs peered twice",
        [
            (
                "  pay:\n",
                "  hubs2: {kind: hub-peering, requester: eu, accepter: us, segments: [x]} # HERE\n  pay:\n",
            )
        ],
        "hub-peering-unique",
        "connections.hubs2",
    ),
    (
        "segment that one hub lacks",
        [("accepter: eu, segments: [prod]}", "accepter: eu, segments: [prod, dev]} # HERE")],
        "hub-peering-segments",
        "connections.hubs.segments[1]",
    ),
    (
        "segment carried twice",
        [("accepter: eu, segments: [prod]}", "accepter: eu, segments: [prod, prod]} # HERE")],
        "hub-peering-segments",
        "connections.hubs.segments[1]",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in HUB_RULES}
