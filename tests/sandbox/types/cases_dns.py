"""Cases of hosted zones, record sets and health checks."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit


def _route53(world: World) -> Any:
    return world.boto("route53")


def _zone(world: World, it: Resource) -> Any:
    return _route53(world).get_hosted_zone(Id=it.id)["HostedZone"]


def _tags(kind: str) -> Edit:
    def seen(world: World, it: Resource) -> object:
        found = _route53(world).list_tags_for_resource(ResourceType=kind, ResourceId=it.id)["ResourceTagSet"]["Tags"]
        return {tag["Key"]: tag["Value"] for tag in found}

    wanted = {"Name": "changed", "New": "1"}
    return Edit(lambda world, it: {"tags": wanted}, seen, wanted)


def records(world: World, zone_id: object) -> list[dict[str, Any]]:
    """The records of a zone that are not its own, as boto3 shows them."""
    found = _route53(world).list_resource_record_sets(HostedZoneId=zone_id)["ResourceRecordSets"]
    return [record for record in found if record["Type"] not in ("NS", "SOA")]


def _record(world: World, it: Resource) -> Any:
    return records(world, it.inputs["zoneId"])


def _record_inputs(world: World) -> dict[str, object]:
    made = parts.hosted_zone(world)
    check = world.make("aws:route53/healthCheck:HealthCheck", _CHECK)
    return {
        "zoneId": made.id,
        "name": f"api.{made.inputs['name']}",
        "type": "A",
        "ttl": 60,
        "records": ["192.0.2.2", "192.0.2.1"],
        "setIdentifier": "blue",
        "weightedRoutingPolicies": [{"weight": 90}],
        "healthCheckId": check.id,
    }


def _check(world: World, it: Resource) -> Any:
    return _route53(world).get_health_check(HealthCheckId=it.id)["HealthCheck"]["HealthCheckConfig"]


def _private(world: World, it: Resource) -> dict[str, object]:
    return {"vpcs": [*it.inputs["vpcs"], {"vpcId": parts.vpc(world, "10.2.0.0/16")}]}


def _vpcs(world: World, it: Resource) -> set[str]:
    return {vpc["VPCId"] for vpc in _route53(world).get_hosted_zone(Id=it.id)["VPCs"]}


_CHECK = {"type": "HTTPS", "fqdn": "api.example.com", "resourcePath": "/health", "failureThreshold": 3}

CASES = (
    Case(
        "aws:route53/zone:Zone",
        lambda world: {
            "name": f"inside{next(world.names)}.example.com",
            "comment": "private",
            "vpcs": [{"vpcId": parts.vpc(world)}],
            "tags": {"Name": "inside"},
        },
        seen=_zone,
        edits=(
            Edit(
                lambda w, r: {"comment": "new"},
                lambda w, r: _zone(w, r)["Config"],
                {"Comment": "new", "PrivateZone": True},
            ),
            Edit(_private, _vpcs, value=lambda w, r: {vpc["vpcId"] for vpc in r.inputs["vpcs"]}),
            _tags("hostedzone"),
        ),
        replacing={"name": "other.example.com", "delegationSetId": "N1"},
        not_imported=frozenset({"vpcs"}),
    ),
    Case(
        "aws:route53/record:Record",
        _record_inputs,
        seen=_record,
        edits=(
            Edit(
                lambda w, r: {"weightedRoutingPolicies": [{"weight": 10}]},
                lambda w, r: _record(w, r)[0]["Weight"],
                value=10,
            ),
            Edit(
                lambda w, r: {"records": ["192.0.2.9"], "ttl": 300},
                lambda w, r: [_record(w, r)[0]["TTL"], _record(w, r)[0]["ResourceRecords"]],
                value=[300, [{"Value": "192.0.2.9"}]],
            ),
            Edit(
                lambda w, r: {"setIdentifier": "green"},
                lambda w, r: [one["SetIdentifier"] for one in _record(w, r)],
                value=["green"],
            ),
        ),
        replacing={"zoneId": "Z0", "name": "other.example.com"},
        equal={"records": ["192.0.2.1", "192.0.2.2"]},
    ),
    Case(
        "aws:route53/healthCheck:HealthCheck",
        lambda world: {**_CHECK, "requestInterval": 30, "referenceName": "api", "tags": {"Name": "api"}},
        seen=_check,
        edits=(
            Edit(
                lambda w, r: {"resourcePath": "/ready", "failureThreshold": 5},
                lambda w, r: [_check(w, r)["ResourcePath"], _check(w, r)["FailureThreshold"]],
                value=["/ready", 5],
            ),
            Edit(lambda w, r: {"disabled": True}, lambda w, r: _check(w, r)["Disabled"], value=True),
            _tags("healthcheck"),
        ),
        replacing={"type": "HTTP", "requestInterval": 10, "measureLatency": True, "referenceName": "other"},
        not_imported=frozenset({"referenceName"}),
    ),
)
