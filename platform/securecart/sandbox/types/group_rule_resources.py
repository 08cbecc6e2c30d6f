"""Standalone security group rules: the present types of the vpc module, and the older SecurityGroupRule.

Sources: EC2 API reference; pulumi-aws 7 resource documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.group_rules import SELF, from_inline, from_permissions, group_of, to_permissions
from securecart.sandbox.types.normalise import group_protocol, network, port, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_PEERS = "cidrIpv4 cidrIpv6 prefixListId referencedSecurityGroupId"
_IN_PLACE = ("ipProtocol", "fromPort", "toPort", "description", *_PEERS.split())
_PERMISSION = {
    "IpProtocol": "$ipProtocol",
    "FromPort": "$fromPort",
    "ToPort": "$toPort",
    "IpRanges": [{"CidrIp": "$cidrIpv4!", "Description": "$description"}],
    "Ipv6Ranges": [{"CidrIpv6": "$cidrIpv6!", "Description": "$description"}],
    "PrefixListIds": [{"PrefixListId": "$prefixListId!", "Description": "$description"}],
    "UserIdGroupPairs": [{"GroupId": "$referencedSecurityGroupId!", "Description": "$description"}],
}


def _rule_type(direction: str) -> ResourceType:
    return ResourceType(
        token=f"aws:vpc/securityGroup{direction}Rule:SecurityGroup{direction}Rule",
        service="ec2",
        properties={
            "securityGroupId": Property(replace=True),
            "ipProtocol": Property(normalise=group_protocol, send=_protocol_name),
            **properties("fromPort toPort", normalise=port),
            # AWS changes a peer, but not its kind (EC2 API reference, ModifySecurityGroupRules).
            **properties("cidrIpv4 cidrIpv6", replace_if_added=True, normalise=network),
            **properties("prefixListId referencedSecurityGroupId", replace_if_added=True),
            "description": Property(),
        },
        create=(
            Call(
                f"AuthorizeSecurityGroup{direction}",
                {
                    "GroupId": "$securityGroupId",
                    "IpPermissions": [_PERMISSION],
                    "TagSpecifications": with_tags("security-group-rule"),
                },
            ),
        ),
        id="SecurityGroupRules[0].SecurityGroupRuleId",
        made="SecurityGroupRules[0]",
        read=Read(
            Call("DescribeSecurityGroupRules", {"SecurityGroupRuleIds": ["$id"]}),
            item="SecurityGroupRules[0]",
            sets={
                "securityGroupId": "GroupId",
                "referencedSecurityGroupId": "ReferencedGroupInfo.GroupId",
                "arn": "SecurityGroupRuleArn",
            },
        ),
        updates=(
            Update(
                _IN_PLACE,
                (
                    Call(
                        "ModifySecurityGroupRules",
                        {
                            "GroupId": "$securityGroupId",
                            "SecurityGroupRules": [
                                {
                                    "SecurityGroupRuleId": "$id",
                                    "SecurityGroupRule": Fill(ReferencedGroupId="$referencedSecurityGroupId"),
                                }
                            ],
                        },
                    ),
                ),
            ),
        ),
        delete=(
            Call(
                f"RevokeSecurityGroup{direction}",
                {"GroupId": "$securityGroupId", "SecurityGroupRuleIds": ["$id"]},
            ),
        ),
        tagging=EC2_TAGS,
        formats={"arn": "arn:aws:ec2:{region}:{account}:security-group-rule/{id}"},
        gone=("InvalidSecurityGroupRuleId.NotFound", "InvalidGroup.NotFound", "InvalidPermission.NotFound"),
        exactly_one=(tuple(_PEERS.split()),),
        unique=("securityGroupId", *_IN_PLACE),
        find_first=True,
    )


def _protocol_name(value: object) -> object:
    return group_protocol(value)


_OPERATIONS = {
    "ingress": ("IpPermissions", "AuthorizeSecurityGroupIngress", "RevokeSecurityGroupIngress"),
    "egress": ("IpPermissionsEgress", "AuthorizeSecurityGroupEgress", "RevokeSecurityGroupEgress"),
}
_DESCRIBE = {
    "ingress": "UpdateSecurityGroupRuleDescriptionsIngress",
    "egress": "UpdateSecurityGroupRuleDescriptionsEgress",
}


def _as_inline(scope: Scope) -> list[dict[str, object]]:
    """The resource in the form of an inline rule."""
    names = ("protocol", "fromPort", "toPort", "cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self")
    source = scope.get("sourceSecurityGroupId")
    return [
        {
            **{name: scope.get(name) for name in names},
            "description": scope.get("description"),
            "securityGroups": [source] if source else [],
        }
    ]


def _permissions(scope: Scope) -> dict[str, object]:
    group_id = str(scope["securityGroupId"])
    rules = from_inline(_as_inline(scope))
    return {"GroupId": group_id, "IpPermissions": to_permissions(rules, group_id)}


def _authorize(aws: Aws, scope: Scope) -> None:
    aws.call(_OPERATIONS[str(scope["type"])][1], _permissions(scope))


def _revoke(aws: Aws, scope: Scope) -> None:
    aws.call(_OPERATIONS[str(scope["type"])][2], _permissions(scope))


def _describe(aws: Aws, scope: Scope) -> None:
    aws.call(_DESCRIBE[str(scope["type"])], _permissions(scope))


def _find(aws: Aws, scope: Scope) -> Mapping[str, object] | None:
    """Find the rule among its group's: all peers that are left of it, or None when none is."""
    group_id = str(scope["securityGroupId"])
    group = group_of(aws.call("DescribeSecurityGroups", {"GroupIds": [group_id]}))
    have = from_permissions(group.get(_OPERATIONS[str(scope["type"])][0]), group_id)
    told = scope if any(scope.get(name) for name in _SOURCES) else {**scope, **_source(scope)}
    want = {(r.protocol, r.from_port, r.to_port, r.kind, r.peer) for r in from_inline(_as_inline(told))}
    left = [r for r in have if (r.protocol, r.from_port, r.to_port, r.kind, r.peer) in want]
    if not left:
        return None
    found: dict[str, object] = {name: scope.get(name) for name in ("type", "securityGroupId")}
    found.update(protocol=left[0].protocol, fromPort=left[0].from_port, toPort=left[0].to_port)
    found["description"] = left[0].description or None
    for kind in ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds"):
        found[kind] = sorted(rule.peer for rule in left if rule.kind == kind) or None
    groups = [rule.peer for rule in left if rule.kind == "securityGroups"]
    found["self"] = SELF in groups
    found["sourceSecurityGroupId"] = next((peer for peer in groups if peer != SELF), None)
    return found


