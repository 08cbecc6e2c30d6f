"""Peerings beyond the flows that the firm names.

Each case: name, changes to the sound fleet, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.peerings import PEERING_RULES

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "peering of an unknown network",
        [("accepter: {network: payments, tiers: [private]}", "accepter: {network: pay} # HERE")],
        "peering-ends-exist",
        "connections.pay.accepter.network",
    ),
    (
        "network peered with itself",
        [("accepter: {network: payments, tiers: [private]}", "accepter: {network: prod} # HERE")],
        "peering-ends-differ",
        "connections.pay.accepter.network",
    ),
    (
        "dev peered with payments",
        [
            ("  pay:\n", "  pay: # HERE\n"),
            ("requester: {network: prod, tiers", "requester: {network: dev, tiers"),
        ],
        "peering-isolation",
        "connections.pay",
    ),
    (
        "payments reaching prod",
        [
            ("  pay:\n", "  pay: # HERE\n"),
            ("requester: {network: prod, tiers", "requester: {network: payments, tiers"),
            ("accepter: {network: payments, tiers", "accepter: {network: prod, tiers"),
        ],
        "peering-isolation",
        "connections.pay",
    ),
    (
        "peering of another tier",
        [("{network: payments, tiers: [private]}", "{network: payments, tiers: [private, database]} # HERE")],
        "peering-tiers",
        "connections.pay.accepter.tiers",
    ),
    (
        "peering of no tier",
        [("{network: payments, tiers: [private]}", "{network: payments, tiers: []} # HERE")],
        "peering-tiers",
        "connections.pay.accepter.tiers",
    ),
    (
        "networks peered twice",
        [
            (
                "  pay:\n",
                "  first: {kind: peering, requester: {network: prod}, accepter: {network: payments}}\n  pay: # HERE\n",
            )
        ],
        "peering-unique",
        "connections.pay",
    ),
    ("no port", [("ports: [443]", "ports: [] # HERE")], "peering-ports", "connections.pay.ports"),
    (
        "port twice",
        [("ports: [443]", "ports: [443, 443] # HERE")],
        "peering-ports",
        "connections.pay.ports[1]",
    ),
    (
        "more ports than ACL entries are kept",
        [("  pay:\n", "  pay: # HERE\n"), ("ports: [443]", "ports: [443, 8443, 9443, 10443, 11443]")],
        "peering-acl-numbers",
        "connections.pay",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(changes, rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in PEERING_RULES}


def test_a_port_that_no_flow_of_the_firm_uses_is_refused(judged, edited) -> None:
    found = judged(edited(("ports: [443]", "ports: [443, 8443]")))
    assert found.fleet is None
    assert [(finding.rule, finding.subject) for finding in found.findings] == [
        ("peering-ports", "connections.pay.ports[1]")
    ]


def rules_broken(check) -> set[str]:
    return {finding.rule for finding in check.findings}


def test_four_ports_of_a_peering_fit_its_acl_entries(judged, edited) -> None:
    found = judged(edited(("ports: [443]", "ports: [443, 8443, 9443, 10443]")))
    assert "peering-acl-numbers" not in rules_broken(found)


def test_a_second_peering_of_the_accepter_takes_from_the_same_acl_entries(judged, edited) -> None:
    second = """\
  prod2:
    account: prod
    region: us-east-1
    environment: prod
    cidr: 10.50.0.0/16
    azs: [us-east-1a, us-east-1b, us-east-1c]
connections:
  pay2: {kind: peering, requester: {network: prod2}, accepter: {network: payments}, ports: [443, 8443]}
"""
    fits = edited(("connections:\n", second), ("ports: [443]\n", "ports: [443, 8443]\n"))
    assert "peering-acl-numbers" not in rules_broken(judged(fits))
    one_more = edited(("connections:\n", second), ("ports: [443]\n", "ports: [443, 8443, 9443]\n"))
    assert "peering-acl-numbers" in rules_broken(judged(one_more))
