from __future__ import annotations

from tests.sandbox.accounts import DEV, refusal
from tests.sandbox.moto_extensions.conftest import Builder


def test_a_route_needs_a_target_that_exists_and_serves_its_vpc(build: Builder) -> None:
    network = build.network(DEV)
    ec2 = network.ec2
    table = ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"]
    default = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"}
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    assert refusal(ec2.create_route, **default, GatewayId=gateway) == "InvalidParameterValue"
    code = refusal(ec2.create_route, **default, NatGatewayId="nat-0123456789abcdef0")
    assert code == "InvalidNatGatewayID.NotFound"
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=network.vpc)
    ec2.create_route(**default, GatewayId=gateway)
    nat = ec2.create_nat_gateway(SubnetId=network.subnets[0], ConnectivityType="private")
    nat_id = nat["NatGateway"]["NatGatewayId"]
    ec2.replace_route(**default, NatGatewayId=nat_id)
    [seen] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    [route] = [one for one in seen["Routes"] if one["DestinationCidrBlock"] == "0.0.0.0/0"]
    assert route["NatGatewayId"] == nat_id
    assert "GatewayId" not in route
