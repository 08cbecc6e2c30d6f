"""Conforming stacks of a small fleet, built here from the firm's words, for tests that then break them."""

from __future__ import annotations

from policies.views import Stack
from tests.policies.examples.archive import archive_stack
from tests.policies.examples.builder import provider_view
from tests.policies.examples.changes import find, with_props, with_resource, without
from tests.policies.examples.connections import attach_stack, hub_peering_stack, hub_stack, peering_stack
from tests.policies.examples.endpoints import endpoints_stack
from tests.policies.examples.fleet import FACTS, FLEET
from tests.policies.examples.links import direct_connect_stack
from tests.policies.examples.network import network_stack
from tests.policies.examples.sites import vpn_stack

__all__ = [
    "FACTS",
    "FLEET",
    "archive_stack",
    "attach_stack",
    "direct_connect_stack",
    "endpoints_stack",
    "every_example",
    "find",
    "hub_peering_stack",
    "hub_stack",
    "network_stack",
    "peering_stack",
    "provider_view",
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
    ]
    return {stack.facts.name: stack for stack in stacks}
