"""Rows C1 and C2, read back with boto3: endpoints, where they are, what their policies let through."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

INTERFACES = {"secretsmanager", "ecr.api", "ecr.dkr", "logs", "ssm", "sts", "kms"}
GATEWAYS = {
    "dev": {"s3", "dynamodb"},
    "staging": {"s3", "dynamodb"},
    "prod": {"s3", "dynamodb"},
    "prod-eu": {"s3", "dynamodb"},
    "payments": {"s3"},
}


class Place:
    """A network as boto3 shows it."""

    def __init__(self, deployed, name: str) -> None:
        network = deployed.fleet.networks[name]
        self.account_id, self.region = deployed.fleet.accounts[network.account].id, network.region
        self.ec2 = deployed.client(network.account, "ec2", network.region)
        cidrs = [{"Name": "cidr", "Values": [str(network.cidr)]}]
        (vpc,) = self.ec2.describe_vpcs(Filters=cidrs)["Vpcs"]
        self.vpc_id = vpc["VpcId"]
        self.zones = set(network.azs)

    def filters(self, tier: str) -> list[dict]:
        return [
            {"Name": "vpc-id", "Values": [self.vpc_id]},
            {"Name": "tag:securecart:tier", "Values": [tier]},
        ]

    def route_tables(self, tier: str) -> list[dict]:
        found = self.ec2.describe_route_tables(Filters=self.filters(tier))["RouteTables"]
        assert found
        return found

    def endpoints(self, kind: str) -> dict[str, dict]:
        """Return the endpoints of a type by service."""
        found = self.ec2.describe_vpc_endpoints(Filters=[{"Name": "vpc-id", "Values": [self.vpc_id]}])["VpcEndpoints"]
        prefix = f"com.amazonaws.{self.region}."
        of_kind = [each for each in found if each["VpcEndpointType"] == kind and each["ServiceName"].startswith(prefix)]
        assert of_kind
        return {each["ServiceName"].removeprefix(prefix): each for each in of_kind}


@pytest.fixture(params=GATEWAYS)
def name(request) -> str:
    return request.param


@pytest.fixture
def place(deployed, name) -> Place:
    return Place(deployed, name)


def test_each_network_has_its_endpoints(place, name):
    assert set(place.endpoints("Gateway")) == GATEWAYS[name]
    assert set(place.endpoints("Interface")) == INTERFACES


def test_every_endpoint_is_available(place):
    every = {**place.endpoints("Gateway"), **place.endpoints("Interface")}
    assert {each["State"].lower() for each in every.values()} == {"available"}


def test_gateway_endpoints_are_on_the_private_route_tables_and_no_other(place):
    private = {table["RouteTableId"] for table in place.route_tables("private")}
    assert len(private) == len(place.zones)
    for endpoint in place.endpoints("Gateway").values():
        assert set(endpoint["RouteTableIds"]) == private


def test_the_private_tier_routes_to_gateway_endpoints_and_no_other_tier_does(place):
    gateways = {each["VpcEndpointId"] for each in place.endpoints("Gateway").values()}
    for table in place.route_tables("private"):
        assert {route["GatewayId"] for route in table["Routes"] if "DestinationPrefixListId" in route} == gateways
    for table in place.route_tables("database"):
        assert not [route for route in table["Routes"] if "DestinationPrefixListId" in route]


def test_the_prefix_lists_that_groups_let_out_to_are_those_that_are_routed_to_endpoints(place):
    groups = place.ec2.describe_security_groups(Filters=[{"Name": "vpc-id", "Values": [place.vpc_id]}])
    let_out = {
        each["PrefixListId"]
        for group in groups["SecurityGroups"]
        for rule in group["IpPermissionsEgress"]
        for each in rule.get("PrefixListIds", [])
    }
    routes = [route for table in place.route_tables("private") for route in table["Routes"]]
    routed = {route["DestinationPrefixListId"] for route in routes if "DestinationPrefixListId" in route}
    assert routed
    assert routed <= let_out


def test_interface_endpoints_are_in_one_private_subnet_of_each_zone(place):
    subnets = place.ec2.describe_subnets(Filters=place.filters("private"))["Subnets"]
    zones = {subnet["SubnetId"]: subnet["AvailabilityZone"] for subnet in subnets}
    for endpoint in place.endpoints("Interface").values():
        assert sorted(zones[subnet] for subnet in endpoint["SubnetIds"]) == sorted(place.zones)


def test_interface_endpoints_have_the_endpoints_group_alone(place):
    for endpoint in place.endpoints("Interface").values():
        ids = [group["GroupId"] for group in endpoint["Groups"]]
        (group,) = place.ec2.describe_security_groups(GroupIds=ids)["SecurityGroups"]
        assert group["GroupName"].endswith("-endpoints")
        (rule,) = group["IpPermissions"]
        assert (rule["FromPort"], rule["ToPort"]) == (443, 443)
        assert group["IpPermissionsEgress"] == []


def test_interface_endpoints_have_private_dns_over_ipv4(place):
    for endpoint in place.endpoints("Interface").values():
        assert endpoint["PrivateDnsEnabled"] is True
        assert endpoint["IpAddressType"] == "ipv4"
        assert endpoint["DnsOptions"]["DnsRecordIpType"] == "ipv4"


def test_no_endpoint_lets_a_stranger_through_but_to_ecrs_image_layers(place):
    layers = f"arn:aws:s3:::prod-{place.region}-starport-layer-bucket/*"
    for endpoint in (*place.endpoints("Gateway").values(), *place.endpoints("Interface").values()):
        statements = json.loads(endpoint["PolicyDocument"])["Statement"]
        assert statements
        for statement in statements:
            if statement["Resource"] != [layers]:
                assert statement["Condition"]["StringEquals"]["aws:PrincipalAccount"] == place.account_id


def test_the_s3_endpoint_lets_only_the_firms_buckets_through(place):
    document = json.loads(place.endpoints("Gateway")["s3"]["PolicyDocument"])
    named = {resource.removesuffix("/*") for each in document["Statement"] for resource in each["Resource"]}
    assert named == {
        f"arn:aws:s3:::securecart-*-{place.account_id}-{place.region}",
        f"arn:aws:s3:::securecart-flow-logs-210000000007-{place.region}",
        f"arn:aws:s3:::prod-{place.region}-starport-layer-bucket",
    }


def test_payments_lets_replies_of_s3_in_and_has_no_other_way_to_public_addresses(deployed):
    place = Place(deployed, "payments")
    acls = place.ec2.describe_network_acls(Filters=place.filters("private"))["NetworkAcls"]
    (entries,) = [acl["Entries"] for acl in acls]
    (reply,) = [each for each in entries if each["RuleNumber"] == 219 and not each["Egress"]]
    assert (reply["CidrBlock"], reply["RuleAction"]) == ("0.0.0.0/0", "allow")
    assert reply["PortRange"] == {"From": 32768, "To": 61000}
    routes = [route for table in place.route_tables("private") for route in table["Routes"]]
    assert routes
    assert not [route for route in routes if route.get("NatGatewayId") or route.get("GatewayId", "").startswith("igw-")]
