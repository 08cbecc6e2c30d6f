"""Shield Advanced: protections, and their health checks, which moto does not have.

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

TYPES = (PROTECTION, PROTECTION_HEALTH_CHECK_ASSOCIATION)
