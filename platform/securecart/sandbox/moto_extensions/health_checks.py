"""Health checks with what Route 53 asks of each type.

moto lacks: CloudWatch alarms and what to do without their data, port 443 and SNI for HTTPS, refusal of a check that
lacks what its type needs or has children that do not exist, and an error for one that is deleted twice. AWS: Route 53
API, HealthCheckConfig and CreateHealthCheck (InvalidInput), DeleteHealthCheck (NoSuchHealthCheck). Added: operations
in front of moto's own, and the members that moto's class does not show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from moto.core.responses import ActionResult, EmptyResult
from moto.route53.exceptions import InvalidInput
from moto.route53.models import HealthCheck, Route53Backend
from moto.route53.responses import Route53

from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    from moto.route53.responses import Route53 as _Operations
else:
    _Operations = object

_CREATE = Route53.create_health_check
_UPDATE = Route53.update_health_check
_DELETE = Route53.delete_health_check
_CONFIG = cast(property, vars(HealthCheck)["health_check_config"])
_KEPT = ("AlarmIdentifier", "InsufficientDataHealthStatus", "RoutingControlArn")
_MORE = "securecart_config"
_WEB = ("HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH")
_ENDPOINTS = (*_WEB, "TCP")
_PORTS = {"HTTPS": 443, "HTTPS_STR_MATCH": 443}
_NEEDS = {
    "TCP": ("Port",),
    "HTTP_STR_MATCH": ("SearchString",),
    "HTTPS_STR_MATCH": ("SearchString",),
    "CALCULATED": ("ChildHealthChecks",),
    "CLOUDWATCH_METRIC": ("AlarmIdentifier",),
    "RECOVERY_CONTROL": ("RoutingControlArn",),
}
"""What a type needs; the endpoints need an address or a domain name besides."""
_ONLY = {
    "ResourcePath": _WEB,
    "SearchString": ("HTTP_STR_MATCH", "HTTPS_STR_MATCH"),
    "EnableSNI": ("HTTPS", "HTTPS_STR_MATCH"),
    "ChildHealthChecks": ("CALCULATED",),
    "HealthThreshold": ("CALCULATED",),
    "AlarmIdentifier": ("CLOUDWATCH_METRIC",),
    "InsufficientDataHealthStatus": ("CLOUDWATCH_METRIC",),
    "RoutingControlArn": ("RECOVERY_CONTROL",),
    **dict.fromkeys(("IPAddress", "Port", "FullyQualifiedDomainName", "RequestInterval", "Regions"), _ENDPOINTS),
    **dict.fromkeys(("FailureThreshold", "MeasureLatency"), _ENDPOINTS),
}
"""Members that only some types have."""
_RANGES = {"RequestInterval": (10, 30), "FailureThreshold": tuple(range(1, 11)), "Port": range(1, 65_536)}
_FEWEST_REGIONS = 3


def mistakes(config: Mapping[str, object], known: Mapping[str, object]) -> Iterator[str]:
    """Give what is wrong with a configuration.

    Args:
        config: HealthCheckConfig by AWS's names.
        known: The account's health checks by id.
    """
    kind = str(config["Type"])
    given = {member for member, value in config.items() if value not in (None, "", [])}
    for member in _NEEDS.get(kind, ()):
        if member not in given:
            yield f"a health check of type {kind} needs {member}"
    if kind in _ENDPOINTS and not given & {"IPAddress", "FullyQualifiedDomainName"}:
        yield f"a health check of type {kind} needs IPAddress or FullyQualifiedDomainName"
    for member in sorted(given & _ONLY.keys()):
        if kind not in _ONLY[member] and config[member] is not False:
            yield f"{member} is not for a health check of type {kind}"
    for member, allowed in _RANGES.items():
        if member in given and int(str(config[member])) not in allowed:
            yield f"{member} cannot be {config[member]}"
    children = cast("list[str]", config.get("ChildHealthChecks") or [])
    for child in (one for one in children if one not in known):
        yield f"the child health check {child} does not exist"
    regions = cast("list[str]", config.get("Regions") or [])
    if 0 < len(regions) < _FEWEST_REGIONS:
        yield f"Regions must name at least {_FEWEST_REGIONS}"


def completed(config: Mapping[str, object]) -> dict[str, object]:
    """Return a configuration with the values that Route 53 chooses."""
    kind = str(config["Type"])
    chosen = {"Port": _PORTS[kind], "EnableSNI": True} if kind in _PORTS else {}
    return {**chosen, **{member: value for member, value in config.items() if value is not None}}


def _config_of(check: HealthCheck) -> dict[str, object]:
    """HealthCheckConfig with the members that moto does not keep, and without those that its type has not."""
    kept = cast("dict[str, object]", vars(check).get(_MORE, {}))
    config = {**_CONFIG.__get__(check, HealthCheck), **kept}
    kind = str(config["Type"])
    return {
        member: value
        for member, value in config.items()
        if value is not None and (member not in _ONLY or kind in _ONLY[member])
    }


def _checked(backend: Route53Backend, config: dict[str, object]) -> dict[str, object]:
    found = list(mistakes(config, backend.health_checks))
    if found:
        raise InvalidInput(f"Invalid parameter: {'; '.join(found)}")
    return completed(config)


class _Responses(_Operations):
    def create_health_check(self) -> ActionResult:
        config = _checked(self.backend, self._get_param("HealthCheckConfig"))
        self.params["HealthCheckConfig"] = config
        before = set(self.backend.health_checks)
        answer = _CREATE(self)
        [made] = set(self.backend.health_checks) - before
        self._keep(self.backend.health_checks[made], config)
        return answer

    def update_health_check(self) -> ActionResult:
        check = self.backend.get_health_check(self._get_param("HealthCheckId"))
        asked = {member: self._get_param(member) for member in (*_ONLY, "Inverted", "Disabled")}
        changes = {member: value for member, value in asked.items() if value is not None}
        _checked(self.backend, {**_config_of(check), **changes})
        self._keep(check, changes)
        # moto takes a missing list for an empty one.
        for member, kept in (("ChildHealthChecks", check.children), ("Regions", check.regions)):
            self.params.setdefault(member, kept or [])
        answer = _UPDATE(self)
        check.health_check_version += 1
        return answer

    def delete_health_check(self) -> ActionResult:
        check = self.backend.get_health_check(self._get_param("HealthCheckId"))
        parents = [one.id for one in self.backend.health_checks.values() if check.id in (one.children or [])]
        if parents:
            raise InvalidInput(f"The health check {check.id} is a child of {', '.join(parents)}")
        _DELETE(self)
        return EmptyResult()

    def _keep(self, check: HealthCheck, config: Mapping[str, object]) -> None:
        kept = cast("dict[str, object]", vars(check).setdefault(_MORE, {}))
        kept.update({member: config[member] for member in _KEPT if member in config})


def install() -> None:
    """Add these operations to moto's Route 53."""
    extend(Route53, _Responses)
    HealthCheck.health_check_config = property(_config_of)  # type: ignore[method-assign, assignment]  # moto's
