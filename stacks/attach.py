"""Stack ``attach-NAME``: a network attached to its region's hub, on one segment."""

from __future__ import annotations

from collections.abc import Iterator

import pulumi

from securecart.components.transit_gateway_attachment import (
    TransitGatewayAttachment,
    TransitGatewayAttachmentArgs,
)
from securecart.components.transit_gateway_hub import INTER_REGION
from securecart.config.model import Attachment, Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import Outputs, StackKind, StackRun
from securecart.program.upstream import Upstream
from stacks.topology import attachments, hub_stack, network_stack, peered_hubs, reachable

_NETWORK_OUTPUTS = ("vpc_id", "subnet_ids_private", "route_table_ids_private")
_HUB_OUTPUTS = ("transit_gateway_id", "route_table_ids")


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each attachment, owned by the network's account."""
    for name, attachment in attachments(fleet).items():
        network, hub = fleet.networks[attachment.network], fleet.hubs[attachment.hub]
        yield StackSpec(
            name=f"attach-{name}",
            kind="attach",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(
                Ask("network", network_stack(attachment.network), _NETWORK_OUTPUTS),
                Ask("hub", hub_stack(attachment.hub), _HUB_OUTPUTS),
            ),
            protected=network.protected,
            environment=network.environment.value,
            other_accounts=tuple({hub.account} - {network.account}),
        )


def program(run: StackRun) -> Outputs:
    """Deploy the attachment, with routes in the hub and in the network's private tier."""
    attachment = attachments(run.fleet)[run.spec.subject]
    network, owner = run.fleet.networks[attachment.network], run.fleet.hubs[attachment.hub]
    upstream, hub = run.upstream("network"), run.upstream("hub")
    attached = TransitGatewayAttachment(
        run.spec.subject,
        run.scope(network.account, network.region),
        TransitGatewayAttachmentArgs(
            hub_scope=run.scope(owner.account, owner.region),
            transit_gateway_id=hub.text("transit_gateway_id"),
            vpc_id=upstream.text("vpc_id"),
            subnet_ids={az: upstream.entry("subnet_ids_private", az) for az in network.azs},
            association=hub.entry("route_table_ids", attachment.segment),
            propagations=_propagations(run.fleet, attachment, hub),
            route_table_ids={az: upstream.entry("route_table_ids_private", az) for az in network.azs},
            destinations=reachable(run.fleet, attachment),
        ),
    )
    return {"attachment_id": attached.attachment_id}


def _propagations(fleet: Fleet, attachment: Attachment, hub: Upstream) -> dict[str, pulumi.Output[str]]:
    """Return the hub's tables that learn the network: its segment's, and the one for peerings."""
    beyond = peered_hubs(fleet, attachment.hub, attachment.segment)
    keys = (attachment.segment, *([INTER_REGION] if beyond else []))
    return {key: hub.entry("route_table_ids", key) for key in keys}


KIND = StackKind(name="attach", stacks=stacks, program=program)
"""An attachment of a network to a hub."""
