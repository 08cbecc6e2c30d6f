"""KMS keys and aliases. Sources: KMS API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from securecart.sandbox.types.normalise import document
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Tagging,
    Update,
    properties,
)

_KEY = {"KeyId": "$id"}
_GONE = ("NotFoundException",)

KEY = ResourceType(
    token="aws:kms/key:Key",
    service="kms",
    properties={
        "policy": Property(computed=True, normalise=document),
        "description": Property(computed=True),
        "enableKeyRotation": Property(default=False),
        "rotationPeriodInDays": Property(computed=True),
        "isEnabled": Property(default=True),
        "keyUsage": Property(replace=True, default="ENCRYPT_DECRYPT"),
        "customerMasterKeySpec": Property(replace=True, default="SYMMETRIC_DEFAULT"),
        "multiRegion": Property(replace=True, computed=True),
        **properties("deletionWindowInDays bypassPolicyLockoutSafetyCheck", local=True),
    },
    create=(
        Call(
            "CreateKey",
            {
                "Policy": "$policy",
                "Description": "$description",
                "KeyUsage": "$keyUsage",
                "KeySpec": "$customerMasterKeySpec",
                "MultiRegion": "$multiRegion",
                "BypassPolicyLockoutSafetyCheck": "$bypassPolicyLockoutSafetyCheck",
                "Tags": "$tagList",
            },
        ),
    ),
    id="KeyMetadata.KeyId",
    read=Read(
        Call("DescribeKey", _KEY),
        item="KeyMetadata.[@][?KeyState!='PendingDeletion'] | [0]",
        sets={"customerMasterKeySpec": "KeySpec", "isEnabled": "Enabled"},
        also=(
            Lookup(Call("GetKeyPolicy", {**_KEY, "PolicyName": "default"}), {"policy": "Policy"}),
            Lookup(
                Call("GetKeyRotationStatus", _KEY),
                {"enableKeyRotation": "KeyRotationEnabled", "rotationPeriodInDays": "RotationPeriodInDays"},
            ),
            Lookup(Call("ListResourceTags", _KEY), {"tagList": "Tags"}),
        ),
    ),
    updates=(
        Update(("policy",), (Call("PutKeyPolicy", {**_KEY, "PolicyName": "default", "Policy": "$policy"}),)),
        Update(("description",), (Call("UpdateKeyDescription", {**_KEY, "Description": "$description"}),)),
        Update(
            ("enableKeyRotation", "rotationPeriodInDays"),
            (
                Call(
                    "EnableKeyRotation",
                    {**_KEY, "RotationPeriodInDays": "$rotationPeriodInDays"},
                    when="enableKeyRotation",
                ),
                Call("DisableKeyRotation", _KEY, unless="enableKeyRotation"),
            ),
            at_create=True,
        ),
        Update(
            ("isEnabled",),
            (
                Call("EnableKey", _KEY, when="isEnabled"),
                Call("DisableKey", _KEY, unless="isEnabled"),
            ),
            at_create=True,
        ),
    ),
    delete=(Call("ScheduleKeyDeletion", {**_KEY, "PendingWindowInDays": "$deletionWindowInDays"}),),
    tagging=Tagging(
        steps=(
            Call("UntagResource", {**_KEY, "TagKeys": "$removedKeys"}, when="removedKeys"),
            Call("TagResource", {**_KEY, "Tags": "$addedTags"}, when="addedTags"),
        ),
        key="TagKey",
        value="TagValue",
    ),
    gone=_GONE,
    find_first=True,
)

ALIAS = ResourceType(
    token="aws:kms/alias:Alias",
    service="kms",
    properties={
        "name": Property(replace=True, autoname="alias/{name}"),
        "targetKeyId": Property(),
    },
    create=(Call("CreateAlias", Fill(AliasName="$name")),),
    id="{name}",
    read=Read(
        Call("ListAliases", {}),
        item="Aliases[?AliasName==$id] | [0]",
        sets={"arn": "AliasArn", "name": "AliasName"},
    ),
    updates=(Update(("targetKeyId",), (Call("UpdateAlias", Fill(AliasName="$id")),)),),
    delete=(Call("DeleteAlias", {"AliasName": "$id"}),),
    formats={"targetKeyArn": "arn:aws:kms:{region}:{account}:key/{targetKeyId}"},
    gone=_GONE,
    unique=("name",),
)

TYPES = (KEY, ALIAS)
