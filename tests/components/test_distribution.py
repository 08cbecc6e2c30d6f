"""A distribution: where it asks, by which protocol, for whom, and who reads its bucket."""

import json

import pytest

from securecart.components.distribution import Distribution, DistributionArgs, content_policy
from securecart.components.distribution_behaviours import dynamic_behaviours
from securecart.components.web_acl import WebAclArgs

ARN = "arn:aws:cloudfront::210000000004:distribution/E1"


@pytest.fixture
def recording(deploy):
    def program(scope_of) -> None:
        Distribution("static", scope_of("prod", "us-east-1"), args(scope_of))

    return deploy(program)


def args(scope_of):
    return DistributionArgs(
        bucket_name="shop-content",
        aliases=["static.shop.example"],
        certificate_arn="arn:aws:acm:us-east-1:210000000004:certificate/1",
        balancer_host="us.shop.example",
        origin_token="token",
        dynamic_paths=["/api/*", "/login"],
        price_class="PriceClass_100",
        web_acl=WebAclArgs("CLOUDFRONT", 100, 300, ["US", "DE"]),
        log_bucket_arn="arn:aws:s3:::archive",
        archive_scope=scope_of("log-archive", "us-east-1"),
        zone_scope=scope_of("network", "eu-west-1"),
        zone_id="zone",
    )


@pytest.fixture
def distribution(recording):
    return recording.one("cloudfront/distribution:Distribution").inputs


def test_static_content_comes_from_the_bucket_by_signed_requests(recording, distribution):
    origins = {origin["originId"]: origin for origin in distribution["origins"]}
    assert origins["content"] == {
        "originId": "content",
        "domainName": "shop-content.s3.us-east-1.amazonaws.com",
        "originAccessControlId": "OriginAccessControl/static",
    }
    control = recording.one("cloudfront/originAccessControl:OriginAccessControl").inputs
    assert (control["signingBehavior"], control["signingProtocol"]) == ("always", "sigv4")
    assert control["originAccessControlOriginType"] == "s3"


def test_the_load_balancer_is_asked_by_its_own_name_and_by_tls_alone(distribution):
    origins = {origin["originId"]: origin for origin in distribution["origins"]}
    assert origins["load-balancer"]["domainName"] == "us.shop.example"
    custom = origins["load-balancer"]["customOriginConfig"]
    assert (custom["originProtocolPolicy"], custom["originSslProtocols"]) == ("https-only", ["TLSv1.2"])


def test_the_load_balancer_alone_is_sent_the_token(distribution):
    origins = {origin["originId"]: origin for origin in distribution["origins"]}
    assert origins["load-balancer"]["customHeaders"] == [{"name": "x-securecart-origin", "value": "token"}]
    assert "customHeaders" not in origins["content"]


def test_what_no_path_names_is_read_from_the_bucket_and_cached(distribution):
    behaviour = distribution["defaultCacheBehavior"]
    assert behaviour["targetOriginId"] == "content"
    assert behaviour["viewerProtocolPolicy"] == "redirect-to-https"
    assert behaviour["allowedMethods"] == ["GET", "HEAD"]
    assert behaviour["cachePolicyId"] == "658327ea-f89d-4fab-a63d-7e88639e58f6"


def test_dynamic_paths_go_to_the_load_balancer_in_order_uncached_with_every_method(distribution):
    behaviours = distribution["orderedCacheBehaviors"]
    assert [behaviour["pathPattern"] for behaviour in behaviours] == ["/api/*", "/login"]
    for behaviour in behaviours:
        assert behaviour["targetOriginId"] == "load-balancer"
        assert behaviour["viewerProtocolPolicy"] == "https-only"
        assert set(behaviour["allowedMethods"]) == {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
        assert behaviour["cachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def test_the_viewers_host_is_not_passed_on_since_the_balancers_certificate_proves_another():
    (behaviour,) = dynamic_behaviours(["/api/*"])
    assert behaviour.origin_request_policy_id == "b689b0a8-53d0-40ab-baf2-68738e2966ac"


def test_answers_carry_security_headers(distribution):
    behaviours = [distribution["defaultCacheBehavior"], *distribution["orderedCacheBehaviors"]]
    assert {one["responseHeadersPolicyId"] for one in behaviours} == {"67f7725c-6f97-4210-82d7-5512b31e9d03"}


def test_viewers_need_tls_1_2_and_a_name_of_the_certificate(distribution):
    assert distribution["aliases"] == ["static.shop.example"]
    assert distribution["viewerCertificate"] == {
        "acmCertificateArn": "arn:aws:acm:us-east-1:210000000004:certificate/1",
        "minimumProtocolVersion": "TLSv1.2_2021",
        "sslSupportMethod": "sni-only",
    }


def test_only_the_customers_countries_are_served(distribution):
    wanted = {"restrictionType": "whitelist", "locations": ["DE", "US"]}
    assert distribution["restrictions"] == {"geoRestriction": wanted}


def test_a_web_acl_of_cloudfront_guards_it(recording, distribution):
    assert recording.one("wafv2/webAcl:WebAcl").inputs["scope"] == "CLOUDFRONT"
    assert distribution["webAclId"] == "arn:aws:mock:::WebAcl/static"


def test_the_distribution_alone_reads_the_bucket(recording):
    policy = json.loads(recording.one("s3/bucketPolicy:BucketPolicy").inputs["policy"])
    assert policy == content_policy("shop-content", "arn:aws:mock:::Distribution/static")
    read, plain = content_policy("shop-content", ARN)["Statement"]
    assert (read["Principal"], read["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert read["Condition"] == {"StringEquals": {"AWS:SourceArn": ARN}}
    assert (plain["Effect"], plain["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})


def test_the_bucket_is_closed_before_its_policy_is_set(recording):
    policy = recording.one("s3/bucketPolicy:BucketPolicy")
    closed = recording.one("s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
    assert closed.urn in policy.dependencies


def test_its_names_and_its_log_stand_below_it_in_accounts_of_their_own(recording):
    component = next(item for item in recording.resources if item.type == "securecart:edge:Distribution")
    record = recording.all("route53/record:Record")["static.shop.example-aaaa"]
    destination = recording.one("cloudwatch/logDeliveryDestination:LogDeliveryDestination")
    assert {record.parent, destination.parent} == {component.urn}
    assert recording.provider_of(record).name == "network-eu-west-1"
    assert recording.provider_of(destination).name == "log-archive-us-east-1"
    assert record.inputs["aliases"][0]["zoneId"] == "hosted-zone/static"
