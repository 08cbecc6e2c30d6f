"""The accelerator of the default fleet."""

import pytest

ACCELERATOR = "globalaccelerator/accelerator:Accelerator"
LISTENER = "globalaccelerator/listener:Listener"
GROUP = "globalaccelerator/endpointGroup:EndpointGroup"


@pytest.fixture(scope="module")
def shop(recordings):
    return recordings["accelerator-shop"]


def test_it_takes_https_alone(shop):
    listener = shop.one(LISTENER).inputs
    assert (listener["protocol"], listener["portRanges"]) == ("TCP", [{"fromPort": 443, "toPort": 443}])
    assert listener["acceleratorArn"] == "arn:aws:mock:::Accelerator/shop"


def test_each_region_leads_to_its_own_load_balancer_which_sees_customers_addresses(shop):
    groups = {group.inputs["endpointGroupRegion"]: group.inputs for group in shop.all(GROUP).values()}
    ends = {region: group["endpointConfigurations"] for region, group in groups.items()}
    expected = {"clientIpPreservationEnabled": True, "weight": 128}
    assert ends == {
        "us-east-1": [{**expected, "endpointId": "load-balancer-prod.load_balancer_arn"}],
        "eu-west-1": [{**expected, "endpointId": "load-balancer-prod-eu.load_balancer_arn"}],
    }
    assert {group["trafficDialPercentage"] for group in groups.values()} == {100}


def test_its_name_leads_to_its_addresses_from_the_account_of_the_zone(shop):
    record = shop.one("route53/record:Record")
    assert record.inputs["name"] == "go.securecart.example"
    assert record.inputs["aliases"] == [
        {"name": "dns-name/shop", "zoneId": "hosted-zone/shop", "evaluateTargetHealth": False}
    ]
    assert shop.provider_of(record).name == "network-us-east-1"
    assert shop.provider_of(shop.one(ACCELERATOR)).name == "prod-us-east-1"


def test_partners_may_list_its_addresses_so_it_is_protected_like_what_is_behind_it(specs):
    assert specs["accelerator-shop"].protected
    assert specs["accelerator-shop"].environment == "prod"
