from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import AWAY, DEV, HOME, Accounts, refusal

_NUMBERS = itertools.count()
_SEEN = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "acl"}
INVALID = "WAFInvalidParameterException"


def address_set(waf: Any, scope: str = "REGIONAL", **more: object) -> dict[str, Any]:
    wanted = {"Name": f"set{next(_NUMBERS)}", "IPAddressVersion": "IPV4", "Addresses": ["192.0.2.0/24"], **more}
    return waf.create_ip_set(Scope=scope, **wanted)["Summary"]


def rule(statement: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "Name": "rule",
        "Priority": 0,
        "Action": {"Block": {}},
        "Statement": statement,
        "VisibilityConfig": _SEEN,
        **more,
    }


def acl(waf: Any, *rules: dict[str, Any], scope: str = "REGIONAL", **more: object) -> dict[str, Any]:
    wanted = {"Name": f"acl{next(_NUMBERS)}", "DefaultAction": {"Allow": {}}, "VisibilityConfig": _SEEN, **more}
    return waf.create_web_acl(Scope=scope, Rules=list(rules), **wanted)["Summary"]


def named(made: dict[str, Any], scope: str = "REGIONAL") -> dict[str, str]:
    return {"Name": made["Name"], "Id": made["Id"], "Scope": scope}


def locked(made: dict[str, Any], scope: str = "REGIONAL") -> dict[str, str]:
    return {**named(made, scope), "LockToken": made["LockToken"]}


def balancer(accounts: Accounts, region: str = HOME) -> str:
    ec2, elb = accounts.client("ec2", DEV, region), accounts.client("elbv2", DEV, region)
    vpc = ec2.create_vpc(CidrBlock="10.99.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.99.{number}.0/24", AvailabilityZone=region + zone)["Subnet"]
        for number, zone in enumerate("ab")
    ]
    wanted = {"Name": f"shop{next(_NUMBERS)}", "Subnets": [one["SubnetId"] for one in subnets], "Scheme": "internal"}
    made = elb.create_load_balancer(**wanted)
    return made["LoadBalancers"][0]["LoadBalancerArn"]


@pytest.fixture
def waf(accounts: Accounts) -> Any:
    return accounts.client("wafv2", DEV)


def test_cloudfronts_scope_is_served_in_one_region(accounts: Accounts, waf: Any) -> None:
    away = accounts.client("wafv2", DEV, AWAY)
    assert refusal(acl, waf=away, scope="CLOUDFRONT") == INVALID
    assert refusal(address_set, waf=away, scope="CLOUDFRONT") == INVALID
    assert refusal(away.list_web_acls, Scope="CLOUDFRONT") == INVALID
    made = acl(waf, scope="CLOUDFRONT")
    assert ":us-east-1:" in made["ARN"]
    assert ":global/webacl/" in made["ARN"]


def test_names_are_wafs_and_each_is_there_once(waf: Any) -> None:
    assert refusal(acl, waf=waf, Name="has space") == INVALID
    made = acl(waf)
    assert refusal(acl, waf=waf, Name=made["Name"]) == "WAFDuplicateItemException"
    taken = address_set(waf)
    assert refusal(address_set, waf=waf, Name=taken["Name"]) == "WAFDuplicateItemException"


@pytest.mark.parametrize("address", ["192.0.2.1", "0.0.0.0/0", "2001:db8::/64", "attacker"])
def test_an_address_set_holds_blocks_of_its_kind(waf: Any, address: str) -> None:
    assert refusal(address_set, waf=waf, Addresses=[address]) == INVALID
    made = address_set(waf)
    assert refusal(waf.update_ip_set, **locked(made), Addresses=[address]) == INVALID


def test_a_stale_lock_token_is_refused(waf: Any) -> None:
    made = address_set(waf)
    token = waf.update_ip_set(**locked(made), Addresses=[])["NextLockToken"]
    assert token != made["LockToken"]
    code = refusal(waf.update_ip_set, **locked(made), Addresses=[])
    assert code == "WAFOptimisticLockException"


def test_an_address_set_goes_after_the_web_acl_that_names_it(waf: Any) -> None:
    addresses = address_set(waf)
    made = acl(waf, rule({"NotStatement": {"Statement": {"IPSetReferenceStatement": {"ARN": addresses["ARN"]}}}}))
    assert refusal(waf.delete_ip_set, **locked(addresses)) == "WAFAssociatedItemException"
    waf.delete_web_acl(**locked(made))
    waf.delete_ip_set(**locked(addresses))
    gone = rule({"IPSetReferenceStatement": {"ARN": addresses["ARN"]}})
    assert refusal(lambda **_: acl(waf, gone)) == "WAFNonexistentItemException"


