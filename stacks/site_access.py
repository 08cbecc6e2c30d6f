"""What a program needs to open one network for a site, whichever way the site is connected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.network_acl_table import AclEntry
from securecart.components.security_group_rules import GroupRule
from securecart.components.site_access import SiteAccessArgs
from securecart.components.site_access_table import site_entries, site_rules
from securecart.config.addressing import tier_block
from securecart.config.model import Fleet, Reach, Tier
from securecart.plan.stack import Ask
from securecart.program.upstream import Upstream
from stacks.topology import network_stack


@dataclass(frozen=True)
class ReachInputs:
    """What one network of a site takes from the fleet file."""

    account: str
    """Account that owns the network."""
    region: str
    """Its region."""
    azs: tuple[str, ...]
    """Its availability zones."""
    blocks: Mapping[Tier, IPv4Network]
    """Block of each tier that the site reaches."""
    group: str
    """Component whose security group takes the requests."""
    acl_entries: tuple[AclEntry, ...]
    """ACL entries of this site; their numbers depend on the network's other sites."""
    rules: tuple[GroupRule, ...]
    """Security group rules of this site."""


def reach_inputs(fleet: Fleet, stack: str, site: str, cidrs: tuple[IPv4Network, ...], reach: Reach) -> ReachInputs:
    """Return the inputs of one network that a site reaches.

    Raises:
        ProgramError: the network's sites run out of ACL numbers.
    """
    network = fleet.networks[reach.network]
    return ReachInputs(
        account=network.account,
        region=network.region,
        azs=tuple(sorted(network.azs)),
        blocks={tier: tier_block(network.cidr, tier) for tier in reach.tiers},
        group=reach.group,
        acl_entries=tuple(each.entry for each in site_entries(fleet, reach.network) if each.site == stack),
        rules=site_rules(site, cidrs, reach),
    )


def network_ask(reach: Reach) -> Ask:
    """Return what is asked of a network's stack: the listed tiers' tables, the ACL, the group that serves."""
    return Ask(
        f"network-{reach.network}",
        network_stack(reach.network),
        (
            *(f"route_table_ids_{tier}" for tier in reach.tiers),
            f"network_acl_ids[{Tier.PRIVATE}]",
            f"security_group_ids[{reach.group}]",
        ),
    )


def access_args(
    given: ReachInputs,
    network: Upstream,
    cidrs: Sequence[IPv4Network],
    *,
    transit_gateway_id: pulumi.Input[str] | None = None,
    vpn_gateway_id: pulumi.Input[str] | None = None,
) -> SiteAccessArgs:
    """Return what is opened in a network, with the network's ids, and the gateway that leads to the site."""
    return SiteAccessArgs(
        cidrs=cidrs,
        route_table_ids={
            f"{tier}-{az}": network.entry(f"route_table_ids_{tier}", az) for tier in given.blocks for az in given.azs
        },
        network_acl_id=network.entry("network_acl_ids", Tier.PRIVATE.value),
        acl_entries=given.acl_entries,
        group_id=network.entry("security_group_ids", given.group),
        rules=given.rules,
        transit_gateway_id=transit_gateway_id,
        vpn_gateway_id=vpn_gateway_id,
    )
