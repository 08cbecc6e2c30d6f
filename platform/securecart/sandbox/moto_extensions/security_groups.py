"""Security group rules with what AWS keeps of them, and the default group as AWS makes it.

moto lacks: the description of a rule whose peer is a group or a prefix list, updates of such rules and of
IPv6 ones, updates of descriptions by rule id, and the default group's rule that admits its own members; it
takes two rules that differ only in their description, and deletes groups that are default or referred to.
AWS: all of these (EC2 API: SecurityGroupRule, ModifySecurityGroupRules,
UpdateSecurityGroupRuleDescriptionsIngress; VPC user guide, "Default security groups for your VPCs" and
"Delete a security group"). Added: members of moto's rule class, and operations in front of moto's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, cast

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupBackend, SecurityGroupRule
from moto.ec2.responses import EC2Response
from moto.ec2.responses.security_groups import SecurityGroups

from securecart.sandbox.moto_extensions.support import (
    EC2Methods,
    EC2Operations,
    ec2_error,
    extend,
)

_Asked: TypeAlias = Mapping[str, object]
_PEERS = ("CidrIpv4", "CidrIpv6", "PrefixListId", "ReferencedGroupId")
_LIST_DESCRIPTION = "securecart_prefix_list_description"


def description(rule: SecurityGroupRule) -> str | None:
    """The rule's description, wherever its kind of peer keeps it."""
    kept = rule.ip_range.get("Description") or rule.source_group.get("Description")
    return kept or cast("str | None", vars(rule).get(_LIST_DESCRIPTION))


def peer(rule: SecurityGroupRule) -> tuple[str, str]:
    """What the rule admits: the name of a request's member, and its value."""
    found = (
        rule.ip_range.get("CidrIp"),
        rule.ip_range.get("CidrIpv6"),
        rule.prefix_list_id,
        rule.source_group.get("GroupId"),
    )
    return next(((name, str(value)) for name, value in zip(_PEERS, found, strict=True) if value), ("", ""))


def is_same(rule: SecurityGroupRule, other: object) -> bool:
    """Whether two rules of a group and direction are duplicates: their descriptions do not count."""
    if not isinstance(other, SecurityGroupRule):
        return False
    ports = (rule.from_port, rule.to_port) == (other.from_port, other.to_port) or rule.ip_protocol == "-1"
    return ports and (rule.ip_protocol, peer(rule)) == (other.ip_protocol, peer(other))


def update(backend: EC2Backend, group: SecurityGroup, rule_id: str, asked: _Asked) -> None:
    """Give a rule the protocol, ports, peer and description of a SecurityGroupRuleRequest.

    Raises:
        EC2ClientError: No such rule, no single peer, or a peer of another kind than the rule has.
    """
    rule = group.get_rule(rule_id)
    if rule is None:
        raise ec2_error("InvalidSecurityGroupRuleId.NotFound", f"The security group rule ID '{rule_id}' does not exist")
    peers = [name for name in _PEERS if asked.get(name)]
    if len(peers) != 1 or not asked.get("IpProtocol"):
        raise ec2_error("InvalidParameterCombination", f"Give a protocol and one of {', '.join(_PEERS)}.")
    if peers[0] != peer(rule)[0]:
        raise ec2_error("InvalidParameterValue", f"Rule {rule_id} has a {peer(rule)[0]}: its kind cannot change.")
    value, text = (
        str(asked[peers[0]]),
        {"Description": asked["Description"]} if asked.get("Description") else {},
    )
    rule.ip_protocol = str(asked["IpProtocol"])
    rule.from_port, rule.to_port = (
        (None, None) if rule.ip_protocol == "-1" else (_port(asked, "FromPort"), _port(asked, "ToPort"))
    )
    if peers[0] == "CidrIpv4":
        rule.ip_range = {"CidrIp": value, **cast("dict[str, str]", text)}
    elif peers[0] == "CidrIpv6":
        rule.ip_range = {"CidrIpv6": value, **cast("dict[str, str]", text)}
    elif peers[0] == "ReferencedGroupId":
        rule.source_group = {"GroupId": value, "UserId": backend.account_id, **cast("dict[str, str]", text)}
    else:
        rule.prefix_list_id = value
        describe(rule, str(asked.get("Description") or ""))


def describe(rule: SecurityGroupRule, text: str) -> None:
    """Set the description of a rule; an empty one takes it away."""
    kind, _ = peer(rule)
    if kind == "PrefixListId":
        vars(rule)[_LIST_DESCRIPTION] = text
        return
    keeper = rule.source_group if kind == "ReferencedGroupId" else rule.ip_range
    keeper.pop("Description", None)
    if text:
        keeper["Description"] = text


