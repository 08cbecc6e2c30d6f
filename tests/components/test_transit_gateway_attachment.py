"""A VPC attached to a hub."""

from ipaddress import IPv4Network

import pytest

from securecart.components.transit_gateway_attachment import (
    TransitGatewayAttachment,
    TransitGatewayAttachmentArgs,
)
from tests.components.recording import Recording

ATTACHMENT = "ec2transitgateway/vpcAttachment:VpcAttachment"
ACCEPTER = "ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"


@pytest.fixture
def build(deploy):
    def run(account: str) -> Recording:
        def program(scope_of) -> None:
            args = TransitGatewayAttachmentArgs(
                hub_scope=scope_of("network", "us-east-1"),
                transit_gateway_id="tgw-1",
                vpc_id="vpc-1",
                subnet_ids={"us-east-1a": "subnet-a", "us-east-1b": "subnet-b"},
                association="table-prod",
                propagations={"prod": "table-prod", "inter-region": "table-inter"},
                route_table_ids={"us-east-1a": "rtb-a", "us-east-1b": "rtb-b"},
                destinations={"prod-eu": IPv4Network("10.31.0.0/16")},
            )
            TransitGatewayAttachment("prod", scope_of(account, "us-east-1"), args)

        return deploy(program)

    return run


def test_the_network_requests_with_a_subnet_in_each_zone(build):
    recording = build("prod")
    attachment = recording.one(ATTACHMENT)
    assert attachment.inputs["subnetIds"] == ["subnet-a", "subnet-b"]
    assert attachment.inputs["transitGatewayId"] == "tgw-1"
    assert recording.provider_of(attachment).name == "prod-us-east-1"


def test_the_hubs_account_accepts_without_default_association_or_propagation(build):
    recording = build("prod")
    accepter = recording.one(ACCEPTER)
    assert recording.provider_of(accepter).name == "network-us-east-1"
    assert accepter.inputs["transitGatewayAttachmentId"] == "VpcAttachment/prod"
    assert accepter.inputs["transitGatewayDefaultRouteTableAssociation"] is False
    assert accepter.inputs["transitGatewayDefaultRouteTablePropagation"] is False


def test_defaults_are_left_to_the_accepter_where_the_hub_is_shared(build):
    assert "transitGatewayDefaultRouteTableAssociation" not in build("prod").one(ATTACHMENT).inputs


def test_an_attachment_in_the_hubs_own_account_needs_no_accepter(build):
    recording = build("network")
    assert recording.has_none(ACCEPTER)
    assert recording.one(ATTACHMENT).inputs["transitGatewayDefaultRouteTableAssociation"] is False
    assert recording.one(ATTACHMENT).inputs["transitGatewayDefaultRouteTablePropagation"] is False


def test_the_attachment_uses_and_feeds_its_segments_tables(build):
    recording = build("prod")
    association = recording.one("ec2transitgateway/routeTableAssociation:RouteTableAssociation")
    assert association.inputs["transitGatewayRouteTableId"] == "table-prod"
    propagations = recording.all("ec2transitgateway/routeTablePropagation:RouteTablePropagation")
    assert {name: item.inputs["transitGatewayRouteTableId"] for name, item in propagations.items()} == {
        "prod-prod": "table-prod",
        "prod-inter-region": "table-inter",
    }
    assert {recording.provider_of(item).name for item in propagations.values()} == {"network-us-east-1"}


@pytest.mark.parametrize(("account", "ready"), [("prod", ACCEPTER), ("network", ATTACHMENT)])
def test_routes_wait_until_the_attachment_works(build, account, ready):
    recording = build(account)
    routes = recording.all("ec2/route:Route")
    assert {name: item.inputs["routeTableId"] for name, item in routes.items()} == {
        "us-east-1a-to-prod-eu": "rtb-a",
        "us-east-1b-to-prod-eu": "rtb-b",
    }
    assert all(recording.one(ready).urn in item.dependencies for item in routes.values())
    assert {item.inputs["destinationCidrBlock"] for item in routes.values()} == {"10.31.0.0/16"}
