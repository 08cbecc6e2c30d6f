"""Two hubs peered across regions."""

from ipaddress import IPv4Network

import pytest

from securecart.components.hub_peering import HubPeering, HubPeeringArgs, HubSide
from tests.components.recording import Recording


@pytest.fixture
def recording(deploy) -> Recording:
    def program(scope_of) -> None:
        sides = [
            HubSide(
                name=region,
                scope=scope_of("network", region),
                transit_gateway_id=f"tgw-{region}",
                inter_region_table_id=f"inter-{region}",
                segment_table_ids={"prod": f"prod-{region}"},
                remote={"prod": {network: IPv4Network(cidr)}},
            )
            for region, network, cidr in (
                ("us-east-1", "prod-eu", "10.31.0.0/16"),
                ("eu-west-1", "prod", "10.30.0.0/16"),
            )
        ]
        HubPeering("hubs", sides[0].scope, HubPeeringArgs(*sides))

    return deploy(program)


def test_one_region_requests_naming_the_other(recording):
    attachment = recording.one("ec2transitgateway/peeringAttachment:PeeringAttachment")
    assert attachment.inputs["peerAccountId"] == "210000000001"
    assert attachment.inputs["peerRegion"] == "eu-west-1"
    assert attachment.inputs["peerTransitGatewayId"] == "tgw-eu-west-1"
    assert recording.provider_of(attachment).name == "network-us-east-1"


def test_the_other_region_accepts_with_its_own_provider(recording):
    accepter = recording.one("ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter")
    assert accepter.inputs["transitGatewayAttachmentId"] == "PeeringAttachment/hubs"
    assert recording.provider_of(accepter).name == "network-eu-west-1"


def test_traffic_that_arrives_is_routed_by_the_inter_region_table_of_each_hub(recording):
    pairs = recording.all("ec2transitgateway/routeTableAssociation:RouteTableAssociation")
    found = {recording.provider_of(item).name: item.inputs["transitGatewayRouteTableId"] for item in pairs.values()}
    assert found == {"network-us-east-1": "inter-us-east-1", "network-eu-west-1": "inter-eu-west-1"}


def test_each_segment_gets_static_routes_to_its_own_networks_beyond(recording):
    routes = recording.all("ec2transitgateway/route:Route")
    found = {
        name: (item.inputs["transitGatewayRouteTableId"], item.inputs["destinationCidrBlock"])
        for name, item in routes.items()
    }
    assert found == {
        "us-east-1-prod-to-prod-eu": ("prod-us-east-1", "10.31.0.0/16"),
        "eu-west-1-prod-to-prod": ("prod-eu-west-1", "10.30.0.0/16"),
    }


def test_routes_wait_for_the_acceptance(recording):
    accepter = recording.one("ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter").urn
    assert all(accepter in item.dependencies for item in recording.all("ec2transitgateway/route:Route").values())