def _port(asked: _Asked, name: str) -> int:
    if asked.get(name) is None:
        raise ec2_error("MissingParameter", f"The request must contain the parameter {name}")
    return int(str(asked[name]))


def check_deletable(backend: EC2Backend, group: SecurityGroup) -> None:
    """Refuse the default group, and one that another group's rule or a network interface refers to.

    Raises:
        EC2ClientError: CannotDelete, DependencyViolation.
    """
    if group.is_default:
        raise ec2_error(
            "CannotDelete", f'the specified group: "{group.id}" name: "default" cannot be deleted by a user'
        )
    others = [one for groups in backend.groups.values() for one in groups.values() if one.id != group.id]
    referring = any(
        rule.source_group.get("GroupId") == group.id
        for other in others
        for rule in (*other.ingress_rules, *other.egress_rules)
    )
    if referring or any(group.id in {one.id for one in eni.group_set} for eni in backend.enis.values()):
        raise ec2_error("DependencyViolation", f"resource {group.id} has a dependent object")


class _Groups(EC2Methods):
    def create_security_group(
        self,
        name: str,
        description: str,
        vpc_id: str | None = None,
        tags: dict[str, str] | None = None,
        force: bool = False,
        is_default: bool | None = None,
    ) -> SecurityGroup:
        group = SecurityGroupBackend.create_security_group(self, name, description, vpc_id, tags, force, is_default)
        if is_default and not group.ingress_rules:
            own = {"GroupId": group.id, "UserId": self.account_id}
            group.add_ingress_rule(
                SecurityGroupRule(self, "-1", group.id, None, None, None, source_group=own, is_egress=False)
            )
        return group


class _Responses(EC2Operations):
    def modify_security_group_rules(self) -> ActionResult:
        group = self._group()
        for one in self._get_param("SecurityGroupRules", []):
            update(self.ec2_backend, group, one["SecurityGroupRuleId"], one["SecurityGroupRule"])
        return ActionResult({"Return": True})

    def update_security_group_rule_descriptions_ingress(self) -> ActionResult:
        return self._describe_rules() or SecurityGroups.update_security_group_rule_descriptions_ingress(self)

    def update_security_group_rule_descriptions_egress(self) -> ActionResult:
        return self._describe_rules() or SecurityGroups.update_security_group_rule_descriptions_egress(self)

    def delete_security_group(self) -> ActionResult:
        if self._get_param("GroupId"):
            check_deletable(self.ec2_backend, self._group())
        SecurityGroups.delete_security_group(self)
        return EmptyResult()

    def _group(self) -> SecurityGroup:
        group_id = self._get_param("GroupId")
        group: SecurityGroup | None = self.ec2_backend.get_security_group_from_id(group_id)
        if group is None:
            raise ec2_error("InvalidGroup.NotFound", f"The security group '{group_id}' does not exist")
        return group

    def _describe_rules(self) -> ActionResult | None:
        """Set the descriptions of rules named by id; None where the request names rules otherwise."""
        asked = self._get_param("SecurityGroupRuleDescriptions", [])
        for one in asked:
            rule = self._group().get_rule(one["SecurityGroupRuleId"])
            if rule is None:
                rule_id = one["SecurityGroupRuleId"]
                raise ec2_error(
                    "InvalidSecurityGroupRuleId.NotFound",
                    f"The security group rule ID '{rule_id}' does not exist",
                )
            describe(rule, one.get("Description", ""))
        return ActionResult({"Return": True}) if asked else None


def install() -> None:
    """Add these members and operations to moto's EC2."""
    extend(EC2Backend, _Groups)
    extend(EC2Response, _Responses)
    original = SecurityGroupRule.__init__

    def initialise(
        rule: SecurityGroupRule,
        ec2_backend: EC2Backend,
        ip_protocol: str,
        group_id: str,
        from_port: str | None,
        to_port: str | None,
        ip_range: dict[str, str] | None,
        source_group: dict[str, str] | None = None,
        prefix_list_id: dict[str, str] | None = None,
        is_egress: bool = True,
        tags: dict[str, str] | None = None,
    ) -> None:
        peers = (ip_range, source_group, prefix_list_id)
        original(rule, ec2_backend, ip_protocol, group_id, from_port, to_port, *peers, is_egress, tags)
        if prefix_list_id and prefix_list_id.get("Description"):
            vars(rule)[_LIST_DESCRIPTION] = prefix_list_id["Description"]

    members = {"__init__": initialise, "__eq__": is_same, "description": property(description)}
    for name, member in members.items():
        setattr(SecurityGroupRule, name, member)
