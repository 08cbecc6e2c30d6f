"""The payment service of the default fleet, offered by PrivateLink."""

import pytest

from securecart.config.model import Fleet
from securecart.errors import ProgramError
from stacks import endpoint_service
from tests.stacks.conftest import run_stack

STACK = "endpoint-service-payments"
ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint"
INGRESS = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"


@pytest.fixture(scope="module")
def service(recordings):
    return recordings[STACK]


def changed(fleet: Fleet, **fields: object) -> Fleet:
    offer = fleet.endpoint_services["payments"].model_copy(update=fields)
    return fleet.model_copy(update={"endpoint_services": {"payments": offer}})


def rerun(fleet: Fleet, **fields: object):
    other = changed(fleet, **fields)
    (spec,) = endpoint_service.stacks(other)
    return run_stack(other, spec)


def test_the_load_balancer_is_internal_and_stands_in_the_private_tier_in_every_zone(service):
    balancer = service.one("lb/loadBalancer:LoadBalancer").inputs
    assert (balancer["loadBalancerType"], balancer["internal"]) == ("network", True)
    assert balancer["subnets"] == [f"network-payments.subnet_ids_private.us-east-1{zone}" for zone in "ab"]
    assert balancer["securityGroups"] == ["network-payments.security_group_ids.nlb"]
    assert balancer["enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] == "on"
    assert balancer["enableCrossZoneLoadBalancing"] is True
    assert balancer["enableDeletionProtection"] is True


def test_an_unprotected_networks_load_balancer_may_be_deleted(fleet):
    payments = fleet.networks["payments"].model_copy(update={"protected": False})
    other = fleet.model_copy(update={"networks": {**fleet.networks, "payments": payments}})
    (spec,) = endpoint_service.stacks(other)
    balancer = run_stack(other, spec).one("lb/loadBalancer:LoadBalancer").inputs
    assert balancer["enableDeletionProtection"] is False
    # Its consumer is protected still, and the stack holds that one's endpoint.
    assert spec.protected


def test_tls_goes_through_to_the_service(service):
    listener = service.one("lb/listener:Listener").inputs
    targets = service.one("lb/targetGroup:TargetGroup").inputs
    assert (listener["protocol"], listener["port"]) == ("TCP", 443)
    assert (targets["protocol"], targets["port"], targets["targetType"]) == ("TCP", 443, "ip")
    assert targets["healthCheck"] == {"protocol": "TCP", "port": "traffic-port"}
    (action,) = listener["defaultActions"]
    assert action == {"type": "forward", "targetGroupArn": "arn:aws:mock:::TargetGroup/payments"}


def test_connections_are_accepted_one_by_one_from_the_consumers_account_alone(service):
    offer = service.one("ec2/vpcEndpointService:VpcEndpointService").inputs
    assert offer["acceptanceRequired"] is True
    assert offer["allowedPrincipals"] == ["arn:aws:iam::210000000004:root"]
    assert offer["networkLoadBalancerArns"] == ["arn:aws:mock:::LoadBalancer/payments"]
    assert offer["privateDnsName"] == "payments.securecart.example"


def test_the_name_is_proven_in_the_zones_account(service):
    record = service.one("route53/record:Record")
    assert record.inputs["name"] == "_proof.payments.securecart.example"
    assert (record.inputs["type"], record.inputs["records"]) == ("TXT", ["vpce:payments"])
    assert record.inputs["zoneId"] == "dns.zone_id"
    assert service.provider_of(record).name == "network-us-east-1"
    verification = service.one("vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification")
    assert verification.inputs["serviceId"] == "VpcEndpointService/payments"
    assert record.urn in verification.dependencies


def test_the_consumers_endpoint_stands_in_its_own_account_in_the_zones_of_both(service):
    endpoint = service.one(ENDPOINT)
    assert service.provider_of(endpoint).name == "prod-us-east-1"
    assert endpoint.inputs["vpcEndpointType"] == "Interface"
    assert endpoint.inputs["vpcId"] == "network-prod.vpc_id"
    # The consumer has a third zone, which the service is not in.
    assert endpoint.inputs["subnetIds"] == [f"network-prod.subnet_ids_private.us-east-1{zone}" for zone in "ab"]
    assert endpoint.inputs["securityGroupIds"] == ["network-prod.security_group_ids.endpoints"]
    assert endpoint.inputs["serviceName"] == "service-name/payments"


def test_endpoints_have_no_policy_which_aws_refuses_here(service):
    assert "policy" not in service.one(ENDPOINT).inputs


def test_the_consumers_connection_is_accepted_by_the_services_account_and_named_after_that(service):
    accepter = service.one("ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter")
    assert service.provider_of(accepter).name == "payments-us-east-1"
    assert accepter.inputs["vpcEndpointId"] == "VpcEndpoint/prod"
    name = service.one("vpc/endpointPrivateDns:EndpointPrivateDns")
    assert name.inputs == {"vpcEndpointId": "VpcEndpoint/prod", "privateDnsEnabled": True}
    verification = service.one("vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification")
    assert {accepter.urn, verification.urn} <= name.dependencies


def test_the_load_balancer_takes_the_consumers_private_tier_alone(service):
    rule = service.one(INGRESS).inputs
    assert rule["securityGroupId"] == "network-payments.security_group_ids.nlb"
    assert (rule["cidrIpv4"], rule["fromPort"], rule["toPort"]) == ("10.30.32.0/19", 443, 443)


def test_others_are_let_in_by_principal_and_by_block(fleet):
    principal = "arn:aws:iam::999999999999:role/caller"
    found = rerun(fleet, allowed_principals=(principal,), clients=("172.16.8.0/24",))
    offer = found.one("ec2/vpcEndpointService:VpcEndpointService").inputs
    assert offer["allowedPrincipals"] == ["arn:aws:iam::210000000004:root", principal]
    blocks = {rule.inputs["cidrIpv4"] for rule in found.all(INGRESS).values()}
    assert blocks == {"10.30.32.0/19", "172.16.8.0/24"}


def test_a_service_without_consumers_of_the_firm_has_no_endpoints(fleet):
    found = rerun(fleet, consumers=())
    assert found.has_none(ENDPOINT)
    assert found.outputs["endpoint_ids"] == {}


def test_others_learn_the_services_name_and_its_endpoints(service):
    assert service.outputs == {"service_name": "service-name/payments", "endpoint_ids": {"prod": "VpcEndpoint/prod"}}


def test_a_fleet_without_a_zone_cannot_prove_the_name(fleet):
    with pytest.raises(ProgramError, match="cannot be proven"):
        list(endpoint_service.stacks(fleet.model_copy(update={"dns": None})))
