"""A Transit Gateway, its route tables, its share and its flow log."""

import pytest

from securecart.components.transit_gateway_hub import TransitGatewayHub, TransitGatewayHubArgs


@pytest.fixture
def build(deploy):
    def run(**share_with: str):
        args = TransitGatewayHubArgs(64512, ("dev", "prod", "inter-region"), share_with, "arn:aws:s3:::logs")
        return deploy(lambda scope: TransitGatewayHub("us-east-1", scope("network", "us-east-1"), args))

    return run


def test_nothing_is_accepted_associated_or_propagated_by_itself(build):
    gateway = build().one("ec2transitgateway/transitGateway:TransitGateway").inputs
    assert gateway["amazonSideAsn"] == 64512
    assert gateway["autoAcceptSharedAttachments"] == "disable"
    assert gateway["defaultRouteTableAssociation"] == "disable"
    assert gateway["defaultRouteTablePropagation"] == "disable"


def test_each_segment_has_a_route_table_of_its_own(build):
    tables = build().all("ec2transitgateway/routeTable:RouteTable")
    assert set(tables) == {"dev", "prod", "inter-region"}
    assert {item.inputs["transitGatewayId"] for item in tables.values()} == {"TransitGateway/us-east-1"}


def test_flow_log_of_a_transit_gateway_takes_no_traffic_type(build):
    log = build().one("ec2/flowLog:FlowLog").inputs
    assert log["transitGatewayId"] == "TransitGateway/us-east-1"
    assert log["logDestination"] == "arn:aws:s3:::logs"
    assert log["maxAggregationInterval"] == 60
    assert "trafficType" not in log


def test_share_goes_to_the_attaching_accounts_and_nobody_outside(build):
    recording = build(prod="210000000004", dev="210000000002")
    assert recording.one("ram/resourceShare:ResourceShare").inputs["allowExternalPrincipals"] is False
    principals = recording.all("ram/principalAssociation:PrincipalAssociation")
    assert {name: item.inputs["principal"] for name, item in principals.items()} == {
        "us-east-1-dev": "210000000002",
        "us-east-1-prod": "210000000004",
    }
    shared = recording.one("ram/resourceAssociation:ResourceAssociation").inputs
    assert shared["resourceArn"] == "arn:aws:mock:::TransitGateway/us-east-1"


def test_a_hub_without_other_accounts_is_not_shared(build):
    assert build().has_none("ram/resourceShare:ResourceShare")
