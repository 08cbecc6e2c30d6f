"""Network ACLs, their rules and associations. Sources: EC2 API reference; pulumi-aws 7 documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_errors import IN_USE
from securecart.sandbox.types.ec2_tags import EC2_TAGS, EC2_TAGS_LATER, with_tags
from securecart.sandbox.types.normalise import acl_protocol, names, network, port, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_GONE = ("InvalidNetworkAclID.NotFound", "InvalidRouteTableID.NotFound")
"""The second is what moto answers for an unknown ACL."""
_LAST_RULE = 32767
"""Number of the deny-all entry that every ACL has and nobody can remove (VPC user guide, Network ACLs)."""


def _acls(aws: Aws, *filters: tuple[str, str]) -> list[dict[str, object]]:
    named = [{"Name": name, "Values": [value]} for name, value in filters]
    found = aws.call("DescribeNetworkAcls", {"Filters": named})["NetworkAcls"]
    return found if isinstance(found, list) else []


def _associations(acl: Mapping[str, object]) -> list[dict[str, str]]:
    listed = acl.get("Associations")
    return listed if isinstance(listed, list) else []


def _move(aws: Aws, subnet_id: str, acl_id: object) -> None:
    """Give a subnet another ACL; every subnet has exactly one (VPC user guide, Network ACLs)."""
    for acl in _acls(aws, ("association.subnet-id", subnet_id)):
        for held in _associations(acl):
            if held["SubnetId"] == subnet_id and acl["NetworkAclId"] != acl_id:
                params = {"AssociationId": held["NetworkAclAssociationId"], "NetworkAclId": acl_id}
                aws.call("ReplaceNetworkAclAssociation", params)


def _default_acl(aws: Aws, vpc_id: object) -> object:
    return _acls(aws, ("vpc-id", str(vpc_id)), ("default", "true"))[0]["NetworkAclId"]


def _set_subnets(aws: Aws, scope: Scope) -> None:
    """Associate the given subnets, and give back to the default ACL those no longer given."""
    old = scope.get("old")
    before = names(old.get("subnetIds")) if isinstance(old, Mapping) else set()
    after = names(scope.get("subnetIds"))
    for subnet_id in sorted(after - before):
        _move(aws, subnet_id, scope["id"])
    for subnet_id in sorted(before - after):
        _move(aws, subnet_id, _default_acl(aws, scope["vpcId"]))


def _release_subnets(aws: Aws, scope: Scope) -> None:
    """Give the subnets of an ACL that will be deleted back to the default ACL."""
    for acl in _acls(aws, ("association.network-acl-id", str(scope["id"]))):
        for held in _associations(acl):
            _move(aws, held["SubnetId"], _default_acl(aws, acl["VpcId"]))


_SUBNETS = {"subnetIds": "Associations[].SubnetId"}
_ARN = {"arn": "arn:aws:ec2:{region}:{ownerId}:network-acl/{id}"}

NETWORK_ACL = ResourceType(
    token="aws:ec2/networkAcl:NetworkAcl",
    service="ec2",
    properties={
        "vpcId": Property(replace=True),
        "subnetIds": Property(shared=True, normalise=unordered),
    },
    create=(Call("CreateNetworkAcl", Fill(TagSpecifications=with_tags("network-acl"))),),
    id="NetworkAcl.NetworkAclId",
    made="NetworkAcl",
    read=Read(
        Call("DescribeNetworkAcls", {"NetworkAclIds": ["$id"]}),
        item="NetworkAcls[0]",
        sets=_SUBNETS,
    ),
    updates=(Update(("subnetIds",), (_set_subnets,), at_create=True),),
    delete=(_release_subnets, Call("DeleteNetworkAcl", {"NetworkAclId": "$id"})),
    busy=IN_USE,
    tagging=EC2_TAGS,
    formats=_ARN,
    gone=_GONE,
)

_PORTS = {"PortRange": {"From": "$fromPort", "To": "$toPort"}}
_ICMP = {"IcmpTypeCode": {"Type": "$icmpType", "Code": "$icmpCode"}}

NETWORK_ACL_RULE = ResourceType(
    token="aws:ec2/networkAclRule:NetworkAclRule",
    service="ec2",
    properties={
        **properties("networkAclId ruleNumber ruleAction", replace=True),
        "egress": Property(replace=True, default=False),
        "protocol": Property(replace=True, normalise=acl_protocol, send=acl_protocol),
        **properties("cidrBlock ipv6CidrBlock", replace=True, normalise=network),
        **properties("fromPort toPort", replace=True, normalise=port),
        # moto does not keep an entry's ICMP type.
        **properties("icmpType icmpCode", replace=True, unread=True, normalise=port),
    },
    create=(Call("CreateNetworkAclEntry", Fill(**_PORTS, **_ICMP)),),
    id="{networkAclId}:{ruleNumber}:{protocol}:{egress}",
    # AWS answers nothing: an entry that it took is the one that it was given.
    made="{RuleNumber: $ruleNumber, RuleAction: $ruleAction, Egress: $egress, Protocol: $protocol,"
    " CidrBlock: $cidrBlock, Ipv6CidrBlock: $ipv6CidrBlock, PortRange: {From: $fromPort, To: $toPort},"
    " IcmpTypeCode: {Type: $icmpType, Code: $icmpCode}}",
    read=Read(
        Call("DescribeNetworkAcls", {"NetworkAclIds": ["$networkAclId"]}),
        item="NetworkAcls[0].Entries[?RuleNumber==$ruleNumber && Egress==$egress] | [0]",
        sets={
            "fromPort": "PortRange.From",
            "toPort": "PortRange.To",
            "icmpType": "IcmpTypeCode.Type",
            "icmpCode": "IcmpTypeCode.Code",
        },
    ),
    delete=(
        Call(
            "DeleteNetworkAclEntry",
            {"NetworkAclId": "$networkAclId", "RuleNumber": "$ruleNumber", "Egress": "$egress"},
        ),
    ),
    gone=(*_GONE, "InvalidNetworkAclEntry.NotFound"),
    import_id="{networkAclId}:{ruleNumber}:{protocol}:{egress}",
    exactly_one=(("cidrBlock", "ipv6CidrBlock"),),
    unique=("networkAclId", "ruleNumber", "egress"),
    find_first=True,
)

_OF_SUBNET = Call("DescribeNetworkAcls", {"Filters": [{"Name": "association.subnet-id", "Values": ["$subnetId"]}]})

NETWORK_ACL_ASSOCIATION = ResourceType(
    token="aws:ec2/networkAclAssociation:NetworkAclAssociation",
    service="ec2",
    properties=properties("networkAclId subnetId", replace=True),
    before_create=(
        Lookup(
            _OF_SUBNET,
            {"associationId": "NetworkAcls[].Associations[] | [?SubnetId==$subnetId] | [0].NetworkAclAssociationId"},
        ),
    ),
    create=(Call("ReplaceNetworkAclAssociation", Fill()),),
    id="NewAssociationId",
    read=Read(
        Call("DescribeNetworkAcls", {"Filters": [{"Name": "association.association-id", "Values": ["$id"]}]}),
        item="NetworkAcls[0]",
        sets={
            "subnetId": "Associations[?NetworkAclAssociationId==$id] | [0].SubnetId",
            "aclVpcId": "VpcId",
        },
    ),
    before_delete=(
        Lookup(
            Call(
                "DescribeNetworkAcls",
                {
                    "Filters": [
                        {"Name": "vpc-id", "Values": ["$aclVpcId"]},
                        {"Name": "default", "Values": ["true"]},
                    ]
                },
            ),
            {"defaultAclId": "NetworkAcls[0].NetworkAclId"},
        ),
    ),
    delete=(Call("ReplaceNetworkAclAssociation", {"AssociationId": "$id", "NetworkAclId": "$defaultAclId"}),),
    gone=(*_GONE, "InvalidAssociationID.NotFound"),
    unique=("subnetId",),
    find_first=True,
)


def _entry_items(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """The entries that somebody made, in Pulumi's inline form."""
    listed = item.get("Entries")
    entries = listed if isinstance(listed, list) else []
    made = [entry for entry in entries if entry["RuleNumber"] != _LAST_RULE]
    return {
        direction: [_inline(entry) for entry in made if entry["Egress"] is egress]
        for direction, egress in (("ingress", False), ("egress", True))
    }


