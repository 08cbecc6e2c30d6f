"""Values that AWS takes for the same are the same; others are not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.types.normalise import (
    acl_protocol,
    compact,
    document,
    group_protocol,
    network,
    port,
    unordered,
)


@given(st.lists(st.text(max_size=5), max_size=5), st.randoms())
def test_the_order_of_a_set_does_not_matter(items, random):
    shuffled = [*items]
    random.shuffle(shuffled)
    assert unordered(shuffled) == unordered(items)


@given(st.lists(st.text(min_size=1, max_size=5), unique=True, min_size=1, max_size=5))
def test_a_member_less_is_another_set(items):
    assert unordered(items[1:]) != unordered(items)


def test_empty_members_of_an_object_do_not_count():
    assert compact({"prefix": "", "days": 1, "tags": [], "and": None}) == compact({"days": 1})
    assert compact({"days": 0}) != compact({"days": 1})


def test_a_policy_is_compared_by_what_it_says():
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Deny"}]}
    assert document(json.dumps(policy)) == document(json.dumps(dict(reversed(policy.items())), indent=2))
    assert document('{"Effect": "Deny"}') != document('{"Effect": "Allow"}')
    assert document("not JSON") == "not JSON"


@pytest.mark.parametrize(
    ("one", "other"), [("10.0.0.0/16", "10.0.7.0/16"), ("2001:DB8::/32", "2001:db8:0::/32"), ("pl-1", "pl-1")]
)
def test_networks_are_compared_in_canonical_form(one, other):
    assert network(one) == network(other)


def test_protocols_are_compared_by_number_or_name():
    assert acl_protocol("tcp") == acl_protocol("6") == acl_protocol(6) == "6"
    assert group_protocol("6") == group_protocol("TCP") == "tcp"
    assert acl_protocol("all") == group_protocol("all") == "-1"
    assert acl_protocol("udp") != acl_protocol("tcp")


def test_a_protocol_without_ports_has_port_zero():
    assert port(None) == port(-1) == port(0) == 0
    assert port(443) == 443
