"""Health checks. Sources: Route 53 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.route53_zones import new_reference, tagging, tags_of
from securecart.sandbox.types.vocabulary import (
    Call,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_NAMES = {
    "childHealthThreshold": "HealthThreshold",
    "childHealthchecks": "ChildHealthChecks",
    "disabled": "Disabled",
    "enableSni": "EnableSNI",
    "failureThreshold": "FailureThreshold",
    "fqdn": "FullyQualifiedDomainName",
    "insufficientDataHealthStatus": "InsufficientDataHealthStatus",
    "invertHealthcheck": "Inverted",
    "ipAddress": "IPAddress",
    "port": "Port",
    "regions": "Regions",
    "resourcePath": "ResourcePath",
    "searchString": "SearchString",
}
"""Property that changes in place, and Route 53's name for it."""
_FIXED = {"measureLatency": "MeasureLatency", "requestInterval": "RequestInterval", "type": "Type"}
_ALARM = {"Name": "$cloudwatchAlarmName!", "Region": "$cloudwatchAlarmRegion"}
_WHOLE = "AlarmIdentifier"


def _reference(scope: Scope) -> str:
    """The caller's reference: the given name, and what makes it unique."""
    return "-".join(str(part) for part in (scope.get("referenceName"), new_reference()) if part)


HEALTH_CHECK = ResourceType(
    token="aws:route53/healthCheck:HealthCheck",
    service="route53",
    properties={
        # Route 53 chooses an interval for who gives none; the provider then wants another: always give one.
        **properties("type requestInterval", replace=True),
        "measureLatency": Property(replace=True, default=False, unread=True),
        "referenceName": Property(replace=True, unread=True),
        **properties("childHealthchecks regions", normalise=unordered),
        **properties("childHealthThreshold cloudwatchAlarmName cloudwatchAlarmRegion ipAddress fqdn"),
        **properties("insufficientDataHealthStatus invertHealthcheck resourcePath searchString"),
        "disabled": Property(default=False),
        **properties("enableSni failureThreshold port", computed=True),
    },
    create=(
        Call(
            "CreateHealthCheck",
            {
                "CallerReference": "$reference",
                "HealthCheckConfig": {
                    **{member: f"${name}" for name, member in {**_NAMES, **_FIXED}.items()},
                    _WHOLE: _ALARM,
                },
            },
        ),
    ),
    derived={"reference": _reference},
    id="HealthCheck.Id",
    read=Read(
        Call("GetHealthCheck", {"HealthCheckId": "$id"}),
        item="HealthCheck.HealthCheckConfig",
        sets={
            **_NAMES,
            **_FIXED,
            "cloudwatchAlarmName": "AlarmIdentifier.Name",
            "cloudwatchAlarmRegion": "AlarmIdentifier.Region",
        },
        also=(tags_of("healthcheck"),),
    ),
    updates=(
        Update(
            (*_NAMES, "cloudwatchAlarmName", "cloudwatchAlarmRegion"),
            (
                Call(
                    "UpdateHealthCheck",
                    {
                        "HealthCheckId": "$id",
                        **{member: f"${name}" for name, member in _NAMES.items()},
                        _WHOLE: _ALARM,
                    },
                ),
            ),
        ),
    ),
    delete=(Call("DeleteHealthCheck", {"HealthCheckId": "$id"}),),
    tagging=tagging("healthcheck"),
    formats={"arn": "arn:aws:route53:::healthcheck/{id}"},
    gone=("NoSuchHealthCheck",),
)

TYPES = (HEALTH_CHECK,)