def _inline(entry: Mapping[str, object]) -> dict[str, object]:
    ports, icmp = entry.get("PortRange"), entry.get("IcmpTypeCode")
    ports = ports if isinstance(ports, Mapping) else {}
    icmp = icmp if isinstance(icmp, Mapping) else {}
    return {
        "action": entry["RuleAction"],
        "ruleNo": entry["RuleNumber"],
        "protocol": entry["Protocol"],
        "fromPort": port(ports.get("From")),
        "toPort": port(ports.get("To")),
        "cidrBlock": entry.get("CidrBlock"),
        "ipv6CidrBlock": entry.get("Ipv6CidrBlock"),
        "icmpType": icmp.get("Type"),
        "icmpCode": icmp.get("Code"),
    }


def _comparable(value: object) -> object:
    items = value if isinstance(value, list) else []
    return unordered([{**item, "protocol": acl_protocol(item.get("protocol"))} for item in items])


def _set_entries(aws: Aws, scope: Scope) -> None:
    """Make the ACL's entries what the inline properties say: nothing else stays."""
    acl_id = scope["id"]
    found = aws.call("DescribeNetworkAcls", {"NetworkAclIds": [acl_id]})["NetworkAcls"]
    acl = found[0] if isinstance(found, list) else {}
    for entry in acl["Entries"]:
        if entry["RuleNumber"] != _LAST_RULE:
            key = {"RuleNumber": entry["RuleNumber"], "Egress": entry["Egress"]}
            aws.call("DeleteNetworkAclEntry", {"NetworkAclId": acl_id, **key})
    for direction, egress in (("ingress", False), ("egress", True)):
        items = scope.get(direction)
        for item in items if isinstance(items, list) else ():
            aws.call("CreateNetworkAclEntry", {"NetworkAclId": acl_id, "Egress": egress, **_entry(item)})


