"""Stack ``network-NAME``: a VPC with its tiers, its ways to the internet and its security groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.internet_access import InternetAccess, InternetAccessArgs
from securecart.components.network_acl_table import AclEntry, network_acl_entries
from securecart.components.security_group_rules import GroupRule, extra_rules, table_rules
from securecart.components.security_group_table import components
from securecart.components.security_groups import SecurityGroups, SecurityGroupsArgs
from securecart.components.subnet_tier import SubnetTier, SubnetTierArgs
from securecart.components.vpc import Vpc, VpcArgs
from securecart.config.addressing import subnet_cidr
from securecart.config.model import Fleet, Nat, Network, Tier
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from securecart.program.scope import Scope
from stacks.topology import log_archive_stack, network_stack


@dataclass(frozen=True)
class TierInputs:
    """What one tier takes from the fleet file."""

    cidrs: Mapping[str, IPv4Network]
    """Block of the subnet in each availability zone."""
    acl_entries: tuple[AclEntry, ...]
    """Entries of the tier's network ACL, without those of peerings."""


@dataclass(frozen=True)
class NetworkInputs:
    """What a network takes from the fleet file: what its tables come to, not the whole network."""

    cidr: IPv4Network
    """Block of the VPC."""
    nat: Nat
    """How the private tier reaches the internet."""
    tiers: Mapping[Tier, TierInputs]
    """The tiers that it has."""
    components: tuple[str, ...]
    """Components that get a security group."""
    rules: tuple[GroupRule, ...]
    """Rules of these groups, without those of peerings."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each network."""
    for name, network in fleet.networks.items():
        yield StackSpec(
            name=network_stack(name),
            kind="network",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(Ask("archive", log_archive_stack(network.region), ("bucket_arn",)),),
            after=network.after,
            protected=network.protected,
            environment=network.environment.value,
        )


def inputs(fleet: Fleet, spec: StackSpec) -> NetworkInputs:
    """Return the inputs of one network.

    Raises:
        ProgramError: an extra rule names a component that has no group in the network.
    """
    network = fleet.networks[spec.subject]
    return NetworkInputs(
        cidr=network.cidr,
        nat=network.nat,
        tiers={tier: _tier_inputs(network, tier, fleet.supernet) for tier in Tier if tier in network.tiers},
        components=components(network),
        rules=(*table_rules(network, fleet.supernet), *extra_rules(network)),
    )


def _tier_inputs(network: Network, tier: Tier, supernet: IPv4Network) -> TierInputs:
    """Return the inputs of one tier; zones by name, so that their order in the fleet file moves nothing."""
    cidrs = {az: subnet_cidr(network.cidr, tier, az) for az in sorted(network.azs)}
    return TierInputs(cidrs, network_acl_entries(network, supernet, tier))


def program(run: StackRun[NetworkInputs]) -> Outputs:
    """Deploy the network."""
    name, given = run.spec.subject, run.inputs
    scope = run.scope(run.spec.account, run.spec.region)
    vpc = Vpc(name, scope, VpcArgs(given.cidr, run.upstream("archive").text("bucket_arn")))
    tiers = {tier: _tier(scope, tier, part, vpc.vpc_id) for tier, part in given.tiers.items()}
    if Tier.PUBLIC in tiers:
        internet = InternetAccessArgs(vpc.vpc_id, tiers[Tier.PUBLIC], tiers.get(Tier.PRIVATE), given.nat)
        InternetAccess(name, scope, internet)
    groups = SecurityGroups(name, scope, SecurityGroupsArgs(vpc.vpc_id, given.components, given.rules))
    return {
        "vpc_id": vpc.vpc_id,
        "vpc_cidr": str(given.cidr),
        "network_acl_ids": {tier.value: part.network_acl_id for tier, part in tiers.items()},
        "security_group_ids": dict(groups.group_ids),
        **_tier_outputs(tiers),
    }


def _tier(scope: Scope, tier: Tier, given: TierInputs, vpc_id: pulumi.Output[str]) -> SubnetTier:
    """Deploy one tier."""
    return SubnetTier(tier.value, scope, SubnetTierArgs(vpc_id, tier, given.cidrs, given.acl_entries))


def _tier_outputs(tiers: Mapping[Tier, SubnetTier]) -> Outputs:
    """Return ``subnet_ids_TIER`` and ``route_table_ids_TIER``, each by availability zone."""
    subnets = {f"subnet_ids_{tier}": dict(part.subnet_ids) for tier, part in tiers.items()}
    tables = {f"route_table_ids_{tier}": dict(part.route_table_ids) for tier, part in tiers.items()}
    return {**subnets, **tables}


KIND = stack_kind("network", stacks=stacks, inputs=inputs, program=program)
"""A network."""
