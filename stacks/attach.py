"""Stack ``attach-NAME``: a network attached to its region's hub, on one segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.components.transit_gateway_attachment import (
    TransitGatewayAttachment,
    TransitGatewayAttachmentArgs,
)
from securecart.components.transit_gateway_hub import INTER_REGION
from securecart.config.model import Attachment, Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import attachments, hub_stack, network_stack, peered_hubs, reachable

_NETWORK_OUTPUTS = ("vpc_id", "subnet_ids_private", "route_table_ids_private")


@dataclass(frozen=True)
class AttachInputs:
    """What an attachment takes from the fleet file."""

    azs: tuple[str, ...]
    """Availability zones of the network."""
    hub_account: str
    """Account that owns the hub."""
    hub_region: str
    """Region of the hub."""
    association: str
    """Key of the hub's table that decides where the network's traffic goes: its segment."""
    propagations: tuple[str, ...]
    """Keys of the hub's tables that learn the network: its segment's, and the one for peerings."""
    destinations: Mapping[str, IPv4Network]
    """Blocks that the network reaches through the hub, by network name."""


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
                Ask("hub", hub_stack(attachment.hub), _hub_outputs(fleet, attachment)),
            ),
            protected=network.protected,
            environment=network.environment.value,
            other_accounts=tuple({hub.account} - {network.account}),
        )


def _hub_outputs(fleet: Fleet, attachment: Attachment) -> tuple[str, ...]:
    """Return what is read of the hub: the tables of other segments are no concern of this attachment."""
    return ("transit_gateway_id", *(f"route_table_ids[{key}]" for key in _propagations(fleet, attachment)))


def _propagations(fleet: Fleet, attachment: Attachment) -> tuple[str, ...]:
    """Return the keys of the hub's tables that learn the network: its segment's, and the one for peerings."""
    crosses = bool(peered_hubs(fleet, attachment.hub, attachment.segment))
    return (attachment.segment, *([INTER_REGION] if crosses else []))


def inputs(fleet: Fleet, spec: StackSpec) -> AttachInputs:
    """Return the inputs of one attachment; zones and networks by name, so that their order moves nothing."""
    attachment = attachments(fleet)[spec.subject]
    hub = fleet.hubs[attachment.hub]
    return AttachInputs(
        azs=tuple(sorted(fleet.networks[attachment.network].azs)),
        hub_account=hub.account,
        hub_region=hub.region,
        association=attachment.segment,
        propagations=_propagations(fleet, attachment),
        destinations=dict(sorted(reachable(fleet, attachment).items())),
    )


def program(run: StackRun[AttachInputs]) -> Outputs:
    """Deploy the attachment, with routes in the hub and in the network's private tier."""
    given, network, hub = run.inputs, run.upstream("network"), run.upstream("hub")
    attached = TransitGatewayAttachment(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        TransitGatewayAttachmentArgs(
            hub_scope=run.scope(given.hub_account, given.hub_region),
            transit_gateway_id=hub.text("transit_gateway_id"),
            vpc_id=network.text("vpc_id"),
            subnet_ids={az: network.entry("subnet_ids_private", az) for az in given.azs},
            association=hub.entry("route_table_ids", given.association),
            propagations={key: hub.entry("route_table_ids", key) for key in given.propagations},
            route_table_ids={az: network.entry("route_table_ids_private", az) for az in given.azs},
            destinations=given.destinations,
        ),
    )
    return {"attachment_id": attached.attachment_id}


KIND = stack_kind("attach", stacks=stacks, inputs=inputs, program=program)
"""An attachment of a network to a hub."""
