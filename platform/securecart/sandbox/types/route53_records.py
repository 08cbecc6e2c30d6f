"""Record sets. Sources: Route 53 API reference; pulumi-aws 7 resource documentation.

A record set has no id at Route 53: name, type and set identifier tell it. Only another name or zone makes a new
resource; another type or set identifier is deleted and created in one batch (terraform-provider-aws, record.go).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from securecart.errors import SandboxError
from securecart.sandbox.types.normalise import compact, unordered
from securecart.sandbox.types.route53_zones import without_period
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Lookup,
    Property,
    ResourceType,
    Scope,
    Update,
    properties,
)

_QUOTED = ("TXT", "SPF")
"""Types whose values Route 53 keeps in quotation marks, which programs leave out."""
_POLICIES = {
    "weightedRoutingPolicies": {"weight": "Weight"},
    "latencyRoutingPolicies": {"region": "Region"},
    "failoverRoutingPolicies": {"type": "Failover"},
}
"""Kinds of routing that are one member of a record set: property, its only member, and Route 53's."""
_TYPES = "A|AAAA|CAA|CNAME|DS|HTTPS|MX|NAPTR|NS|PTR|SOA|SPF|SRV|SSHFP|SVCB|TLSA|TXT"
_ID = re.compile(rf"(?P<zoneId>[^_]+)_(?P<name>.*?)_(?P<type>{_TYPES})(?:_(?P<setIdentifier>.+))?")
_PLACES = {"continent": "ContinentCode", "country": "CountryCode", "subdivision": "SubdivisionCode"}
_CIDR = {"collectionId": "CollectionId", "locationName": "LocationName"}
_CHANGEABLE = (
    "type ttl records aliases setIdentifier healthCheckId weightedRoutingPolicies latencyRoutingPolicies"
    " failoverRoutingPolicies geolocationRoutingPolicies cidrRoutingPolicy multivalueAnswerRoutingPolicy"
)


def _first(value: object) -> Mapping[str, object]:
    found = value[0] if isinstance(value, list) and value else value
    return found if isinstance(found, Mapping) else {}


def _renamed(value: object, names: Mapping[str, str]) -> dict[str, object] | None:
    found = _first(value)
    return {member: found[name] for name, member in names.items() if found.get(name)} or None


def _record_set(name: str, scope: Scope) -> dict[str, object]:
    """ResourceRecordSet by AWS's names, of a resource's properties."""
    quote = '"{}"' if scope.get("type") in _QUOTED else "{}"
    values = scope.get("records")
    alias = _first(scope.get("aliases"))
    record: dict[str, object] = {
        "Name": name,
        "Type": scope.get("type"),
        "TTL": scope.get("ttl"),
        "SetIdentifier": scope.get("setIdentifier"),
        "HealthCheckId": scope.get("healthCheckId"),
        "MultiValueAnswer": scope.get("multivalueAnswerRoutingPolicy") or None,
        "GeoLocation": _renamed(scope.get("geolocationRoutingPolicies"), _PLACES),
        "CidrRoutingConfig": _renamed(scope.get("cidrRoutingPolicy"), _CIDR),
        "ResourceRecords": [{"Value": quote.format(value)} for value in values] if isinstance(values, list) else None,
    }
    for prop, members in _POLICIES.items():
        record |= {member: _first(scope.get(prop)).get(inner) for inner, member in members.items()}
    if alias:
        record["AliasTarget"] = {
            "DNSName": alias["name"],
            "HostedZoneId": alias["zoneId"],
            "EvaluateTargetHealth": alias["evaluateTargetHealth"],
        }
    return {member: value for member, value in record.items() if value is not None}


def _full_name(aws: Aws, scope: Scope) -> str:
    """The whole domain name: programs may leave out the zone's."""
    found = aws.call("GetHostedZone", {"Id": scope["zoneId"]})["HostedZone"]
    zone = str(without_period(found["Name"] if isinstance(found, Mapping) else ""))
    short = str(without_period(scope["name"]))
    return short if short.endswith(zone) else f"{short}.{zone}" if short else zone


def _alias(value: object) -> object:
    """Aliases without regard to the case of names and their final dot."""
    items = value if isinstance(value, list) else []
    return [{**item, "name": without_period(item["name"])} for item in items if isinstance(item, Mapping)]


def _find(aws: Aws, scope: Scope) -> tuple[str, Mapping[str, object] | None]:
    """The record set's whole name, and the record set as Route 53 has it."""
    name = _full_name(aws, scope)
    shown, kind = name.replace("*", r"\052"), scope["type"]
    start = {"HostedZoneId": scope["zoneId"], "StartRecordName": shown, "StartRecordType": kind}
    found = aws.call("ListResourceRecordSets", start)["ResourceRecordSets"]
    wanted = (f"{shown}.", kind, scope.get("setIdentifier") or "")
    listed = found if isinstance(found, list) else []
    fitting = (one for one in listed if (one["Name"], one["Type"], one.get("SetIdentifier", "")) == wanted)
    return name, next(fitting, None)


def _read(aws: Aws, scope: Scope) -> Mapping[str, object] | None:
    known = scope if "zoneId" in scope else {**scope, **_imported(str(scope["id"]))}
    name, record = _find(aws, known)
    if record is None:
        return None
    return {"name": _as_given(known["name"], name), "fqdn": name, **_properties(record, known)}


