"""Secrets Manager: secrets and their versions.

Sources: Secrets Manager API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/secretsmanager. That values are secret outputs is the SDK's doing, and the engine's.
"""

from __future__ import annotations

from securecart.sandbox.types.normalise import document, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
)

_SECRET = {"SecretId": "$id"}
_GONE = ("ResourceNotFoundException",)
_CURRENT = "AWSCURRENT"


def _remove(aws: Aws, scope: Scope) -> None:
    """Delete the secret, at once when the program asks for no recovery window."""
    days = scope.get("recoveryWindowInDays", 30)
    params = {"RecoveryWindowInDays": days} if days else {"ForceDeleteWithoutRecovery": True}
    aws.call("DeleteSecret", {"SecretId": scope["id"], **params})


SECRET = ResourceType(
    token="aws:secretsmanager/secret:Secret",
    service="secretsmanager",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        "description": Property(),
        "kmsKeyId": Property(),
        "policy": Property(computed=True, normalise=document),
        "recoveryWindowInDays": Property(local=True, default=30),
        "forceOverwriteReplicaSecret": Property(local=True, default=False),
    },
    create=(Call("CreateSecret", Fill(Tags="$tagList")),),
    id="ARN",
    read=Read(
        Call("DescribeSecret", _SECRET),
        item="[@][?!DeletedDate] | [0]",
        sets={"arn": "ARN"},
        also=(Lookup(Call("GetResourcePolicy", _SECRET), {"policy": "ResourcePolicy"}),),
    ),
    updates=(
        Update(
            ("description", "kmsKeyId"),
            (Call("UpdateSecret", {**_SECRET, "Description": "$description", "KmsKeyId": "$kmsKeyId"}),),
        ),
        Update(
            ("policy",),
            (
                Call("PutResourcePolicy", {**_SECRET, "ResourcePolicy": "$policy"}, when="policy"),
                Call("DeleteResourcePolicy", _SECRET, unless="policy"),
            ),
            at_create=True,
        ),
    ),
    delete=(_remove,),
    tagging=Tagging(
        steps=(
            Call("UntagResource", {**_SECRET, "TagKeys": "$removedKeys"}, when="removedKeys"),
            Call("TagResource", {**_SECRET, "Tags": "$addedTags"}, when="addedTags"),
        )
    ),
    gone=_GONE,
    unique=("name",),
    find_first=True,
)

_VERSION = {"SecretId": "$secretId", "VersionId": "$versionId"}


def _stages(value: object) -> set[str]:
    return {str(stage) for stage in value} if isinstance(value, list) else set()


def _change_stages(aws: Aws, scope: Scope) -> None:
    """Move stages to the version and take them from it; the current one can only be moved to another version."""
    old = scope.get("old")
    had, wanted = _stages(old.get("versionStages") if isinstance(old, dict) else None), _stages(scope["versionStages"])
    for stage in sorted(wanted - had):
        _move(aws, scope, stage, "MoveToVersionId")
    for stage in sorted(had - wanted - {_CURRENT}):
        _move(aws, scope, stage, "RemoveFromVersionId")


def _drop_stages(aws: Aws, scope: Scope) -> None:
    """Take the version's stages from it, which lets it fade; the current one stays until the secret goes."""
    for stage in sorted(_stages(scope.get("versionStages")) - {_CURRENT}):
        _move(aws, scope, stage, "RemoveFromVersionId")


def _move(aws: Aws, scope: Scope, stage: str, member: str) -> None:
    params = {"SecretId": scope["secretId"], "VersionStage": stage, member: scope["versionId"]}
    aws.call("UpdateSecretVersionStage", params)


SECRET_VERSION = ResourceType(
    token="aws:secretsmanager/secretVersion:SecretVersion",
    service="secretsmanager",
    properties={
        "secretId": Property(replace=True),
        "secretString": Property(replace=True),
        "versionStages": Property(computed=True, normalise=unordered),
    },
    create=(Call("PutSecretValue", Fill()),),
    id="join('|', [$secretId, VersionId])",
    read=Read(
        Call("GetSecretValue", _VERSION),
        item="@",
        sets={"arn": "ARN", "secretArn": "ARN"},
    ),
    updates=(Update(("versionStages",), (_change_stages,)),),
    delete=(_drop_stages,),
    gone=(*_GONE, "InvalidRequestException"),
    import_id="{secretId}|{versionId}",
    find_first=True,
)

TYPES = (SECRET, SECRET_VERSION)
