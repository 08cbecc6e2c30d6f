"""Security groups, with inline rules. Sources: EC2 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_errors import GROUP_IN_USE
from securecart.sandbox.types.ec2_tags import EC2_TAGS, EC2_TAGS_LATER, with_tags
from securecart.sandbox.types.group_rules import (
    comparable,
    from_inline,
    from_permissions,
    group_of,
    to_inline,
    to_permissions,
)
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Hook,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_GONE = ("InvalidGroup.NotFound", "InvalidGroupId.Malformed")
_DIRECTIONS = {
    "ingress": ("IpPermissions", "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
    "egress": ("IpPermissionsEgress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"),
}


def _set_rules(direction: str) -> Hook:
    """Make a group's rules of one direction what the inline property says: nothing else stays."""
    listed, authorize, revoke = _DIRECTIONS[direction]

    def set_rules(aws: Aws, scope: Scope) -> None:
        group_id = str(scope["id"])
        group = group_of(aws.call("DescribeSecurityGroups", {"GroupIds": [group_id]}))
        have, want = from_permissions(group.get(listed), group_id), from_inline(scope.get(direction))
        for operation, rules in ((revoke, have - want), (authorize, want - have)):
            if rules:
                aws.call(operation, {"GroupId": group_id, "IpPermissions": to_permissions(rules, group_id)})

    return set_rules


def _inline_rules(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    group_id = str(item["GroupId"])
    return {
        direction: to_inline(from_permissions(item.get(listed), group_id))
        for direction, (listed, _, _) in _DIRECTIONS.items()
    }


_READ = Read(
    Call("DescribeSecurityGroups", {"GroupIds": ["$id"]}),
    item="SecurityGroups[0]",
    sets={"name": "GroupName"},
    convert=_inline_rules,
)
_ARN = {"arn": "arn:aws:ec2:{region}:{ownerId}:security-group/{id}"}

SECURITY_GROUP = ResourceType(
    token="aws:ec2/securityGroup:SecurityGroup",
    service="ec2",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        "description": Property(replace=True, default="Managed by Pulumi"),
        "vpcId": Property(replace=True, computed=True),
        **properties("ingress egress", shared=True, normalise=comparable),
        "revokeRulesOnDelete": Property(local=True, default=False),
    },
    create=(
        Call(
            "CreateSecurityGroup",
            {
                "GroupName": "$name",
                "Description": "$description",
                "VpcId": "$vpcId",
                "TagSpecifications": with_tags("security-group"),
            },
        ),
        # AWS lets a new group send anywhere; the real provider takes that away, for any VPC.
        Call(
            "RevokeSecurityGroupEgress",
            {
                "GroupId": "$id",
                "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}],
            },
        ),
    ),
    id="GroupId",
    read=_READ,
    updates=(
        Update(("ingress",), (_set_rules("ingress"),), at_create=True),
        Update(("egress",), (_set_rules("egress"),), at_create=True),
    ),
    delete=(Call("DeleteSecurityGroup", {"GroupId": "$id"}),),
    busy=GROUP_IN_USE,
    tagging=EC2_TAGS,
    formats=_ARN,
    gone=_GONE,
    unique=("name", "vpcId"),
)

DEFAULT_SECURITY_GROUP = ResourceType(
    token="aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    service="ec2",
    properties={
        "vpcId": Property(replace=True),
        **properties("ingress egress", normalise=comparable),
        "revokeRulesOnDelete": Property(local=True, default=False),
    },
    create=(
        Call(
            "DescribeSecurityGroups",
            {
                "Filters": [
                    {"Name": "vpc-id", "Values": ["$vpcId"]},
                    {"Name": "group-name", "Values": ["default"]},
                ]
            },
        ),
        _set_rules("ingress"),
        _set_rules("egress"),
    ),
    id="SecurityGroups[0].GroupId",
    read=_READ,
    updates=(
        Update(("ingress",), (_set_rules("ingress"),)),
        Update(("egress",), (_set_rules("egress"),)),
    ),
    tagging=EC2_TAGS_LATER,
    formats=_ARN,
    gone=_GONE,
    exactly_one=(("vpcId",),),
)

TYPES = (SECURITY_GROUP, DEFAULT_SECURITY_GROUP)
