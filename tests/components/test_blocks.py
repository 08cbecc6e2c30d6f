"""What the tables' symbols mean in one network."""

from ipaddress import IPv4Network

import pytest

from securecart.components.blocks import Block, resolve
from securecart.config.model import Environment, Network, Tier

NETWORK = Network(
    account="payments",
    region="us-east-1",
    environment=Environment.PAYMENTS,
    cidr="10.40.0.0/16",
    azs=("us-east-1a",),
    tiers=(Tier.PRIVATE, Tier.DATABASE),
)


@pytest.mark.parametrize(
    ("block", "cidr"),
    [
        (Block.ANY, "0.0.0.0/0"),
        (Block.FLEET, "10.0.0.0/8"),
        (Block.VPC, "10.40.0.0/16"),
        (Block.PRIVATE, "10.40.32.0/19"),
        (Block.DATABASE, "10.40.64.0/19"),
    ],
)
def test_a_symbol_means_a_block(block, cidr):
    assert resolve(block, NETWORK, IPv4Network("10.0.0.0/8")) == IPv4Network(cidr)


def test_a_tier_that_the_network_lacks_means_nothing():
    assert resolve(Block.PUBLIC, NETWORK, IPv4Network("10.0.0.0/8")) is None