def _entry(item: Mapping[str, object]) -> dict[str, object]:
    entry = {
        "RuleNumber": item["ruleNo"],
        "RuleAction": item["action"],
        "Protocol": acl_protocol(item["protocol"]),
        "PortRange": {"From": item["fromPort"], "To": item["toPort"]},
        "CidrBlock": item.get("cidrBlock"),
        "Ipv6CidrBlock": item.get("ipv6CidrBlock"),
    }
    if item.get("icmpType") is not None:
        entry["IcmpTypeCode"] = {"Type": item["icmpType"], "Code": item.get("icmpCode", -1)}
    return {name: value for name, value in entry.items() if value is not None}


DEFAULT_NETWORK_ACL = ResourceType(
    token="aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
    service="ec2",
    properties={
        "defaultNetworkAclId": Property(replace=True),
        **properties("ingress egress", normalise=_comparable),
        "subnetIds": Property(shared=True, normalise=unordered),
    },
    create=(Call("DescribeNetworkAcls", {"NetworkAclIds": ["$defaultNetworkAclId"]}), _set_entries),
    id="{defaultNetworkAclId}",
    read=Read(
        Call("DescribeNetworkAcls", {"NetworkAclIds": ["$id"]}),
        item="NetworkAcls[0]",
        sets={"defaultNetworkAclId": "NetworkAclId", **_SUBNETS},
        convert=_entry_items,
    ),
    updates=(
        Update(("ingress", "egress"), (_set_entries,)),
        Update(("subnetIds",), (_set_subnets,), at_create=True),
    ),
    tagging=EC2_TAGS_LATER,
    formats=_ARN,
    gone=_GONE,
    find_first=True,
)

TYPES = (NETWORK_ACL, NETWORK_ACL_RULE, NETWORK_ACL_ASSOCIATION, DEFAULT_NETWORK_ACL)
