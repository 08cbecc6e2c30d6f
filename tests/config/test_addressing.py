"""Where tiers and subnets lie: properties over every VPC that the fleet file may name."""

from __future__ import annotations

from ipaddress import IPv4Network
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from securecart.config.addressing import AZ_SLOTS, TIER_SLOTS, az_region, az_slot, subnet_cidr, tier_block
from securecart.config.model import Tier
from securecart.errors import BadInputError
from securecart.limits import usable_addresses

ZONES = [f"us-east-1{letter}" for letter in "abcdefgh"]


# A loaded machine may take longer over an example than Hypothesis allows by default.
unhurried = settings(deadline=None, max_examples=60)


def block(prefix: int, position: int) -> IPv4Network:
    """The block of this size at this position, counted within the private 10.0.0.0/8."""
    size = 2 ** (32 - prefix)
    return IPv4Network(((10 << 24) + (position * size) % 2**24, prefix))


vpcs = st.builds(block, st.integers(16, 22), st.integers(0, 2**14))
tiers = st.sampled_from(list(Tier))
zones = st.sampled_from(ZONES)


def every_subnet(vpc: IPv4Network) -> dict[tuple[Tier, str], IPv4Network]:
    """All subnets that the VPC can hold."""
    return {(tier, az): subnet_cidr(vpc, tier, az) for tier in Tier for az in ZONES}


@unhurried
@given(vpcs)
def test_every_subnet_lies_inside_its_vpc(vpc: IPv4Network) -> None:
    subnets = every_subnet(vpc)
    assert len(subnets) == len(Tier) * len(ZONES)
    assert all(subnet.subnet_of(vpc) for subnet in subnets.values())


@unhurried
@given(vpcs)
def test_no_two_subnets_overlap(vpc: IPv4Network) -> None:
    assert not [(a, b) for a, b in combinations(every_subnet(vpc).values(), 2) if a.overlaps(b)]


@unhurried
@given(vpcs, tiers)
def test_a_tier_block_is_exactly_its_eight_subnets(vpc: IPv4Network, tier: Tier) -> None:
    own = [subnet_cidr(vpc, tier, az) for az in ZONES]
    assert sorted(own) == list(tier_block(vpc, tier).subnets(prefixlen_diff=3))
    others = [subnet for (other, _), subnet in every_subnet(vpc).items() if other is not tier]
    assert not any(subnet.overlaps(tier_block(vpc, tier)) for subnet in others)


@unhurried
@given(vpcs, tiers, zones, st.sets(zones, min_size=1))
def test_adding_a_zone_or_a_tier_moves_no_subnet(
    vpc: IPv4Network, added_tier: Tier, added_zone: str, present: set[str]
) -> None:
    kept_tiers = [tier for tier in Tier if tier is not added_tier]
    kept_zones = sorted(present - {added_zone})
    before = {(tier, az): subnet_cidr(vpc, tier, az) for tier in kept_tiers for az in kept_zones}
    after = {
        (tier, az): subnet_cidr(vpc, tier, az) for tier in [*kept_tiers, added_tier] for az in [*kept_zones, added_zone]
    }
    assert before.items() <= after.items()
    assert not any(after[(added_tier, added_zone)].overlaps(subnet) for subnet in before.values())


@unhurried
@given(vpcs)
def test_every_subnet_has_addresses_left_after_the_five_that_aws_keeps(vpc: IPv4Network) -> None:
    subnet = subnet_cidr(vpc, Tier.PRIVATE, "us-east-1a")
    assert subnet.prefixlen <= 28
    assert usable_addresses(subnet.prefixlen) == subnet.num_addresses - 5
    assert usable_addresses(subnet.prefixlen) >= 11


@pytest.mark.parametrize(
    ("tier", "az", "expected"),
    [
        (Tier.PUBLIC, "us-east-1a", "10.30.0.0/22"),
        (Tier.PUBLIC, "us-east-1h", "10.30.28.0/22"),
        (Tier.PRIVATE, "us-east-1b", "10.30.36.0/22"),
        (Tier.DATABASE, "us-east-1c", "10.30.72.0/22"),
        (Tier.DATABASE, "us-gov-west-1c", "10.30.72.0/22"),
    ],
)
def test_deployed_subnets_keep_their_addresses_for_ever(tier: Tier, az: str, expected: str) -> None:
    assert subnet_cidr(IPv4Network("10.30.0.0/16"), tier, az) == IPv4Network(expected)


def test_slots_are_never_renumbered() -> None:
    assert dict(TIER_SLOTS) == {Tier.PUBLIC: 0, Tier.PRIVATE: 1, Tier.DATABASE: 2}
    assert dict(AZ_SLOTS) == {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 5, "g": 6, "h": 7}


@pytest.mark.parametrize("cidr", ["10.0.0.0/15", "10.0.0.0/23", "10.0.0.0/28", "10.0.0.0/8"])
def test_a_vpc_of_another_size_is_refused_with_both_bounds(cidr: str) -> None:
    with pytest.raises(BadInputError, match=r"/16 to /22") as refused:
        tier_block(IPv4Network(cidr), Tier.PUBLIC)
    assert cidr in str(refused.value)


@pytest.mark.parametrize("az", ["us-east-1i", "us-east-1z"])
def test_a_zone_letter_beyond_h_is_refused(az: str) -> None:
    with pytest.raises(BadInputError, match="letters a to h"):
        az_slot(az)


@pytest.mark.parametrize(
    "az", ["us-east-1-bos-1a", "us-east-1", "us-east-1ab", "use1-az1", "", "us-east-1A", "us-east-1a\n"]
)
def test_what_is_not_an_availability_zone_is_refused(az: str) -> None:
    with pytest.raises(BadInputError, match="not an availability zone"):
        subnet_cidr(IPv4Network("10.30.0.0/16"), Tier.PUBLIC, az)


def test_the_region_of_a_zone_is_its_name_without_the_letter() -> None:
    assert [az_region("us-east-1a"), az_region("ap-southeast-2c")] == ["us-east-1", "ap-southeast-2"]
