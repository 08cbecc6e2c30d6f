"""Stack ``network-NAME``: a VPC with its tiers, its ways to the internet and its security groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pulumi

from securecart.components.internet_access import InternetAccess, InternetAccessArgs
from securecart.components.network_acl_table import network_acl_entries
from securecart.components.security_group_rules import extra_rules, table_rules
from securecart.components.security_group_table import components
from securecart.components.security_groups import SecurityGroups, SecurityGroupsArgs
from securecart.components.subnet_tier import SubnetTier, SubnetTierArgs
from securecart.components.vpc import Vpc, VpcArgs
from securecart.config.addressing import subnet_cidr
from securecart.config.model import Fleet, Network, Tier
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import Outputs, StackKind, StackRun
from securecart.program.scope import Scope
from stacks.topology import log_archive_stack, network_stack


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


def program(run: StackRun) -> Outputs:
    """Deploy the network."""
    name = run.spec.subject
    network = run.fleet.networks[name]
    scope = run.scope(network.account, network.region)
    vpc = Vpc(name, scope, VpcArgs(network.cidr, run.upstream("archive").text("bucket_arn")))
    tiers = {tier: _tier(scope, run.fleet, network, tier, vpc.vpc_id) for tier in network.tiers}
    if Tier.PUBLIC in tiers:
        internet = InternetAccessArgs(vpc.vpc_id, tiers[Tier.PUBLIC], tiers.get(Tier.PRIVATE), network.nat)
        InternetAccess(name, scope, internet)
    rules = (*table_rules(network, run.fleet.supernet), *extra_rules(network))
    groups = SecurityGroups(name, scope, SecurityGroupsArgs(vpc.vpc_id, components(network), rules))
    return {
        "vpc_id": vpc.vpc_id,
        "vpc_cidr": str(network.cidr),
        "network_acl_ids": {tier.value: part.network_acl_id for tier, part in tiers.items()},
        "security_group_ids": dict(groups.group_ids),
        **_tier_outputs(tiers),
    }


def _tier(scope: Scope, fleet: Fleet, network: Network, tier: Tier, vpc_id: pulumi.Output[str]) -> SubnetTier:
    """Deploy one tier."""
    return SubnetTier(
        tier.value,
        scope,
        SubnetTierArgs(
            vpc_id=vpc_id,
            tier=tier,
            cidrs={az: subnet_cidr(network.cidr, tier, az) for az in network.azs},
            acl_entries=network_acl_entries(network, fleet.supernet, tier),
        ),
    )


def _tier_outputs(tiers: Mapping[Tier, SubnetTier]) -> Outputs:
    """Return ``subnet_ids_TIER`` and ``route_table_ids_TIER``, each by availability zone."""
    subnets = {f"subnet_ids_{tier}": dict(part.subnet_ids) for tier, part in tiers.items()}
    tables = {f"route_table_ids_{tier}": dict(part.route_table_ids) for tier, part in tiers.items()}
    return {**subnets, **tables}


KIND = StackKind(name="network", stacks=stacks, program=program)
"""A network."""
