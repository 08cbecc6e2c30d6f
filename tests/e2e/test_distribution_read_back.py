"""Rows X1 and X4, read back with boto3: web ACLs of both scopes; the distribution with its bucket, log and names."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

CONTENT = "securecart-content-static-210000000004-us-east-1"
ARCHIVE = "arn:aws:s3:::securecart-flow-logs-210000000007-us-east-1"
MANAGED = {
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesSQLiRuleSet",
}
# Account, region, scope and name of every web ACL.
WEB_ACLS = [
    ("prod", "us-east-1", "CLOUDFRONT", "static"),
    ("dev", "us-east-1", "REGIONAL", "dev"),
    ("staging", "us-east-1", "REGIONAL", "staging"),
    ("prod", "us-east-1", "REGIONAL", "prod"),
    ("prod", "eu-west-1", "REGIONAL", "prod-eu"),
]


@pytest.fixture(params=WEB_ACLS, ids=lambda case: f"{case[2].lower()}-{case[3]}")
def place(request) -> tuple[str, str, str, str]:
    return request.param


@pytest.fixture
def waf(deployed, place):
    account, region, _, _ = place
    return deployed.client(account, "wafv2", region)


@pytest.fixture
def web_acl(waf, place) -> dict:
    _, _, scope, name = place
    (found,) = [acl for acl in waf.list_web_acls(Scope=scope)["WebACLs"] if acl["Name"] == name]
    return waf.get_web_acl(Name=name, Scope=scope, Id=found["Id"])["WebACL"]


def ordered(web_acl: dict) -> list[dict]:
    return sorted(web_acl["Rules"], key=lambda rule: rule["Priority"])


def test_a_web_acl_blocks_whatever_no_rule_allows(web_acl):
    assert web_acl["DefaultAction"] == {"Block": {}}
    assert [rule["Name"] for rule in ordered(web_acl) if "Allow" in rule.get("Action", {})] == ["customer-countries"]


def test_its_rules_are_the_firms_in_order(web_acl):
    kinds = [next(iter(rule["Statement"])) for rule in ordered(web_acl)]
    assert kinds == [
        *("IPSetReferenceStatement", "IPSetReferenceStatement", "RateBasedStatement"),
        *("ManagedRuleGroupStatement", "ManagedRuleGroupStatement", "ManagedRuleGroupStatement"),
        "OrStatement",
    ]
    asked = [rule["Statement"].get("ManagedRuleGroupStatement", {}) for rule in ordered(web_acl)]
    assert {group["Name"] for group in asked if group} == MANAGED
    assert not [group for group in asked if "Version" in group]


def test_a_hundred_requests_in_five_minutes_are_the_most_that_an_address_has(web_acl):
    rate = ordered(web_acl)[2]
    assert rate["Action"] == {"Block": {}}
    found = rate["Statement"]["RateBasedStatement"]
    assert (found["Limit"], found["EvaluationWindowSec"], found["AggregateKeyType"]) == (100, 300, "IP")


def test_the_united_states_and_europe_are_let_in(web_acl, deployed):
    lists = [
        one["GeoMatchStatement"]["CountryCodes"]
        for one in ordered(web_acl)[-1]["Statement"]["OrStatement"]["Statements"]
    ]
    assert all(len(codes) <= 50 for codes in lists)
    codes = {code for codes in lists for code in codes}
    assert codes == set(deployed.fleet.waf.countries)
    assert {"US", "DE", "FR", "GB"} <= codes
    assert codes.isdisjoint({"CN", "BR", "IN"})


def test_its_capacity_is_what_the_price_covers(web_acl, place):
    # 1 + 1 + 2 + 25 + 700 + 200 + 2, as the sandbox counts them by AWS's own table; 2 for a distribution's token.
    assert web_acl["Capacity"] == (933 if place[3] == "prod" else 931)


def test_behind_the_distribution_alone_requests_with_its_token_are_not_counted_again(deployed, web_acl, place):
    rate = ordered(web_acl)[2]["Statement"]["RateBasedStatement"]
    if place[3] != "prod":
        assert "ScopeDownStatement" not in rate
        return
    match = rate["ScopeDownStatement"]["NotStatement"]["Statement"]["ByteMatchStatement"]
    assert match == {
        "SearchString": token(deployed).encode(),
        "FieldToMatch": {"SingleHeader": {"Name": "x-securecart-origin"}},
        "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
        "PositionalConstraint": "EXACTLY",
    }


def token(deployed) -> str:
    secrets = deployed.client("prod", "secretsmanager")
    return secrets.get_secret_value(SecretId="origin-token/prod")["SecretString"]


def test_no_samples_of_requests_are_kept(web_acl):
    parts = [web_acl, *web_acl["Rules"]]
    assert {part["VisibilityConfig"]["SampledRequestsEnabled"] for part in parts} == {False}


def test_addresses_blocked_in_response_to_an_incident_stay_blocked(deployed, waf, place):
    _, _, scope, name = place
    (found,) = [each for each in waf.list_ip_sets(Scope=scope)["IPSets"] if each["Name"] == f"{name}-blocked-ipv4"]
    where = {"Name": found["Name"], "Scope": scope, "Id": found["Id"]}
    waf.update_ip_set(**where, Addresses=["198.51.100.7/32"], LockToken=waf.get_ip_set(**where)["LockToken"])
    stack = "distribution-static" if scope == "CLOUDFRONT" else f"load-balancer-{name}"
    record = deployed.run("preview", "--select", stack, "--refresh")
    (seen,) = [each for each in record["stacks"] if each["name"] == stack]
    assert (seen["changes"]["same"] > 0, seen["changes"]["update"]) == (True, 0)
    assert waf.get_ip_set(**where)["IPSet"]["Addresses"] == ["198.51.100.7/32"]
    waf.update_ip_set(**where, Addresses=[], LockToken=waf.get_ip_set(**where)["LockToken"])


def test_every_request_is_logged_to_an_encrypted_group_without_credentials(deployed, waf, web_acl, place):
    account, region, scope, name = place
    found = waf.get_logging_configuration(ResourceArn=web_acl["ARN"])["LoggingConfiguration"]
    group = f"aws-waf-logs-{scope.lower()}-{name}"
    (destination,) = found["LogDestinationConfigs"]
    assert destination.endswith(f":log-group:{group}")
    assert {field["SingleHeader"]["Name"] for field in found["RedactedFields"]} == {
        "authorization",
        "cookie",
        "x-securecart-origin",
    }
    logs = deployed.client(account, "logs", region)
    (held,) = logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"][:1]
    assert held["logGroupName"] == group
    assert held["kmsKeyId"]


@pytest.fixture
def distribution(deployed) -> dict:
    cloudfront = deployed.client("prod", "cloudfront")
    (found,) = cloudfront.list_distributions()["DistributionList"]["Items"]
    return cloudfront.get_distribution(Id=found["Id"])["Distribution"]


@pytest.fixture
def config(distribution) -> dict:
    return distribution["DistributionConfig"]


def test_the_distribution_asks_its_bucket_by_signed_requests_and_the_balancer_by_tls(deployed, config):
    origins = {origin["Id"]: origin for origin in config["Origins"]["Items"]}
    assert set(origins) == {"content", "load-balancer"}
    assert origins["content"]["DomainName"] == f"{CONTENT}.s3.us-east-1.amazonaws.com"
    control = deployed.client("prod", "cloudfront").get_origin_access_control(
        Id=origins["content"]["OriginAccessControlId"]
    )["OriginAccessControl"]["OriginAccessControlConfig"]
    assert (control["SigningBehavior"], control["OriginAccessControlOriginType"]) == ("always", "s3")
    assert origins["load-balancer"]["DomainName"] == "us.securecart.example"
    custom = origins["load-balancer"]["CustomOriginConfig"]
    assert custom["OriginProtocolPolicy"] == "https-only"
    assert custom["OriginSslProtocols"]["Items"] == ["TLSv1.2"]


def test_the_load_balancer_alone_is_sent_the_token_by_tls(deployed, config):
    origins = {origin["Id"]: origin for origin in config["Origins"]["Items"]}
    (header,) = origins["load-balancer"]["CustomHeaders"]["Items"]
    assert header == {"HeaderName": "x-securecart-origin", "HeaderValue": token(deployed)}
    assert origins["content"]["CustomHeaders"]["Quantity"] == 0


def test_static_paths_are_cached_and_dynamic_ones_are_not(config):
    default, (dynamic,) = config["DefaultCacheBehavior"], config["CacheBehaviors"]["Items"]
    assert (default["TargetOriginId"], default["ViewerProtocolPolicy"]) == ("content", "redirect-to-https")
    assert (dynamic["PathPattern"], dynamic["TargetOriginId"]) == ("/api/*", "load-balancer")
    assert dynamic["ViewerProtocolPolicy"] == "https-only"
    assert dynamic["CachePolicyId"] != default["CachePolicyId"]


def test_viewers_need_tls_1_2_and_the_certificate_of_us_east_1(deployed, config):
    viewer = config["ViewerCertificate"]
    assert (viewer["MinimumProtocolVersion"], viewer["SSLSupportMethod"]) == ("TLSv1.2_2021", "sni-only")
    acm = deployed.client("prod", "acm")
    held = acm.describe_certificate(CertificateArn=viewer["ACMCertificateArn"])["Certificate"]
    assert set(config["Aliases"]["Items"]) <= set(held["SubjectAlternativeNames"])


def test_only_the_customers_countries_are_served(deployed, config):
    geo = config["Restrictions"]["GeoRestriction"]
    assert geo["RestrictionType"] == "whitelist"
    assert set(geo["Items"]) == set(deployed.fleet.waf.countries)


def test_the_web_acl_of_cloudfront_judges_its_requests(deployed, config):
    waf = deployed.client("prod", "wafv2")
    assert [acl["ARN"] for acl in waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]] == [config["WebACLId"]]


def test_the_bucket_is_closed_and_lets_the_distribution_alone_read(deployed, distribution):
    s3 = deployed.client("prod", "s3")
    assert set(s3.get_public_access_block(Bucket=CONTENT)["PublicAccessBlockConfiguration"].values()) == {True}
    assert s3.get_bucket_versioning(Bucket=CONTENT)["Status"] == "Enabled"
    policy = json.loads(s3.get_bucket_policy(Bucket=CONTENT)["Policy"])
    (allowed,) = [statement for statement in policy["Statement"] if statement["Effect"] == "Allow"]
    assert (allowed["Principal"], allowed["Action"]) == ({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject")
    assert allowed["Condition"] == {"StringEquals": {"AWS:SourceArn": distribution["ARN"]}}


def test_its_log_is_delivered_to_the_archive_in_another_account(deployed, distribution):
    logs, archive = deployed.client("prod", "logs"), deployed.client("log-archive", "logs")
    (source,) = logs.describe_delivery_sources()["deliverySources"]
    assert (source["resourceArns"], source["logType"]) == ([distribution["ARN"]], "ACCESS_LOGS")
    (delivery,) = logs.describe_deliveries()["deliveries"]
    assert delivery["deliverySourceName"] == source["name"]
    assert "c-ip" in delivery["recordFields"]
    assert "cs(Cookie)" not in delivery["recordFields"]
    (destination,) = archive.describe_delivery_destinations()["deliveryDestinations"]
    assert delivery["deliveryDestinationArn"] == destination["arn"]
    assert destination["deliveryDestinationConfiguration"] == {"destinationResourceArn": ARCHIVE}


def test_its_name_leads_to_it_by_both_versions_of_ip(deployed, distribution):
    route53 = deployed.client("network", "route53")
    (zone,) = [zone for zone in route53.list_hosted_zones()["HostedZones"] if zone["Name"] == "securecart.example."]
    records = route53.list_resource_record_sets(HostedZoneId=zone["Id"])["ResourceRecordSets"]
    own = {each["Type"]: each["AliasTarget"] for each in records if each["Name"] == "static.securecart.example."}
    assert set(own) == {"A", "AAAA"}
    for target in own.values():
        assert target["DNSName"].rstrip(".") == distribution["DomainName"]
        assert target["HostedZoneId"] == "Z2FDTNDATAQYW2"
