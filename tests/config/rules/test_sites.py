"""Sites beyond AWS that cannot work, or would reach too much.

Each case: name, changes to an office's connection, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.components.network_acl_table import ROWS
from securecart.components.peering_table import PEERING_NUMBERS
from securecart.components.site_access_table import SITE_NUMBERS
from securecart.config.model import Direction, Tier
from securecart.config.rules.sites import ACL_NUMBERS, SITE_RULES
from securecart.limits import LimitName, limit

OFFICE = """\
  office:
    hub: us
    customer_gateway: {ip_address: 203.0.113.10, bgp_asn: 65010}
    cidrs: [192.168.100.0/24]
    reaches:
      - {network: prod, group: ecs, ports: [443]}
"""
REACH = "- {network: prod, group: ecs, ports: [443]}"
SECOND = OFFICE.replace("office", "other").replace("100.0/24", "101.0/24")

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    ("unknown hub", [("hub: us", "hub: usa # HERE")], "vpn-hub-exists", "vpns.office.hub"),
    (
        "private device",
        [("{ip_address: 203.0.113.10, bgp_asn: 65010}", "{ip_address: 10.1.2.3, bgp_asn: 65010} # HERE")],
        "vpn-device-public",
        "vpns.office.customer_gateway.ip_address",
    ),
    (
        "block on the internet",
        [("[192.168.100.0/24]", "[198.51.100.0/24] # HERE")],
        "site-cidr",
        "vpns.office.cidrs[0]",
    ),
    ("block of the fleet", [("[192.168.100.0/24]", "[10.99.0.0/16] # HERE")], "site-cidr", "vpns.office.cidrs[0]"),
    (
        "block twice",
        [("[192.168.100.0/24]", "[192.168.100.0/24, 192.168.0.0/16] # HERE")],
        "site-cidr",
        "vpns.office.cidrs[1]",
    ),
    (
        "unknown network",
        [(REACH, "- {network: prodd} # HERE")],
        "reach-network-exists",
        "vpns.office.reaches[0].network",
    ),
    (
        "network twice",
        [(REACH, f"{REACH}\n      - {{network: prod}} # HERE")],
        "reach-unique",
        "vpns.office.reaches[1].network",
    ),
    (
        "network on no hub",
        [(REACH, "- {network: payments, group: service} # HERE")],
        "reach-attached",
        "vpns.office.reaches[0].network",
    ),
    (
        "database tier",
        [(REACH, "- {network: prod, tiers: [private, database]} # HERE")],
        "reach-tiers",
        "vpns.office.reaches[0].tiers",
    ),
    ("no tier", [(REACH, "- {network: prod, tiers: []} # HERE")], "reach-tiers", "vpns.office.reaches[0].tiers"),
    (
        "group of another tier",
        [(REACH, "- {network: prod, group: rds} # HERE")],
        "reach-group",
        "vpns.office.reaches[0].group",
    ),
    (
        "endpoints",
        [(REACH, "- {network: prod, group: endpoints} # HERE")],
        "reach-group",
        "vpns.office.reaches[0].group",
    ),
    ("SSH", [(REACH, "- {network: prod, ports: [443, 22]} # HERE")], "reach-ports", "vpns.office.reaches[0].ports[1]"),
    ("no port", [(REACH, "- {network: prod, ports: []} # HERE")], "reach-ports", "vpns.office.reaches[0].ports"),
    (
        "port twice",
        [(REACH, "- {network: prod, ports: [443, 443]} # HERE")],
        "reach-ports",
        "vpns.office.reaches[0].ports[1]",
    ),
    (
        "more ports than ACL entries are kept",
        [(REACH, "- {network: prod, ports: [1, 2, 3, 4, 5, 6, 7]} # HERE")],
        "reach-acl-numbers",
        "vpns.office.reaches[0]",
    ),
    (
        "device twice",
        [(OFFICE, OFFICE + SECOND.replace("bgp_asn: 65010}", "bgp_asn: 65010} # HERE"))],
        "vpn-device-unique",
        "vpns.other.customer_gateway",
    ),
]


def with_office(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The change that adds an office, itself changed, to the sound fleet."""
    text = OFFICE
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return [("targets:\n", f"vpns:\n{text}targets:\n")]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(with_office(*changes), rule, subject)


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} == {rule.id for rule in SITE_RULES}


def test_an_office_by_itself_is_no_finding(judged, edited) -> None:
    assert judged(edited(*with_office())).findings == ()


def test_a_second_office_takes_from_the_same_acl_entries(judged, edited) -> None:
    other = SECOND.replace("203.0.113.10", "203.0.113.11")
    fits = with_office((OFFICE, OFFICE + other.replace("[443]", "[443, 8443, 9443, 9444]")))
    assert judged(edited(*fits)).findings == ()
    full = with_office((OFFICE, OFFICE + other.replace("[443]", "[443, 8443, 9443, 9444, 9445]")))
    assert {finding.rule for finding in judged(edited(*full)).findings} == {"reach-acl-numbers"}


def test_the_numbers_kept_for_sites_are_free_in_the_firms_table() -> None:
    for direction in Direction:
        taken = {row.number for row in ROWS if (row.tier, row.direction) == (Tier.PRIVATE, direction)}
        assert taken
        assert taken.isdisjoint(SITE_NUMBERS[direction])
        kept = (*SITE_NUMBERS[direction], *PEERING_NUMBERS[direction])
        assert len(taken) + len(kept) == len(taken | set(kept)) <= limit(LimitName.NACL_RULES_PER_DIRECTION).value
    assert tuple(len(SITE_NUMBERS[direction]) for direction in Direction) == ACL_NUMBERS


def test_an_address_that_is_none_is_told_in_plain_words(refused) -> None:
    change = ("{ip_address: 203.0.113.10, bgp_asn: 65010}", "{ip_address: office.example, bgp_asn: 65010} # HERE")
    found = refused(with_office(change), "malformed", "vpns.office.customer_gateway.ip_address")
    assert "IPv4 address" in found.message
