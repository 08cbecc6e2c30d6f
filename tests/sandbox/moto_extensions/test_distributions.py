from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, PAYMENTS, Accounts, refusal
from tests.sandbox.moto_extensions.test_web_acls import acl, locked

_NUMBERS = itertools.count()
CERTIFICATE = "arn:aws:acm:us-east-1:222222222222:certificate/1"
POLICY = "658327ea-f89d-4fab-a63d-7e88639e58f6"
ORIGIN = {"Id": "shop", "DomainName": "images.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}


@pytest.fixture
def cloudfront(accounts: Accounts) -> Any:
    return accounts.client("cloudfront", DEV)


def behaviour(**more: object) -> dict[str, object]:
    return {"TargetOriginId": "shop", "ViewerProtocolPolicy": "https-only", "CachePolicyId": POLICY, **more}


def config(**more: object) -> dict[str, Any]:
    return {
        "CallerReference": f"reference{next(_NUMBERS)}",
        "Comment": "",
        "Enabled": True,
        "Origins": {"Quantity": 1, "Items": [ORIGIN]},
        "DefaultCacheBehavior": behaviour(),
        **more,
    }


def create(client: Any, **more: object) -> dict[str, Any]:
    return client.create_distribution(DistributionConfig=config(**more))


def control(client: Any) -> dict[str, Any]:
    wanted = {
        "Name": f"control{next(_NUMBERS)}",
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }
    return client.create_origin_access_control(OriginAccessControlConfig=wanted)


def named(*names: str) -> dict[str, object]:
    return {
        "Aliases": {"Quantity": len(names), "Items": list(names)},
        "ViewerCertificate": {"ACMCertificateArn": CERTIFICATE, "SSLSupportMethod": "sni-only"},
    }


def test_the_whole_configuration_is_told(cloudfront: Any) -> None:
    guarded = {**ORIGIN, "OriginAccessControlId": control(cloudfront)["OriginAccessControl"]["Id"]}
    default = behaviour(ResponseHeadersPolicyId="policy", Compress=True)
    made = create(cloudfront, Origins={"Quantity": 1, "Items": [guarded]}, DefaultCacheBehavior=default)
    found = cloudfront.get_distribution(Id=made["Distribution"]["Id"])
    told = found["Distribution"]["DistributionConfig"]
    assert told["Origins"]["Items"] == [guarded]
    assert told["DefaultCacheBehavior"] == default
    assert found["Distribution"]["Status"] == "Deployed"
    assert found["ETag"] == made["ETag"]
    listed = cloudfront.list_distributions()["DistributionList"]["Items"]
    assert made["Distribution"]["Id"] in [one["Id"] for one in listed]


def test_a_change_names_the_version_that_it_changes(cloudfront: Any) -> None:
    made = create(cloudfront)
    one = {"Id": made["Distribution"]["Id"]}
    same = made["Distribution"]["DistributionConfig"]
    changed = cloudfront.update_distribution(**one, IfMatch=made["ETag"], DistributionConfig={**same, "Comment": "x"})
    assert changed["ETag"] != made["ETag"]
    stale = {**one, "IfMatch": made["ETag"]}
    assert refusal(cloudfront.update_distribution, **stale, DistributionConfig=same) == "PreconditionFailed"
    assert refusal(cloudfront.delete_distribution, **stale) == "PreconditionFailed"
    assert refusal(cloudfront.delete_distribution, **one) == "InvalidIfMatchVersion"
    other = {**same, "CallerReference": "other"}
    code = refusal(cloudfront.update_distribution, **one, IfMatch=changed["ETag"], DistributionConfig=other)
    assert code == "IllegalUpdate"


def test_a_distribution_is_disabled_before_it_goes(cloudfront: Any) -> None:
    made = create(cloudfront)
    one = {"Id": made["Distribution"]["Id"]}
    assert refusal(cloudfront.delete_distribution, **one, IfMatch=made["ETag"]) == "DistributionNotDisabled"
    off = {**made["Distribution"]["DistributionConfig"], "Enabled": False}
    version = cloudfront.update_distribution(**one, IfMatch=made["ETag"], DistributionConfig=off)["ETag"]
    cloudfront.delete_distribution(**one, IfMatch=version)
    assert refusal(cloudfront.get_distribution, **one) == "NoSuchDistribution"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"DefaultCacheBehavior": behaviour(TargetOriginId="other")}, "NoSuchOrigin"),
        (
            {"CacheBehaviors": {"Quantity": 1, "Items": [behaviour(PathPattern="/x", TargetOriginId="other")]}},
            "NoSuchOrigin",
        ),
        ({"DefaultCacheBehavior": behaviour(CachePolicyId="")}, "InvalidArgument"),
        (
            {"Origins": {"Quantity": 1, "Items": [{**ORIGIN, "OriginAccessControlId": "E1"}]}},
            "InvalidOriginAccessControl",
        ),
        ({"Origins": {"Quantity": 1, "Items": [{"Id": "shop", "DomainName": "a.example.com"}]}}, "InvalidOrigin"),
        ({"Aliases": {"Quantity": 1, "Items": ["shop.example.com"]}}, "InvalidViewerCertificate"),
        (
            {"ViewerCertificate": {"ACMCertificateArn": CERTIFICATE.replace("us-east-1", "eu-west-1")}},
            "InvalidViewerCertificate",
        ),
        ({"WebACLId": "arn:aws:wafv2:us-east-1:222222222222:regional/webacl/a/1"}, "InvalidWebACLId"),
        (
            {"Logging": {"Enabled": True, "Bucket": "logs", "Prefix": "", "IncludeCookies": False}},
            "InvalidArgument",
        ),
        (
            {"Restrictions": {"GeoRestriction": {"RestrictionType": "whitelist", "Quantity": 0}}},
            "InvalidGeoRestrictionParameter",
        ),
    ],
)
def test_what_cloudfront_cannot_serve_is_refused(cloudfront: Any, wrong: dict[str, object], code: str) -> None:
    assert refusal(cloudfront.create_distribution, DistributionConfig=config(**wrong)) == code


