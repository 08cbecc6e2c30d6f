"""Target groups and their targets. Sources: ELB API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.lb_parts import TAGS, TAGS_FOUND, attribute, set_attributes
from securecart.sandbox.types.normalise import compact
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_ARN = {"TargetGroupArn": "$id"}
_HEALTH = {
    "enabled": "HealthCheckEnabled",
    "healthyThreshold": "HealthyThresholdCount",
    "interval": "HealthCheckIntervalSeconds",
    "path": "HealthCheckPath",
    "port": "HealthCheckPort",
    "protocol": "HealthCheckProtocol",
    "timeout": "HealthCheckTimeoutSeconds",
    "unhealthyThreshold": "UnhealthyThresholdCount",
}
"""Member of `healthCheck`, and AWS's, which stand in the target group itself; `matcher` is a structure."""
_HEALTH_DEFAULTS: Mapping[str, object] = {
    "enabled": True,
    "healthyThreshold": 3,
    "interval": 30,
    "port": "traffic-port",
    "protocol": "HTTP",
    "unhealthyThreshold": 3,
}
"""What the provider fills in where a program gives a health check without them."""
_STICKINESS_DEFAULTS: Mapping[str, object] = {"enabled": True, "cookieDuration": 86400}
_CHECK = {
    **{member: f"$check.{name}" for name, member in _HEALTH.items()},
    "Matcher": {"HttpCode": "$check.matcher!"},
}
_KEYS = {
    "deregistrationDelay": "deregistration_delay.timeout_seconds",
    "slowStart": "slow_start.duration_seconds",
    "proxyProtocolV2": "proxy_protocol_v2.enabled",
    "lambdaMultiValueHeadersEnabled": "lambda.multi_value_headers.enabled",
    "connectionTermination": "deregistration_delay.connection_termination.enabled",
    "loadBalancingAlgorithmType": "load_balancing.algorithm.type",
    "loadBalancingAnomalyMitigation": "load_balancing.algorithm.anomaly_mitigation",
    "loadBalancingCrossZoneEnabled": "load_balancing.cross_zone.enabled",
    "preserveClientIp": "preserve_client_ip.enabled",
}
_DEFAULTS: dict[str, object] = {
    "deregistrationDelay": 300,
    "slowStart": 0,
    "proxyProtocolV2": False,
    "lambdaMultiValueHeadersEnabled": False,
}
_FIXED = "name port protocol vpcId protocolVersion ipAddressType targetType"
_CHOSEN = tuple(name for name in _KEYS if name not in _DEFAULTS)
_COOKIES = {
    "lb_cookie": "stickiness.lb_cookie.duration_seconds",
    "app_cookie": "stickiness.app_cookie.duration_seconds",
}
_STICKINESS = (
    f"{{enabled: {attribute('stickiness.enabled')}, type: {attribute('stickiness.type')},"
    f" cookieName: {attribute('stickiness.app_cookie.cookie_name')},"
    f" cookieDuration: ({attribute('stickiness.type')} == 'app_cookie' && {attribute(_COOKIES['app_cookie'])})"
    f" || {attribute(_COOKIES['lb_cookie'])}}}"
)


def _completed(defaults: Mapping[str, object], value: object) -> dict[str, object]:
    return {**defaults, **value} if isinstance(value, Mapping) else {}


def _same_check(value: object) -> object:
    """A health check with the provider's defaults, for comparing."""
    return compact(_completed(_HEALTH_DEFAULTS, value))


def _same_stickiness(value: object) -> object:
    return compact(_completed(_STICKINESS_DEFAULTS, value))


def _as_given(found: Mapping[str, object], given: object, defaults: Mapping[str, object]) -> dict[str, object]:
    """What AWS tells of a structure: where the program gave some members, AWS chooses the others unasked."""
    names = {*given, *defaults} if isinstance(given, Mapping) else set(found)
    return {name: value for name, value in found.items() if name in names and value is not None}


