"""Cases of security groups, their rules and network ACLs."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit, tag_edit

_HTTPS = {"protocol": "tcp", "fromPort": 443, "toPort": 443, "cidrBlocks": ["10.0.0.0/16", "10.1.0.0/16"]}


def _ec2(world: World) -> Any:
    return world.boto("ec2")


def _group(world: World, it: Resource) -> Any:
    return _ec2(world).describe_security_groups(GroupIds=[it.id])["SecurityGroups"]


def _peers(direction: str) -> Any:
    listed = {"ingress": "IpPermissions", "egress": "IpPermissionsEgress"}[direction]

    def seen(world: World, it: Resource) -> object:
        [group] = _group(world, it)
        return {
            (rule["IpProtocol"], rule.get("FromPort"), peer["CidrIp"])
            for rule in group[listed]
            for peer in rule["IpRanges"]
        }

    return seen


def _group_inputs(world: World) -> dict[str, object]:
    return {
        "vpcId": parts.vpc(world),
        "name": "alb",
        "description": "load balancer",
        "ingress": [{**_HTTPS, "description": "from inside"}],
        "egress": [],
        "tags": {"Name": "alb"},
    }


def _is_empty(world: World, it: Resource) -> bool:
    [group] = _group(world, it)
    return group["IpPermissions"] == [] and group["IpPermissionsEgress"] == []


def _rule_inputs(world: World) -> dict[str, object]:
    return {
        "securityGroupId": parts.security_group(world, parts.vpc(world)),
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrIpv4": "10.0.0.0/16",
        "description": "from inside",
        "tags": {"Name": "https"},
    }


def _rule(world: World, it: Resource) -> Any:
    return _ec2(world).describe_security_group_rules(SecurityGroupRuleIds=[it.id])["SecurityGroupRules"]


def _rule_case(direction: str) -> Case:
    return Case(
        f"aws:vpc/securityGroup{direction}Rule:SecurityGroup{direction}Rule",
        _rule_inputs,
        seen=_rule,
        edits=(
            Edit(
                lambda w, r: {"fromPort": 80, "toPort": 8080},
                lambda w, r: [_rule(w, r)[0][name] for name in ("FromPort", "ToPort")],
                value=[80, 8080],
            ),
            Edit(lambda w, r: {"description": "new"}, lambda w, r: _rule(w, r)[0]["Description"], value="new"),
            Edit(
                lambda w, r: {"cidrIpv4": "10.1.0.0/16"},
                lambda w, r: _rule(w, r)[0]["CidrIpv4"],
                value="10.1.0.0/16",
            ),
            tag_edit(),
        ),
        replacing={"securityGroupId": "sg-0"},
        equal={"ipProtocol": "6"},
    )


def _old_rule_inputs(world: World) -> dict[str, object]:
    return {
        "type": "ingress",
        "securityGroupId": parts.security_group(world, parts.vpc(world)),
        "protocol": "tcp",
        "fromPort": 22,
        "toPort": 22,
        "cidrBlocks": ["10.1.0.0/16", "10.0.0.0/16"],
        "description": "by the older type",
    }


def _old_rule(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_security_groups(GroupIds=[it.inputs["securityGroupId"]])
    return [
        peer
        for rule in found["SecurityGroups"][0]["IpPermissions"]
        if rule.get("FromPort") == it.inputs["fromPort"]
        for peer in rule["IpRanges"]
    ]


def _acl(world: World, it: Resource) -> Any:
    return _ec2(world).describe_network_acls(NetworkAclIds=[it.id])["NetworkAcls"]


def _acl_subnets(world: World, it: Resource) -> list[str]:
    return sorted(held["SubnetId"] for held in _acl(world, it)[0]["Associations"])


def _acl_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    first, second = parts.subnet(world, vpc_id), parts.subnet(world, vpc_id, "10.0.2.0/24", "us-east-1b")
    return {"vpcId": vpc_id, "subnetIds": [second, first], "tags": {"Name": "public"}}


def _acl_rule_inputs(world: World) -> dict[str, object]:
    return {
        "networkAclId": parts.network_acl(world, parts.vpc(world)),
        "ruleNumber": 100,
        "ruleAction": "allow",
        "protocol": "tcp",
        "egress": False,
        "cidrBlock": "0.0.0.0/0",
        "fromPort": 443,
        "toPort": 443,
    }


def _acl_rule(world: World, it: Resource) -> Any:
    [acl] = _ec2(world).describe_network_acls(NetworkAclIds=[it.inputs["networkAclId"]])["NetworkAcls"]
    return [e for e in acl["Entries"] if (e["RuleNumber"], e["Egress"]) == (it.inputs["ruleNumber"], False)]


def _association_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    return {"networkAclId": parts.network_acl(world, vpc_id), "subnetId": parts.subnet(world, vpc_id)}


def _association(world: World, it: Resource) -> Any:
    [acl] = _ec2(world).describe_network_acls(NetworkAclIds=[it.inputs["networkAclId"]])["NetworkAcls"]
    return acl["Associations"]


def _default_acl_inputs(world: World) -> dict[str, object]:
    vpc = world.make("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
    return {"defaultNetworkAclId": vpc.state["defaultNetworkAclId"], "tags": {"Name": "emptied"}}


def _only_last_entries(world: World, it: Resource) -> bool:
    [acl] = _acl(world, it)
    return [entry["RuleNumber"] for entry in acl["Entries"]] == [32767, 32767]


_ENTRY = {
    "ruleNo": 100,
    "action": "allow",
    "protocol": "tcp",
    "fromPort": 443,
    "toPort": 443,
    "cidrBlock": "10.0.0.0/16",
}


def _made_entries(world: World, it: Resource) -> Any:
    made = [entry for entry in _acl(world, it)[0]["Entries"] if entry["RuleNumber"] != 32767]
    return [(entry["Egress"], entry["Protocol"], entry["PortRange"]["From"]) for entry in made]


CASES = (
    Case(
        "aws:ec2/securityGroup:SecurityGroup",
        _group_inputs,
        seen=_group,
        edits=(
            Edit(
                lambda w, r: {"ingress": [{**_HTTPS, "cidrBlocks": ["10.1.0.0/16"]}]},
                _peers("ingress"),
                value={("tcp", 443, "10.1.0.0/16")},
            ),
            Edit(
                lambda w, r: {
                    "egress": [{"protocol": "-1", "fromPort": 0, "toPort": 0, "cidrBlocks": ["10.2.0.0/16"]}]
                },
                _peers("egress"),
                value={("-1", None, "10.2.0.0/16")},
            ),
            tag_edit(),
        ),
        replacing={"name": "ecs", "description": "other", "vpcId": "vpc-0"},
        equal={
            "ingress": [
                {**_HTTPS, "cidrBlocks": [cidr], "description": "from inside", "self": False}
                for cidr in ("10.1.0.0/16", "10.0.0.0/16")
            ]
        },
    ),
    Case(
        "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
        lambda world: {"vpcId": parts.vpc(world), "tags": {"Name": "emptied"}},
        seen=_is_empty,
        edits=(
            Edit(
                lambda w, r: {"ingress": [_HTTPS]},
                _peers("ingress"),
                value={("tcp", 443, "10.0.0.0/16"), ("tcp", 443, "10.1.0.0/16")},
            ),
            Edit(lambda w, r: {"ingress": []}, _peers("ingress"), value=set()),
            tag_edit(),
        ),
        replacing={"vpcId": "vpc-0"},
        adopted=True,
    ),
    _rule_case("Ingress"),
    _rule_case("Egress"),
    Case(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        _old_rule_inputs,
        seen=_old_rule,
        edits=(
            Edit(
                lambda w, r: {"description": "new"},
                lambda w, r: {peer["Description"] for peer in _old_rule(w, r)},
                value={"new"},
            ),
        ),
        replacing={
            "type": "egress",
            "protocol": "udp",
            "fromPort": 1,
            "toPort": 23,
            "cidrBlocks": ["10.1.0.0/16"],
            "securityGroupId": "sg-0",
        },
        equal={"protocol": "6", "cidrBlocks": ["10.0.0.0/16", "10.1.0.0/16"]},
    ),
    Case(
        "aws:ec2/networkAcl:NetworkAcl",
        _acl_inputs,
        seen=_acl,
        edits=(
            Edit(
                lambda w, r: {"subnetIds": r.inputs["subnetIds"][:1]},
                _acl_subnets,
                value=lambda w, r: sorted(r.inputs["subnetIds"]),
            ),
            tag_edit(),
        ),
        replacing={"vpcId": "vpc-0"},
    ),
    Case(
        "aws:ec2/networkAclRule:NetworkAclRule",
        _acl_rule_inputs,
        seen=_acl_rule,
        replacing={
            "ruleNumber": 110,
            "ruleAction": "deny",
            "protocol": "udp",
            "egress": True,
            "cidrBlock": "10.0.0.0/8",
            "fromPort": 80,
            "toPort": 444,
            "networkAclId": "acl-0",
        },
        equal={"protocol": "6"},
    ),
    Case(
        "aws:ec2/networkAclAssociation:NetworkAclAssociation",
        _association_inputs,
        seen=_association,
        replacing={"networkAclId": "acl-0", "subnetId": "subnet-0"},
    ),
    Case(
        "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
        _default_acl_inputs,
        seen=_only_last_entries,
        edits=(
            Edit(lambda w, r: {"ingress": [_ENTRY]}, _made_entries, value=[(False, "6", 443)]),
            Edit(lambda w, r: {"ingress": []}, _made_entries, value=[]),
            tag_edit(),
        ),
        replacing={"defaultNetworkAclId": "acl-0"},
        adopted=True,
    ),
)
