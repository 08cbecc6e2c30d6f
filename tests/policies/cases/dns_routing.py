"""Cases of policies/rules/dns_routing.py."""

from __future__ import annotations

from policies.values import UNKNOWN, Props
from policies.views import Stack
from tests.policies import examples
from tests.policies.cases.base import Case, dev


def names() -> Stack:
    return examples.records_stack(deployed=True)


_RECORD = "aws:route53/record:Record"
_WEIGHTS, _REGIONS = "weightedRoutingPolicies", "latencyRoutingPolicies"
_ROLES, _PLACES = "failoverRoutingPolicies", "geolocationRoutingPolicies"


def record(name: str, identifier: str, **routing: object) -> tuple[str, Props]:
    return _RECORD, {"name": name, "type": "A", "setIdentifier": identifier, **routing}  # type: ignore[dict-item]


VIOLATIONS: tuple[Case, ...] = (
    Case(
        "dns-one-kind-of-routing",
        "weight beside region",
        names,
        "Record",
        add=record("shop.example.", "us", weightedRoutingPolicies=[{"weight": 1}]),
    ),
    Case("dns-one-kind-of-routing", "none beside role", names, "Record", "checkout.primary", drop=(_ROLES,)),
    Case("dns-failover-pair", "two primaries", names, "Record", "checkout.secondary", {_ROLES: [{"type": "PRIMARY"}]}),
    Case("dns-failover-pair", "no secondary", names, "Record", "checkout.secondary", remove=True),
    Case(
        "dns-failover-pair",
        "a second secondary",
        names,
        "Record",
        add=record("CHECKOUT.shop.example", "third", failoverRoutingPolicies=[{"type": "SECONDARY"}]),
    ),
    Case("dns-some-weight", "all zero", names, "Record", "release.us", {_WEIGHTS: [{"weight": 0}]}),
    Case("dns-some-weight", "the weight gone", names, "Record", "release.us", remove=True),
    Case("dns-geolocation-default", "none", names, "Record", "local.default", remove=True),
    Case("dns-geolocation-default", "a country", names, "Record", "local.default", {_PLACES: [{"country": "US"}]}),
    Case("dns-geolocation-default", "two", names, "Record", "local.continent-EU", {_PLACES: [{"country": "*"}]}),
    Case("dns-answers-apart", "one region", names, "Record", "shop.us-east-1", {_REGIONS: [{"region": "eu-west-1"}]}),
    Case("dns-answers-apart", "one identifier", names, "Record", "release.us", {"setIdentifier": "eu"}),
    Case(
        "dns-answers-apart",
        "one continent",
        names,
        "Record",
        add=record("local.shop.example", "third", geolocationRoutingPolicies=[{"continent": "EU"}]),
    ),
    Case("dns-answers-checked", "no check", names, "Record", "release.eu", drop=("healthCheckId",)),
    Case("dns-answers-checked", "another's", names, "Record", "release.eu", {"healthCheckId": "elsewhere"}),
    Case(
        "dns-answers-checked",
        "dead or alive",
        names,
        "Record",
        "release.eu",
        {"aliases": [{"name": "x", "zoneId": "z", "evaluateTargetHealth": False}]},
    ),
    Case("dns-answers-checked", "no alias", names, "Record", "release.eu", drop=("aliases",)),
    Case("dns-routed-names-listed", "another name", names, "Record", "release.eu", {"name": "x.shop.example"}),
    Case("dns-routed-names-listed", "a record less", names, "Record", "shop.us-east-1", remove=True),
    Case(
        "dns-routed-names-listed",
        "a record more",
        names,
        "Record",
        add=record("release.shop.example", "third", weightedRoutingPolicies=[{"weight": 1}]),
    ),
    Case(
        "dns-routed-names-listed",
        "in a network's stack",
        dev,
        "Vpc",
        add=record("shop.example", "us", multivalueAnswerRoutingPolicy=True),
    ),
    Case("health-check-https", "HTTP", names, "HealthCheck", "us", {"type": "HTTP"}),
    Case("health-check-https", "another host", names, "HealthCheck", "us", {"fqdn": "dev.shop.example"}),
    Case("health-check-https", "no host", names, "HealthCheck", "us", drop=("fqdn",)),
    Case("health-check-https", "no name in TLS", names, "HealthCheck", "us", {"enableSni": False}),
    Case("health-check-https", "any interval", names, "HealthCheck", "us", drop=("requestInterval",)),
    Case("health-check-https", "disabled", names, "HealthCheck", "us", {"disabled": True}),
    Case("health-check-https", "inverted", names, "HealthCheck", "us", {"invertHealthcheck": True}),
)

UNDECIDED: tuple[Case, ...] = (
    Case(
        "dns-one-kind-of-routing",
        "whose name",
        names,
        "Record",
        add=record(UNKNOWN, "us", weightedRoutingPolicies=[{"weight": 1}]),  # type: ignore[arg-type]
    ),
    Case("dns-failover-pair", "a role", names, "Record", "checkout.secondary", {_ROLES: [{"type": UNKNOWN}]}),
    Case("dns-failover-pair", "the role", names, "Record", "checkout.secondary", {_ROLES: UNKNOWN}),
    Case("dns-some-weight", "a weight", names, "Record", "release.us", {_WEIGHTS: [{"weight": UNKNOWN}]}),
    Case("dns-geolocation-default", "a place", names, "Record", "local.default", {_PLACES: [{"country": UNKNOWN}]}),
    Case("dns-answers-apart", "a region", names, "Record", "shop.us-east-1", {_REGIONS: [{"region": UNKNOWN}]}),
    Case("dns-answers-apart", "an identifier", names, "Record", "release.us", {"setIdentifier": UNKNOWN}),
    Case("dns-answers-checked", "which check", names, "Record", "release.eu", {"healthCheckId": UNKNOWN}),
    Case("dns-answers-checked", "the alias", names, "Record", "release.eu", {"aliases": UNKNOWN}),
    Case("dns-answers-checked", "whether it asks", names, "Record", "release.eu", {"aliases": [UNKNOWN]}),
    Case("dns-routed-names-listed", "which name", names, "Record", "release.eu", {"name": UNKNOWN}),
    Case("health-check-https", "the host", names, "HealthCheck", "us", {"fqdn": UNKNOWN}),
    Case("health-check-https", "the interval", names, "HealthCheck", "us", {"requestInterval": UNKNOWN}),
)