def _group(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    matcher = item.get("Matcher")
    check = {name: item.get(member) for name, member in _HEALTH.items()}
    check["matcher"] = matcher.get("HttpCode") if isinstance(matcher, Mapping) else None
    return {"healthCheck": _as_given(check, scope.get("healthCheck"), _HEALTH_DEFAULTS)}


def _set_stickiness(aws: Aws, scope: Scope) -> None:
    """Send the stickiness, with the attributes that its type has; without one, switch it off."""
    given = _completed(_STICKINESS_DEFAULTS, scope.get("stickiness"))
    pairs = {"stickiness.enabled": given.get("enabled", False), "stickiness.type": given.get("type")}
    if given.get("type") in _COOKIES:
        pairs[_COOKIES[str(given["type"])]] = given["cookieDuration"]
    if given.get("type") == "app_cookie":
        pairs["stickiness.app_cookie.cookie_name"] = given.get("cookieName")
    listed = [{"Key": key, "Value": str(value).lower()} for key, value in pairs.items() if value is not None]
    aws.call("ModifyTargetGroupAttributes", {"TargetGroupArn": scope["id"], "Attributes": listed})


def suffix(scope: Scope) -> object:
    """The end of an ARN that names a load balancer or a target group in metrics."""
    resource = str(scope.get("id") or "").rpartition(":")[2]
    return resource.removeprefix("loadbalancer/")


TARGET_GROUP = ResourceType(
    token="aws:lb/targetGroup:TargetGroup",
    service="elbv2",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        **properties("port protocol vpcId", replace=True),
        **properties("protocolVersion ipAddressType", replace=True, computed=True),
        "targetType": Property(replace=True, default="instance"),
        "healthCheck": Property(computed=True, normalise=_same_check),
        "stickiness": Property(computed=True, normalise=_same_stickiness),
        **{name: Property(default=value, unread=True) for name, value in _DEFAULTS.items()},
        **properties(" ".join(_CHOSEN), computed=True),
    },
    create=(
        Call(
            "CreateTargetGroup",
            {
                **{name[0].upper() + name[1:]: f"${name}" for name in _FIXED.split()},
                **_CHECK,
                "Tags": "$tagList",
            },
        ),
    ),
    derived={
        "check": lambda scope: _completed(_HEALTH_DEFAULTS, scope.get("healthCheck")) or None,
        "suffix": suffix,
    },
    id="TargetGroups[0].TargetGroupArn",
    read=Read(
        Call("DescribeTargetGroups", {"TargetGroupArns": ["$id"]}),
        item="TargetGroups[0]",
        sets={"arn": "TargetGroupArn", "name": "TargetGroupName"},
        also=(
            Lookup(
                Call("DescribeTargetGroupAttributes", _ARN),
                {**{name: attribute(key) for name, key in _KEYS.items()}, "stickiness": _STICKINESS},
            ),
            TAGS_FOUND,
        ),
        convert=_group,
    ),
    updates=(
        Update(("healthCheck",), (Call("ModifyTargetGroup", {**_ARN, **_CHECK}),)),
        Update(("stickiness",), (_set_stickiness,), at_create=True),
        Update(
            tuple(_KEYS),
            (set_attributes("ModifyTargetGroupAttributes", "TargetGroupArn", _KEYS, _DEFAULTS),),
            at_create=True,
        ),
    ),
    delete=(Call("DeleteTargetGroup", _ARN),),
    busy=("ResourceInUse",),
    tagging=TAGS,
    formats={"arnSuffix": "{suffix}"},
    gone=("TargetGroupNotFound",),
    unique=("name",),
)

_TARGET = {"TargetGroupArn": "$targetGroupArn", "Targets": [{"Id": "$targetId", "Port": "$port"}]}

TARGET_GROUP_ATTACHMENT = ResourceType(
    token="aws:lb/targetGroupAttachment:TargetGroupAttachment",
    service="elbv2",
    properties={
        **properties("targetGroupArn targetId", replace=True),
        "port": Property(replace=True, unread=True),
        "availabilityZone": Property(replace=True, unread=True, only="all"),
    },
    create=(Call("RegisterTargets", _TARGET),),
    id="{targetGroupArn},{targetId}",
    read=Read(
        Call("DescribeTargetHealth", {"TargetGroupArn": "$targetGroupArn"}),
        item="TargetHealthDescriptions[?Target.Id==$targetId && TargetHealth.State!='draining'] | [0]",
        sets={"targetId": "Target.Id"},
    ),
    delete=(Call("DeregisterTargets", _TARGET),),
    gone=("TargetGroupNotFound", "InvalidTarget"),
    import_id="{targetGroupArn},{targetId}",
)

TYPES = (TARGET_GROUP, TARGET_GROUP_ATTACHMENT)
