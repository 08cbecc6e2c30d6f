"""Shield Advanced: the subscription, protections, and their health checks, which moto does not have.

A subscription is for a year, and its renewal can change in the last 30 days alone: of a new one nothing changes, and
the sandbox takes only what leaves it alone when the resource is deleted.

Sources: Shield API reference; pulumi-aws 7 resource documentation; terraform-provider-aws, internal/service/shield.
"""

from __future__ import annotations

from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Tagging,
    properties,
)

SUBSCRIPTION = ResourceType(
    token="aws:shield/subscription:Subscription",
    service="shield",
    properties={
        "autoRenew": Property(default="ENABLED", only="ENABLED"),
        "skipDestroy": Property(local=True, only=True),
    },
    create=(Call("CreateSubscription"),),
    id="{account}",
    read=Read(Call("DescribeSubscription"), item="Subscription", sets={"autoRenew": "AutoRenew"}),
    gone=("ResourceNotFoundException",),
)

PROTECTION = ResourceType(
    token="aws:shield/protection:Protection",
    service="shield",
    properties={"name": Property(replace=True, autoname="{name}"), "resourceArn": Property(replace=True)},
    create=(Call("CreateProtection", Fill(Tags="$tagList")),),
    id="ProtectionId",
    read=Read(
        Call("DescribeProtection", {"ProtectionId": "$id"}),
        item="Protection",
        sets={"arn": "ProtectionArn"},
        also=(Lookup(Call("ListTagsForResource", {"ResourceARN": "$arn"}), {"tagList": "Tags"}),),
    ),
    delete=(Call("DeleteProtection", {"ProtectionId": "$id"}),),
    tagging=Tagging(
        steps=(
            Call("UntagResource", {"ResourceARN": "$arn", "TagKeys": "$removedKeys"}, when="removedKeys"),
            Call("TagResource", {"ResourceARN": "$arn", "Tags": "$addedTags"}, when="addedTags"),
        )
    ),
    gone=("ResourceNotFoundException",),
    unique=("resourceArn",),
    find_first=True,
)

PROTECTION_HEALTH_CHECK_ASSOCIATION = ResourceType(
    token="aws:shield/protectionHealthCheckAssociation:ProtectionHealthCheckAssociation",
    service="shield",
    properties=properties("healthCheckArn shieldProtectionId", replace=True),
    create=(),
    id="{shieldProtectionId}+{healthCheckArn}",
    read=Read(Call("ListProtections"), item="@"),
    recorded="moto has no health checks of Shield's protections",
)

TYPES = (SUBSCRIPTION, PROTECTION, PROTECTION_HEALTH_CHECK_ASSOCIATION)
