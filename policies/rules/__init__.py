"""All rules of the pack, by theme."""

from __future__ import annotations

from typing import NamedTuple

from policies.rule import Rule
from policies.rules import (
    accelerators,
    admin_ports,
    certificates,
    direct_connect,
    distributions,
    dns_routing,
    endpoint_policies,
    endpoint_services,
    flow_logs,
    listeners,
    load_balancers,
    log_archive,
    network_acls,
    network_load_balancers,
    origin_tokens,
    peering,
    private_endpoints,
    provider_identity,
    public_addresses,
    routing,
    security_groups,
    shield,
    sites,
    subnets,
    transit_gateway,
    vpc_defaults,
    vpc_endpoints,
    vpn,
    web_acl_logs,
    web_acls,
)

ALL_RULES: tuple[Rule, ...] = (
    *provider_identity.RULES,
    *vpc_defaults.RULES,
    *subnets.RULES,
    *routing.RULES,
    *public_addresses.RULES,
    *admin_ports.RULES,
    *security_groups.RULES,
    *network_acls.RULES,
    *transit_gateway.RULES,
    *peering.RULES,
    *sites.RULES,
    *vpn.RULES,
    *direct_connect.RULES,
    *vpc_endpoints.RULES,
    *endpoint_policies.RULES,
    *private_endpoints.RULES,
    *endpoint_services.RULES,
    *network_load_balancers.RULES,
    *accelerators.RULES,
    *dns_routing.RULES,
    *shield.RULES,
    *certificates.RULES,
    *load_balancers.RULES,
    *listeners.RULES,
    *web_acls.RULES,
    *origin_tokens.RULES,
    *web_acl_logs.RULES,
    *distributions.RULES,
    *flow_logs.RULES,
    *log_archive.RULES,
)
"""Every rule, in the order in which it is listed and judged."""


class RuleRow(NamedTuple):
    """A rule as ``policy list`` and docs/policies.md show it."""

    id: str
    """Id that violations name."""
    title: str
    """What it demands."""
    mission_row: str
    """Row of the firm's needs that it guards."""
    controls: str
    """Ids of published controls, comma separated."""
    enforcement: str
    """``mandatory`` or ``advisory``."""
    scope: str
    """``resource`` (judged by inputs, one at a time) or ``stack`` (judged as a whole)."""
    remedy: str
    """What to change when it is broken."""


def rule_table() -> list[RuleRow]:
    """Return every rule as a row of text, in order."""
    return [
        RuleRow(
            rule.id,
            rule.title,
            rule.mission_row,
            ", ".join(rule.controls),
            "mandatory" if rule.mandatory else "advisory",
            "stack" if rule.stack else "resource",
            rule.remedy,
        )
        for rule in ALL_RULES
    ]
