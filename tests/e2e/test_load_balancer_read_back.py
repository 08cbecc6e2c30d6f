"""Row X3, read back with boto3: zone, certificates, load balancers and their access logs."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

ZONE = "securecart.example."
BALANCERS = {
    # name: account, region, zones of its network, host
    "dev": ("dev", "us-east-1", 2, "dev.securecart.example"),
    "staging": ("staging", "us-east-1", 2, "staging.securecart.example"),
    "prod": ("prod", "us-east-1", 3, "us.securecart.example"),
    "prod-eu": ("prod", "eu-west-1", 3, "eu.securecart.example"),
}


@pytest.fixture(params=BALANCERS)
def name(request) -> str:
    return request.param


@pytest.fixture
def elb(deployed, name):
    account, region, _, _ = BALANCERS[name]
    return deployed.client(account, "elbv2", region)


@pytest.fixture
def balancer(elb, name) -> dict:
    (found,) = elb.describe_load_balancers(Names=[name])["LoadBalancers"]
    return found


@pytest.fixture
def attributes(elb, balancer) -> dict[str, str]:
    found = elb.describe_load_balancer_attributes(LoadBalancerArn=balancer["LoadBalancerArn"])["Attributes"]
    return {each["Key"]: each["Value"] for each in found}


@pytest.fixture
def listeners(elb, balancer) -> dict[int, dict]:
    found = elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
    return {listener["Port"]: listener for listener in found}


@pytest.fixture
def records(deployed) -> list[dict]:
    route53 = deployed.client("network", "route53")
    (zone,) = [each for each in route53.list_hosted_zones()["HostedZones"] if each["Name"] == ZONE]
    pages = route53.get_paginator("list_resource_record_sets").paginate(HostedZoneId=zone["Id"])
    return [record for page in pages for record in page["ResourceRecordSets"]]


def tier_of(deployed, name: str, subnet_ids: list[str]) -> set[str]:
    account, region, _, _ = BALANCERS[name]
    subnets = deployed.client(account, "ec2", region).describe_subnets(SubnetIds=subnet_ids)["Subnets"]
    return {tag["Value"] for subnet in subnets for tag in subnet["Tags"] if tag["Key"] == "securecart:tier"}


def test_it_faces_the_internet_from_the_public_tier_of_every_zone(deployed, name, balancer):
    assert (balancer["Scheme"], balancer["Type"]) == ("internet-facing", "application")
    subnet_ids = [zone["SubnetId"] for zone in balancer["AvailabilityZones"]]
    assert len(subnet_ids) == BALANCERS[name][2]
    assert tier_of(deployed, name, subnet_ids) == {"public"}


def test_it_has_the_group_of_its_component_alone(deployed, name, balancer):
    account, region, _, _ = BALANCERS[name]
    (group_id,) = balancer["SecurityGroups"]
    (group,) = deployed.client(account, "ec2", region).describe_security_groups(GroupIds=[group_id])["SecurityGroups"]
    assert "alb" in [tag["Value"] for tag in group["Tags"] if tag["Key"] == "securecart:component"]


def test_it_refuses_what_could_smuggle_requests(attributes):
    assert attributes["routing.http.drop_invalid_header_fields.enabled"] == "true"
    assert attributes["routing.http.desync_mitigation_mode"] == "strictest"
    assert attributes["waf.fail_open.enabled"] == "false"


def test_load_balancers_of_protected_networks_refuse_deletion(name, attributes):
    assert attributes["deletion_protection.enabled"] == ("true" if name.startswith("prod") else "false")


def test_its_requests_are_logged_to_a_bucket_that_elastic_load_balancing_may_write(deployed, name, attributes):
    account, region, _, _ = BALANCERS[name]
    assert attributes["access_logs.s3.enabled"] == "true"
    archive = deployed.client("log-archive", "s3", region)
    policy = json.loads(archive.get_bucket_policy(Bucket=attributes["access_logs.s3.bucket"])["Policy"])
    (write,) = [each for each in policy["Statement"] if each["Effect"] == "Allow"]
    owner = deployed.fleet.accounts[account].id
    assert write["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert f"arn:aws:s3:::{attributes['access_logs.s3.bucket']}/AWSLogs/{owner}/*" in write["Resource"]
    assert (
        f"arn:aws:elasticloadbalancing:{region}:{owner}:loadbalancer/*"
        in write["Condition"]["ArnLike"]["aws:SourceArn"]
    )


def test_the_bucket_is_in_the_region_and_takes_s3s_own_key(deployed, name, attributes):
    region, bucket = BALANCERS[name][1], attributes["access_logs.s3.bucket"]
    archive = deployed.client("log-archive", "s3", region)
    # S3 tells us-east-1 by no constraint at all.
    assert (archive.get_bucket_location(Bucket=bucket)["LocationConstraint"] or "us-east-1") == region
    (rule,) = archive.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


def test_http_is_redirected_and_nothing_else(elb, listeners):
    assert set(listeners) == {80, 443}
    (action,) = listeners[80]["DefaultActions"]
    assert action["Type"] == "redirect"
    redirect = action["RedirectConfig"]
    assert (redirect["Protocol"], redirect["Port"], redirect["StatusCode"]) == ("HTTPS", "443", "HTTP_301")
    rules = elb.describe_rules(ListenerArn=listeners[80]["ListenerArn"])["Rules"]
    assert [rule["IsDefault"] for rule in rules] == [True]


def test_https_takes_tls_1_2_at_least_and_forwards_to_tasks(elb, listeners):
    assert (listeners[443]["Protocol"], listeners[443]["SslPolicy"]) == (
        "HTTPS",
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    )
    (action,) = listeners[443]["DefaultActions"]
    (targets,) = elb.describe_target_groups(TargetGroupArns=[action["TargetGroupArn"]])["TargetGroups"]
    assert (targets["TargetType"], targets["Protocol"], targets["Port"]) == ("ip", "HTTP", 8080)
    assert (targets["HealthCheckPath"], targets["Matcher"]["HttpCode"]) == ("/health", "200")


def test_its_certificate_is_issued_for_its_host(deployed, name, listeners):
    account, region, _, host = BALANCERS[name]
    acm = deployed.client(account, "acm", region)
    arn = listeners[443]["Certificates"][0]["CertificateArn"]
    found = acm.describe_certificate(CertificateArn=arn)["Certificate"]
    assert found["Status"] == "ISSUED"
    assert host in {found["DomainName"], *found["SubjectAlternativeNames"]}
    assert found["RenewalEligibility"] == "ELIGIBLE"


def test_each_validation_record_stands_once_for_all_regions(deployed, records):
    wanted = set()
    for region in ("us-east-1", "eu-west-1"):
        acm = deployed.client("prod", "acm", region)
        (summary,) = acm.list_certificates()["CertificateSummaryList"]
        found = acm.describe_certificate(CertificateArn=summary["CertificateArn"])["Certificate"]
        wanted |= {option["ResourceRecord"]["Name"] for option in found["DomainValidationOptions"]}
    names = [record["Name"] for record in records if record["Type"] == "CNAME"]
    assert len(wanted) == len(deployed.fleet.certificates["prod"].subject_alternative_names) + 1
    assert wanted <= set(names)
    assert len(names) == len(set(names))


def test_its_host_leads_to_it(name, balancer, records):
    host = BALANCERS[name][3]
    (record,) = [each for each in records if each["Name"] == f"{host}." and each["Type"] == "A"]
    assert record["AliasTarget"]["DNSName"].rstrip(".") == balancer["DNSName"]
    assert record["AliasTarget"]["HostedZoneId"] == balancer["CanonicalHostedZoneId"]


def test_a_web_acl_judges_its_requests(deployed, name, balancer):
    account, region, _, _ = BALANCERS[name]
    waf = deployed.client(account, "wafv2", region)
    acl = waf.get_web_acl_for_resource(ResourceArn=balancer["LoadBalancerArn"])["WebACL"]
    assert acl["Name"] == name
    assert "Block" in acl["DefaultAction"]
