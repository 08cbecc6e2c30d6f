"""Changes that break a rule, or leave it undecided, as data, a module for each module of rules."""

from __future__ import annotations

from tests.policies.cases import (
    admin_ports,
    direct_connect,
    endpoint_policies,
    flow_logs,
    log_archive,
    network_acls,
    peering,
    provider_identity,
    public_addresses,
    routing,
    security_groups,
    sites,
    subnets,
    transit_gateway,
    vpc_defaults,
    vpc_endpoints,
    vpn,
)
from tests.policies.cases.base import Case

__all__ = ["UNDECIDED", "VIOLATIONS", "Case"]

_THEMES = (
    admin_ports,
    direct_connect,
    endpoint_policies,
    flow_logs,
    log_archive,
    network_acls,
    peering,
    provider_identity,
    public_addresses,
    routing,
    security_groups,
    sites,
    subnets,
    transit_gateway,
    vpc_endpoints,
    vpc_defaults,
    vpn,
)

VIOLATIONS: tuple[Case, ...] = tuple(case for theme in _THEMES for case in theme.VIOLATIONS)
"""Each breaks its rule."""
UNDECIDED: tuple[Case, ...] = tuple(case for theme in _THEMES for case in theme.UNDECIDED)
"""Each leaves its rule undecided, and breaks it nowhere."""
