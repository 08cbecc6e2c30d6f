from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

from tests.sandbox.accounts import AWAY, DEV, HOME, HUB, Accounts

CLOSED = {
    "AutoAcceptSharedAttachments": "disable",
    "DefaultRouteTableAssociation": "disable",
    "DefaultRouteTablePropagation": "disable",
}
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Network:
    """A VPC with two subnets of one account."""

    ec2: Any
    vpc: str
    cidr: str
    subnets: tuple[str, str]


class Builder:
    """Makes the parts that the tests of transit gateways and peerings start from."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.hub = accounts.client("ec2", HUB)

    def network(self, account: str = DEV, region: str = HOME) -> Network:
        ec2 = self.accounts.client("ec2", account, region)
        cidr = f"10.{next(_NUMBERS)}.0.0/16"
        vpc = ec2.create_vpc(CidrBlock=cidr)["Vpc"]["VpcId"]
        subnets = tuple(
            ec2.create_subnet(
                VpcId=vpc, CidrBlock=cidr.replace("0.0/16", f"{number}.0/24"), AvailabilityZone=region + zone
            )["Subnet"]["SubnetId"]
            for number, zone in enumerate("ab")
        )
        return Network(ec2, vpc, cidr, subnets)

    def gateway(self, region: str = HOME, **options: str) -> dict[str, Any]:
        ec2 = self.accounts.client("ec2", HUB, region)
        return ec2.create_transit_gateway(Options=CLOSED | options)["TransitGateway"]

    def share(self, gateway: dict[str, Any], *principals: str) -> str:
        ram = self.accounts.client("ram", HUB)
        share = ram.create_resource_share(
            name="hub", resourceArns=[gateway["TransitGatewayArn"]], principals=list(principals)
        )
        return share["resourceShare"]["resourceShareArn"]

    def attach(self, network: Network, gateway: dict[str, Any]) -> str:
        answer = network.ec2.create_transit_gateway_vpc_attachment(
            TransitGatewayId=gateway["TransitGatewayId"], VpcId=network.vpc, SubnetIds=list(network.subnets)
        )
        return answer["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]

    def accepted(self, network: Network, gateway: dict[str, Any]) -> str:
        attachment = self.attach(network, gateway)
        self.hub.accept_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
        return attachment

    def table(self, gateway: dict[str, Any], region: str = HOME) -> str:
        ec2 = self.accounts.client("ec2", HUB, region)
        answer = ec2.create_transit_gateway_route_table(TransitGatewayId=gateway["TransitGatewayId"])
        return answer["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]

    def peered(self, near: dict[str, Any], far: dict[str, Any]) -> str:
        answer = self.hub.create_transit_gateway_peering_attachment(
            TransitGatewayId=near["TransitGatewayId"],
            PeerTransitGatewayId=far["TransitGatewayId"],
            PeerAccountId=HUB,
            PeerRegion=AWAY,
        )
        return answer["TransitGatewayPeeringAttachment"]["TransitGatewayAttachmentId"]


@pytest.fixture(scope="session")
def build(accounts: Accounts) -> Builder:
    return Builder(accounts)
