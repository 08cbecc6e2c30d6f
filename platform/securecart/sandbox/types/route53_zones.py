"""Hosted zones. Sources: Route 53 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
)

_ZONE = {"Id": "$id"}
_LAST_PERIOD = "."


def tagging(kind: str) -> Tagging:
    """Return how tags of a kind of Route 53 resource change.

    Args:
        kind: Route 53's word for it, such as `hostedzone`.
    """
    named = {"ResourceType": kind, "ResourceId": "$id"}
    return Tagging(
        steps=(
            Call("ChangeTagsForResource", {**named, "RemoveTagKeys": "$removedKeys"}, when="removedKeys"),
            Call("ChangeTagsForResource", {**named, "AddTags": "$addedTags"}, when="addedTags"),
        ),
        at_create=True,
    )


def tags_of(kind: str) -> Lookup:
    """Return the lookup of such a resource's tags."""
    call = Call("ListTagsForResource", {"ResourceType": kind, "ResourceId": "$id"})
    return Lookup(call, {"tagList": "ResourceTagSet.Tags"})


def without_period(value: object) -> object:
    """Return a domain name as the provider keeps it: in lower case, without the final dot."""
    return value.rstrip(_LAST_PERIOD).lower() if isinstance(value, str) else value


def new_reference() -> str:
    """Return a reference that no other request has: Route 53 refuses a second request of the same one."""
    return uuid.uuid4().hex


def _id(scope: Scope) -> str:
    """The zone's id without the path before it."""
    answer = scope["answer"]
    zone = answer["HostedZone"] if isinstance(answer, Mapping) else {}
    return str(zone["Id"]).rpartition("/")[2]


def _vpcs(value: object, region: object) -> list[tuple[str, str]]:
    items = value if isinstance(value, list) else []
    return sorted((str(item["vpcId"]), str(item.get("vpcRegion") or region)) for item in items)


def _first_vpc(scope: Scope) -> object:
    """The VPC that a private zone is made with: CreateHostedZone takes one alone."""
    found = _vpcs(scope.get("vpcs"), scope["region"])
    return {"vpcId": found[0][0], "vpcRegion": found[0][1]} if found else None


def _set_vpcs(aws: Aws, scope: Scope) -> None:
    """Associate the VPCs that are new, then leave the others: a private zone always has one."""
    old = scope.get("old")
    before = old.get("vpcs") if isinstance(old, Mapping) else None
    had = _vpcs(before, aws.region) if before else _vpcs([_first_vpc(scope)], aws.region)
    wanted = _vpcs(scope.get("vpcs"), aws.region)
    for operation, pairs in (
        ("AssociateVPCWithHostedZone", [pair for pair in wanted if pair not in had]),
        ("DisassociateVPCFromHostedZone", [pair for pair in had if pair not in wanted]),
    ):
        for vpc_id, region in pairs:
            aws.call(operation, {"HostedZoneId": scope["id"], "VPC": {"VPCId": vpc_id, "VPCRegion": region}})


def _empty(aws: Aws, scope: Scope) -> None:
    """Delete the records that are not the zone's own, where the program allows it with forceDestroy."""
    if scope.get("forceDestroy") is not True:
        return
    found = aws.call("ListResourceRecordSets", {"HostedZoneId": scope["id"]})["ResourceRecordSets"]
    records = found if isinstance(found, list) else []
    own = f"{without_period(scope['name'])}."
    deletions = [
        {"Action": "DELETE", "ResourceRecordSet": record}
        for record in records
        if record["Name"] != own or record["Type"] not in ("NS", "SOA")
    ]
    if deletions:
        aws.call("ChangeResourceRecordSets", {"HostedZoneId": scope["id"], "ChangeBatch": {"Changes": deletions}})


def _zone(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """Properties whose form differs from AWS's, the VPCs with their region only where the program names it."""
    zone, found = item["HostedZone"], item.get("VPCs")
    given = scope.get("vpcs")
    named = {one["vpcId"] for one in given if one.get("vpcRegion")} if isinstance(given, list) else None
    vpcs = [
        {"vpcId": one["VPCId"], "vpcRegion": one["VPCRegion"]}
        if named is None or one["VPCId"] in named or one["VPCRegion"] != scope["region"]
        else {"vpcId": one["VPCId"]}
        for one in (found if isinstance(found, list) else [])
    ]
    name = zone["Name"] if isinstance(zone, Mapping) else None
    return {"name": without_period(name), "vpcs": vpcs or None}


ZONE = ResourceType(
    token="aws:route53/zone:Zone",
    service="route53",
    properties={
        "name": Property(replace=True, normalise=without_period),
        "comment": Property(default="Managed by Pulumi"),
        "delegationSetId": Property(replace=True),
        "forceDestroy": Property(local=True, default=False),
        "vpcs": Property(normalise=unordered),
    },
    create=(
        Call(
            "CreateHostedZone",
            {
                "Name": "$name",
                "CallerReference": "$reference",
                "HostedZoneConfig": {"Comment": "$comment"},
                "DelegationSetId": "$delegationSetId",
                "VPC": {"VPCId": "$firstVpc.vpcId!", "VPCRegion": "$firstVpc.vpcRegion"},
            },
        ),
    ),
    derived={"firstVpc": _first_vpc, "reference": lambda scope: new_reference()},
    id=_id,
    read=Read(
        Call("GetHostedZone", _ZONE),
        item="@",
        sets={
            "zoneId": "$id",
            "comment": "HostedZone.Config.Comment",
            "delegationSetId": "DelegationSet.Id",
        },
        also=(
            Lookup(
                Call("ListResourceRecordSets", {"HostedZoneId": "$id"}),
                {
                    "nameServers": "sort(ResourceRecordSets[?Type=='NS'] | [0].ResourceRecords[].Value)",
                    "primaryNameServer": "ResourceRecordSets[?Type=='NS'] | [0].ResourceRecords[0].Value",
                },
            ),
            tags_of("hostedzone"),
        ),
        convert=_zone,
    ),
    updates=(
        Update(("comment",), (Call("UpdateHostedZoneComment", {**_ZONE, "Comment": "$comment"}),)),
        Update(("vpcs",), (_set_vpcs,), at_create=True),
    ),
    delete=(_empty, Call("DeleteHostedZone", _ZONE)),
    tagging=tagging("hostedzone"),
    formats={"arn": "arn:aws:route53:::hostedzone/{id}"},
    gone=("NoSuchHostedZone",),
)

TYPES = (ZONE,)
