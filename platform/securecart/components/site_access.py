"""A site's way into one network: routes back to it, ACL entries and group rules, no wider than what it lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.network_acl_rule import network_acl_rule
from securecart.components.network_acl_table import AclEntry
from securecart.components.sdk import ec2
from securecart.components.security_group_rules import GroupRule
from securecart.components.security_groups import RulePeers, security_group_rule
from securecart.components.site_access_table import block_label
from securecart.program.scope import Scope


@dataclass(frozen=True)
class SiteAccessArgs:
    """What the way into a network needs."""

    cidrs: Sequence[IPv4Network]
    """Blocks of the site."""
    route_table_ids: Mapping[str, pulumi.Input[str]]
    """Route tables of the listed tiers, by ``TIER-AZ``."""
    network_acl_id: pulumi.Input[str]
    """Network ACL that takes the entries."""
    acl_entries: Sequence[AclEntry]
    """Entries for requests and replies."""
    group_id: pulumi.Input[str]
    """Security group that serves the requests."""
    rules: Sequence[GroupRule]
    """Rules that let the site into that group."""
    transit_gateway_id: pulumi.Input[str] | None = None
    """Transit Gateway that leads to the site; exactly one of the two gateways is set."""
    vpn_gateway_id: pulumi.Input[str] | None = None
    """Virtual private gateway that leads to the site."""


class SiteAccess(pulumi.ComponentResource):
    """What a site reaches in one network, in that network's account."""

    def __init__(
        self, name: str, scope: Scope, args: SiteAccessArgs, depends_on: Sequence[pulumi.Resource] = ()
    ) -> None:
        """Route replies to the site, and let its requests in.

        Args:
            name: Name of the network.
            scope: Account and region of the network, below the site's connection.
            args: What is opened.
            depends_on: What must be there before routes work.
        """
        super().__init__("securecart:network:SiteAccess", name, None, scope.component_opts())
        inner = scope.within(self)
        for key, table_id in args.route_table_ids.items():
            for cidr in args.cidrs:
                ec2.Route(
                    f"{name}-{key}-to-{block_label(cidr)}",
                    route_table_id=table_id,
                    destination_cidr_block=str(cidr),
                    transit_gateway_id=args.transit_gateway_id,
                    gateway_id=args.vpn_gateway_id,
                    opts=inner.opts(depends_on=depends_on),
                )
        for entry in args.acl_entries:
            network_acl_rule(inner, f"{name}-{entry.name}", args.network_acl_id, entry)
        for rule in args.rules:
            security_group_rule(inner, f"{name}-{rule.name}", args.group_id, rule, RulePeers({}, {}))
        self.register_outputs({})
