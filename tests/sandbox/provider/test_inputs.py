"""Check refuses what the real provider would refuse, says why, and fills in what it would fill in."""

from __future__ import annotations

import grpc
import pytest

from securecart.sandbox.provider.values import UNKNOWN
from tests.sandbox.provider.harness import World

VPC = "aws:ec2/vpc:Vpc"
SUBNET = "aws:ec2/subnet:Subnet"
ROUTE = "aws:ec2/route:Route"
GROUP = "aws:ec2/securityGroup:SecurityGroup"


@pytest.mark.parametrize(
    ("token", "inputs", "path", "told"),
    [
        (VPC, {"cidrBlok": "10.0.0.0/16"}, "cidrBlok", "did you mean cidrBlock?"),
        (VPC, {"ipv4IpamPoolId": "ipam-1"}, "ipv4IpamPoolId", "the sandbox does not support"),
        (VPC, {"enableDnsSupport": "perhaps", "cidrBlock": [1]}, "cidrBlock", "is not a string"),
        (VPC, {"assignGeneratedIpv6CidrBlock": True}, "assignGeneratedIpv6CidrBlock", "realises only False"),
        (VPC, {"instanceTenancy": "rented"}, "instanceTenancy", "is not one of default, dedicated, host"),
        (VPC, {"tags": {"Name": ["a"]}}, "tags.Name", "is not a string"),
        (SUBNET, {"cidrBlock": "10.0.0.0/24"}, "vpcId", "needs the property vpcId"),
        (ROUTE, {"routeTableId": "rtb-1", "gatewayId": "igw-1"}, "destinationCidrBlock", "exactly one of"),
        (
            ROUTE,
            {"routeTableId": "r", "destinationCidrBlock": "0.0.0.0/0", "gatewayId": "i", "natGatewayId": "n"},
            "gatewayId",
            "it was given gatewayId, natGatewayId",
        ),
        (GROUP, {"ingress": [{"protocol": "tcp", "fromPort": 1}]}, "ingress[0].toPort", "needs the property"),
        (GROUP, {"ingress": [{"protocol": "tcp", "fromPort": "x", "toPort": 1}]}, "ingress[0].fromPort", "integer"),
        (GROUP, {"egress": [{"cidrs": [], "protocol": "1", "fromPort": 0, "toPort": 0}]}, "egress[0].cidrs", "cidrs"),
        ("aws:ec2/routeTable:RouteTable", {"vpcId": "vpc-1", "routes": []}, "routes", "does not support"),
        (
            "aws:ec2transitgateway/transitGateway:TransitGateway",
            {"dnsSupport": "maybe"},
            "dnsSupport",
            "is not one of enable, disable",
        ),
    ],
)
def test_wrong_inputs_are_refused_with_path_and_reason(world: World, token, inputs, path, told):
    _, failures = world.at().check(token, inputs)
    assert path in failures
    assert told in failures[path]


def test_numbers_and_booleans_told_as_text_are_taken(world: World):
    inputs, failures = world.at().check(
        GROUP,
        {"ingress": [{"protocol": 6, "fromPort": "443", "toPort": 443.0, "self": "true"}]},
    )
    assert not failures
    assert inputs["ingress"] == [{"protocol": "6", "fromPort": 443, "toPort": 443, "self": True}]


def test_unknown_values_are_accepted(world: World):
    inputs, failures = world.at().check(SUBNET, {"vpcId": UNKNOWN, "cidrBlock": "10.0.0.0/24"})
    assert not failures
    assert inputs["vpcId"] is UNKNOWN


def test_defaults_of_the_real_provider_are_filled_in(world: World):
    inputs, _ = world.at().check(VPC, {"cidrBlock": "10.0.0.0/16"})
    assert inputs["enableDnsSupport"] is True
    assert inputs["instanceTenancy"] == "default"


def test_a_generated_name_stays_over_deployments(world: World):
    first, _ = world.at().check(GROUP, {"vpcId": "vpc-1"}, name="web")
    assert str(first["name"]).startswith("web-")
    again, _ = world.at().check(GROUP, {"vpcId": "vpc-1"}, name="web", before={"name": "web-0000000"})
    assert again["name"] == "web-0000000"


def test_a_type_that_is_not_declared_is_named(world: World):
    with pytest.raises(grpc.RpcError) as caught:
        world.at().check("aws:lambda/function:Function", {})
    assert "aws:lambda/function:Function" in caught.value.details()