def _imported(resource_id: str) -> dict[str, object]:
    """What an id tells: zone, name, type, and the set identifier where there is one. Names may have underscores."""
    match = _ID.fullmatch(resource_id)
    if match is None:
        raise SandboxError(
            "a record cannot be imported by this id",
            value=resource_id,
            rule="its form is ZONE_name_TYPE or ZONE_name_TYPE_set-identifier",
            remedy="give the id in that form",
        )
    return {name: value for name, value in match.groupdict().items() if value is not None}


def _as_given(given: object, found: str) -> object:
    """The name as the program spells it: with the zone's name or without."""
    return without_period(given) if found.startswith(str(without_period(given))) else found


def _properties(record: Mapping[str, object], scope: Scope) -> dict[str, object]:
    values, alias = record.get("ResourceRecords"), record.get("AliasTarget")
    place, block = record.get("GeoLocation"), record.get("CidrRoutingConfig")
    listed = [str(item["Value"]) for item in values] if isinstance(values, list) else []
    found: dict[str, object] = {
        "zoneId": scope["zoneId"],
        "type": record["Type"],
        "ttl": record.get("TTL"),
        "setIdentifier": record.get("SetIdentifier"),
        "healthCheckId": record.get("HealthCheckId"),
        "multivalueAnswerRoutingPolicy": record.get("MultiValueAnswer"),
        "records": ([value.strip('"') for value in listed] if record["Type"] in _QUOTED else listed) or None,
        "geolocationRoutingPolicies": _listed(place, _PLACES),
        "cidrRoutingPolicy": _first(_listed(block, _CIDR)) or None,
    }
    if isinstance(alias, Mapping):
        target = {"name": without_period(alias["DNSName"]), "zoneId": alias["HostedZoneId"]}
        found["aliases"] = [{**target, "evaluateTargetHealth": alias["EvaluateTargetHealth"]}]
    for prop, members in _POLICIES.items():
        found[prop] = _listed(record, members)
    return found


def _listed(value: object, names: Mapping[str, str]) -> list[dict[str, object]] | None:
    item = value if isinstance(value, Mapping) else {}
    found = {name: item[member] for name, member in names.items() if item.get(member) is not None}
    return [found] if found else None


def _replace(aws: Aws, scope: Scope) -> None:
    """Change the record set: in place, or where what tells it changes, by deleting and creating in one batch."""
    old = scope.get("old")
    before: dict[str, object] = {**scope, **(old if isinstance(old, Mapping) else {})}
    name, found = _find(aws, before)
    record = _record_set(name, scope)
    same = all(scope.get(member) == before.get(member) for member in ("type", "setIdentifier"))
    if same or found is None:
        _send(aws, scope, [{"Action": "UPSERT", "ResourceRecordSet": record}])
        return
    deletion: dict[str, object] = {"Action": "DELETE", "ResourceRecordSet": found}
    _send(aws, scope, [deletion, {"Action": "CREATE", "ResourceRecordSet": record}])


def _delete(aws: Aws, scope: Scope) -> None:
    _, found = _find(aws, scope)
    if found is not None:
        _send(aws, scope, [{"Action": "DELETE", "ResourceRecordSet": found}])


def _send(aws: Aws, scope: Scope, changes: list[dict[str, object]]) -> None:
    aws.call("ChangeResourceRecordSets", {"HostedZoneId": scope["zoneId"], "ChangeBatch": {"Changes": changes}})


def _id(scope: Scope) -> str:
    parts = (scope["zoneId"], str(scope["name"]).lower(), scope["type"], scope.get("setIdentifier"))
    return "_".join(str(part) for part in parts if part is not None)


def _dotted(scope: Scope) -> object:
    """The given name with its final dot, for comparing with the zone's."""
    name = str(without_period(scope.get("name", "")))
    return f"{name}." if name else ""


_MEMBERS = (
    "Type TTL SetIdentifier HealthCheckId MultiValueAnswer GeoLocation CidrRoutingConfig ResourceRecords AliasTarget"
    " Weight Region Failover"
)
_NAME = "(ends_with($dotted, HostedZone.Name) && $dotted) || join('', [$dotted, HostedZone.Name])"

RECORD = ResourceType(
    token="aws:route53/record:Record",
    service="route53",
    properties={
        "zoneId": Property(replace=True),
        "name": Property(replace=True, normalise=without_period),
        **properties("type ttl setIdentifier healthCheckId multivalueAnswerRoutingPolicy cidrRoutingPolicy"),
        "records": Property(normalise=unordered),
        "aliases": Property(normalise=_alias),
        **properties(" ".join((*_POLICIES, "geolocationRoutingPolicies")), normalise=compact),
        "allowOverwrite": Property(local=True),
    },
    before_create=(Lookup(Call("GetHostedZone", {"Id": "$zoneId"}), {"fullName": _NAME}),),
    create=(
        Call(
            "ChangeResourceRecordSets",
            {
                "HostedZoneId": "$zoneId",
                "ChangeBatch": {
                    "Changes": [
                        {
                            "Action": "$action",
                            "ResourceRecordSet": {
                                "Name": "$fullName",
                                **{member: f"$recordSet.{member}" for member in _MEMBERS.split()},
                            },
                        }
                    ]
                },
            },
        ),
    ),
    derived={
        "dotted": _dotted,
        "recordSet": lambda scope: _record_set("", scope),
        "action": lambda scope: "UPSERT" if scope.get("allowOverwrite") is True else "CREATE",
    },
    id=_id,
    read=_read,
    updates=(Update(tuple(_CHANGEABLE.split()), (_replace,)),),
    delete=(_delete,),
    gone=("NoSuchHostedZone",),
    exactly_one=(("aliases", "records"),),
)

TYPES = (RECORD,)
