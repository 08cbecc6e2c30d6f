"""The network ACL table: the firm's rows are all there, and it expands to the right entries."""

import re
from ipaddress import IPv4Network

import pytest

from securecart.components.blocks import Block
from securecart.components.network_acl_table import ROWS, Action, network_acl_entries
from securecart.config.endpoints import Endpoints
from securecart.config.model import Direction, Environment, Nat, Network, Profile, Tier

SUPERNET = IPv4Network("10.0.0.0/8")
EVERY = (1, 65535)

FIRM = [
    (100, "public", "ingress", "allow", (80, 443), "any"),
    (110, "public", "ingress", "deny", None, "any"),
    (120, "public", "egress", "allow", (80, 443), "vpc"),
    (130, "public", "egress", "deny", None, "any"),
    (200, "private", "ingress", "allow", (8080,), "public"),
    (210, "private", "ingress", "allow", (5432,), "database"),
    (220, "private", "ingress", "deny", None, "any"),
    (230, "private", "egress", "allow", (443,), "any"),
    (300, "database", "ingress", "allow", (5432,), "private"),
    (310, "database", "ingress", "deny", None, "any"),
    (320, "database", "egress", "deny", None, "any"),
]
"""SecureCart's own table: number, tier, direction, action, ports, peer."""


def network(
    nat: Nat = Nat.PER_AZ,
    tiers: tuple[Tier, ...] = tuple(Tier),
    profile: Profile = Profile.APPLICATION,
    endpoints: Endpoints | None = None,
) -> Network:
    return Network(
        account="prod",
        region="us-east-1",
        environment=Environment.PROD,
        profile=profile,
        endpoints=endpoints,
        cidr="10.30.0.0/16",
        azs=("us-east-1a", "us-east-1b"),
        tiers=tiers,
        nat=nat,
    )


@pytest.mark.parametrize(("number", "tier", "direction", "action", "ports", "peer"), FIRM)
def test_each_row_of_the_firm_is_in_the_table(number, tier, direction, action, ports, peer):
    rows = [row for row in ROWS if row.origin == f"row {number}"]
    assert rows, f"row {number} is missing"
    assert rows[0].number == number
    assert {(row.tier, row.direction, row.action, row.peer) for row in rows} == {(tier, direction, action, peer)}
    found = tuple(sorted(row.ports[0] for row in rows if row.ports and row.ports[0] == row.ports[1]))
    assert (found or None) == ports


def test_every_row_is_the_firms_or_names_the_decision_that_adds_it():
    firm = {f"row {number}" for number, *_ in FIRM}
    assert {row.origin for row in ROWS} == firm | {"D1", "D2", "D3"}


def test_every_row_says_why_it_exists():
    assert all(re.fullmatch(r"\S.{9,}", row.why) for row in ROWS)


GATEWAYS = Endpoints(tables=("orders",))
INTERFACES = Endpoints(gateway=())


@pytest.mark.parametrize("nat", Nat)
@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("endpoints", [None, GATEWAYS, INTERFACES])
def test_a_number_is_used_once_in_a_network(nat, profile, endpoints):
    for tier in Tier:
        entries = network_acl_entries(network(nat, tuple(Tier), profile, endpoints), SUPERNET, tier)
        assert entries
        assert len({entry.number for entry in entries}) == len(entries)


@pytest.mark.parametrize(
    ("nat", "profile", "endpoints", "ports"),
    [
        (Nat.SINGLE, Profile.APPLICATION, None, (1024, 65535)),
        (Nat.SINGLE, Profile.PAYMENTS, GATEWAYS, (1024, 65535)),
        (Nat.NONE, Profile.APPLICATION, GATEWAYS, (1024, 65535)),
        (Nat.NONE, Profile.PAYMENTS, GATEWAYS, (32768, 61000)),
        (Nat.NONE, Profile.APPLICATION, INTERFACES, None),
        (Nat.NONE, Profile.PAYMENTS, INTERFACES, None),
        (Nat.NONE, Profile.PAYMENTS, None, None),
    ],
)
def test_replies_from_public_addresses_enter_as_narrowly_as_their_clients_allow(nat, profile, endpoints, ports):
    entries = network_acl_entries(network(nat, tuple(Tier), profile, endpoints), SUPERNET, Tier.PRIVATE)
    assert entries
    found = [entry.ports for entry in entries if entry.number == 219]
    assert found == ([ports] if ports else [])


def test_rows_stand_in_the_order_in_which_aws_evaluates_them():
    for tier in Tier:
        for direction in Direction:
            numbers = [row.number for row in ROWS if row.tier is tier and row.direction is direction]
            assert numbers
            assert numbers == sorted(numbers)


def test_added_allows_stand_before_the_firms_deny_of_the_same_direction():
    for deny in [row for row in ROWS if row.action is Action.DENY and row.origin.startswith("row")]:
        same = [row for row in ROWS if row.tier is deny.tier and row.direction is deny.direction]
        assert max(same, key=lambda row: row.number) is deny


def test_a_range_open_to_anywhere_is_preceded_by_denies_of_rdp_and_the_fleet():
    wide = [row for row in ROWS if row.peer is Block.ANY and row.ports and row.ports[0] != row.ports[1]]
    assert {row.number for row in wide} == {105, 127, 219}
    for row in wide:
        before = [
            other
            for other in ROWS
            if (other.tier, other.direction) == (row.tier, row.direction) and other.number < row.number
        ]
        denied = {(other.ports, other.peer) for other in before if other.action is Action.DENY}
        assert {((3389, 3389), Block.ANY), (None, Block.FLEET)} <= denied


def test_no_row_allows_ssh_or_rdp_by_name():
    allowed = [row.ports for row in ROWS if row.action is Action.ALLOW]
    assert allowed
    assert None not in allowed
    assert all(ports[0] <= 443 or ports[0] >= 1024 for ports in allowed)
    assert not [ports for ports in allowed if ports[0] <= 22 <= ports[1] or ports == (3389, 3389)]


def test_entries_carry_the_tiers_addresses():
    entries = {entry.name: entry for tier in Tier for entry in network_acl_entries(network(), SUPERNET, tier)}
    assert str(entries["private-in-200"].cidr) == "10.30.0.0/19"
    assert str(entries["database-in-300"].cidr) == "10.30.32.0/19"
    assert str(entries["public-out-120"].cidr) == "10.30.0.0/16"
    assert str(entries["public-in-104"].cidr) == "10.0.0.0/8"
    assert str(entries["private-out-230"].cidr) == "0.0.0.0/0"


def test_rows_for_nat_are_left_out_without_nat():
    def numbers(nat: Nat) -> set[int]:
        return {entry.number for tier in Tier for entry in network_acl_entries(network(nat), SUPERNET, tier)}

    assert numbers(Nat.SINGLE) - numbers(Nat.NONE) == {105, 124, 126, 219}


def test_rows_for_an_absent_tier_are_left_out():
    inner = network(Nat.NONE, (Tier.PRIVATE, Tier.DATABASE))
    numbers = {entry.number for entry in network_acl_entries(inner, SUPERNET, Tier.PRIVATE)}
    assert numbers == {201, 210, 211, 212, 213, 218, 220, 230, 231, 232, 234}


def test_a_tiers_acl_stays_within_awss_quota_of_twenty_entries_a_direction():
    for tier in Tier:
        for direction in Direction:
            entries = [e for e in network_acl_entries(network(), SUPERNET, tier) if e.direction is direction]
            assert 0 < len(entries) + 4 <= 20
