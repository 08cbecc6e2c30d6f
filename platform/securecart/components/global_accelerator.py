"""A Global Accelerator: two static addresses that lead to load balancers in several regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from securecart.components.sdk import globalaccelerator as ga
from securecart.program.scope import Scope

PORT = 443
"""The one port that is accelerated: load balancers only redirect on any other."""


@dataclass(frozen=True)
class AcceleratorEnd:
    """A load balancer behind an accelerator."""

    region: str
    """Its region."""
    load_balancer_arn: pulumi.Input[str]
    """ARN of the load balancer."""
    weight: int
    """Share of its region's traffic among endpoints, 0 to 255."""
    traffic_dial_percentage: float
    """Part of the traffic meant for its region that it takes, in percent."""


class GlobalAccelerator(pulumi.ComponentResource):
    """An accelerator with one TCP listener and one endpoint group for each region.

    The service and its API are global; the provider's region matters to none of it.
    """

    arn: pulumi.Output[str]
    """ARN of the accelerator."""
    dns_name: pulumi.Output[str]
    """DNS name that AWS gave to its addresses."""
    hosted_zone_id: pulumi.Output[str]
    """Hosted zone of that name."""

    def __init__(self, name: str, scope: Scope, ends: Mapping[str, AcceleratorEnd]) -> None:
        """Create the accelerator, its listener, then a group for each load balancer, by name.

        Args:
            name: Name of the accelerator and its children.
            scope: Account that owns the load balancers.
            ends: The load balancers, no two of one region.
        """
        super().__init__("securecart:edge:GlobalAccelerator", name, None, scope.component_opts())
        inner = scope.within(self)
        accelerator = ga.Accelerator(
            name, name=name, ip_address_type="IPV4", enabled=True, tags=inner.tags(name), opts=inner.opts()
        )
        listener = ga.Listener(
            name,
            accelerator_arn=accelerator.arn,
            protocol="TCP",
            port_ranges=[ga.ListenerPortRangeArgs(from_port=PORT, to_port=PORT)],
            client_affinity="NONE",
            opts=inner.opts(),
        )
        for load_balancer, end in ends.items():
            _endpoint_group(inner, f"{name}-{load_balancer}", listener.arn, end)
        self.arn, self.dns_name, self.hosted_zone_id = accelerator.arn, accelerator.dns_name, accelerator.hosted_zone_id
        self.register_outputs({"arn": accelerator.arn, "dns_name": accelerator.dns_name})


def _endpoint_group(scope: Scope, name: str, listener_arn: pulumi.Input[str], end: AcceleratorEnd) -> None:
    """Lead one region's traffic to its load balancer, with the customer's own address.

    Web ACL and logs of the load balancer judge and record customers' addresses only if these are preserved. Health
    checks are the load balancer's own: a group's settings do not apply to one (Global Accelerator developer guide,
    "Changing health check options").
    """
    ga.EndpointGroup(
        name,
        listener_arn=listener_arn,
        endpoint_group_region=end.region,
        traffic_dial_percentage=end.traffic_dial_percentage,
        endpoint_configurations=[
            ga.EndpointGroupEndpointConfigurationArgs(
                endpoint_id=end.load_balancer_arn, weight=end.weight, client_ip_preservation_enabled=True
            )
        ],
        opts=scope.opts(),
    )
