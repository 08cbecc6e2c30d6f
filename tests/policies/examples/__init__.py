"""Conforming stacks of a small fleet, built here from the firm's words, for tests that then break them."""

from __future__ import annotations

from policies.views import Stack
from tests.policies.examples.archive import archive_stack
from tests.policies.examples.balancers import certificate_stack, dns_stack, load_balancer_stack
from tests.policies.examples.builder import provider_view
from tests.policies.examples.changes import find, with_props, with_resource, without
from tests.policies.examples.connections import attach_stack, hub_peering_stack, hub_stack, peering_stack
from tests.policies.examples.distributions import distribution_stack
from tests.policies.examples.endpoints import endpoints_stack
from tests.policies.examples.fleet import FACTS, FLEET
from tests.policies.examples.links import direct_connect_stack
from tests.policies.examples.network import network_stack
from tests.policies.examples.privatelink import endpoint_service_stack, partner_endpoint_stack
from tests.policies.examples.routing import accelerator_stack, records_stack, shield_stack
from tests.policies.examples.sites import vpn_stack

__all__ = [
    "FACTS",
    "FLEET",
    "accelerator_stack",
    "archive_stack",
    "attach_stack",
    "certificate_stack",
    "direct_connect_stack",
    "distribution_stack",
    "dns_stack",
    "endpoint_service_stack",
    "endpoints_stack",
    "every_example",
    "find",
    "hub_peering_stack",
    "hub_stack",
    "load_balancer_stack",
    "network_stack",
    "partner_endpoint_stack",
    "peering_stack",
    "provider_view",
    "records_stack",
    "shield_stack",
    "vpn_stack",
    "with_props",
    "with_resource",
    "without",
]


def every_example(*, deployed: bool) -> dict[str, Stack]:
    stacks = [
        *(network_stack(name, deployed=deployed) for name in FLEET.networks),
        *(endpoints_stack(name, deployed=deployed) for name in ("prod", "payments")),
        hub_stack("us", deployed=deployed),
        hub_stack("eu", deployed=deployed),
        attach_stack(deployed=deployed),
        hub_peering_stack(deployed=deployed),
        peering_stack(deployed=deployed),
        archive_stack(deployed=deployed),
        vpn_stack(deployed=deployed),
        direct_connect_stack(deployed=deployed),
        dns_stack(deployed=deployed),
        certificate_stack(deployed=deployed),
        load_balancer_stack(deployed=deployed),
        distribution_stack(deployed=deployed),
        endpoint_service_stack(deployed=deployed),
        partner_endpoint_stack(deployed=deployed),
        accelerator_stack(deployed=deployed),
        records_stack(deployed=deployed),
        *(shield_stack(account, deployed=deployed) for account in ("prod", "network")),
    ]
    return {stack.facts.name: stack for stack in stacks}
