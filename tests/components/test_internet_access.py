"""Internet gateway, NAT gateways and default routes."""

from ipaddress import IPv4Network

import pytest

from securecart.components.internet_access import InternetAccess, InternetAccessArgs
from securecart.components.subnet_tier import SubnetTier, SubnetTierArgs
from securecart.config.model import Nat, Tier
from tests.components.recording import Recording

AZS = ("us-east-1b", "us-east-1a")


@pytest.fixture
def build(deploy):
    def run(nat: Nat, *, private: bool = True) -> Recording:
        def program(scope_of) -> None:
            scope = scope_of("prod", "us-east-1")
            tiers = {tier: SubnetTier(tier.value, scope, _tier(tier)) for tier in (Tier.PUBLIC, Tier.PRIVATE)}
            args = InternetAccessArgs("vpc-1", tiers[Tier.PUBLIC], tiers[Tier.PRIVATE] if private else None, nat)
            InternetAccess("prod", scope, args)

        return deploy(program)

    return run


def _tier(tier: Tier) -> SubnetTierArgs:
    return SubnetTierArgs("vpc-1", tier, {az: IPv4Network("10.30.0.0/22") for az in AZS}, ())


def test_public_route_tables_lead_to_the_internet_gateway(build):
    routes = build(Nat.NONE).all("ec2/route:Route")
    assert set(routes) == {"public-us-east-1a-internet", "public-us-east-1b-internet"}
    assert {route.inputs["gatewayId"] for route in routes.values()} == {"InternetGateway/prod"}
    assert {route.inputs["destinationCidrBlock"] for route in routes.values()} == {"0.0.0.0/0"}


def test_without_nat_the_private_tier_has_no_default_route(build):
    recording = build(Nat.NONE)
    assert recording.has_none("ec2/natGateway:NatGateway")
    assert recording.has_none("ec2/eip:Eip")
    assert all(name.startswith("public-") for name in recording.all("ec2/route:Route"))


def test_one_nat_gateway_serves_every_zone_when_single(build):
    recording = build(Nat.SINGLE)
    assert set(recording.all("ec2/natGateway:NatGateway")) == {"nat-us-east-1a"}
    routes = recording.all("ec2/route:Route")
    assert routes["private-us-east-1a-internet"].inputs["natGatewayId"] == "NatGateway/nat-us-east-1a"
    assert routes["private-us-east-1b-internet"].inputs["natGatewayId"] == "NatGateway/nat-us-east-1a"


def test_each_zone_uses_its_own_nat_gateway_when_per_az(build):
    routes = build(Nat.PER_AZ).all("ec2/route:Route")
    assert routes["private-us-east-1a-internet"].inputs["natGatewayId"] == "NatGateway/nat-us-east-1a"
    assert routes["private-us-east-1b-internet"].inputs["natGatewayId"] == "NatGateway/nat-us-east-1b"


def test_nat_gateways_stand_in_public_subnets_with_an_address(build):
    gateway = build(Nat.SINGLE).one("ec2/natGateway:NatGateway").inputs
    assert gateway["subnetId"] == "Subnet/public-us-east-1a"
    assert gateway["allocationId"] == "allocation/nat-us-east-1a"
    assert gateway["connectivityType"] == "public"


def test_nat_addresses_belong_to_the_vpc(build):
    assert build(Nat.SINGLE).one("ec2/eip:Eip").inputs["domain"] == "vpc"


def test_nat_gateways_wait_for_the_internet_gateway(build):
    recording = build(Nat.SINGLE)
    gateway = recording.one("ec2/internetGateway:InternetGateway").urn
    assert gateway in recording.one("ec2/natGateway:NatGateway").dependencies
    assert gateway in recording.one("ec2/eip:Eip").dependencies


def test_a_network_without_private_tier_gets_public_routes_only(build):
    routes = build(Nat.PER_AZ, private=False).all("ec2/route:Route")
    assert set(routes) == {"public-us-east-1a-internet", "public-us-east-1b-internet"}
