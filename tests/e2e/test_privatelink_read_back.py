"""Rows C3 and C4, read back with boto3: the payment service, its consumer, and the provider's service."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

PROVIDER = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001"
NAME = "payments.securecart.example"
PROD, PAYMENTS = "210000000004", "210000000005"


@pytest.fixture
def ec2(deployed):
    return deployed.client("payments", "ec2")


@pytest.fixture
def service(ec2) -> dict:
    (found,) = ec2.describe_vpc_endpoint_service_configurations()["ServiceConfigurations"]
    return found


@pytest.fixture
def balancer(deployed, service) -> dict:
    elb = deployed.client("payments", "elbv2")
    (found,) = elb.describe_load_balancers(LoadBalancerArns=service["NetworkLoadBalancerArns"])["LoadBalancers"]
    return found


@pytest.fixture
def consumers(deployed, service) -> dict:
    """The endpoint of prod to the firm's own service."""
    return endpoint(deployed.client("prod", "ec2"), service["ServiceName"])


def endpoint(ec2, service_name: str) -> dict:
    wanted = [{"Name": "service-name", "Values": [service_name]}]
    (found,) = ec2.describe_vpc_endpoints(Filters=wanted)["VpcEndpoints"]
    return found


def private_subnets(ec2, vpc_id: str) -> dict[str, str]:
    """Zone of each subnet of the private tier."""
    wanted = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "tag:securecart:tier", "Values": ["private"]}]
    return {one["SubnetId"]: one["AvailabilityZone"] for one in ec2.describe_subnets(Filters=wanted)["Subnets"]}


def group_names(ec2, ids: list[str]) -> list[str]:
    return [one["GroupName"] for one in ec2.describe_security_groups(GroupIds=ids)["SecurityGroups"]]


def names(found: dict) -> set[str]:
    return {entry["DnsName"] for entry in found["DnsEntries"]}


def test_the_service_accepts_one_by_one_and_names_whom(ec2, service):
    assert service["AcceptanceRequired"] is True
    listed = ec2.describe_vpc_endpoint_service_permissions(ServiceId=service["ServiceId"])["AllowedPrincipals"]
    assert [each["Principal"] for each in listed] == [f"arn:aws:iam::{PROD}:root"]


def test_the_services_name_is_proven_by_the_zones_record(deployed, service):
    configuration = service["PrivateDnsNameConfiguration"]
    assert (service["PrivateDnsName"], configuration["State"]) == (NAME, "verified")
    route53 = deployed.client("network", "route53")
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    (proof,) = [each for each in records if each["Name"] == f"{configuration['Name']}.{NAME}."]
    assert (proof["Type"], proof["ResourceRecords"]) == ("TXT", [{"Value": f'"{configuration["Value"]}"'}])


def test_the_load_balancer_is_internal_in_the_private_tier_and_has_its_group(ec2, balancer):
    assert (balancer["Type"], balancer["Scheme"]) == ("network", "internal")
    tier = private_subnets(ec2, balancer["VpcId"])
    assert {zone["SubnetId"] for zone in balancer["AvailabilityZones"]} == set(tier)
    assert group_names(ec2, balancer["SecurityGroups"]) == ["payments-nlb"]
    assert balancer["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] == "on"


def test_the_load_balancer_balances_across_zones_and_is_kept(deployed, balancer):
    elb = deployed.client("payments", "elbv2")
    listed = elb.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])["Attributes"]
    attributes = {each["Key"]: each["Value"] for each in listed}
    assert attributes["load_balancing.cross_zone.enabled"] == "true"
    assert attributes["deletion_protection.enabled"] == "true"


def test_tls_goes_through_the_load_balancer_to_ip_targets(deployed, balancer):
    elb = deployed.client("payments", "elbv2")
    (listener,) = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    assert (listener["Protocol"], listener["Port"]) == ("TCP", 443)
    (action,) = listener["DefaultActions"]
    (targets,) = elb.describe_target_groups(TargetGroupArns=[action["TargetGroupArn"]])["TargetGroups"]
    assert (targets["Protocol"], targets["Port"], targets["TargetType"]) == ("TCP", 443, "ip")


def test_the_load_balancer_takes_prods_private_tier_and_leads_to_the_service_alone(ec2, balancer):
    (group,) = ec2.describe_security_groups(GroupIds=balancer["SecurityGroups"])["SecurityGroups"]
    (into,) = group["IpPermissions"]
    assert (into["FromPort"], into["ToPort"]) == (443, 443)
    assert [block["CidrIp"] for block in into["IpRanges"]] == ["10.30.32.0/19"]
    (out,) = group["IpPermissionsEgress"]
    assert (out["FromPort"], out["ToPort"]) == (443, 443)
    assert group_names(ec2, [pair["GroupId"] for pair in out["UserIdGroupPairs"]]) == ["payments-service"]
    assert not out["IpRanges"]


def test_the_consumers_connection_and_no_other_is_accepted(ec2, service, consumers):
    wanted = [{"Name": "service-id", "Values": [service["ServiceId"]]}]
    (connection,) = ec2.describe_vpc_endpoint_connections(Filters=wanted)["VpcEndpointConnections"]
    assert connection["VpcEndpointId"] == consumers["VpcEndpointId"]
    assert (connection["VpcEndpointOwner"], connection["VpcEndpointState"]) == (PROD, "available")


def test_the_consumers_endpoint_is_in_its_private_tier_in_the_zones_of_the_service(deployed, consumers):
    ec2 = deployed.client("prod", "ec2")
    tier = private_subnets(ec2, consumers["VpcId"])
    assert {tier[subnet] for subnet in consumers["SubnetIds"]} == {"us-east-1a", "us-east-1b"}
    assert group_names(ec2, [group["GroupId"] for group in consumers["Groups"]]) == ["prod-endpoints"]


def test_the_services_name_leads_prod_to_its_endpoint(consumers):
    assert consumers["State"] == "available"
    assert consumers["PrivateDnsEnabled"] is True
    assert NAME in names(consumers)


def test_payments_reaches_its_provider_by_the_providers_own_name(ec2):
    found = endpoint(ec2, PROVIDER)
    assert (found["VpcEndpointType"], found["State"]) == ("Interface", "available")
    assert found["OwnerId"] == PAYMENTS
    assert found["PrivateDnsEnabled"] is True
    assert "api.payment-provider.example" in names(found)


def test_the_providers_endpoint_is_in_the_private_tier_in_every_zone(ec2):
    found = endpoint(ec2, PROVIDER)
    assert set(found["SubnetIds"]) == set(private_subnets(ec2, found["VpcId"]))
    assert group_names(ec2, [group["GroupId"] for group in found["Groups"]]) == ["payments-endpoints"]
