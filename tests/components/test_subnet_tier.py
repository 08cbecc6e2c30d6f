"""Subnets, route tables and the network ACL of one tier."""

from ipaddress import IPv4Network

import pytest

from securecart.components.network_acl_table import AclEntry, Action
from securecart.components.subnet_tier import SubnetTier, SubnetTierArgs
from securecart.config.model import Direction, Tier
from tests.components.recording import Recording

CIDRS = {"us-east-1a": IPv4Network("10.30.32.0/22"), "us-east-1b": IPv4Network("10.30.36.0/22")}
ENTRIES = (
    AclEntry(200, Tier.PRIVATE, Direction.INGRESS, Action.ALLOW, (8080, 8080), IPv4Network("10.30.0.0/19")),
    AclEntry(220, Tier.PRIVATE, Direction.INGRESS, Action.DENY, None, IPv4Network("0.0.0.0/0")),
    AclEntry(230, Tier.PRIVATE, Direction.EGRESS, Action.ALLOW, (443, 443), IPv4Network("0.0.0.0/0")),
)


@pytest.fixture
def recording(deploy) -> Recording:
    args = SubnetTierArgs("vpc-1", Tier.PRIVATE, CIDRS, ENTRIES)
    return deploy(lambda scope: SubnetTier("private", scope("prod", "us-east-1"), args))


def test_each_zone_has_a_subnet_named_by_tier_and_zone(recording):
    subnets = recording.all("ec2/subnet:Subnet")
    assert {name: item.inputs["cidrBlock"] for name, item in subnets.items()} == {
        "private-us-east-1a": "10.30.32.0/22",
        "private-us-east-1b": "10.30.36.0/22",
    }
    assert subnets["private-us-east-1b"].inputs["availabilityZone"] == "us-east-1b"


def test_nothing_launched_gets_a_public_address(recording):
    assert [item.inputs["mapPublicIpOnLaunch"] for item in recording.all("ec2/subnet:Subnet").values()] == [
        False,
        False,
    ]


def test_each_zone_has_a_route_table_of_its_own(recording):
    pairs = recording.all("ec2/routeTableAssociation:RouteTableAssociation")
    assert {name: (item.inputs["subnetId"], item.inputs["routeTableId"]) for name, item in pairs.items()} == {
        "private-us-east-1a": ("Subnet/private-us-east-1a", "RouteTable/private-us-east-1a"),
        "private-us-east-1b": ("Subnet/private-us-east-1b", "RouteTable/private-us-east-1b"),
    }


def test_a_tier_has_no_route_of_its_own(recording):
    assert recording.has_none("ec2/route:Route")
    assert all("routes" not in item.inputs for item in recording.all("ec2/routeTable:RouteTable").values())


def test_the_acl_covers_every_subnet_of_the_tier(recording):
    acl = recording.one("ec2/networkAcl:NetworkAcl").inputs
    assert acl["subnetIds"] == ["Subnet/private-us-east-1a", "Subnet/private-us-east-1b"]
    assert "ingress" not in acl
    assert "egress" not in acl


def test_acl_entries_are_rules_of_their_own_named_by_tier_direction_and_number(recording):
    rules = recording.all("ec2/networkAclRule:NetworkAclRule")
    assert set(rules) == {"private-in-200", "private-in-220", "private-out-230"}
    assert rules["private-in-200"].inputs == {
        "networkAclId": "NetworkAcl/private",
        "ruleNumber": 200,
        "egress": False,
        "ruleAction": "allow",
        "protocol": "tcp",
        "fromPort": 8080,
        "toPort": 8080,
        "cidrBlock": "10.30.0.0/19",
    }


def test_a_deny_of_everything_names_all_protocols_and_no_port(recording):
    deny = recording.all("ec2/networkAclRule:NetworkAclRule")["private-in-220"].inputs
    assert (deny["protocol"], deny["fromPort"], deny["toPort"], deny["ruleAction"]) == ("-1", 0, 0, "deny")


def test_a_replaced_acl_rule_frees_its_number_first(recording):
    assert all(rule.delete_before_replace for rule in recording.all("ec2/networkAclRule:NetworkAclRule").values())


def test_subnets_route_tables_and_acl_carry_the_tier(recording):
    for kind in ("ec2/subnet:Subnet", "ec2/routeTable:RouteTable", "ec2/networkAcl:NetworkAcl"):
        assert {item.tags["securecart:tier"] for item in recording.all(kind).values()} == {"private"}
