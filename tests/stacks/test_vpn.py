"""The office of the default fleet."""

import pytest

from securecart.config.model import Fleet
from securecart.errors import ProgramError
from stacks import vpn

TGW_ROUTE = "ec2transitgateway/route:Route"
OFFICE = "192.168.100.0/24"


@pytest.fixture(scope="module")
def office(recordings):
    return recordings["vpn-office"]


def test_the_office_is_in_a_route_table_of_its_own(office):
    association = office.one("ec2transitgateway/routeTableAssociation:RouteTableAssociation").inputs
    assert association["transitGatewayRouteTableId"] == "RouteTable/office"
    assert association["transitGatewayAttachmentId"] == "attachment/office"
    assert office.has_none("ec2transitgateway/routeTablePropagation:RouteTablePropagation")


def test_its_table_leads_to_the_listed_tiers_alone(office):
    routes = office.all(TGW_ROUTE).values()
    inward = {
        (route.inputs["destinationCidrBlock"], route.inputs["transitGatewayAttachmentId"])
        for route in routes
        if route.inputs["transitGatewayRouteTableId"] == "RouteTable/office"
    }
    assert inward == {
        ("10.30.32.0/19", "attach-prod.attachment_id"),
        ("10.20.32.0/19", "attach-staging.attachment_id"),
    }


def test_the_listed_networks_segments_and_no_others_lead_back(office):
    routes = office.all(TGW_ROUTE).values()
    back = {
        route.inputs["transitGatewayRouteTableId"] for route in routes if route.inputs["destinationCidrBlock"] == OFFICE
    }
    assert back == {"hub-us-east-1.route_table_ids.prod", "hub-us-east-1.route_table_ids.staging"}


def test_each_zone_of_the_listed_tiers_routes_replies_to_the_hub(office):
    routes = office.all("ec2/route:Route").values()
    assert {route.inputs["destinationCidrBlock"] for route in routes} == {OFFICE}
    assert {route.inputs["transitGatewayId"] for route in routes} == {"hub-us-east-1.transit_gateway_id"}
    assert len(routes) == 3 + 2
    assert all(".route_table_ids_private." in route.inputs["routeTableId"] for route in routes)


@pytest.mark.parametrize("network", ["prod", "staging"])
def test_what_is_opened_in_a_network_is_opened_by_its_own_account(office, network):
    own = [
        item
        for item in office.resources
        if any(str(value).startswith(f"network-{network}.") for value in item.inputs.values())
    ]
    assert {item.type.rpartition(":")[2] for item in own} == {"Route", "NetworkAclRule", "SecurityGroupIngressRule"}
    assert {office.provider_of(item).name for item in own} == {f"{network}-us-east-1"}


def test_the_rest_is_the_hubs_accounts(office):
    for kind in ("ec2/vpnConnection:VpnConnection", "ec2/customerGateway:CustomerGateway", TGW_ROUTE, "kms/key:Key"):
        assert {office.provider_of(item).name for item in office.all(kind).values()} == {"network-us-east-1"}


def test_logs_are_encrypted_by_the_stacks_key(office):
    group = office.one("cloudwatch/logGroup:LogGroup").inputs
    assert group["kmsKeyId"] == "arn:aws:mock:::Key/office"
    assert str(group["name"]).startswith("/aws/vendedlogs/")


def test_the_administrators_find_the_secret_of_the_keys(office):
    assert office.outputs["preshared_key_arn"] == "arn:aws:mock:::secret/office"


def test_a_network_on_another_hub_is_refused(fleet: Fleet):
    moved = fleet.vpns["office"].model_copy(update={"hub": "eu-west-1"})
    with pytest.raises(ProgramError, match="'prod' is not attached to hub 'eu-west-1'"):
        list(vpn.stacks(fleet.model_copy(update={"vpns": {"office": moved}})))
