"""Direct Connect links that cannot work, or would announce too much.

Each case: name, changes to a link, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.config.rules.direct_connects import DIRECT_CONNECT_RULES

LINK = """\
  logistics:
    account: network
    region: us-east-1
    location: EqDC2
    gateway_asn: 64520
    vif: private
    vlan: 101
    bgp_asn: 65020
    networks: [prod, payments]
    allowed_prefixes: [10.30.0.0/16, 10.40.0.0/16]
    failover: {customer_gateway: {ip_address: 203.0.113.20, bgp_asn: 65020}}
    cidrs: [192.168.110.0/24]
    reaches: [{network: prod}]
"""
AT = "direct_connects.logistics"

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "hubs behind a private interface",
        [("    cidrs:", "    hubs: [us] # HERE\n    cidrs:")],
        "direct-connect-one-kind",
        f"{AT}.hubs",
    ),
    (
        "networks behind a transit interface",
        [("vif: private", "vif: transit"), ("networks: [prod, payments]", "hubs: [us]\n    networks: [prod] # HERE")],
        "direct-connect-one-kind",
        f"{AT}.networks",
    ),
    (
        "nothing behind it",
        [("vif: private", "vif: private # HERE"), ("networks: [prod, payments]", "networks: []")],
        "direct-connect-one-kind",
        f"{AT}.vif",
    ),
    (
        "failover of a transit interface",
        [
            ("vif: private", "vif: transit"),
            ("networks: [prod, payments]", "hubs: [us]"),
            ("bgp_asn: 65020}}", "bgp_asn: 65020}} # HERE"),
        ],
        "direct-connect-one-kind",
        f"{AT}.failover",
    ),
    (
        "unknown network",
        [("[prod, payments]", "[prod, payment] # HERE")],
        "direct-connect-ends-exist",
        f"{AT}.networks[1]",
    ),
    (
        "network twice",
        [("[prod, payments]", "[prod, payments, prod] # HERE")],
        "direct-connect-ends-unique",
        f"{AT}.networks[2]",
    ),
    ("public ASN", [("64520", "64000 # HERE")], "out-of-bounds", f"{AT}.gateway_asn"),
    ("reserved ASN", [("64520", "65535 # HERE")], "direct-connect-asn", f"{AT}.gateway_asn"),
    ("both ends alike", [("bgp_asn: 65020\n", "bgp_asn: 64520 # HERE\n")], "direct-connect-asn", f"{AT}.bgp_asn"),
    (
        "device like the gateway",
        [("bgp_asn: 65020}}", "bgp_asn: 64520}} # HERE")],
        "direct-connect-asn",
        f"{AT}.failover.customer_gateway.bgp_asn",
    ),
    (
        "wider prefix",
        [("[10.30.0.0/16, 10.40.0.0/16]", "[10.30.0.0/16, 10.40.0.0/16, 10.0.0.0/8] # HERE")],
        "direct-connect-prefixes",
        f"{AT}.allowed_prefixes[2]",
    ),
    (
        "prefix of a network that is not behind it",
        [("[10.30.0.0/16, 10.40.0.0/16]", "[10.30.0.0/16, 10.40.0.0/16, 10.10.0.0/16] # HERE")],
        "direct-connect-prefixes",
        f"{AT}.allowed_prefixes[2]",
    ),
    (
        "network that is not announced",
        [("[10.30.0.0/16, 10.40.0.0/16]", "[10.30.0.0/16] # HERE")],
        "direct-connect-prefixes",
        f"{AT}.allowed_prefixes",
    ),
    (
        "network that is not behind it",
        [("[{network: prod}]", "[{network: dev}] # HERE")],
        "direct-connect-reach",
        f"{AT}.reaches[0].network",
    ),
    ("unknown account", [("account: network", "account: net # HERE")], "account-exists", f"{AT}.account"),
    (
        "private device",
        [("203.0.113.20, bgp_asn: 65020}}", "10.0.0.1, bgp_asn: 65020}} # HERE")],
        "vpn-device-public",
        f"{AT}.failover.customer_gateway.ip_address",
    ),
]


def with_link(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The change that adds a link, itself changed, to the sound fleet."""
    text = LINK
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [("targets:\n", f"direct_connects:\n{text}targets:\n")]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(with_link(*changes), rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} >= {rule.id for rule in DIRECT_CONNECT_RULES}


def test_both_kinds_on_one_gateway_are_refused_with_the_reason(refused) -> None:
    mixed = with_link(("    cidrs:", "    hubs: [us] # HERE\n    cidrs:"))
    found = refused(mixed, "direct-connect-one-kind", f"{AT}.hubs")
    assert "with vif: private the gateway takes networks, not hubs" in found.message
    assert "gateway of its own" in found.remedy


TRANSIT = (
    ("vif: private", "vif: transit"),
    ("networks: [prod, payments]", "hubs: [us]"),
    ("[10.30.0.0/16, 10.40.0.0/16]", "[10.30.0.0/16]"),
    ("    failover: {customer_gateway: {ip_address: 203.0.113.20, bgp_asn: 65020}}\n", ""),
    ("    reaches: [{network: prod}]\n", ""),
)


@pytest.mark.parametrize("changes", [(), TRANSIT], ids=["private", "transit"])
def test_a_link_of_either_kind_is_no_finding(judged, edited, changes) -> None:
    assert judged(edited(*with_link(*changes))).findings == ()


def test_a_gateway_does_not_take_the_asn_of_a_hub_behind_it(refused) -> None:
    refused(with_link(*TRANSIT, ("64520", "64512 # HERE")), "direct-connect-asn", f"{AT}.gateway_asn")