_SOURCES = ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "self", "sourceSecurityGroupId")


def _source(scope: Scope) -> dict[str, object]:
    """The peers in an id that is imported: CIDR blocks, prefix lists, a group or `self`."""
    parts = [part for part in str(scope.get("source") or "").split("_") if part]
    return {
        "cidrBlocks": [part for part in parts if "/" in part and ":" not in part],
        "ipv6CidrBlocks": [part for part in parts if "/" in part and ":" in part],
        "prefixListIds": [part for part in parts if part.startswith("pl-")],
        "sourceSecurityGroupId": next((part for part in parts if part.startswith("sg-")), None),
        "self": SELF in parts,
    }


def _rule_id(scope: Scope) -> str:
    """The id in the form that the real provider imports: group, type, protocol, ports, peers."""
    peers: list[object] = []
    for kind in ("cidrBlocks", "ipv6CidrBlocks", "prefixListIds"):
        listed = scope.get(kind)
        peers += sorted(listed) if isinstance(listed, list) else []
    peers += [scope["sourceSecurityGroupId"]] if scope.get("sourceSecurityGroupId") else []
    peers += [SELF] if scope.get("self") else []
    parts = [scope[name] for name in ("securityGroupId", "type", "protocol", "fromPort", "toPort")]
    return "_".join(str(part) for part in (*parts, *peers))


SECURITY_GROUP_RULE = ResourceType(
    token="aws:ec2/securityGroupRule:SecurityGroupRule",
    service="ec2",
    properties={
        **properties("securityGroupId type sourceSecurityGroupId", replace=True),
        "protocol": Property(replace=True, normalise=group_protocol),
        **properties("fromPort toPort", replace=True, normalise=port),
        **properties("cidrBlocks ipv6CidrBlocks prefixListIds", replace=True, normalise=unordered),
        "self": Property(replace=True, default=False),
        "description": Property(),
    },
    create=(Call("DescribeSecurityGroups", {"GroupIds": ["$securityGroupId"]}), _authorize),
    id=_rule_id,
    read=_find,
    updates=(Update(("description",), (_describe,)),),
    delete=(_revoke,),
    gone=("InvalidGroup.NotFound", "InvalidPermission.NotFound"),
    import_id="{securityGroupId}_{type}_{protocol}_{fromPort}_{toPort}_{source}",
    unique=("securityGroupId", "type", "protocol", "fromPort", "toPort"),
)

TYPES = (_rule_type("Ingress"), _rule_type("Egress"), SECURITY_GROUP_RULE)
