"""Changes that break a rule, or leave it undecided, as data, a module for each module of rules."""

from __future__ import annotations

from tests.policies.cases import (
    accelerators,
    admin_ports,
    certificates,
    direct_connect,
    distributions,
    dns_routing,
    endpoint_policies,
    endpoint_services,
    flow_logs,
    load_balancers,
    log_archive,
    network_acls,
    network_load_balancers,
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
    web_acls,
)
from tests.policies.cases.base import Case

__all__ = ["UNDECIDED", "VIOLATIONS", "Case"]

_THEMES = (
    accelerators,
    admin_ports,
    certificates,
    direct_connect,
    distributions,
    dns_routing,
    endpoint_policies,
    endpoint_services,
    flow_logs,
    load_balancers,
    log_archive,
    network_acls,
    network_load_balancers,
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
    vpc_endpoints,
    vpc_defaults,
    vpn,
    web_acls,
)

VIOLATIONS: tuple[Case, ...] = tuple(case for theme in _THEMES for case in theme.VIOLATIONS)
"""Each breaks its rule."""
UNDECIDED: tuple[Case, ...] = tuple(case for theme in _THEMES for case in theme.UNDECIDED)
"""Each leaves its rule undecided, and breaks it nowhere."""
