"""Inline rules and EC2's permissions are two forms of the same rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.types.group_rules import (
    SELF,
    Rule,
    comparable,
    from_inline,
    from_permissions,
    to_inline,
    to_permissions,
)

GROUP = "sg-1"
_ports = st.sampled_from([(22, 22), (80, 8080), (443, 443)])
_peers = st.sampled_from(
    [
        ("cidrBlocks", "10.0.0.0/16"),
        ("cidrBlocks", "0.0.0.0/0"),
        ("ipv6CidrBlocks", "::/0"),
        ("prefixListIds", "pl-1"),
        ("securityGroups", "sg-2"),
        ("securityGroups", SELF),
    ]
)
_rules = st.builds(
    lambda protocol, ports, peer, description: Rule(protocol, *ports, *peer, description),
    st.sampled_from(["tcp", "udp"]),
    _ports,
    _peers,
    st.sampled_from(["", "why"]),
)


@given(st.frozensets(_rules, max_size=8))
def test_rules_survive_both_forms(rules):
    assert from_inline(to_inline(rules)) == rules
    assert from_permissions(to_permissions(rules, GROUP), GROUP) == rules


@given(st.frozensets(_rules, min_size=1, max_size=8))
def test_grouping_makes_no_difference_but_a_rule_less_does(rules):
    apart = [item for rule in rules for item in to_inline([rule])]
    assert comparable(apart) == comparable(to_inline(rules))
    assert comparable(to_inline(sorted(rules)[1:])) != comparable(to_inline(rules))


def test_all_protocols_have_no_ports():
    everything = [{"protocol": "all", "fromPort": 0, "toPort": 0, "cidrBlocks": ["0.0.0.0/0"]}]
    [permission] = to_permissions(from_inline(everything), GROUP)
    assert permission == {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}


def test_the_group_itself_is_told_as_self():
    told = [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "UserIdGroupPairs": [{"GroupId": GROUP}]}]
    [item] = to_inline(from_permissions(told, GROUP))
    assert item["self"] is True
    assert item["securityGroups"] == []