def test_a_domain_name_belongs_to_one_distribution_of_all_accounts(accounts: Accounts, cloudfront: Any) -> None:
    name = f"shop{next(_NUMBERS)}.example.com"
    made = create(cloudfront, **named(name))
    other = accounts.client("cloudfront", PAYMENTS)
    wanted = config(**named("other.example.com", name))
    assert refusal(other.create_distribution, DistributionConfig=wanted) == "CNAMEAlreadyExists"
    same = made["Distribution"]["DistributionConfig"]
    one = {"Id": made["Distribution"]["Id"], "IfMatch": made["ETag"]}
    cloudfront.update_distribution(**one, DistributionConfig={**same, "Comment": "x"})


def test_a_web_acl_and_an_access_control_go_after_the_distribution(accounts: Accounts, cloudfront: Any) -> None:
    waf, guard = accounts.client("wafv2", DEV), control(cloudfront)
    rules = acl(waf, scope="CLOUDFRONT")
    origin = {**ORIGIN, "OriginAccessControlId": guard["OriginAccessControl"]["Id"]}
    made = create(cloudfront, WebACLId=rules["ARN"], Enabled=False, Origins={"Quantity": 1, "Items": [origin]})
    assert refusal(waf.delete_web_acl, **locked(rules, "CLOUDFRONT")) == "WAFAssociatedItemException"
    named_guard = {"Id": guard["OriginAccessControl"]["Id"], "IfMatch": guard["ETag"]}
    assert refusal(cloudfront.delete_origin_access_control, **named_guard) == "OriginAccessControlInUse"
    cloudfront.delete_distribution(Id=made["Distribution"]["Id"], IfMatch=made["ETag"])
    waf.delete_web_acl(**locked(rules, "CLOUDFRONT"))
    cloudfront.delete_origin_access_control(**named_guard)


def test_an_access_control_has_a_name_of_its_own_and_versions(cloudfront: Any) -> None:
    guard = control(cloudfront)
    same = guard["OriginAccessControl"]["OriginAccessControlConfig"]
    code = refusal(cloudfront.create_origin_access_control, OriginAccessControlConfig=same)
    assert code == "OriginAccessControlAlreadyExists"
    one = {"Id": guard["OriginAccessControl"]["Id"], "OriginAccessControlConfig": {**same, "SigningBehavior": "never"}}
    changed = cloudfront.update_origin_access_control(**one, IfMatch=guard["ETag"])
    assert changed["ETag"] != guard["ETag"]
    assert refusal(cloudfront.update_origin_access_control, **one, IfMatch=guard["ETag"]) == "PreconditionFailed"
