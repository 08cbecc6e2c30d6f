"""What a stack's name tells about it."""

from __future__ import annotations

import pytest

from policies.facts import StackFacts
from tests.policies.examples import FLEET


def places(stack: str) -> set[str]:
    return {place.provider_name for place in StackFacts(FLEET, stack).places}


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ("network-prod-eu", {"prod-eu-west-1"}),
        ("hub-us", {"network-us-east-1"}),
        ("attach-prod-eu", {"prod-eu-west-1", "network-eu-west-1"}),
        ("hub-peering-hubs", {"network-us-east-1", "network-eu-west-1"}),
        ("peering-prod-payments", {"prod-us-east-1", "payments-us-east-1"}),
        ("log-archive-eu-west-1", {"log-archive-eu-west-1"}),
        ("network-nowhere", set()),
        ("attach-hubs", set()),
        ("dev", set()),
    ],
)
def test_a_stack_works_in_the_accounts_and_regions_of_its_subject(stack: str, expected: set[str]) -> None:
    assert places(stack) == expected


def test_the_stack_is_read_from_the_urn() -> None:
    urn = "urn:pulumi:network-dev::securecart::aws:ec2/vpc:Vpc::dev"
    assert StackFacts.of_urn(FLEET, urn).network == FLEET.networks["dev"]


def test_reachable_blocks_of_a_segment_cross_only_where_hubs_carry_it() -> None:
    prod, dev = StackFacts(FLEET, "attach-prod"), StackFacts(FLEET, "attach-dev")
    assert prod.attachment is not None
    assert dev.attachment is not None
    assert prod.reachable_segment_cidrs(prod.attachment) == {"10.30.0.0/16", "10.31.0.0/16"}
    assert dev.reachable_segment_cidrs(dev.attachment) == {"10.10.0.0/16"}
