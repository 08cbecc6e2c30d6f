"""The payment provider's service, as the default fleet uses it."""

import pytest

from stacks import partner_endpoint
from tests.stacks.conftest import run_stack

PROVIDER = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001"


@pytest.fixture(scope="module")
def partner(recordings):
    return recordings["partner-endpoint-payment-provider"]


def test_the_endpoint_stands_in_the_private_tier_of_payments_in_every_zone(partner):
    endpoint = partner.one("ec2/vpcEndpoint:VpcEndpoint").inputs
    assert (endpoint["vpcEndpointType"], endpoint["serviceName"]) == ("Interface", PROVIDER)
    assert endpoint["vpcId"] == "network-payments.vpc_id"
    assert endpoint["subnetIds"] == [f"network-payments.subnet_ids_private.us-east-1{zone}" for zone in "ab"]
    assert endpoint["securityGroupIds"] == ["network-payments.security_group_ids.endpoints"]


def test_the_endpoint_has_no_policy_which_aws_refuses_here(partner):
    assert "policy" not in partner.one("ec2/vpcEndpoint:VpcEndpoint").inputs


def test_the_partners_own_name_leads_to_it(partner):
    name = partner.one("vpc/endpointPrivateDns:EndpointPrivateDns").inputs
    assert name == {"vpcEndpointId": "VpcEndpoint/payment-provider", "privateDnsEnabled": True}


def test_private_dns_is_switched_off_in_place_since_its_deletion_would_change_nothing(fleet):
    quiet = fleet.partner_endpoints["payment-provider"].model_copy(update={"private_dns": False})
    other = fleet.model_copy(update={"partner_endpoints": {"payment-provider": quiet}})
    (spec,) = partner_endpoint.stacks(other)
    name = run_stack(other, spec).one("vpc/endpointPrivateDns:EndpointPrivateDns").inputs
    assert name["privateDnsEnabled"] is False


def test_the_partner_is_told_the_endpoints_id(partner):
    assert partner.outputs == {"endpoint_id": "VpcEndpoint/payment-provider"}
