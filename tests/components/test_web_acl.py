"""A web ACL: default, rules in order, blocked addresses, log."""

import json

import pytest

from securecart.components.web_acl import WebAcl, WebAclArgs, log_policy
from securecart.errors import ProgramError


def web_acl(deploy, waf_scope="REGIONAL", countries=("DE", "US"), region="us-east-1", token=None):
    args = WebAclArgs(waf_scope, 100, 300, countries, token)
    return deploy(lambda scope_of: WebAcl("shop", scope_of("prod", region), args))


@pytest.fixture
def recording(deploy):
    return web_acl(deploy)


def rules_of(recording):
    return {rule["name"]: rule for rule in recording.one("wafv2/webAcl:WebAcl").inputs["rules"]}


def test_what_no_rule_allows_is_blocked(recording):
    assert recording.one("wafv2/webAcl:WebAcl").inputs["defaultAction"] == {"block": {}}


def test_rules_are_asked_in_the_order_of_the_table(recording):
    rules = recording.one("wafv2/webAcl:WebAcl").inputs["rules"]
    assert [rule["name"] for rule in sorted(rules, key=lambda rule: rule["priority"])] == [
        "blocked-ipv4",
        "blocked-ipv6",
        "rate-limit",
        "ip-reputation",
        "common",
        "sql-injection",
        "customer-countries",
    ]


def test_only_the_last_rule_allows(recording):
    allowing = [name for name, rule in rules_of(recording).items() if "allow" in rule.get("action", {})]
    assert allowing == ["customer-countries"]


def test_blocked_addresses_are_refused_in_both_versions_of_ip(recording):
    rules = rules_of(recording)
    for version in ("ipv4", "ipv6"):
        rule = rules[f"blocked-{version}"]
        assert rule["action"] == {"block": {}}
        reference = rule["statement"]["ipSetReferenceStatement"]
        assert reference == {"arn": f"arn:aws:mock:::IpSet/shop-blocked-{version}"}


def test_addresses_that_the_response_blocks_are_not_taken_back(recording):
    sets = recording.all("wafv2/ipSet:IpSet")
    assert {item.inputs["ipAddressVersion"] for item in sets.values()} == {"IPV4", "IPV6"}
    for item in sets.values():
        assert item.inputs["addresses"] == []
        assert item.ignore_changes == ("addresses",)


def test_an_address_above_the_rate_is_blocked(recording):
    rule = rules_of(recording)["rate-limit"]
    assert rule["action"] == {"block": {}}
    wanted = {"aggregateKeyType": "IP", "limit": 100, "evaluationWindowSec": 300}
    assert rule["statement"]["rateBasedStatement"] == wanted


def test_requests_with_a_distributions_token_are_not_counted_again_and_all_others_are(deploy):
    rules = rules_of(web_acl(deploy, token="token"))
    rate = rules.pop("rate-limit")["statement"]["rateBasedStatement"]
    match = {
        "searchString": "token",
        "positionalConstraint": "EXACTLY",
        "fieldToMatch": {"singleHeader": {"name": "x-securecart-origin"}},
        "textTransformations": [{"priority": 0, "type": "NONE"}],
    }
    assert rate.pop("scopeDownStatement") == {"notStatement": {"statement": {"byteMatchStatement": match}}}
    without = rules_of(web_acl(deploy))
    assert rate == without.pop("rate-limit")["statement"]["rateBasedStatement"]
    assert rules == without


def test_no_samples_are_kept_since_they_would_show_credentials(recording):
    acl = recording.one("wafv2/webAcl:WebAcl").inputs
    parts = [acl, *acl["rules"]]
    assert [part["visibilityConfig"]["sampledRequestsEnabled"] for part in parts] == [False] * 8


def test_managed_groups_decide_for_themselves_and_are_not_held_at_a_version(recording):
    rules = rules_of(recording)
    for name, group in {
        "ip-reputation": "AWSManagedRulesAmazonIpReputationList",
        "common": "AWSManagedRulesCommonRuleSet",
        "sql-injection": "AWSManagedRulesSQLiRuleSet",
    }.items():
        assert rules[name]["overrideAction"] == {"none": {}}
        assert rules[name]["statement"]["managedRuleGroupStatement"] == {"vendorName": "AWS", "name": group}


def test_one_statement_names_few_countries(recording):
    statement = rules_of(recording)["customer-countries"]["statement"]
    assert statement == {"geoMatchStatement": {"countryCodes": ["DE", "US"]}}


def test_several_statements_name_the_customers_countries(deploy, fleet):
    statement = rules_of(web_acl(deploy, countries=fleet.waf.countries))["customer-countries"]["statement"]
    lists = [one["geoMatchStatement"]["countryCodes"] for one in statement["orStatement"]["statements"]]
    assert len(lists) == 2
    assert sorted(code for codes in lists for code in codes) == sorted(fleet.waf.countries)


def test_every_request_is_logged_to_a_group_whose_name_waf_accepts(recording):
    group = recording.one("cloudwatch/logGroup:LogGroup").inputs
    assert group["name"] == "aws-waf-logs-regional-shop"
    log = recording.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs
    assert log["resourceArn"] == "arn:aws:mock:::WebAcl/shop"
    assert log["logDestinationConfigs"] == ["arn:aws:mock:::LogGroup/shop-web-acl-log"]
    assert "loggingFilter" not in log


def test_credentials_are_kept_out_of_the_log(recording):
    log = recording.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration").inputs
    assert [field["singleHeader"]["name"] for field in log["redactedFields"]] == [
        "authorization",
        "cookie",
        "x-securecart-origin",
    ]


def test_log_delivery_may_write_before_logging_starts(recording):
    policy = recording.one("cloudwatch/logResourcePolicy:LogResourcePolicy")
    log = recording.one("wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration")
    assert policy.urn in log.dependencies
    (statement,) = json.loads(policy.inputs["policyDocument"])["Statement"]
    wanted = "arn:aws:logs:us-east-1:210000000004:log-group:aws-waf-logs-regional-shop:log-stream:*"
    assert statement["Resource"] == wanted


def test_log_delivery_writes_for_the_owning_account_alone():
    (statement,) = log_policy("210000000004", "us-east-1", "arn:group")["Statement"]
    assert statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": "210000000004"},
        "ArnLike": {"aws:SourceArn": "arn:aws:logs:us-east-1:210000000004:*"},
    }


def test_the_web_acl_of_a_distribution_and_that_of_a_load_balancer_may_have_one_name(deploy):
    group = web_acl(deploy, waf_scope="CLOUDFRONT").one("cloudwatch/logGroup:LogGroup").inputs
    assert group["name"] == "aws-waf-logs-cloudfront-shop"


def test_a_web_acl_of_cloudfront_is_refused_in_other_regions(deploy):
    with pytest.raises(ProgramError, match="us-east-1"):
        web_acl(deploy, waf_scope="CLOUDFRONT", region="eu-west-1")
