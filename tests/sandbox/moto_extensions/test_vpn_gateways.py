from __future__ import annotations

from typing import Any

from tests.sandbox.accounts import DEV, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder


def gateway(ec2: Any) -> str:
    return ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["VpnGatewayId"]


def customer(ec2: Any, **different: object) -> str:
    wanted = {"Type": "ipsec.1", "BgpAsn": 65010, "IpAddress": "192.0.2.10", **different}
    return ec2.create_customer_gateway(**wanted)["CustomerGateway"]["CustomerGatewayId"]


def main_table(ec2: Any, vpc: str) -> str:
    [table] = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"]
    return table["RouteTableId"]


def propagating(ec2: Any, table: str) -> list[dict[str, str]]:
    return ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0].get("PropagatingVgws", [])


def test_a_gateway_has_amazons_default_number_and_one_of_its_own_where_it_was_given(accounts: Accounts) -> None:
    ec2 = accounts.client("ec2", DEV)
    assert ec2.create_vpn_gateway(Type="ipsec.1")["VpnGateway"]["AmazonSideAsn"] == 64512
    assert ec2.create_vpn_gateway(Type="ipsec.1", AmazonSideAsn=64620)["VpnGateway"]["AmazonSideAsn"] == 64620


def test_a_vpc_has_one_gateway_and_a_gateway_one_vpc(build: Builder) -> None:
    first, second = build.network(), build.network()
    ec2 = first.ec2
    mine, other = gateway(ec2), gateway(ec2)
    ec2.attach_vpn_gateway(VpnGatewayId=mine, VpcId=first.vpc)
    ec2.attach_vpn_gateway(VpnGatewayId=mine, VpcId=first.vpc)
    assert refusal(ec2.attach_vpn_gateway, VpnGatewayId=other, VpcId=first.vpc) == "InvalidVpcState"
    code = refusal(ec2.attach_vpn_gateway, VpnGatewayId=mine, VpcId=second.vpc)
    assert code == "VpnGatewayAttachmentLimitExceeded"
    ec2.detach_vpn_gateway(VpnGatewayId=mine, VpcId=first.vpc)
    code = refusal(ec2.detach_vpn_gateway, VpnGatewayId=mine, VpcId=first.vpc)
    assert code == "InvalidVpnGatewayAttachment.NotFound"
    ec2.attach_vpn_gateway(VpnGatewayId=other, VpcId=first.vpc)


def test_a_gateway_goes_after_what_uses_it_and_its_vpc_after_the_gateway(build: Builder) -> None:
    network = build.network()
    ec2, mine = network.ec2, gateway(network.ec2)
    ec2.attach_vpn_gateway(VpnGatewayId=mine, VpcId=network.vpc)
    for subnet in network.subnets:
        ec2.delete_subnet(SubnetId=subnet)
    assert refusal(ec2.delete_vpc, VpcId=network.vpc) == "DependencyViolation"
    assert refusal(ec2.delete_vpn_gateway, VpnGatewayId=mine) == "IncorrectState"
    ec2.detach_vpn_gateway(VpnGatewayId=mine, VpcId=network.vpc)
    ec2.delete_vpn_gateway(VpnGatewayId=mine)
    assert refusal(ec2.delete_vpn_gateway, VpnGatewayId=mine) == "InvalidVpnGatewayID.NotFound"
    ec2.delete_vpc(VpcId=network.vpc)


def test_a_route_table_hears_the_gateway_of_its_own_vpc_alone(build: Builder) -> None:
    network = build.network()
    ec2, mine, table = network.ec2, gateway(network.ec2), main_table(network.ec2, network.vpc)
    named = {"GatewayId": mine, "RouteTableId": table}
    assert propagating(ec2, table) == []
    assert refusal(ec2.enable_vgw_route_propagation, **named) == "Gateway.NotAttached"
    ec2.attach_vpn_gateway(VpnGatewayId=mine, VpcId=network.vpc)
    ec2.enable_vgw_route_propagation(**named)
    ec2.enable_vgw_route_propagation(**named)
    assert propagating(ec2, table) == [{"GatewayId": mine}]
    ec2.disable_vgw_route_propagation(**named)
    assert propagating(ec2, table) == []
    ec2.enable_vgw_route_propagation(**named)
    ec2.detach_vpn_gateway(VpnGatewayId=mine, VpcId=network.vpc)
    assert propagating(ec2, table) == []


def test_the_same_customer_gateway_is_made_once_unless_its_device_has_another_name(accounts: Accounts) -> None:
    ec2 = accounts.client("ec2", DEV)
    mine = customer(ec2, IpAddress="192.0.2.30")
    assert customer(ec2, IpAddress="192.0.2.30") == mine
    other = customer(ec2, IpAddress="192.0.2.30", DeviceName="office")
    assert other != mine
    [seen] = ec2.describe_customer_gateways(CustomerGatewayIds=[other])["CustomerGateways"]
    assert (seen["DeviceName"], seen["BgpAsn"]) == ("office", "65010")
    ec2.delete_customer_gateway(CustomerGatewayId=mine)
    assert refusal(ec2.delete_customer_gateway, CustomerGatewayId=mine) == "InvalidCustomerGatewayID.NotFound"
    assert refusal(ec2.create_customer_gateway, Type="ipsec.1", BgpAsn=65010) == "MissingParameter"
