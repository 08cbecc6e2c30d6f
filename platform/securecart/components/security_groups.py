"""The security groups of a network and their rules, each rule a resource of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.sdk import ec2, vpc
from securecart.components.security_group_rules import GroupRule
from securecart.config.model import Direction
from securecart.program.scope import Scope


@dataclass(frozen=True)
class SecurityGroupsArgs:
    """What the groups need."""

    vpc_id: pulumi.Input[str]
    """Id of the VPC."""
    components: Sequence[str]
    """Components that get a group each."""
    rules: Sequence[GroupRule]
    """Rules of all groups."""


@dataclass(frozen=True)
class RulePeers:
    """What the symbols of a rule mean as ids."""

    groups: Mapping[str, pulumi.Input[str]]
    """Security group id of each component."""
    prefix_lists: Mapping[str, pulumi.Input[str]]
    """Prefix list id of each service."""


class SecurityGroups(pulumi.ComponentResource):
    """One security group per component; without a rule nothing enters or leaves."""

    group_ids: Mapping[str, pulumi.Output[str]]
    """Security group id of each component."""

    def __init__(self, name: str, scope: Scope, args: SecurityGroupsArgs) -> None:
        """Create the groups, then their rules."""
        super().__init__("securecart:network:SecurityGroups", name, None, scope.component_opts())
        inner = scope.within(self)
        groups = {part: _group(inner, name, args.vpc_id, part) for part in args.components}
        self.group_ids = {part: group.id for part, group in groups.items()}
        services = sorted({rule.prefix_list for rule in args.rules if rule.prefix_list})
        peers = RulePeers(self.group_ids, {service: _prefix_list_id(inner, service) for service in services})
        for rule in args.rules:
            security_group_rule(inner, rule.name, self.group_ids[rule.component], rule, peers)
        self.register_outputs({"group_ids": dict(self.group_ids)})


def security_group_rule(
    scope: Scope, name: str, group_id: pulumi.Input[str], rule: GroupRule, peers: RulePeers
) -> vpc.SecurityGroupIngressRule | vpc.SecurityGroupEgressRule:
    """Create one rule of a group."""
    kind = vpc.SecurityGroupIngressRule if rule.direction is Direction.INGRESS else vpc.SecurityGroupEgressRule
    first, last = rule.ports or (None, None)
    version_6 = rule.cidr is not None and ":" in rule.cidr
    return kind(
        name,
        security_group_id=group_id,
        ip_protocol=rule.protocol,
        from_port=first,
        to_port=last,
        cidr_ipv4=None if version_6 else rule.cidr,
        cidr_ipv6=rule.cidr if version_6 else None,
        referenced_security_group_id=peers.groups[rule.group] if rule.group else None,
        prefix_list_id=peers.prefix_lists[rule.prefix_list] if rule.prefix_list else None,
        description=rule.description,
        tags=scope.tags(name, component=rule.component),
        opts=scope.opts(),
    )


def _group(scope: Scope, network: str, vpc_id: pulumi.Input[str], component: str) -> ec2.SecurityGroup:
    """Create a group without rules. AWS cannot change name or description in place, so both are fixed."""
    return ec2.SecurityGroup(
        component,
        name=f"{network}-{component}",
        description=f"SecureCart {component}",
        vpc_id=vpc_id,
        tags=scope.tags(f"{network}-{component}", component=component),
        opts=scope.opts(),
    )


def _prefix_list_id(scope: Scope, service: str) -> pulumi.Output[str]:
    """Look up the id of AWS's own prefix list of a service in the scope's region."""
    found = ec2.get_prefix_list_output(
        name=f"com.amazonaws.{scope.region}.{service}",
        opts=pulumi.InvokeOptions(parent=scope.parent, provider=scope.provider),
    )
    return found.id
