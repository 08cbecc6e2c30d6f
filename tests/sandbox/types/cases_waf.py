"""Cases of AWS WAF."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit

ACL = "aws:wafv2/webAcl:WebAcl"
IP_SET = "aws:wafv2/ipSet:IpSet"
_METRICS = {"cloudwatchMetricsEnabled": True, "metricName": "metric", "sampledRequestsEnabled": True}


def visibility(metric: str) -> dict[str, object]:
    return {**_METRICS, "metricName": metric}


def managed(name: str, group: str, priority: int) -> dict[str, object]:
    return {
        "name": name,
        "priority": priority,
        "overrideAction": {"none": {}},
        "statement": {"managedRuleGroupStatement": {"vendorName": "AWS", "name": group}},
        "visibilityConfig": visibility(name),
    }


def blocking(name: str, priority: int, **statement: object) -> dict[str, object]:
    return {
        "name": name,
        "priority": priority,
        "action": {"block": {}},
        "statement": statement,
        "visibilityConfig": visibility(name),
    }


def outside(priority: int, *countries: str) -> dict[str, object]:
    inside = {"geoMatchStatement": {"countryCodes": list(countries)}}
    return blocking("countries", priority, notStatement={"statement": inside})


_TOKEN = {
    "searchString": "token",
    "positionalConstraint": "EXACTLY",
    "fieldToMatch": {"singleHeader": {"name": "x-origin"}},
    "textTransformations": [{"priority": 0, "type": "NONE"}],
}


def _counted(token: str) -> dict[str, object]:
    """A limit for requests without a token in a header."""
    others = {"notStatement": {"statement": {"byteMatchStatement": {**_TOKEN, "searchString": token}}}}
    return {"limit": 100, "aggregateKeyType": "IP", "scopeDownStatement": others}


def ip_set(world: World, scope: str = "REGIONAL", addresses: tuple[str, ...] = ()) -> Resource:
    inputs = {
        "name": f"set{next(world.names)}",
        "scope": scope,
        "ipAddressVersion": "IPV4",
        "addresses": list(addresses),
    }
    return world.make(IP_SET, inputs)


def acl_inputs(world: World, scope: str = "REGIONAL") -> dict[str, object]:
    search = {
        "searchString": "/admin",
        "positionalConstraint": "STARTS_WITH",
        "fieldToMatch": {"uriPath": {}},
        "textTransformations": [{"priority": 0, "type": "LOWERCASE"}],
    }
    return {
        "name": f"acl{next(world.names)}",
        "scope": scope,
        "description": "a web ACL",
        "defaultAction": {"allow": {}},
        "visibilityConfig": visibility("acl"),
        "rules": [
            blocking("attackers", 0, ipSetReferenceStatement={"arn": ip_set(world, scope).state["arn"]}),
            blocking("rate", 1, rateBasedStatement=_counted("token")),
            managed("injection", "AWSManagedRulesSQLiRuleSet", 2),
            managed("common", "AWSManagedRulesCommonRuleSet", 3),
            outside(4, "US", "DE", "FR"),
            blocking("admin", 5, byteMatchStatement=search),
        ],
        "customResponseBodies": [{"key": "no", "content": "no", "contentType": "TEXT_PLAIN"}],
        "tags": {"Name": "acl"},
    }


def web_acl(world: World, scope: str = "REGIONAL", region: str = REGION) -> Resource:
    inputs = {
        "name": f"acl{next(world.names)}",
        "scope": scope,
        "defaultAction": {"allow": {}},
        "visibilityConfig": visibility("acl"),
    }
    return world.make(ACL, inputs, region=region)


def guarded(world: World) -> str:
    """A load balancer that a web ACL may guard: its ARN."""
    return parts.load_balancer(world, parts.two_subnets(world)[1]).id


def _waf(world: World) -> Any:
    return world.boto("wafv2")


def _named(it: Resource) -> dict[str, object]:
    return {"Name": it.inputs["name"], "Scope": it.inputs["scope"], "Id": it.id}


def _set(world: World, it: Resource) -> Any:
    return _waf(world).get_ip_set(**_named(it))["IPSet"]


def acl(world: World, it: Resource) -> Any:
    return _waf(world).get_web_acl(**_named(it))["WebACL"]


def _rule(world: World, it: Resource, name: str) -> Any:
    return next(rule for rule in acl(world, it)["Rules"] if rule["Name"] == name)


def _tags(world: World, it: Resource) -> Any:
    found = _waf(world).list_tags_for_resource(ResourceARN=it.state["arn"])["TagInfoForResource"]
    return {tag["Key"]: tag["Value"] for tag in found["TagList"]}


_TAG_EDIT = Edit(lambda world, it: {"tags": {"Name": "changed"}}, _tags, {"Name": "changed"})


def _changed_rules(it: Resource) -> list[dict[str, object]]:
    rules: Any = it.inputs["rules"]
    strict = {**managed("common", "AWSManagedRulesCommonRuleSet", 3), "overrideAction": {"count": {}}}
    return [strict if rule["name"] == "common" else rule for rule in rules]


def _association(world: World, it: Resource) -> Any:
    return _waf(world).get_web_acl_for_resource(ResourceArn=it.inputs["resourceArn"]).get("WebACL")


def logs(world: World, name: str = "aws-waf-logs-edge") -> str:
    return f"arn:aws:logs:{REGION}:{world.home}:log-group:{name}"


def _logging(world: World, it: Resource) -> Any:
    return _waf(world).get_logging_configuration(ResourceArn=it.id)["LoggingConfiguration"]


CASES = (
    Case(
        token=IP_SET,
        inputs=lambda world: {
            "name": f"set{next(world.names)}",
            "scope": "REGIONAL",
            "ipAddressVersion": "IPV4",
            "description": "attackers",
            "addresses": ["192.0.2.1/32", "198.51.100.0/24"],
            "tags": {"Name": "set"},
        },
        seen=_set,
        edits=(
            Edit(lambda world, it: {"addresses": []}, lambda world, it: _set(world, it)["Addresses"], []),
            Edit(lambda world, it: {"description": "x"}, lambda world, it: _set(world, it)["Description"], "x"),
            _TAG_EDIT,
        ),
        replacing={"name": "other", "scope": "CLOUDFRONT", "ipAddressVersion": "IPV6"},
        equal={"addresses": ["198.51.100.0/24", "192.0.2.1/32"]},
        import_id=lambda it: f"{it.id}/{it.inputs['name']}/{it.inputs['scope']}",
    ),
    Case(
        token=ACL,
        inputs=acl_inputs,
        seen=acl,
        edits=(
            Edit(
                lambda world, it: {"rules": _changed_rules(it)},
                lambda world, it: _rule(world, it, "common")["OverrideAction"],
                {"Count": {}},
            ),
            Edit(
                lambda world, it: {"defaultAction": {"block": {}}},
                lambda world, it: acl(world, it)["DefaultAction"],
                {"Block": {}},
            ),
            Edit(
                lambda world, it: {"rules": [blocking("rate", 1, rateBasedStatement=_counted("other"))]},
                lambda world, it: _rule(world, it, "rate")["Statement"]["RateBasedStatement"]["ScopeDownStatement"],
                {
                    "NotStatement": {
                        "Statement": {
                            "ByteMatchStatement": {
                                "SearchString": b"other",
                                "PositionalConstraint": "EXACTLY",
                                "FieldToMatch": {"SingleHeader": {"Name": "x-origin"}},
                                "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
                            }
                        }
                    }
                },
            ),
            Edit(
                lambda world, it: {"visibilityConfig": visibility("other")},
                lambda world, it: acl(world, it)["VisibilityConfig"]["MetricName"],
                "other",
            ),
            _TAG_EDIT,
        ),
        replacing={"name": "other", "scope": "CLOUDFRONT"},
        equal={},
        import_id=lambda it: f"{it.id}/{it.inputs['name']}/{it.inputs['scope']}",
    ),
    Case(
        token="aws:wafv2/webAclAssociation:WebAclAssociation",
        inputs=lambda world: {"webAclArn": web_acl(world).state["arn"], "resourceArn": guarded(world)},
        seen=_association,
        replacing={"webAclArn": "arn:aws:wafv2:other", "resourceArn": "arn:aws:elasticloadbalancing:other"},
    ),
    Case(
        token="aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        inputs=lambda world: {
            "resourceArn": web_acl(world).state["arn"],
            "logDestinationConfigs": [logs(world)],
            "redactedFields": [{"singleHeader": {"name": "authorization"}}, {"queryString": {}}],
        },
        seen=_logging,
        edits=(
            Edit(
                lambda world, it: {"redactedFields": [{"singleHeader": {"name": "cookie"}}]},
                lambda world, it: _logging(world, it)["RedactedFields"],
                [{"SingleHeader": {"Name": "cookie"}}],
            ),
            Edit(
                lambda world, it: {
                    "loggingFilter": {
                        "defaultBehavior": "DROP",
                        "filters": [
                            {
                                "behavior": "KEEP",
                                "requirement": "MEETS_ANY",
                                "conditions": [{"actionCondition": {"action": "BLOCK"}}],
                            }
                        ],
                    }
                },
                lambda world, it: _logging(world, it)["LoggingFilter"]["DefaultBehavior"],
                "DROP",
            ),
        ),
        replacing={"resourceArn": "arn:aws:wafv2:other", "logDestinationConfigs": ["arn:aws:s3:::aws-waf-logs-x"]},
    ),
)
