from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import DEV, HUB, PAYMENTS, refusal
from tests.sandbox.moto_extensions.conftest import Builder

NOT_FOUND = "InvalidTransitGatewayAttachmentID.NotFound"


@pytest.fixture(scope="module")
def shared(build: Builder) -> dict[str, Any]:
    """A gateway shared with the dev account."""
    gateway = build.gateway()
    build.share(gateway, DEV)
    return gateway


def test_a_gateway_that_is_not_shared_cannot_be_attached_to(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network(PAYMENTS)
    code = refusal(
        network.ec2.create_transit_gateway_vpc_attachment,
        TransitGatewayId=shared["TransitGatewayId"],
        VpcId=network.vpc,
        SubnetIds=list(network.subnets),
    )
    assert code == "InvalidTransitGatewayID.NotFound"


def test_an_attachment_from_another_account_waits_until_the_owner_accepts(
    build: Builder, shared: dict[str, Any]
) -> None:
    network = build.network()
    named = {"TransitGatewayAttachmentIds": [build.attach(network, shared)]}
    for ec2 in (network.ec2, build.hub):
        [waiting] = ec2.describe_transit_gateway_vpc_attachments(**named)["TransitGatewayVpcAttachments"]
        assert (waiting["State"], waiting["VpcOwnerId"]) == ("pendingAcceptance", DEV)
    accept = {"TransitGatewayAttachmentId": named["TransitGatewayAttachmentIds"][0]}
    assert refusal(network.ec2.accept_transit_gateway_vpc_attachment, **accept) == NOT_FOUND
    build.hub.accept_transit_gateway_vpc_attachment(**accept)
    for ec2 in (network.ec2, build.hub):
        [attached] = ec2.describe_transit_gateway_attachments(**named)["TransitGatewayAttachments"]
        assert attached["State"] == "available"
        assert (attached["TransitGatewayOwnerId"], attached["ResourceOwnerId"]) == (HUB, DEV)
        assert (attached["ResourceType"], attached["ResourceId"]) == ("vpc", network.vpc)
        assert "Association" not in attached
    assert refusal(build.hub.accept_transit_gateway_vpc_attachment, **accept) == "IncorrectState"


def test_a_rejected_attachment_stays_rejected_and_the_vpc_may_ask_again(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    attachment = build.attach(network, shared)
    answer = build.hub.reject_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    assert answer["TransitGatewayVpcAttachment"]["State"] == "rejected"
    assert build.accepted(network, shared) != attachment


def test_auto_accept_makes_an_attachment_available_with_the_default_association(build: Builder) -> None:
    gateway = build.gateway(
        AutoAcceptSharedAttachments="enable",
        DefaultRouteTableAssociation="enable",
        DefaultRouteTablePropagation="enable",
    )
    build.share(gateway, DEV)
    network = build.network()
    attachment = build.attach(network, gateway)
    [seen] = build.hub.describe_transit_gateway_attachments(TransitGatewayAttachmentIds=[attachment])[
        "TransitGatewayAttachments"
    ]
    table = gateway["Options"]["AssociationDefaultRouteTableId"]
    assert seen["State"] == "available"
    assert seen["Association"] == {"TransitGatewayRouteTableId": table, "State": "associated"}
    propagations = build.hub.get_transit_gateway_route_table_propagations(TransitGatewayRouteTableId=table)
    [propagation] = propagations["TransitGatewayRouteTablePropagations"]
    assert propagation["ResourceId"] == network.vpc


def test_subnets_lie_in_the_vpc_and_each_in_a_zone_of_its_own(build: Builder, shared: dict[str, Any]) -> None:
    network, other = build.network(), build.network()
    same_zone = network.ec2.create_subnet(
        VpcId=network.vpc,
        CidrBlock=network.cidr.replace("0.0/16", "9.0/24"),
        AvailabilityZone="us-east-1a",
    )["Subnet"]["SubnetId"]

    def code(*subnets: str) -> str:
        return refusal(
            network.ec2.create_transit_gateway_vpc_attachment,
            TransitGatewayId=shared["TransitGatewayId"],
            VpcId=network.vpc,
            SubnetIds=list(subnets),
        )

    assert code(network.subnets[0], same_zone) == "DuplicateSubnetsInSameZone"
    assert code(other.subnets[0]) == "InvalidParameterValue"
    assert code("subnet-0123456789abcdef0") == "InvalidSubnetID.NotFound"


def test_a_vpc_has_one_attachment_to_a_gateway(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    build.attach(network, shared)
    code = refusal(
        network.ec2.create_transit_gateway_vpc_attachment,
        TransitGatewayId=shared["TransitGatewayId"],
        VpcId=network.vpc,
        SubnetIds=list(network.subnets),
    )
    assert code == "DuplicateTransitGatewayAttachment"


def test_tags_are_those_of_the_account_that_set_them(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    answer = network.ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=shared["TransitGatewayId"],
        VpcId=network.vpc,
        SubnetIds=list(network.subnets),
        TagSpecifications=[{"ResourceType": "transit-gateway-attachment", "Tags": [{"Key": "Name", "Value": "dev"}]}],
    )
    attachment = answer["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
    build.hub.create_tags(Resources=[attachment], Tags=[{"Key": "Name", "Value": "from-dev"}])
    for ec2, value in ((network.ec2, "dev"), (build.hub, "from-dev")):
        [seen] = ec2.describe_transit_gateway_vpc_attachments(Filters=[{"Name": "tag:Name", "Values": [value]}])[
            "TransitGatewayVpcAttachments"
        ]
        assert seen["Tags"] == [{"Key": "Name", "Value": value}]


def test_subnets_and_options_can_be_modified(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    attachment = build.attach(network, shared)
    answer = network.ec2.modify_transit_gateway_vpc_attachment(
        TransitGatewayAttachmentId=attachment,
        RemoveSubnetIds=[network.subnets[1]],
        Options={"ApplianceModeSupport": "enable"},
    )["TransitGatewayVpcAttachment"]
    assert answer["SubnetIds"] == [network.subnets[0]]
    assert answer["Options"]["ApplianceModeSupport"] == "enable"
    assert answer["Options"]["DnsSupport"] == "enable"


def test_a_deleted_attachment_is_gone_from_both_accounts(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    attachment = build.accepted(network, shared)
    network.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    for ec2 in (network.ec2, build.hub):
        named = {"TransitGatewayAttachmentIds": [attachment]}
        assert refusal(ec2.describe_transit_gateway_vpc_attachments, **named) == NOT_FOUND


def test_a_vpc_route_to_a_shared_gateway_needs_an_available_attachment(build: Builder, shared: dict[str, Any]) -> None:
    network = build.network()
    table = network.ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"]
    route = {
        "RouteTableId": table,
        "DestinationCidrBlock": "10.0.0.0/8",
        "TransitGatewayId": shared["TransitGatewayId"],
    }
    attachment = build.attach(network, shared)
    assert refusal(network.ec2.create_route, **route) == "InvalidTransitGatewayID.NotFound"
    build.hub.accept_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    network.ec2.create_route(**route)
    [seen] = network.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    targets = {one["DestinationCidrBlock"]: one.get("TransitGatewayId") for one in seen["Routes"]}
    assert targets == {network.cidr: None, "10.0.0.0/8": shared["TransitGatewayId"]}
