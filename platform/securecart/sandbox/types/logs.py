"""CloudWatch Logs: groups and resource policies.

Sources: CloudWatch Logs API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/logs.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import document
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
)

_GROUP = {"logGroupName": "$id"}
_GONE = ("ResourceNotFoundException",)


def _arn(aws: Aws, scope: Scope) -> str:
    return f"arn:aws:logs:{aws.region}:{aws.account}:log-group:{scope['id']}"


def _read_group(aws: Aws, scope: Scope) -> Mapping[str, object] | None:
    """Read a group by its whole name (AWS looks for prefixes), with its tags, which are a map here."""
    listed = aws.call("DescribeLogGroups", {"logGroupNamePrefix": scope["id"]})["logGroups"]
    groups = listed if isinstance(listed, list) else []
    group = next((one for one in groups if one["logGroupName"] == scope["id"]), None)
    if group is None:
        return None
    tags = aws.call("ListTagsForResource", {"resourceArn": _arn(aws, scope)})["tags"]
    pairs = tags.items() if isinstance(tags, Mapping) else ()
    return {
        "name": group["logGroupName"],
        "logGroupClass": group.get("logGroupClass", "STANDARD"),
        "retentionInDays": group.get("retentionInDays", 0),
        "kmsKeyId": group.get("kmsKeyId"),
        "tagList": [{"Key": key, "Value": value} for key, value in pairs],
    }


def _change_tags(aws: Aws, scope: Scope) -> None:
    """Change the tags, which are a map here."""
    added, removed = scope.get("addedTags"), scope.get("removedKeys")
    if removed:
        aws.call("UntagResource", {"resourceArn": _arn(aws, scope), "tagKeys": removed})
    if isinstance(added, list) and added:
        tags = {one["Key"]: one["Value"] for one in added}
        aws.call("TagResource", {"resourceArn": _arn(aws, scope), "tags": tags})


LOG_GROUP = ResourceType(
    token="aws:cloudwatch/logGroup:LogGroup",
    service="logs",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        "logGroupClass": Property(replace=True, computed=True),
        "retentionInDays": Property(default=0),
        "kmsKeyId": Property(),
        "skipDestroy": Property(local=True, default=False, only=False),
    },
    create=(
        Call("CreateLogGroup", Fill(logGroupName="$name")),
        Call("PutRetentionPolicy", {**_GROUP, "retentionInDays": "$retentionInDays"}, when="retentionInDays"),
    ),
    id="{name}",
    read=_read_group,
    updates=(
        Update(
            ("retentionInDays",),
            (
                Call("PutRetentionPolicy", {**_GROUP, "retentionInDays": "$retentionInDays"}, when="retentionInDays"),
                Call("DeleteRetentionPolicy", _GROUP, unless="retentionInDays"),
            ),
        ),
        Update(
            ("kmsKeyId",),
            (
                Call("AssociateKmsKey", {**_GROUP, "kmsKeyId": "$kmsKeyId"}, when="kmsKeyId"),
                Call("DisassociateKmsKey", _GROUP, unless="kmsKeyId"),
            ),
        ),
    ),
    delete=(Call("DeleteLogGroup", _GROUP),),
    tagging=Tagging(steps=(_change_tags,), at_create=True),
    formats={"arn": "arn:aws:logs:{region}:{account}:log-group:{id}"},
    gone=_GONE,
    unique=("name",),
    find_first=True,
)

LOG_RESOURCE_POLICY = ResourceType(
    token="aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    service="logs",
    properties={
        "policyName": Property(replace=True),
        "policyDocument": Property(normalise=document),
    },
    create=(Call("PutResourcePolicy", Fill()),),
    id="{policyName}",
    read=Read(
        Call("DescribeResourcePolicies"),
        item="resourcePolicies[?policyName==$id] | [0]",
    ),
    updates=(
        Update(
            ("policyDocument",),
            (Call("PutResourcePolicy", {"policyName": "$id", "policyDocument": "$policyDocument"}),),
        ),
    ),
    delete=(Call("DeleteResourcePolicy", {"policyName": "$id"}),),
    formats={"policyScope": "ACCOUNT"},
    gone=_GONE,
    unique=("policyName",),
)

TYPES = (LOG_GROUP, LOG_RESOURCE_POLICY)
