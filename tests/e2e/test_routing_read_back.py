"""Rows X5 and X6, read back: names and health checks by boto3, the accelerator, which is recorded, from the state."""

from __future__ import annotations

import pytest

from .fleets import resources

pytestmark = pytest.mark.xdist_group("deployed")

US, EU = ("prod", "us-east-1", "us.securecart.example"), ("prod", "eu-west-1", "eu.securecart.example")
SETS = {
    "shop": {"us-east-1": ({"Region": "us-east-1"}, US), "eu-west-1": ({"Region": "eu-west-1"}, EU)},
    "checkout": {"primary": ({"Failover": "PRIMARY"}, US), "secondary": ({"Failover": "SECONDARY"}, EU)},
    "release": {"prod": ({"Weight": 90}, US), "prod-eu": ({"Weight": 10}, EU)},
    "local": {
        "continent-EU": ({"GeoLocation": {"ContinentCode": "EU"}}, EU),
        "default": ({"GeoLocation": {"CountryCode": "*"}}, US),
    },
}
_KINDS = ("Region", "Failover", "Weight", "GeoLocation")


@pytest.fixture(scope="module")
def route53(deployed):
    return deployed.client("network", "route53")


@pytest.fixture(scope="module")
def records(route53) -> list[dict]:
    (zone,) = route53.list_hosted_zones()["HostedZones"]
    assert zone["Name"] == "securecart.example."
    pages = route53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone["Id"])
    return [record for page in pages for record in page["ResourceRecordSets"]]


def balancer(deployed, end: tuple[str, str, str]) -> dict:
    account, region, _ = end
    (found,) = deployed.client(account, "elbv2", region).describe_load_balancers(Names=[_name(end)])["LoadBalancers"]
    return found


def _name(end: tuple[str, str, str]) -> str:
    return {US: "prod", EU: "prod-eu"}[end]


@pytest.mark.parametrize("name", SETS)
def test_a_name_is_routed_as_the_fleet_file_says(records, name):
    routed = {
        record["SetIdentifier"]: {kind: record[kind] for kind in _KINDS if kind in record}
        for record in records
        if record["Name"] == f"{name}.securecart.example."
    }
    assert routed == {identifier: routing for identifier, (routing, _) in SETS[name].items()}


@pytest.mark.parametrize("name", SETS)
def test_each_answer_is_a_load_balancer_whose_health_is_checked_by_its_own_host(deployed, route53, records, name):
    for identifier, (_, end) in SETS[name].items():
        (record,) = [
            each
            for each in records
            if (each["Name"], each.get("SetIdentifier")) == (f"{name}.securecart.example.", identifier)
        ]
        target, found = record["AliasTarget"], balancer(deployed, end)
        assert target["DNSName"].rstrip(".") == found["DNSName"].lower()
        assert (target["HostedZoneId"], target["EvaluateTargetHealth"]) == (found["CanonicalHostedZoneId"], True)
        check = route53.get_health_check(HealthCheckId=record["HealthCheckId"])["HealthCheck"]["HealthCheckConfig"]
        assert (check["Type"], check["FullyQualifiedDomainName"], check["Port"]) == ("HTTPS", end[2], 443)
        assert (check["ResourcePath"], check["RequestInterval"], check["EnableSNI"]) == ("/health", 30, True)
        assert set(check["Regions"]) == {"us-east-1", "us-west-1", "us-west-2", "eu-west-1"}


def test_there_is_one_health_check_for_each_load_balancer(route53):
    checks = [check["HealthCheckConfig"] for check in route53.list_health_checks()["HealthChecks"]]
    assert sorted(check["FullyQualifiedDomainName"] for check in checks) == [EU[2], US[2]]


@pytest.fixture(scope="module")
def accelerator(deployed) -> dict[str, list[dict]]:
    """Outputs of the accelerator's resources, by the last part of their type."""
    found: dict[str, list[dict]] = {}
    for resource in resources(deployed, "accelerator-shop").values():
        outputs = {**resource.get("outputs", {}), "id": resource.get("id")}
        found.setdefault(resource["type"].rpartition(":")[2], []).append(outputs)
    return found


def test_the_accelerator_takes_https_alone(accelerator):
    (shop,), (listener,) = accelerator["Accelerator"], accelerator["Listener"]
    assert (listener["protocol"], listener["portRanges"]) == ("TCP", [{"fromPort": 443, "toPort": 443}])
    assert listener["acceleratorArn"] == shop["arn"]


def test_the_accelerator_leads_each_region_to_its_load_balancer(deployed, accelerator):
    ends = {group["endpointGroupRegion"]: group["endpointConfigurations"] for group in accelerator["EndpointGroup"]}
    assert {region: len(found) for region, found in ends.items()} == {"us-east-1": 1, "eu-west-1": 1}
    for end in (US, EU):
        (found,) = ends[end[1]]
        assert found["endpointId"] == balancer(deployed, end)["LoadBalancerArn"]
        assert (found["clientIpPreservationEnabled"], found["weight"]) == (True, 128)


def test_its_name_leads_to_the_accelerator(records, accelerator):
    (shop,) = accelerator["Accelerator"]
    (record,) = [each for each in records if each["Name"] == "go.securecart.example."]
    assert record["AliasTarget"]["DNSName"].rstrip(".") == shop["dnsName"]
    assert record["AliasTarget"]["HostedZoneId"] == shop["hostedZoneId"] == "Z2BJ6XQ5FK7U4H"


def test_the_accelerator_is_told_to_be_recorded_and_the_records_to_be_real(deployed):
    stacks = {stack["name"]: stack for stack in deployed.run("status")["stacks"]}
    marked = {
        resource["type"]: resource["status"]
        for name in ("accelerator-shop", "records")
        for resource in stacks[name]["inventory"]
    }
    assert {kind for kind, how in marked.items() if how == "recorded"} == {
        "aws:globalaccelerator/accelerator:Accelerator",
        "aws:globalaccelerator/listener:Listener",
        "aws:globalaccelerator/endpointGroup:EndpointGroup",
    }
    assert marked["aws:route53/record:Record"] == "realised"
