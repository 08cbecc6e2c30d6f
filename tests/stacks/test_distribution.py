"""The distribution of the default fleet: where its parts are, and what leads to it."""

import json

import pytest

from stacks import distribution, stack_specs
from stacks.log_archive import logging_accounts

KIND = "cloudwatch/logDelivery"


@pytest.fixture(scope="module")
def static(recordings):
    return recordings["distribution-static"]


def test_it_is_in_us_east_1_whatever_the_home_region_is(fleet):
    elsewhere = fleet.model_copy(update={"home_region": "eu-west-1"})
    (spec,) = [spec for spec in stack_specs(elsewhere) if spec.kind == "distribution"]
    assert spec.region == "us-east-1"


def test_its_parts_are_its_accounts_in_us_east_1(static):
    for kind in ("cloudfront/distribution:Distribution", "s3/bucket:Bucket", "wafv2/webAcl:WebAcl"):
        assert static.provider_of(static.one(kind)).name == "prod-us-east-1"


def test_it_asks_the_load_balancer_by_its_name_in_the_zone(static):
    origins = static.one("cloudfront/distribution:Distribution").inputs["origins"]
    assert {origin["domainName"] for origin in origins} == {
        "us.securecart.example",
        "securecart-content-static-210000000004-us-east-1.s3.us-east-1.amazonaws.com",
    }


def test_the_load_balancer_is_sent_the_token_that_it_told(static):
    origins = static.one("cloudfront/distribution:Distribution").inputs["origins"]
    (headers,) = [origin["customHeaders"] for origin in origins if "customHeaders" in origin]
    assert headers == [{"name": "x-securecart-origin", "value": "load-balancer-prod.origin_token"}]


def test_its_certificate_is_the_one_of_us_east_1(static):
    viewer = static.one("cloudfront/distribution:Distribution").inputs["viewerCertificate"]
    assert viewer["acmCertificateArn"] == "certificate-prod.certificate_arns.us-east-1"


def test_its_names_lead_to_it_by_both_versions_of_ip(static):
    records = static.all("route53/record:Record").values()
    found = {(record.inputs["name"], record.inputs["type"]) for record in records}
    assert found == {("static.securecart.example", "A"), ("static.securecart.example", "AAAA")}
    for record in records:
        assert record.inputs["zoneId"] == "dns.zone_id"
        assert record.inputs["aliases"][0]["evaluateTargetHealth"] is False
        assert static.provider_of(record).name == "network-us-east-1"


def test_its_log_goes_to_the_archive_in_another_account(static):
    destination = static.one(f"{KIND}Destination:LogDeliveryDestination")
    wanted = {"destinationResourceArn": "log-archive-us-east-1.bucket_arn"}
    assert destination.inputs["deliveryDestinationConfiguration"] == wanted
    assert static.provider_of(destination).name == "log-archive-us-east-1"


def test_the_archive_lets_its_log_in(recordings):
    (policy,) = [
        json.loads(policy.inputs["policy"])
        for policy in recordings["log-archive-us-east-1"].all("s3/bucketPolicy:BucketPolicy").values()
        if "delivery.logs.amazonaws.com" in policy.inputs["policy"] and "flow-logs" in policy.inputs["policy"]
    ]
    write = next(each for each in policy["Statement"] if each["Sid"] == "AWSLogDeliveryWrite")
    bucket = "arn:aws:s3:::securecart-flow-logs-210000000007-us-east-1"
    assert f"{bucket}/AWSLogs/210000000004/*" in write["Resource"]
    # ARN of a delivery's source: arn:aws:logs:REGION:ACCOUNT:delivery-source:NAME.
    assert "arn:aws:logs:us-east-1:210000000004:*" in write["Condition"]["ArnLike"]["aws:SourceArn"]


def test_an_account_with_nothing_but_a_distribution_in_the_region_is_let_into_the_archive(fleet):
    elsewhere = {
        name: network.model_copy(update={"region": "eu-west-1"})
        for name, network in fleet.networks.items()
        if network.account == "prod"
    }
    moved = fleet.model_copy(update={"networks": elsewhere})
    assert "210000000004" in logging_accounts(moved, "us-east-1")
    none = moved.model_copy(update={"distributions": {}})
    assert "210000000004" not in logging_accounts(none, "us-east-1")


def test_the_order_of_aliases_moves_nothing_and_that_of_paths_does(fleet):
    def given(**changes: tuple[str, ...]) -> distribution.DistributionInputs:
        entry = fleet.distributions["static"].model_copy(update=changes)
        changed = fleet.model_copy(update={"distributions": {"static": entry}})
        (spec,) = distribution.stacks(changed)
        return distribution.inputs(changed, spec)

    assert given(aliases=("a.example", "b.example")) == given(aliases=("b.example", "a.example"))
    assert given(dynamic_paths=("/api/*", "/*")) != given(dynamic_paths=("/*", "/api/*"))


def test_the_response_to_incidents_finds_the_sets_of_blocked_addresses(static):
    assert set(static.outputs["ip_set_ids"]) == {"IPV4", "IPV6"}
    assert static.outputs["web_acl_arn"] == "arn:aws:mock:::WebAcl/static"