def test_capacity_is_counted_and_has_a_limit(waf: Any) -> None:
    geo = {"GeoMatchStatement": {"CountryCodes": ["US"]}}
    made = acl(waf, rule(geo))
    assert waf.get_web_acl(**named(made))["WebACL"]["Capacity"] == 1
    rate = rule({"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP"}}, Name="rate", Priority=1)
    change = {"DefaultAction": {"Allow": {}}, "VisibilityConfig": _SEEN}
    waf.update_web_acl(**locked(made), Rules=[rule(geo), rate], **change)
    assert waf.get_web_acl(**named(made))["WebACL"]["Capacity"] == 3
    costly = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}}
    rules = [
        {**rule(costly), "Name": f"r{number}", "Priority": number, "OverrideAction": {"None": {}}}
        for number in range(8)
    ]
    for one in rules:
        del one["Action"]
    assert refusal(lambda **_: acl(waf, *rules)) == "WAFLimitsExceededException"


def test_a_resource_has_one_web_acl_of_its_own_region(accounts: Accounts, waf: Any) -> None:
    resource, first, second = balancer(accounts), acl(waf), acl(waf)
    for made in (first, second):
        waf.associate_web_acl(WebACLArn=made["ARN"], ResourceArn=resource)
        assert waf.get_web_acl_for_resource(ResourceArn=resource)["WebACL"]["ARN"] == made["ARN"]
    waf.delete_web_acl(**locked(first))
    assert refusal(waf.delete_web_acl, **locked(second)) == "WAFAssociatedItemException"
    away = acl(accounts.client("wafv2", DEV, AWAY))
    missing = "WAFNonexistentItemException"
    assert refusal(waf.associate_web_acl, WebACLArn=away["ARN"], ResourceArn=resource) == missing
    elsewhere = balancer(accounts, AWAY)
    assert refusal(waf.associate_web_acl, WebACLArn=second["ARN"], ResourceArn=elsewhere) == missing
    edge = acl(waf, scope="CLOUDFRONT")
    assert refusal(waf.associate_web_acl, WebACLArn=edge["ARN"], ResourceArn=resource) == INVALID
    waf.disassociate_web_acl(ResourceArn=resource)
    waf.delete_web_acl(**locked(second))


@pytest.mark.parametrize(
    "destination",
    [
        "arn:aws:logs:us-east-1:222222222222:log-group:edge",
        "arn:aws:s3:::edge-logs",
        "arn:aws:logs:eu-west-1:222222222222:log-group:aws-waf-logs-edge",
        "arn:aws:sqs:us-east-1:222222222222:aws-waf-logs-edge",
    ],
)
def test_logs_go_nowhere_but_to_a_destination_of_wafs_name(waf: Any, destination: str) -> None:
    config = {"ResourceArn": acl(waf)["ARN"], "LogDestinationConfigs": [destination]}
    assert refusal(waf.put_logging_configuration, LoggingConfiguration=config) == INVALID


@pytest.mark.parametrize(
    "destination",
    [
        "arn:aws:logs:us-east-1:222222222222:log-group:aws-waf-logs-edge",
        "arn:aws:s3:::aws-waf-logs-edge",
        "arn:aws:firehose:us-east-1:222222222222:deliverystream/aws-waf-logs-edge",
    ],
)
def test_logs_go_to_one_destination_of_wafs_name(waf: Any, destination: str) -> None:
    config = {"ResourceArn": acl(waf)["ARN"], "LogDestinationConfigs": [destination]}
    waf.put_logging_configuration(LoggingConfiguration=config)
    found = waf.get_logging_configuration(ResourceArn=config["ResourceArn"])["LoggingConfiguration"]
    assert found["LogDestinationConfigs"] == [destination]
    both = {**config, "LogDestinationConfigs": [destination, destination]}
    assert refusal(waf.put_logging_configuration, LoggingConfiguration=both) == INVALID
    unknown = {**config, "ResourceArn": f"{config['ResourceArn']}x"}
    assert refusal(waf.put_logging_configuration, LoggingConfiguration=unknown) == "WAFNonexistentItemException"
